import type { Fingerprint } from '@jikimi/fingerprint'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { numbersFrom, randomHash, scanned, somePlaces, withFlips } from './given.ts'
import { createIndex, type LiveIndex } from './index.ts'

interface Pair {
  readonly id: bigint
  readonly hash: Fingerprint
}

/** What is done to the index: ids and hashes are few, so that they meet again. */
const step = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('add'), id: fc.nat(30), hash: fc.nat(40) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('addMany'), id: fc.nat(30), hash: fc.nat(40) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('remove'), id: fc.nat(30), hash: fc.nat(40) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('pause'), id: fc.nat(30), hash: fc.nat(40) }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('search'), id: fc.nat(63), hash: fc.nat(40) }) },
)

test.each([{ engine: 'wasm' }, { engine: 'plain' }] as const)(
  'whatever is added and removed, in whatever order and while merges run, is found or gone at the next search ($engine)',
  async ({ engine }) => {
    const next = numbersFrom(4)
    const centre = randomHash(next)
    const hashes = Array.from({ length: 41 }, (_, i) => withFlips(centre, somePlaces(next, i)))
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 120 }), async steps => {
        const index = createIndex({ engine, tailRows: 5 })
        let pairs: Pair[] = []
        for (const { kind, id, hash: at } of steps) {
          const hash = hashes[at]!
          if (kind === 'add') {
            index.add(BigInt(id), hash)
            pairs.push({ id: BigInt(id), hash })
          } else if (kind === 'addMany') {
            const many = hashes
              .slice(at, at + 9)
              .map((each, i) => ({ id: BigInt((id + i) % 31), hash: each }))
            addMany(index, many)
            pairs.push(...many)
          } else if (kind === 'remove') {
            const gone = pairs.filter(pair => pair.id === BigInt(id)).length
            expect(index.remove(BigInt(id))).toBe(gone)
            pairs = pairs.filter(pair => pair.id !== BigInt(id))
          } else if (kind === 'pause') await new Promise(resolve => setTimeout(resolve, id % 4))
          else expect(index.search(hash, { radius: id })).toEqual(scanned(pairs, hash, id))
          expect(index.size).toBe(pairs.length)
        }
        await index.settle()
        expect(index.size).toBe(pairs.length)
        for (const hash of hashes.slice(0, 5)) {
          expect(index.search(hash, { radius: 40 })).toEqual(scanned(pairs, hash, 40))
        }
        index.close()
      }),
      { numRuns: 40 },
    )
  },
)

function addMany(index: LiveIndex, pairs: readonly Pair[]): void {
  const bytes = pairs.flatMap(pair => Array.from(pair.hash.match(/../g)!, byte => Number.parseInt(byte, 16)))
  index.addMany(
    BigUint64Array.from(pairs, pair => pair.id),
    Uint8Array.from(bytes),
  )
}

test('adding without a pause merges all the same, and segments grow by eight', async () => {
  const next = numbersFrom(8)
  const index = createIndex({ tailRows: 100 })
  const pairs = Array.from({ length: 6000 }, (_, i) => ({ id: BigInt(i), hash: randomHash(next) }))
  for (const pair of pairs) index.add(pair.id, pair.hash)
  expect(index.tiers.length).toBeLessThan(16)
  await index.settle()
  const sizes = index.tiers.slice(1).map(tier => tier.postings)
  expect(sizes.length).toBeLessThan(5)
  for (const pair of pairs.slice(0, 300)) {
    expect(index.search(pair.hash)).toEqual([{ id: pair.id, distance: 0 }])
    expect(index.remove(pair.id)).toBe(1)
    expect(index.search(pair.hash)).toEqual([])
  }
  expect(index.size).toBe(5700)
  index.close()
})

test('what is removed while a merge copies it is not in what the merge makes', async () => {
  const next = numbersFrom(21)
  const index = createIndex({ tailRows: 2000 })
  const pairs = Array.from({ length: 2001 }, (_, i) => ({ id: BigInt(i), hash: randomHash(next) }))
  for (const pair of pairs) index.add(pair.id, pair.hash)
  const merging = index.settle() // begun, and waits for its first turn
  for (let id = 0n; id < 100n; id++) {
    if (id % 10n === 0n) await new Promise(resolve => setTimeout(resolve, 0))
    expect(index.remove(id)).toBe(1)
  }
  index.add(3n, pairs[3]!.hash) // back again under the same id: this one stays
  await merging
  expect(index.size).toBe(2001 - 100 + 1)
  expect(index.search(pairs[2]!.hash)).toEqual([])
  expect(index.search(pairs[3]!.hash)).toEqual([{ id: 3n, distance: 0 }])
  index.close()
})
