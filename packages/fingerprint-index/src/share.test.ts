import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { Fingerprint } from '@jikimi/fingerprint'
import { expect, test } from 'vitest'
import { bytesOf, numbersFrom, randomHash, somePlaces, withFlips } from './given.ts'
import { attach, createIndex, share, StaleShare, type Hit } from './index.ts'

test('another thread searches the same memory and sees what is added and removed meanwhile', async () => {
  const next = numbersFrom(31)
  const hashes = Array.from({ length: 20_000 }, () => randomHash(next))
  const index = createIndex({ isShared: true })
  index.addMany(BigUint64Array.from(hashes.keys(), BigInt), bytesOf(hashes))
  const worker = new Worker(new URL('given-searcher.ts', import.meta.url), { workerData: share(index, 1) })
  try {
    const ask = async (queries: readonly Fingerprint[], radius: number): Promise<Hit[][]> => {
      worker.postMessage({ queries, radius })
      return (await once(worker, 'message'))[0] as Hit[][]
    }
    const queries = hashes.slice(0, 500).map(hash => withFlips(hash, somePlaces(next, next() % 50)))
    expect(await ask(queries, 40)).toEqual(index.searchMany(queries, { radius: 40 }))
    const late = randomHash(next)
    index.add(99_999n, late)
    expect(await ask([late], 0)).toEqual([[{ id: 99_999n, distance: 0 }]])
    index.remove(7n)
    index.remove(99_999n)
    expect(await ask([hashes[7]!, late], 0)).toEqual([[], []])
  } finally {
    await worker.terminate()
    index.close()
  }
})

test('after a merge what was shared before is refused: it would not see what is removed from then on', async () => {
  const index = createIndex({ isShared: true, tailRows: 10 })
  const hash = randomHash(numbersFrom(3))
  for (let id = 0n; id < 10n; id++) index.add(id, hash)
  const attached = attach(share(index, 2))
  expect(attached.search(hash)).toHaveLength(10)
  index.add(10n, hash)
  expect(() => attached.search(hash)).toThrow(StaleShare)
  await index.settle()
  expect(attach(share(index, 2)).search(hash)).toHaveLength(11)
  expect(() => share(index, 0)).toThrow(RangeError)
  expect(() => share(index, 8)).toThrow(RangeError)
  expect(() => share(createIndex({}), 1)).toThrow(TypeError)
  index.close()
})
