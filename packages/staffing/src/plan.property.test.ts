import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { agencies, planStaffing, shortfallsOf, teamMax, type Plan, type PlanInput } from './index.ts'
import { planWith } from './plan.ts'
import { loadOf, sixtieths, spread, sum } from './seats.ts'
import { openSolver } from './solver.ts'

const solver = openSolver()
afterAll(() => solver[Symbol.asyncDispose]())

async function planOf(input: PlanInput): Promise<Plan> {
  const planned = await planWith(solver, input)
  if ('shortfalls' in planned) throw new Error(planned.shortfalls[0]?.en)
  return planned.plan
}

/** A country that a plan exists for: enough officers, enough women, not too many officers. */
const country = (size: { agenciesMax: number; officersMax: number }) =>
  fc
    .record({
      cases: fc.array(fc.oneof(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 900 })), {
        minLength: 1,
        maxLength: size.agenciesMax,
      }),
      more: fc.integer({ min: 0, max: 60 }),
      seed: fc.array(fc.nat(10_000), { minLength: 80, maxLength: 80 }),
    })
    .map(({ cases, more, seed }): PlanInput => {
      const most = Math.min(size.officersMax, cases.length * teamMax)
      const total = cases.length + (most <= cases.length ? 0 : more % (most - cases.length + 1))
      const codes = cases.map((_, at) => `a${at}`)
      return {
        caseload: codes.map((agency, at) => ({ agency, cases: cases[at]! })),
        officers: Array.from({ length: total }, (_, at) => ({
          id: `o${String(at).padStart(2, '0')}`,
          gender: at < cases.length || seed[at]! % 3 === 0 ? ('woman' as const) : ('man' as const),
          // Some come new, some from a place that is none of the agencies.
          agency: [null, 'head', ...codes, ...codes][seed[79 - at]! % (2 + 2 * codes.length)]!,
        })),
      }
    })

function teams(input: PlanInput, plan: Plan) {
  const women = new Set(input.officers.filter(each => each.gender === 'woman').map(each => each.id))
  return input.caseload.map(({ agency, cases }) => {
    const team = plan.postings.filter(each => each.agency === agency)
    return { cases, officers: team.length, women: team.filter(each => women.has(each.officer)).length }
  })
}

test('the rule is kept in every country, and the loads are those of the counting oracle', async () => {
  await fc.assert(
    fc.asyncProperty(country({ agenciesMax: 7, officersMax: 24 }), async input => {
      const plan = await planOf(input)
      expect(plan.postings.map(each => each.officer)).toEqual(input.officers.map(each => each.id))
      for (const team of teams(input, plan)) {
        expect(team.officers).toBeLessThanOrEqual(teamMax)
        expect(team.women).toBeGreaterThanOrEqual(1)
      }
      const seats = spread(input.caseload, input.officers.length)
      const loads = input.caseload.map(({ cases }, at) => loadOf(cases, seats[at]!))
      expect(plan.objective.largestLoad).toBe(Math.max(...loads) / sixtieths)
      expect(plan.objective.sumOfLoads).toBe(sum(loads) / sixtieths)
      const moved = plan.postings.filter(({ agency }, at) => {
        const home = input.officers[at]!.agency
        return home !== null && home !== agency
      })
      expect(plan.objective.moves).toBe(moved.length)
      expect(plan.explanations).toHaveLength(plan.postings.length)
    }),
    { numRuns: 12 },
  )
})

test('no plan is better in a tiny country, where all of them can be tried', async () => {
  await fc.assert(
    fc.asyncProperty(country({ agenciesMax: 3, officersMax: 7 }), async input => {
      const { objective } = await planOf(input)
      expect([objective.largestLoad, objective.sumOfLoads, objective.moves]).toEqual(bestByTrying(input))
    }),
    { numRuns: 12 },
  )
})

