import { gridSide } from './box-filter.ts'
import { formatFingerprint, wordsOf, type Fingerprint } from './fingerprint.ts'

const fround = Math.fround

/** Frequencies kept per axis: 1 to 16 of 64, the mean left out. */
export const side = 16

/** D transposed: `basis[k * 16 + i]` is the weight of sample k in frequency i + 1, rounded as the reference does. */
export const basis = makeBasis()

function makeBasis(): Float32Array {
  const scale = fround(Math.sqrt(2 / gridSide))
  const made = new Float32Array(gridSide * side)
  for (let i = 0; i < side; i++) {
    for (let k = 0; k < gridSide; k++) {
      made[k * side + i] = scale * Math.cos((Math.PI / 2 / gridSide) * (i + 1) * (2 * k + 1))
    }
  }
  return made
}

/** The 16 × 16 low frequencies of a 64 × 64 grid, D A Dᵀ, summed in 32-bit floats in the reference's order. */
export function frequenciesOf(grid: Float32Array): Float32Array {
  const half = new Float32Array(side * gridSide)
  for (let i = 0; i < side; i++) {
    const to = i * gridSide
    for (let k = 0; k < gridSide; k++) {
      const weight = basis[k * side + i]!
      const from = k * gridSide
      for (let j = 0; j < gridSide; j++) half[to + j] = half[to + j]! + fround(weight * grid[from + j]!)
    }
  }
  const low = new Float32Array(side * side)
  for (let i = 0; i < side; i++) {
    for (let k = 0; k < gridSide; k++) {
      const value = half[i * gridSide + k]!
      for (let j = 0; j < side; j++) {
        low[i * side + j] = low[i * side + j]! + fround(value * basis[k * side + j]!)
      }
    }
  }
  return low
}

/** The bits, and how far the two middle frequencies lie apart: near 0 means rounding could turn a bit. */
export interface Bits {
  readonly hash: Fingerprint
  readonly gap: number
}

/** One bit per frequency, set when above the lower median; bit 0 is the last bit of the text. */
export function bitsOf(low: Float32Array): Bits {
  const sorted = low.slice().sort()
  const median = sorted[127]!
  const words = new Uint32Array(8)
  for (let k = 0; k < 256; k++) if (low[k]! > median) words[7 - (k >> 5)]! |= 1 << (k & 31)
  return { hash: formatFingerprint(words), gap: sorted[128]! - median }
}

/** The eight ways to turn and mirror a picture, named as the reference's tool names them. */
export const turns = [
  'identity',
  'rotate90',
  'rotate180',
  'rotate270',
  'flipX',
  'flipY',
  'flipPlus1',
  'flipMinus1',
] as const
export type Turn = (typeof turns)[number]

/** Whether a turn swaps the axes, and which odd or even frequencies change sign (row, column before the swap). */
const rules: Record<Turn, { swaps: boolean; isNegative: (row: number, column: number) => boolean }> = {
  identity: { swaps: false, isNegative: () => false },
  rotate90: { swaps: true, isNegative: (_, column) => column % 2 === 0 },
  rotate180: { swaps: false, isNegative: (row, column) => (row + column) % 2 === 1 },
  rotate270: { swaps: true, isNegative: row => row % 2 === 0 },
  flipX: { swaps: false, isNegative: row => row % 2 === 0 },
  flipY: { swaps: false, isNegative: (_, column) => column % 2 === 0 },
  flipPlus1: { swaps: true, isNegative: () => false },
  flipMinus1: { swaps: true, isNegative: (row, column) => (row + column) % 2 === 1 },
}

/** The frequencies of the turned picture, from those of the picture: a mirror only changes signs of a cosine. */
export function turned(low: Float32Array, turn: Turn): Float32Array {
  const { swaps, isNegative } = rules[turn]
  const made = new Float32Array(side * side)
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const value = low[row * side + column]!
      made[swaps ? column * side + row : row * side + column] = isNegative(row, column) ? -value : value
    }
  }
  return made
}

/**
 * About the fingerprint of the turned picture, from the fingerprint alone: a mirror changes signs, and the middle
 * frequency, against which the bits are set, lies near zero. So lists and films of which only hashes are known are
 * looked up mirrored too. Some bits off what the picture itself would give (see the README, "Turns of a hash").
 */
export function turnedFingerprint(hash: Fingerprint, turn: Turn): Fingerprint {
  const { swaps, isNegative } = rules[turn]
  const words = wordsOf(hash)
  const made = new Uint32Array(8)
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const from = row * side + column
      const isSet = ((words[7 - (from >> 5)]! >>> (from & 31)) & 1) === 1
      const to = swaps ? column * side + row : from
      if (isSet !== isNegative(row, column)) made[7 - (to >> 5)]! |= 1 << (to & 31)
    }
  }
  return formatFingerprint(made)
}
