import { expect, test } from 'vitest'
import {
  clocks,
  deadlineFor,
  ladder,
  lastRung,
  offenceFor,
  regimeFor,
  regimeNames,
  regimes,
  remindersOn,
  statutes,
} from './index.ts'

const sent = new Date('2026-11-23T00:00:00Z')
const hoursTo = (due: Date) => (due.getTime() - sent.getTime()) / 3_600_000

test.each([
  ['KR', 'krTelecom', 24, false],
  ['US', 'usTakeItDown', 48, true],
  ['GB', 'ukOsa', 48, false],
  ['DE', 'euDsa', 24, false],
  ['BR', 'generic', 48, false],
  [null, 'generic', 48, false],
] as const)('a provider in %s is asked under %s and has %d hours', (country, regime, hours, isStatutory) => {
  expect(regimeFor(country)).toBe(regime)
  const { dueAt, clock } = deadlineFor(regime, 1, sent)
  expect(hoursTo(dueAt)).toBe(hours)
  expect(clock.isStatutory && clock.isConfirmed).toBe(isStatutory)
})

test('the request of an agency’s head gives the regulator seven days', () => {
  const { dueAt, clock } = deadlineFor('krSvpa', 3, sent)
  expect(hoursTo(dueAt)).toBe(168)
  expect(clock).toMatchObject({ statute: 'krNa44x7', article: '44-7(4)', isStatutory: true })
})

test('before its statute is in force a clock is the product’s own', () => {
  const { clock } = deadlineFor('usTakeItDown', 1, new Date('2026-05-18T12:00:00Z'))
  expect(clock).toMatchObject({ isStatutory: false, hours: 48 })
})

test('every regime has a wait on every rung that is taken', () => {
  for (const regime of regimeNames)
    for (const { rung, isTaken } of ladder) {
      if (!isTaken) continue
      expect(
        clocks.some(each => each.regime === regime && each.rung === rung),
        `${regime} ${rung}`,
      ).toBe(true)
    }
  expect(lastRung).toBe(3)
  expect(ladder.map(each => each.rung)).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
  expect(ladder.map(each => remindersOn(each.rung))).toEqual([0, 1, 1, 0, 0, 0, 0, 0])
})

test('a clock that calls itself statutory names its statute and source', () => {
  for (const clock of clocks) {
    if (!clock.isStatutory) continue
    expect(clock.statute).not.toBeNull()
    expect(statutes[clock.statute!].source).not.toBe('')
  }
  expect(clocks.find(each => each.regime === 'ukOsa' && each.rung === 1)).toMatchObject({
    isConfirmed: false,
  })
  expect(regimes.krTelecom.isFormConfirmed).toBe(false)
})

test('a child’s material is named as such, whatever else was reported', () => {
  expect(offenceFor({ isMinor: true, concern: 'deepfake' })).toEqual({
    itemType: 'child',
    statute: 'krCpa11',
  })
  expect(offenceFor({ isMinor: false, concern: 'deepfake' })).toEqual({
    itemType: 'falsified',
    statute: 'krSvpa14x2',
  })
  expect(offenceFor({ isMinor: false, concern: 'leak' })).toEqual({ itemType: 'filmed', statute: 'krSvpa14' })
})
