import { boxWidth, gridSide } from './box-filter.ts'
import { checkPixels, sideMax, type Pixels } from './pixels.ts'

/** A part of a picture, as fractions of its width and height from the top left corner. */
export interface Window {
  readonly x: number
  readonly y: number
  readonly w: number
  readonly h: number
}

/** Where to look in a picture: a window, turned about its centre by `angle` degrees (clockwise as seen). */
export interface Look {
  readonly window: Window
  readonly angle: number
}

export const wholeWindow: Window = { x: 0, y: 0, w: 1, h: 1 }

/**
 * A picture in grey, its longer side at most 512, with its summed-area table: the mean of any box costs four
 * reads, so that hundreds of windows are hashed for the price of a few. It is one's own working copy, never stored.
 */
export interface Plane {
  readonly width: number
  readonly height: number
  readonly grey: Uint8Array
  /** (width + 1) × (height + 1) sums of everything above and to the left. */
  readonly sums: Float64Array
  /** Size of the picture that was given, in pixels: the reference's filter depends on it. */
  readonly sourceWidth: number
  readonly sourceHeight: number
}

/**
 * The working copy of a picture: ITU-R BT.601 grey, reduced by area mean where a side is over 512.
 * @throws RangeError when width, height, channels and bytes do not fit together
 */
export function planeOf(pixels: Pixels): Plane {
  checkPixels(pixels)
  const maker = planeMaker(pixels.width, pixels.height)
  maker.add(pixels)
  return maker.done()
}

/** Makes a plane from bands of rows, from the top: the whole of a large picture is never in memory. */
export interface PlaneMaker {
  /**
   * Takes the next rows, as wide as the picture.
   * @throws RangeError when they do not fit, or are more than there should be
   */
  add(band: Pixels): void
  /** @throws RangeError when rows are missing */
  done(): Plane
}

/**
 * Begins the plane of a picture of this size; band by band it comes out the same as at once.
 * @throws RangeError when there is no picture of this size
 */
export function planeMaker(sourceWidth: number, sourceHeight: number): PlaneMaker {
  if (!(sourceWidth >= 1 && sourceHeight >= 1)) throw new RangeError('A picture has a width and a height.')
  const shrink = Math.min(1, sideMax / Math.max(sourceWidth, sourceHeight))
  const width = Math.max(1, Math.round(sourceWidth * shrink))
  const height = Math.max(1, Math.round(sourceHeight * shrink))
  const grey = new Uint8Array(width * height)
  const column = Uint32Array.from({ length: sourceWidth }, (_, x) =>
    Math.min(width - 1, Math.floor((x * width) / sourceWidth)),
  )
  const counts = new Uint32Array(width)
  for (const to of column) counts[to]!++
  const sums = new Float64Array(width)
  let [row, rowsIn, y] = [0, 0, 0]
  const endOf = (line: number) => Math.max(1, Math.floor(((line + 1) * sourceHeight) / height))
  return {
    add(band) {
      checkPixels(band)
      if (band.width !== sourceWidth || row + band.height > sourceHeight)
        throw new RangeError('These rows do not belong to this picture.')
      for (let at = 0; at < band.height; at++) {
        addRow(sums, column, band, at)
        rowsIn++
        if (++row < endOf(y)) continue
        for (let x = 0; x < width; x++) grey[y * width + x] = Math.round(sums[x]! / (counts[x]! * rowsIn))
        sums.fill(0)
        rowsIn = 0
        y++
      }
    },
    done() {
      if (row < sourceHeight) throw new RangeError('Rows of the picture are missing.')
      return { width, height, grey, sums: sumsOf(grey, width, height), sourceWidth, sourceHeight }
    },
  }
}

function addRow(
  sums: Float64Array,
  column: Uint32Array,
  { width, channels, data }: Pixels,
  row: number,
): void {
  for (let x = 0, at = row * width * channels; x < width; x++, at += channels)
    sums[column[x]!]! += channels === 1 ? data[at]! : lumaAt(data, at)
}

/** Weights of 65,536: 0.299, 0.587, 0.114, rounded to the nearest step. */
function lumaAt(data: Uint8Array | Uint8ClampedArray, at: number): number {
  return (data[at]! * 19595 + data[at + 1]! * 38470 + data[at + 2]! * 7471 + 32768) >> 16
}

