import {
  deadAt,
  entriesAt,
  flipsAt,
  idsAt,
  isDead,
  isFolded,
  postingCount,
  postingsAt,
  rowBytes,
  rowCount,
  rowsAt,
  slotWidth,
  startsAt,
} from './memory'
import { drain } from './host'

/*
 * A thread's own scratch: query, budgets, probes, survivors, hits. Nothing static: threads share the memory.
 */
export const budgetsOf: usize = 64
export const hitsOf: usize = 256
export const hitsMax: u32 = 4096
const survivorsOf: usize = 33_024 // hitsOf + hitsMax * 8
const survivorsMax: u32 = 4096
const probesOf: usize = 65_792 // survivorsOf + survivorsMax * 8
// At radius 63 a band is allowed three flips: 697 buckets of 8 bytes, 16 bands. The scratch takes 160 KiB.

/** Few enough to be held by the first-level cache between the two looks at them. */
const verifiedAtOnce: u32 = 512

/** Hits so far, of this search and this thread: globals belong to the instance, not to the memory. */
let hits: u32 = 0
let hitsLeft: u32 = 0

export function beginHits(limit: u32): void {
  hits = 0
  hitsLeft = limit
}

export function hitsWaiting(): u32 {
  return hits
}

export function isLimitReached(): bool {
  return hitsLeft == 0
}

/** How much of the radius each band may spend: whole numbers that sum to radius + 1 (src/segment.ts). */
export function setBudgets(scratch: usize, radius: u32): void {
  for (let band: u32 = 0; band < 16; band++) {
    store<u32>(scratch + budgetsOf + band * 4, (radius + 1 + band) >> 4)
  }
  store<u32>(scratch + budgetsOf + 64, (radius + 1) >> 4) // the ring closes
}

// @ts-ignore: decorator
@inline
export function budgetOf(scratch: usize, band: u32): u32 {
  return load<u32>(scratch + budgetsOf + band * 4)
}

/** Number of 16-bit values with fewer than `bits` bits. */
export function flipsBelow(bits: u32): u32 {
  if (bits == 0) return 0
  if (bits == 1) return 1
  if (bits == 2) return 17
  if (bits == 3) return 137
  return 697
}

/** All rows within the radius by the tables; the radius at most 63. Gives the hits that still wait in scratch. */
export function probe(scratch: usize, radius: u32, limit: u32): u32 {
  beginHits(limit)
  setBudgets(scratch, radius)
  const isLimited = limit != u32.MAX_VALUE
  const entryBytes = 2 + slotWidth()
  touch(scratch, entryBytes)
  let probes = scratch + probesOf
  let survivors: u32 = 0
  for (let band: u32 = 0; band < 16; band++) {
    const own = budgetOf(scratch, band)
    const both = own + budgetOf(scratch, band + 1) - 1
    const key = i16x8.splat(load<i16>(scratch + ((band + 1) & 15) * 2))
    const entries = entriesAt(band)
    let until: u32 = 0
    for (let bits: u32 = 0; bits < own; bits++) {
      const room = both - bits
      const next = flipsBelow(bits + 1)
      for (; until < next; until++, probes += 8) {
        const rows = load<u32>(probes, 4)
        if (rows == 0) continue
        const bucket = entries + load<u32>(probes) * entryBytes
        survivors = sift(scratch, bucket, rows, key, room, band, survivors, radius)
      }
    }
    if (isLimited || survivors > verifiedAtOnce) {
      verify(scratch, survivors, radius)
      survivors = 0
      if (hitsLeft == 0) return hits
    }
  }
  verify(scratch, survivors, radius)
  return hits
}

/**
 * Lists the buckets to look at, then loads a byte of each of their lines: loads that do not wait for each other
 * overlap, where the search proper would wait for memory at each bucket (there is no prefetch in WebAssembly).
 */
