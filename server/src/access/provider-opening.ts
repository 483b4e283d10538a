/**
 * The door of better-auth behind which a session is opened for somebody for whom an identity provider has vouched.
 * It is reached from this program alone: it is in no table of doors.
 *
 * @module
 */
import type { BetterAuthPlugin } from 'better-auth'
import { APIError, createAuthEndpoint } from 'better-auth/api'
import { setSessionCookie } from 'better-auth/cookies'
import { z } from 'zod'
import { randomToken } from '#platform/ids'
import { after, secondMs, systemClock } from '#platform/time'

export const openingPath = '/identity-provider/open'
/** Seconds between the first step of a sign-in and the code of the authenticator app. */
export const codeMaxS = 600

const Opening = z.strictObject({
  account: z.uuid(),
  /** True where the provider said that the authentication was as strong as the setting demands. */
  isStrong: z.boolean(),
})

export const isVouched = (body: unknown): boolean => Opening.parse(body).isStrong

export const openingByProvider = {
  id: 'jikimi-provider',
  endpoints: {
    openByProvider: createAuthEndpoint(
      openingPath,
      { method: 'POST', body: Opening, metadata: { SERVER_ONLY: true } },
      async context => {
        const { internalAdapter, secret, createAuthCookie } = context.context
        const { account, isStrong } = context.body
        const user = await internalAdapter.findUserById(account)
        if (user === null) throw new APIError('UNAUTHORIZED', { code: 'INVALID_EMAIL_OR_PASSWORD' })
        // As after a password: no session before the code of the app (better-auth's two-factor plugin, its after hook).
        if (!isStrong && 'twoFactorEnabled' in user && user.twoFactorEnabled === true) {
          const identifier = `2fa-${randomToken()}`
          const expiresAt = after(systemClock.now(), codeMaxS * secondMs)
          await internalAdapter.createVerificationValue({ identifier, value: account, expiresAt })
          const attempts = `2fa-attempts-${identifier}`
          await internalAdapter.createVerificationValue({ identifier: attempts, value: '0', expiresAt })
          const cookie = createAuthCookie('two_factor', { maxAge: codeMaxS })
          await context.setSignedCookie(cookie.name, identifier, secret, cookie.attributes)
          return context.json({ needsCode: true })
        }
        const session = await internalAdapter.createSession(account)
        await setSessionCookie(context, { session, user })
        return context.json({ needsCode: false })
      },
    ),
  },
} satisfies BetterAuthPlugin
