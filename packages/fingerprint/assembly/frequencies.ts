// From the 64 × 64 grid to hashes and quality: the reference's sums in its order, four results in a vector.

import { basis, grid, gridRow, gridSide, half, hashes, keys, low, side, turned } from './memory'

/** The 16 × 16 low frequencies, D A Dᵀ; each sum runs over k from 0 to 63. */
export function transform(): void {
  for (let i = 0; i < side; i += 4) {
    for (let x: usize = 0; x < gridRow; x += 32) halfOf(i, x)
  }
  for (let i = 0; i < side; i += 2) lowOf(i)
}

/** Four rows and eight columns of D A. */
function halfOf(i: i32, x: usize): void {
  let a0 = f32x4.splat(0)
  let a1 = f32x4.splat(0)
  let b0 = f32x4.splat(0)
  let b1 = f32x4.splat(0)
  let c0 = f32x4.splat(0)
  let c1 = f32x4.splat(0)
  let d0 = f32x4.splat(0)
  let d1 = f32x4.splat(0)
  let weights = basis + <usize>i * 4
  let from = grid + x
  for (let k = 0; k < gridSide; k++) {
    const u = v128.load(from)
    const v = v128.load(from, 16)
    const a = v128.load_splat<u32>(weights)
    a0 = f32x4.add(a0, f32x4.mul(a, u))
    a1 = f32x4.add(a1, f32x4.mul(a, v))
    const b = v128.load_splat<u32>(weights, 4)
    b0 = f32x4.add(b0, f32x4.mul(b, u))
    b1 = f32x4.add(b1, f32x4.mul(b, v))
    const c = v128.load_splat<u32>(weights, 8)
    c0 = f32x4.add(c0, f32x4.mul(c, u))
    c1 = f32x4.add(c1, f32x4.mul(c, v))
    const d = v128.load_splat<u32>(weights, 12)
    d0 = f32x4.add(d0, f32x4.mul(d, u))
    d1 = f32x4.add(d1, f32x4.mul(d, v))
    weights += side * 4
    from += gridRow
  }
  const to = half + (<usize>i * gridRow + x)
  v128.store(to, a0)
  v128.store(to, a1, 16)
  v128.store(to, b0, 256)
  v128.store(to, b1, 256 + 16)
  v128.store(to, c0, 512)
  v128.store(to, c1, 512 + 16)
  v128.store(to, d0, 768)
  v128.store(to, d1, 768 + 16)
}

/** Two rows of (D A) Dᵀ. */
function lowOf(i: i32): void {
  let a0 = f32x4.splat(0)
  let a1 = f32x4.splat(0)
  let a2 = f32x4.splat(0)
  let a3 = f32x4.splat(0)
  let b0 = f32x4.splat(0)
  let b1 = f32x4.splat(0)
  let b2 = f32x4.splat(0)
  let b3 = f32x4.splat(0)
  let weights = basis
  let from = half + <usize>i * gridRow
  for (let k = 0; k < gridSide; k++) {
    const a = v128.load_splat<u32>(from)
    const b = v128.load_splat<u32>(from, 256)
    const w0 = v128.load(weights)
    const w1 = v128.load(weights, 16)
    const w2 = v128.load(weights, 32)
    const w3 = v128.load(weights, 48)
    a0 = f32x4.add(a0, f32x4.mul(a, w0))
    a1 = f32x4.add(a1, f32x4.mul(a, w1))
    a2 = f32x4.add(a2, f32x4.mul(a, w2))
    a3 = f32x4.add(a3, f32x4.mul(a, w3))
    b0 = f32x4.add(b0, f32x4.mul(b, w0))
    b1 = f32x4.add(b1, f32x4.mul(b, w1))
    b2 = f32x4.add(b2, f32x4.mul(b, w2))
    b3 = f32x4.add(b3, f32x4.mul(b, w3))
    weights += side * 4
    from += 4
  }
  const to = low + <usize>i * side * 4
  v128.store(to, a0)
  v128.store(to, a1, 16)
  v128.store(to, a2, 32)
  v128.store(to, a3, 48)
  v128.store(to, b0, 64)
  v128.store(to, b1, 64 + 16)
  v128.store(to, b2, 64 + 32)
  v128.store(to, b3, 64 + 48)
}

/**
 * The hash of one turn (numbered as the caller's list of turns) at `hashes + turn * 32`. Answers how far the
 * two middle frequencies lie apart: near 0 means that rounding could turn a bit.
 */
export function hash(turn: i32): f32 {
  if (turn == 0) return bitsOf(low, hashes)
  turnTo(turn)
  return bitsOf(turned, hashes + <usize>turn * 32)
}

/** The frequencies of the turned picture: a mirror only changes signs of a cosine, a quarter turn swaps axes. */
function turnTo(turn: i32): void {
  const swaps = turn == 1 || turn == 3 || turn >= 6
  for (let row = 0; row < side; row++) {
    for (let at = 0; at < side; at++) {
      const value = f32.load(low + ((<usize>row * side + at) << 2))
      const to = swaps ? at * side + row : row * side + at
      f32.store(turned + (<usize>to << 2), isNegative(turn, row, at) ? -value : value)
    }
  }
}

// @ts-ignore: decorator
@inline
function isNegative(turn: i32, row: i32, at: i32): bool {
  if (turn == 1 || turn == 5) return (at & 1) == 0
  if (turn == 3 || turn == 4) return (row & 1) == 0
  if (turn == 2 || turn == 7) return ((row + at) & 1) == 1
  return false
}