function touch(scratch: usize, entryBytes: u32): void {
  let probes = scratch + probesOf
  for (let band: u32 = 0; band < 16; band++) {
    const starts = startsAt(band)
    const value = <u32>load<u16>(scratch + band * 2)
    const until = flipsBelow(budgetOf(scratch, band))
    for (let flip: u32 = 0; flip < until; flip++, probes += 8) {
      const bucket = starts + (value ^ <u32>load<u16>(flipsAt + flip * 2)) * 4
      const from = load<u32>(bucket)
      store<u32>(probes, from)
      store<u32>(probes, load<u32>(bucket, 4) - from, 4)
    }
  }
  // The same number of lines for all, that of a bucket of middle size: a count the processor foresees.
  const lines: u32 = min<u32>(rowCount() >> 21, 15) + 2
  let sum: u32 = 0
  probes = scratch + probesOf
  for (let band: u32 = 0; band < 16; band++) {
    const entries = entriesAt(band)
    const until = flipsBelow(budgetOf(scratch, band))
    for (let flip: u32 = 0; flip < until; flip++, probes += 8) {
      const at = entries + load<u32>(probes) * entryBytes
      for (let line: u32 = 0; line < lines; line++) sum += load<u8>(at + line * 64)
    }
  }
  store<u32>(scratch + 48, sum) // or the loads would be dropped as unused
}

// @ts-ignore: decorator
@inline
function fewer(bits: v128): v128 {
  return v128.and(bits, i16x8.sub(bits, i16x8.splat(1)))
}

/** Clears the lowest set bit `room` times over: what is left is zero for rows within it. */
// @ts-ignore: decorator
@inline
function isWithin(bits: v128, kind: u32, room: u32): v128 {
  if (kind == 0) return i16x8.eq(bits, i16x8.splat(0))
  if (kind == 1) return i16x8.eq(fewer(bits), i16x8.splat(0))
  if (kind == 2) return i16x8.eq(fewer(fewer(bits)), i16x8.splat(0))
  if (kind == 3) return i16x8.eq(fewer(fewer(fewer(bits))), i16x8.splat(0))
  return i16x8.le_u(i16x8.extadd_pairwise_i8x16_u(i8x16.popcnt(bits)), i16x8.splat(<i16>room))
}

/** Keeps of a bucket the rows whose next band lies within `room` bits of the query's: 2 bytes a row are read. */
function sift(
  scratch: usize,
  bucket: usize,
  rows: u32,
  key: v128,
  room: u32,
  band: u32,
  survivors: u32,
  radius: u32,
): u32 {
  // One loop for each: the kind is known when it is compiled.
  if (room == 2) return siftBy(2, room, scratch, bucket, rows, key, band, survivors, radius)
  if (room == 3) return siftBy(3, room, scratch, bucket, rows, key, band, survivors, radius)
  if (room == 1) return siftBy(1, room, scratch, bucket, rows, key, band, survivors, radius)
  if (room == 0) return siftBy(0, room, scratch, bucket, rows, key, band, survivors, radius)
  return siftBy(4, room, scratch, bucket, rows, key, band, survivors, radius)
}

// @ts-ignore: decorator
@inline
function siftBy(
  kind: u32,
  room: u32,
  scratch: usize,
  bucket: usize,
  rows: u32,
  key: v128,
  band: u32,
  survivors: u32,
  radius: u32,
): u32 {
  const numbers = bucket + rows * 2
  const width = slotWidth()
  for (let entry: u32 = 0; entry < rows; entry += 16) {
    const at = bucket + entry * 2
    const first = isWithin(v128.xor(v128.load(at), key), kind, room)
    const second = isWithin(v128.xor(v128.load(at, 16), key), kind, room)
    let mask = <u32>i8x16.bitmask(i8x16.narrow_i16x8_s(first, second))
    if (mask == 0) continue
    if (rows - entry < 16) mask &= (1 << (rows - entry)) - 1 // beyond lie the numbers
    for (; mask != 0; mask &= mask - 1) {
      const survivor = scratch + survivorsOf + survivors * 8
      store<u32>(survivor, numbers + (entry + ctz<u32>(mask)) * width)
      store<u32>(survivor, band, 4)
      survivors++
    }
    if (survivors > survivorsMax - 16) {
      verify(scratch, survivors, radius)
      survivors = 0
      if (hitsLeft == 0) return 0
    }
  }
  return survivors
}

