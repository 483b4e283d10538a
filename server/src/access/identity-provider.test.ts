import { expect, test } from 'vitest'
import { firstInvitation } from './invitation.ts'
import {
  administrator,
  enrolFully,
  freshTotp,
  openFront,
  password,
  type Browser,
  type Front,
} from './trial.ts'
import {
  clientSecret,
  openTrialProvider,
  publicUrl,
  rsaKey,
  type IdToken,
  type TrialProvider,
} from './trial-identity-provider.ts'

const strong = { amr: ['otp'] }
const at = '/identity-providers/seoul'

const settingsOf = (...providers: object[]) => ({
  JIKIMI_PUBLIC_URL: publicUrl,
  JIKIMI_IDENTITY_PROVIDERS: JSON.stringify(providers),
})

/** Signs in, or does what `path` begins, as the provider's `name`; the answer to what came back. */
async function arrive(browser: Browser, provider: TrialProvider, name: string, path = 'sign-ins', form = {}) {
  const begun = await browser.post(`${at}/${path}`, form)
  if (begun.status !== 201) return begun
  return browser.post(`${at}/returns`, only(await provider.visit(String(begun.body['location']), name)))
}

/** What the page hands on of what came back. */
const only = ({ code, state, iss, error }: Record<string, string>) =>
  JSON.parse(JSON.stringify({ code, state, iss, error })) as object

/** An invitation of the team leader of an agency. */
async function invited(admin: Browser, agency = 'seoul'): Promise<string> {
  const { body } = await admin.post('/invitations', { role: 'leader', name: '김팀장', agency })
  return String(body['link']).split('#')[1]!
}

const enrolment = async (admin: Browser, agency?: string) => ({
  token: await invited(admin, agency),
  name: '김팀장',
  email: `${agency ?? 'seoul'}@example.org`,
})

const entries = async (front: Front, kind: string) => {
  const { rows } = await front.trial.database.pool.query<{ detail: unknown }>(
    "select body::json -> 'detail' as detail from audit.entry where kind = $1 order by id",
    [kind],
  )
  return rows.map(row => row.detail)
}

test('an invitation is answered with the agency’s account, which from then on signs in, unlocks and confirms', async () => {
  await using provider = await openTrialProvider()
  provider.strength = strong
  const settings = settingsOf(provider.setting({ agency: 'seoul', amr: ['otp', 'hwk'] }))
  await using front = await openFront([], settings)
  const admin = await administrator(front)
  const kim = front.browser()
  const answer = await arrive(kim, provider, 'kim', 'enrolments', await enrolment(admin))
  expect(answer).toMatchObject({ status: 200, body: { outcome: 'signedIn' } })
  expect((await kim.get('/session')).body).toMatchObject({ role: 'leader', needsSecondFactor: false })

  const again = front.browser()
  expect((await arrive(again, provider, 'kim')).body).toEqual({ outcome: 'signedIn' })
  await again.post('/session/locks', {})
  expect((await again.get('/session')).body['code']).toBe('access.sessionLocked')
  expect((await arrive(again, provider, 'kim')).status).toBe(200)
  expect((await again.get('/session')).body).toMatchObject({ isFresh: true, needsSecondFactor: false })
  const { rows } = await front.trial.database.pool.query('select 1 from access.session')
  expect(rows, 'the administrator, the first browser, and one for the unlocked desk').toHaveLength(3)
  expect((await entries(front, 'session.opened')).slice(-3)).toEqual([
    { by: 'provider' },
    { by: 'provider' },
    { by: 'provider' },
  ])
  const { rows: kept } = await front.trial.database.pool.query('select * from access.identity')
  expect(JSON.stringify(kept)).not.toContain('kim')
})

test('without the strength that the setting demands, the second factor is asked for here', async () => {
  await using provider = await openTrialProvider()
  const settings = settingsOf(provider.setting({ acr: ['urn:agency:two-factors'] }))
  await using front = await openFront([], settings)
  const admin = front.browser()
  const token = (await firstInvitation(front.trial.database, front.world))!
  const { totpURI } = await enrolFully(admin, token, 'admin@example.org')
  expect((await arrive(admin, provider, 'root', 'links')).body).toEqual({ outcome: 'linked' })
  const browser = front.browser()
  expect((await arrive(browser, provider, 'root')).body).toEqual({ outcome: 'needsCode' })
  expect((await browser.get('/session')).status).toBe(401)
  const code = await browser.post('/auth/two-factor/verify-totp', { code: freshTotp(totpURI) })
  expect(code.status).toBe(200)
  expect((await browser.get('/session')).body['needsSecondFactor']).toBe(false)

  const kim = front.browser()
  await arrive(kim, provider, 'kim', 'enrolments', await enrolment(admin))
  expect((await kim.get('/session')).body['needsSecondFactor']).toBe(true)
  expect((await kim.get('/own-sessions')).body['code']).toBe('access.secondFactorMissing')

  provider.strength = { acr: 'urn:agency:two-factors' }
  const vouched = front.browser()
  expect((await arrive(vouched, provider, 'kim')).body).toEqual({ outcome: 'signedIn' })
  expect((await vouched.get('/session')).body['needsSecondFactor']).toBe(false)
})

