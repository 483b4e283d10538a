// The reference's blur in its own arithmetic and order (32-bit running sums: add, subtract, divide), without a
// plane of the picture's size: sixteen rows at a time go through all four passes. Along rows a vector holds
// four rows, so that their sums run side by side; down columns it holds four columns.

import { channelsOf, divisorOf, lumaOf, maskOf, spreadOf, weightOf } from './luma'
import { blockCentre, boxWidth, clear, grid, gridRow, gridSide, grow, take } from './memory'

/** Rows that go through together: enough sums side by side to hide the time one addition waits for the last. */
const group: i32 = 16
const column: usize = 64 // bytes of one column of a group

let width: i32 = 0
let height: i32 = 0
let channels: i32 = 0
let isDouble: bool = false
/** Box along rows and down columns, and how far its right or lower end lies ahead of its centre, plus one. */
let boxAcross: i32 = 0
let boxDown: i32 = 0
let aheadAcross: i32 = 0
let aheadDown: i32 = 0

/** Luma of a group, column by column; later the once blurred group in the same order. */
let columns: usize = 0
/** Rows after the first box, a ring; seven of its first rows again behind its end. */
let ring: usize = 0
let ringRows: i32 = 0
let stride: usize = 0
/** Running sums down the columns. */
let sums: usize = 0
/** Rows after the second pass where a group touches the upper or lower edge. */
let edge: usize = 0
/** 64 sampled columns: of a group, as rows in a ring, and their running sums. */
let sampled: usize = 0
let narrow: usize = 0
let narrowRows: i32 = 0
let narrowSums: usize = 0

let input: usize = 0
/** Rows that came in, rows that left the second pass, the next step and the next row of the last pass. */
let rowsIn: i32 = 0
let step: i32 = 0
let emitted: i32 = 0

/**
 * Makes room for a picture and for `rows` rows of its bytes. Answers where the bytes go, 0 when the memory
 * does not grow so far.
 */
export function openExact(w: i32, h: i32, c: i32, double: bool, rows: i32): usize {
  width = w
  height = h
  channels = c
  isDouble = double
  boxAcross = boxWidth(w)
  boxDown = boxWidth(h)
  aheadAcross = (boxAcross + 2) >> 1
  aheadDown = (boxDown + 2) >> 1
  ringRows = max((boxDown + group + 15) & ~15, 3 * group)
  narrowRows = boxDown + 2 * group
  // An odd number of cache lines: rows of a ring do not fall on the same lines of the cache.
  stride = ((((<usize>w + 4) * 4 + 63) >> 6) | 1) << 6
  clear()
  columns = take((<usize>w + 4) * column)
  ring = take(stride * (ringRows + 8))
  sums = take(stride)
  edge = take(stride * group)
  sampled = take(<usize>gridSide * column)
  narrow = take(<usize>narrowRows * gridRow)
  narrowSums = take(gridRow)
  input = take(<usize>w * c * rows)
  if (!grow()) return 0
  memory.fill(sums, 0, stride)
  memory.fill(narrowSums, 0, gridRow)
  rowsIn = 0
  step = 0
  emitted = 0
  return input
}

/** Takes `rows` rows from the input: a multiple of sixteen, unless they are the last. */
export function feedExact(rows: i32): void {
  const rowBytes = <usize>width * channels
  for (let row = 0; row < rows; row += group) {
    const count = min(group, rows - row)
    readGroup(input + <usize>row * rowBytes, count)
    blurRows()
    blurColumns()
    rowsIn += count
    finishGroup(group)
  }
}

/** After the last row: what still waits for rows below the lower edge. */
export function endExact(): void {
  while (step < height + aheadDown - 1) {
    blurColumns()
    finishGroup(group)
  }
  for (let t = height; t < height + aheadDown - 1; t++) finishRow(t)
}

function readGroup(from: usize, count: i32): void {
  if (channels == 1) lumaOfGroup<u8, f32>(from, count)
  else if (channels == 3) isDouble ? lumaOfGroup<u16, f64>(from, count) : lumaOfGroup<u16, f32>(from, count)
  else isDouble ? lumaOfGroup<u32, f64>(from, count) : lumaOfGroup<u32, f32>(from, count)
}

