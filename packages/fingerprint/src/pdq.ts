import { blurToGrid, lumaOf } from './blur.ts'
import { boxWidth, gridSide } from './box-filter.ts'
import { formatFingerprint, type Fingerprint, type PictureFingerprint } from './fingerprint.ts'
import { foldToGrid } from './fold.ts'
import { bitsOf, frequenciesOf, turned, turns, type Turn } from './frequencies.ts'
import { kernelNow, type Kernel } from './kernel.ts'
import { checkPixels, pack, profile, profiles, reduce, sideMax } from './pixels.ts'
import type { Luma, Pixels, Profile } from './pixels.ts'
import { qualityOf, qualityOfSteps, slackOf } from './quality.ts'

/** The eight fingerprints of one picture, one per turn; a mirrored copy lies near one of them. */
export interface Dihedral {
  readonly hashes: Readonly<Record<Turn, Fingerprint>>
  readonly quality: number
}

export interface PdqOptions {
  /** What is done to the pixels; `pdq-512/1` where nothing is said. Store it beside the fingerprint. */
  readonly profile?: Profile
  /**
   * `false` allows a shorter way that is two to four times faster and takes the reference's own passes only for
   * close calls: never seen to differ, but not proven. Without it the reference's passes are taken always.
   */
  readonly exact?: boolean
}

/** Smaller pictures have no fingerprint: the reference gives them the zero hash and quality 0. */
const sideMin = 5

/**
 * For the shorter way: how far the reference's 32-bit running sums may drift from the true mean, in steps of
 * luma, and how near the two middle frequencies may lie before its own passes decide. Both grow with the box,
 * since a sum runs over 128 boxes and rounds to its own size. Natural pictures drift by a tenth of this; a
 * search for those that drift most (stripes of a few pixels) found half of it.
 */
export const gridDriftMax = (box: number): number => 0.012 + 0.002 * box
export const frequencyGapMin = (box: number): number => 0.2 + 0.025 * box

const zero = formatFingerprint(new Uint32Array(8))

/**
 * The PDQ fingerprint of a picture, after its profile, bit for bit as the reference computes it.
 * @throws RangeError when width, height, channels and bytes do not fit together, or the profile is unknown
 */
export function pdq(pixels: Pixels, options: PdqOptions = {}): PictureFingerprint {
  const { hashes, quality } = compute(pixels, 1, options)
  return { hash: hashes[0]!, quality }
}

/**
 * All eight fingerprints from one transform. Query with all, store the identity: the smallest of the eight
 * is not a stable key (ThreatExchange issue 1676).
 * @throws RangeError when width, height, channels and bytes do not fit together, or the profile is unknown
 */
export function dihedral(pixels: Pixels, options: PdqOptions = {}): Dihedral {
  const { hashes, quality } = compute(pixels, turns.length, options)
  return {
    hashes: Object.fromEntries(turns.map((turn, i) => [turn, hashes[i]!])) as Record<Turn, Fingerprint>,
    quality,
  }
}

interface Computed {
  readonly hashes: readonly Fingerprint[]
  readonly quality: number
}

/** A picture after its profile, and how many of the turns are wanted, from the first on. */
interface Task {
  readonly pixels: Pixels
  readonly luma: Luma
  readonly wanted: number
  readonly isExact: boolean
}

function compute(pixels: Pixels, wanted: number, options: PdqOptions): Computed {
  checkPixels(pixels)
  const name = options.profile ?? profile
  if (!profiles.includes(name)) throw new RangeError('The profile is unknown.')
  const read = name === 'pdq-512/1' ? reduce(pixels) : pixels
  if (read.width < sideMin || read.height < sideMin) {
    return { hashes: Array.from({ length: wanted }, () => zero), quality: 0 }
  }
  const luma: Luma = name === 'pdq-full64/1' ? 'f64' : 'f32'
  const task: Task = { pixels: read, luma, wanted, isExact: options.exact ?? true }
  const kernel = kernelNow()
  return (kernel && inKernel(kernel, task)) ?? inTypeScript(task)
}

/** Nothing where the picture is too wide for the kernel's memory. */
function inKernel(kernel: Kernel, task: Task): Computed | undefined {
  const { pixels, luma, wanted } = task
  if (isGridAlready(task)) {
    kernel.setGrid(lumaOf(pack(pixels), luma))
    return answer(kernel, wanted)
  }
  if (!task.isExact && kernel.fold(pixels)) {
    const { drift, gap } = boundsFor(pixels)
    const folded = answer(kernel, wanted, drift, gap)
    if (folded) return folded
  }
  return kernel.blur(pixels, luma) ? answer(kernel, wanted) : undefined
}

/** What the kernel's grid says, or nothing where its last digits could change that. */
function answer(kernel: Kernel, wanted: number, drift: number, gapMin: number): Computed | undefined
function answer(kernel: Kernel, wanted: number): Computed
function answer(kernel: Kernel, wanted: number, drift = 0, gapMin = 0): Computed | undefined {
  const { quality, isCertain } = qualityOfSteps(kernel.steps(slackOf(drift)))
  if (!isCertain) return undefined
  kernel.transform()
  const hashes: Fingerprint[] = []
  for (let turn = 0; turn < wanted; turn++) {
    const { hash, gap } = kernel.hash(turn)
    if (gap < gapMin) return undefined
    hashes.push(hash)
  }
  return { hashes, quality }
}

/** The same in plain TypeScript: where there is no WebAssembly with SIMD, and the kernel's oracle. */
export function inTypeScript(task: Task): Computed {
  const { pixels, luma, wanted } = task
  const picture = pack(pixels)
  if (isGridAlready(task)) return answerOf(lumaOf(picture, luma), wanted, 0, 0)!
  // The sums of its fold fit their 16 bits up to this side.
  if (!task.isExact && pixels.width <= sideMax && pixels.height <= sideMax) {
    const { drift, gap } = boundsFor(pixels)
    const folded = answerOf(foldToGrid(picture), wanted, drift, gap)
    if (folded) return folded
  }
  return answerOf(blurToGrid(picture, luma), wanted, 0, 0)!
}

function answerOf(grid: Float32Array, wanted: number, drift: number, gapMin: number): Computed | undefined {
  const { quality, isCertain } = qualityOf(grid, drift)
  if (!isCertain) return undefined
  const low = frequenciesOf(grid)
  const bits = turns.slice(0, wanted).map(turn => bitsOf(turn === 'identity' ? low : turned(low, turn)))
  if (bits.some(({ gap }) => gap < gapMin)) return undefined
  return { hashes: bits.map(({ hash }) => hash), quality }
}

/** The reference takes 64 × 64 pixels as its grid, unless it is asked for all turns: then it filters them. */
function isGridAlready({ pixels, wanted }: Task): boolean {
  return pixels.width === gridSide && pixels.height === gridSide && wanted === 1
}

function boundsFor({ width, height }: Pixels): { readonly drift: number; readonly gap: number } {
  const box = Math.max(boxWidth(width), boxWidth(height))
  return { drift: gridDriftMax(box), gap: frequencyGapMin(box) }
}
