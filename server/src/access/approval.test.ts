import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { newId, type AccountId } from '#platform/ids'
import { on, type Work } from '#platform/jobs'
import { machine, openTrial, silentLog, staff, type Trial } from '#platform/trial'
import { dayMs } from '#platform/time'
import type { Staff } from '#platform/who'
import {
  approvals,
  askApproval,
  expireApprovals,
  giveApproval,
  refuseApproval,
  withdrawApproval,
} from './approval.ts'
import { administrator, enrolFully, openFront, password, totp, type Browser, type Front } from './trial.ts'

const wish = { agency: 'seoul', alsoHead: false, reason: 'krSvpa23x2' } as const
const subjectAt = (trial: Trial) => newId<'BlockOrderId'>(trial.clock.now())
const waiting = (trial: Trial, who: Staff) =>
  trial.as(who).see(async tx => (await approvals(tx, { limit: 50, after: undefined })).rows)

/** Enters the account as that of a member; `person` makes it the second account of somebody. */
async function enter(trial: Trial, who: Staff, person: AccountId | null = null): Promise<void> {
  const { pool } = trial.database
  await pool.query(
    `insert into access."user" (id, name, email, "emailVerified") values ($1, '김수사', $2, false)`,
    [who.account, `${who.account}@police.example`],
  )
  await pool.query(
    `insert into access.member (account, role, agency, enrolled_at, person) values ($1, $2, $3, now(), $4)`,
    [who.account, who.role, who.agency, person],
  )
}

test('what one person asks waits for others of the agency with the right, who see who asks and why', async () => {
  await using trial = await openTrial()
  const [first, second] = [staff('officer'), staff('leader')]
  await enter(trial, first)
  const subject = subjectAt(trial)
  await trial.as(first).do(tx => askApproval(tx, 'block.order', { ...wish, subject }))
  expect(await waiting(trial, second)).toMatchObject([
    { subject, kind: 'block.order', reason: 'krSvpa23x2', askedByName: '김수사', isOwn: false },
  ])
  expect(await waiting(trial, first)).toMatchObject([{ isOwn: true }])
  for (const other of [
    staff('leader', 'busan'),
    staff('counsellor'),
    staff('commander', null),
    staff('administrator', null),
    staff('partnerAgent', null),
  ])
    expect(await waiting(trial, other), other.role).toEqual([])
  await trial.as(second).do(tx => giveApproval(tx, 'block.order', subject))
  expect(await waiting(trial, second)).toEqual([])
})

test('nobody decides what they have asked themselves: not by another account of theirs, and not in the database', async () => {
  await using trial = await openTrial()
  const [first, second, same] = [staff('officer'), staff('officer'), staff('leader')]
  await enter(trial, first)
  await enter(trial, second)
  await enter(trial, same, first.account)
  const subject = subjectAt(trial)
  await trial.as(first).do(tx => askApproval(tx, 'block.order', { ...wish, subject }))
  for (const who of [first, same]) {
    await expect(trial.as(who).do(tx => giveApproval(tx, 'block.order', subject))).rejects.toMatchObject({
      code: 'access.samePerson',
    })
    await expect(
      trial.as(who).do(tx => refuseApproval(tx, 'block.order', subject, 'tooBroad')),
    ).rejects.toMatchObject({ code: 'access.samePerson' })
  }
  expect(await waiting(trial, same)).toMatchObject([{ isOwn: true }])
  const signed = (who: Staff, name: Staff) =>
    trial
      .as(who)
      .do(tx =>
        sql`update access.approval set state = 'approved', decided_by = ${name.account}, decided_at = asked_at`.execute(
          tx.db,
        ),
      )
  await expect(signed(same, same)).rejects.toThrow(/two_persons/)
  await expect(signed(first, second)).rejects.toThrow(/own name/)
  await expect(
    trial
      .as(second)
      .do(tx => sql`update access.approval set asked_person = ${second.account}`.execute(tx.db)),
  ).rejects.toThrow(/permission denied/)
  await signed(second, second)
  await expect(
    trial.as(second).do(tx => sql`update access.approval set state = 'asked'`.execute(tx.db)),
  ).rejects.toThrow(/decided once/)
})

