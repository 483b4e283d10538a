/**
 * The stretch of two videos in which one runs along the other: near frames that lie on one line of time,
 * b = a × slope + offset. Each pair of near frames votes for the lines through it; the best line is fitted, and what
 * lies on it without a long gap is the run.
 *
 * @module
 */
import { fingerprintBits, matchDistanceMax } from './fingerprint.ts'
import { bitsBetween, type FramePairs, type FrameTable } from './frame-pairs.ts'

/** Where one video runs along another, in whole milliseconds from the start of each. */
export interface AlignedRun {
  readonly aFromMs: number
  readonly aToMs: number
  readonly bFromMs: number
  readonly bToMs: number
  /** How many times as fast as a it is that b runs there. */
  readonly speed: number
  /** Different frames that agree in order, within 31 bits; a shot that stands still counts once. */
  readonly frames: number
  /** The same within 46 bits: what was covered in part, or re-encoded hard. */
  readonly nearFrames: number
}

/** Slopes that are tried: a speed of 0.9 to 1.1, and a little beyond for what the fit finds. */
const slopes = [
  0, 1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6, -6, 7, -7, 8, -8, 9, -9, 10, -10, 11, -11, 12, 13,
].map(step => 1 + step / 100)
const [slopeMin, slopeMax] = [0.88, 1.14]

/** Votes are gathered in stretches of a second: samples of a shot lie as far apart. */
const binMs = 1000
/** How far from the line a pair may lie: both sides sample once a second at worst. */
const offLineMaxMs = 1000
/** A run that begins so soon after one of the videos begins with it; so with its end. */
const endSlackMs = 1500
/** A run ends where nothing agrees for so long. */
const gapMaxMs = 15_000
/** Below this length the speed cannot be told from where the samples happen to lie. */
const fittedFromMs = 6000
/** Two frames of one side count as different from this many bits on: more than an encoder does. */
const differentBitsMin = 17
/** Enough to be sure; a film need not be counted to its end. */
const differentMax = 200

/** Points between two steps: about a millisecond. */
const stepPoints = 32_768

interface Line {
  readonly slope: number
  readonly offset: number
}

/**
 * The longest run, by different frames, in steps of some milliseconds; undefined where no two pairs of near frames lie
 * on a line.
 */
export function* alignedRun(
  a: FrameTable,
  b: FrameTable,
  pairs: FramePairs,
  durations: { readonly aMs: number; readonly bMs: number },
): Generator<undefined, AlignedRun | undefined> {
  if (pairs.a.length === 0) return undefined
  const points = yield* pointsOf(a, b, pairs)
  let best: AlignedRun | undefined
  for (const seed of yield* seedsOf(points, durations)) {
    const line = yield* fitted(points, seed)
    for (const chain of yield* chainsOn(points, line)) {
      const run = runOf(a, b, chain, line, durations)
      if (best === undefined || isLonger(run, best)) best = run
      yield
    }
  }
  return best
}

function isLonger(run: AlignedRun, best: AlignedRun): boolean {
  if (run.frames !== best.frames) return run.frames > best.frames
  if (run.nearFrames !== best.nearFrames) return run.nearFrames > best.nearFrames
  return run.aToMs - run.aFromMs > best.aToMs - best.aFromMs
}

/** A pair of near frames with the times from which and until which each side shows it. */
interface Point {
  readonly i: number
  readonly k: number
  readonly bits: number
  readonly a0: number
  readonly a1: number
  readonly b0: number
  readonly b1: number
  /** Of a frame's partners the nearest says most of time: a shot that moves slowly is near to itself for seconds. */
  readonly weight: number
}

