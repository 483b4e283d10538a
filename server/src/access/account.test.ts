import { expect, test } from 'vitest'
import { newId, randomToken } from '#platform/ids'
import { firstInvitation } from './invitation.ts'
import { administrator, enrolFully, openFront, password, totp, type Browser } from './trial.ts'

const tokenOf = (answer: { body: Record<string, unknown> }) => String(answer.body['link']).split('#')[1]!
const officerForm = { role: 'officer', name: '김수사', agency: 'busan' }
const person = (token: string, email = 'kim@example.org') => ({ token, name: '김수사', email, password })

async function invited(admin: Browser, form: object = officerForm): Promise<string> {
  return tokenOf(await admin.post('/invitations', form))
}

test('each start without an account replaces the first invitation, kept as an HMAC, and there is none after that', async () => {
  await using front = await openFront()
  const { database } = front.trial
  const [first, second] = [
    await firstInvitation(database, front.world),
    await firstInvitation(database, front.world),
  ]
  const { rows } = await database.pool.query('select veil from access.invitation')
  expect(rows).toEqual([{ veil: front.world.keys.veil('invitation', second!) }])
  const browser = front.browser()
  const late = await browser.post('/enrolments', person(first!))
  expect(late).toMatchObject({ status: 410, body: { code: 'access.invitationUnknown' } })
  expect((await browser.post('/enrolments', person(second!))).status).toBe(201)
  expect(await firstInvitation(database, front.world)).toBeUndefined()
})