function lumaOfGroup<T, F>(from: usize, count: i32): void {
  const rowBytes = <usize>width * channelsOf<T>()
  const p = spreadOf()
  const r = maskOf(0)
  const g = maskOf(1)
  const b = maskOf(2)
  const u = weightOf<F>(0)
  const v = weightOf<F>(1)
  const w = weightOf<F>(2)
  const d = divisorOf()
  for (let row = 0; row < count; row += 4) {
    // Past the last row the last is read again; nobody looks at the result.
    let row0 = from + <usize>row * rowBytes
    let row1 = from + <usize>min(row + 1, count - 1) * rowBytes
    let row2 = from + <usize>min(row + 2, count - 1) * rowBytes
    let row3 = from + <usize>min(row + 3, count - 1) * rowBytes
    let to = columns + <usize>row * 4
    const end = row0 + rowBytes
    while (row0 < end) {
      store4(
        to,
        lumaOf<T, F>(row0, p, r, g, b, u, v, w, d),
        lumaOf<T, F>(row1, p, r, g, b, u, v, w, d),
        lumaOf<T, F>(row2, p, r, g, b, u, v, w, d),
        lumaOf<T, F>(row3, p, r, g, b, u, v, w, d),
      )
      row0 += 4 * channelsOf<T>()
      row1 += 4 * channelsOf<T>()
      row2 += 4 * channelsOf<T>()
      row3 += 4 * channelsOf<T>()
      to += 4 * column
    }
  }
}

/** Turns four vectors and stores them at `to`, one a column. */
// AssemblyScript's decorators stand on functions, where TypeScript knows none: hence each "ignore" of this folder.
// @ts-ignore: decorator
@inline
function store4(to: usize, a: v128, b: v128, c: v128, d: v128): void {
  const p = v128.shuffle<i32>(a, b, 0, 4, 1, 5)
  const q = v128.shuffle<i32>(c, d, 0, 4, 1, 5)
  const r = v128.shuffle<i32>(a, b, 2, 6, 3, 7)
  const s = v128.shuffle<i32>(c, d, 2, 6, 3, 7)
  v128.store(to, v128.shuffle<i64>(p, q, 0, 2))
  v128.store(to, v128.shuffle<i64>(p, q, 1, 3), column)
  v128.store(to, v128.shuffle<i64>(r, s, 0, 2), 2 * column)
  v128.store(to, v128.shuffle<i64>(r, s, 1, 3), 3 * column)
}

/** Turns four vectors and stores them at `to`, one a row. */
// @ts-ignore: decorator
@inline
function store4rows(to: usize, apart: usize, a: v128, b: v128, c: v128, d: v128): void {
  const p = v128.shuffle<i32>(a, b, 0, 4, 1, 5)
  const q = v128.shuffle<i32>(c, d, 0, 4, 1, 5)
  const r = v128.shuffle<i32>(a, b, 2, 6, 3, 7)
  const s = v128.shuffle<i32>(c, d, 2, 6, 3, 7)
  v128.store(to, v128.shuffle<i64>(p, q, 0, 2))
  to += apart
  v128.store(to, v128.shuffle<i64>(p, q, 1, 3))
  to += apart
  v128.store(to, v128.shuffle<i64>(r, s, 0, 2))
  to += apart
  v128.store(to, v128.shuffle<i64>(r, s, 1, 3))
}

function blurRows(): void {
  const slot = rowsIn % ringRows
  const to = ring + <usize>slot * stride
  if (isPowerOfTwo(boxAcross)) boxAlongRows<u8>(to)
  else boxAlongRows<u16>(to)
  if (slot == 0) memory.copy(ring + <usize>ringRows * stride, ring, 8 * stride)
}

// @ts-ignore: decorator
@inline
function isPowerOfTwo(n: i32): bool {
  return (n & (n - 1)) == 0
}

/** A sum over its count. `M` is u8 where the count is a power of two: then the product is the quotient. */
// @ts-ignore: decorator
@inline
function mean<M>(sum: v128, by: v128): v128 {
  return sizeof<M>() == 1 ? f32x4.mul(sum, by) : f32x4.div(sum, by)
}

function byOf<M>(count: i32): v128 {
  return f32x4.splat(sizeof<M>() == 1 ? <f32>1 / <f32>count : <f32>count)
}

/** The four rows of one vector, one sample each. */
// @ts-ignore: decorator
@inline
function scatter(to: usize, v: v128): void {
  f32.store(to, f32x4.extract_lane(v, 0))
  f32.store(to + stride, f32x4.extract_lane(v, 1))
  f32.store(to + 2 * stride, f32x4.extract_lane(v, 2))
  f32.store(to + 3 * stride, f32x4.extract_lane(v, 3))
}

