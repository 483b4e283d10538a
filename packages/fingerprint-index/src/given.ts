import { distance, formatFingerprint, pdq, wordsOf, type Fingerprint, type Pixels } from '@jikimi/fingerprint'
import type { Hit } from './live-index.ts'

/*
 * Fingerprints for tests and benches, made by rule: random ones, near ones, and those of generated pictures.
 */

/** Numbers from a seed, so that every run sees the same (splitmix32). */
export function numbersFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x9e3779b9) >>> 0
    let z = Math.imul(state ^ (state >>> 16), 0x21f0aaad)
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97)
    return (z ^ (z >>> 15)) >>> 0
  }
}

export const randomHash = (next: () => number): Fingerprint =>
  formatFingerprint(Uint32Array.from({ length: 8 }, next))

/** With the bits at these places turned, counted in the order of the text. */
export function withFlips(hash: Fingerprint, places: Iterable<number>): Fingerprint {
  const words = wordsOf(hash)
  for (const place of places) words[place >> 5]! ^= (1 << (31 - (place & 31))) >>> 0
  return formatFingerprint(words)
}

/** Different places for `count` flips: scattered, or side by side from some place on. */
export function somePlaces(next: () => number, count: number): number[] {
  const from = next() % 256
  if (next() % 2) return Array.from({ length: count }, (_, i) => (from + i) % 256)
  return [...scattered(next, count, 256)]
}

export function scattered(next: () => number, count: number, among: number): Set<number> {
  const chosen = new Set<number>()
  while (chosen.size < count) chosen.add(next() % among)
  return chosen
}

/** Place in the text of a band's bit: the way of src/bands.ts back. */
export function placeOf(band: number, bit: number): number {
  const row = 15 - bit
  return row * 16 + ((band - row + 16) % 16)
}

/** Fingerprints of generated pictures and of their disturbed copies: as skewed as real ones. */
export function pictureHashes(count: number): Fingerprint[] {
  return Array.from({ length: count }, (_, seed) => {
    const picture = somePicture(1 + (seed >> 1))
    if (seed % 2) for (let i = 0; i < picture.data.length; i++) picture.data[i]! += (i + seed) % 9
    return pdq(picture).hash
  })
}

/** Forty boxes of one grey each over a slope. */
function somePicture(seed: number): Pixels {
  const side = 96
  const next = numbersFrom(seed)
  const data = new Uint8ClampedArray(side * side * 4).fill(255)
  const slope = next() % 5
  for (let at = 0; at < data.length; at++) if (at % 4 < 3) data[at] = 60 + ((at >> 2) % side) * slope * 0.4
  for (let box = 0; box < 40; box++) {
    const [left, top, width, height, grey] = [
      next() % side,
      next() % side,
      next() % 40,
      next() % 40,
      next() % 256,
    ]
    for (let y = top; y < Math.min(side, top + height); y++) {
      for (let x = left; x < Math.min(side, left + width); x++)
        data.fill(grey, (y * side + x) * 4, (y * side + x) * 4 + 3)
    }
  }
  return { width: side, height: side, channels: 4, data }
}

/** What an exact search must answer: each id's nearest fingerprint within the radius, by a linear scan. */
export function scanned(
  pairs: Iterable<{ readonly id: bigint; readonly hash: Fingerprint }>,
  hash: Fingerprint,
  radius: number,
): Hit[] {
  const nearest = new Map<bigint, number>()
  for (const pair of pairs) {
    const bits = distance(pair.hash, hash)
    if (bits <= radius && bits < (nearest.get(pair.id) ?? 257)) nearest.set(pair.id, bits)
  }
  return Array.from(nearest, ([id, bits]) => ({ id, distance: bits })).sort(
    (a, b) => a.distance - b.distance || (a.id < b.id ? -1 : 1),
  )
}

/** Hashes as the bytes that `addMany` takes. */
export function bytesOf(hashes: readonly Fingerprint[]): Uint8Array {
  const bytes = new Uint8Array(hashes.length * 32)
  const view = new DataView(bytes.buffer)
  hashes.forEach((hash, i) => wordsOf(hash).forEach((word, j) => view.setUint32(i * 32 + j * 4, word)))
  return bytes
}
