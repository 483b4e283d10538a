import {
  coarseCursorAt,
  cursorAt,
  entriesAt,
  idsAt,
  postingCount,
  postingsAt,
  rowBytes,
  rowCount,
  rowsAt,
  setFolded,
  setRowCount,
  slotWidth,
  stagedIdsAt,
  stagedRowsAt,
  startsAt,
} from './memory'

/**
 * Turns staged fingerprints, 32 bytes each in the order of their text, into bands, in place: bit (row j,
 * column i + j) goes to band i. The twin in TypeScript, src/bands.ts, says why.
 */
export function toBands(from: u32, to: u32): void {
  const swap = i8x16(1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13, 12, 15, 14)
  // Turning right by j is multiplying by 2^(16 - j) and folding the high half onto the low one.
  const firstTurns = i16x8(1, -32768, 16384, 8192, 4096, 2048, 1024, 512)
  const lastTurns = i16x8(256, 128, 64, 32, 16, 8, 4, 2)
  for (let row = from; row < to; row++) {
    const at = stagedRowsAt() + row * rowBytes
    let low = turned(i8x16.swizzle(v128.load(at), swap), firstTurns)
    let high = turned(i8x16.swizzle(v128.load(at, 16), swap), lastTurns)
    const crossed = v128.and(v128.xor(low, i16x8.shr_u(high, 8)), i16x8.splat(0x00ff))
    low = v128.xor(low, crossed)
    high = v128.xor(high, i16x8.shl(crossed, 8))
    v128.store(at, transposed(low))
    v128.store(at, transposed(high), 16)
  }
}

// @ts-ignore: decorator
@inline
function turned(rows: v128, turns: v128): v128 {
  const low = i32x4.extmul_low_i16x8_u(rows, turns)
  const high = i32x4.extmul_high_i16x8_u(rows, turns)
  return v128.or(
    v128.shuffle<i16>(low, high, 0, 2, 4, 6, 8, 10, 12, 14),
    v128.shuffle<i16>(low, high, 1, 3, 5, 7, 9, 11, 13, 15),
  )
}

/** The three inner rounds of a 16 × 16 transposition (Hacker's Delight, 7-3) on eight rows at once. */
// @ts-ignore: decorator
@inline
function transposed(rows: v128): v128 {
  const zero = i32x4.splat(0)
  let partner = v128.shuffle<i16>(rows, rows, 4, 5, 6, 7, 4, 5, 6, 7)
  let crossed = v128.and(v128.xor(rows, i16x8.shr_u(partner, 4)), i16x8(0x0f0f, 0x0f0f, 0x0f0f, 0x0f0f, 0, 0, 0, 0))
  rows = v128.xor(rows, v128.or(crossed, v128.shuffle<i16>(i16x8.shl(crossed, 4), zero, 8, 9, 10, 11, 0, 1, 2, 3)))

  partner = v128.shuffle<i16>(rows, rows, 2, 3, 2, 3, 6, 7, 6, 7)
  crossed = v128.and(v128.xor(rows, i16x8.shr_u(partner, 2)), i16x8(0x3333, 0x3333, 0, 0, 0x3333, 0x3333, 0, 0))
  rows = v128.xor(rows, v128.or(crossed, v128.shuffle<i16>(i16x8.shl(crossed, 2), zero, 8, 9, 0, 1, 12, 13, 4, 5)))

  partner = v128.shuffle<i16>(rows, rows, 1, 1, 3, 3, 5, 5, 7, 7)
  crossed = v128.and(v128.xor(rows, i16x8.shr_u(partner, 1)), i16x8(0x5555, 0, 0x5555, 0, 0x5555, 0, 0x5555, 0))
  return v128.xor(rows, v128.or(crossed, v128.shuffle<i16>(i16x8.shl(crossed, 1), zero, 8, 0, 10, 2, 12, 4, 14, 6)))
}

/** Counts staged rows by their first band; `beginGroups` first. */
export function countGroups(from: u32, to: u32): void {
  const at = stagedRowsAt()
  for (let row = from; row < to; row++) {
    const count = cursorAt + ((<usize>load<u16>(at + row * rowBytes)) << 2)
    store<u32>(count, load<u32>(count) + 1)
  }
}

export function beginCounts(): void {
  memory.fill(cursorAt, 0, 65_536 * 4)
}

/** Counts become the place where each value begins. */
export function endGroupCounts(): void {
  let sum: u32 = 0
  for (let value: u32 = 0; value < 65_536; value++) {
    const count = load<u32>(cursorAt + value * 4)
    store<u32>(cursorAt + value * 4, sum)
    sum += count
  }
}

