/**
 * Video fingerprints as text, as the vpdq program of facebook/ThreatExchange writes and reads them
 * (`vpdq/cpp/vpdq/cpp/io/vpdqio.cpp`): a line for each frame, `number,quality,hash,seconds`. Also read: the short form
 * `hash,quality,seconds`, and `number,hash,quality,seconds` as the Python binding's example prints.
 *
 * @module
 */
import { isFingerprint, type Fingerprint } from './fingerprint.ts'
import { durationMaxS, videoFingerprint, type FrameFingerprint, type VideoFingerprint } from './video.ts'

export const vpdqForms = ['reference', 'short'] as const
/** `reference`: `number,quality,hash,seconds`. `short`: `hash,quality,seconds`. */
export type VpdqForm = (typeof vpdqForms)[number]

/** Lines that are read: a day at one a second many times over; every frame of four hours at 60 a second. */
export const vpdqLinesMax = 1_000_000

/**
 * The lines of a video, one a frame that was kept, each with its line feed. A stretch that stands still is its first
 * frame alone: the format has no place for how long it lasted.
 */
export function vpdqLines(video: VideoFingerprint, form: VpdqForm = 'reference'): string {
  return video.frames
    .map(({ atMs, hash, quality }, number) => {
      const seconds = (atMs / 1000).toFixed(3)
      return form === 'short'
        ? `${hash},${quality},${seconds}\n`
        : `${number},${quality},${hash},${seconds}\n`
    })
    .join('')
}

/**
 * Reads such lines in any order; blank ones and those that begin with `#` are nothing. Near-equal neighbours are
 * folded and, beyond `framesMax`, frames are thinned, as of any video: the reference keeps every frame. Of two frames
 * of one millisecond the first is kept. The video ends with its last frame: the format does not say more.
 * @throws RangeError that names the line which cannot be read, never its content; or where there is no frame
 */
export function parseVpdq(text: string): VideoFingerprint {
  const frames = new Map<number, FrameFingerprint>()
  let [number, lines] = [0, 0]
  for (const line of text.split(/\r?\n/)) {
    number++
    const trimmed = line.trim()
    if (trimmed === '' || trimmed.startsWith('#')) continue
    if (++lines > vpdqLinesMax) throw new RangeError(`A video has at most ${vpdqLinesMax} lines.`)
    const frame = frameOf(trimmed.split(',').map(part => part.trim()))
    if (frame === undefined) {
      throw new RangeError(
        `Line ${number} is not a frame: number,quality,hash,seconds or hash,quality,seconds.`,
      )
    }
    if (!frames.has(frame.atMs)) frames.set(frame.atMs, frame)
  }
  if (frames.size === 0) throw new RangeError('A video fingerprint has at least one frame.')
  const ordered = [...frames.values()].toSorted((a, b) => a.atMs - b.atMs)
  return videoFingerprint(ordered, Math.max(1, ordered.at(-1)!.atMs))
}

function frameOf(parts: readonly string[]): FrameFingerprint | undefined {
  if (parts.length < 3 || parts.length > 4) return undefined
  if (parts.length === 4 && !/^\d{1,9}$/.test(parts[0]!)) return undefined
  const [one, other, seconds] = parts.slice(-3) as [string, string, string]
  const [hash, quality] = hashOf(one) === undefined ? [hashOf(other), one] : [hashOf(one), other]
  const atMs = msOf(seconds)
  if (hash === undefined || atMs === undefined || !/^\d{1,3}$/.test(quality) || Number(quality) > 100)
    return undefined
  return { atMs, hash, quality: Number(quality) }
}

function hashOf(text: string): Fingerprint | undefined {
  const folded = text.toLowerCase()
  return isFingerprint(folded) ? folded : undefined
}

/** Seconds with as many digits as a stream of C++ writes, also in powers of ten. */
function msOf(text: string): number | undefined {
  if (!/^\d{1,5}(\.\d{1,12})?(e[+-]?\d{1,2})?$/i.test(text)) return undefined
  const ms = Math.round(Number(text) * 1000)
  return ms <= durationMaxS * 1000 ? ms : undefined
}
