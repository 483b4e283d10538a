import { expect, test } from 'vitest'
import { newId } from './ids.ts'
import { momentOf } from './time.ts'

test('ids are in the order in which they were made, also within one millisecond', () => {
  const noon = momentOf('2026-11-23T12:00:00Z')
  const made = Array.from({ length: 10_000 }, () => newId<'CaseId'>(noon))
  expect(made.toSorted()).toEqual(made)
  expect(new Set(made).size).toBe(made.length)
  const next = newId<'CaseId'>(momentOf('2026-11-23T12:00:00.001Z'))
  expect(next > made.at(-1)!).toBe(true)
})
