import { blockCentre, boxWidth, gridSide } from './box-filter.ts'
import type { Luma, Packed } from './pixels.ts'

const fround = Math.fround
/** Each channel's share of the luma, rounded as the reference rounds the product. */
const redShare = sharesOf(0.299)
const greenShare = sharesOf(0.587)
const blueShare = sharesOf(0.114)

function sharesOf(weight: number): Float32Array {
  return Float32Array.from({ length: 256 }, (_, value) => fround(weight) * value)
}

/**
 * Blurs and samples to 64 × 64 luma with the reference's own running sums, in its order and in 32-bit
 * floats, so that even its rounding drift is the same. Slower than the fold; it settles the close calls.
 */
export function blurToGrid(picture: Packed, luma: Luma): Float32Array {
  const { width, height } = picture
  const a = lumaOf(picture, luma)
  const b = new Float32Array(a.length)
  boxAlongRows(a, b, width, height)
  boxDownColumns(b, a, width, height)
  boxAlongRows(a, b, width, height)
  // The last pass mixes no columns, so only those that are sampled need it.
  const narrow = new Float32Array(height * gridSide)
  for (let j = 0; j < gridSide; j++) {
    const x = blockCentre(j, width)
    for (let y = 0; y < height; y++) narrow[y * gridSide + j] = b[y * width + x]!
  }
  const blurred = new Float32Array(narrow.length)
  boxDownColumns(narrow, blurred, gridSide, height)
  const grid = new Float32Array(gridSide * gridSide)
  for (let i = 0; i < gridSide; i++) {
    const row = blockCentre(i, height) * gridSide
    grid.set(blurred.subarray(row, row + gridSide), i * gridSide)
  }
  return grid
}

/** Luma (ITU-R BT.601 weights) as the profile rounds it. */
export function lumaOf({ words, isGrey }: Packed, kind: Luma): Float32Array {
  const luma = new Float32Array(words.length)
  for (let i = 0; i < words.length; i++) {
    const word = words[i]! | 0
    const r = word & 0xff
    const g = (word >> 8) & 0xff
    const b = (word >> 16) & 0xff
    if (isGrey) luma[i] = r
    // 64-bit weights rounded to 32 bits at the end give this quotient for every colour (all 2^24 compared).
    else if (kind === 'f64') luma[i] = (299 * r + 587 * g + 114 * b) / 1000
    else luma[i] = fround(fround(redShare[r]! + greenShare[g]!) + blueShare[b]!)
  }
  return luma
}

/**
 * A running box along every row: fill, grow, slide, shrink. A sum waits for the one before it, so four
 * rows slide together; past the last row the last is done again, with the same result.
 */
function boxAlongRows(from: Float32Array, to: Float32Array, length: number, rows: number): void {
  const width = boxWidth(length)
  const behind = width - ((width + 2) >> 1) + 1 // samples from the box's right edge back to its centre
  const full = fround(width)
  const last = (rows - 1) * length
  for (let at = 0; at <= last; at += 4 * length) {
    const a = at
    const b = Math.min(a + length, last)
    const c = Math.min(b + length, last)
    const d = Math.min(c + length, last)
    let sumA = grow(from, to, a, width)
    let sumB = grow(from, to, b, width)
    let sumC = grow(from, to, c, width)
    let sumD = grow(from, to, d, width)
    for (let right = width, left = 0, out = behind; right < length; right++, left++, out++) {
      sumA = fround(fround(sumA + from[a + right]!) - from[a + left]!)
      sumB = fround(fround(sumB + from[b + right]!) - from[b + left]!)
      sumC = fround(fround(sumC + from[c + right]!) - from[c + left]!)
      sumD = fround(fround(sumD + from[d + right]!) - from[d + left]!)
      to[a + out] = fround(sumA / full)
      to[b + out] = fround(sumB / full)
      to[c + out] = fround(sumC / full)
      to[d + out] = fround(sumD / full)
    }
    shrink(from, to, a, length, sumA)
    shrink(from, to, b, length, sumB)
    shrink(from, to, c, length, sumC)
    shrink(from, to, d, length, sumD)
  }
}

/** The first samples of a row, until the box is full; gives the sum so far. */
function grow(from: Float32Array, to: Float32Array, at: number, width: number): number {
  const ahead = (width + 2) >> 1
  let sum = fround(0)
  for (let count = 1; count <= width; count++) {
    sum = fround(sum + from[at + count - 1]!)
    if (count >= ahead) to[at + count - ahead] = fround(sum / fround(count))
  }
  return sum
}

/** The last samples of a row, from a full box on. */
function shrink(from: Float32Array, to: Float32Array, at: number, length: number, full: number): void {
  const width = boxWidth(length)
  const after = ((width + 2) >> 1) - 1
  let sum = full
  for (let i = 1; i <= after; i++) {
    sum = fround(sum - from[at + length - width + i - 1]!)
    to[at + length - 1 - after + i] = fround(sum / fround(width - i))
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
