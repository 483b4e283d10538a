import { expect, test } from 'vitest'
import { firstInvitation } from './invitation.ts'
import { enrolFully, freshTotp, openFront, password } from './trial.ts'

const email = 'admin@example.org'

test('a code of the app opens a session once, though the app still shows it', async () => {
  await using front = await openFront()
  const token = await firstInvitation(front.trial.database, front.world)
  const { totpURI } = await enrolFully(front.browser(), token!, email)
  const code = freshTotp(totpURI)
  const signIn = async (given: string) => {
    const browser = front.browser()
    await browser.post('/auth/sign-in/email', { email, password })
    const answer = await browser.post('/auth/two-factor/verify-totp', { code: given })
    return { code: answer.body['code'], status: answer.status, browser }
  }
  expect((await signIn(code)).status).toBe(200)
  const replayed = await signIn(code)
  expect(replayed).toMatchObject({ status: 401, code: 'access.codeSpent' })
  expect((await replayed.browser.get('/session')).status).toBe(401)
  expect((await signIn(freshTotp(totpURI))).status).toBe(200)
  // One older than the last that opened something stays used as well.
  expect(await signIn(code)).toMatchObject({ status: 401, code: 'access.codeSpent' })
})

test('of two who come at once with one code, one gets in', async () => {
  await using front = await openFront()
  const token = await firstInvitation(front.trial.database, front.world)
  const { totpURI } = await enrolFully(front.browser(), token!, email)
  const code = freshTotp(totpURI)
  const browsers = [front.browser(), front.browser()]
  for (const browser of browsers) await browser.post('/auth/sign-in/email', { email, password })
  const answers = await Promise.all(
    browsers.map(browser => browser.post('/auth/two-factor/verify-totp', { code })),
  )
  expect(answers.map(answer => answer.status).toSorted((a, b) => a - b)).toEqual([200, 401])
})