/** Moves staged rows and ids to their place, grouped by the first band: equal rows come near each other. */
export function group(from: u32, to: u32): void {
  const stagedRows = stagedRowsAt()
  const stagedIds = stagedIdsAt()
  const rows = rowsAt()
  const ids = idsAt()
  for (let row = from; row < to; row++) {
    const source = stagedRows + row * rowBytes
    const cursor = cursorAt + ((<usize>load<u16>(source)) << 2)
    const place = load<u32>(cursor)
    store<u32>(cursor, place + 1)
    const target = rows + place * rowBytes
    v128.store(target, v128.load(source))
    v128.store(target, v128.load(source, 16), 16)
    store<u64>(ids + place * 8, load<u64>(stagedIds + row * 8))
  }
}

/**
 * Folds equal rows into one with several postings; the cursors stand at the end of each group (see `group`).
 * Scratch lies where the staged rows were: the number each row gets, then a hash table for one group.
 */
export function fold(): void {
  const rows = rowsAt()
  const total = postingCount()
  const numbers = stagedRowsAt()
  const table = numbers + total * 4
  let distinct: u32 = 0
  let begin: u32 = 0
  for (let value: u32 = 0; value < 65_536; value++) {
    const end = load<u32>(cursorAt + value * 4)
    if (end - begin == 1) {
      store<u32>(numbers + begin * 4, distinct)
      move(rows, distinct++, begin)
    } else if (end > begin) distinct = foldGroup(rows, numbers, table, begin, end, distinct)
    begin = end
  }
  setRowCount(distinct)
  if (distinct < total) placePostings(numbers, total, distinct)
}

// @ts-ignore: decorator
@inline
function move(rows: usize, to: u32, from: u32): void {
  if (to == from) return
  v128.store(rows + to * rowBytes, v128.load(rows + from * rowBytes))
  v128.store(rows + to * rowBytes, v128.load(rows + from * rowBytes, 16), 16)
}

function foldGroup(rows: usize, numbers: usize, table: usize, begin: u32, end: u32, distinct: u32): u32 {
  const size: u32 = (<u32>1) << (32 - clz<u32>(end - begin) + 1) // two to four times the rows
  memory.fill(table, 0, size * 4)
  for (let row = begin; row < end; row++) {
    const at = rows + row * rowBytes
    let slot = mixed(at) & (size - 1)
    for (;;) {
      const taken = load<u32>(table + slot * 4)
      if (taken == 0) {
        store<u32>(table + slot * 4, distinct + 1)
        store<u32>(numbers + row * 4, distinct)
        move(rows, distinct++, row)
        break
      }
      if (isEqual(rows + (taken - 1) * rowBytes, at)) {
        store<u32>(numbers + row * 4, taken - 1)
        break
      }
      slot = (slot + 1) & (size - 1)
    }
  }
  return distinct
}

// @ts-ignore: decorator
@inline
function mixed(at: usize): u32 {
  let mix = (load<u64>(at) ^ rotl<u64>(load<u64>(at, 8), 23)) * 0x9e3779b97f4a7c15
  mix = (mix ^ (mix >> 29) ^ load<u64>(at, 16) ^ rotl<u64>(load<u64>(at, 24), 41)) * 0xbf58476d1ce4e5b9
  return <u32>(mix >> 32)
}

// @ts-ignore: decorator
@inline
function isEqual(a: usize, b: usize): bool {
  return !v128.any_true(
    v128.or(v128.xor(v128.load(a), v128.load(b)), v128.xor(v128.load(a, 16), v128.load(b, 16))),
  )
}

/** Orders the ids by the number of their row. Numbers rise but for the folded ones. */
function placePostings(numbers: usize, total: u32, distinct: u32): void {
  setFolded()
  const starts = postingsAt()
  const ids = idsAt()
  const copies = numbers + ((total * 4 + 7) & ~7)
  memory.copy(copies, ids, total * 8)
  memory.fill(starts, 0, (distinct + 2) * 4)
  // Two words ahead: after placing, every start stands where it belongs.
  for (let row: u32 = 0; row < total; row++) {
    const count = starts + (load<u32>(numbers + row * 4) + 2) * 4
    store<u32>(count, load<u32>(count) + 1)
  }
  for (let row: u32 = 2; row <= distinct + 1; row++) {
    store<u32>(starts + row * 4, load<u32>(starts + row * 4) + load<u32>(starts + (row - 1) * 4))
  }
  for (let row: u32 = 0; row < total; row++) {
    const start = starts + (load<u32>(numbers + row * 4) + 1) * 4
    const place = load<u32>(start)
    store<u32>(start, place + 1)
    store<u64>(ids + place * 8, load<u64>(copies + row * 8))
  }
}

