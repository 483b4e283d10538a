import { distance, type Fingerprint } from '@jikimi/fingerprint'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bandsOf } from './bands.ts'
import {
  bytesOf,
  numbersFrom,
  pictureHashes,
  placeOf,
  randomHash,
  scanned,
  scattered,
  somePlaces,
  withFlips,
} from './given.ts'
import { createIndex, type IndexOptions, type LiveIndex } from './index.ts'

interface Pair {
  readonly id: bigint
  readonly hash: Fingerprint
}

/** Random rows, then rows at every distance from some centres, each twice under two ids, some ids with several. */
function crowd(seed: number, size: number): { pairs: Pair[]; centres: Fingerprint[] } {
  const next = numbersFrom(seed)
  const centres = Array.from({ length: 6 }, () => randomHash(next))
  const hashes = centres.flatMap(centre =>
    Array.from({ length: 400 }, (_, i) => {
      const hash = withFlips(centre, somePlaces(next, i % 80))
      return [hash, hash]
    }).flat(),
  )
  while (hashes.length < size) hashes.push(randomHash(next))
  const wide = 2n ** 63n // ids beyond what a number holds
  return { pairs: hashes.map((hash, i) => ({ id: wide + BigInt(i - (i % 7 ? 0 : 1)), hash })), centres }
}

function indexOf(pairs: readonly Pair[], options: IndexOptions): LiveIndex {
  const index = createIndex(options)
  index.addMany(
    BigUint64Array.from(pairs, pair => pair.id),
    bytesOf(pairs.map(pair => pair.hash)),
  )
  return index
}

describe.each<IndexOptions>([{ engine: 'wasm' }, { engine: 'plain' }])('$engine', options => {
  test('few fingerprints, in the tail and in a segment, are found as by a linear scan, at any radius', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 0, max: 256 }),
        fc.integer({ min: 0, max: 60 }),
        (seed, size, radius, settled) => {
          const next = numbersFrom(seed)
          const query = randomHash(next)
          const pairs = Array.from({ length: size }, (_, i) => ({
            hash: i % 3 ? withFlips(query, somePlaces(next, next() % 257)) : i % 2 ? query : randomHash(next),
            id: BigInt(next() % 50),
          }))
          const index = indexOf(pairs.slice(0, settled), options)
          for (const pair of pairs.slice(settled)) index.add(pair.id, pair.hash)
          expect(index.search(query, { radius })).toEqual(scanned(pairs, query, radius))
          index.close()
        },
      ),
      { numRuns: 60 },
    )
  })

  test('many are found as by a linear scan, each once, at every radius from 0 to 256', () => {
    const { pairs, centres } = crowd(20261124, 40_000)
    const index = indexOf(pairs, options)
    for (let radius = 0; radius <= 256; radius += radius < 70 ? 1 : 31) {
      const at = radius % centres.length
      expect(index.search(centres[at]!, { radius })).toEqual(scanned(pairs, centres[at]!, radius))
    }
    index.close()
  })

  test('a limit gives that many ids within the radius, or all there are', () => {
    const { pairs, centres } = crowd(5, 20_000)
    const index = indexOf(pairs, options)
    for (const limit of [1, 2, 17, 300, 5000]) {
      for (const [at, centre] of centres.entries()) {
        const radius = 5 + at * 11
        const whole = scanned(pairs, centre, radius)
        const hits = index.search(centre, { radius, limit })
        expect(hits).toHaveLength(Math.min(limit, whole.length))
        expect(new Set(hits.map(hit => hit.id)).size).toBe(hits.length)
        const near = new Set(whole.map(hit => hit.id))
        expect(hits.every(hit => near.has(hit.id) && hit.distance <= radius)).toBe(true)
      }
    }
    index.close()
  })

  test('neighbours planted against the bands are found at their distance and not one below', () => {
    const next = numbersFrom(99)
    const hashes = [...Array.from({ length: 20_000 }, () => randomHash(next)), ...pictureHashes(400)]
    const index = indexOf(
      hashes.map((hash, i) => ({ id: BigInt(i), hash })),
      options,
    )
    for (let round = 0; round < 1500; round++) {
      const at = round % 3 ? next() % hashes.length : hashes.length - 1 - (next() % 400)
      for (const places of plants(next)) {
        const query = withFlips(hashes[at]!, places)
        const radius = new Set(places).size
        expect(distance(query, hashes[at]!)).toBe(radius)
        const found = index.search(query, { radius }).some(hit => hit.id === BigInt(at))
        if (!found) throw new Error(`missed at radius ${radius}: ${[...places].join()}`)
        // An equal picture may lie under another id, and this one must not.
        if (radius > 0)
          expect(index.search(query, { radius: radius - 1 }).map(hit => hit.id)).not.toContain(BigInt(at))
      }
    }
    index.close()
  })
})

