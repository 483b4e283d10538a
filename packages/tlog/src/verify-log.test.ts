import { beforeAll, expect, test } from 'vitest'
import {
  canonical,
  checkpointLine,
  endLine,
  entryLine,
  leafLine,
  Frontier,
  headLine,
  leafHash,
  linesOf,
  newLogKey,
  rootOf,
  signCheckpoint,
  verifyLog,
} from './index.ts'

const origin = 'jikimi.log'
let key: { signer: string; verifier: string }
let lines: string[]
let notes: string[]

beforeAll(async () => {
  key = await newLogKey(origin)
  ;({ lines, notes } = await logOf([3, 4, 9]))
})

/** A log with a checkpoint at each of `sizes`. */
async function logOf(
  sizes: readonly number[],
  change: (body: string, index: number) => string = body => body,
) {
  const frontier = Frontier.empty()
  const lines = [headLine(origin, key.verifier)]
  const notes: string[] = []
  for (let index = 0; index < sizes.at(-1)!; index++) {
    const at = new Date(Date.UTC(2026, 10, 23, 9, index)).toISOString()
    const body = change(canonical({ v: 1, at, kind: 'case.opened', about: { case: `id-${index}` } }), index)
    frontier.append(leafHash(new TextEncoder().encode(body)))
    lines.push(entryLine(index, body))
    if (!sizes.includes(frontier.size)) continue
    const note = await signCheckpoint({ origin, size: frontier.size, root: frontier.root() }, key.signer)
    notes.push(note)
    lines.push(checkpointLine(note))
  }
  lines.push(endLine(frontier.size, sizes.length))
  return { lines, notes }
}

const codes = async (given: readonly string[], trusted = {}) =>
  (await verifyLog(given, trusted)).faults.map(fault => fault.code)

test('an untouched log is sound, and says what that shows and what it does not', async () => {
  const report = await verifyLog(lines, { verifier: key.verifier, checkpoint: notes[0] })
  expect(report).toMatchObject({ isSound: true, entries: 9, checkpoints: 3, head: { size: 9 }, faults: [] })
  expect(report.proven.map(each => each.code)).toEqual(['entries', 'checkpoints', 'head', 'key', 'grown'])
  expect(report.notProven.map(each => each.code)).toEqual(['truth', 'outside', 'time', 'later', 'sameForAll'])
  for (const { ko, en } of [...report.proven, ...report.notProven]) {
    expect(ko).toMatch(/[가-힣]/)
    expect(`${ko}${en}`).not.toMatch(/[{}]/)
  }
})

test('with the key of the file alone, whose key it is stays open', async () => {
  const report = await verifyLog(lines)
  expect(report.isSound).toBe(true)
  expect(report.notProven.map(each => each.code)).toContain('whoseKey')
})

test('one flipped bit, anywhere in the file, is found', async () => {
  const file = Buffer.from(`${lines.join('\n')}\n`)
  const missed: number[] = []
  for (let at = 0; at < file.byteLength; at++) {
    const flipped = Buffer.from(file)
    flipped[at]! ^= 1 << (at % 8)
    if ((await verifyLog(linesOf([flipped]))).isSound) missed.push(at)
  }
  expect(missed).toEqual([])
}, 120_000)

test('a line that is missing, doubled or moved is found, whichever it is', async () => {
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]!
    expect(await codes(lines.toSpliced(at, 1)), `without ${at}`).not.toEqual([])
    expect(await codes(lines.toSpliced(at, 0, line)), `twice ${at}`).not.toEqual([])
    if (at + 1 < lines.length)
      expect(await codes(lines.toSpliced(at, 2, lines[at + 1]!, line)), `moved ${at}`).not.toEqual([])
  }
})

