/**
 * Signing in, step by step (all under `/api`, JSON, cookies kept by the client; times are the machine's):
 *
 * An account is made once, from the one-time link `/console/enrol#TOKEN`:
 *  1. `POST /enrolments {token, name, email, password}` → 201 `{email}`. Password: 12 to 128 characters.
 *  2. `POST /auth/sign-in/email {email, password}` → 200 `{twoFactorRedirect: false}`, cookie `jikimi.session_token`
 *     (`__Secure-jikimi.session_token` where the public address is https).
 *  3. `GET /session` → `needsSecondFactor: true`. Every other route answers 403 `access.secondFactorMissing` until
 *     one of these two is done:
 *     a. authenticator app: `POST /auth/two-factor/enable {password}` → `{totpURI, backupCodes}`: show the URI as a
 *        QR code (RFC 6238: SHA-1, 6 digits, 30 s, `secret` in base32) and the codes once; then
 *        `POST /auth/two-factor/verify-totp {code}` → 200 `{status: true}`, and a new session cookie.
 *     b. passkey: `GET /auth/passkey/generate-register-options` → PublicKeyCredentialCreationOptionsJSON, for
 *        `PublicKeyCredential.parseCreationOptionsFromJSON` and `navigator.credentials.create`; then
 *        `POST /auth/passkey/verify-registration {response: credential.toJSON(), name?}` → 200.
 *  4. `GET /session` → `needsSecondFactor: false`: signed in fully.
 *
 * Later, with an authenticator app:
 *  1. `POST /auth/sign-in/email {email, password}` → 200 `{twoFactorRedirect: true, twoFactorMethods: ['totp']}`,
 *     cookie `jikimi.two_factor` (10 minutes), no session yet.
 *  2. `POST /auth/two-factor/verify-totp {code}`, or `/auth/two-factor/verify-backup-code {code}` → 200, cookie
 *     `jikimi.session_token`.
 *
 * Later, with a passkey (no e-mail address, no password):
 *  1. `GET /auth/passkey/generate-authenticate-options` → PublicKeyCredentialRequestOptionsJSON, cookie
 *     `jikimi.better-auth-passkey` (5 minutes).
 *  2. `navigator.credentials.get`, then `POST /auth/passkey/verify-authentication {response: credential.toJSON()}`
 *     → 200, cookie `jikimi.session_token`. Both passkey posts need the `Origin` header, which browsers send; the
 *     host is that of the public address, else `localhost` (not 127.0.0.1).
 *
 * An account with a passkey that is entered by password alone stays at `needsSecondFactor: true`, and adding
 * another factor there is refused with `access.secondFactorElsewhere`: sign out, sign in by passkey.
 * `POST /auth/sign-out {}` ends the session. A session ends 12 hours after it began. It locks when it was not used
 * for ten minutes (JIKIMI_LOCK_AFTER), or by `POST /session/locks`: then every route answers 401
 * `access.sessionLocked` until somebody has signed in again in that browser, in any of the ways above; the new
 * session takes the place of the old one. In the same way one authenticates again where a route answers 403
 * `access.authenticationStale`. Refusals are problem details as everywhere.
 *
 * @module
 */
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { App, Http, Routes } from '#platform/http'
import { ids, randomToken } from '#platform/ids'
import { refuse } from '#platform/refusals'
import { system } from '#platform/who'
import { approvalRoutes } from './approval-routes.ts'
import { accounts, endOwnSession, lockSession, ownAccount, ownSessions, setActive } from './account.ts'
import { refused } from './errors.ts'
import { enrol, invite, veilOf } from './invitation.ts'
import { refuseGuessable } from './password.ts'
import { rights } from './rights.ts'
import * as shape from './schema.ts'
import { isSeated, type Seated } from './session.ts'
import { signInOver } from './sign-in.ts'
import * as store from './store.ts'
import { addSubscriber, removeSubscriber } from './subscriber.ts'

export { authentication } from './authentication.ts'

const tags = ['access']
// A country has a handful of operators; beyond this somebody is playing.
const subscribersMax = 200

export const routes: Routes = (app, http) => {
  addOwn(app, http)
  addEnrolment(app, http)
  addAccounts(app, http)
  addSubscribers(app, http)
  approvalRoutes(app, http)
}

const seated = (request: FastifyRequest): Seated =>
  isSeated(request.who) ? request.who : refuse(refused.notSignedIn())

