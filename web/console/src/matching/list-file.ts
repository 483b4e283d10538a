/**
 * A list file on its way into a bank: read and sent in parts, so that neither the page nor the server ever holds
 * the whole, and begun again where it stopped.
 *
 * @module
 */
import type { Added } from './api.ts'

// A request holds 1 MiB at most: a Korean letter takes three bytes, and JSON doubles each quotation mark.
const partCharsMax = 300_000
const partLinesMax = 4000
/** One film is one request: what the server takes at once. */
const wholeCharsMax = 900_000
export const fileBytesMax = 512 * 1024 * 1024
const unreadableShownMax = 100

export interface Part {
  /** The number of its first line in the file, from 1. */
  readonly firstLine: number
  readonly text: string
  /** How much of the file is read with it, from 0 to 1. */
  readonly share: number
}

export interface Totals extends Pick<Added, 'read' | 'added' | 'known' | 'withdrawn' | 'unreadableCount'> {
  readonly unreadable: Added['unreadable']
}

/** How far a list has come. `parts` is where to go on from. */
export interface Progress {
  readonly parts: number
  readonly share: number
  readonly totals: Totals
}

export const begun: Progress = {
  parts: 0,
  share: 0,
  totals: { read: 0, added: 0, known: 0, withdrawn: 0, unreadable: [], unreadableCount: 0 },
}

/** Why a file cannot be sent at all. */
export class Unsendable extends Error {
  override readonly name = 'Unsendable'
  readonly fault: 'tooLarge' | 'filmTooLong' | 'noText'

  constructor(fault: Unsendable['fault']) {
    super(fault)
    this.fault = fault
  }
}

/**
 * Sends a file part by part, and says after each how far it is.
 * @throws Unsendable the file is too large, or no text
 * @throws whatever `send` throws: what was heard last is where to go on from
 */
export async function sendList(
  file: Blob,
  asked: {
    readonly isWhole: boolean
    readonly from: Progress
    readonly send: (text: string) => Promise<Added>
    readonly heard: (progress: Progress) => void
  },
): Promise<Progress> {
  let progress = asked.from
  let at = 0
  for await (const part of partsOf(file, asked.isWhole)) {
    at += 1
    if (at <= asked.from.parts) continue
    const added = await asked.send(part.text)
    progress = { parts: at, share: part.share, totals: sum(progress.totals, added, part.firstLine) }
    asked.heard(progress)
  }
  return progress
}

function sum(totals: Totals, added: Added, firstLine: number): Totals {
  const unreadable = added.unreadable.map(each => ({ ...each, line: each.line + firstLine - 1 }))
  return {
    read: totals.read + added.read,
    added: totals.added + added.added,
    known: totals.known + added.known,
    withdrawn: totals.withdrawn + added.withdrawn,
    unreadable: [...totals.unreadable, ...unreadable].slice(0, unreadableShownMax),
    unreadableCount: totals.unreadableCount + added.unreadableCount,
  }
}

/** The file in parts of whole lines; the same file gives the same parts. @throws Unsendable */
export async function* partsOf(file: Blob, isWhole: boolean): AsyncGenerator<Part> {
  if (file.size > fileBytesMax) throw new Unsendable('tooLarge')
  if (isWhole) {
    if (file.size > wholeCharsMax) throw new Unsendable('filmTooLong')
    const text = await readText(file)
    if (text.trim() !== '') yield { firstLine: 1, text, share: 1 }
    return
  }
  let [lines, chars, firstLine, read]: [string[], number, number, number] = [[], 0, 1, 0]
  const part = (share: number): Part => ({ firstLine, text: lines.join('\n'), share })
  for await (const line of linesOf(file)) {
    if (lines.length > 0 && (lines.length >= partLinesMax || chars + line.length > partCharsMax)) {
      // Letters for bytes: of hex digits the same, and near enough for a bar.
      if (chars > 0) yield part(Math.min(1, read / file.size))
      firstLine += lines.length
      lines = []
      chars = 0
    }
    lines.push(line)
    chars += line.length
    read += line.length + 1
  }
  if (chars > 0) yield part(1)
}

async function* linesOf(file: Blob): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let rest = ''
  for await (const chunk of chunksOf(file)) {
    const lines = (rest + decode(decoder, chunk)).split(/\r?\n/)
    rest = lines.pop()!
    // A binary file has no end of line for long: it is not taken into memory.
    if (rest.length > partCharsMax) throw new Unsendable('noText')
    yield* lines
  }
  yield rest + decode(decoder)
}

async function* chunksOf(file: Blob): AsyncGenerator<Uint8Array> {
  const reader = file.stream().getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      yield value
    }
  } finally {
    await reader.cancel()
  }
}

async function readText(file: Blob): Promise<string> {
  return decode(new TextDecoder('utf-8', { fatal: true }), new Uint8Array(await file.arrayBuffer()), false)
}

function decode(decoder: TextDecoder, bytes?: Uint8Array, stream = true): string {
  try {
    return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream })
  } catch {
    throw new Unsendable('noText')
  }
}