test('nobody asks in another’s name, and the product itself neither asks nor decides', async () => {
  await using trial = await openTrial()
  const subject = subjectAt(trial)
  await expect(
    trial.as(machine('access')).do(tx => askApproval(tx, 'block.order', { ...wish, subject })),
  ).rejects.toThrow('needs a person')
  const forged = trial.as(staff('officer')).do(tx =>
    sql`insert into access.approval (id, kind, subject, roles, reason, asked_by, asked_person, asked_at, expires_at, state)
      values (${subject}, 'block.order', ${subject}, array['leader'], 'x', ${subject}, ${subject}, now(), now() + interval '1 day', 'asked')`.execute(
      tx.db,
    ),
  )
  await expect(forged).rejects.toThrow(/own name|row-level security/)
})

test('the same waits once; turned down or withdrawn, it may be asked anew', async () => {
  await using trial = await openTrial()
  const [first, second] = [staff('officer'), staff('leader')]
  const subject = subjectAt(trial)
  const ask = () => trial.as(first).do(tx => askApproval(tx, 'block.order', { ...wish, subject }))
  await ask()
  await expect(ask()).rejects.toMatchObject({ code: 'access.approvalWaiting' })
  await trial.as(second).do(tx => refuseApproval(tx, 'block.order', subject, 'tooBroad'))
  await ask()
  await trial.as(first).do(tx => withdrawApproval(tx, 'block.order', subject))
  await trial.as(first).do(tx => withdrawApproval(tx, 'block.order', subject))
  await expect(trial.as(second).do(tx => giveApproval(tx, 'block.order', subject))).rejects.toMatchObject({
    code: 'access.noApproval',
  })
  await ask()
  const { rows } = await trial.database.pool.query<{ kind: string }>(
    `select kind from audit.entry where kind like 'approval.%' order by id`,
  )
  expect(rows.map(row => row.kind)).toEqual([
    'approval.asked',
    'approval.refused',
    'approval.asked',
    'approval.withdrawn',
    'approval.asked',
  ])
})

test('after its time nothing is approved, and its room is told', async () => {
  await using trial = await openTrial({ procedure: [on('approval.expired', 'blocking', async () => {})] })
  const [first, second] = [staff('officer'), staff('leader')]
  const subject = subjectAt(trial)
  await trial.as(first).do(tx => askApproval(tx, 'block.order', { ...wish, subject }))
  const work = { act: verb => trial.as(machine('access')).do(verb), log: silentLog } as Work
  trial.clock.advance(7 * dayMs - 1)
  await expireApprovals(work)
  expect(await waiting(trial, second)).toHaveLength(1)
  trial.clock.advance(1)
  expect(await waiting(trial, second)).toEqual([])
  await expect(trial.as(second).do(tx => giveApproval(tx, 'block.order', subject))).rejects.toMatchObject({
    code: 'access.approvalOver',
  })
  await expireApprovals(work)
  await expireApprovals(work)
  expect(await trial.queued()).toMatchObject([{ payload: { kind: 'block.order', subject } }])
})

const tokenOf = (answer: { body: Record<string, unknown> }) => String(answer.body['link']).split('#')[1]!

async function enrolled(front: Front, admin: Browser, form: object, email: string): Promise<Browser> {
  const browser = front.browser()
  await enrolFully(browser, tokenOf(await admin.post('/invitations', { name: '시험', ...form })), email)
  return browser
}

async function accountIn(browser: Browser): Promise<string> {
  return String((await browser.get('/session')).body['account'])
}

