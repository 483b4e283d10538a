import { distance, formatFingerprint, wordsOf, type Fingerprint } from '@jikimi/fingerprint'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { add, buildIndex, search, settle, sizeOf, withdraw, type Hit, type Row } from './index.ts'
import { tableRowsMin } from './segment.ts'

function rng(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x9e3779b9) >>> 0 // splitmix32
    let z = Math.imul(state ^ (state >>> 16), 0x21f0aaad)
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97)
    return (z ^ (z >>> 15)) >>> 0
  }
}

const randomHash = (next: () => number) => formatFingerprint(Uint32Array.from({ length: 8 }, next))

function withFlips(hash: Fingerprint, bits: readonly number[]): Fingerprint {
  const words = wordsOf(hash)
  for (const bit of bits) words[bit >> 5]! ^= 1 << (bit & 31)
  return formatFingerprint(words)
}

/** Different places for `count` flips: scattered, or packed side by side from some place on. */
function places(next: () => number, count: number): number[] {
  const from = next() % 256
  if (next() % 2) return Array.from({ length: count }, (_, i) => (from + i) % 256)
  const chosen = new Set<number>()
  while (chosen.size < count) chosen.add(next() % 256)
  return [...chosen]
}

function bruteForce<Ref>(rows: readonly Row<Ref>[], hash: Fingerprint, radius: number): Hit<Ref>[] {
  return rows
    .map(row => ({ ref: row.ref, distance: distance(row.hash, hash) }))
    .filter(hit => hit.distance <= radius)
    .toSorted((a, b) => a.distance - b.distance)
}

test('a small index finds what brute force finds, for any radius, with duplicates, empty or with one row', () => {
  fc.assert(
    fc.property(
      fc.integer(),
      fc.oneof(fc.constant(0), fc.constant(1), fc.integer({ min: 2, max: 60 })),
      fc.integer({ min: 0, max: 256 }),
      fc.integer({ min: 0, max: 256 }),
      (seed, size, radius, settledShare) => {
        const next = rng(seed)
        const query = randomHash(next)
        const rows = Array.from({ length: size }, (_, ref) => ({
          hash: ref % 3 ? withFlips(query, places(next, next() % 257)) : ref % 2 ? query : randomHash(next),
          ref,
        }))
        const settled = Math.floor((size * settledShare) / 256)
        const index = buildIndex(rows.slice(0, settled))
        for (const row of rows.slice(settled)) add(index, row)
        expect(search(index, query, radius)).toEqual(bruteForce(rows, query, radius))
        expect(search(settle(index), query, radius)).toEqual(bruteForce(rows, query, radius))
      },
    ),
  )
})

/** Random rows, then rows at every distance from some centres, each of these twice; enough for tables. */
function crowd(seed: number): { rows: Row<number>[]; centres: Fingerprint[] } {
  const next = rng(seed)
  const centres = Array.from({ length: 6 }, () => randomHash(next))
  const hashes = centres.flatMap(centre =>
    Array.from({ length: 400 }, (_, i) => {
      const hash = withFlips(centre, places(next, i % 80))
      return [hash, hash]
    }).flat(),
  )
  while (hashes.length < tableRowsMin * 2) hashes.push(randomHash(next))
  return { rows: hashes.map((hash, ref) => ({ hash, ref })), centres }
}

test('a large index finds what brute force finds, each row once, for every radius from 0 to 256', () => {
  const { rows, centres } = crowd(20261124)
  const index = buildIndex(rows)
  expect(index.settled.tables).toBeDefined()
  const all = centres.map(centre => bruteForce(rows, centre, 256))
  for (let radius = 0; radius <= 256; radius += radius < 70 ? 1 : 31) {
    const at = radius % centres.length
    const expected = all[at]!.filter(hit => hit.distance <= radius)
    expect(search(index, centres[at]!, radius)).toEqual(expected)
  }
})

test('flips gathered in few bands or spread one to a band are found all the same', () => {
  const { rows } = crowd(7)
  const next = rng(99)
  const index = buildIndex(rows)
  for (let round = 0; round < 1500; round++) {
    const row = rows[next() % rows.length]!
    const radius = next() % 64
    const query = withFlips(row.hash, places(next, radius))
    expect(search(index, query, radius).some(hit => hit.ref === row.ref)).toBe(true)
    if (radius === 0) continue
    expect(search(index, query, radius - 1).some(hit => hit.ref === row.ref)).toBe(false)
  }
})

test('a row is found as soon as it is added and gone as soon as it is withdrawn, before and after settling', () => {
  const { rows } = crowd(3)
  const index = buildIndex(rows.slice(0, 9000))
  const late = rows[9001]!
  expect(search(index, late.hash, 0).map(hit => hit.ref)).not.toContain(late.ref)
  add(index, late)
  expect(search(index, late.hash, 0).map(hit => hit.ref)).toContain(late.ref)
  withdraw(index, late.ref)
  withdraw(index, 5)
  expect(search(index, late.hash, 0).map(hit => hit.ref)).not.toContain(late.ref)
  const settled = settle(index)
  expect(sizeOf(settled)).toBe(8999)
  expect(search(settled, rows[5]!.hash, 0).map(hit => hit.ref)).not.toContain(5)
  const again = { hash: withFlips(late.hash, [1, 2, 3]), ref: late.ref }
  add(index, again) // under the same ref: only what was added since the withdrawal counts
  expect(search(index, late.hash, 3).filter(hit => hit.ref === late.ref)).toEqual([
    { ref: late.ref, distance: 3 },
  ])
  expect(sizeOf(settle(index))).toBe(9000)
})

test('a radius that is no whole number from 0 to 256 is refused', () => {
  const index = buildIndex<number>([])
  for (const radius of [-1, 257, 1.5, NaN])
    expect(() => search(index, randomHash(rng(1)), radius)).toThrow(RangeError)
})
