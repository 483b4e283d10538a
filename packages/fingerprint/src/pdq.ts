import { blurToGrid } from './blur.ts'
import { formatFingerprint, type Fingerprint, type PictureFingerprint } from './fingerprint.ts'
import { foldToGrid } from './fold.ts'
import { bitsOf, frequenciesOf, turned, turns, type Bits, type Turn } from './frequencies.ts'
import { checkPixels, pack, type Packed, type Pixels } from './pixels.ts'
import { qualityOf } from './quality.ts'

/** The eight fingerprints of one picture, one per turn; a mirrored copy lies near one of them. */
export interface Dihedral {
  readonly hashes: Readonly<Record<Turn, Fingerprint>>
  readonly quality: number
}

/** Smaller pictures have no fingerprint: the reference gives them the zero hash and quality 0. */
const sideMin = 5

/**
 * How far the reference's 32-bit running sums may drift from the true mean, in steps of luma, and how near
 * the two middle frequencies may lie before the slow path decides. In 2,500 made pictures, bright ones among
 * them, the drift was at most 0.0027 of luma and 0.0125 of a frequency; so the gap of two frequencies moves by at most 0.025.
 */
const gridDriftMax = 5e-3
const frequencyGapMin = 0.03

const zero = formatFingerprint(new Uint32Array(8))

/**
 * The PDQ fingerprint of a picture, after `profile`, bit for bit as the reference computes it.
 * @throws RangeError when width, height, channels and bytes do not fit together
 */
export function pdq(pixels: Pixels): PictureFingerprint {
  const { hashes, quality } = compute(pixels, ['identity'])
  return { hash: hashes[0]!, quality }
}

/**
 * All eight fingerprints from one transform. Query with all, store the identity: the smallest of the eight
 * is not a stable key (ThreatExchange issue 1676).
 * @throws RangeError when width, height, channels and bytes do not fit together
 */
export function dihedral(pixels: Pixels): Dihedral {
  const { hashes, quality } = compute(pixels, turns)
  return {
    hashes: Object.fromEntries(turns.map((turn, i) => [turn, hashes[i]!])) as Record<Turn, Fingerprint>,
    quality,
  }
}

interface Computed {
  readonly hashes: readonly Fingerprint[]
  readonly quality: number
}

function compute(pixels: Pixels, wanted: readonly Turn[]): Computed {
  checkPixels(pixels)
  if (pixels.width < sideMin || pixels.height < sideMin) return { hashes: wanted.map(() => zero), quality: 0 }
  const picture = pack(pixels)
  return fast(picture, wanted) ?? exact(picture, wanted)
}

/** The folded path, or nothing where its last digits could change the answer. */
function fast(picture: Packed, wanted: readonly Turn[]): Computed | undefined {
  const grid = foldToGrid(picture)
  const { quality, isCertain } = qualityOf(grid, gridDriftMax)
  if (!isCertain) return undefined
  const bits = bitsOfTurns(grid, wanted)
  if (bits.some(({ gap }) => gap < frequencyGapMin)) return undefined
  return { hashes: bits.map(({ hash }) => hash), quality }
}

/** The reference's own arithmetic, four passes over the picture. */
export function exact(picture: Packed, wanted: readonly Turn[]): Computed {
  const grid = blurToGrid(picture)
  return { hashes: bitsOfTurns(grid, wanted).map(({ hash }) => hash), quality: qualityOf(grid, 0).quality }
}

function bitsOfTurns(grid: Float32Array, wanted: readonly Turn[]): Bits[] {
  const low = frequenciesOf(grid)
  return wanted.map(turn => bitsOf(turn === 'identity' ? low : turned(low, turn)))
}
