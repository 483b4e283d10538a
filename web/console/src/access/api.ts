/**
 * What the console asks of the access room.
 *
 * @module
 */
import { startAuthentication, startRegistration } from '@simplewebauthn/browser'
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser'
import { door, server, type Rows, type Schemas } from '../server.ts'
import type { Role } from './roles.ts'

export { roles, type Role } from './roles.ts'

export type Session = Schemas['Session']
export type Account = Schemas['Account']
export type RightLine = Schemas['RightLine']
export type OwnSession = Schemas['OwnSession']
export type Subscriber = Schemas['Subscriber']
export type Passkey = Schemas['Passkey']
export type Approval = Schemas['Approval']
export interface NewInvitation {
  readonly role: Role
  readonly name: string
  readonly officer?: string
  readonly agency?: string
  /** An account that the person has already. */
  readonly person?: string
}

/** A list too short for pages. */
interface Listed<T> {
  readonly rows: readonly T[]
}

export const session = () => door.get<Session>('/session')
export const lock = () => door.post<void>('/session/locks')
export const rights = () => server.get<readonly RightLine[]>('/rights')
export const accounts = (after?: string) =>
  server.get<Rows<Account>>('/accounts', { query: { after, limit: 100 } })
export const switchAccount = (account: string, isActive: boolean) =>
  server.patch<void>(`/accounts/${account}`, { isActive })
export const resetReasons = ['deviceLost', 'codesLost', 'passwordForgotten', 'misuseSuspected'] as const
export const resetRefusals = ['notNeeded', 'personNotConfirmed', 'other'] as const
export const approvals = (after?: string) =>
  server.get<Rows<Approval>>('/approvals', { query: { after, limit: 100 } })
export const askReset = (account: string, reason: (typeof resetReasons)[number]) =>
  server.post<{ approval: string }>(`/accounts/${account}/resets`, { reason })
export const approveReset = (reset: string) =>
  server.post<{ link: string }>(`/account-resets/${reset}/approvals`)
export const refuseReset = (reset: string, reason: (typeof resetRefusals)[number]) =>
  server.post<void>(`/account-resets/${reset}/refusals`, { reason })
export const invite = (invitation: NewInvitation) => server.post<{ link: string }>('/invitations', invitation)
export const enrol = (form: { token: string; name: string; email: string; password: string }) =>
  door.post<{ email: string }>('/enrolments', form)
export const subscribers = () => server.get<Listed<Subscriber>>('/subscribers').then(answer => answer.rows)
export const addSubscriber = (name: string) => server.post<{ token: string }>('/subscribers', { name })
export const removeSubscriber = (name: string) =>
  server.delete<void>(`/subscribers/${encodeURIComponent(name)}`)
export const ownSessions = () => server.get<Listed<OwnSession>>('/own-sessions').then(answer => answer.rows)
export const endSession = (id: string) => server.delete<void>(`/own-sessions/${id}`)

/** True where the code of the authenticator app is asked for next. */
export async function signIn(email: string, password: string): Promise<boolean> {
  const answer = await door.post<{ twoFactorRedirect?: boolean } | undefined>('/auth/sign-in/email', {
    email,
    password,
  })
  return answer?.twoFactorRedirect === true
}
export const giveCode = (code: string) => door.post('/auth/two-factor/verify-totp', { code })
export const giveRecoveryCode = (code: string) => door.post('/auth/two-factor/verify-backup-code', { code })
export const signOut = () => door.post<void>('/auth/sign-out', {})
export const changePassword = (currentPassword: string, newPassword: string) =>
  server.post<void>('/auth/change-password', { currentPassword, newPassword })

export const beginTotp = (password: string) =>
  door.post<{ totpURI: string; backupCodes: readonly string[] }>('/auth/two-factor/enable', { password })
export const newRecoveryCodes = (password: string) =>
  door.post<{ backupCodes: readonly string[] }>('/auth/two-factor/generate-backup-codes', { password })

export const passkeys = () => server.get<readonly Passkey[]>('/auth/passkey/list-user-passkeys')
export const removePasskey = (id: string) => server.post<void>('/auth/passkey/delete-passkey', { id })

export async function signInWithPasskey(): Promise<void> {
  const optionsJSON = await door.get<PublicKeyCredentialRequestOptionsJSON>(
    '/auth/passkey/generate-authenticate-options',
  )
  const response = await startAuthentication({ optionsJSON })
  await door.post('/auth/passkey/verify-authentication', { response })
}

export async function addPasskey(name: string): Promise<void> {
  const optionsJSON = await door.get<PublicKeyCredentialCreationOptionsJSON>(
    '/auth/passkey/generate-register-options',
  )
  const response = await startRegistration({ optionsJSON })
  await door.post('/auth/passkey/verify-registration', { response, ...(name === '' ? {} : { name }) })
}
