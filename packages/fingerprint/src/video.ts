import { parsePictureFingerprint, type PictureFingerprint } from './fingerprint.ts'

/** One sampled frame. */
export interface FrameFingerprint extends PictureFingerprint {
  /** Time from the start of the video, in whole milliseconds. */
  readonly atMs: number
}

/** A video as a list of frames in order of time, still stretches kept once. */
export interface VideoFingerprint {
  readonly durationMs: number
  readonly frames: readonly FrameFingerprint[]
}

/** Most frames of one video: ten minutes at one a second; longer videos are sampled more thinly. */
export const framesMax = 600

/** Fewest samples of one video, so that a clip of a second is more than one frame. */
export const samplesMin = 5

/** Longest video that is accepted: a day, in seconds. */
export const durationMaxS = 86_400

/**
 * When to take frames, in milliseconds: one a second, at least 5, at most 600, each in the middle of its
 * stretch, so that neither the first frame (often black) nor the one past the end is asked for.
 * The same duration always gives the same times.
 * @param durationS length in seconds, above 0
 * @throws RangeError for a length that is not above 0 or beyond a day (a live stream reports infinity)
 */
export function sampleTimes(durationS: number): number[] {
  if (!(durationS > 0 && durationS <= durationMaxS)) {
    throw new RangeError(`A video lasts more than 0 and at most ${durationMaxS} seconds.`)
  }
  const count = Math.min(framesMax, Math.max(samplesMin, Math.ceil(durationS)))
  const times = Array.from({ length: count }, (_, i) => Math.floor(((i + 0.5) * durationS * 1000) / count))
  return [...new Set(times)]
}

/**
 * Makes the fingerprint of a video from its frames: put in order of time, equal neighbours kept once.
 * @throws TypeError or RangeError as `parseVideoFingerprint`
 */
export function videoFingerprint(frames: readonly FrameFingerprint[], durationMs: number): VideoFingerprint {
  const ordered = frames.toSorted((a, b) => a.atMs - b.atMs)
  const kept = ordered.filter((frame, i) => i === 0 || frame.hash !== ordered[i - 1]!.hash)
  return parseVideoFingerprint({ durationMs, frames: kept })
}

/**
 * Reads a video fingerprint that came from outside; other fields are dropped.
 * @throws TypeError or RangeError naming the part that is wrong, never its content
 */
export function parseVideoFingerprint(value: unknown): VideoFingerprint {
  if (typeof value !== 'object' || value === null) throw new TypeError('A video fingerprint is an object.')
  const { durationMs, frames } = value as { durationMs?: unknown; frames?: unknown }
  if (!isMs(durationMs) || durationMs === 0) {
    throw new RangeError(`durationMs is a whole number from 1 to ${durationMaxS * 1000}.`)
  }
  if (!Array.isArray(frames)) throw new TypeError('The frames of a video fingerprint are a list.')
  if (frames.length === 0 || frames.length > framesMax) {
    throw new RangeError(`A video fingerprint has 1 to ${framesMax} frames.`)
  }
  const read = frames.map(parseFrame)
  if (read.some((frame, i) => i > 0 && frame.atMs <= read[i - 1]!.atMs)) {
    throw new RangeError('The frames of a video fingerprint are in order of time, no time twice.')
  }
  if (read.at(-1)!.atMs > durationMs) throw new RangeError('No frame lies beyond the end of the video.')
  return { durationMs, frames: read }
}

function parseFrame(value: unknown): FrameFingerprint {
  const { hash, quality } = parsePictureFingerprint(value)
  const { atMs } = value as { atMs?: unknown }
  if (!isMs(atMs)) throw new RangeError('atMs is a whole number of milliseconds from 0.')
  return { atMs, hash, quality }
}

function isMs(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= durationMaxS * 1000
}