/** Flips as one who knows the bands would lay them. */
function plants(next: () => number): number[][] {
  const last = next() % 16
  const twoInFifteen = Array.from({ length: 16 }, (_, band) =>
    [...scattered(next, band === last ? 1 : 2, 16)].map(bit => placeOf(band, bit)),
  ).flat()
  const from = next() % 256
  const fourBands = [...scattered(next, 31, 64)].map(i => placeOf((last + (i >> 4)) % 16, i % 16))
  return [
    twoInFifteen,
    Array.from({ length: 31 }, (_, i) => (from + i) % 256),
    fourBands,
    [...scattered(next, 31, 256)],
    [...scattered(next, next() % 64, 256)],
    Array.from({ length: 31 }, (_, i) => placeOf(Math.floor(i / 2 + last) % 16, i % 2 ? 3 : 11)),
  ]
}

test('the place of a band bit in the text is where the bands have it', () => {
  const zero = '0'.repeat(64) as Fingerprint
  for (let band = 0; band < 16; band++) {
    for (let bit = 0; bit < 16; bit++) {
      const bands = bandsOf(withFlips(zero, [placeOf(band, bit)]))
      expect([...bands.entries()].filter(([, value]) => value !== 0)).toEqual([[band, 1 << bit]])
    }
  }
})

test('WebAssembly and TypeScript answer alike on fingerprints of pictures, with near and equal ones', () => {
  const next = numbersFrom(11)
  const pictures = pictureHashes(700)
  const hashes = pictures.flatMap(hash => [
    hash,
    ...Array.from({ length: 30 }, () => withFlips(hash, somePlaces(next, next() % 40))),
    hash,
  ])
  const pairs = hashes.map((hash, i) => ({ id: BigInt(i), hash }))
  const [wasm, plain] = [indexOf(pairs, { engine: 'wasm' }), indexOf(pairs, { engine: 'plain' })]
  expect(wasm.size).toBe(plain.size)
  for (let round = 0; round < 400; round++) {
    const query = withFlips(hashes[next() % hashes.length]!, somePlaces(next, next() % 30))
    const radius = next() % 80
    const hits = wasm.search(query, { radius })
    expect(hits).toEqual(plain.search(query, { radius }))
    if (round % 20 === 0) expect(hits).toEqual(scanned(pairs, query, radius))
  }
  const few = hashes.slice(0, 50)
  expect(wasm.searchMany(few)).toEqual(few.map(hash => plain.search(hash)))
})

test('what is no fingerprint, no radius, no limit or no id is refused, and the text is not repeated', () => {
  const index = createIndex()
  const hash = randomHash(numbersFrom(1))
  for (const radius of [-1, 257, 1.5, NaN]) expect(() => index.search(hash, { radius })).toThrow(RangeError)
  for (const limit of [0, -1, 1.5, NaN]) expect(() => index.search(hash, { limit })).toThrow(RangeError)
  for (const id of [-1n, 2n ** 64n, 1 as unknown as bigint])
    expect(() => index.add(id, hash)).toThrow(TypeError)
  const wrong = `${hash.slice(1)}G` as Fingerprint
  expect(() => index.add(1n, wrong)).toThrow(/^A fingerprint is 64 lower-case hexadecimal digits\.$/)
  expect(() => index.search(wrong)).toThrow(TypeError)
  expect(() => index.addMany(new BigUint64Array(2), new Uint8Array(32))).toThrow(RangeError)
  index.close()
  expect(() => index.search(hash)).toThrow('closed')
})
