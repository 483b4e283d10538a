/**
 * The way through a door of better-auth: the request is handed on, its answer comes back in this house's
 * shapes and refusals, and what happened is in the log before the browser hears of it.
 *
 * @module
 */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { record } from '#audit'
import type { App, Http } from '#platform/http'
import { refuse, type Refusal } from '#platform/refusals'
import { systemClock } from '#platform/time'
import { nobody, system } from '#platform/who'
import { endSessions } from './account.ts'
import { doors, signOutPath, type Door } from './doors.ts'
import { refused } from './errors.ts'
import { refuseGuessable } from './password.ts'
import { placeOf, seatedBy, seatedByCookie, type Seated } from './session.ts'
import { authPath, callerHeader, signInOver } from './sign-in.ts'
import * as store from './store.ts'

/** Opens the doors under `/api/auth`. */
export async function authentication(api: App, http: Http): Promise<void> {
  for (const door of doors) {
    api.route({
      method: door.method,
      url: `/auth${door.path}`,
      config: { right: door.right, isFresh: door.isFresh === true },
      schema: {
        tags: ['access'],
        summary: door.summary,
        ...(door.body === undefined ? {} : { body: door.body }),
        response: { 200: door.answer },
      },
      handler: (request, reply) => passThrough(door, http, request, reply),
    })
  }
}

