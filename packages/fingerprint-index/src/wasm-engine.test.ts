import { expect, test } from 'vitest'
import { numbersFrom, scattered } from './given.ts'
import { segmentLayout, segmentRowsMax, threadsMax } from './layout.ts'
import { scan } from './segment.ts'
import { finish } from './tier.ts'
import { wasmEngine } from './wasm-engine.ts'

const byId = (hits: readonly [bigint, number][]) => hits.toSorted((a, b) => Number(a[0] - b[0]))

test.each([3, 4] as const)(
  'a segment beyond the caches, with row numbers of %i bytes, is searched as by a linear scan',
  slotWidth => {
    const next = numbersFrom(slotWidth)
    const size = 540_000
    const staged = wasmEngine(false, slotWidth).stage(size, 'bands')
    for (let i = 0; i < staged.rows.length; i++) staged.rows[i] = next()
    for (let row = 0; row < size; row++) staged.ids[row] = BigInt(row)
    const kept = staged.rows.slice() // building uses the place
    const segment = finish(staged.build(size))
    for (let round = 0; round < 200; round++) {
      const at = next() % size
      const row = kept.slice(at * 8, at * 8 + 8)
      const query = new Uint16Array(row.buffer)
      const radius = next() % 45
      for (const bit of scattered(next, radius, 256)) query[bit >> 4]! ^= 1 << (bit & 15)
      const found: [bigint, number][] = []
      segment.search(query, radius, Infinity, (id, distance) => found.push([id, distance]))
      expect(found).toContainEqual([BigInt(at), radius])
      if (round % 20 > 0) continue
      const expected: [bigint, number][] = []
      scan(kept, size, query, radius, (id, distance) => expected.push([BigInt(id), distance]))
      expect(byId(found)).toEqual(byId(expected))
    }
  },
)

test('a segment of the most rows fits one memory, for all threads', () => {
  expect(segmentLayout(segmentRowsMax, threadsMax).bytes).toBeLessThan(2 ** 32)
})