test('what comes back is taken once, in the browser that began, with the state and nonce that were sent', async () => {
  await using provider = await openTrialProvider()
  provider.strength = strong
  await using front = await openFront([], settingsOf(provider.setting({ amr: ['otp'] })))
  const admin = await administrator(front)
  const kim = front.browser()
  await arrive(kim, provider, 'kim', 'enrolments', await enrolment(admin))
  const begin = async (browser: Browser) =>
    String((await browser.post(`${at}/sign-ins`, {})).body['location'])
  const refusedAs = async (browser: Browser, returned: Record<string, string>) => {
    const answer = await browser.post(`${at}/returns`, only(returned))
    expect(answer.cookies.join()).not.toContain('session_token')
    return answer.body['code']
  }

  const first = front.browser()
  const returned = await provider.visit(await begin(first), 'kim')
  // Whoever has the address but not the browser; then the owner; then the same once more.
  expect(await refusedAs(front.browser(), returned)).toBe('access.signInStale')
  const other = front.browser()
  await begin(other)
  expect(await refusedAs(other, returned)).toBe('access.identityRefused')
  const cookie = first.jar.get('jikimi.visit')!
  expect((await first.post(`${at}/returns`, only(returned))).status).toBe(200)
  first.jar.set('jikimi.visit', cookie)
  expect(await refusedAs(first, returned)).toBe('access.signInStale')

  const changes: Record<string, (address: URL) => void> = {
    nonce: address => address.searchParams.set('nonce', 'of-another-visit'),
    state: address => address.searchParams.set('state', 'of-another-visit'),
    codeChallenge: address => address.searchParams.set('code_challenge', 'A'.repeat(43)),
    client: address => address.searchParams.set('client_id', 'another'),
  }
  for (const [what, change] of Object.entries(changes)) {
    const browser = front.browser()
    const changed = await provider.visit(await begin(browser), 'kim', change)
    expect(await refusedAs(browser, changed), what).toBe('access.identityRefused')
  }
  expect((await entries(front, 'session.refused')).at(-1)).toEqual({
    by: 'provider',
    reason: 'access.identityRefused',
  })
})

test('an ID token that is forged, wrongly signed, or meant for another client or visit is refused', async () => {
  await using provider = await openTrialProvider()
  provider.strength = strong
  await using front = await openFront([], settingsOf(provider.setting({ amr: ['otp'] })))
  const admin = await administrator(front)
  await arrive(front.browser(), provider, 'kim', 'enrolments', await enrolment(admin))
  const claiming = (change: object) => (token: IdToken) => ({
    ...token,
    claims: { ...token.claims, ...change },
  })
  const secret = { kty: 'oct', k: Buffer.from(clientSecret).toString('base64url') }
  const forgeries: Record<string, (token: IdToken) => IdToken> = {
    'a stranger’s key under the provider’s name for its own': token => ({ ...token, key: rsaKey() }),
    'no signature': token => ({ ...token, header: { alg: 'none' }, key: undefined }),
    'the client’s secret instead of the provider’s key': token => ({
      ...token,
      header: { ...token.header, alg: 'HS256' },
      key: secret,
    }),
    'a key that the provider does not publish': token => ({
      ...token,
      header: { ...token.header, kid: 'unknown' },
      key: rsaKey(),
    }),
    'for another client': claiming({ aud: 'another' }),
    'for another client too, which was the one to ask': claiming({
      aud: ['jikimi', 'another'],
      azp: 'another',
    }),
    'of another visit': claiming({ nonce: 'of-another-visit' }),
    'of no visit': claiming({ nonce: undefined }),
    'by another issuer': claiming({ iss: 'http://127.0.0.1:9' }),
    'of yesterday': claiming({ exp: 1, iat: 0 }),
    'of an authentication before the visit': claiming({ auth_time: 1 }),
    'that does not say when the person authenticated': claiming({ auth_time: undefined }),
  }
  for (const [what, forge] of Object.entries(forgeries)) {
    provider.forge = forge
    const browser = front.browser()
    const answer = await arrive(browser, provider, 'kim')
    expect(answer.body['code'], what).toBe('access.identityRefused')
    expect((await browser.get('/session')).status, what).toBe(401)
  }
  // Taken apart and put together again with the provider's own key, as it was: what was refused was the forgery.
  provider.forge = token => token
  expect((await arrive(front.browser(), provider, 'kim')).body).toEqual({ outcome: 'signedIn' })
})

