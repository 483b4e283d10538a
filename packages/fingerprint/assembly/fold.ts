// Two box passes and the sampling are one fixed linear map per axis: each block is a weighted sum over the rows
// around its centre, then over the columns. The weights down the picture are whole numbers and meet the bytes
// as they come; luma is made of the 64 rows that remain.

import { blockCentre, boxWidth, clear, grid, gridRow, gridSide, grow, take } from './memory'

let width: i32 = 0
let height: i32 = 0
let channels: i32 = 0

/** Weights down (whole, 16 bits, in pairs) and across (floats), of an inner block and of the last. */
let down: usize = 0
let downLast: usize = 0
let across: usize = 0
let acrossLast: usize = 0
let tapsDown: i32 = 0
let tapsDownLast: i32 = 0
let tapsAcross: i32 = 0
let tapsAcrossLast: i32 = 0

/** One block's sums of bytes, and their luma. */
let sums: usize = 0
let luma: usize = 0
let input: usize = 0

/** Largest box whose sums of weights fit: 128² × 127 × 255 < 2^31. */
export const boxMax: i32 = 128

/** As `openExact`, for the folded path; 0 also where a side is too long for whole-number weights. */
export function openFold(w: i32, h: i32, c: i32, rows: i32): usize {
  width = w
  height = h
  channels = c
  const boxDown = boxWidth(h)
  const boxAcross = boxWidth(w)
  if (boxDown > boxMax || boxAcross > boxMax) return 0
  clear()
  down = take(2 * boxDown * 4)
  downLast = take(2 * boxDown * 4)
  across = take(2 * boxAcross * 4 + 16)
  acrossLast = take(2 * boxAcross * 4 + 16)
  sums = take(<usize>w * c * 4 + 128)
  luma = take(<usize>w * 4 + 64)
  input = take(<usize>w * c * rows)
  if (!grow()) return 0
  memory.fill(down, 0, sums - down)
  memory.fill(luma, 0, <usize>w * 4 + 64)
  tapsDown = weights(down, boxDown, false, true)
  tapsDownLast = weights(downLast, boxDown, isClipped(h), true)
  tapsAcross = weights(across, boxAcross, false, false)
  tapsAcrossLast = weights(acrossLast, boxAcross, isClipped(w), false)
  return input
}

/** The last block's outer box holds one inner box that the edge cuts by one sample; no other block meets an edge. */
function isClipped(length: i32): bool {
  const ahead = (boxWidth(length) + 2) >> 1
  return blockCentre(gridSide - 1, length) + 2 * (ahead - 1) > length - 1
}

/** A tent of 2 w - 1 samples; clipped, the last box of w - 1 weighs w and the others w - 1, times the common w. */
function weights(to: usize, box: i32, clipped: bool, whole: bool): i32 {
  const taps = clipped ? 2 * box - 2 : 2 * box - 1
  for (let k = 0; k < taps; k++) {
    let weight = min(k + 1, 2 * box - 1 - k)
    if (clipped) weight = weight * (box - 1) + (k >= box - 1 ? 1 : 0)
    if (whole) store<i16>(to + <usize>k * 2, <i16>weight)
    else f32.store(to + <usize>k * 4, <f32>weight)
  }
  return taps
}

/** What the weights of a block sum up to. */
function total(box: i32, clipped: bool): f32 {
  return <f32>(clipped ? box * box * (box - 1) : box * box)
}

/** First row that block `i` reads. */
export function firstRow(i: i32): i32 {
  const box = boxWidth(height)
  return blockCentre(i, height) - 2 * (box - ((box + 2) >> 1))
}

/** Rows that block `i` reads. */
export function rowsOf(i: i32): i32 {
  return i == gridSide - 1 ? tapsDownLast : tapsDown
}

/** Fills the rows `from` to `to` (exclusive) of the grid; the input starts with row `first` of the picture. */
export function foldBlocks(from: i32, to: i32, first: i32): void {
  const rowBytes = <usize>width * channels
  for (let i = from; i < to; i++) {
    const rows = input + <usize>(firstRow(i) - first) * rowBytes
    const isLast = i == gridSide - 1
    sumRows(rows, rowBytes, isLast ? downLast : down, rowsOf(i))
    lumaOfSums(<f32>1 / total(boxWidth(height), isLast && isClipped(height)))
    foldAcross(grid + <usize>i * gridRow)
  }
}

/** Weighted sums of rows, byte by byte: 32 columns of bytes at a time, two rows in one multiplication. */
function sumRows(rows: usize, rowBytes: usize, weights: usize, taps: i32): void {
  for (let x: usize = 0; x < rowBytes; x += 32) {
    let s0 = i32x4.splat(0)
    let s1 = i32x4.splat(0)
    let s2 = i32x4.splat(0)
    let s3 = i32x4.splat(0)
    let s4 = i32x4.splat(0)
    let s5 = i32x4.splat(0)
    let s6 = i32x4.splat(0)
    let s7 = i32x4.splat(0)
    let at = rows + x
    for (let k = 0; k < taps; k += 2) {
      const pair = v128.load_splat<u32>(weights + <usize>k * 2)
      // An odd last row is paired with itself at weight 0.
      const below = k + 1 < taps ? at + rowBytes : at
      const a = v128.load(at)
      const b = v128.load(below)
      const ab = v128.shuffle<i8>(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23)
      const cd = v128.shuffle<i8>(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31)
      s0 = i32x4.add(s0, i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(ab), pair))
      s1 = i32x4.add(s1, i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(ab), pair))
      s2 = i32x4.add(s2, i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(cd), pair))
      s3 = i32x4.add(s3, i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(cd), pair))
      const e = v128.load(at, 16)
      const f = v128.load(below, 16)
      const ef = v128.shuffle<i8>(e, f, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23)
      const gh = v128.shuffle<i8>(e, f, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31)
      s4 = i32x4.add(s4, i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(ef), pair))
      s5 = i32x4.add(s5, i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(ef), pair))
      s6 = i32x4.add(s6, i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(gh), pair))
      s7 = i32x4.add(s7, i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(gh), pair))
      at += 2 * rowBytes
    }
    const to = sums + x * 4
    v128.store(to, s0)
    v128.store(to, s1, 16)
    v128.store(to, s2, 32)
    v128.store(to, s3, 48)
    v128.store(to, s4, 64)
    v128.store(to, s5, 80)
    v128.store(to, s6, 96)
    v128.store(to, s7, 112)
  }
}