/** First pass: fill, grow, slide, shrink, sixteen rows side by side. */
function boxAlongRows<M>(to: usize): void {
  let a = f32x4.splat(0)
  let b = f32x4.splat(0)
  let c = f32x4.splat(0)
  let d = f32x4.splat(0)
  const apart: usize = 4 * stride
  let right = columns
  let out = to
  for (let count = 1; count <= boxAcross; count++) {
    a = f32x4.add(a, v128.load(right))
    b = f32x4.add(b, v128.load(right, 16))
    c = f32x4.add(c, v128.load(right, 32))
    d = f32x4.add(d, v128.load(right, 48))
    right += column
    if (count < aheadAcross) continue
    const by = f32x4.splat(<f32>count)
    scatter(out, f32x4.div(a, by))
    scatter(out + apart, f32x4.div(b, by))
    scatter(out + 2 * apart, f32x4.div(c, by))
    scatter(out + 3 * apart, f32x4.div(d, by))
    out += 4
  }
  let left = columns
  let rest = width - boxAcross
  const by = byOf<M>(boxAcross)
  const next = stride
  for (; rest >= 4; rest -= 4) {
    a = slide<M>(left, right, out, a, by, next)
    b = slide<M>(left + 16, right + 16, out + apart, b, by, next)
    c = slide<M>(left + 32, right + 32, out + 2 * apart, c, by, next)
    d = slide<M>(left + 48, right + 48, out + 3 * apart, d, by, next)
    left += 4 * column
    right += 4 * column
    out += 16
  }
  for (; rest > 0; rest--) {
    a = f32x4.sub(f32x4.add(a, v128.load(right)), v128.load(left))
    b = f32x4.sub(f32x4.add(b, v128.load(right, 16)), v128.load(left, 16))
    c = f32x4.sub(f32x4.add(c, v128.load(right, 32)), v128.load(left, 32))
    d = f32x4.sub(f32x4.add(d, v128.load(right, 48)), v128.load(left, 48))
    scatter(out, mean<M>(a, by))
    scatter(out + apart, mean<M>(b, by))
    scatter(out + 2 * apart, mean<M>(c, by))
    scatter(out + 3 * apart, mean<M>(d, by))
    left += column
    right += column
    out += 4
  }
  for (let i = 1; i < aheadAcross; i++) {
    a = f32x4.sub(a, v128.load(left))
    b = f32x4.sub(b, v128.load(left, 16))
    c = f32x4.sub(c, v128.load(left, 32))
    d = f32x4.sub(d, v128.load(left, 48))
    left += column
    const by = f32x4.splat(<f32>(boxAcross - i))
    scatter(out, f32x4.div(a, by))
    scatter(out + apart, f32x4.div(b, by))
    scatter(out + 2 * apart, f32x4.div(c, by))
    scatter(out + 3 * apart, f32x4.div(d, by))
    out += 4
  }
}

/** Four steps of four rows' sums; gives the last. */
// @ts-ignore: decorator
@inline
function slide<M>(left: usize, right: usize, out: usize, sum: v128, by: v128, stride: usize): v128 {
  const s0 = f32x4.sub(f32x4.add(sum, v128.load(right)), v128.load(left))
  const s1 = f32x4.sub(f32x4.add(s0, v128.load(right, column)), v128.load(left, column))
  const s2 = f32x4.sub(f32x4.add(s1, v128.load(right, 2 * column)), v128.load(left, 2 * column))
  const s3 = f32x4.sub(f32x4.add(s2, v128.load(right, 3 * column)), v128.load(left, 3 * column))
  store4rows(out, stride, mean<M>(s0, by), mean<M>(s1, by), mean<M>(s2, by), mean<M>(s3, by))
  return s3
}

