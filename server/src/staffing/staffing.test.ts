import { sql } from 'kysely'
import { agencies as shipped } from '@jikimi/staffing'
import { expect, test } from 'vitest'
import { newId, type CaseId, type OfficerId } from '#platform/ids'
import { machine, openTrial, reporter, staff, type Trial } from '#platform/trial'
import {
  addAgency,
  addOfficer,
  agencies,
  assign,
  assignTo,
  isWoman,
  leastLoadedAgency,
  officerNames,
  officerOf,
  officers,
  post,
  release,
  staffing,
  teamBreachesOf,
  unitBreachesOf,
} from './index.ts'
import type { NewOfficer } from './schema.ts'
import * as store from './store.ts'

const worker = machine('cases')
const commander = staff('commander', null)
let made = 0
/** Ids in the order of their making, also where the clock stands still. */
const newCase = (): CaseId => newId<'CaseId'>(new Date(Date.UTC(2026, 0, 1) + (made += 1)))

async function add(trial: Trial, form: Partial<NewOfficer> = {}): Promise<OfficerId> {
  trial.clock.advance(1000)
  return trial
    .as(commander)
    .do(tx => addOfficer(tx, { name: '김수사', isWoman: false, isLeader: false, agency: 'busan', ...form }))
}

async function give(trial: Trial, wish: { case?: CaseId; agency?: string; wantsWoman?: boolean } = {}) {
  trial.clock.advance(1000)
  return trial
    .as(worker)
    .do(tx => assign(tx, { case: newCase(), agency: 'busan', wantsWoman: false, ...wish }))
}

test('the eighteen agencies that are shipped are those of the package, and others are added', async () => {
  await using trial = await openTrial()
  const shown = await trial.as(commander).see(agencies)
  expect(shown).toEqual([...shipped])
  const form = { code: 'dokdo', ko: '독도경찰청', en: 'Dokdo' }
  const administrator = trial.as(staff('administrator', null))
  await administrator.do(tx => addAgency(tx, form))
  await expect(administrator.do(tx => addAgency(tx, form))).rejects.toMatchObject({
    code: 'staffing.agencyExists',
  })
  expect((await trial.as(commander).see(agencies)).at(-1)).toEqual(form)
  await add(trial, { agency: 'dokdo' })
  const { rows } = await trial.as(commander).see(staffing)
  expect(rows.at(-1)).toMatchObject({ agency: 'dokdo', officers: 1, breaches: ['noWoman'] })
  await expect(add(trial, { agency: 'nowhere' })).rejects.toMatchObject({ code: 'staffing.noAgency' })
})

test('a team has one to six officers and a woman; the unit has fifty', () => {
  expect(teamBreachesOf({ officers: 1, women: 1 })).toEqual([])
  expect(teamBreachesOf({ officers: 6, women: 1 })).toEqual([])
  expect(teamBreachesOf({ officers: 0, women: 0 })).toEqual(['noOfficer', 'noWoman'])
  expect(teamBreachesOf({ officers: 7, women: 1 })).toEqual(['tooManyOfficers'])
  expect(teamBreachesOf({ officers: 3, women: 0 })).toEqual(['noWoman'])
  const of = (...officers: number[]) => officers.map(count => ({ officers: count, women: 1 }))
  expect(unitBreachesOf(of(50), 50)).toEqual([])
  expect(unitBreachesOf(of(49), 50)).toEqual(['tooFewInAll'])
  expect(unitBreachesOf(of(45, 6), 50)).toEqual(['tooManyInAll'])
  expect(unitBreachesOf(of(45, 6), 51)).toEqual([])
})

test('a case goes to the officer with the fewest open ones, then to whoever waited longest', async () => {
  await using trial = await openTrial()
  const [one, two] = [await add(trial), await add(trial)]
  const [a, b, c] = [newCase(), newCase(), newCase()]
  expect((await give(trial, { case: a }))?.officer).toBe(one)
  expect((await give(trial, { case: b }))?.officer).toBe(two)
  expect((await give(trial, { case: c }))?.officer, 'equally busy: the one given one longest ago').toBe(one)
  expect((await give(trial))?.officer).toBe(two)
  await trial.as(worker).do(tx => release(tx, c))
  await trial.as(worker).do(tx => release(tx, c))
  expect((await give(trial))?.officer).toBe(one)
})

test('who asks for a woman gets one, though a man has less to do', async () => {
  await using trial = await openTrial()
  await add(trial)
  const woman = await add(trial, { isWoman: true })
  for (let each = 0; each < 3; each += 1) await give(trial, { wantsWoman: true })
  expect(await give(trial, { wantsWoman: true })).toEqual({ officer: woman, isWoman: true })
  expect(await trial.as(worker).see(tx => isWoman(tx, woman))).toBe(true)
})

test('where the team has no woman nobody is given, and the breach is told', async () => {
  await using trial = await openTrial()
  await add(trial)
  const asked = newCase()
  expect(await give(trial, { case: asked, wantsWoman: true })).toBeNull()
  expect(await trial.as(worker).see(tx => officerOf(tx, asked))).toBeNull()
  const { rows } = await trial.as(commander).see(staffing)
  expect(rows.find(row => row.agency === 'busan')).toMatchObject({
    officers: 1,
    women: 0,
    breaches: ['noWoman'],
  })
  expect(await give(trial, { agency: 'jeju' }), 'nor where there is no team').toBeNull()
})

test('a case that was given keeps its officer when it is given again', async () => {
  await using trial = await openTrial()
  const [first] = [await add(trial), await add(trial)]
  const twice = newCase()
  await give(trial, { case: twice })
  expect((await give(trial, { case: twice }))?.officer).toBe(first)
  const woman = await add(trial, { isWoman: true })
  expect(
    (await give(trial, { case: twice, wantsWoman: true }))?.officer,
    'unless a woman is asked for now',
  ).toBe(woman)
  const { rows } = await trial.database.pool.query(
    'select until_at is null as open from staffing.assignment order by from_at',
  )
  expect(rows, 'the history stays').toEqual([{ open: false }, { open: true }])
})