test('an invited officer gets an account of their agency, once', async () => {
  await using front = await openFront()
  const admin = await administrator(front)
  const made = await admin.post('/invitations', officerForm)
  expect(made.status).toBe(201)
  expect(made.body['link']).toMatch(/^http:\/\/localhost\/console\/enrol#[\w-]{43}$/)
  const token = tokenOf(made)
  const kim = front.browser()
  await enrolFully(kim, token, 'kim@example.org')
  expect((await kim.get('/session')).body).toMatchObject({
    role: 'officer',
    agency: 'busan',
    needsSecondFactor: false,
  })
  expect((await kim.get('/accounts')).body['code']).toBe('access.notAllowed')
  expect((await front.browser().post('/enrolments', person(token))).body['code']).toBe(
    'access.invitationUnknown',
  )
  const { rows } = (await admin.get('/accounts')).body as { rows: { name: string; isActive: boolean }[] }
  expect(rows.map(row => [row.name, row.isActive])).toEqual([
    ['홍길동', true],
    ['홍길동', true],
  ])
  const page = (await admin.get('/accounts?limit=1')).body as { rows: object[]; next: string }
  const rest = (await admin.get(`/accounts?limit=1&after=${page.next}`)).body as {
    rows: object[]
    next: string | null
  }
  expect([page.rows.length, rest.rows.length, rest.next]).toEqual([1, 1, null])
})

test('an invitation is refused without an agency, for an unknown officer, and when it is too old', async () => {
  await using front = await openFront()
  const admin = await administrator(front)
  const noAgency = await admin.post('/invitations', { role: 'leader', name: '이팀장' })
  expect(noAgency).toMatchObject({ status: 422, body: { code: 'access.agencyMissing' } })
  const officer = newId<'OfficerId'>(front.trial.clock.now())
  const unknown = await admin.post('/invitations', { ...officerForm, officer })
  expect(unknown).toMatchObject({ status: 404, body: { code: 'access.noOfficer' } })
  const token = await invited(admin)
  await front.trial.database.pool.query(
    `update access.invitation set expires_at = now() - interval '1 second'`,
  )
  expect((await front.browser().post('/enrolments', person(token))).body['code']).toBe(
    'access.invitationUnknown',
  )
  expect((await front.browser().post('/enrolments', person(randomToken()))).status).toBe(410)
})

test('an address of another account, a short or guessable password and a second account of one officer are refused', async () => {
  await using front = await openFront()
  const admin = await administrator(front)
  const { pool } = front.trial.database
  const officer = newId<'OfficerId'>(front.trial.clock.now())
  await pool.query(
    `insert into staffing.officer (id, name, is_woman, is_leader, added_at) values ($1, '김수사', true, false, now())`,
    [officer],
  )
  const [one, two] = [
    await invited(admin, { ...officerForm, officer }),
    await invited(admin, { ...officerForm, officer }),
  ]
  const browser = front.browser()
  expect((await browser.post('/enrolments', person(one, 'ADMIN@example.org'))).body['code']).toBe(
    'access.emailTaken',
  )
  expect((await browser.post('/enrolments', { ...person(one), password: 'too short' })).status).toBe(400)
  for (const guessable of ['jikimi123456', 'qwertyuiop12', 'kim@example.org!', '김수사김수사김수사김수사']) {
    expect((await browser.post('/enrolments', { ...person(one), password: guessable })).body['code']).toBe(
      'access.passwordGuessable',
    )
  }
  expect((await browser.post('/enrolments', person(one))).status, 'the refused tries did not use it up').toBe(
    201,
  )
  expect((await browser.post('/enrolments', person(two, 'two@example.org'))).body['code']).toBe(
    'access.officerTaken',
  )
  expect((await admin.post('/invitations', { ...officerForm, officer })).body['code']).toBe(
    'access.officerTaken',
  )
})

test('an account that is switched off loses its sessions at once and cannot sign in', async () => {
  await using front = await openFront()
  const admin = await administrator(front)
  const kim = front.browser()
  await enrolFully(kim, await invited(admin), 'kim@example.org')
  const { account } = (await kim.get('/session')).body as { account: string }
  expect((await admin.send('PATCH', `/accounts/${account}`, { isActive: false })).status).toBe(204)
  expect((await kim.get('/session')).status).toBe(401)
  // No app, so that the password alone would do.
  await front.trial.database.pool.query(`update access."user" set "twoFactorEnabled" = false where id = $1`, [
    account,
  ])
  const back = await kim.post('/auth/sign-in/email', { email: 'kim@example.org', password })
  expect(back).toMatchObject({ status: 403, body: { code: 'access.accountInactive' } })
  const own = ((await admin.get('/session')).body as { account: string }).account
  expect((await admin.send('PATCH', `/accounts/${own}`, { isActive: false })).body['code']).toBe(
    'access.ownAccount',
  )
  const nobody = newId<'AccountId'>(front.trial.clock.now())
  expect((await admin.send('PATCH', `/accounts/${nobody}`, { isActive: true })).body['code']).toBe(
    'access.noAccount',
  )
})

test('one sees one’s sessions and ends another of them; a new password ends all others', async () => {
  await using front = await openFront()
  const desk = front.browser()
  const token = await firstInvitation(front.trial.database, front.world)
  const { totpURI } = await enrolFully(desk, token!, 'admin@example.org')
  const signIn = async () => {
    const browser = front.browser()
    await browser.post('/auth/sign-in/email', { email: 'admin@example.org', password })
    await browser.post('/auth/two-factor/verify-totp', { code: totp(totpURI) })
    return browser
  }
  const phone = await signIn()
  const { rows } = (await desk.get('/own-sessions')).body as { rows: { session: string; isOwn: boolean }[] }
  expect(rows.filter(row => row.isOwn)).toHaveLength(1)
  expect(rows).toHaveLength(2)
  const other = rows.find(row => !row.isOwn)!.session
  expect((await desk.send('DELETE', `/own-sessions/${other}`)).status).toBe(204)
  expect((await desk.send('DELETE', `/own-sessions/${other}`)).body['code']).toBe('access.noSession')
  expect((await phone.get('/session')).status).toBe(401)

  const tablet = await signIn()
  const wrong = await desk.post('/auth/change-password', {
    currentPassword: 'not this one',
    newPassword: 'another long phrase',
  })
  expect(wrong).toMatchObject({ status: 403, body: { code: 'access.passwordWrong' } })
  const guessable = { currentPassword: password, newPassword: '경찰청 사이버 수사대 2026!' }
  expect((await desk.post('/auth/change-password', guessable)).body['code']).toBe('access.passwordGuessable')
  expect(
    (
      await desk.post('/auth/change-password', {
        currentPassword: password,
        newPassword: 'another long phrase',
      })
    ).status,
  ).toBe(200)
  expect((await tablet.get('/session')).status).toBe(401)
  expect((await desk.get('/session')).status).toBe(200)
})

test('the app is taken away by a full session, which then needs a second factor again', async () => {
  await using front = await openFront()
  const admin = await administrator(front)
  expect((await admin.post('/auth/two-factor/enable', { password })).body['code']).toBe('access.totpOn')
  expect((await admin.post('/auth/two-factor/disable', { password })).status).toBe(200)
  expect((await admin.get('/session')).body).toMatchObject({ needsSecondFactor: true, hasTotp: false })
  expect((await admin.get('/accounts')).body['code']).toBe('access.secondFactorMissing')
  const code = await admin.post('/auth/two-factor/verify-totp', { code: '000000' })
  expect(code).toMatchObject({ status: 409, body: { code: 'access.totpOff' } })
  const begun = await admin.post('/auth/two-factor/enable', { password })
  await admin.post('/auth/two-factor/verify-totp', { code: totp(String(begun.body['totpURI'])) })
  expect((await admin.get('/accounts')).status).toBe(200)
})
