import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { agencies } from './agencies.ts'
import { dayAfter, daysBetween, isWeekend } from './days.ts'
import { reachOf, regions } from './regions.ts'
import { rosterFaults } from './roster-faults.ts'
import { rosterWith, type Duty, type OnCall, type RosterInput } from './roster.ts'
import { openSolver } from './solver.ts'

const solver = openSolver()
afterAll(() => solver[Symbol.asyncDispose]())

const firstDay = '2026-11-30'

/** Fifty people at their agencies, 22 of them women, one in twelve days off. */
function unit(seed: readonly number[]): OnCall[] {
  return Array.from({ length: 50 }, (_, at) => ({
    id: `o${String(at).padStart(2, '0')}`,
    isWoman: at < 22,
    reaches: reachOf(agencies[at % 18]!.code),
    off: Array.from({ length: 28 }, (_, day) => dayAfter(firstDay, day)).filter(
      (_, day) => seed[(at * 28 + day) % seed.length]! % 12 === 0,
    ),
    lastDuty: at % 9 === 0 ? dayAfter(firstDay, -1 - (at % 3)) : undefined,
  }))
}

const rosterOf = (people: readonly OnCall[], change: Partial<RosterInput> = {}): RosterInput => ({
  firstDay,
  days: 28,
  peopleOnShift: 6,
  restDays: 3,
  regions,
  people,
  ...change,
})

async function dutiesOf(input: RosterInput): Promise<readonly Duty[]> {
  const rostered = await rosterWith(solver, input)
  if ('gaps' in rostered) throw new Error(rostered.gaps[0]?.en)
  return rostered.duties
}

test('four weeks of fifty people: covered, rested, a woman for each region, fair in duties and weekends', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(10_000), { minLength: 97, maxLength: 97 }), async seed => {
      const input = rosterOf(unit(seed))
      const duties = await dutiesOf(input)
      expect(rosterFaults(input, duties)).toEqual([])
      const counts = input.people.map(person => duties.filter(each => each.person === person.id).length)
      // 168 duties for fifty people; women are asked more often where few of them reach a region.
      expect(Math.max(...counts)).toBeLessThanOrEqual(6)
      const weekends = input.people.map(
        person => duties.filter(each => each.person === person.id && isWeekend(each.day)).length,
      )
      expect(Math.max(...weekends)).toBeLessThanOrEqual(2)
    }),
    { numRuns: 1 },
  )
})

test('the least sum of squares is found where every roster can be tried', async () => {
  const people = ['a', 'b', 'c', 'd'].map((id, at) => ({
    id,
    isWoman: true,
    reaches: ['capital'],
    off: at === 0 ? ['2026-12-01'] : [],
  }))
  const input = rosterOf(people, { days: 6, peopleOnShift: 1, restDays: 1, regions: [regions[0]] })
  const costOf = (duties: readonly Duty[]) =>
    people.reduce((sum, { id }) => {
      const own = duties.filter(each => each.person === id)
      return sum + own.length ** 2 + 2 * own.filter(each => isWeekend(each.day)).length ** 2
    }, 0)
  let best = Infinity
  for (let code = 0; code < 4 ** 6; code += 1) {
    const duties = Array.from({ length: 6 }, (_, day) => ({
      day: dayAfter(firstDay, day),
      person: people[Math.floor(code / 4 ** day) % 4]!.id,
    }))
    if (rosterFaults(input, duties).length === 0) best = Math.min(best, costOf(duties))
  }
  expect(costOf(await dutiesOf(input))).toBe(best)
})

test('the order of people changes nothing', async () => {
  const people = unit([1, 5, 12, 7, 3]).slice(0, 30)
  const input = rosterOf(people, { days: 7, peopleOnShift: 4, regions: [] })
  expect(await dutiesOf({ ...input, people: people.toReversed() })).toEqual(await dutiesOf(input))
})

test('a day on which nobody reaches Gangwon is named, and so is a unit that is too small for its rest', async () => {
  const people = unit([1]).map(person =>
    person.isWoman && person.reaches.includes('gangwon') ? { ...person, off: ['2026-12-03'] } : person,
  )
  expect(await rosterWith(solver, rosterOf(people))).toMatchObject({
    gaps: expect.arrayContaining([
      expect.objectContaining({
        day: '2026-12-03',
        region: 'gangwon',
        ko: '2026-12-03: 강원에 갈 수 있는 여성 수사관이 없습니다.',
        en: '2026-12-03: no woman officer who is free can reach Gangwon.',
      }),
    ]),
  })
  const few = rosterOf(
    unit([1])
      .slice(0, 6)
      .map(person => ({ ...person, lastDuty: undefined })),
    { regions: [] },
  )
  expect(await rosterWith(solver, few)).toMatchObject({ gaps: [{ day: null, needed: 168, available: 6 }] })
  expect(daysBetween('2026-12-03', '2026-11-30')).toBe(-3)
})
