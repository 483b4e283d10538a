import { getMigrations } from 'better-auth/db/migration'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import type { BetterAuthOptions } from 'better-auth'
import { firstInvitation } from './invitation.ts'
import { signInOptions } from './sign-in.ts'
import { administrator, enrolFully, keep, openFront, password, freshTotp, type Front } from './trial.ts'

const email = 'Admin@example.org'

async function entries(
  front: Front,
): Promise<{ kind: string; about: unknown; detail: Record<string, unknown> }[]> {
  const { rows } = await front.trial.database.pool.query<{ body: string }>(
    'select e.body from audit.entry e join audit.waiting w on w.entry_id = e.id order by w.position',
  )
  return rows.map(
    row => JSON.parse(row.body) as { kind: string; about: unknown; detail: Record<string, unknown> },
  )
}

test('the tables that better-auth wants all stand in the schema access', async () => {
  await using front = await openFront()
  const options: BetterAuthOptions = signInOptions(front.trial.database, front.world)
  const missing = await getMigrations(options)
  expect({
    tables: missing.toBeCreated,
    columns: missing.toBeAdded,
    indexes: missing.toBeAddedIndexes,
    problems: missing.schemaProblems,
  }).toEqual({ tables: [], columns: [], indexes: [], problems: [] })
})

test('an administrator enrols, signs in, adds an authenticator app, and only then gets in', async () => {
  await using front = await openFront()
  const browser = front.browser()
  const token = await firstInvitation(front.trial.database, front.world)
  const enrolled = await browser.post('/enrolments', { token, name: '홍길동', email, password })
  expect(enrolled).toMatchObject({ status: 201, body: { email: 'admin@example.org' } })

  const signedIn = await browser.post('/auth/sign-in/email', { email, password })
  expect(signedIn).toMatchObject({ status: 200, body: { twoFactorRedirect: false } })
  expect(signedIn.cookies.join()).toMatch(/jikimi\.session_token=[^;]+;.*HttpOnly;.*SameSite=Strict/i)
  const { rows: sessions } = await front.trial.database.pool.query<{ token: string }>(
    'select token from access.session',
  )
  expect(JSON.stringify(signedIn.body), 'the token is in the cookie alone').not.toContain(sessions[0]!.token)
  expect((await browser.get('/session')).body).toMatchObject({
    needsSecondFactor: true,
    role: 'administrator',
  })
  expect(await browser.get('/accounts')).toMatchObject({
    status: 403,
    body: { code: 'access.secondFactorMissing' },
  })
  expect((await browser.get('/rights')).body['code']).toBe('access.secondFactorMissing')

  const begun = await browser.post('/auth/two-factor/enable', { password })
  const { totpURI, backupCodes } = begun.body as { totpURI: string; backupCodes: string[] }
  expect(backupCodes.length).toBeGreaterThan(5)
  expect((await browser.get('/accounts')).status).toBe(403)
  const verified = await browser.post('/auth/two-factor/verify-totp', { code: freshTotp(totpURI) })
  expect(verified).toMatchObject({ status: 200, body: { status: true } })
  expect((await browser.get('/session')).body).toMatchObject({ needsSecondFactor: false, hasTotp: true })
  expect((await browser.get('/accounts')).status).toBe(200)
})

