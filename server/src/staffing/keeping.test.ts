import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { OfficerId } from '#platform/ids'
import { openTrial, staff, type Trial } from '#platform/trial'
import { addOfficer, post, setEstablishment, staffing } from './index.ts'
import { planGround, planOf } from './plan.ts'
import { breachesOf, mendingMoves, newBreaches, teamBreachesOf, type PlacedTeam } from './rules.ts'

const commander = staff('commander', null)
const despite = { reason: '교육 파견으로 한 달 비웁니다', mendBy: '2026-12-24T00:00:00+09:00' }

async function add(trial: Trial, agency: string, isWoman: boolean): Promise<OfficerId> {
  return trial.as(commander).do(tx => addOfficer(tx, { name: '김수사', isWoman, isLeader: false, agency }))
}

const move = (trial: Trial, officer: OfficerId, to: string, more: object = {}, who = commander) =>
  trial.as(who).do(tx => post(tx, officer, { agency: to, ...more }))

test('the last woman of a team is not posted away: the refusal says what is missing and what mends it', async () => {
  await using trial = await openTrial()
  const woman = await add(trial, 'busan', true)
  await add(trial, 'busan', false)
  for (const isWoman of [true, true, false]) await add(trial, 'seoul', isWoman)
  const refusal = await move(trial, woman, 'jeju').catch((error: unknown) => error)
  expect(refusal).toMatchObject({
    code: 'staffing.ruleBroken',
    sentence: {
      ko: expect.stringMatching(
        /^부산경찰청에 여성 수사관이 한 명도 없게 됩니다\. 여성 수사관 한 명을 서울경찰청에서 부산경찰청/,
      ),
      en: expect.stringContaining('Posting a woman officer from Seoul to Busan would mend it.'),
    },
    detail: { breaches: 1, moves: 1 },
  })
  const { rows } = await trial.as(commander).see(staffing)
  expect(rows.find(row => row.agency === 'jeju')?.officers, 'nothing of it was kept').toBe(0)
})

test('a commander’s reason lets it through as an open warning with a date, closed once the rule is kept', async () => {
  await using trial = await openTrial()
  const woman = await add(trial, 'busan', true)
  await add(trial, 'busan', false)
  await expect(move(trial, woman, 'jeju', { despite }, staff('administrator', null))).rejects.toMatchObject({
    code: 'staffing.notCommander',
  })
  for (const mendBy of ['2026-11-22T00:00:00+09:00', '2027-11-24T00:00:00+09:00'])
    await expect(move(trial, woman, 'jeju', { despite: { ...despite, mendBy } })).rejects.toMatchObject({
      code: 'staffing.wrongDate',
    })
  await move(trial, woman, 'jeju', { despite })
  const seen = (await trial.as(commander).see(staffing)).warnings
  expect(seen).toMatchObject([
    { breach: 'noWoman', agency: 'busan', reason: despite.reason, isOverdue: false },
  ])
  expect((await trial.as(staff('officer', 'busan')).see(staffing)).warnings, 'not for everybody').toEqual([])
  trial.clock.set('2026-12-25T00:00:00+09:00')
  expect((await trial.as(commander).see(staffing)).warnings).toMatchObject([{ isOverdue: true }])
  await add(trial, 'busan', true)
  expect((await trial.as(commander).see(staffing)).warnings).toEqual([])
  const { rows } = await trial.database.pool.query(
    `select kind, body from audit.entry where kind like 'rule.%' order by id`,
  )
  expect(rows.map(row => (row as { kind: string }).kind)).toEqual(['rule.waived', 'rule.mended'])
  expect(JSON.stringify(rows), 'the reason is free text and stays out of the log').not.toContain('파견')
})

test('a seventh officer, and one beyond the establishment, are refused; a rule broken before is in nobody’s way', async () => {
  await using trial = await openTrial()
  for (let each = 0; each < 6; each += 1) await add(trial, 'busan', false)
  await expect(add(trial, 'busan', true)).rejects.toMatchObject({
    code: 'staffing.ruleBroken',
    sentence: { en: expect.stringContaining('Busan would have more than six officers.') },
  })
  expect((await trial.as(commander).see(staffing)).total, 'nothing of the refused one was kept').toBe(6)
  await trial.as(commander).do(tx => setEstablishment(tx, { officers: 6 }))
  await expect(add(trial, 'jeju', true)).rejects.toMatchObject({
    sentence: { en: expect.stringContaining('more than its 6 officers') },
  })
  await expect(
    trial.as(commander).do(tx => setEstablishment(tx, { officers: 5 })),
    'the unit has six',
  ).rejects.toMatchObject({ code: 'staffing.ruleBroken' })
})

test('the plan beside today: who goes where, and a sentence a seat', async () => {
  await using trial = await openTrial()
  const agencies = (await trial.as(commander).see(staffing)).rows.map(row => row.agency)
  for (const agency of agencies) await add(trial, agency, true)
  await add(trial, 'seoul', false)
  const plan = await planOf(await trial.as(commander).see(planGround))
  expect(plan.shortfalls).toEqual([])
  expect(plan.objective).toEqual({ largestLoad: 0, sumOfLoads: 0, moves: 0 })
  expect(plan.today).toEqual({ largestLoad: 0, sumOfLoads: 0 })
  expect(plan.seats).toHaveLength(19)
  expect(plan.rows.find(row => row.agency === 'seoul')).toMatchObject({
    officersToday: 2,
    officersPlanned: 2,
  })
})

const country = fc.array(
  fc.record({ men: fc.integer({ min: 0, max: 4 }), women: fc.integer({ min: 0, max: 3 }) }),
  { minLength: 2, maxLength: 5 },
)

test('the moves that are named do mend the rule, and break none elsewhere', () => {
  fc.assert(
    fc.property(country, fc.nat(), (teams, at) => {
      const placed: PlacedTeam[] = teams.map(({ men, women }, index) => ({
        agency: `a${index}`,
        officers: men + women,
        women,
      }))
      const place = placed[at % placed.length]!
      const broken = teamBreachesOf(place).map(breach => ({ breach, agency: place.agency }))
      const moves = mendingMoves(placed, broken)
      if (moves === null) return
      const after = placed.map(team => ({ agency: team.agency, officers: team.officers, women: team.women }))
      for (const { isWoman, from, to } of moves) {
        for (const [code, change] of [
          [from, -1],
          [to, 1],
        ] as const) {
          const team = after.find(each => each.agency === code)!
          team.officers += change
          team.women += isWoman ? change : 0
          expect(team.women).toBeGreaterThanOrEqual(0)
          expect(team.officers).toBeGreaterThanOrEqual(team.women)
        }
      }
      const total = placed.reduce((sum, team) => sum + team.officers, 0)
      expect(teamBreachesOf(after.find(each => each.agency === place.agency)!)).toEqual([])
      expect(newBreaches(breachesOf(placed, total), breachesOf(after, total))).toEqual([])
    }),
    { numRuns: 300 },
  )
})