async function passThrough(
  door: Door,
  http: Http,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> {
  const before = await seatedBy(http.database, http.world, request)
  // Whoever signs in again, to unlock or to confirm, does so as anyone: the session that is there does not help.
  const who = opensAnew(door, request) ? undefined : before
  if (who?.isLocked && door.change !== undefined) refuse(refused.sessionLocked())
  // A password alone must not be enough to lay a second key beside the one that the account has.
  if (door.addsFactor && who?.lacksSecondFactor && who.hasFactor) refuse(refused.secondFactorElsewhere())
  if (door.change === 'password' && who !== undefined) await refuseGuessableOf(who, http, request)
  const answer = await signInOver(http.database, http.world).handler(handedOn(door, http, request, who))
  for (const cookie of answer.headers.getSetCookie())
    if (who !== undefined || before === undefined || !endsSession(cookie)) reply.header('set-cookie', cookie)
  const body: unknown = await answer.json().catch(() => null)
  if (!answer.ok) {
    const refusal = refusalOf(door, answer.status, body)
    await noteRefused(door, http, request, who, refusal)
    throw refusal
  }
  await noteDone(door, http, answer, request.ip, who, before)
  return door.answer.parse(mended(door, body))
}

async function refuseGuessableOf(who: Seated, http: Http, request: FastifyRequest): Promise<void> {
  const { newPassword } = request.body as { newPassword: string }
  const [own] = await http.database.look(system('access'), tx =>
    store.accounts(tx, { limit: 1, only: who.account }),
  )
  await refuseGuessable(newPassword, own === undefined ? [] : [own.name, own.email])
}

/** Whether the request is a step of signing in, with or without a session in the same browser. */
function opensAnew(door: Door, request: FastifyRequest): boolean {
  if (door.opens !== 'code') return door.opens !== undefined
  return request.headers.cookie?.includes('jikimi.two_factor=') ?? false
}

/** Between password and code better-auth takes the session cookie away; the locked one stays until it is replaced. */
const endsSession = (cookie: string): boolean =>
  cookie.includes('jikimi.session_token=') && /max-age=0/i.test(cookie)

/** The request as better-auth is to see it: the cookie of a session that is over is not handed on. */
function handedOn(door: Door, http: Http, request: FastifyRequest, who: Seated | undefined): Request {
  const headers = new Headers({ [callerHeader]: request.ip })
  const { cookie, origin } = request.headers
  if (cookie !== undefined) headers.set('cookie', who === undefined ? withoutSession(cookie) : cookie)
  if (origin !== undefined) headers.set('origin', origin)
  headers.set('user-agent', (request.headers['user-agent'] ?? '').slice(0, 200))
  const base = new URL(http.world.config.publicUrl ?? 'http://localhost').origin
  const url = `${base}${authPath}${door.path}`
  if (door.method === 'GET') return new Request(url, { headers })
  headers.set('content-type', 'application/json')
  return new Request(url, { method: 'POST', headers, body: JSON.stringify(request.body ?? {}) })
}

function withoutSession(cookie: string): string {
  return cookie
    .split(/;\s*/)
    .filter(pair => !pair.includes('jikimi.session_token='))
    .join('; ')
}

/** What the library cannot be told by an option. */
function mended(door: Door, body: unknown): unknown {
  const isPasskeySignIn = door.path === '/passkey/generate-authenticate-options'
  return isPasskeySignIn ? { ...(body as object), userVerification: 'required' } : body
}

type Refused = () => Refusal

const refusalByCode: Readonly<Record<string, Refused>> = {
  INVALID_EMAIL_OR_PASSWORD: refused.signInRefused,
  INVALID_CODE: refused.codeWrong,
  INVALID_BACKUP_CODE: refused.codeWrong,
  CODE_SPENT: refused.codeSpent,
  INVALID_TWO_FACTOR_COOKIE: refused.signInStale,
  CHALLENGE_NOT_FOUND: refused.signInStale,
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: refused.signInStale,
  ACCOUNT_TEMPORARILY_LOCKED: refused.tooManyAttempts,
  ACCOUNT_INACTIVE: refused.accountInactive,
  INVALID_PASSWORD: refused.passwordWrong,
  TOTP_ALREADY_ENABLED: refused.totpOn,
  TOTP_NOT_ENABLED: refused.totpOff,
  TWO_FACTOR_NOT_ENABLED: refused.totpOff,
  BACKUP_CODES_NOT_ENABLED: refused.totpOff,
  PASSKEY_NOT_FOUND: refused.passkeyRefused,
  AUTHENTICATION_FAILED: refused.passkeyRefused,
  FAILED_TO_VERIFY_REGISTRATION: refused.passkeyRefused,
  USER_NOT_VERIFIED: refused.passkeyRefused,
}

function refusalOf(door: Door, status: number, body: unknown): Refusal {
  const code = typeof body === 'object' && body !== null && 'code' in body ? String(body.code) : ''
  if (door.change === 'passkeyRemoved' && code === 'PASSKEY_NOT_FOUND') return refused.noPasskey()
  const known = refusalByCode[code]
  if (known !== undefined) return known()
  if (status === 429) return refused.tooManyAttempts()
  if (status === 401) return refused.notSignedIn()
  if (status < 500) return refused.signInMalformed()
  throw new Error(`The sign-in broke (${status}).`)
}

/** Beyond the limit nothing is written: whoever hammers at the door must not fill the log. */
async function noteRefused(
  door: Door,
  http: Http,
  request: FastifyRequest,
  who: Seated | undefined,
  refusal: Refusal,
): Promise<void> {
  if (door.opens === undefined || who !== undefined) return
  http.world.log.signInRefused({ reason: refusal.code })
  if (refusal.sentence.status === 429) return
  const email = door.opens === 'password' ? (request.body as { email: string }).email : undefined
  const account =
    email === undefined
      ? undefined
      : await http.database.look(system('access'), tx => store.accountByEmail(tx, email))
  await http.database.act(nobody, tx =>
    record(
      tx,
      'session.refused',
      { account },
      { by: door.opens, reason: refusal.code, from: placeOf(http.world, request.ip) },
    ),
  )
}

async function noteDone(
  door: Door,
  http: Http,
  answer: Response,
  ip: string,
  who: Seated | undefined,
  before: Seated | undefined,
): Promise<void> {
  if (who !== undefined && door.change !== undefined) return noteChange(door, http, who)
  if (door.path === signOutPath) {
    if (who === undefined) return
    const { account, session } = who
    await http.database.act(who, tx =>
      record(tx, 'session.closed', { account, session }, { reason: 'signedOut' }),
    )
    return
  }
  if (door.opens !== undefined) await noteOpened(http, answer, door.opens, ip, before)
}

/** Records the session that `answer` opens, if any, and ends that which the browser had before. */
export async function noteOpened(
  http: Http,
  answer: Response,
  by: NonNullable<Door['opens']> | 'provider',
  ip: string,
  before: Seated | undefined,
): Promise<void> {
  const cookies = answer.headers.getSetCookie().map(cookie => cookie.split(';')[0] ?? '')
  const opened = await seatedByCookie(http.database, http.world, { cookie: cookies.join('; '), ip })
  // With a second factor still to come there is no session yet.
  if (opened === undefined) return
  const { account, session } = opened
  await http.database.act(system('access'), tx => store.dropStaleSessions(tx, systemClock.now()))
  await http.database.act(opened, tx => record(tx, 'session.opened', { account, session }, { by }))
  // The browser has one session: the new one stands in the place of that which was locked or had grown old.
  if (before !== undefined && before.session !== session)
    await http.database.act(before, tx =>
      endSessions(tx, before.account, { only: before.session }, 'replaced'),
    )
}

async function noteChange(door: Door, http: Http, who: Seated): Promise<void> {
  const { account, session } = who
  await http.database.act(system('access'), async tx => {
    if (door.change === 'passkeyAdded' && who.lacksSecondFactor)
      await store.setSecondFactor(tx, session, 'passkey')
  })
  await http.database.act(who, async tx => {
    await record(tx, 'account.changed', { account }, { change: door.change })
    if (door.change === 'password') await endSessions(tx, account, { except: session }, 'passwordChanged')
  })
}
