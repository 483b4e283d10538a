import { expect, test } from 'vitest'
import { caseRow } from '#cases'
import { machine, staff } from '#platform/trial'
import { sql } from 'kysely'
import { caseOf, enrolled, given, inDays, logOf } from './given.ts'
import { listPromises, makePromise, noteOverdue, settlePromise } from './promise.ts'
import { NewPromise, PromiseQuery } from './schema.ts'

const asked = (change: Record<string, string> = {}) => PromiseQuery.parse(change)
const form = (change: Record<string, unknown>) =>
  NewPromise.parse({ what: '경과를 문자로 알려 드림', by: { role: 'counsellor' }, ...change })

test('what is overdue stands first, whoever made it and whenever; what is settled only where it is asked for', async () => {
  await using trial = await given()
  const { officer, counsellor } = trial.people
  const one = await caseOf(trial)
  const other = await caseOf(trial)
  const make = (who: typeof officer, of: typeof one, what: string, days: number, by: object) =>
    trial.as(who).do(tx => makePromise(tx, of.case, form({ what, by, until: inDays(trial, days) })))
  await make(officer, one, '다음 주에 전화', 7, { role: 'officer' })
  const soon = await make(counsellor, other, '내일 변호사 소개', 1, { account: counsellor.account })
  await make(officer, one, '모레 서류 전달', 2, { role: 'counsellor' })
  trial.clock.advance(36 * 3_600_000)
  const shown = await trial.as(officer).see(tx => listPromises(tx, asked()))
  expect(shown.rows.map(row => [row.what, row.isOverdue, row.isMine])).toEqual([
    ['내일 변호사 소개', true, false],
    ['모레 서류 전달', false, false],
    ['다음 주에 전화', false, true],
  ])
  expect(shown.overdue).toBe(1)
  expect(shown.rows[0]!.by).toEqual({ account: counsellor.account, name: '시험', role: null })
  const mine = await trial.as(counsellor).see(tx => listPromises(tx, asked({ mine: 'true' })))
  expect(mine.rows.map(row => row.what)).toEqual(['내일 변호사 소개', '모레 서류 전달'])
  const ofCase = await trial.as(officer).see(tx => listPromises(tx, asked({ case: one.case })))
  expect([ofCase.rows.length, ofCase.overdue]).toEqual([2, 0])
  // By pages, each once.
  const first = await trial.as(officer).see(tx => listPromises(tx, { ...asked(), limit: 2 }))
  const rest = await trial
    .as(officer)
    .see(tx => listPromises(tx, { ...asked(), limit: 2, after: first.next! }))
  expect([...first.rows, ...rest.rows].map(row => row.what)).toEqual(shown.rows.map(row => row.what))
  expect(rest.next).toBeNull()
  await trial.as(counsellor).do(tx => settlePromise(tx, soon, { outcome: 'kept' }))
  expect((await trial.as(officer).see(tx => listPromises(tx, asked()))).rows).toHaveLength(2)
  const all = await trial.as(officer).see(tx => listPromises(tx, asked({ settled: 'true' })))
  expect(all.rows.map(row => row.state)).toEqual(['open', 'open', 'kept'])
})

test('an open promise keeps the case open; kept late, or withdrawn with a reason, it is in the log without its words', async () => {
  await using trial = await given()
  const { officer, counsellor } = trial.people
  const { case: id } = await caseOf(trial)
  const until = inDays(trial, 1)
  const kept = await trial
    .as(counsellor)
    .do(tx => makePromise(tx, id, form({ what: '비밀스러운 약속', until })))
  const dropped = await trial.as(officer).do(tx => makePromise(tx, id, form({ person: 'guardian', until })))
  const matters = async () =>
    (
      await trial.database.pool.query(
        `select state, reason from cases.matter where case_id = $1 and kind = 'promise' order by id`,
        [id],
      )
    ).rows
  expect(await matters()).toEqual([
    { state: 'open', reason: null },
    { state: 'open', reason: null },
  ])
  trial.clock.advance(2 * 86_400_000)
  for (const _ of [1, 2]) await trial.as(machine('support')).do(noteOverdue)
  await trial.as(counsellor).do(tx => settlePromise(tx, kept, { outcome: 'kept' }))
  await trial
    .as(officer)
    .do(tx => settlePromise(tx, dropped, { outcome: 'withdrawn', reason: 'victimStopped' }))
  await expect(
    trial.as(officer).do(tx => settlePromise(tx, kept, { outcome: 'kept' })),
  ).rejects.toMatchObject({ code: 'support.promiseSettled' })
  expect(await matters()).toEqual([
    { state: 'settled', reason: 'handled' },
    { state: 'settled', reason: 'withdrawn' },
  ])
  expect(await logOf(trial, id)).toEqual([
    { kind: 'promise.made', detail: { person: 'victim' } },
    { kind: 'promise.made', detail: { person: 'guardian' } },
    { kind: 'promise.overdue', detail: {} },
    { kind: 'promise.overdue', detail: {} },
    { kind: 'promise.kept', detail: { isLate: true } },
    { kind: 'promise.withdrawn', detail: { reason: 'victimStopped' } },
  ])
  const { rows } = await trial.database.pool.query(
    `select from audit.entry where body like '%비밀스러운%' or body like '%guardian''s%'`,
  )
  expect(rows).toEqual([])
})

test('whoever does not see the case neither reads nor makes promises, and owes none', async () => {
  await using trial = await given()
  const { officer } = trial.people
  const { case: id } = await caseOf(trial)
  const until = inDays(trial, 1)
  const promise = await trial.as(officer).do(tx => makePromise(tx, id, form({ until })))
  const stranger = await enrolled(trial, 'counsellor', 'seoul')
  for (const who of [stranger, staff('officer', 'busan'), staff('commander', null), staff('leader')]) {
    expect(await trial.as(who).see(tx => listPromises(tx, asked({ settled: 'true' })))).toEqual({
      rows: [],
      next: null,
      overdue: 0,
    })
    await expect(
      trial.as(who).do(tx => settlePromise(tx, promise, { outcome: 'kept' })),
    ).rejects.toMatchObject({ code: 'support.noPromise' })
    await expect(trial.as(who).do(tx => makePromise(tx, id, form({ until })))).rejects.toMatchObject({
      code: who.role === 'leader' ? 'cases.caseLocked' : 'cases.noCase',
    })
  }
  // Whoever keeps the exhibits of the case sees the case, and not what was promised.
  const custodian = await enrolled(trial, 'evidenceCustodian', 'seoul')
  trial.team.push(custodian)
  const other = await caseOf(trial)
  await trial.as(custodian).see(tx => caseRow(tx, other.case))
  await trial.as(officer).do(tx => makePromise(tx, other.case, form({ until })))
  await trial.as(custodian).see(async tx => {
    expect((await sql`select from support.promise`.execute(tx.db as never)).rows).toEqual([])
  })
  for (const [change, code] of [
    [{ by: { account: stranger.account }, until }, 'support.notOnCase'],
    [{ until: inDays(trial, -1) }, 'support.untilPassed'],
    [{ until: inDays(trial, 800) }, 'support.untilPassed'],
  ] as const)
    await expect(trial.as(officer).do(tx => makePromise(tx, id, form(change)))).rejects.toMatchObject({
      code,
    })
})
