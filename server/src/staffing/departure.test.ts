import { expect, test } from 'vitest'
import { newId, type OfficerId } from '#platform/ids'
import { machine, openTrial, staff, type Trial } from '#platform/trial'
import { addOfficer, assign, officers, post, release, staffing } from './index.ts'
import { depart } from './departure.ts'

const commander = staff('commander', null)
const despite = { reason: '후임이 다음 달에 옵니다', mendBy: '2026-12-23T00:00:00+09:00' }

async function posted(trial: Trial, isWoman: boolean): Promise<OfficerId> {
  return trial
    .as(commander)
    .do(tx => addOfficer(tx, { name: '김수사', isWoman, isLeader: false, agency: 'busan' }))
}

test('who leaves hands their cases over first; then the posting ends, the account is shut and the duties are free', async () => {
  await using trial = await openTrial()
  await posted(trial, true)
  const leaver = await posted(trial, false)
  const account = staff('officer', 'busan').account
  const { pool } = trial.database
  await pool.query(
    `insert into access."user" (id, name, email, "emailVerified") values ($1, '시험', 'leaver@jikimi.example', true)`,
    [account],
  )
  await pool.query(
    `insert into access.member (account, role, officer, agency, enrolled_at) values ($1, 'officer', $2, 'busan', now())`,
    [account, leaver],
  )
  await pool.query(
    `insert into access.session (id, "userId", token, "expiresAt", "createdAt", "updatedAt")
     values (gen_random_uuid(), $1, 'x', now() + interval '1 day', now(), now())`,
    [account],
  )
  await pool.query(
    `insert into staffing.roster values ('01890000-0000-7000-8000-000000000001', '2026-11-20', 9, 2, 1, $1, now())`,
    [commander.account],
  )
  for (const day of ['2026-11-20', '2026-11-23', '2026-11-26'])
    await pool.query(
      `insert into staffing.duty values (gen_random_uuid(), '01890000-0000-7000-8000-000000000001', $1, $2)`,
      [day, leaver],
    )
  const file = newId<'CaseId'>(trial.clock.now())
  const worker = trial.as(machine('cases'))
  const wish = { case: file, agency: 'busan', wantsWoman: false }
  await worker.do(tx => assign(tx, wish))
  const second = newId<'CaseId'>(trial.clock.now())
  await worker.do(tx => assign(tx, { ...wish, case: second }))
  const leaves = (more: object = {}, who = commander) => trial.as(who).do(tx => depart(tx, leaver, more))
  await expect(leaves(), 'a case is theirs').rejects.toMatchObject({ code: 'staffing.stillHasCases' })
  for (const each of [file, second]) await worker.do(tx => release(tx, each))
  expect(await leaves()).toEqual({ dutiesFree: 2 })
  expect(await leaves(), 'twice changes nothing').toEqual({ dutiesFree: 0 })
  expect(await trial.as(commander).see(tx => officers(tx, 'busan'))).toHaveLength(1)
  const { rows } = await pool.query(
    `select member.is_active, (select count(*)::int from access.session where "userId" = account) as sessions
     from access.member member where account = $1`,
    [account],
  )
  expect(rows).toEqual([{ is_active: false, sessions: 0 }])
  const left = await pool.query(
    `select count(*)::int as ended from staffing.posting where until_at is not null`,
  )
  expect(left.rows, 'the posting stays in the history').toEqual([{ ended: 1 }])
  const next = newId<'CaseId'>(trial.clock.now())
  expect((await worker.do(tx => assign(tx, { ...wish, case: next })))?.officer).not.toBe(leaver)
})

test('the last woman does not leave unnoticed: the rule is kept, or excepted by a commander with a date', async () => {
  await using trial = await openTrial()
  const woman = await posted(trial, true)
  await posted(trial, false)
  const leaves = (more: object) => trial.as(commander).do(tx => depart(tx, woman, more))
  await expect(leaves({})).rejects.toMatchObject({ code: 'staffing.ruleBroken' })
  await leaves({ despite })
  expect((await trial.as(commander).see(staffing)).warnings).toMatchObject([
    { breach: 'noWoman', agency: 'busan', reason: despite.reason },
  ])
  await expect(
    trial
      .as({ ...commander, officer: woman })
      .do(tx => depart(tx, newId<'OfficerId'>(trial.clock.now()), {})),
  ).rejects.toMatchObject({ code: 'staffing.noOfficer' })
})

test('an invitation ends with the posting of whom it is for: no link opens an account of who left or moved', async () => {
  await using trial = await openTrial()
  const { pool } = trial.database
  await posted(trial, true)
  await posted(trial, true)
  const invited = await posted(trial, false)
  const member = await posted(trial, false)
  const stays = await posted(trial, false)
  const account = staff('officer', 'busan').account
  await pool.query(
    `insert into access."user" (id, name, email, "emailVerified") values ($1, '시험', 'leaver@jikimi.example', true)`,
    [account],
  )
  await pool.query(
    `insert into access.member (account, role, officer, agency, enrolled_at) values ($1, 'officer', $2, 'busan', now())`,
    [account, member],
  )
  const invite = (name: string, of: { officer?: string; account?: string; person?: string }) =>
    pool.query(
      `insert into access.invitation (id, veil, role, name, officer, agency, account, person, expires_at)
       values (gen_random_uuid(), $1, 'officer', $1, $2, 'busan', $3, $4, now() + interval '1 day')`,
      [name, of.officer ?? null, of.account ?? null, of.person ?? null],
    )
  const names = async () =>
    (await pool.query<{ name: string }>('select name from access.invitation order by name')).rows.map(
      row => row.name,
    )
  await invite('first', { officer: invited })
  await invite('reset', { account })
  await invite('second', { person: account })
  await invite('stays', { officer: stays })
  await trial.as(commander).do(tx => depart(tx, invited, {}))
  expect(await names()).toEqual(['reset', 'second', 'stays'])
  await trial.as(commander).do(tx => depart(tx, member, {}))
  expect(await names(), 'nor the link of a reset, nor one to a second account').toEqual(['stays'])
  await trial.as(commander).do(tx => post(tx, stays, { agency: 'daegu', despite }))
  expect(await names(), 'it was for the old agency').toEqual([])
  const { rows } = await pool.query(`select 1 from audit.entry where kind = 'invitation.ended'`)
  expect(rows).toHaveLength(4)
})