test('the provider makes no account and none is found by name: only what was linked opens one', async () => {
  await using provider = await openTrialProvider()
  provider.strength = strong
  await using front = await openFront([], settingsOf(provider.setting({ agency: 'seoul', amr: ['otp'] })))
  const admin = await administrator(front)
  const { pool } = front.trial.database
  const stranger = front.browser()
  // Its name for somebody is the e-mail address of an account here: that says nothing.
  for (const name of ['stranger', 'admin@example.org'])
    expect((await arrive(stranger, provider, name)).body['code']).toBe('access.identityUnlinked')
  expect((await stranger.get('/session')).status).toBe(401)

  // The administrator is of no agency, and the leader of Busan of another one.
  expect((await arrive(admin, provider, 'root', 'links')).body['code']).toBe('access.identityOfOtherAgency')
  const busan = await arrive(front.browser(), provider, 'lee', 'enrolments', await enrolment(admin, 'busan'))
  expect(busan.body['code']).toBe('access.identityOfOtherAgency')
  expect((await pool.query('select 1 from access."user"')).rows).toHaveLength(1)

  const kim = front.browser()
  await arrive(kim, provider, 'kim', 'enrolments', await enrolment(admin))
  const { account } = (await kim.get('/session')).body
  const second = { ...(await enrolment(admin)), email: 'second@example.org' }
  const taken = await arrive(front.browser(), provider, 'kim', 'enrolments', second)
  expect(taken.body['code']).toBe('access.identityTaken')
  await admin.send('PATCH', `/accounts/${String(account)}`, { isActive: false })
  expect((await arrive(front.browser(), provider, 'kim')).body['code']).toBe('access.accountInactive')
  await admin.send('PATCH', `/accounts/${String(account)}`, { isActive: true })
  await pool.query(`update access.member set agency = 'busan' where account = $1`, [account])
  expect((await arrive(front.browser(), provider, 'kim')).body['code']).toBe('access.identityOfOtherAgency')
})

test('one links and unlinks in a fresh session of one’s own, but not the last way in', async () => {
  await using provider = await openTrialProvider()
  provider.strength = strong
  await using front = await openFront([], settingsOf(provider.setting({ amr: ['otp'] })))
  const admin = await administrator(front)
  expect((await front.browser().post(`${at}/links`, {})).status).toBe(401)
  await front.trial.database.pool.query(`update access.session set "createdAt" = now() - interval '1 hour'`)
  expect((await admin.post(`${at}/links`, {})).body['code']).toBe('access.authenticationStale')
  await front.trial.database.pool.query(`update access.session set "createdAt" = now()`)
  const begun = await admin.post(`${at}/links`, {})
  const returned = await provider.visit(String(begun.body['location']), 'root')
  // Signed out meanwhile: whoever sits there now gets no link.
  const signedOut = front.browser()
  signedOut.jar.set('jikimi.visit', admin.jar.get('jikimi.visit')!)
  expect((await signedOut.post(`${at}/returns`, only(returned))).body['code']).toBe('access.notSignedIn')
  expect((await arrive(admin, provider, 'root', 'links')).body).toEqual({ outcome: 'linked' })
  expect((await admin.get('/own-identities')).body['rows']).toMatchObject([{ provider: 'seoul' }])
  expect((await admin.send('DELETE', '/own-identities/seoul')).status).toBe(204)
  expect((await arrive(front.browser(), provider, 'root')).body['code']).toBe('access.identityUnlinked')

  const kim = front.browser()
  await arrive(kim, provider, 'kim', 'enrolments', await enrolment(admin))
  expect((await kim.send('DELETE', '/own-identities/seoul')).body['code']).toBe('access.lastWayIn')
})

test('a password beside a strong provider adds no factor by itself', async () => {
  await using provider = await openTrialProvider()
  provider.strength = strong
  await using front = await openFront([], settingsOf(provider.setting({ amr: ['otp'] })))
  const admin = await administrator(front)
  await arrive(admin, provider, 'root', 'links')
  await admin.post('/auth/two-factor/disable', { password })
  const thief = front.browser()
  await thief.post('/auth/sign-in/email', { email: 'admin@example.org', password })
  const adding = await thief.post('/auth/two-factor/enable', { password })
  expect(adding.body['code']).toBe('access.secondFactorElsewhere')
})

test('a provider that is down is said to be so, keeps no other way shut, and works when it is back', async () => {
  const provider = await openTrialProvider()
  await provider.close()
  await using front = await openFront([], settingsOf(provider.setting()))
  const down = await front.browser().post(`${at}/sign-ins`, {})
  expect(down).toMatchObject({ status: 503, body: { code: 'access.identityProviderDown' } })
  const admin = await administrator(front)
  expect((await admin.get('/session')).body['needsSecondFactor']).toBe(false)
  expect((await admin.get('/identity-providers')).body['rows']).toEqual([
    { name: 'seoul', title: { ko: '서울청 계정', en: 'Seoul agency account' } },
  ])
  expect((await admin.post('/identity-providers/nobody/sign-ins', {})).body['code']).toBe(
    'access.noIdentityProvider',
  )

  await using other = await openTrialProvider()
  await using late = await openFront([], settingsOf(other.setting()))
  const browser = late.browser()
  const begun = await browser.post(`${at}/sign-ins`, {})
  const returned = await other.visit(String(begun.body['location']), 'kim')
  await other.close()
  expect((await browser.post(`${at}/returns`, only(returned))).body['code']).toBe(
    'access.identityProviderDown',
  )
})