/** Compares the survivors' whole rows. First all are loaded, so that the waits for memory overlap. */
function verify(scratch: usize, survivors: u32, radius: u32): void {
  if (hitsLeft == 0) return
  const list = scratch + survivorsOf
  const end = list + survivors * 8
  const rows = rowsAt()
  const mask: u32 = slotWidth() == 3 ? 0xffffff : u32.MAX_VALUE
  for (let at = list; at < end; at += 8) store<u32>(at, load<u32>(load<u32>(at)) & mask)
  let sum: u32 = 0
  for (let at = list; at < end; at += 8) sum += load<u8>(rows + load<u32>(at) * rowBytes)
  store<u32>(scratch + 48, sum)
  const q0 = load<u64>(scratch)
  const q1 = load<u64>(scratch, 8)
  const q2 = load<u64>(scratch, 16)
  const q3 = load<u64>(scratch, 24)
  for (let survivor = list; survivor < end; survivor += 8) {
    const row = load<u32>(survivor)
    const at = rows + row * rowBytes
    const distance = <u32>(
      (popcnt<u64>(load<u64>(at) ^ q0) +
        popcnt<u64>(load<u64>(at, 8) ^ q1) +
        popcnt<u64>(load<u64>(at, 16) ^ q2) +
        popcnt<u64>(load<u64>(at, 24) ^ q3))
    )
    if (distance > radius || isSeenBefore(scratch, at, load<u32>(survivor, 4))) continue
    emit(scratch, row, distance)
    if (hitsLeft == 0) return
  }
}

/** Whether an earlier band has already brought this row up: so each is reported once without a set. */
export function isSeenBefore(scratch: usize, at: usize, band: u32): bool {
  if (band == 0) return false
  let own = differing(scratch, at, 0)
  for (let earlier: u32 = 0; earlier < band; earlier++) {
    const after = differing(scratch, at, earlier + 1)
    const budget = budgetOf(scratch, earlier)
    if (own < budget && own + after < budget + budgetOf(scratch, earlier + 1)) return true
    own = after
  }
  return false
}

// @ts-ignore: decorator
@inline
function differing(scratch: usize, at: usize, band: u32): u32 {
  return popcnt<u32>(<u32>(load<u16>(at + band * 2) ^ load<u16>(scratch + band * 2)))
}

/** Notes a row's living postings. */
export function emit(scratch: usize, row: u32, distance: u32): void {
  let posting = row
  let end = row + 1
  if (isFolded()) {
    posting = load<u32>(postingsAt() + row * 4)
    end = load<u32>(postingsAt() + row * 4, 4)
  }
  for (; posting < end; posting++) {
    if (isDead(posting)) continue
    if (hits == hitsMax) {
      drain(hits)
      hits = 0
    }
    const at = scratch + hitsOf + hits * 8
    store<u32>(at, posting)
    store<u32>(at, distance, 4)
    hits++
    hitsLeft--
    if (hitsLeft == 0) return
  }
}

/** Compares every row; stops at half a row when that is already too far. */
export function scan(scratch: usize, radius: u32, limit: u32): u32 {
  beginHits(limit)
  const q0 = load<u64>(scratch)
  const q1 = load<u64>(scratch, 8)
  const q2 = load<u64>(scratch, 16)
  const q3 = load<u64>(scratch, 24)
  const count = rowCount()
  const rows = rowsAt()
  for (let row: u32 = 0; row < count; row++) {
    const at = rows + row * rowBytes
    const half = popcnt<u64>(load<u64>(at) ^ q0) + popcnt<u64>(load<u64>(at, 8) ^ q1)
    if (<u32>half > radius) continue
    const distance = <u32>(half + popcnt<u64>(load<u64>(at, 16) ^ q2) + popcnt<u64>(load<u64>(at, 24) ^ q3))
    if (distance > radius) continue
    emit(scratch, row, distance)
    if (hitsLeft == 0) break
  }
  return hits
}

/** Marks all postings of one id as taken out; gives how many. Reads 8 bytes a posting. */
export function remove(id: u64): u32 {
  const ids = idsAt()
  const count = postingCount()
  const key = i64x2.splat(<i64>id)
  let removed: u32 = 0
  let posting: u32 = 0
  for (; posting + 4 <= count; posting += 4) {
    const at = ids + posting * 8
    const first = i64x2.eq(v128.load(at), key)
    const second = i64x2.eq(v128.load(at, 16), key)
    if (!v128.any_true(v128.or(first, second))) continue
    for (let i: u32 = 0; i < 4; i++) removed += removeAt(ids, posting + i, id)
  }
  for (; posting < count; posting++) removed += removeAt(ids, posting, id)
  return removed
}

function removeAt(ids: usize, posting: u32, id: u64): u32 {
  if (load<u64>(ids + posting * 8) != id || isDead(posting)) return 0
  const at = deadAt() + (posting >> 3)
  store<u8>(at, load<u8>(at) | (<u8>1 << <u8>(posting & 7)))
  return 1
}
