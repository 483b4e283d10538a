/**
 * A log as a file: one JSON object a line, each in its one canonical spelling. First the head with the log's
 * key, then the entries in tree order (of what the taker may not read only the leaf's hash) with each checkpoint behind the last entry that it covers, and an end
 * that counts both, so that a file that was cut short is told from a whole one.
 *
 * @module
 */
import { fromBase64, toBase64 } from './base64.ts'
import { canonical } from './canonical.ts'

export const logFormat = 'jikimi.log/1'

export const headLine = (origin: string, verifier: string) =>
  canonical({ format: logFormat, origin, verifier })
export const entryLine = (index: number, entry: string) => canonical({ entry, index })
/** An entry of which only the hash of its leaf is shown. @param leaf 32 bytes, RFC 6962 */
export const leafLine = (index: number, leaf: Uint8Array) => canonical({ index, leaf: toBase64(leaf) })
export const checkpointLine = (checkpoint: string) => canonical({ checkpoint })
export const endLine = (entries: number, checkpoints: number) => canonical({ end: { checkpoints, entries } })

export type Line =
  | { readonly is: 'head'; readonly origin: string; readonly verifier: string }
  | { readonly is: 'entry'; readonly index: number; readonly entry: string }
  | { readonly is: 'leaf'; readonly index: number; readonly leaf: Uint8Array }
  | { readonly is: 'checkpoint'; readonly note: string }
  | { readonly is: 'end'; readonly entries: number; readonly checkpoints: number }

/** What a line says, or undefined where it is not a line of a log file, spelled in the one right way. */
export function parseLine(text: string): Line | undefined {
  const value = parseObject(text)
  if (value === undefined) return undefined
  const line = lineOf(value)
  return line !== undefined && spellingOf(line) === text ? line : undefined
}

function lineOf(value: Record<string, unknown>): Line | undefined {
  const { origin, verifier, entry, index, leaf, checkpoint, end } = value
  if (value['format'] === logFormat && isText(origin) && isText(verifier))
    return { is: 'head', origin, verifier }
  if (isText(entry) && isCount(index)) return { is: 'entry', index, entry }
  const hash = isText(leaf) ? fromBase64(leaf) : undefined
  if (hash?.length === 32 && isCount(index)) return { is: 'leaf', index, leaf: hash }
  if (isText(checkpoint)) return { is: 'checkpoint', note: checkpoint }
  if (typeof end === 'object' && end !== null) {
    const { entries, checkpoints } = end as Record<string, unknown>
    if (isCount(entries) && isCount(checkpoints)) return { is: 'end', entries, checkpoints }
  }
  return undefined
}

function spellingOf(line: Line): string {
  switch (line.is) {
    case 'head':
      return headLine(line.origin, line.verifier)
    case 'entry':
      return entryLine(line.index, line.entry)
    case 'leaf':
      return leafLine(line.index, line.leaf)
    case 'checkpoint':
      return checkpointLine(line.note)
    case 'end':
      return endLine(line.entries, line.checkpoints)
    default:
      throw new TypeError(line satisfies never)
  }
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

const isText = (value: unknown): value is string => typeof value === 'string' && value.isWellFormed()
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0

// The largest entry has 65,535 bytes (C2SP tlog-tiles); a checkpoint with many cosignatures may have more.
const lineCharactersMax = 1_100_000

/** The lines of a stream of bytes. A line that is too long is given out cut, and will not be a log's. */
export async function* linesOf(
  source: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): AsyncGenerator<string> {
  // A byte that is no UTF-8 becomes U+FFFD: the line then differs from what was hashed, and is found.
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  let held = ''
  for await (const bytes of source) {
    const parts = (held + decoder.decode(bytes, { stream: true })).split('\n')
    held = (parts.pop() ?? '').slice(0, lineCharactersMax)
    yield* parts
  }
  held += decoder.decode()
  if (held !== '') yield held
}
