import { blockCentre, boxWidth, gridSide } from './box-filter.ts'
import type { Packed } from './pixels.ts'

const fround = Math.fround
const red = fround(0.299)
const green = fround(0.587)
const blue = fround(0.114)

/**
 * Blurs and samples to 64 × 64 luma with the reference's own running sums, in its order and in 32-bit
 * floats, so that even its rounding drift is the same. Slower than the fold; it settles the close calls.
 */
export function blurToGrid(picture: Packed): Float32Array {
  const { width, height } = picture
  const a = lumaOf(picture)
  const b = new Float32Array(a.length)
  for (let pass = 0; pass < 2; pass++) {
    for (let y = 0; y < height; y++) boxAlongRow(a, b, y * width, width)
    boxDownColumns(b, a, width, height)
  }
  const grid = new Float32Array(gridSide * gridSide)
  for (let i = 0; i < gridSide; i++) {
    const row = blockCentre(i, height) * width
    for (let j = 0; j < gridSide; j++) grid[i * gridSide + j] = a[row + blockCentre(j, width)]!
  }
  return grid
}

function lumaOf({ words, isGrey }: Packed): Float32Array {
  const luma = new Float32Array(words.length)
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!
    const r = word & 0xff
    luma[i] = isGrey
      ? r
      : fround(fround(red * r) + fround(green * ((word >>> 8) & 0xff))) +
        fround(blue * ((word >>> 16) & 0xff))
  }
  return luma
}

/** A running box along one row: fill, grow, slide, shrink. */
function boxAlongRow(from: Float32Array, to: Float32Array, at: number, length: number): void {
  const width = boxWidth(length)
  const ahead = (width + 2) >> 1
  let [left, right, out] = [at, at, at]
  let sum = fround(0)
  let count = 0
  for (let i = 0; i < ahead - 1; i++, count++) sum = fround(sum + from[right++]!)
  for (let i = ahead - 1; i < width; i++) {
    sum = fround(sum + from[right++]!)
    to[out++] = fround(sum / ++count)
  }
  for (let i = width; i < length; i++) {
    sum = fround(fround(sum + from[right++]!) - from[left++]!)
    to[out++] = fround(sum / count)
  }
  for (let i = 0; i < ahead - 1; i++) {
    sum = fround(sum - from[left++]!)
    to[out++] = fround(sum / --count)
  }
}

/** The same down all columns at once, a row at a time: each column has its own sum, memory is read in order. */
function boxDownColumns(from: Float32Array, to: Float32Array, columns: number, length: number): void {
  const width = boxWidth(length)
  const ahead = (width + 2) >> 1
  const sums = new Float32Array(columns)
  let count = 0
  for (let step = 0; step < length + ahead - 1; step++) {
    const grows = step < length
    const shrinks = step >= width
    count += (grows ? 1 : 0) - (shrinks ? 1 : 0)
    const added = step * columns
    const dropped = (step - width) * columns
    const out = (step - ahead + 1) * columns
    if (grows && shrinks) {
      for (let x = 0; x < columns; x++) {
        const sum = fround(fround(sums[x]! + from[added + x]!) - from[dropped + x]!)
        sums[x] = sum
        to[out + x] = fround(sum / fround(count))
      }
      continue
    }
    if (grows) for (let x = 0; x < columns; x++) sums[x] = fround(sums[x]! + from[added + x]!)
    if (shrinks) for (let x = 0; x < columns; x++) sums[x] = fround(sums[x]! - from[dropped + x]!)
    if (out >= 0) for (let x = 0; x < columns; x++) to[out + x] = fround(sums[x]! / fround(count))
  }
}
