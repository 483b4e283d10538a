import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { timeLine } from '#audit'
import type { Tx } from '#platform/database'
import { newId } from '#platform/ids'
import { machine, openTrial, staff } from '#platform/trial'
import { release } from '#staffing'
import { assignOfficer } from './assignment.ts'
import { given, opened } from './given.ts'
import { listCases } from './list.ts'
import { settleByHand } from './matter.ts'
import { readCase, readTimeLine } from './reading.ts'
import { CaseQuery } from './schema.ts'

const everything = CaseQuery.parse({})
const page = { limit: 200 }
const tables = [
  'cases.file',
  'cases.matter',
  'cases.host',
  'cases.counter',
  'intake.report',
  'intake.address',
  'intake.step',
  'intake.fingerprint',
]

test('its own agency’s officer, leader and counsellor see a case; another agency’s, the commander and the administrator find nothing', async () => {
  await using trial = await openTrial()
  await given(trial)
  const { id } = await opened(trial)
  for (const role of ['officer', 'leader', 'counsellor'] as const) {
    const own = trial.as(staff(role, 'seoul'))
    expect((await own.see(tx => listCases(tx, everything))).rows.map(row => row.case)).toEqual([id])
    expect((await own.do(tx => readCase(tx, id))).addresses).toHaveLength(2)
  }
  const matter = (await trial.as(machine('cases')).do(tx => readCase(tx, id))).matters[0]!.matter
  for (const who of [
    staff('officer', 'busan'),
    staff('leader', 'busan'),
    staff('counsellor', 'busan'),
    staff('commander', null),
    staff('commander', 'seoul'),
    staff('administrator', 'seoul'),
  ]) {
    const stranger = trial.as(who)
    expect((await stranger.see(tx => listCases(tx, everything))).rows).toEqual([])
    await expect(stranger.do(tx => readCase(tx, id))).rejects.toMatchObject({ code: 'cases.noCase' })
    await expect(stranger.do(tx => readTimeLine(tx, id, page))).rejects.toMatchObject({
      code: 'cases.noCase',
    })
    await expect(stranger.do(tx => settleByHand(tx, matter, 'handled'))).rejects.toMatchObject({
      code: 'cases.noMatter',
    })
    expect((await stranger.see(tx => timeLine(tx, id, { limit: 9, after: undefined }))).rows).toEqual([])
    await stranger.see(async tx => {
      for (const table of tables) {
        const { rows } = await sql`select * from ${sql.table(table)}`.execute(tx.db as Tx['db'])
        expect(rows, `${who.role} ${who.agency} in ${table}`).toEqual([])
      }
    })
  }
})

test('each reading of a case is in its time line, once an hour for each account', async () => {
  await using trial = await openTrial({ at: '2026-11-23T09:10:00+09:00' })
  await given(trial)
  const { id } = await opened(trial)
  const [one, other] = [trial.as(staff('officer')), trial.as(staff('leader'))]
  await one.do(tx => readCase(tx, id))
  trial.clock.advance(40 * 60_000)
  await one.do(tx => readTimeLine(tx, id, page))
  await other.do(tx => readCase(tx, id))
  trial.clock.advance(20 * 60_000)
  const line = await one.do(tx => readTimeLine(tx, id, page))
  expect(line.rows.filter(entry => entry.kind === 'case.read')).toHaveLength(3)
  expect(new Set(line.rows.map(entry => entry.kind))).toContain('case.assigned')
})

test('the time line is paged', async () => {
  await using trial = await openTrial()
  await given(trial)
  const { id } = await opened(trial)
  const own = trial.as(staff('officer'))
  const whole = await own.do(tx => readTimeLine(tx, id, page))
  const first = await own.do(tx => readTimeLine(tx, id, { limit: 2 }))
  const rest = await own.do(tx => readTimeLine(tx, id, { limit: 200, after: first.next! }))
  expect([...first.rows, ...rest.rows]).toEqual(whole.rows)
})

test('the leader gives a case to another officer of the team, and never to one of another agency', async () => {
  await using trial = await openTrial()
  const { officers, women, loadOf } = await given(trial)
  const { id, file } = await opened(trial)
  const leader = trial.as(staff('leader'))
  const next = officers.seoul.find(each => each !== file.officer)!
  await leader.do(tx => assignOfficer(tx, id, next))
  await leader.do(tx => assignOfficer(tx, id, next))
  expect((await leader.do(tx => readCase(tx, id))).officer).toMatchObject({ officer: next })
  expect(await loadOf(next)).toBe(1)
  expect(await loadOf(file.officer!)).toBe(0)
  await expect(leader.do(tx => assignOfficer(tx, id, officers.busan[0]!))).rejects.toMatchObject({
    code: 'staffing.notInAgency',
  })
  await expect(
    leader.do(tx => assignOfficer(tx, id, newId<'OfficerId'>(trial.clock.now()))),
  ).rejects.toMatchObject({ code: 'staffing.noOfficer' })
  await expect(
    trial.as(staff('leader', 'busan')).do(tx => assignOfficer(tx, id, next)),
  ).rejects.toMatchObject({ code: 'cases.noCase' })
  const asked = await opened(trial, { wantsWoman: true })
  const man = officers.seoul.find(each => !women.includes(each))!
  await expect(leader.do(tx => assignOfficer(tx, asked.id, man))).rejects.toMatchObject({
    code: 'cases.womanWanted',
  })
  expect((await leader.do(tx => readCase(tx, asked.id))).officer?.officer).toBe(asked.file.officer)
})

test('a person settles a matter and says why; the last one closes the case, which takes no officer then', async () => {
  await using trial = await openTrial()
  const { officers } = await given(trial)
  const { id } = await opened(trial, { contact: { way: 'email', value: 'me@person.example' } })
  const officer = trial.as(staff('officer'))
  const { matters } = await officer.do(tx => readCase(tx, id))
  for (const matter of matters)
    await officer.do(tx =>
      settleByHand(tx, matter.matter, matter.kind === 'contact' ? 'contacted' : 'notYours'),
    )
  const closed = await officer.do(tx => readCase(tx, id))
  expect(closed).toMatchObject({ state: 'closed', openMatters: 0 })
  expect(closed.matters.map(matter => matter.reason)).toEqual(['notYours', 'notYours', 'contacted'])
  await officer.do(tx => settleByHand(tx, matters[0]!.matter, 'handled'))
  expect((await officer.do(tx => readCase(tx, id))).matters[0]!.reason).toBe('notYours')
  await expect(
    trial.as(staff('leader')).do(tx => assignOfficer(tx, id, officers.seoul[0]!)),
  ).rejects.toMatchObject({ code: 'cases.caseClosed' })
  await trial.as(machine('cases')).do(tx => release(tx, id))
})
