// Where things lie. What has a fixed size is static; what depends on the picture is laid out behind the heap's
// base when a picture is opened, and the memory grows when it must.

/** Samples of an axis after the blur. */
export const gridSide: i32 = 64
/** Bytes of a row of the grid. */
export const gridRow: usize = 256
/** Frequencies kept per axis. */
export const side: i32 = 16

/** Weight of sample k in frequency i + 1, at `basis + (k * 16 + i) * 4`; written by the caller at the start. */
export const basis: usize = memory.data(64 * 16 * 4, 16)
/** 64 × 64 luma after blur and sampling. */
export const grid: usize = memory.data(64 * 64 * 4, 16)
/** 16 × 64, between the two halves of the transform. */
export const half: usize = memory.data(16 * 64 * 4, 16)
/** 16 × 16 frequencies, and the same of a turned picture. */
export const low: usize = memory.data(16 * 16 * 4, 16)
export const turned: usize = memory.data(16 * 16 * 4, 16)
/** Whole numbers in the order of the frequencies, for the median. */
export const keys: usize = memory.data(16 * 16 * 4, 16)
/** Eight hashes of eight words, word 0 holding bits 0 to 31. */
export const hashes: usize = memory.data(8 * 32, 16)

let top: usize = 0

/** Starts the layout of a picture. */
export function clear(): void {
  top = (__heap_base + 63) & ~63
}

/** Takes `bytes` bytes on a cache line of their own, with a line of slack behind for reads of whole vectors. */
export function take(bytes: usize): usize {
  const at = top
  top = (top + bytes + 64 + 63) & ~63
  return at
}

/** Whether the memory holds what was taken, grown where necessary. */
export function grow(): bool {
  const pages = <i32>((top + 0xffff) >> 16)
  const more = pages - memory.size()
  return more <= 0 || memory.grow(more) >= 0
}

/** Width of the box for an axis of `length` samples. */
export function boxWidth(length: i32): i32 {
  return (length + 127) >> 7
}

/** The sample that stands for block `i`; whole numbers, since 64-bit floats give the same up to 2^46. */
export function blockCentre(i: i32, length: i32): i32 {
  return <i32>((<u64>(2 * i + 1) * <u64>length) >> 7)
}