function* pointsOf(a: FrameTable, b: FrameTable, pairs: FramePairs): Generator<undefined, Point[]> {
  const nearest = new Uint16Array(b.frames.length).fill(fingerprintBits)
  pairs.b.forEach((k, at) => (nearest[k] = Math.min(nearest[k]!, pairs.bits[at]!)))
  const weightOf = (at: number) => 2 ** ((nearest[pairs.b[at]!]! - pairs.bits[at]!) / 2)
  const sums = new Float64Array(b.frames.length)
  pairs.b.forEach((k, at) => (sums[k]! += weightOf(at)))
  const points: Point[] = []
  for (let at = 0; at < pairs.a.length; at++) {
    if (at % stepPoints === 0) yield
    const [i, k] = [pairs.a[at]!, pairs.b[at]!]
    const [one, other] = [a.frames[i]!, b.frames[k]!]
    points.push({
      i,
      k,
      bits: pairs.bits[at]!,
      a0: one.atMs,
      a1: one.untilMs ?? one.atMs,
      b0: other.atMs,
      b1: other.untilMs ?? other.atMs,
      weight: weightOf(at) / sums[k]!,
    })
  }
  return points
}

/** The best line of each slope that has nearly as many votes as the very best; at most four, plainest first. */
function* seedsOf(
  points: readonly Point[],
  { aMs, bMs }: { aMs: number; bMs: number },
): Generator<undefined, Line[]> {
  const lines: { line: Line; votes: number }[] = []
  for (const slope of slopes) {
    yield
    const before = Math.ceil(aMs * slope) + binMs
    const votes = new Float32Array(Math.ceil((before + bMs) / binMs) + 3)
    for (let place = 0; place < points.length; place++) {
      const { a0, a1, b0, b1, weight } = points[place]!
      if (place % stepPoints === stepPoints - 1) yield
      votes[Math.floor((b0 - a0 * slope + before) / binMs)]! += weight
      if (a1 > a0 && b1 > b0) votes[Math.floor((b1 - a1 * slope + before) / binMs)]! += weight
    }
    let [at, most] = [0, 0]
    for (let bin = 0; bin < votes.length - 1; bin++) {
      const sum = votes[bin]! + votes[bin + 1]!
      if (sum > most) [at, most] = [bin, sum]
    }
    lines.push({ line: { slope, offset: (at + 1) * binMs - before }, votes: most })
  }
  const most = Math.max(...lines.map(each => each.votes))
  return lines
    .filter(each => each.votes >= most * 0.8)
    .toSorted((x, y) => Math.round((y.votes - x.votes) * 4))
    .slice(0, 4)
    .map(each => each.line)
}

/** Milliseconds by which the line misses the stretch that a pair stands for. */
function offLine({ a0, a1, b0, b1 }: Point, { slope, offset }: Line): number {
  return Math.max(0, b0 - (a1 * slope + offset), a0 * slope + offset - b1)
}

/** Fits the line to what lies on it, again and again: each time more of a long run comes to lie on it. */
function* fitted(points: readonly Point[], seed: Line): Generator<undefined, Line> {
  let line = seed
  for (let round = 0; round < 10; round++) {
    yield
    const next = yield* fittedOnce(points, line)
    const isSame = Math.abs(next.slope - line.slope) < 1e-6 && Math.abs(next.offset - line.offset) < 1
    line = next
    if (isSame) break
  }
  return line
}

function* fittedOnce(points: readonly Point[], line: Line): Generator<undefined, Line> {
  let [sum, sumA, sumB, sumAA, sumAB] = [0, 0, 0, 0, 0]
  let [from, to] = [Infinity, -Infinity]
  const put = (a: number, b: number, weight: number) => {
    if (Math.abs(a * line.slope + line.offset - b) > offLineMaxMs) return
    sum += weight
    sumA += weight * a
    sumB += weight * b
    sumAA += weight * a * a
    sumAB += weight * a * b
    from = Math.min(from, a)
    to = Math.max(to, a)
  }
  for (let place = 0; place < points.length; place++) {
    const { a0, a1, b0, b1, weight, bits } = points[place]!
    if (place % stepPoints === stepPoints - 1) yield
    const counts = bits <= matchDistanceMax ? weight : weight / 4
    put(a0, b0, counts)
    if (a1 > a0 && b1 > b0) put(a1, b1, counts)
  }
  if (sum === 0) return line
  const spread = sumAA - (sumA * sumA) / sum
  const isLong = to - from >= fittedFromMs && spread > 0
  const slope = isLong ? (sumAB - (sumA * sumB) / sum) / spread : line.slope
  const bounded = Math.min(slopeMax, Math.max(slopeMin, slope))
  return { slope: bounded, offset: (sumB - bounded * sumA) / sum }
}