function addOwn(app: App, http: Http): void {
  app.get(
    '/session',
    {
      config: { right: 'session.begun' },
      schema: { tags, summary: 'Who is signed in', response: { 200: shape.Session } },
    },
    request => http.look(request, tx => ownAccount(tx, seated(request), http.world.config.lockAfterMs)),
  )

  app.post(
    '/session/locks',
    {
      config: { right: 'session' },
      schema: {
        tags,
        summary: 'Locks the session until its person signs in again',
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await http.act(request, tx => lockSession(tx, seated(request)))
      return reply.code(204).send(null)
    },
  )

  app.get(
    '/own-sessions',
    {
      config: { right: 'session' },
      schema: {
        tags,
        summary: 'Where one is signed in',
        response: { 200: z.object({ rows: z.array(shape.OwnSession) }) },
      },
    },
    request => http.look(request, async tx => ({ rows: await ownSessions(tx, seated(request)) })),
  )

  app.delete(
    '/own-sessions/:session',
    {
      config: { right: 'session' },
      schema: {
        tags,
        summary: 'Ends one of one’s sessions',
        params: z.object({ session: ids.SessionId }),
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await http.act(request, tx => endOwnSession(tx, seated(request), request.params.session))
      return reply.code(204).send(null)
    },
  )

  app.get(
    '/rights',
    {
      config: { right: 'session' },
      schema: { tags, summary: 'Which role may do what', response: { 200: z.array(shape.RightLine) } },
    },
    async () =>
      Object.entries(rights).map(([right, { roles, ko, en }]) => ({
        right,
        roles: [...roles],
        sentence: { ko, en },
      })),
  )
}

function addEnrolment(app: App, http: Http): void {
  app.post(
    '/enrolments',
    {
      // By caller and minute: nobody guesses 256 bits, but each try that gets further costs a slow hash.
      config: { right: 'public', rateLimit: { max: 30, timeWindow: 60_000 } },
      schema: {
        tags,
        summary: 'Turns an invitation into an account',
        body: shape.Enrolment,
        response: { 201: z.object({ email: z.string() }) },
      },
    },
    async (request, reply) => {
      const { token, name, email, password } = request.body
      const veil = veilOf(http.world, token)
      await refuseGuessable(password, [name, email])
      const { password: hasher } = await signInOver(http.database, http.world).$context
      const passwordHash = await hasher.hash(password)
      await http.database.act(system('access'), tx => enrol(tx, { veil, name, email, passwordHash }))
      return reply.code(201).send({ email: email.toLowerCase() })
    },
  )

  app.post(
    '/invitations',
    {
      config: { right: 'access.manage' },
      schema: {
        tags,
        summary: 'Invites one person; the link is shown once and is good for seven days',
        body: shape.NewInvitation,
        response: { 201: z.object({ link: z.string() }) },
      },
    },
    async (request, reply) => {
      const token = randomToken()
      await http.act(request, tx => invite(tx, request.body, veilOf(http.world, token)))
      const url = http.world.config.publicUrl ?? `${request.protocol}://${request.host}`
      return reply.code(201).send({ link: `${url}/console/enrol#${token}` })
    },
  )
}

function addAccounts(app: App, http: Http): void {
  app.get(
    '/accounts',
    {
      config: { right: 'access.manage' },
      schema: {
        tags,
        summary: 'All accounts',
        querystring: z.object({
          limit: z.coerce.number().int().min(1).max(200).default(50),
          after: ids.AccountId.optional(),
        }),
        response: { 200: shape.Accounts },
      },
    },
    request => {
      const { limit, after } = request.query
      return http.look(request, tx => accounts(tx, { limit, after }))
    },
  )

  app.patch(
    '/accounts/:account',
    {
      config: { right: 'access.manage' },
      schema: {
        tags,
        summary: 'Switches an account on or off',
        params: z.object({ account: ids.AccountId }),
        body: z.strictObject({ isActive: z.boolean() }),
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await http.act(request, tx => setActive(tx, request.params.account, request.body.isActive))
      return reply.code(204).send(null)
    },
  )
}

function addSubscribers(app: App, http: Http): void {
  app.get(
    '/subscribers',
    {
      config: { right: 'access.manage' },
      schema: {
        tags,
        summary: 'Operators that fetch the block lists',
        response: { 200: z.object({ rows: z.array(shape.Subscriber) }) },
      },
    },
    request =>
      http.look(request, async tx => {
        const rows = await store.subscribers(tx, subscribersMax)
        return { rows: rows.map(row => ({ name: row.name, addedAt: row.added_at.toISOString() })) }
      }),
  )

  app.post(
    '/subscribers',
    {
      config: { right: 'access.manage' },
      schema: {
        tags,
        summary: 'Adds an operator; the token is shown once',
        body: z.strictObject({ name: shape.subscriberName }),
        response: { 201: z.object({ token: z.string() }) },
      },
    },
    async (request, reply) => {
      const token = randomToken()
      const veil = http.world.keys.veil('subscriber', token)
      await http.act(request, tx => addSubscriber(tx, request.body.name, veil))
      return reply.code(201).send({ token })
    },
  )

  app.delete(
    '/subscribers/:name',
    {
      config: { right: 'access.manage' },
      schema: {
        tags,
        summary: 'Removes an operator; its token ends',
        params: z.object({ name: shape.subscriberName }),
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await http.act(request, tx => removeSubscriber(tx, request.params.name))
      return reply.code(204).send(null)
    },
  )
}