/** Luma of the summed bytes, over `scale`. What lies behind the last column is put back to 0. */
function lumaOfSums(scale: f32): void {
  const end = <usize>width * 4
  if (channels == 1) {
    const by = f32x4.splat(scale)
    for (let x: usize = 0; x < end; x += 16) {
      v128.store(luma + x, f32x4.mul(f32x4.convert_i32x4_s(v128.load(sums + x)), by))
    }
  } else {
    const red = f32x4.splat(<f32>0.299 * scale)
    const green = f32x4.splat(<f32>0.587 * scale)
    const blue = f32x4.splat(<f32>0.114 * scale)
    if (channels == 3) lumaOfThree(red, green, blue)
    else lumaOfFour(red, green, blue)
  }
  memory.fill(luma + end, 0, 64)
}

function lumaOfThree(red: v128, green: v128, blue: v128): void {
  let from = sums
  for (let x: usize = 0; x < <usize>width * 4; x += 16) {
    const a = v128.load(from) // r0 g0 b0 r1
    const b = v128.load(from, 16) // g1 b1 r2 g2
    const c = v128.load(from, 32) // b2 r3 g3 b3
    const r = v128.shuffle<i32>(v128.shuffle<i32>(a, b, 0, 3, 6, 6), c, 0, 1, 2, 5)
    const g = v128.shuffle<i32>(v128.shuffle<i32>(a, b, 1, 4, 7, 7), c, 0, 1, 2, 6)
    const bl = v128.shuffle<i32>(v128.shuffle<i32>(a, b, 2, 5, 5, 5), c, 0, 1, 4, 7)
    v128.store(luma + x, weighed(r, g, bl, red, green, blue))
    from += 48
  }
}

function lumaOfFour(red: v128, green: v128, blue: v128): void {
  let from = sums
  for (let x: usize = 0; x < <usize>width * 4; x += 16) {
    const a = v128.load(from)
    const b = v128.load(from, 16)
    const c = v128.load(from, 32)
    const d = v128.load(from, 48)
    const p = v128.shuffle<i32>(a, b, 0, 4, 1, 5) // r0 r1 g0 g1
    const q = v128.shuffle<i32>(c, d, 0, 4, 1, 5)
    const r = v128.shuffle<i64>(p, q, 0, 2)
    const g = v128.shuffle<i64>(p, q, 1, 3)
    const bl = v128.shuffle<i64>(v128.shuffle<i32>(a, b, 2, 6, 2, 6), v128.shuffle<i32>(c, d, 2, 6, 2, 6), 0, 2)
    v128.store(luma + x, weighed(r, g, bl, red, green, blue))
    from += 64
  }
}

// @ts-ignore: decorator
@inline
function weighed(r: v128, g: v128, b: v128, red: v128, green: v128, blue: v128): v128 {
  return f32x4.add(
    f32x4.add(f32x4.mul(f32x4.convert_i32x4_s(r), red), f32x4.mul(f32x4.convert_i32x4_s(g), green)),
    f32x4.mul(f32x4.convert_i32x4_s(b), blue),
  )
}

/** One row of the grid from one row of luma, four blocks at a time. */
function foldAcross(to: usize): void {
  const box = boxWidth(width)
  const back = 2 * (box - ((box + 2) >> 1))
  const scale = <f32>1 / total(box, false)
  for (let j = 0; j < gridSide; j += 4) {
    const isLast = j == gridSide - 4
    const a = tent(blockCentre(j, width) - back, across, tapsAcross)
    const b = tent(blockCentre(j + 1, width) - back, across, tapsAcross)
    const c = tent(blockCentre(j + 2, width) - back, across, tapsAcross)
    const d = isLast
      ? tent(blockCentre(j + 3, width) - back, acrossLast, tapsAcrossLast)
      : tent(blockCentre(j + 3, width) - back, across, tapsAcross)
    const p = f32x4.add(v128.shuffle<i32>(a, b, 0, 4, 1, 5), v128.shuffle<i32>(a, b, 2, 6, 3, 7))
    const q = f32x4.add(v128.shuffle<i32>(c, d, 0, 4, 1, 5), v128.shuffle<i32>(c, d, 2, 6, 3, 7))
    const sum = f32x4.add(v128.shuffle<i64>(p, q, 0, 2), v128.shuffle<i64>(p, q, 1, 3))
    let by = f32x4.splat(scale)
    if (isLast) by = f32x4.replace_lane(by, 3, <f32>1 / total(box, isClipped(width)))
    v128.store(to + <usize>j * 4, f32x4.mul(sum, by))
  }
}

// @ts-ignore: decorator
@inline
function tent(first: i32, weights: usize, taps: i32): v128 {
  let sum = f32x4.splat(0)
  const from = luma + <usize>first * 4
  for (let k: usize = 0; k < <usize>taps * 4; k += 16) {
    sum = f32x4.add(sum, f32x4.mul(v128.load(from + k), v128.load(weights + k)))
  }
  return sum
}