test('an account is reset by two people: everything that opened it goes, and its owner enters anew by the link', async () => {
  await using front = await openFront()
  const admin = await administrator(front)
  const commander = await enrolled(front, admin, { role: 'commander' }, 'park@example.org')
  const kim = await enrolled(front, admin, { role: 'officer', agency: 'seoul' }, 'kim@example.org')
  const account = await accountIn(kim)
  expect((await kim.post(`/accounts/${account}/resets`, { reason: 'deviceLost' })).status).toBe(403)
  const asked = await admin.post(`/accounts/${account}/resets`, { reason: 'deviceLost' })
  expect(asked.status).toBe(201)
  const reset = String(asked.body['approval'])
  // Nothing has happened yet, and the asker cannot go on alone.
  expect((await kim.get('/session')).status).toBe(200)
  expect((await admin.post(`/account-resets/${reset}/approvals`, {})).body['code']).toBe('access.samePerson')
  await expect(
    front.trial
      .as({ ...staff('administrator', null), account: (await accountIn(admin)) as AccountId })
      .do(tx => sql`select access.unlock_account(${reset})`.execute(tx.db)),
  ).rejects.toThrow('two persons')

  const list = (await commander.get('/approvals')).body['rows']
  expect(list).toMatchObject([{ kind: 'account.reset', subjectName: '홍길동', reason: 'deviceLost' }])
  const given = await commander.post(`/account-resets/${reset}/approvals`, {})
  expect(given.status).toBe(201)
  expect((await kim.get('/session')).status).toBe(401)
  const old = front.browser()
  expect((await old.post('/auth/sign-in/email', { email: 'kim@example.org', password })).status).toBe(401)
  expect((await commander.post(`/account-resets/${reset}/approvals`, {})).body['code']).toBe(
    'access.noApproval',
  )

  const token = tokenOf(given)
  const again = (email: string) =>
    old.post('/enrolments', { token, name: '김', email, password: 'another long phrase' })
  expect((await again('park@example.org')).body['code']).toBe('access.invitationUnknown')
  expect((await again('kim@example.org')).status).toBe(201)
  await old.post('/auth/sign-in/email', { email: 'kim@example.org', password: 'another long phrase' })
  expect((await old.get('/session')).body).toMatchObject({ account, needsSecondFactor: true, hasTotp: false })
  const { totpURI } = (await old.post('/auth/two-factor/enable', { password: 'another long phrase' }))
    .body as { totpURI: string }
  await old.post('/auth/two-factor/verify-totp', { code: totp(totpURI) })
  expect((await old.get('/session')).body).toMatchObject({ needsSecondFactor: false, role: 'officer' })
  expect((await again('kim@example.org')).body['code']).toBe('access.invitationUnknown')
})

test('a second account of one person is named in its invitation, and never decides for the first', async () => {
  await using front = await openFront()
  const admin = await administrator(front)
  const kim = await enrolled(front, admin, { role: 'officer', agency: 'seoul' }, 'kim@example.org')
  const strange = newId<'AccountId'>(front.trial.clock.now())
  expect(
    (await admin.post('/invitations', { role: 'administrator', name: '시험', person: strange })).body['code'],
  ).toBe('access.personUnknown')
  const second = await enrolled(
    front,
    admin,
    { role: 'administrator', person: await accountIn(admin) },
    'admin-two@example.org',
  )
  const asked = await admin.post(`/accounts/${await accountIn(kim)}/resets`, { reason: 'codesLost' })
  const path = `/account-resets/${String(asked.body['approval'])}`
  expect((await second.post(`${path}/approvals`, {})).body['code']).toBe('access.samePerson')
  expect((await second.post(`${path}/refusals`, { reason: 'other' })).body['code']).toBe('access.samePerson')
  const third = await enrolled(front, admin, { role: 'administrator' }, 'admin-three@example.org')
  expect((await third.post(`${path}/refusals`, { reason: 'notNeeded' })).status).toBe(204)
  expect((await kim.get('/session')).status, 'nothing was reset').toBe(200)
})
