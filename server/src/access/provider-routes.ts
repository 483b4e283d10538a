/**
 * Signing in by the identity provider of an agency, step by step:
 *  1. `GET /identity-providers` → which there are.
 *  2. `POST /identity-providers/NAME/sign-ins {}` (or `/enrolments {token, name, email}` with an invitation, or `/links
 *     {}` when signed in and fresh) → 201 `{location}`, and the cookie `jikimi.visit` (10 minutes). The browser goes there.
 *  3. The provider sends it back to `/console/identity-providers/NAME?code=…&state=…`, and the page there does
 *     `POST /identity-providers/NAME/returns {code, state, iss?}` → 200 `{outcome}`: `signedIn` with a session cookie;
 *     `needsCode`, with the cookie `jikimi.two_factor`: `POST /auth/two-factor/verify-totp` is next; or `linked`.
 *     `signedIn` still says `needsSecondFactor: true` in `GET /session` where the provider was not asked for, or did not
 *     vouch for, a strong authentication.
 * Whoever authenticates in this way at a locked desk unlocks it, as in every other way.
 *
 * @module
 */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { App, Http, Routes } from '#platform/http'
import { refuse, Refusal } from '#platform/refusals'
import { noteOpened } from './authentication.ts'
import { refused } from './errors.ts'
import { providerBy } from './identity-provider.ts'
import { veilOf } from './invitation.ts'
import * as visits from './provider-store.ts'
import { beginVisit, endVisit, noteRefusedVisit, unlink, type Purpose } from './provider-visit.ts'
import * as shape from './schema.ts'
import { isSeated, seatedBy, type Seated } from './session.ts'
import { callerHeader, signInOver } from './sign-in.ts'

const tags = ['access']
const Params = z.object({ provider: shape.identityProviderName })
const Begun = { 201: z.object({ location: z.url() }) }
// By caller and minute, as for passwords: a whole agency may stand behind one address.
const rateLimit = { max: 30, timeWindow: 60_000 }
const visitCookie = 'jikimi.visit'
const visitCookieS = 600

export const providerRoutes: Routes = (app, http) => {
  addList(app, http)
  addBeginnings(app, http)
  addReturn(app, http)
  addOwnIdentities(app, http)
}

const seated = (request: FastifyRequest): Seated =>
  isSeated(request.who) ? request.who : refuse(refused.notSignedIn())

function addList(app: App, http: Http): void {
  app.get(
    '/identity-providers',
    {
      config: { right: 'public' },
      schema: {
        tags,
        summary: 'Agencies whose own account signs in here',
        response: { 200: z.object({ rows: z.array(shape.IdentityProvider) }) },
      },
    },
    async () => ({
      rows: http.world.config.identityProviders.map(({ name, title }) => ({ name, title })),
    }),
  )
}

function addBeginnings(app: App, http: Http): void {
  app.post(
    '/identity-providers/:provider/sign-ins',
    {
      config: { right: 'public', rateLimit },
      schema: {
        tags,
        summary: 'Begins a sign-in by an agency’s account',
        params: Params,
        body: z.strictObject({}),
        response: Begun,
      },
    },
    (request, reply) => begin(http, request.params.provider, { purpose: 'signIn' }, reply),
  )

  app.post(
    '/identity-providers/:provider/enrolments',
    {
      config: { right: 'public', rateLimit },
      schema: {
        tags,
        summary: 'Begins to answer an invitation with an agency’s account instead of a password',
        params: Params,
        body: shape.ProviderEnrolment,
        response: Begun,
      },
    },
    (request, reply) => {
      const { token, name, email } = request.body
      const invitationVeil = veilOf(http.world, token)
      return begin(http, request.params.provider, { purpose: 'enrol', invitationVeil, name, email }, reply)
    },
  )

  app.post(
    '/identity-providers/:provider/links',
    {
      config: { right: 'session', isFresh: true, rateLimit },
      schema: {
        tags,
        summary: 'Begins to link an agency’s account to one’s own',
        params: Params,
        body: z.strictObject({}),
        response: Begun,
      },
    },
    (request, reply) =>
      begin(http, request.params.provider, { purpose: 'link', account: seated(request).account }, reply),
  )
}

