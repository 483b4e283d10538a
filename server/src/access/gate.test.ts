import { createHmac } from 'node:crypto'
import { sql } from 'kysely'
import { z } from 'zod'
import { expect, test } from 'vitest'
import type { Routes } from '#platform/http'
import { newId } from '#platform/ids'
import { reporter, staff } from '#platform/trial'
import { hourMs, systemClock } from '#platform/time'
import { roles } from '#platform/who'
import { closeReporterSession, isRight, mayDo, openReporterSession, rights } from './index.ts'
import { administrator, openFront, type Front } from './trial.ts'

const report = newId<'ReportId'>(new Date('2026-11-23T09:00:00+09:00'))

/** Routes as other rooms have them: one for each kind of ticket. */
const others: Routes = (app, http) => {
  const response = { 200: z.object({ who: z.string() }) }
  const answer = (who: object) => ({ who: JSON.stringify(who) })
  app.post('/receipts', { config: { right: 'public' }, schema: { response } }, async (_, reply) => {
    openReporterSession(reply, http.world, report, false)
    return answer({})
  })
  app.delete('/receipts', { config: { right: 'public' }, schema: { response } }, async (_, reply) => {
    closeReporterSession(reply)
    return answer({})
  })
  app.get('/mine', { config: { right: 'reporter' }, schema: { response } }, request =>
    Promise.resolve(answer(request.who)),
  )
  app.get('/list', { config: { right: 'subscriber' }, schema: { response } }, request =>
    Promise.resolve(answer(request.who)),
  )
  app.get('/cases', { config: { right: 'cases.read' }, schema: { response } }, request =>
    Promise.resolve(answer(request.who)),
  )
}

test('the table of rights: each has a role and both sentences, and nobody has one that is not in it', () => {
  for (const [right, line] of Object.entries(rights)) {
    expect(line.roles.length, right).toBeGreaterThan(0)
    expect(line.ko, right).toMatch(/[가-힣]/)
    expect(isRight(right)).toBe(true)
  }
  expect(roles.filter(role => mayDo(role, 'cases.assign'))).toEqual(['leader'])
  expect(roles.filter(role => mayDo(role, 'blocking.approve'))).toEqual(['officer', 'leader', 'commander'])
  expect(roles.filter(role => mayDo(role, 'access.manage'))).toEqual(['administrator'])
  expect(roles.filter(role => mayDo(role, 'toString'))).toEqual([])
})

test('a route that names no right, or that has lost it, stops the start', async () => {
  await expect(openFront([app => void app.get('/bare', async () => 'open to all')])).rejects.toThrow(
    'Route /api/bare has no right.',
  )
})

test('who has shown a receipt sees by it, until the cookie goes, is forged, or is two hours old', async () => {
  await using front = await openFront([others])
  const browser = front.browser()
  expect(await browser.get('/mine')).toMatchObject({ status: 401, body: { code: 'access.receiptNeeded' } })
  const [line] = (await browser.post('/receipts', {})).cookies
  expect(line).toMatch(/^jikimi_receipt=.*Path=\/api; HttpOnly; SameSite=Strict$/i)
  expect((await browser.get('/mine')).body['who']).toBe(
    JSON.stringify({ kind: 'reporter', report, isCovered: false }),
  )
  expect((await browser.get('/cases')).body['code']).toBe('access.notSignedIn')

  const cookie = browser.jar.get('jikimi_receipt')!
  const [id, until, cover, signed] = cookie.split('.')
  for (const forged of [
    `${id}.${Number(until) + 1}.${cover}.${signed}`,
    `${newId(new Date(0))}.${until}.${cover}.${signed}`,
    // Who has not given the second word cannot say that they have.
    `${id}.${until}.covered.${signed}`,
    `${id}.${until}`,
  ]) {
    browser.jar.set('jikimi_receipt', forged)
    expect((await browser.get('/mine')).status).toBe(401)
  }
  const old = `${id}.${systemClock.now().getTime() - 1}.open`
  const mac = createHmac('sha256', front.world.keys.sessionSecret)
    .update(`receipt\0${old}`)
    .digest('base64url')
  browser.jar.set('jikimi_receipt', `${old}.${mac}`)
  expect((await browser.get('/mine')).status, 'signed here, but over').toBe(401)
  const leftMs = Number(until) - systemClock.now().getTime()
  expect(Math.round(leftMs / hourMs)).toBe(2)
  browser.jar.set('jikimi_receipt', cookie)
  await browser.send('DELETE', '/receipts')
  expect((await browser.get('/mine')).status).toBe(401)
})

