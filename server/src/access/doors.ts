/**
 * The doors of better-auth that are open here: one line each. What is not in this table does not exist, so a
 * new version of the library opens nothing by itself.
 *
 * @module
 */
import type { z } from 'zod'
import * as shape from './schema.ts'

export interface Door {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly right: 'public' | 'session' | 'session.begun'
  readonly summary: string
  readonly body?: z.ZodType
  readonly answer: z.ZodType
  /** What is refused here is noted as a refused sign-in, by this word. */
  readonly opens?: 'password' | 'code' | 'passkey'
  /** What has changed on the account afterwards, where somebody was signed in already. */
  readonly change?:
    | 'totpAdded'
    | 'totpRemoved'
    | 'passkeyAdded'
    | 'passkeyRemoved'
    | 'backupCodes'
    | 'password'
  /** True where a second factor is added: a session without one may, but only while the account has none. */
  readonly addsFactor?: boolean
  /** What opens an account is changed only shortly after its owner has authenticated (ASVS 5.0, 7.5.1). */
  readonly isFresh?: boolean
}

export const signOutPath = '/sign-out'

export const doors: readonly Door[] = [
  {
    method: 'POST',
    path: '/sign-in/email',
    right: 'public',
    summary: 'Signs in by password; the authenticator app may be asked for next',
    body: shape.SignInForm,
    answer: shape.SignedIn,
    opens: 'password',
  },
  {
    method: 'POST',
    path: '/two-factor/verify-totp',
    right: 'public',
    summary: 'Completes a sign-in, or the adding of an authenticator app, by its code',
    body: shape.CodeForm,
    answer: shape.Done,
    opens: 'code',
    change: 'totpAdded',
    addsFactor: true,
  },
  {
    method: 'POST',
    path: '/two-factor/verify-backup-code',
    right: 'public',
    summary: 'Completes a sign-in by a backup code, which is used up',
    body: shape.CodeForm,
    answer: shape.Done,
    opens: 'code',
  },
  {
    method: 'GET',
    path: '/passkey/generate-authenticate-options',
    right: 'public',
    summary: 'Begins a sign-in by passkey',
    answer: shape.PasskeyOptions,
  },
  {
    method: 'POST',
    path: '/passkey/verify-authentication',
    right: 'public',
    summary: 'Signs in by passkey',
    body: shape.PasskeySignInForm,
    answer: shape.Done,
    opens: 'passkey',
  },
  {
    method: 'POST',
    path: signOutPath,
    right: 'public',
    summary: 'Signs out',
    answer: shape.Done,
  },
  {
    method: 'POST',
    path: '/two-factor/enable',
    isFresh: true,
    right: 'session.begun',
    summary: 'Begins to add an authenticator app',
    body: shape.PasswordForm,
    answer: shape.TotpBegun,
    addsFactor: true,
  },
  {
    method: 'POST',
    path: '/two-factor/disable',
    isFresh: true,
    right: 'session',
    summary: 'Takes the authenticator app away',
    body: shape.PasswordForm,
    answer: shape.Done,
    change: 'totpRemoved',
  },
  {
    method: 'POST',
    path: '/two-factor/generate-backup-codes',
    isFresh: true,
    right: 'session',
    summary: 'Makes new backup codes; the old ones end',
    body: shape.PasswordForm,
    answer: shape.BackupCodes,
    change: 'backupCodes',
  },
  {
    method: 'GET',
    path: '/passkey/generate-register-options',
    isFresh: true,
    right: 'session.begun',
    summary: 'Begins to add a passkey',
    answer: shape.PasskeyOptions,
    addsFactor: true,
  },
  {
    method: 'POST',
    path: '/passkey/verify-registration',
    right: 'session.begun',
    summary: 'Adds a passkey; the session counts as opened by it',
    body: shape.PasskeyForm,
    answer: shape.Passkey,
    change: 'passkeyAdded',
    addsFactor: true,
  },
  {
    method: 'GET',
    path: '/passkey/list-user-passkeys',
    right: 'session',
    summary: 'Lists one’s passkeys',
    answer: shape.Passkeys,
  },
  {
    method: 'POST',
    path: '/passkey/delete-passkey',
    isFresh: true,
    right: 'session',
    summary: 'Takes a passkey away',
    body: shape.PasskeyId,
    answer: shape.Done,
    change: 'passkeyRemoved',
  },
  {
    method: 'POST',
    path: '/change-password',
    isFresh: true,
    right: 'session',
    summary: 'Changes the password and ends the other sessions',
    body: shape.NewPasswordForm,
    answer: shape.Done,
    change: 'password',
  },
]
