import { z } from 'zod'
import { expect, test } from 'vitest'
import type { Routes } from '#platform/http'
import { administrator, enrolFully, openFront, password, totp, type Front } from './trial.ts'
import { firstInvitation } from './invitation.ts'

const others: Routes = (app, http) => {
  const response = { 200: z.object({ isDone: z.boolean() }) }
  const done = () => Promise.resolve({ isDone: true })
  app.get('/work', { config: { right: 'session' }, schema: { response } }, done)
  app.post(
    '/grave',
    { config: { right: 'operations.change', isFresh: true }, schema: { response } },
    request => http.act(request, done),
  )
}

async function openDesk(front: Front) {
  const browser = front.browser()
  const token = (await firstInvitation(front.trial.database, front.world))!
  const { totpURI } = await enrolFully(browser, token, 'admin@example.org')
  const signIn = async (code = totp(totpURI)) => {
    await browser.post('/auth/sign-in/email', { email: 'admin@example.org', password })
    return browser.post('/auth/two-factor/verify-totp', { code })
  }
  return { browser, signIn }
}

const sessionsIn = async (front: Front) => {
  const { rows } = await front.trial.database.pool.query<{ count: number }>(
    'select count(*) as count from access.session',
  )
  return rows[0]?.count
}

test('a locked session answers nothing but the way back in, and the new one takes its place', async () => {
  await using front = await openFront([others])
  const { browser, signIn } = await openDesk(front)
  expect((await browser.post('/session/locks', {})).status).toBe(204)
  for (const path of ['/session', '/work', '/own-sessions', '/auth/passkey/list-user-passkeys'])
    expect(await browser.get(path), path).toMatchObject({
      status: 401,
      body: { code: 'access.sessionLocked' },
    })
  expect((await browser.post('/auth/two-factor/enable', { password })).body['code']).toBe(
    'access.sessionLocked',
  )
  // A wrong code, and a code without the password before it, leave it locked.
  expect((await browser.post('/auth/two-factor/verify-totp', { code: '000000' })).body['code']).toBe(
    'access.sessionLocked',
  )
  expect((await signIn('000000')).body['code']).toBe('access.codeWrong')
  expect((await browser.get('/work')).body['code']).toBe('access.sessionLocked')
  expect((await signIn()).status).toBe(200)
  expect((await browser.get('/work')).status).toBe(200)
  expect(await sessionsIn(front)).toBe(1)
  const { rows } = await front.trial.database.pool.query<{ kind: string }>(
    `select kind from audit.entry where kind like 'session.%' order by id`,
  )
  expect(rows.map(row => row.kind).slice(-4)).toEqual([
    'session.locked',
    'session.refused',
    'session.opened',
    'session.closed',
  ])
})

test('what the console asks by itself keeps no desk open', async () => {
  await using front = await openFront([others])
  const { browser } = await openDesk(front)
  const { pool } = front.trial.database
  await pool.query(`update access.session set "updatedAt" = now() - interval '9 minutes'`)
  const cookie = [...browser.jar].map(([name, value]) => `${name}=${value}`).join('; ')
  const unattended = await front.app.inject({
    url: '/api/work',
    headers: { cookie, 'x-jikimi-unattended': '1' },
  })
  expect(unattended.statusCode).toBe(200)
  const quiet = async () => {
    const { rows } = await pool.query<{ minutes: number }>(
      'select round(extract(epoch from now() - "updatedAt") / 60)::int as minutes from access.session',
    )
    return rows[0]?.minutes
  }
  expect(await quiet()).toBe(9)
  expect((await browser.get('/work')).status).toBe(200)
  expect(await quiet()).toBe(0)
})

test('what is grave asks for an authentication of the last minutes, and goes on after it', async () => {
  await using front = await openFront([others], { JIKIMI_FRESH_FOR: '5' })
  const { browser, signIn } = await openDesk(front)
  expect((await browser.post('/grave', {})).status).toBe(200)
  await front.trial.database.pool.query(
    `update access.session set "createdAt" = now() - interval '6 minutes'`,
  )
  expect((await browser.get('/session')).body['isFresh']).toBe(false)
  expect(await browser.post('/grave', {})).toMatchObject({
    status: 403,
    body: { code: 'access.authenticationStale' },
  })
  expect((await browser.get('/work')).status, 'all else goes on').toBe(200)
  await signIn()
  expect((await browser.post('/grave', {})).status).toBe(200)
  expect(await sessionsIn(front)).toBe(1)
})

test('another person who signs in at a locked desk ends the session that was there', async () => {
  await using front = await openFront([others])
  const admin = await administrator(front)
  const link = (await admin.post('/invitations', { role: 'commander', name: '박총괄' })).body['link']
  const park = front.browser()
  const { totpURI } = await enrolFully(park, String(link).split('#')[1]!, 'park@example.org')
  await park.post('/auth/sign-out', {})
  await admin.post('/session/locks', {})
  await admin.post('/auth/sign-in/email', { email: 'park@example.org', password })
  await admin.post('/auth/two-factor/verify-totp', { code: totp(totpURI) })
  expect((await admin.get('/session')).body['role']).toBe('commander')
  expect(await sessionsIn(front)).toBe(1)
})