/** One bit per frequency, set when above the lower median. */
function bitsOf(from: usize, to: usize): f32 {
  for (let x: usize = 0; x < 1024; x += 16) v128.store(keys + x, keyOf(v128.load(from + x)))
  const middle = keyOfRank(128)
  const median = valueOf(middle)
  const medians = f32x4.splat(median)
  for (let word: usize = 0; word < 8; word++) {
    let bits: u32 = 0
    for (let part: usize = 0; part < 8; part++) {
      const above = f32x4.gt(v128.load(from + (word << 7) + (part << 4)), medians)
      bits |= <u32>i32x4.bitmask(above) << (<u32>part << 2)
    }
    i32.store(to + (word << 2), bits)
  }
  return valueOf(keyAbove(middle)) - median
}

/** A whole number in the order of the float; turns back by the same step. */
// @ts-ignore: decorator
@inline
function keyOf(v: v128): v128 {
  return v128.xor(v, i32x4.shr_u(i32x4.shr_s(v, 31), 1))
}

function valueOf(key: i32): f32 {
  return reinterpret<f32>(key ^ ((key >> 31) >>> 1))
}

function countBelow(key: i32): i32 {
  const limit = i32x4.splat(key)
  let a = i32x4.splat(0)
  let b = i32x4.splat(0)
  for (let x: usize = 0; x < 1024; x += 32) {
    a = i32x4.sub(a, i32x4.lt_s(v128.load(keys + x), limit))
    b = i32x4.sub(b, i32x4.lt_s(v128.load(keys + x, 16), limit))
  }
  return sumOf(i32x4.add(a, b))
}

function sumOf(v: v128): i32 {
  return (
    i32x4.extract_lane(v, 0) + i32x4.extract_lane(v, 1) + i32x4.extract_lane(v, 2) + i32x4.extract_lane(v, 3)
  )
}

/** The `rank`-th smallest key, bit by bit from the sign: the largest number with fewer than `rank` keys below. */
function keyOfRank(rank: i32): i32 {
  let key = countBelow(0) < rank ? 0 : i32.MIN_VALUE
  for (let bit = 30; bit >= 0; bit--) {
    const next = key | (1 << bit)
    if (countBelow(next) < rank) key = next
  }
  return key
}

/** The key of rank 129: the same where it stands twice in the middle, else the smallest above. */
function keyAbove(middle: i32): i32 {
  let above = i32x4.splat(i32.MAX_VALUE)
  let count = i32x4.splat(0)
  const limit = i32x4.splat(middle)
  for (let x: usize = 0; x < 1024; x += 16) {
    const v = v128.load(keys + x)
    const isAbove = i32x4.gt_s(v, limit)
    count = i32x4.add(count, i32x4.add(i32x4.splat(1), isAbove))
    above = i32x4.min_s(above, v128.bitselect(v, i32x4.splat(i32.MAX_VALUE), isAbove))
  }
  if (sumOf(count) > 128) return middle
  return min(
    min(i32x4.extract_lane(above, 0), i32x4.extract_lane(above, 1)),
    min(i32x4.extract_lane(above, 2), i32x4.extract_lane(above, 3)),
  )
}

/**
 * The reference's sum of steps between neighbours of the grid, in hundredths of the full range and cut to
 * whole numbers. `unsureSteps` then counts those so near a whole number that a change by `slack` could cut
 * them otherwise.
 */
export function steps(slack: f32): i32 {
  let sum = i32x4.splat(0)
  let unsure = i32x4.splat(0)
  const last = gridSide - 1
  for (let i = 0; i < gridSide; i++) {
    const row = grid + <usize>i * gridRow
    for (let x: usize = 0; x < gridRow; x += 16) {
      const here = v128.load(row + x)
      if (i < last) {
        const below = stepOf(here, v128.load(row + x + gridRow))
        sum = i32x4.add(sum, i32x4.trunc_sat_f32x4_s(below))
        unsure = i32x4.sub(unsure, isNearWhole(below, slack))
      }
      // The last of a row has no neighbour: it is compared with itself.
      const beside =
        x < gridRow - 16 ? v128.load(row + x, 4) : v128.shuffle<i32>(here, here, 1, 2, 3, 3)
      const step = stepOf(here, beside)
      sum = i32x4.add(sum, i32x4.trunc_sat_f32x4_s(step))
      unsure = i32x4.sub(unsure, isNearWhole(step, slack))
    }
  }
  unsureCount = sumOf(unsure)
  return sumOf(sum)
}

let unsureCount: i32 = 0

export function unsureSteps(): i32 {
  return unsureCount
}

// @ts-ignore: decorator
@inline
function stepOf(u: v128, v: v128): v128 {
  return f32x4.abs(f32x4.div(f32x4.mul(f32x4.sub(u, v), f32x4.splat(100)), f32x4.splat(255)))
}

/** Could the cut to a whole number fall on the other side? Around 0 it cannot: both sides are cut to 0. */
// @ts-ignore: decorator
@inline
function isNearWhole(step: v128, slack: f32): v128 {
  const whole = f32x4.trunc(step)
  const over = f32x4.sub(step, whole)
  return v128.or(
    f32x4.gt(over, f32x4.splat(<f32>1 - slack)),
    v128.and(f32x4.gt(whole, f32x4.splat(0)), f32x4.lt(over, f32x4.splat(slack))),
  )
}
