/**
 * The reference's blur along one axis: a box of ceil(n / 128) samples, applied twice, then one sample for
 * each of 64 blocks (facebook/ThreatExchange pdq/cpp/downscaling, after Jarosz, "Fast Image Convolutions").
 */

/** Samples of an axis left after the blur. */
export const gridSide = 64

/** Width of the box for an axis of `length` samples. */
export function boxWidth(length: number): number {
  return Math.ceil(length / (2 * gridSide))
}

/** The sample that stands for block `i`: the one at the block's centre. */
export function blockCentre(i: number, length: number): number {
  return Math.floor(((i + 0.5) * length) / gridSide)
}

/** First and last sample (inclusive) that the box at `at` covers; even boxes reach one further to the right. */
export function boxReach(at: number, length: number): readonly [first: number, last: number] {
  const width = boxWidth(length)
  const ahead = (width + 2) >> 1
  return [Math.max(0, at - (width - ahead)), Math.min(length - 1, at + ahead - 1)]
}