/** Clears the place of the counts of four bands. */
export function beginBandCounts(first: u32): void {
  for (let band = first; band < first + 4; band++) memory.fill(startsAt(band), 0, 65_537 * 4)
}

/**
 * Counts the rows by four bands at once, where their tables' starts will be: so all rows are read four times in
 * all, not sixteen, while the counts, 1 MiB, still fit a processor's second cache.
 */
export function countBands(first: u32, from: u32, to: u32): void {
  const at = rowsAt() + first * 2
  const counts = startsAt(first)
  const stride = startsAt(1) - startsAt(0)
  for (let row = from; row < to; row++) {
    const values = load<u64>(at + row * rowBytes)
    countOne(counts, <u32>values & 0xffff)
    countOne(counts + stride, <u32>(values >> 16) & 0xffff)
    countOne(counts + stride * 2, <u32>(values >> 32) & 0xffff)
    countOne(counts + stride * 3, <u32>(values >> 48))
  }
}

// @ts-ignore: decorator
@inline
function countOne(counts: usize, value: u32): void {
  const count = counts + (value << 2)
  store<u32>(count, load<u32>(count) + 1)
}

/** Counts become starts, in the table and as cursors for `fillBand`. */
export function endBandCounts(band: u32): void {
  const starts = startsAt(band)
  let sum: u32 = 0
  for (let value: u32 = 0; value < 65_536; value++) {
    const count = load<u32>(starts + value * 4)
    store<u32>(starts + value * 4, sum)
    store<u32>(cursorAt + value * 4, sum)
    sum += count
  }
  store<u32>(starts + 65_536 * 4, sum)
}

/** Enters the rows in the table of one band: the next band's bits, and the row's number. */
export function fillBand(band: u32, from: u32, to: u32): void {
  const own = rowsAt() + band * 2
  const next = rowsAt() + ((band + 1) & 15) * 2
  const starts = startsAt(band)
  const entries = entriesAt(band)
  const width = slotWidth()
  for (let row = from; row < to; row++) {
    enter(starts, entries, width, load<u16>(own + row * rowBytes), load<u16>(next + row * rowBytes), row)
  }
}

/**
 * The same in two halves for many rows: spread by the high byte first, into the place of the two tables that
 * come next, then entered by the low one. Each half writes to few pages at a time, where one step would wait
 * for another page at nearly every row.
 */
export function spreadBand(band: u32, from: u32, to: u32): void {
  const own = rowsAt() + band * 2
  const next = rowsAt() + ((band + 1) & 15) * 2
  const starts = startsAt(band)
  const spread = entriesAt(band + 1)
  if (from == 0) {
    for (let high: u32 = 0; high < 256; high++) {
      store<u32>(coarseCursorAt + high * 4, load<u32>(starts + (high << 8) * 4))
    }
  }
  for (let row = from; row < to; row++) {
    const value = <u32>load<u16>(own + row * rowBytes)
    const cursor = coarseCursorAt + (value >> 8) * 4
    const place = load<u32>(cursor)
    store<u32>(cursor, place + 1)
    const entry = spread + place * 8
    store<u32>(entry, value | ((<u32>load<u16>(next + row * rowBytes)) << 16))
    store<u32>(entry, row, 4)
  }
}

export function fillFromSpread(band: u32, from: u32, to: u32): void {
  const starts = startsAt(band)
  const entries = entriesAt(band)
  const width = slotWidth()
  const spread = entriesAt(band + 1)
  for (let i = from; i < to; i++) {
    const at = spread + i * 8
    enter(starts, entries, width, load<u16>(at), load<u16>(at, 2), load<u32>(at, 4))
  }
}

// @ts-ignore: decorator
@inline
function enter(starts: usize, entries: usize, width: u32, value: u16, next: u16, row: u32): void {
  const offset = (<usize>value) << 2
  const slot = load<u32>(cursorAt + offset)
  store<u32>(cursorAt + offset, slot + 1)
  const start = load<u32>(starts + offset)
  const end = load<u32>(starts + offset, 4)
  const bucket = entries + start * (2 + width)
  store<u16>(bucket + (slot - start) * 2, next)
  const at = bucket + (end - start) * 2 + (slot - start) * width
  if (width == 3) {
    store<u16>(at, <u16>row)
    store<u8>(at, <u8>(row >> 16), 2)
  } else store<u32>(at, row)
}
