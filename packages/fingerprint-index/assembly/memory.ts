/**
 * Where things lie in the memory of one tier. The addresses stand in the memory itself, written by
 * src/layout.ts, so that every thread that is handed the memory reads the same.
 */
export const bandCount: u32 = 16
export const rowBytes: u32 = 32

// AssemblyScript's decorators stand on functions, where TypeScript knows none: hence each "ignore" of this folder.
// @ts-ignore: decorator
@inline
function word(at: usize): u32 {
  return load<u32>(at)
}

// @ts-ignore: decorator
@inline
export function rowCount(): u32 {
  return word(0)
}

export function setRowCount(rows: u32): void {
  store<u32>(0, rows)
}

// @ts-ignore: decorator
@inline
export function postingCount(): u32 {
  return word(4)
}

export function setPostingCount(postings: u32): void {
  store<u32>(4, postings)
}

/** Bytes of a row's number in the tables: 3 up to 16.7 million rows, which saves 16 bytes a row; else 4. */
// @ts-ignore: decorator
@inline
export function slotWidth(): u32 {
  return word(8)
}

// @ts-ignore: decorator
@inline
export function rowsAt(): usize {
  return word(12)
}

// @ts-ignore: decorator
@inline
export function idsAt(): usize {
  return word(16)
}

/** Where each row's postings begin; only while `isFolded`. */
// @ts-ignore: decorator
@inline
export function postingsAt(): usize {
  return word(20)
}

/** One bit a posting: taken out. */
// @ts-ignore: decorator
@inline
export function deadAt(): usize {
  return word(24)
}

// @ts-ignore: decorator
@inline
export function startsAt(band: u32): usize {
  return word(28) + band * 262_400 // 65,537 words and some room
}

/**
 * The table of one band. A bucket from `start` on holds first the next band's 16 bits of each of its rows, then
 * the rows' numbers: a search reads the first part, and the second lies in the same page.
 */
// @ts-ignore: decorator
@inline
export function entriesAt(band: u32): usize {
  return word(32) + band * word(36)
}

/** Whether equal rows were folded into one: else posting and row have one number. */
// @ts-ignore: decorator
@inline
export function isFolded(): bool {
  return word(48) != 0
}

export function setFolded(): void {
  store<u32>(48, 1)
}

/** Rows and ids as they came, in the place of the tables to be built. */
// @ts-ignore: decorator
@inline
export function stagedRowsAt(): usize {
  return word(52)
}

// @ts-ignore: decorator
@inline
export function stagedIdsAt(): usize {
  return word(56)
}

/** Of the mutable tier: 65,536 chain heads a band, then each row's link; both row number + 1, 0 for none. */
// @ts-ignore: decorator
@inline
export function headsAt(band: u32): usize {
  return word(60) + band * 131_072
}

// @ts-ignore: decorator
@inline
export function linksAt(band: u32): usize {
  return word(64) + band * word(68)
}

/** All 16-bit values by their number of bits, fewest first; written by src/layout.ts. */
export const flipsAt: usize = 256
/** 256 words for the coarse half of a sort. */
export const coarseCursorAt: usize = 6144
/** 65,536 words for the counting sorts. */
export const cursorAt: usize = 8192

/** Postings that are taken out stay until the next merge; they match nothing. */
// @ts-ignore: decorator
@inline
export function isDead(posting: u32): bool {
  return ((load<u8>(deadAt() + (posting >> 3)) >> (<u8>(posting & 7))) & 1) != 0
}