function sumsOf(grey: Uint8Array, width: number, height: number): Float64Array {
  const across = width + 1
  const sums = new Float64Array(across * (height + 1))
  for (let y = 0; y < height; y++) {
    let row = 0
    for (let x = 0; x < width; x++) {
      row += grey[y * width + x]!
      sums[(y + 1) * across + x + 1] = sums[y * across + x + 1]! + row
    }
  }
  return sums
}

/**
 * The 64 × 64 samples that the reference would take of this part of the picture, as a picture of its own, so
 * that `pdq` of it is the fingerprint of the part: within a few bits of `pdq` of the cut-out pixels (median 2 of 256).
 * Samples outside of the picture take the nearest pixel in it.
 */
export function sampled(plane: Plane, { window, angle }: Look): Pixels {
  const [w, h] = [window.w * plane.width, window.h * plane.height]
  const [centreX, centreY] = [
    (window.x + window.w / 2) * plane.width,
    (window.y + window.h / 2) * plane.height,
  ]
  const isLarge = window.w * plane.sourceWidth > sideMax || window.h * plane.sourceHeight > sideMax
  const across = lattice(isLarge ? sideMax : Math.max(1, Math.round(window.w * plane.sourceWidth)), w)
  const down = lattice(isLarge ? sideMax : Math.max(1, Math.round(window.h * plane.sourceHeight)), h)
  const data = new Uint8Array(gridSide * gridSide)
  const [cos, sin] = [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)]
  for (let i = 0, at = 0; i < gridSide; i++) {
    const v = down.at[i]! - h / 2
    for (let j = 0; j < gridSide; j++, at++) {
      const u = across.at[j]! - w / 2
      const x = centreX + u * cos - v * sin
      const y = centreY + u * sin + v * cos
      data[at] = meanOf(plane, x - across.reach, y - down.reach, x + across.reach, y + down.reach)
    }
  }
  return { width: gridSide, height: gridSide, channels: 1, data }
}

/** Where the 64 samples of an axis lie, and half the width of the box that stands for the two boxes of the reference. */
function lattice(samples: number, length: number): { at: Float64Array; reach: number } {
  const scale = length / samples
  const width = boxWidth(samples)
  // An even box reaches one further to the right, twice: the reference's samples sit one pixel late.
  const late = width % 2 === 0 ? 1.5 : 0.5
  const at = new Float64Array(gridSide)
  for (let i = 0; i < gridSide; i++) at[i] = (Math.floor(((i + 0.5) * samples) / gridSide) + late) * scale
  // One box of equal variance; never narrower than a pixel of the plane.
  return { at, reach: Math.max(0.5, (Math.sqrt(2 * width * width - 1) * scale) / 2) }
}

/** Mean grey of a box with fractional edges, kept inside of the picture. */
function meanOf(plane: Plane, left: number, top: number, right: number, bottom: number): number {
  const { width, height } = plane
  const x0 = left < 0 ? 0 : left > width - 1 ? width - 1 : left
  const y0 = top < 0 ? 0 : top > height - 1 ? height - 1 : top
  const x1 = right > width ? width : right < x0 + 1 ? x0 + 1 : right
  const y1 = bottom > height ? height : bottom < y0 + 1 ? y0 + 1 : bottom
  const sum = sumAt(plane, x1, y1) - sumAt(plane, x0, y1) - sumAt(plane, x1, y0) + sumAt(plane, x0, y0)
  return sum / ((x1 - x0) * (y1 - y0)) + 0.5
}

function sumAt({ sums, width, height }: Plane, x: number, y: number): number {
  const across = width + 1
  let i = x | 0
  let j = y | 0
  if (i >= width) i = width - 1
  if (j >= height) j = height - 1
  const fx = x - i
  const fy = y - j
  const at = j * across + i
  const above = sums[at]! + (sums[at + 1]! - sums[at]!) * fx
  const below = sums[at + across]! + (sums[at + across + 1]! - sums[at + across]!) * fx
  return above + (below - above) * fy
}

/**
 * How much of a sampled part is empty: the share of its 64 × 64 samples that differ from the next ones across
 * and down by two steps of grey at most. Photographs lie under 0.5, pages of text, screens and templates above.
 */
export function emptiness({ data }: Pixels): number {
  let empty = 0
  for (let i = 0; i < gridSide - 1; i++) {
    for (let j = 0; j < gridSide - 1; j++) {
      const at = i * gridSide + j
      const here = data[at]!
      if (Math.abs(here - data[at + 1]!) <= 2 && Math.abs(here - data[at + gridSide]!) <= 2) empty++
    }
  }
  return empty / (gridSide - 1) ** 2
}