test('a case is given to another of the agency, and to nobody else', async () => {
  await using trial = await openTrial()
  const [one, two, far] = [await add(trial), await add(trial), await add(trial, { agency: 'jeju' })]
  const moved = newCase()
  expect((await give(trial, { case: moved }))?.officer).toBe(one)
  const leader = trial.as(worker)
  const to = (officer: OfficerId) =>
    leader.do(tx => assignTo(tx, { case: moved, agency: 'busan', officer, wantsWoman: false }))
  await to(two)
  expect(await leader.see(tx => officerOf(tx, moved))).toEqual({
    officer: two,
    name: '김수사',
    isWoman: false,
  })
  await expect(to(far)).rejects.toMatchObject({ code: 'staffing.notInAgency' })
  await expect(to(newId<'OfficerId'>(trial.clock.now()))).rejects.toMatchObject({
    code: 'staffing.noOfficer',
  })
  const names = await leader.see(tx => officerNames(tx, [one, far]))
  expect([...names.keys()].toSorted()).toEqual([one, far].toSorted())
})

test('a case without a region goes to the agency with the fewest cases for each officer', async () => {
  await using trial = await openTrial()
  expect(await trial.as(worker).see(leastLoadedAgency), 'nobody serves yet').toBe('seoul')
  await add(trial)
  await add(trial)
  await add(trial, { agency: 'jeju' })
  expect(await trial.as(worker).see(leastLoadedAgency)).toBe('busan')
  await give(trial)
  expect(await trial.as(worker).see(leastLoadedAgency)).toBe('jeju')
  await give(trial, { agency: 'jeju' })
  expect(await trial.as(worker).see(leastLoadedAgency), 'two with one case between them').toBe('busan')
})

test('a posting elsewhere keeps the history, and moves what the officer’s account sees', async () => {
  await using trial = await openTrial()
  const officer = await add(trial)
  await add(trial)
  const { pool } = trial.database
  const account = newId<'AccountId'>(trial.clock.now())
  await pool.query(
    `insert into access."user" (id, name, email, "emailVerified") values ($1, 'x', 'x@example.org', false)`,
    [account],
  )
  await pool.query(`insert into access.member values ($1, 'officer', $2, 'busan', true, now())`, [
    account,
    officer,
  ])
  trial.clock.advance(1000)
  await trial.as(commander).do(tx => post(tx, officer, { agency: 'jeju' }))
  await trial.as(commander).do(tx => post(tx, officer, { agency: 'jeju' }))
  const history = await trial.as(commander).see(tx => store.postingsOf(tx, officer))
  expect(history.map(each => [each.agency, each.until_at === null])).toEqual([
    ['busan', false],
    ['jeju', true],
  ])
  const { rows } = await pool.query('select agency from access.member')
  expect(rows).toEqual([{ agency: 'jeju' }])
  const { rows: kinds } = await pool.query('select kind from audit.entry order by kind')
  expect(kinds.map(row => (row as { kind: string }).kind)).toEqual([
    'account.changed',
    'officer.added',
    'officer.added',
    'officer.posted',
    'officer.posted',
    'officer.posted',
  ])
})

test('an officer with open cases is not moved away from them', async () => {
  await using trial = await openTrial()
  const officer = await add(trial)
  const held = newCase()
  await give(trial, { case: held })
  await add(trial)
  const move = () => trial.as(commander).do(tx => post(tx, officer, { agency: 'jeju' }))
  await expect(move()).rejects.toMatchObject({ code: 'staffing.stillHasCases', detail: { load: 1 } })
  await trial.as(worker).do(tx => release(tx, held))
  await move()
  const strange = newId<'OfficerId'>(trial.clock.now())
  await expect(trial.as(commander).do(tx => post(tx, strange, { agency: 'jeju' }))).rejects.toMatchObject({
    code: 'staffing.noOfficer',
  })
})

test('staff see who serves and how busy they are; whose a case is, those who know of the case; a reporter nothing', async () => {
  await using trial = await openTrial()
  await add(trial)
  await give(trial)
  const assignments = async (who: Parameters<Trial['as']>[0]) => {
    const { rows } = await trial.as(who).do(tx => sql`select * from staffing.assignment`.execute(tx.db))
    return rows.length
  }
  expect(await assignments(worker)).toBe(1)
  for (const who of [
    staff('officer', 'busan'),
    staff('leader', 'busan'),
    staff('officer', 'jeju'),
    commander,
    staff('administrator', null),
    reporter(newId<'ReportId'>(trial.clock.now())),
  ])
    expect(await assignments(who)).toBe(0)
  expect(await trial.as(staff('counsellor', 'jeju')).see(tx => officers(tx, 'busan'))).toMatchObject([
    { load: null },
  ])
  expect(await trial.as(staff('leader', 'busan')).see(tx => officers(tx))).toMatchObject([{ load: 1 }])
  expect(await trial.as(commander).see(tx => officers(tx))).toMatchObject([{ load: 1 }])
  const seen = await trial.as(reporter(newId<'ReportId'>(trial.clock.now()))).see(tx => officers(tx))
  expect(seen).toEqual([])
})

test('an officer cannot add officers, nor post them', async () => {
  await using trial = await openTrial()
  const form = { name: '김수사', isWoman: true, isLeader: false, agency: 'busan' } as const
  const attempt = trial.as(staff('officer', 'busan')).do(tx => addOfficer(tx, form))
  await expect(attempt).rejects.toThrow('row-level security')
})
