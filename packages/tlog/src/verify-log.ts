import { canonical } from './canonical.ts'
import { verifyCheckpoint, type Checkpoint } from './checkpoint.ts'
import { toBase64 } from './base64.ts'
import { faults, notProven, proven, type Finding } from './findings.ts'
import { Frontier } from './frontier.ts'
import { parseLine, type Line } from './log-file.ts'
import { isEqual, leafHash } from './merkle.ts'
import { parseVerifier } from './note.ts'

/** What was found in a log file. `isSound` is true only where there is no fault at all. */
export interface LogReport {
  readonly isSound: boolean
  readonly entries: number
  /** Of how many entries only the hash is in the file. */
  readonly hidden: number
  readonly checkpoints: number
  /** The last checkpoint whose signature and root were verified. */
  readonly head: { readonly size: number; readonly root: string } | null
  /** The key that was used. */
  readonly verifier: string | null
  readonly proven: readonly Finding[]
  readonly faults: readonly Finding[]
  readonly notProven: readonly Finding[]
}

export interface Trusted {
  /** The log's key, as it reached the reader by another way than this file. */
  readonly verifier?: string | undefined
  /** A checkpoint of this log that the reader has from before. */
  readonly checkpoint?: string | undefined
}

const faultsMax = 50
const utf8 = new TextEncoder()

interface Reading {
  readonly trusted: Trusted
  readonly frontier: Frontier
  readonly seen: Set<string>
  readonly faults: Finding[]
  faultCount: number
  verifier: string | undefined
  origin: string
  hidden: number
  checkpoints: number
  covered: number
  head: Checkpoint | undefined
  known: Checkpoint | undefined
  isKnownFound: boolean
  from: string
  to: string
  hasEnded: boolean
}

/**
 * Verifies an exported log without a server: computes every leaf and every root anew, checks every signature,
 * and says in sentences what is shown and what is not. Reads once, line by line; what it remembers of an entry
 * is a mark of 20 characters.
 */
export async function verifyLog(
  lines: Iterable<string> | AsyncIterable<string>,
  trusted: Trusted = {},
): Promise<LogReport> {
  const reading = begin(trusted)
  let number = 0
  for await (const text of lines) {
    number += 1
    const line = parseLine(text)
    if (number === 1) {
      if (line?.is !== 'head') {
        find(reading, 'notALog', {})
        return report(reading)
      }
      await readHead(reading, line)
    } else if (reading.hasEnded) find(reading, 'trailing', { line: number })
    else if (line === undefined || line.is === 'head') find(reading, 'line', { line: number })
    else await readLine(reading, line, number)
  }
  finish(reading, number)
  return report(reading)
}

function begin(trusted: Trusted): Reading {
  return {
    trusted,
    frontier: Frontier.empty(),
    seen: new Set(),
    faults: [],
    faultCount: 0,
    verifier: undefined,
    origin: '',
    hidden: 0,
    checkpoints: 0,
    covered: 0,
    head: undefined,
    known: undefined,
    isKnownFound: false,
    from: '',
    to: '',
    hasEnded: false,
  }
}

async function readHead(reading: Reading, line: Extract<Line, { is: 'head' }>): Promise<void> {
  const { verifier, checkpoint } = reading.trusted
  if (parseVerifier(line.verifier) === undefined) find(reading, 'key', {})
  else if (verifier !== undefined && verifier !== line.verifier) find(reading, 'otherKey', {})
  reading.origin = line.origin
  reading.verifier = verifier ?? line.verifier
  if (checkpoint === undefined) return
  reading.known = await verifyCheckpoint(checkpoint, reading.verifier)
  if (reading.known === undefined) find(reading, 'knownSignature', {})
  else compareWithKnown(reading)
}

async function readLine(
  reading: Reading,
  line: Exclude<Line, { is: 'head' }>,
  number: number,
): Promise<void> {
  switch (line.is) {
    case 'entry':
      return readEntry(reading, line, number)
    case 'leaf':
      reading.hidden += 1
      return readLeaf(reading, line.index, line.leaf, number)
    case 'checkpoint':
      return readCheckpoint(reading, line.note, number)
    case 'end':
      reading.hasEnded = true
      if (line.entries !== reading.frontier.size || line.checkpoints !== reading.checkpoints)
        find(reading, 'counts', {})
  }
}