test('each fault has its own sentence', async () => {
  const other = await newLogKey(origin)
  const damaged = await logOf([2], (body, index) => (index === 1 ? `${body} ` : body))
  const note = await signCheckpoint({ origin: 'another.log', size: 3, root: rootOf([]) }, key.signer)
  expect(await codes([])).toEqual(['notALog'])
  expect(await codes(['{}'])).toEqual(['notALog'])
  expect(await codes([headLine(origin, key.verifier), endLine(0, 0)])).toEqual(['empty'])
  expect(await codes(lines.slice(0, -1))).toEqual(['cut'])
  expect(await codes([...lines.slice(0, -1), endLine(9, 2)])).toEqual(['counts'])
  expect(await codes([...lines, ' '])).toEqual(['trailing'])
  expect(await codes(lines.with(2, 'x'))).toContain('line')
  expect(await codes(lines.with(0, headLine(origin, `${key.verifier}=`)))).toContain('key')
  expect(await codes(lines, { verifier: other.verifier })).toContain('otherKey')
  expect(await codes(lines.with(4, checkpointLine(notes[0]!.replace('\n3\n', '\n4\n'))))).toEqual([
    'signature',
  ])
  expect(await codes(lines.with(4, checkpointLine(note)))).toEqual(['origin'])
  expect(await codes(lines.with(2, entryLine(5, '{}')))).toContain('order')
  expect(await codes(lines.with(2, entryLine(1, '{}')))).toEqual([
    'entry',
    'root',
    'root',
    'root',
    'uncovered',
  ])
  expect(await codes(damaged.lines)).toEqual(['entry'])
  expect(await codes(lines.toSpliced(-2, 1))).toContain('uncovered')
})

/** The second entry by its hash only. */
const withHidden = (given: readonly string[], leaf = leafHash(entryBytes(given[2]!))) =>
  given.with(2, leafLine(1, leaf))
const entryBytes = (line: string) => new TextEncoder().encode((JSON.parse(line) as { entry: string }).entry)

test('an entry of which only the hash is shown keeps its place in the tree; another hash is found', async () => {
  const report = await verifyLog(withHidden(lines), { verifier: key.verifier, checkpoint: notes[0] })
  expect(report).toMatchObject({ isSound: true, entries: 9, hidden: 1, head: { size: 9 } })
  expect(report.proven.map(each => each.code)).toContain('hidden')
  expect(report.notProven.map(each => each.code)).toContain('hiddenContent')
  expect(await codes(withHidden(lines, new Uint8Array(32)))).toContain('root')
  expect(await codes(lines.with(2, leafLine(1, new Uint8Array(31))))).toContain('line')
  const all = lines.map(line => {
    const { entry, index } = JSON.parse(line) as { entry?: string; index?: number }
    return entry === undefined ? line : leafLine(index!, leafHash(new TextEncoder().encode(entry)))
  })
  expect(await verifyLog(all)).toMatchObject({ isSound: true, hidden: 9 })
})

test('the same entry twice is found although every hash agrees', async () => {
  const first = canonical({ v: 1, at: '2026-11-23T00:00:00.000Z', kind: 'case.opened' })
  expect(await codes((await logOf([2], () => first)).lines)).toEqual(['twice'])
})

test('a log that was rolled back or forked does not agree with the checkpoint from before', async () => {
  const forked = await logOf([9], (body, index) => (index === 5 ? body.replace('id-5', 'id-x') : body))
  const shorter = await logOf([4])
  expect(await codes(forked.lines)).toEqual([])
  expect(await codes(forked.lines, { checkpoint: notes[2] })).toEqual(['known'])
  expect(await codes(forked.lines, { checkpoint: notes[1] })).toEqual([])
  expect(await codes(shorter.lines, { checkpoint: notes[2] })).toEqual(['known'])
  expect(await codes(lines, { checkpoint: notes[0]!.replace('3', '4') })).toEqual(['knownSignature'])
})

test('of a thousand faults fifty are listed and the rest counted', async () => {
  const junk = Array.from({ length: 1000 }, () => 'x')
  const found = await codes([lines[0]!, ...junk, ...lines.slice(1)])
  expect(found).toHaveLength(51)
  expect(found.at(-1)).toBe('more')
})

test('lines come out whole whatever the pieces, and an endless one is cut', async () => {
  const bytes = Buffer.from('가나다\n\n라')
  const single = Array.from(bytes, byte => Uint8Array.of(byte))
  expect(await Array.fromAsync(linesOf(single))).toEqual(['가나다', '', '라'])
  const endless = Array.from({ length: 40 }, () => Buffer.alloc(100_000, 'a'))
  expect((await Array.fromAsync(linesOf(endless)))[0]!.length).toBeLessThan(1_300_000)
})