/** Every way to post everybody: at most 3 to the power of 7. */
function bestByTrying({ officers, caseload }: PlanInput): number[] {
  let best: number[] | undefined
  for (let code = 0; code < caseload.length ** officers.length; code += 1) {
    const places = officers.map((_, at) => Math.floor(code / caseload.length ** at) % caseload.length)
    const sizes = caseload.map((_, place) => places.filter(each => each === place).length)
    const isKept = caseload.every(
      (_, place) =>
        sizes[place]! <= teamMax &&
        officers.some((each, at) => places[at] === place && each.gender === 'woman'),
    )
    if (!isKept) continue
    const loads = caseload.map(({ cases }, at) => loadOf(cases, sizes[at]!))
    const moves = officers.filter(
      (each, at) => each.agency !== null && each.agency !== caseload[places[at]!]!.agency,
    ).length
    const found = [Math.max(...loads) / sixtieths, sum(loads) / sixtieths, moves]
    if (best === undefined || isLess(found, best)) best = found
  }
  return best!
}

function isLess(one: readonly number[], other: readonly number[]): boolean {
  const at = one.findIndex((each, index) => each !== other[index])
  return at >= 0 && one[at]! < other[at]!
}

test('the same people and cases in another order give the same plan', async () => {
  await fc.assert(
    fc.asyncProperty(
      country({ agenciesMax: 6, officersMax: 18 }),
      fc.infiniteStream(fc.nat(1_000)),
      async (input, stream) => {
        const shuffled = <T>(rows: readonly T[]): T[] =>
          rows
            .map(row => ({ row, key: stream.next().value as number }))
            .toSorted((one, other) => one.key - other.key)
            .map(({ row }) => row)
        const other = { officers: shuffled(input.officers), caseload: shuffled(input.caseload) }
        expect(await planOf(other)).toEqual(await planOf(input))
      },
    ),
    { numRuns: 8 },
  )
})

test('a country that lacks women or officers, or has too many, is told which and how many', async () => {
  const caseload = agencies.slice(0, 17).map(({ code }) => ({ agency: code, cases: 10 }))
  const unit = (women: number, men: number) =>
    Array.from({ length: women + men }, (_, at) => ({
      id: `o${at}`,
      gender: at < women ? ('woman' as const) : ('man' as const),
      agency: null,
    }))
  expect(await planStaffing({ caseload, officers: unit(16, 34) })).toMatchObject({
    shortfalls: [
      {
        code: 'tooFewWomen',
        needed: 17,
        available: 16,
        en: '17 women officers are needed, there are 16.',
        ko: '여성 수사관 17명이 필요하지만 16명뿐입니다.',
      },
    ],
  })
  const codes = (counts: Parameters<typeof shortfallsOf>[0]) => shortfallsOf(counts).map(each => each.code)
  expect(codes({ officers: 16, women: 16, agencies: 17 })).toEqual(['tooFewOfficers', 'tooFewWomen'])
  expect(codes({ officers: 103, women: 50, agencies: 17 })).toEqual(['tooManyOfficers'])
  expect(codes({ officers: 50, women: 50, agencies: 0 })).toEqual(['noAgency'])
})

test('fifty officers over eighteen agencies: every seat says why it is there, and who stays is not moved', async () => {
  const caseload = agencies.map(({ code }, at) => ({ agency: code, cases: code === 'seoul' ? 600 : 30 + at }))
  const officers = Array.from({ length: 50 }, (_, at) => ({
    id: `o${String(at).padStart(2, '0')}`,
    gender: at < 22 ? ('woman' as const) : ('man' as const),
    agency: agencies[at % 18]!.code,
  }))
  const plan = await planOf({ caseload, officers })
  const seoul = plan.explanations.filter(each => each.agency === 'seoul')
  expect(seoul.map(each => each.seat)).toEqual(['woman', 'peak', 'peak', 'peak', 'peak', 'peak'])
  expect(seoul[5]).toMatchObject({
    en: expect.stringContaining('without it each officer here would carry 120 cases'),
    ko: expect.stringContaining('서울경찰청 6번째 자리'),
  })
  expect(plan.objective.largestLoad).toBe(100)
  const stays = plan.explanations.filter(each => each.en.endsWith('The officer stays.'))
  expect(stays).toHaveLength(50 - plan.objective.moves)
})
