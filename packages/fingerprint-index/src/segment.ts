import { bitCount } from '@jikimi/fingerprint'
import { bandCount, bitCounts, flips, rowWords } from './bands.ts'

/** Rows that do not change any more, with the tables to search them. */
export interface Segment {
  readonly size: number
  /** 8 words a row, band 0 in the first half-word. */
  readonly rows: Uint32Array
  /** Absent for few rows: scanning them is quicker than probing. */
  readonly tables?: readonly Table[]
}

/** Rows grouped by the value of one band (a prefix sum, no hash map): bucket v is starts[v] to starts[v + 1]. */
interface Table {
  readonly starts: Uint32Array
  readonly ids: Uint32Array
  /** The next band's value of each row, kept here so that most candidates fall without touching their row. */
  readonly next: Uint16Array
}

/** Called for each row within the radius. */
export type Found = (id: number, distance: number) => void

/** Rows below which no tables are made: they take 4 MiB whatever the size. */
export const tableRowsMin = 8192

/** Largest radius the tables serve, four flips a band at most; above it every row is compared. */
export const tableRadiusMax = 63

/** Makes the segment; takes the rows as its own. 128 bytes a row in all. */
export function makeSegment(rows: Uint32Array): Segment {
  const size = rows.length / rowWords
  if (size < tableRowsMin) return { size, rows }
  const bands = new Uint16Array(rows.buffer, rows.byteOffset, size * bandCount)
  return { size, rows, tables: Array.from({ length: bandCount }, (_, band) => makeTable(bands, size, band)) }
}

function makeTable(bands: Uint16Array, size: number, band: number): Table {
  const following = (band + 1) % bandCount
  const starts = new Uint32Array((1 << 16) + 1)
  for (let id = 0; id < size; id++) starts[bands[id * bandCount + band]! + 1]!++
  for (let value = 0; value < 1 << 16; value++) starts[value + 1]! += starts[value]!
  const at = starts.slice()
  const ids = new Uint32Array(size)
  const next = new Uint16Array(size)
  for (let id = 0; id < size; id++) {
    const slot = at[bands[id * bandCount + band]!]!++
    ids[slot] = id
    next[slot] = bands[id * bandCount + following]!
  }
  return { starts, ids, next }
}

/** Finds every row of a segment within the radius, each once, in no order. */
export function searchSegment(segment: Segment, query: Uint16Array, radius: number, found: Found): void {
  const { tables, size } = segment
  const budget = tables && radius <= tableRadiusMax ? budgetsFor(radius) : undefined
  if (tables && budget && probeCost(budget, size) < size) probe(segment, tables, budget, query, radius, found)
  else scan(segment.rows, size, query, radius, found)
}

/** Compares every row; stops at half a row when that is already too far. */
export function scan(
  rows: Uint32Array,
  size: number,
  query: Uint16Array,
  radius: number,
  found: Found,
): void {
  const [q0, q1, q2, q3, q4, q5, q6, q7] = wordsOfBands(query) as unknown as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  for (let id = 0, at = 0; id < size; id++, at += rowWords) {
    let bits =
      bitCount(rows[at]! ^ q0) +
      bitCount(rows[at + 1]! ^ q1) +
      bitCount(rows[at + 2]! ^ q2) +
      bitCount(rows[at + 3]! ^ q3)
    if (bits > radius) continue
    bits +=
      bitCount(rows[at + 4]! ^ q4) +
      bitCount(rows[at + 5]! ^ q5) +
      bitCount(rows[at + 6]! ^ q6) +
      bitCount(rows[at + 7]! ^ q7)
    if (bits <= radius) found(id, bits)
  }
}

/** Bands as words in the layout of the rows, whatever the byte order of the machine. */
export function wordsOfBands(bands: Uint16Array): Uint32Array {
  return new Uint32Array(bands.slice().buffer)
}

/**
 * How much of the radius each band may spend: whole numbers that sum to radius + 1.
 * If two fingerprints lie within the radius, then going round the ring of bands there is one from which
 * every running sum of (distance − budget) stays negative (cycle lemma; "pigeonring", Qin and Xiao,
 * VLDB 2018). So its own distance is below its budget, and with the next band's below the sum of both.
 */
export function budgetsFor(radius: number): Int32Array {
  const budgets = new Int32Array(bandCount)
  for (let band = 0; band < bandCount; band++) budgets[band] = Math.floor((radius + 1 + band) / bandCount)
  return budgets
}

/** Buckets looked at plus rows expected in them; a bucket costs about a cache miss, as much as a row scanned. */
function probeCost(budgets: Int32Array, size: number): number {
  let buckets = 0
  for (const budget of budgets) if (budget > 0) buckets += flips.until[budget - 1]!
  return buckets + (buckets * size) / (1 << 16) / 2
}

function probe(
  segment: Segment,
  tables: readonly Table[],
  budgets: Int32Array,
  query: Uint16Array,
  radius: number,
  found: Found,
): void {
  const { rows } = segment
  const words = wordsOfBands(query)
  const bands = new Uint16Array(rows.buffer, rows.byteOffset, segment.size * bandCount)
  for (let band = 0; band < bandCount; band++) {
    const own = budgets[band]!
    if (own === 0) continue
    const { starts, ids, next } = tables[band]!
    const value = query[band]!
    const following = (band + 1) % bandCount
    const nextValue = query[following]!
    const both = own + budgets[following]! - 1
    for (let bits = 0, m = 0; bits < own; bits++) {
      const room = both - bits
      for (const until = flips.until[bits]!; m < until; m++) {
        const bucket = value ^ flips.masks[m]!
        for (let slot = starts[bucket]!, end = starts[bucket + 1]!; slot < end; slot++) {
          if (bitCounts[next[slot]! ^ nextValue]! > room) continue
          const id = ids[slot]!
          const distance = distanceAt(rows, id * rowWords, words)
          if (distance <= radius && !isSeenBefore(bands, id * bandCount, query, budgets, band))
            found(id, distance)
        }
      }
    }
  }
}

function distanceAt(rows: Uint32Array, at: number, words: Uint32Array): number {
  let bits = 0
  for (let i = 0; i < rowWords; i++) bits += bitCount(rows[at + i]! ^ words[i]!)
  return bits
}

/** Whether an earlier band has already brought this row up: so each is reported once without a set. */
function isSeenBefore(
  bands: Uint16Array,
  at: number,
  query: Uint16Array,
  budgets: Int32Array,
  band: number,
): boolean {
  for (let earlier = 0; earlier < band; earlier++) {
    const own = bitCounts[bands[at + earlier]! ^ query[earlier]!]!
    if (own >= budgets[earlier]!) continue
    const after = bitCounts[bands[at + earlier + 1]! ^ query[earlier + 1]!]!
    if (own + after < budgets[earlier]! + budgets[earlier + 1]!) return true
  }
  return false
}