/** The pairs on the line, one a frame of a, in order of time in both, cut where nothing agrees for long. */
function* chainsOn(points: readonly Point[], line: Line): Generator<undefined, Point[][]> {
  const nearest = new Map<number, Point>()
  for (let place = 0; place < points.length; place++) {
    const point = points[place]!
    if (place % stepPoints === stepPoints - 1) yield
    if (offLine(point, line) > offLineMaxMs) continue
    const before = nearest.get(point.i)
    if (before === undefined || point.bits < before.bits) nearest.set(point.i, point)
  }
  const chains: Point[][] = []
  let last: Point | undefined
  for (const point of [...nearest.values()].toSorted((x, y) => x.a0 - y.a0)) {
    if (last !== undefined && point.b1 < last.b0) continue
    if (last === undefined || point.a0 - last.a1 > gapMaxMs) chains.push([])
    chains.at(-1)!.push(point)
    last = point
  }
  return chains.filter(each => each.length > 1)
}

function runOf(
  a: FrameTable,
  b: FrameTable,
  chain: readonly Point[],
  { slope, offset }: Line,
  { aMs, bMs }: { aMs: number; bMs: number },
): AlignedRun {
  const strong = chain.filter(point => point.bits <= matchDistanceMax)
  let [aFrom, aTo] = [chain[0]!.a0, Math.max(...chain.map(point => point.a1))]
  let [bFrom, bTo] = [chain[0]!.b0, Math.max(...chain.map(point => point.b1))]
  // What one side shows standing still may have begun earlier than the copy of it.
  aFrom = Math.max(aFrom, (bFrom - offset) / slope - offLineMaxMs)
  bFrom = Math.max(bFrom, aFrom * slope + offset - offLineMaxMs)
  // Where a video begins or ends within a sample of the run, the run is taken to its begin and end.
  const [aBegin, aEnd] = [Math.max(0, -offset / slope), Math.min(aMs, (bMs - offset) / slope)]
  if (aFrom - aBegin <= endSlackMs) [aFrom, bFrom] = [aBegin, aBegin * slope + offset]
  if (aEnd - aTo <= endSlackMs) [aTo, bTo] = [aEnd, aEnd * slope + offset]
  return {
    aFromMs: Math.round(aFrom),
    aToMs: Math.round(Math.max(aFrom, aTo)),
    bFromMs: Math.round(bFrom),
    bToMs: Math.round(Math.max(bFrom, bTo)),
    speed: Math.round(1000 / slope) / 1000,
    frames: differentOfBoth(a, b, strong),
    nearFrames: differentOfBoth(a, b, chain),
  }
}

function differentOfBoth(a: FrameTable, b: FrameTable, chain: readonly Pick<Point, 'i' | 'k'>[]): number {
  const ofA = chain.map(point => point.i)
  const ofB = chain.map(point => point.k)
  return Math.min(differentFrames(a, ofA), differentFrames(b, ofB))
}

/** How many of these frames differ from all counted before them; counting ends at 200. */
export function differentFrames({ words }: FrameTable, places: readonly number[]): number {
  const kept: number[] = []
  for (const place of places) {
    if (kept.length >= differentMax) break
    if (kept.every(other => bitsBetween(words, place, words, other) >= differentBitsMin)) kept.push(place)
  }
  return kept.length
}
