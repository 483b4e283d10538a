/**
 * Which frames of two videos lie near each other. Few frames are compared each with each. Of many, those are
 * compared that agree in one of sixteen bands of sixteen bits but for one bit: of two fingerprints at 31 bits or less
 * one band always does, of two at 46 bits 98 in 100 have one.
 *
 * @module
 */
import { bitCount, matchDistanceMax, qualityMin, wordsOf } from './fingerprint.ts'
import type { FrameFingerprint } from './video.ts'

/** Bits within which aligned frames support a run; beside, no unrelated pictures were seen to come so near. */
export const supportBitsMax = 46

/** Nearest partners kept of one frame: a standing shot is near to all of itself. */
const partnersMax = 24

/** Above so many comparisons the bands pay. */
const plainPairsMax = 1_500_000

const bands = 16
const buckets = 2 ** 16

/** Frames with something to see, side by side in memory. */
export interface FrameTable {
  readonly frames: readonly FrameFingerprint[]
  /** Eight a frame. */
  readonly words: Uint32Array
}

/** Pairs of near frames: places in the two tables and bits between them. */
export interface FramePairs {
  readonly a: readonly number[]
  readonly b: readonly number[]
  readonly bits: readonly number[]
  /** For each frame of either side, whether any of the other lies within the distance of a match. */
  readonly isFoundA: Uint8Array
  readonly isFoundB: Uint8Array
}

/** The frames of sufficient quality; blank ones lie near each other without being copies. */
export function frameTable(frames: readonly FrameFingerprint[], qualityFrom = qualityMin): FrameTable {
  const good = frames.filter(frame => frame.quality >= qualityFrom)
  const words = new Uint32Array(good.length * 8)
  good.forEach((frame, i) => words.set(wordsOf(frame.hash), i * 8))
  return { frames: good, words }
}

/** Distance in bits of frame `i` of one table and frame `k` of another; above `bitsMax` it may be any larger number. */
export function bitsBetween(a: Uint32Array, i: number, b: Uint32Array, k: number, bitsMax = 256): number {
  const [from, to] = [i * 8, k * 8]
  let bits = 0
  for (let word = 0; word < 4; word++) bits += bitCount(a[from + word]! ^ b[to + word]!)
  if (bits > bitsMax) return bits
  for (let word = 4; word < 8; word++) bits += bitCount(a[from + word]! ^ b[to + word]!)
  return bits
}

/** Finds the near frames of one video in others, in steps of a millisecond or so. */
export function pairFinder(a: FrameTable): (b: FrameTable) => Generator<undefined, FramePairs> {
  let postings: Postings | undefined
  return b => {
    if (a.frames.length * b.frames.length <= plainPairsMax) return pairsOf(a, b, everyFrame(a.frames.length))
    postings ??= postingsOf(a)
    return pairsOf(a, b, framesOfBands(a, postings))
  }
}

/** Calls back with the places of the frames that may be near to a frame. */
type Candidates = (b: FrameTable, k: number, found: (i: number) => void) => void

function everyFrame(count: number): Candidates {
  return (_, __, found) => {
    for (let i = 0; i < count; i++) found(i)
  }
}

interface Postings {
  /** Where each bucket of each band begins among `rows`. */
  readonly starts: Int32Array
  readonly rows: Int32Array
}

function bandOf(words: Uint32Array, i: number, band: number): number {
  return (words[i * 8 + (band >> 1)]! >>> ((band & 1) * 16)) & 0xffff
}

function postingsOf({ frames, words }: FrameTable): Postings {
  const starts = new Int32Array(bands * buckets + 1)
  const rows = new Int32Array(bands * frames.length)
  const each = (put: (bucket: number, i: number) => void) => {
    for (let band = 0; band < bands; band++)
      for (let i = 0; i < frames.length; i++) put(band * buckets + bandOf(words, i, band), i)
  }
  each(bucket => starts[bucket + 1]!++)
  for (let bucket = 0; bucket < bands * buckets; bucket++) starts[bucket + 1]! += starts[bucket]!
  const next = starts.slice()
  each((bucket, i) => (rows[next[bucket]!++] = i))
  return { starts, rows }
}

function framesOfBands(a: FrameTable, { starts, rows }: Postings): Candidates {
  const seen = new Int32Array(a.frames.length).fill(-1)
  return (b, k, found) => {
    for (let band = 0; band < bands; band++) {
      const value = bandOf(b.words, k, band)
      // The band as it is, and with each of its bits turned.
      for (let probe = 0; probe <= 16; probe++) {
        const bucket = band * buckets + (probe === 16 ? value : value ^ (1 << probe))
        for (let at = starts[bucket]!, end = starts[bucket + 1]!; at < end; at++) {
          const i = rows[at]!
          if (seen[i] === k) continue
          seen[i] = k
          found(i)
        }
      }
    }
    // The next video's frames have the same numbers.
    if (k === b.frames.length - 1) seen.fill(-1)
  }
}

/** Comparisons and buckets between two steps: about a millisecond. */
const stepPairs = 50_000

function* pairsOf(a: FrameTable, b: FrameTable, candidates: Candidates): Generator<undefined, FramePairs> {
  const isFoundA = new Uint8Array(a.frames.length)
  const isFoundB = new Uint8Array(b.frames.length)
  const pairs = { a: [] as number[], b: [] as number[], bits: [] as number[] }
  let near: { i: number; bits: number }[] = []
  let compared = 0
  for (let k = 0; k < b.frames.length; k++) {
    if (compared >= stepPairs) {
      compared = 0
      yield
    }
    compared += bands * 17
    candidates(b, k, i => {
      compared++
      const bits = bitsBetween(a.words, i, b.words, k, supportBitsMax)
      if (bits > supportBitsMax) return
      near.push({ i, bits })
      if (bits > matchDistanceMax) return
      isFoundA[i] = 1
      isFoundB[k] = 1
    })
    if (near.length > partnersMax) near = near.toSorted((x, y) => x.bits - y.bits).slice(0, partnersMax)
    for (const { i, bits } of near) {
      pairs.a.push(i)
      pairs.b.push(k)
      pairs.bits.push(bits)
    }
    near.length = 0
  }
  return { ...pairs, isFoundA, isFoundB }
}
