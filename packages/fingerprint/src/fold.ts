import { blockCentre, boxReach, gridSide } from './box-filter.ts'
import type { Packed } from './pixels.ts'

/**
 * Two box passes and the decimation are one fixed linear map per axis, so 64 short rows of weights
 * replace four passes over the whole picture. Weights are whole numbers over a common total.
 */
interface Band {
  readonly first: Int32Array
  readonly count: Int32Array
  /** Weights of block i, from `i * width`. */
  readonly weights: Int32Array
  readonly total: Int32Array
  readonly width: number
}

const bands = new Map<number, Band>()

/** The banded matrix for an axis of `length` samples; made once per length (at most 512 of them). */
function bandOf(length: number): Band {
  const known = bands.get(length)
  if (known) return known
  const made = makeBand(length)
  bands.set(length, made)
  return made
}

function makeBand(length: number): Band {
  const rows = Array.from({ length: gridSide }, (_, i) => weightsAt(blockCentre(i, length), length))
  const width = Math.max(...rows.map(row => row.weights.length))
  const band: Band = {
    first: Int32Array.from(rows, row => row.first),
    count: Int32Array.from(rows, row => row.weights.length),
    weights: new Int32Array(gridSide * width),
    total: Int32Array.from(rows, row => row.weights.reduce((sum, weight) => sum + weight, 0)),
    width,
  }
  rows.forEach((row, i) => band.weights.set(row.weights, i * width))
  return band
}

/** Whole-number weights of the two boxes around sample `at`: box counts differ only at the edges. */
function weightsAt(at: number, length: number): { first: number; weights: number[] } {
  const [outerFirst, outerLast] = boxReach(at, length)
  let common = 1
  for (let i = outerFirst; i <= outerLast; i++) {
    const [first, last] = boxReach(i, length)
    common = leastCommonMultiple(common, last - first + 1)
  }
  const [first] = boxReach(outerFirst, length)
  const [, last] = boxReach(outerLast, length)
  const weights = Array.from({ length: last - first + 1 }, () => 0)
  for (let i = outerFirst; i <= outerLast; i++) {
    const [from, to] = boxReach(i, length)
    for (let k = from; k <= to; k++) weights[k - first]! += common / (to - from + 1)
  }
  return { first, weights }
}

function leastCommonMultiple(a: number, b: number): number {
  let [x, y] = [a, b]
  while (y) [x, y] = [y, x % y]
  return (a / x) * b
}

/** Blurs and samples to 64 × 64 luma (ITU-R BT.601 weights, as the reference's), within 2e-4 of its floats. */
export function foldToGrid(picture: Packed): Float32Array {
  const { width, height, words } = picture
  const down = bandOf(height)
  const across = bandOf(width)
  const grid = new Float32Array(gridSide * gridSide)
  const redBlue = new Int32Array(width)
  const green = new Int32Array(width)
  const luma = new Float64Array(width)
  for (let i = 0; i < gridSide; i++) {
    sumRows(words, width, down, i, redBlue, green)
    // Red and blue share a word: sums stay under 2^16, since no band's total is above 257 for sides to 512.
    const scale = 1 / (1000 * down.total[i]!)
    for (let x = 0; x < width; x++) {
      const both = redBlue[x]!
      luma[x] = (299 * (both & 0xffff) + 587 * green[x]! + 114 * (both >>> 16)) * scale
    }
    for (let j = 0; j < gridSide; j++) {
      const first = across.first[j]!
      const count = across.count[j]!
      const from = j * across.width
      let sum = 0
      for (let k = 0; k < count; k++) sum += across.weights[from + k]! * luma[first + k]!
      grid[i * gridSide + j] = sum / across.total[j]!
    }
  }
  return grid
}

function sumRows(
  words: Uint32Array,
  width: number,
  down: Band,
  i: number,
  redBlue: Int32Array,
  green: Int32Array,
): void {
  const { weights, first } = down
  const count = down.count[i]!
  redBlue.fill(0)
  green.fill(0)
  let k = 0
  // Two rows at a time: half the reads and writes of the sums.
  for (; k + 1 < count; k += 2) {
    const weight = weights[i * down.width + k]!
    const weightBelow = weights[i * down.width + k + 1]!
    const row = (first[i]! + k) * width
    const below = row + width
    for (let x = 0; x < width; x++) {
      const word = words[row + x]! | 0
      const wordBelow = words[below + x]! | 0
      redBlue[x] =
        (redBlue[x]! + Math.imul(word & 0xff00ff, weight) + Math.imul(wordBelow & 0xff00ff, weightBelow)) | 0
      green[x] =
        (green[x]! +
          Math.imul((word >>> 8) & 0xff, weight) +
          Math.imul((wordBelow >>> 8) & 0xff, weightBelow)) |
        0
    }
  }
  if (k < count) {
    const weight = weights[i * down.width + k]!
    const row = (first[i]! + k) * width
    for (let x = 0; x < width; x++) {
      const word = words[row + x]! | 0
      redBlue[x] = (redBlue[x]! + Math.imul(word & 0xff00ff, weight)) | 0
      green[x] = (green[x]! + Math.imul((word >>> 8) & 0xff, weight)) | 0
    }
  }
}
