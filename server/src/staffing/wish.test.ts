import { dayAfter } from '@jikimi/staffing'
import { expect, test } from 'vitest'
import { newId, type CaseId, type OfficerId } from '#platform/ids'
import { machine, openTrial, staff, type Trial } from '#platform/trial'
import { depart } from './departure.ts'
import { addOfficer, assign, assignTo, callAgain, post } from './index.ts'
import { addLeave, setStrengths } from './leave.ts'
import type { Strengths } from './roster-schema.ts'
import { dutiesBetween, keepRoster } from './roster.ts'
import { openWishes } from './wish.ts'

const commander = staff('commander', null)
const worker = machine('cases')

const add = (trial: Trial, agency: string, isWoman: boolean): Promise<OfficerId> =>
  trial.as(commander).do(tx => addOfficer(tx, { name: `${agency} 수사관`, isWoman, isLeader: false, agency }))

const give = (trial: Trial, wish: { case: CaseId; agency: string; wantsWoman: boolean }) =>
  trial.as(worker).do(tx => assign(tx, wish))

/** A case that is there for the database: a wish is seen by those who know that its case exists. */
async function standing(trial: Trial, agency: string): Promise<CaseId> {
  const id = newId<'CaseId'>(trial.clock.now())
  // Without a report, whose room is not entered from here.
  await trial.database.pool.query(`
    alter table cases.file drop constraint file_report_id_fkey;
    insert into cases.file (id, agency, report_id, number, state, concern, is_minor, is_urgent, wants_woman, opened_at)
    values ('${id}', '${agency}', '${id}', '2026-${agency}-1', 'open', 'leak', false, false, true, now())`)
  return id
}

test('where the team has no woman, the woman on call who reaches the region is called and the leader told', async () => {
  await using trial = await openTrial()
  const man = await add(trial, 'jeju', false)
  const near = await add(trial, 'gwangju', true)
  const far = await add(trial, 'seoul', true)
  const days = [0, 1, 2].map(at => dayAfter('2026-11-24', at))
  // Kept as it is: what is tested is who is called, not the solver. No region is asked for by a unit of two women.
  await trial.database.pool.query(
    `insert into staffing.roster values ('01890000-0000-7000-8000-000000000001', '2026-11-24', 3, 2, 1, $1, now())`,
    [commander.account],
  )
  for (const day of days)
    for (const officer of [near, far])
      await trial.database.pool.query(
        `insert into staffing.duty values (gen_random_uuid(), '01890000-0000-7000-8000-000000000001', $1, $2)`,
        [day, officer],
      )
  trial.clock.set('2026-11-24T10:00:00+09:00')
  const wish = { case: await standing(trial, 'jeju'), agency: 'jeju', wantsWoman: true }
  expect(await give(trial, wish)).toBeNull()
  expect(await give(trial, wish), 'a job may run twice').toBeNull()
  const leader = trial.as(staff('leader', 'jeju'))
  expect(await leader.see(openWishes)).toMatchObject([
    { case: wish.case, onCall: 'gwangju 수사관', isForMe: false },
  ])
  const called = trial.as({ ...staff('officer', 'gwangju'), officer: near })
  expect(await called.see(openWishes)).toMatchObject([{ isForMe: true }])
  for (const who of [staff('leader', 'busan'), { ...staff('officer', 'seoul'), officer: far }, commander])
    expect(await trial.as(who).see(openWishes), 'nobody else').toEqual([])
  await trial.as(worker).do(tx => assignTo(tx, { ...wish, officer: man }))
  expect(await leader.see(openWishes), 'a man does not meet it').toHaveLength(1)
  await add(trial, 'jeju', true)
  expect(await give(trial, wish)).toMatchObject({ isWoman: true })
  expect(await leader.see(openWishes)).toEqual([])
  const { rows } = await trial.database.pool.query(
    `select kind from audit.entry where kind like 'wish.%' order by id`,
  )
  expect(rows.map(row => (row as { kind: string }).kind)).toEqual(['wish.open', 'wish.met'])
})