/** Second pass, the next sixteen steps: leaves the rows that come out in `columns`. */
function blurColumns(): void {
  if (step >= boxDown && step + group <= height) {
    for (let part = 0; part < group; part += 8) {
      const added = ring + <usize>((step + part) % ringRows) * stride
      const dropped = ring + <usize>((step + part - boxDown) % ringRows) * stride
      const to = columns + <usize>part * 4
      if (isPowerOfTwo(boxDown)) boxDownColumns<u8>(added, dropped, to)
      else boxDownColumns<u16>(added, dropped, to)
    }
    return
  }
  for (let k = 0; k < group && step + k < height + aheadDown - 1; k++) boxDownEdge(step + k, edge + <usize>k * stride)
  for (let k = 0; k < group; k += 4) {
    const from = edge + <usize>k * stride
    let to = columns + <usize>k * 4
    for (let x: usize = 0; x < <usize>width * 4; x += 16) {
      const at = from + x
      store4(to, v128.load(at), v128.load(at + stride), v128.load(at + 2 * stride), v128.load(at + 3 * stride))
      to += 4 * column
    }
  }
}

/** Eight steps inside the picture. */
function boxDownColumns<M>(added: usize, dropped: usize, to: usize): void {
  const by = byOf<M>(boxDown)
  const next = stride
  let sumsAt = sums
  const end = added + <usize>width * 4
  for (; added < end; added += 16) {
    let sum = v128.load(sumsAt)
    let right = added
    let left = dropped
    sum = f32x4.sub(f32x4.add(sum, v128.load(right)), v128.load(left))
    const o0 = mean<M>(sum, by)
    right += next
    left += next
    sum = f32x4.sub(f32x4.add(sum, v128.load(right)), v128.load(left))
    const o1 = mean<M>(sum, by)
    right += next
    left += next
    sum = f32x4.sub(f32x4.add(sum, v128.load(right)), v128.load(left))
    const o2 = mean<M>(sum, by)
    right += next
    left += next
    sum = f32x4.sub(f32x4.add(sum, v128.load(right)), v128.load(left))
    store4(to, o0, o1, o2, mean<M>(sum, by))
    right += next
    left += next
    sum = f32x4.sub(f32x4.add(sum, v128.load(right)), v128.load(left))
    const o4 = mean<M>(sum, by)
    right += next
    left += next
    sum = f32x4.sub(f32x4.add(sum, v128.load(right)), v128.load(left))
    const o5 = mean<M>(sum, by)
    right += next
    left += next
    sum = f32x4.sub(f32x4.add(sum, v128.load(right)), v128.load(left))
    const o6 = mean<M>(sum, by)
    right += next
    left += next
    sum = f32x4.sub(f32x4.add(sum, v128.load(right)), v128.load(left))
    store4(to + 16, o4, o5, o6, mean<M>(sum, by))
    v128.store(sumsAt, sum)
    sumsAt += 16
    dropped += 16
    to += 4 * column
  }
}

/** One step near the upper or lower edge, where the box grows or shrinks. */
function boxDownEdge(at: i32, to: usize): void {
  const grows = at < height
  const shrinks = at >= boxDown
  const by = f32x4.splat(<f32>(min(at + 1, height) - max(0, at - boxDown + 1)))
  const added = ring + <usize>(at % ringRows) * stride
  const dropped = shrinks ? ring + <usize>((at - boxDown) % ringRows) * stride : 0
  for (let x: usize = 0; x < <usize>width * 4; x += 16) {
    let sum = v128.load(sums + x)
    if (grows) sum = f32x4.add(sum, v128.load(added + x))
    if (shrinks) sum = f32x4.sub(sum, v128.load(dropped + x))
    v128.store(sums + x, sum)
    v128.store(to + x, f32x4.div(sum, by))
  }
}

/** Third and fourth pass over the rows that came out of the last sixteen steps. */
function finishGroup(count: i32): void {
  sampleRows()
  const first = step - aheadDown + 1
  for (let k = 0; k < count; k += 4) {
    const from = sampled + <usize>k * 4
    // Rows before the first go where the next group writes: the ring is longer than what is still read.
    const row = first + k + narrowRows
    const to0 = narrow + <usize>(row % narrowRows) * gridRow
    const to1 = narrow + <usize>((row + 1) % narrowRows) * gridRow
    const to2 = narrow + <usize>((row + 2) % narrowRows) * gridRow
    const to3 = narrow + <usize>((row + 3) % narrowRows) * gridRow
    for (let x: usize = 0; x < gridRow; x += 16) {
      const at = from + x * 16
      const a = v128.load(at)
      const b = v128.load(at, column)
      const c = v128.load(at, 2 * column)
      const d = v128.load(at, 3 * column)
      const p = v128.shuffle<i32>(a, b, 0, 4, 1, 5)
      const q = v128.shuffle<i32>(c, d, 0, 4, 1, 5)
      const r = v128.shuffle<i32>(a, b, 2, 6, 3, 7)
      const s = v128.shuffle<i32>(c, d, 2, 6, 3, 7)
      v128.store(to0 + x, v128.shuffle<i64>(p, q, 0, 2))
      v128.store(to1 + x, v128.shuffle<i64>(p, q, 1, 3))
      v128.store(to2 + x, v128.shuffle<i64>(r, s, 0, 2))
      v128.store(to3 + x, v128.shuffle<i64>(r, s, 1, 3))
    }
  }
  for (let k = 0; k < count; k++, step++) {
    const row = step - aheadDown + 1
    if (row < 0) continue
    if (row >= height) return
    finishRow(row)
  }
}