test('the next sign-in asks for the code of the app before there is a session', async () => {
  await using front = await openFront()
  const { totpURI, backupCodes } = await enrolFully(
    front.browser(),
    (await firstInvitation(front.trial.database, front.world))!,
    email,
  )
  const browser = front.browser()
  expect(await browser.post('/auth/sign-in/email', { email, password })).toMatchObject({
    status: 200,
    body: { twoFactorRedirect: true, twoFactorMethods: ['totp'] },
  })
  expect((await browser.get('/session')).body['code']).toBe('access.notSignedIn')
  const wrong = await browser.post('/auth/two-factor/verify-totp', { code: '000000' })
  expect(wrong).toMatchObject({ status: 401, body: { code: 'access.codeWrong' } })
  expect((await browser.post('/auth/two-factor/verify-totp', { code: freshTotp(totpURI) })).status).toBe(200)
  expect((await browser.get('/session')).body).toMatchObject({ needsSecondFactor: false })

  const other = front.browser()
  await other.post('/auth/sign-in/email', { email, password })
  expect((await other.post('/auth/two-factor/verify-backup-code', { code: backupCodes[0]! })).status).toBe(
    200,
  )
  expect((await other.get('/session')).body).toMatchObject({ needsSecondFactor: false })
  const again = front.browser()
  await again.post('/auth/sign-in/email', { email, password })
  const used = await again.post('/auth/two-factor/verify-backup-code', { code: backupCodes[0]! })
  expect(used.body['code']).toBe('access.codeWrong')
})

test('the whole path also goes over a real socket', async () => {
  await using front = await openFront()
  await front.app.listen({ host: '127.0.0.1', port: 0 })
  const base = `http://127.0.0.1:${(front.app.server.address() as AddressInfo).port}/api`
  const jar = new Map<string, string>()
  const send = async (path: string, body?: object) => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await fetch(`${base}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { cookie, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    for (const line of answer.headers.getSetCookie()) keep(jar, line)
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
  }
  const token = await firstInvitation(front.trial.database, front.world)
  expect((await send('/enrolments', { token, name: '홍길동', email, password })).status).toBe(201)
  expect((await send('/auth/sign-in/email', { email, password })).status).toBe(200)
  const { totpURI } = (await send('/auth/two-factor/enable', { password })).body as { totpURI: string }
  expect((await send('/auth/two-factor/verify-totp', { code: freshTotp(totpURI) })).status).toBe(200)
  expect((await send('/session')).body).toMatchObject({ needsSecondFactor: false })
  expect((await send('/auth/sign-out', {})).status).toBe(200)
  expect((await send('/session')).status).toBe(401)
})

test('sign-ins are in the log by ids alone: opened, refused, closed', async () => {
  await using front = await openFront()
  const browser = await administrator(front)
  await browser.post('/auth/sign-out', {})
  expect(await browser.post('/auth/sign-in/email', { email, password: 'something else' })).toMatchObject({
    status: 401,
    body: { code: 'access.signInRefused' },
  })
  const written = await entries(front)
  expect(written.map(entry => entry.kind)).toEqual([
    'invitation.made',
    'account.enrolled',
    'session.opened',
    'account.changed',
    'session.closed',
    'session.refused',
  ])
  expect(written[5]).toMatchObject({
    about: { account: expect.any(String) as string },
    detail: { by: 'password' },
  })
  expect(JSON.stringify(written)).not.toMatch(/example\.org|홍길동/)
})

test('beyond the limit an address may not try again, and nothing more is written', async () => {
  await using front = await openFront()
  const browser = front.browser()
  const guess = { email: 'nobody@example.org', password: 'something else' }
  const statuses: number[] = []
  for (let tries = 0; tries < 22; tries += 1)
    statuses.push((await browser.post('/auth/sign-in/email', guess)).status)
  expect(statuses.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => 401))
  expect(statuses.slice(20)).toEqual([429, 429])
  expect(await browser.post('/auth/sign-in/email', guess)).toMatchObject({
    body: { code: 'access.tooManyAttempts' },
  })
  expect((await entries(front)).filter(entry => entry.kind === 'session.refused')).toHaveLength(20)
})

test('open sign-up does not exist, nor another door outside the table, nor a way to trust a device', async () => {
  await using front = await openFront()
  const browser = front.browser()
  for (const path of [
    '/auth/sign-up/email',
    '/auth/update-user',
    '/auth/two-factor/get-totp-uri',
    '/auth/delete-user',
  ])
    expect((await browser.post(path, { name: 'x', email, password })).status, path).toBe(404)
  const trusting = await browser.post('/auth/two-factor/verify-totp', { code: '000000', trustDevice: true })
  expect(trusting.status).toBe(400)
})
