import { fingerprintBits, type Fingerprint } from '@jikimi/fingerprint'
import { bandsOf, rowWords } from './bands.ts'
import { makeSegment, scan, searchSegment, wordsOfBands, type Segment } from './segment.ts'

/** A fingerprint and what it stands for, a bank's row id for instance. Equal fingerprints keep all their refs. */
export interface Row<Ref> {
  readonly hash: Fingerprint
  readonly ref: Ref
}

export interface Hit<Ref> {
  readonly ref: Ref
  /** In bits, at most the radius asked for. */
  readonly distance: number
}

/**
 * Fingerprints to be searched by radius. Settled rows have tables; rows added since then wait in a tail
 * that every search scans. `add` and `withdraw` change it in place and are seen by the next search.
 */
export interface FingerprintIndex<Ref> {
  settled: Segment
  /** Refs of the settled rows, then of the tail. */
  readonly refs: Ref[]
  tail: Uint32Array
  tailSize: number
  /** Refs taken out, with the number of rows there were: rows added later under the same ref count again. */
  readonly withdrawn: Map<Ref, number>
}

/** Beyond this many added rows a scan of the tail costs more than the tables' search: settle. */
export const tailRowsMax = 65_536

/** Builds an index over all rows at once; about a microsecond a row. */
export function buildIndex<Ref>(rows: readonly Row<Ref>[]): FingerprintIndex<Ref> {
  const words = new Uint32Array(rows.length * rowWords)
  rows.forEach((row, id) => words.set(wordsOfBands(bandsOf(row.hash)), id * rowWords))
  return {
    settled: makeSegment(words),
    refs: rows.map(row => row.ref),
    tail: new Uint32Array(0),
    tailSize: 0,
    withdrawn: new Map(),
  }
}

/** Adds a row; found from the next search on. */
export function add<Ref>(index: FingerprintIndex<Ref>, row: Row<Ref>): void {
  const at = index.tailSize * rowWords
  if (at === index.tail.length) {
    const larger = new Uint32Array(Math.max(64 * rowWords, index.tail.length * 2))
    larger.set(index.tail)
    index.tail = larger
  }
  index.tail.set(wordsOfBands(bandsOf(row.hash)), at)
  index.tailSize++
  index.refs.push(row.ref)
}

/** Takes out all rows a ref has by now; no search from here on gives them. `settle` forgets them for good. */
export function withdraw<Ref>(index: FingerprintIndex<Ref>, ref: Ref): void {
  index.withdrawn.set(ref, sizeOf(index))
}

/** Whether the tail has grown so long that `settle` is worth its time. */
export function needsSettling(index: FingerprintIndex<unknown>): boolean {
  return index.tailSize > Math.max(tailRowsMax, index.settled.size / 64)
}

/** A new index of the same rows, tail merged into the tables and withdrawn rows gone; the old one stays usable. */
export function settle<Ref>(index: FingerprintIndex<Ref>): FingerprintIndex<Ref> {
  const { settled, tail, refs } = index
  const kept: number[] = []
  for (let id = 0; id < refs.length; id++) if (!isWithdrawn(index, id)) kept.push(id)
  const words = new Uint32Array(kept.length * rowWords)
  kept.forEach((id, to) => {
    const isTail = id >= settled.size
    const from = (isTail ? id - settled.size : id) * rowWords
    words.set((isTail ? tail : settled.rows).subarray(from, from + rowWords), to * rowWords)
  })
  return {
    settled: makeSegment(words),
    refs: kept.map(id => refs[id]!),
    tail: new Uint32Array(0),
    tailSize: 0,
    withdrawn: new Map(),
  }
}

/** Rows in the index, withdrawn ones not yet forgotten included. */
export function sizeOf(index: FingerprintIndex<unknown>): number {
  return index.settled.size + index.tailSize
}

/**
 * Every row within `radius` bits, nearest first, equal distances in the order they were added.
 * Exact: nothing within the radius is missed.
 * @throws RangeError unless the radius is a whole number from 0 to 256
 */
export function search<Ref>(index: FingerprintIndex<Ref>, hash: Fingerprint, radius: number): Hit<Ref>[] {
  if (!Number.isInteger(radius) || radius < 0 || radius > fingerprintBits) {
    throw new RangeError(`A radius is a whole number from 0 to ${fingerprintBits}.`)
  }
  const { settled, refs } = index
  const query = bandsOf(hash)
  const found: { id: number; distance: number }[] = []
  searchSegment(settled, query, radius, (id, distance) => found.push({ id, distance }))
  scan(index.tail, index.tailSize, query, radius, (id, distance) =>
    found.push({ id: settled.size + id, distance }),
  )
  found.sort((a, b) => a.distance - b.distance || a.id - b.id)
  const live = index.withdrawn.size === 0 ? found : found.filter(({ id }) => !isWithdrawn(index, id))
  return live.map(({ id, distance }) => ({ ref: refs[id]!, distance }))
}

function isWithdrawn<Ref>({ withdrawn, refs }: FingerprintIndex<Ref>, id: number): boolean {
  return id < (withdrawn.get(refs[id]!) ?? 0)
}