/** Third pass along the rows; only the sums of the 64 sampled columns are divided. */
function sampleRows(): void {
  let a = f32x4.splat(0)
  let b = f32x4.splat(0)
  let c = f32x4.splat(0)
  let d = f32x4.splat(0)
  let t = 0
  let right = columns
  let left = columns
  let to = sampled
  for (let j = 0; j < gridSide; j++) {
    const last = blockCentre(j, width) + aheadAcross - 1
    for (; t <= last && t < boxAcross; t++) {
      a = f32x4.add(a, v128.load(right))
      b = f32x4.add(b, v128.load(right, 16))
      c = f32x4.add(c, v128.load(right, 32))
      d = f32x4.add(d, v128.load(right, 48))
      right += column
    }
    const end = min(last + 1, width)
    for (; t < end; t++) {
      a = f32x4.sub(f32x4.add(a, v128.load(right)), v128.load(left))
      b = f32x4.sub(f32x4.add(b, v128.load(right, 16)), v128.load(left, 16))
      c = f32x4.sub(f32x4.add(c, v128.load(right, 32)), v128.load(left, 32))
      d = f32x4.sub(f32x4.add(d, v128.load(right, 48)), v128.load(left, 48))
      right += column
      left += column
    }
    for (; t <= last; t++) {
      a = f32x4.sub(a, v128.load(left))
      b = f32x4.sub(b, v128.load(left, 16))
      c = f32x4.sub(c, v128.load(left, 32))
      d = f32x4.sub(d, v128.load(left, 48))
      left += column
    }
    const by = f32x4.splat(<f32>(min(last + 1, width) - max(0, last - boxAcross + 1)))
    v128.store(to, f32x4.div(a, by))
    v128.store(to, f32x4.div(b, by), 16)
    v128.store(to, f32x4.div(c, by), 32)
    v128.store(to, f32x4.div(d, by), 48)
    to += column
  }
}

/** Last pass, one step down 64 columns; the rows that stand for a block go into the grid. */
function finishRow(at: i32): void {
  const added = narrow + <usize>(at % narrowRows) * gridRow
  const grows = at < height
  if (at < boxDown) {
    for (let x: usize = 0; x < gridRow && grows; x += 16) {
      v128.store(narrowSums + x, f32x4.add(v128.load(narrowSums + x), v128.load(added + x)))
    }
  } else {
    const dropped = narrow + <usize>((at - boxDown) % narrowRows) * gridRow
    if (grows) {
      for (let x: usize = 0; x < gridRow; x += 32) {
        const sum = f32x4.add(v128.load(narrowSums + x), v128.load(added + x))
        v128.store(narrowSums + x, f32x4.sub(sum, v128.load(dropped + x)))
        const next = f32x4.add(v128.load(narrowSums + x, 16), v128.load(added + x, 16))
        v128.store(narrowSums + x, f32x4.sub(next, v128.load(dropped + x, 16)), 16)
      }
    } else {
      for (let x: usize = 0; x < gridRow; x += 16) {
        v128.store(narrowSums + x, f32x4.sub(v128.load(narrowSums + x), v128.load(dropped + x)))
      }
    }
  }
  const row = at - aheadDown + 1
  while (emitted < gridSide && blockCentre(emitted, height) == row) {
    const by = f32x4.splat(<f32>(min(at + 1, height) - max(0, at - boxDown + 1)))
    const to = grid + <usize>emitted * gridRow
    for (let x: usize = 0; x < gridRow; x += 16) {
      v128.store(to + x, f32x4.div(v128.load(narrowSums + x), by))
    }
    emitted++
  }
}