test('who was called and leaves, moves out of reach or goes on leave is followed by another at once; the leader sees it', async () => {
  await using trial = await openTrial()
  await add(trial, 'jeju', false)
  await add(trial, 'gwangju', true)
  const women = [
    await add(trial, 'gwangju', true),
    await add(trial, 'gwangju', true),
    await add(trial, 'gwangju', true),
  ]
  await add(trial, 'seoul', true)
  await trial.database.pool.query(
    `insert into staffing.roster values ('01890000-0000-7000-8000-000000000001', '2026-11-24', 3, 3, 1, $1, now())`,
    [commander.account],
  )
  for (const officer of women)
    await trial.database.pool.query(
      `insert into staffing.duty values (gen_random_uuid(), '01890000-0000-7000-8000-000000000001', '2026-11-24', $1)`,
      [officer],
    )
  trial.clock.set('2026-11-24T10:00:00+09:00')
  const wish = { case: await standing(trial, 'jeju'), agency: 'jeju', wantsWoman: true }
  await give(trial, wish)
  const called = async () => {
    const { rows } = await trial.database.pool.query<{ officer: OfficerId | null }>(
      'select officer from staffing.wish where met_at is null and released_at is null',
    )
    expect(rows, 'the wish is never dropped').toHaveLength(1)
    return rows[0]!.officer
  }
  const again = () => trial.as(worker).do(callAgain)
  const first = (await called())!
  expect(women).toContain(first)
  expect(await again(), 'while she is there nothing changes').toEqual([])

  await trial.as(commander).do(tx => depart(tx, first, {}))
  expect(await again()).toEqual([wish.case])
  const second = (await called())!
  expect(women.filter(each => each !== first)).toContain(second)
  expect(await again(), 'a job may run twice').toEqual([])

  await trial.as(commander).do(tx => post(tx, second, { agency: 'seoul' }))
  expect(await again()).toEqual([wish.case])
  const third = (await called())!
  expect(women.filter(each => each !== first && each !== second)).toEqual([third])

  trial.clock.set('2026-11-25T10:00:00+09:00')
  const leave = { from: '2026-11-26', until: '2026-11-28' }
  await trial.as(staff('leader', 'gwangju')).do(tx => addLeave(tx, third, leave))
  expect(await again(), 'her leave begins tomorrow').toEqual([])
  trial.clock.set('2026-11-26T10:00:00+09:00')
  expect(await again()).toEqual([wish.case])
  const leader = trial.as(staff('leader', 'jeju'))
  expect(await leader.see(openWishes)).toMatchObject([{ case: wish.case, onCall: null }])
})

test('where nobody is on call the wish still stands, and the leader sees that nobody was called', async () => {
  await using trial = await openTrial()
  await add(trial, 'busan', false)
  const wish = { case: await standing(trial, 'busan'), agency: 'busan', wantsWoman: true }
  expect(await give(trial, wish)).toBeNull()
  expect(await trial.as(staff('leader', 'busan')).see(openWishes)).toMatchObject([{ onCall: null }])
  const today = { from: '2026-11-23', until: '2026-11-23' }
  expect(await trial.as(commander).see(tx => dutiesBetween(tx, today))).toEqual([])
  const form = { firstDay: '2026-11-24', days: 1, peopleOnShift: 1, restDays: 1 }
  await expect(
    trial.as(commander).do(tx => keepRoster(tx, form, [])),
    'a roster that lacks people is not kept',
  ).rejects.toMatchObject({ code: 'staffing.groundMoved' })
})

test('a case of a minor goes to who is trained for it, though somebody else has less to do', async () => {
  await using trial = await openTrial()
  const trained = await add(trial, 'busan', true)
  await add(trial, 'busan', false)
  const strengths = { languages: [], skills: ['minors' as const] }
  await trial.as(commander).do(tx => setStrengths(tx, trained, strengths))
  for (let each = 0; each < 2; each += 1) {
    const id = newId<'CaseId'>(trial.clock.now())
    const given = await trial
      .as(worker)
      .do(tx => assign(tx, { case: id, agency: 'busan', wantsWoman: false, skills: ['minors'] }))
    expect(given?.officer).toBe(trained)
  }
})

test('a report in another language goes to who speaks it, before load and before training', async () => {
  await using trial = await openTrial()
  const trained = await add(trial, 'busan', true)
  const speaks = await add(trial, 'busan', false)
  const strengthsOf = (officer: OfficerId, strengths: Strengths) =>
    trial.as(commander).do(tx => setStrengths(tx, officer, strengths))
  await strengthsOf(trained, { languages: [], skills: ['minors'] })
  await strengthsOf(speaks, { languages: ['en'], skills: [] })
  const given = async (more: object) => {
    const id = newId<'CaseId'>(trial.clock.now())
    const wish = { case: id, agency: 'busan', wantsWoman: false, skills: ['minors' as const] }
    return (await trial.as(worker).do(tx => assign(tx, { ...wish, ...more })))?.officer
  }
  expect(await given({ language: 'en' })).toBe(speaks)
  expect(await given({ language: 'en' }), 'though they have more to do').toBe(speaks)
  expect(await given({ language: 'en', wantsWoman: true }), 'a wish for a woman comes first').toBe(trained)
  expect(await given({ language: 'vi' }), 'spoken by nobody').toBe(trained)
})
