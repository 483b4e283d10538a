import {
  distanceOfWords,
  fingerprintBits,
  judge,
  matchDistanceMax,
  qualityMin,
  wordsOf,
  type PictureFingerprint,
  type Verdict,
} from './fingerprint.ts'
import type { FrameFingerprint, VideoFingerprint } from './video.ts'

/** The two frames that lie nearest, for the officer to look at side by side. */
export interface FramePair {
  readonly aAtMs: number
  readonly bAtMs: number
  readonly distance: number
  /** The lower quality of the two. */
  readonly quality: number
}

/** How much of each video is found in the other, over frames of sufficient quality. */
export interface VideoComparison {
  readonly verdict: Verdict
  /** Share of a's frames that are found in b, 0 to 1. */
  readonly aInB: number
  readonly bInA: number
  /** Frames of each that were good enough to be compared. */
  readonly aFrames: number
  readonly bFrames: number
  readonly best: FramePair
}

/** A picture's nearest frame in a video. */
export interface PictureInVideo {
  readonly verdict: Verdict
  readonly atMs: number
  readonly distance: number
  readonly quality: number
}

/** Share of one side's frames that must be found in the other (vPDQ's default, 80 %). */
export const shareMin = 0.8

/** Below this many found frames a one-sided share may be a shared title card, so a person looks. */
export const foundFramesMin = 3

/**
 * Compares two videos as vPDQ does (ThreatExchange vpdq: distance 31, quality 50, 80 %): a frame is found
 * when any frame of the other lies within 31 bits. The order of frames does not count, so clips, loops and
 * re-cuts are found. At most 600 × 600 frame pairs.
 */
export function compareVideo(a: VideoFingerprint, b: VideoFingerprint): VideoComparison {
  const [framesA, framesB] = [worded(a.frames), worded(b.frames)]
  const [goodA, goodB] = [framesA.filter(isGood), framesB.filter(isGood)]
  // Nothing but dark or blank frames on a side: still name the nearest pair, but nothing counts as found.
  const isBlind = goodA.length === 0 || goodB.length === 0
  const nearest = isBlind ? nearestPairs(framesA, framesB) : nearestPairs(goodA, goodB)
  const aFound = isBlind ? 0 : nearest.ofA.filter(bits => bits <= matchDistanceMax).length
  const bFound = isBlind ? 0 : nearest.ofB.filter(bits => bits <= matchDistanceMax).length
  const aInB = aFound / Math.max(1, goodA.length)
  const bInA = bFound / Math.max(1, goodB.length)
  const isMatch =
    (aInB >= shareMin && bInA >= shareMin) ||
    (aInB >= shareMin && aFound >= foundFramesMin) ||
    (bInA >= shareMin && bFound >= foundFramesMin)
  const best = { ...nearest.best }
  const ofPair = judge(best.distance, best.quality)
  const verdict = isMatch ? 'match' : ofPair === 'none' ? 'none' : 'review'
  return { verdict, aInB, bInA, aFrames: goodA.length, bFrames: goodB.length, best }
}

/** The frame of a video that lies nearest to a picture; among equals the one of the highest quality. */
export function comparePictureWithVideo(
  picture: PictureFingerprint,
  video: VideoFingerprint,
): PictureInVideo {
  const words = wordsOf(picture.hash)
  let best: PictureInVideo | undefined
  for (const frame of worded(video.frames)) {
    const distance = distanceOfWords(words, frame.words)
    const quality = Math.min(picture.quality, frame.quality)
    const found = { verdict: judge(distance, quality), atMs: frame.atMs, distance, quality }
    if (!best || isBetter(found, best)) best = found
  }
  if (!best) throw new RangeError('A video fingerprint has at least one frame.')
  return best
}

const rank: Record<Verdict, number> = { match: 0, review: 1, none: 2 }

/** A good frame at 20 bits says more than a blank one at 3. */
function isBetter(a: PictureInVideo, b: PictureInVideo): boolean {
  if (a.verdict !== b.verdict) return rank[a.verdict] < rank[b.verdict]
  return a.distance < b.distance || (a.distance === b.distance && a.quality > b.quality)
}

interface WordedFrame extends FrameFingerprint {
  readonly words: Uint32Array
}

function worded(frames: readonly FrameFingerprint[]): WordedFrame[] {
  return frames.map(frame => ({ ...frame, words: wordsOf(frame.hash) }))
}

function isGood(frame: FrameFingerprint): boolean {
  return frame.quality >= qualityMin
}

function nearestPairs(a: readonly WordedFrame[], b: readonly WordedFrame[]) {
  if (a.length === 0 || b.length === 0) throw new RangeError('A video fingerprint has at least one frame.')
  const ofA = a.map(() => fingerprintBits)
  const ofB = b.map(() => fingerprintBits)
  let best: FramePair | undefined
  for (const [i, frameA] of a.entries()) {
    for (const [j, frameB] of b.entries()) {
      const distance = distanceOfWords(frameA.words, frameB.words)
      if (distance < ofA[i]!) ofA[i] = distance
      if (distance < ofB[j]!) ofB[j] = distance
      if (!best || distance < best.distance) {
        const quality = Math.min(frameA.quality, frameB.quality)
        best = { aAtMs: frameA.atMs, bAtMs: frameB.atMs, distance, quality }
      }
    }
  }
  return { ofA, ofB, best: best! }
}