async function begin(
  http: Http,
  name: string,
  wanted: Purpose,
  reply: FastifyReply,
): Promise<{ location: string }> {
  const { key, location } = await beginVisit(http, providerBy(http.world, name), wanted)
  reply.setCookie(visitCookie, key, { ...visitCookieOptions(http), maxAge: visitCookieS })
  reply.code(201)
  return { location }
}

const visitCookieOptions = (http: Http) =>
  ({
    httpOnly: true,
    // The page to which the provider sends the browser back asks for itself, so even here no other site does.
    sameSite: 'strict',
    path: '/api/identity-providers',
    secure: http.world.config.publicUrl?.startsWith('https:') ?? false,
  }) as const

function addReturn(app: App, http: Http): void {
  app.post(
    '/identity-providers/:provider/returns',
    {
      config: { right: 'public', rateLimit },
      schema: {
        tags,
        summary: 'Ends what was begun, with what the agency’s provider sent back',
        params: Params,
        body: shape.ProviderReturn,
        response: { 200: shape.ProviderOutcome },
      },
    },
    async (request, reply) => {
      reply.clearCookie(visitCookie, visitCookieOptions(http))
      try {
        return await arrive(http, request, request.params.provider, request.body, reply)
      } catch (error) {
        if (error instanceof Refusal) await noteRefusedVisit(http, error.code)
        throw error
      }
    },
  )
}

async function arrive(
  http: Http,
  request: FastifyRequest,
  name: string,
  returned: z.infer<typeof shape.ProviderReturn>,
  reply: FastifyReply,
): Promise<z.infer<typeof shape.ProviderOutcome>> {
  const provider = providerBy(http.world, name)
  const key = request.cookies[visitCookie] ?? refuse(refused.signInStale())
  const before = await seatedBy(http.database, http.world, request)
  const { account, outcome, isStrong } = await endVisit(http, provider, key, returned, before)
  if (outcome === 'linked') return { outcome }
  const answer = await signInOver(http.database, http.world).api.openByProvider({
    body: { account, isStrong },
    headers: new Headers({
      [callerHeader]: request.ip,
      'user-agent': (request.headers['user-agent'] ?? '').slice(0, 200),
    }),
    asResponse: true,
  })
  // Switched off between the question and the session.
  if (!answer.ok) refuse(refused.accountInactive())
  for (const cookie of answer.headers.getSetCookie()) reply.header('set-cookie', cookie)
  await noteOpened(http, answer, 'provider', request.ip, before)
  const { needsCode } = shape.ProviderOpened.parse(await answer.json())
  return { outcome: needsCode ? 'needsCode' : 'signedIn' }
}

function addOwnIdentities(app: App, http: Http): void {
  app.get(
    '/own-identities',
    {
      config: { right: 'session' },
      schema: {
        tags,
        summary: 'Agencies’ accounts that open one’s own',
        response: { 200: z.object({ rows: z.array(shape.OwnIdentity) }) },
      },
    },
    request =>
      http.look(request, async tx => {
        const rows = await visits.identitiesOf(tx, seated(request).account)
        return {
          rows: rows.map(row => ({ provider: row.provider, linkedAt: row.linked_at.toISOString() })),
        }
      }),
  )

  app.delete(
    '/own-identities/:provider',
    {
      config: { right: 'session', isFresh: true },
      schema: {
        tags,
        summary: 'Takes the link to an agency’s account away',
        params: Params,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await http.act(request, tx => unlink(tx, seated(request), request.params.provider))
      return reply.code(204).send(null)
    },
  )
}
