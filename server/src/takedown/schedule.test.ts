import { expect, test } from 'vitest'
import { dayMs, hourMs } from '#platform/time'
import { actAfter, nextLook, nextWatch } from './schedule.ts'

const from = new Date('2026-11-23T00:00:00Z')
const at = (ms: number) => new Date(from.getTime() + ms)

test('after a notice it is looked at in 1, 6, 24, 48, 72 hours, daily to day 14, weekly to 90, monthly to a year', () => {
  const looks: number[] = []
  for (let now: Date | null = from; now !== null && looks.length < 100;) {
    now = nextLook(from, now)
    if (now !== null) looks.push((now.getTime() - from.getTime()) / hourMs)
  }
  expect(looks.slice(0, 5)).toEqual([1, 6, 24, 48, 72])
  expect(looks.slice(5, 16).map(hours => hours / 24)).toEqual([4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14])
  expect(looks.slice(16, 20).map(hours => hours / 24)).toEqual([21, 28, 35, 42])
  expect(looks.some(hours => hours === 360 * 24)).toBe(true)
  expect(looks.at(-1)! / 24).toBeLessThanOrEqual(1095)
})

test('a verified removal is watched from the next day on, for three years', () => {
  expect(nextWatch(from, at(hourMs))).toEqual(at(dayMs))
  expect(nextWatch(from, at(1100 * dayMs))).toBeNull()
})

test('a notice is sent again after a day; then the rung has its time, and the regulator seven days at once', () => {
  const ends = (hours: number) => at(hours * hourMs)
  expect(actAfter(1, 0, from, ends(48))).toEqual(at(dayMs))
  expect(actAfter(1, 1, at(dayMs), ends(24))).toEqual(at(2 * dayMs))
  expect(actAfter(1, 1, at(dayMs), ends(72))).toEqual(at(3 * dayMs))
  expect(actAfter(3, 0, from, ends(168))).toEqual(at(7 * dayMs))
})
