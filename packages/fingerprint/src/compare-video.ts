import { alignedRun, differentFrames, type AlignedRun } from './aligned-run.ts'
import { judge, wordsOf, type PictureFingerprint, type Verdict } from './fingerprint.ts'
import { bitsBetween, frameTable, pairFinder, type FramePairs, type FrameTable } from './frame-pairs.ts'
import { thinFrames, type VideoFingerprint } from './video.ts'

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
  /** Where the one runs along the other, if only for two near frames. */
  readonly run?: AlignedRun
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

/** Below this many different frames what is found may be a shared title card or a logo, so a person looks. */
export const foundFramesMin = 3

/** Share of the shorter video that a run must cover to be a match by itself. */
const runShareMin = 0.5

/** A run of less than that share is a match from this length on: the moving emblems of web sites are shorter. */
const runFramesMin = 10
const runMsMin = 10_000

/** Frames of each side that are compared each with each to name the nearest pair where none is near. */
const plainFramesMax = 400

/**
 * Compares two videos by aligned runs of time, and as vPDQ does (ThreatExchange vpdq: distance 31, quality 50,
 * 80 %): a frame is found when any frame of the other lies within 31 bits. A match is a run in which three different
 * frames or more agree in order and which covers half of the shorter video, or 10 s of it; or 80 % of one side's
 * frames, three different ones or more, found in any order; or 80 % of both. A standing picture that many
 * videos share counts once, however long it stands.
 */
export function compareVideo(a: VideoFingerprint, b: VideoFingerprint): VideoComparison {
  return videoMatcher(a)(b)
}

/** Compares one video with others, or with one in several turns: what must be prepared of it is prepared once. */
export function videoMatcher(a: VideoFingerprint): (b: VideoFingerprint) => VideoComparison {
  const compare = stepwiseMatcher(a)
  return b => {
    const steps = compare(b)
    for (;;) {
      const step = steps.next()
      if (step.done === true) return step.value
    }
  }
}

/**
 * The same in steps of a few milliseconds, so that a thread with other work can do it in between: two films of two
 * hours take some tenths of a second.
 */
export function stepwiseMatcher(
  a: VideoFingerprint,
): (b: VideoFingerprint) => Generator<undefined, VideoComparison> {
  if (a.frames.length === 0) throw new RangeError('A video fingerprint has at least one frame.')
  const tableA = tableOf(a).good
  const find = pairFinder(tableA)
  return function* compared(b) {
    if (b.frames.length === 0) throw new RangeError('A video fingerprint has at least one frame.')
    const tableB = tableOf(b).good
    yield
    const pairs = yield* find(tableB)
    const run = yield* alignedRun(tableA, tableB, pairs, { aMs: a.durationMs, bMs: b.durationMs })
    yield
    return judged(a, b, pairs, run)
  }
}

function judged(
  a: VideoFingerprint,
  b: VideoFingerprint,
  pairs: FramePairs,
  run: AlignedRun | undefined,
): VideoComparison {
  const [tableA, tableB] = [tableOf(a).good, tableOf(b).good]
  const aFound = placesOf(pairs.isFoundA)
  const bFound = placesOf(pairs.isFoundB)
  const aInB = aFound.length / Math.max(1, tableA.frames.length)
  const bInA = bFound.length / Math.max(1, tableB.frames.length)
  const isNear = run !== undefined && run.nearFrames >= foundFramesMin
  const isBag =
    (aInB >= shareMin && bInA >= shareMin) ||
    (aInB >= shareMin && differentFrames(tableA, aFound) >= foundFramesMin) ||
    (bInA >= shareMin && differentFrames(tableB, bFound) >= foundFramesMin)
  const best = bestPair(a, b, tableA, tableB, pairs)
  const ofPair = judge(best.distance, best.quality) === 'none' && !isNear ? 'none' : 'review'
  const verdict = isBag || (run !== undefined && isSure(run, a, b)) ? 'match' : ofPair
  const shares = { aInB, bInA, aFrames: tableA.frames.length, bFrames: tableB.frames.length }
  return { verdict, ...shares, best, ...(run === undefined ? {} : { run }) }
}

/** One video meets many: its text is read once, and forgotten with it. */
const tables = new WeakMap<VideoFingerprint, { readonly good: FrameTable; readonly all: FrameTable }>()

function tableOf(video: VideoFingerprint): { readonly good: FrameTable; readonly all: FrameTable } {
  const known = tables.get(video)
  if (known !== undefined) return known
  const made = { good: frameTable(video.frames), all: frameTable(video.frames, 0) }
  tables.set(video, made)
  return made
}

function placesOf(isFound: Uint8Array): number[] {
  const places: number[] = []
  isFound.forEach((is, place) => {
    if (is === 1) places.push(place)
  })
  return places
}

function isSure(run: AlignedRun, a: VideoFingerprint, b: VideoFingerprint): boolean {
  if (run.frames < foundFramesMin) return false
  const [aMs, bMs] = [run.aToMs - run.aFromMs, run.bToMs - run.bFromMs]
  if (Math.max(aMs / a.durationMs, bMs / b.durationMs) >= runShareMin) return true
  return run.frames >= runFramesMin && Math.min(aMs, bMs) >= runMsMin
}

function bestPair(
  a: VideoFingerprint,
  b: VideoFingerprint,
  tableA: FrameTable,
  tableB: FrameTable,
  pairs: FramePairs,
): FramePair {
  let at = 0
  for (let i = 1; i < pairs.bits.length; i++) if (pairs.bits[i]! < pairs.bits[at]!) at = i
  if (pairs.bits.length > 0) return pairAt(tableA, pairs.a[at]!, tableB, pairs.b[at]!, pairs.bits[at]!)
  // Nothing but dark or blank frames on a side: still name the nearest pair, though nothing counts as found.
  const isBlind = tableA.frames.length === 0 || tableB.frames.length === 0
  const few = (frames: FrameTable['frames']) => frameTable(thinFrames(frames, plainFramesMax), 0)
  return nearestOfAll(few(isBlind ? a.frames : tableA.frames), few(isBlind ? b.frames : tableB.frames))
}

function nearestOfAll(a: FrameTable, b: FrameTable): FramePair {
  let [best, bestI, bestK] = [Infinity, 0, 0]
  for (let i = 0; i < a.frames.length; i++) {
    for (let k = 0; k < b.frames.length; k++) {
      const bits = bitsBetween(a.words, i, b.words, k)
      if (bits < best) [best, bestI, bestK] = [bits, i, k]
    }
  }
  return pairAt(a, bestI, b, bestK, best)
}

function pairAt(a: FrameTable, i: number, b: FrameTable, k: number, distance: number): FramePair {
  const [one, other] = [a.frames[i]!, b.frames[k]!]
  return { aAtMs: one.atMs, bAtMs: other.atMs, distance, quality: Math.min(one.quality, other.quality) }
}

/** The frame of a video that lies nearest to a picture; among equals the one of the highest quality. */
export function comparePictureWithVideo(
  picture: PictureFingerprint,
  video: VideoFingerprint,
): PictureInVideo {
  const words = wordsOf(picture.hash)
  const { all } = tableOf(video)
  let best: PictureInVideo | undefined
  for (const [i, frame] of all.frames.entries()) {
    const distance = bitsBetween(words, 0, all.words, i)
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
