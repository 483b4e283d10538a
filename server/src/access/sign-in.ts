/**
 * better-auth, as this house wants it: its tables in the schema `access`, no sign-up, no tracking, no log, and
 * a session that remembers by which second factor it was opened.
 *
 * Sessions live on the machine's time, not on the product's: better-auth reads the machine's clock itself, and
 * the product's may run a week in a minute (JIKIMI_CLOCK), which would sign everybody out at once.
 *
 * @module
 */
import { passkey } from '@better-auth/passkey'
import { betterAuth, type BetterAuthOptions } from 'better-auth'
import { APIError } from 'better-auth/api'
import { twoFactor } from 'better-auth/plugins'
import type { Database } from '#platform/database'
import { newId } from '#platform/ids'
import { systemClock } from '#platform/time'
import { system } from '#platform/who'
import type { World } from '#platform/world'
import { passwordLengthMin } from './schema.ts'
import * as store from './store.ts'

export const authPath = '/api/auth'
/** However busy, a session ends after this; `session.ts` locks an idle one sooner. */
export const sessionMaxS = 12 * 60 * 60
/** The header in which the caller's address is handed to better-auth's limits; never taken from outside. */
export const callerHeader = 'x-jikimi-caller'

const signIns = new WeakMap<Database, SignIn>()

/** The one better-auth over `database`. */
export function signInOver(database: Database, world: Pick<World, 'config' | 'keys'>): SignIn {
  const known = signIns.get(database)
  if (known !== undefined) return known
  const made = betterAuth(signInOptions(database, world))
  signIns.set(database, made)
  return made
}

export type SignIn = ReturnType<typeof betterAuth<ReturnType<typeof signInOptions>>>

export function signInOptions(database: Database, world: Pick<World, 'config' | 'keys'>) {
  const { origin, hostname } = new URL(world.config.publicUrl ?? 'http://localhost')
  return {
    appName: 'Jikimi',
    baseURL: origin,
    basePath: authPath,
    secret: world.keys.sessionSecret,
    // No transaction of its own: the embedded database has one connection, which a second would wait for.
    database: { db: database.kysely, type: 'postgres', schemaName: 'access', transaction: false },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: passwordLengthMin },
    session: {
      expiresIn: sessionMaxS,
      disableSessionRefresh: true,
      additionalFields: {
        secondFactor: { type: 'string', required: false, input: false },
        lockedAt: { type: 'date', required: false, input: false },
      },
    },
    advanced: {
      cookiePrefix: 'jikimi',
      useSecureCookies: origin.startsWith('https:'),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'strict', path: '/api' },
      ipAddress: { ipAddressHeaders: [callerHeader] },
      database: { generateId: () => newId<'SessionId'>(systemClock.now()) },
      // platform/http.ts has refused whatever another site sends, for this path as for every other.
      disableCSRFCheck: true,
      disableOriginCheck: true,
    },
    // In memory, so that nobody's address is stored: each process counts for itself.
    rateLimit: { enabled: true, storage: 'memory', window: 60, max: 120, customRules: signInLimits },
    // Its sentences quote e-mail addresses. What may be known of a refusal stands in our own log.
    logger: { disabled: true },
    telemetry: { enabled: false },
    databaseHooks: { session: { create: { before: openedBy(database) } } },
    plugins: [
      twoFactor({ issuer: 'Jikimi', twoFactorCookieMaxAge: 600 }),
      passkey({
        rpID: hostname,
        rpName: 'Jikimi',
        // Without a public address the port may be any; then the browser's own word counts, checked against Host.
        origin: world.config.publicUrl === undefined ? null : origin,
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        registration: {
          afterVerification: ({ verification }) =>
            demandUser(verification.registrationInfo?.userVerified === true),
        },
        authentication: {
          afterVerification: ({ verification }) => demandUser(verification.authenticationInfo.userVerified),
        },
      }),
    ],
  } satisfies BetterAuthOptions
}

// By caller and minute. A whole agency may stand behind one address, so not the library's three in ten seconds.
const signInLimits = {
  '/sign-in/email': { window: 60, max: 20 },
  '/two-factor/*': { window: 60, max: 20 },
  '/passkey/*': { window: 60, max: 40 },
}

/** The plugin verifies with `requireUserVerification: false` whatever was asked of the device: demand it here. */
async function demandUser(isVerified: boolean): Promise<void> {
  if (!isVerified) throw new APIError('UNAUTHORIZED', { code: 'USER_NOT_VERIFIED' })
}

type Factor = 'totp' | 'backupCode' | 'passkey'

const factorOfPath: Readonly<Record<string, Factor>> = {
  '/two-factor/verify-totp': 'totp',
  '/two-factor/verify-backup-code': 'backupCode',
  '/passkey/verify-authentication': 'passkey',
}

/**
 * No session for an account that is switched off; and the session keeps by which second factor it was opened,
 * since an account that has a passkey may still be entered with its password alone.
 */
function openedBy(database: Database) {
  return async (
    session: { userId: string; secondFactor?: unknown },
    context: { path?: string | undefined } | null,
  ) => {
    const member = await database.look(system('access'), tx => store.memberByAccount(tx, session.userId))
    if (member?.is_active !== true) throw new APIError('FORBIDDEN', { code: 'ACCOUNT_INACTIVE' })
    const path = context?.path ?? ''
    // Switching the authenticator off renews the session; only a passkey still stands behind it then.
    const kept = path === '/two-factor/disable' && session.secondFactor === 'passkey' ? 'passkey' : null
    return { data: { secondFactor: factorOfPath[path] ?? kept } }
  }
}
