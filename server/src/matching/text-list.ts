/**
 * Lists of hashes as text: one plain hash a line, or vPDQ's lines. What cannot be read is left out and counted.
 *
 * @module
 */
import { framesMax, parseFingerprint, videoFingerprint, type FrameFingerprint } from '@jikimi/fingerprint'
import { refuse } from '#platform/refusals'
import { linesMax, type Added, type NewEntry, type NewImport } from './bank-schema.ts'
import type { Incoming } from './entries.ts'
import { refused } from './errors.ts'

// Where a list does not say how much there was to see, its maker is believed to have looked.
const qualityUnstated = 100
const unreadableShownMax = 20
const digitsOf = { pdq: 64, vpdq: 64, md5: 32, sha1: 40, sha256: 64 } as const

export interface ReadList extends Pick<Added, 'unreadable' | 'unreadableCount'> {
  readonly incoming: readonly Incoming[]
}

/** Entries of a request. */
export function incomingOf(entries: readonly NewEntry[]): Incoming[] {
  return entries.map((entry, place) => {
    const { algorithm, value, label, source, opinion, confidence, expiresAt } = entry
    const about = { label, source, opinion, confidence, expiresAt }
    if (algorithm !== 'pdq') return { place, algorithm, value: { kind: 'digest', digest: value }, about }
    const quality = entry.quality ?? qualityUnstated
    return { place, algorithm, value: { kind: 'picture', hash: value, quality }, about }
  })
}

/**
 * Reads a text list. Blank lines and lines that begin with `#` are nothing.
 * @throws matching.tooManyLines
 */
export function readList({ algorithm, text, ...about }: NewImport): ReadList {
  const lines = text
    .split(/\r?\n/)
    .map((line, at) => ({ place: at + 1, parts: line.split(',').map(part => part.trim().toLowerCase()) }))
    .filter(({ parts }) => parts[0] !== '' && !parts[0]!.startsWith('#'))
  if (lines.length > linesMax) refuse(refused.tooManyLines({ lines: lines.length }))
  const bad: number[] = []
  const incoming: Incoming[] = []
  const frames: FrameFingerprint[] = []
  for (const { place, parts } of lines) {
    const read = algorithm === 'vpdq' ? frameOf(parts) : valueOf(algorithm, parts)
    if (read === undefined) bad.push(place)
    else if ('atMs' in read) frames.push(read)
    else incoming.push({ place, algorithm, value: read, about })
  }
  if (frames.length > 0)
    incoming.push({ place: 1, algorithm, value: { kind: 'video', video: videoOf(frames) }, about })
  return { incoming, unreadable: bad.slice(0, unreadableShownMax), unreadableCount: bad.length }
}

function valueOf(algorithm: Exclude<NewImport['algorithm'], 'vpdq'>, parts: readonly string[]) {
  const [hash = '', quality] = parts
  if (!new RegExp(`^[0-9a-f]{${digitsOf[algorithm]}}$`).test(hash)) return undefined
  if (algorithm !== 'pdq') return { kind: 'digest', digest: hash } as const
  const read = quality === undefined ? qualityUnstated : qualityOf(quality)
  return read === undefined ? undefined : ({ kind: 'picture', hash, quality: read } as const)
}

/** `hash,quality,seconds`, or `number,quality,hash,seconds` as the vpdq program prints it. */
function frameOf(parts: readonly string[]): FrameFingerprint | undefined {
  const [hash = '', quality = '', seconds = ''] = parts.length === 4 ? [parts[2], parts[1], parts[3]] : parts
  const read = qualityOf(quality)
  if (!/^[0-9a-f]{64}$/.test(hash) || read === undefined || !/^\d{1,5}(\.\d+)?$/.test(seconds))
    return undefined
  return { atMs: Math.round(Number(seconds) * 1000), hash: parseFingerprint(hash), quality: read }
}

function qualityOf(text: string): number | undefined {
  return /^\d{1,3}$/.test(text) && Number(text) <= 100 ? Number(text) : undefined
}

/** One frame a moment, and of a long film as many, evenly, as a fingerprint holds. */
function videoOf(frames: readonly FrameFingerprint[]) {
  const ordered = frames.toSorted((one, other) => one.atMs - other.atMs)
  const apart = ordered.filter((frame, at) => at === 0 || frame.atMs !== ordered[at - 1]!.atMs)
  const step = Math.max(1, apart.length / framesMax)
  const kept = Array.from(
    { length: Math.min(apart.length, framesMax) },
    (_, at) => apart[Math.floor(at * step)]!,
  )
  return videoFingerprint(kept, Math.max(1, kept.at(-1)?.atMs ?? 1))
}
