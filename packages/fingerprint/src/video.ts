import {
  distanceOfWords,
  parsePictureFingerprint,
  wordsOf,
  type Fingerprint,
  type PictureFingerprint,
} from './fingerprint.ts'

/** One sampled frame. */
export interface FrameFingerprint extends PictureFingerprint {
  /** Time from the start of the video, in whole milliseconds. */
  readonly atMs: number
  /** Until when the picture stayed nearly equal, where it did: the last sample that was folded into this one. */
  readonly untilMs?: number
}

/** A video as a list of frames in order of time, still stretches kept once. */
export interface VideoFingerprint {
  readonly durationMs: number
  readonly frames: readonly FrameFingerprint[]
}

/**
 * Most frames of one video: five hours at one a second with as many cuts as a film has. What has more is thinned
 * evenly, so a day of film is no larger. As JSON 130 bytes each at most: 2.6 MB.
 */
export const framesMax = 20_000

/** Most frames of sample times that are fixed beforehand, as of animations. */
const timesMax = 600

/** Bits by which neighbours differ that count as one still stretch: what an encoder does to a standing picture. */
export const foldBitsMax = 8

/** Fewest samples of one video, so that a clip of a second is more than one frame. */
export const samplesMin = 5

/** Longest video that is accepted: a day, in seconds. */
export const durationMaxS = 86_400

/**
 * When to take frames where nothing is known of cuts, in milliseconds: one a second, at least 5, at most 600, each
 * in the middle of its stretch, so that neither the first frame (often black) nor the one past the end is asked for.
 * The same duration always gives the same times. Films are followed by `frameSampler` instead.
 * @param durationS length in seconds, above 0
 * @throws RangeError for a length that is not above 0 or beyond a day (a live stream reports infinity)
 */
export function sampleTimes(durationS: number): number[] {
  if (!(durationS > 0 && durationS <= durationMaxS)) {
    throw new RangeError(`A video lasts more than 0 and at most ${durationMaxS} seconds.`)
  }
  const count = Math.min(timesMax, Math.max(samplesMin, Math.ceil(durationS)))
  const times = Array.from({ length: count }, (_, i) => Math.floor(((i + 0.5) * durationS * 1000) / count))
  return [...new Set(times)]
}

/**
 * Makes the fingerprint of a video from its frames: put in order of time, near-equal neighbours kept once, thinned
 * evenly beyond `framesMax`.
 * @throws TypeError or RangeError as `parseVideoFingerprint`
 */
export function videoFingerprint(frames: readonly FrameFingerprint[], durationMs: number): VideoFingerprint {
  const ordered = frames.toSorted((a, b) => a.atMs - b.atMs)
  const folded = foldFrames(ordered, frame => frame.hash)
  return parseVideoFingerprint({ durationMs, frames: thinFrames(folded, framesMax) })
}

interface Timed {
  readonly atMs: number
  readonly untilMs?: number
}

/**
 * Folds near-equal neighbours, in order of time, into the first of them; `untilMs` says how long it lasted. Each is
 * compared with the first of its stretch, so that a slow pan is not folded into one.
 */
export function foldFrames<T extends Timed>(frames: readonly T[], hashOf: (frame: T) => Fingerprint): T[] {
  const kept: { frame: T; words: Uint32Array; untilMs: number }[] = []
  for (const frame of frames) {
    const last = kept.at(-1)
    const words = wordsOf(hashOf(frame))
    const untilMs = frame.untilMs ?? frame.atMs
    if (last !== undefined && distanceOfWords(last.words, words) <= foldBitsMax) last.untilMs = untilMs
    else kept.push({ frame, words, untilMs })
  }
  return kept.map(({ frame, untilMs }) => (untilMs > frame.atMs ? { ...frame, untilMs } : frame))
}

/** At most so many of the frames, evenly; the first is among them. */
export function thinFrames<T>(frames: readonly T[], countMax: number): T[] {
  const count = Math.min(frames.length, countMax)
  return Array.from({ length: count }, (_, i) => frames[Math.floor((i * frames.length) / count)]!)
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
  if (read.some((frame, i) => (frame.untilMs ?? 0) > (read[i + 1]?.atMs ?? durationMs))) {
    throw new RangeError('A frame lasts until the next one at most.')
  }
  if (read.at(-1)!.atMs > durationMs) throw new RangeError('No frame lies beyond the end of the video.')
  return { durationMs, frames: read }
}

function parseFrame(value: unknown): FrameFingerprint {
  const { hash, quality } = parsePictureFingerprint(value)
  const { atMs, untilMs } = value as { atMs?: unknown; untilMs?: unknown }
  if (!isMs(atMs)) throw new RangeError('atMs is a whole number of milliseconds from 0.')
  if (untilMs === undefined) return { atMs, hash, quality }
  if (!isMs(untilMs) || untilMs < atMs) throw new RangeError('untilMs is a whole number from atMs on.')
  return { atMs, hash, quality, untilMs }
}

function isMs(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= durationMaxS * 1000
}