test('an operator fetches by its token, which is shown once and ends with its removal', async () => {
  await using front = await openFront([others])
  const admin = await administrator(front)
  const added = await admin.post('/subscribers', { name: 'operator-one' })
  expect(added.status).toBe(201)
  const token = String(added.body['token'])
  expect((await admin.post('/subscribers', { name: 'operator-one' })).body['code']).toBe(
    'access.subscriberExists',
  )
  const list = async (authorization: string) => {
    const answer = await front.app.inject({ url: '/api/list', headers: { authorization } })
    return { status: answer.statusCode, text: answer.body }
  }
  expect((await list(`Bearer ${token}`)).text).toContain('operator-one')
  const { rows } = await front.trial.database.pool.query<{ veil: string }>(
    'select veil from access.subscriber',
  )
  expect(rows[0]?.veil).not.toContain(token)
  expect((await list('Bearer aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa')).status).toBe(401)
  expect((await admin.get('/subscribers')).body['rows']).toMatchObject([{ name: 'operator-one' }])
  expect((await admin.send('DELETE', '/subscribers/operator-one')).status).toBe(204)
  expect((await admin.send('DELETE', '/subscribers/operator-one')).body['code']).toBe('access.noSubscriber')
  expect(await list(`Bearer ${token}`)).toMatchObject({ status: 401 })
  expect((await list(`Bearer ${token}`)).text).toContain('access.tokenUnknown')
})

async function age(front: Front, column: 'createdAt' | 'updatedAt' | 'expiresAt', by: string): Promise<void> {
  await front.trial.database.pool.query(`update access.session set "${column}" = now() - interval '${by}'`)
}

test('a session locks when it was idle for ten minutes, and ends twelve hours after it began', async () => {
  await using front = await openFront([others])
  const admin = await administrator(front)
  expect((await admin.get('/cases')).body['code']).toBe('access.notAllowed')
  await age(front, 'updatedAt', '9 minutes')
  expect((await admin.get('/session')).status).toBe(200)
  const { rows } = await front.trial.database.pool.query(
    'select 1 from access.session where "updatedAt" > now() - interval \'1 minute\'',
  )
  expect(rows, 'the use was noted').toHaveLength(1)
  await age(front, 'updatedAt', '11 minutes')
  expect(await admin.get('/session')).toMatchObject({ status: 401, body: { code: 'access.sessionLocked' } })
  await age(front, 'updatedAt', '1 second')
  expect((await admin.get('/session')).status).toBe(200)
  const { rows: spans } = await front.trial.database.pool.query(
    'select round(extract(epoch from "expiresAt" - "createdAt") / 3600)::int as hours from access.session',
  )
  expect(spans).toEqual([{ hours: 12 }])
  await age(front, 'expiresAt', '1 second')
  expect((await admin.get('/session')).status).toBe(401)
})

test('a password alone does not open an account that has a passkey, nor lay a second key beside it', async () => {
  await using front = await openFront()
  const browser = await administrator(front)
  const { pool } = front.trial.database
  // An account with a passkey and no app, as after adding a passkey and taking the app away.
  await pool.query(`update access."user" set "twoFactorEnabled" = false`)
  await pool.query('delete from access."twoFactor"')
  await pool.query(`insert into access.passkey (id, "publicKey", "userId", "credentialID", counter, "deviceType", "backedUp")
    select gen_random_uuid(), 'key', id, 'credential', 0, 'singleDevice', false from access."user"`)
  await browser.post('/auth/sign-out', {})
  await browser.post('/auth/sign-in/email', { email: 'admin@example.org', password: 'a long pass phrase' })
  expect((await browser.get('/session')).body).toMatchObject({ needsSecondFactor: true, hasPasskey: true })
  const tries = [
    await browser.post('/auth/two-factor/enable', { password: 'a long pass phrase' }),
    await browser.post('/auth/two-factor/verify-totp', { code: '000000' }),
    await browser.get('/auth/passkey/generate-register-options'),
    await browser.post('/auth/passkey/verify-registration', { response: { id: 'x' } }),
  ]
  expect(tries.map(each => each.body['code'])).toEqual(
    Array.from({ length: 4 }, () => 'access.secondFactorElsewhere'),
  )
})

test('nobody but the administrator sees accounts, and nobody at all what opens them', async () => {
  await using front = await openFront()
  await administrator(front)
  const count = async (who: Parameters<typeof front.trial.as>[0], table: string) => {
    const { rows } = await front.trial
      .as(who)
      .do(tx => sql<{ count: number }>`select count(*) as count from ${sql.table(table)}`.execute(tx.db))
    return rows[0]?.count
  }
  for (const table of ['access.member', 'access.invitation', 'access.subscriber'])
    for (const who of [staff('officer'), staff('leader', 'busan'), staff('counsellor'), reporter(report)])
      expect(await count(who, table), table).toBe(0)
  expect(await count(staff('administrator', null), 'access.member')).toBe(1)
  for (const table of ['access.twoFactor', 'access.verification', 'access.account'])
    await expect(count(staff('administrator', null), table), table).rejects.toThrow('permission denied')
  const token = front.trial
    .as(staff('administrator', null))
    .do(tx => sql`select token from access.session`.execute(tx.db))
  await expect(token).rejects.toThrow('permission denied')
})