function readEntry(reading: Reading, line: Extract<Line, { is: 'entry' }>, number: number): void {
  readLeaf(reading, line.index, leafHash(utf8.encode(line.entry)), number)
  const at = momentIn(line.entry)
  if (at === undefined) find(reading, 'entry', { line: number, index: line.index })
  else {
    if (reading.from === '' || at < reading.from) reading.from = at
    if (at > reading.to) reading.to = at
  }
}

function readLeaf(reading: Reading, index: number, leaf: Uint8Array, number: number): void {
  const { frontier } = reading
  if (index !== frontier.size) find(reading, 'order', { line: number, index, expected: frontier.size })
  frontier.append(leaf)
  // Half a hash tells a million entries apart, and keeps the set small.
  const mark = toBase64(leaf.subarray(0, 15))
  if (reading.seen.has(mark)) find(reading, 'twice', { line: number })
  reading.seen.add(mark)
  compareWithKnown(reading)
}

/** When an entry says that it was written; undefined where it is not spelled as the log spells entries. */
function momentIn(entry: string): string | undefined {
  try {
    const body = JSON.parse(entry) as { v?: unknown; at?: unknown }
    return body.v === 1 && typeof body.at === 'string' && canonical(body) === entry ? body.at : undefined
  } catch {
    return undefined
  }
}

async function readCheckpoint(reading: Reading, note: string, number: number): Promise<void> {
  const { frontier, verifier } = reading
  reading.checkpoints += 1
  const checkpoint = verifier === undefined ? undefined : await verifyCheckpoint(note, verifier)
  if (checkpoint === undefined) return find(reading, 'signature', { line: number })
  if (checkpoint.origin !== reading.origin) return find(reading, 'origin', { line: number })
  if (checkpoint.size !== frontier.size || !isEqual(checkpoint.root, frontier.root()))
    return find(reading, 'root', { line: number, size: checkpoint.size })
  reading.head = checkpoint
  reading.covered = checkpoint.size
}

/** Once the tree is as large as the checkpoint from before, both must have one root. */
function compareWithKnown(reading: Reading): void {
  const { known, frontier } = reading
  if (known === undefined || known.size !== frontier.size) return
  reading.isKnownFound = known.origin === reading.origin && isEqual(known.root, frontier.root())
}

function finish(reading: Reading, lineCount: number): void {
  const { frontier, known } = reading
  if (lineCount === 0) return find(reading, 'notALog', {})
  if (!reading.hasEnded) find(reading, 'cut', {})
  if (frontier.size === 0) find(reading, 'empty', {})
  if (reading.covered < frontier.size)
    find(reading, 'uncovered', { entries: frontier.size - reading.covered })
  if (known !== undefined && !reading.isKnownFound) find(reading, 'known', { size: known.size })
}

function find(reading: Reading, code: keyof typeof faults, numbers: Record<string, number>): void {
  reading.faultCount += 1
  if (reading.faults.length < faultsMax) reading.faults.push({ code, ...faults[code](numbers) })
}

function report(reading: Reading): LogReport {
  const { frontier, head, known, trusted } = reading
  const isSound = reading.faultCount === 0
  const root = head === undefined ? '' : toBase64(head.root)
  const shown: (readonly [keyof typeof proven, Record<string, number | string>])[] = []
  if (isSound) {
    const shownEntries = frontier.size - reading.hidden
    if (shownEntries > 0)
      shown.push(['entries', { entries: shownEntries, from: reading.from, to: reading.to }])
    if (reading.hidden > 0) shown.push(['hidden', { hidden: reading.hidden }])
    shown.push(['checkpoints', { checkpoints: reading.checkpoints }])
    if (head !== undefined) shown.push(['head', { size: head.size, root }])
    if (trusted.verifier !== undefined) shown.push(['key', {}])
    if (known !== undefined) shown.push(['grown', { size: known.size }])
  }
  const unlisted = reading.faultCount - reading.faults.length
  const open = Object.entries(notProven).filter(
    ([code]) =>
      (code !== 'whoseKey' || trusted.verifier === undefined) &&
      (code !== 'hiddenContent' || reading.hidden > 0),
  )
  return {
    isSound,
    entries: frontier.size,
    hidden: reading.hidden,
    checkpoints: reading.checkpoints,
    head: head === undefined ? null : { size: head.size, root },
    verifier: reading.verifier ?? null,
    proven: shown.map(([code, numbers]) => ({ code, ...proven[code](numbers) })),
    faults:
      unlisted === 0
        ? reading.faults
        : [...reading.faults, { code: 'more', ...faults.more({ count: unlisted }) }],
    notProven: open.map(([code, said]) => ({ code, ...said({}) })),
  }
}
