import { z } from 'zod'
import { ids } from '#platform/ids'
import { roles, type Role } from '#platform/who'

export const passwordLengthMin = 12
// better-auth's own bound: what is longer only costs time to hash.
const passwordLengthMax = 128
const tokenLengthMax = 100

const name = z.string().trim().min(1).max(60)
const email = z.email().max(254)
const role = z.enum(roles)
/** Members who belong to a local agency; all others belong to the head office, or to another body. */
export const rolesOfAgency = [
  'officer',
  'leader',
  'counsellor',
  'evidenceCustodian',
] as const satisfies readonly Role[]
export const agencyCode = z.string().regex(/^[a-z]{2,10}(-[a-z]{2,10})?$/)
const password = z.string().min(1).max(passwordLengthMax)

const member = {
  account: ids.AccountId,
  name: z.string(),
  email: z.string(),
  role,
  officer: ids.OfficerId.nullable(),
  agency: z.string().nullable(),
  hasPasskey: z.boolean(),
  hasTotp: z.boolean(),
}

export const Session = z
  .object({
    ...member,
    needsSecondFactor: z
      .boolean()
      .describe('True until this session has its second factor: all other routes answer 403 until then.'),
    isFresh: z.boolean().describe('True while the last authentication is good enough for what is grave.'),
    lockAfterS: z.int().describe('Seconds without a touch after which the console locks itself.'),
  })
  .meta({ id: 'Session' })
export type Session = z.infer<typeof Session>

export const Account = z
  .object({ ...member, isActive: z.boolean(), enrolledAt: z.iso.datetime() })
  .meta({ id: 'Account' })
export type Account = z.infer<typeof Account>

export const Accounts = z.object({ rows: z.array(Account), next: ids.AccountId.nullable() })

export const Enrolment = z.strictObject({
  token: z.string().min(20).max(tokenLengthMax),
  name,
  email,
  password: z.string().min(passwordLengthMin).max(passwordLengthMax),
})
export type Enrolment = z.infer<typeof Enrolment>

export const identityProviderName = z.string().regex(/^[a-z][a-z0-9-]{1,29}$/)
export const IdentityProvider = z
  .object({ name: z.string(), title: z.object({ ko: z.string(), en: z.string() }) })
  .meta({ id: 'IdentityProvider' })
export const ProviderEnrolment = Enrolment.omit({ password: true })
/** What an OpenID provider adds to the address to which it sends the browser back; bounded, since a stranger may. */
const returned = z.string().max(4000).optional()
export const ProviderReturn = z.strictObject({
  code: returned,
  state: returned,
  iss: returned,
  error: returned,
})
export const ProviderOpened = z.object({ needsCode: z.boolean() })
export const ProviderOutcome = z
  .object({ outcome: z.enum(['signedIn', 'needsCode', 'linked']) })
  .meta({ id: 'ProviderOutcome' })
export const OwnIdentity = z
  .object({ provider: z.string(), linkedAt: z.iso.datetime() })
  .meta({ id: 'OwnIdentity' })

export const NewInvitation = z.strictObject({
  role,
  name,
  officer: ids.OfficerId.optional(),
  agency: agencyCode.optional(),
  person: ids.AccountId.optional().describe(
    'An account that the invited person has already: two accounts of one person never approve for each other.',
  ),
})
export type NewInvitation = z.infer<typeof NewInvitation>

/** Why an account is reset. A code, so that nothing about the person stands anywhere. */
export const resetReasons = ['deviceLost', 'codesLost', 'passwordForgotten', 'misuseSuspected'] as const
export const ResetRequest = z.strictObject({ reason: z.enum(resetReasons) }).meta({ id: 'ResetRequest' })
export const ResetRefusal = z
  .strictObject({ reason: z.enum(['notNeeded', 'personNotConfirmed', 'other']) })
  .meta({ id: 'ResetRefusal' })

export const Approval = z
  .object({
    approval: ids.ApprovalId,
    kind: z.enum(['block.order', 'account.reset', 'glass.review']),
    subject: z.uuid().describe('What is decided upon, by the id that its room knows.'),
    subjectName: z.string().nullable().describe('Of an account that is to be reset: whose it is.'),
    case: ids.CaseId.nullable(),
    agency: z.string().nullable().describe('Whose people decide; null: the head office.'),
    reason: z.string().describe('A code of the room that asks.'),
    askedBy: ids.AccountId,
    askedByName: z.string().nullable(),
    askedAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
    isOwn: z.boolean().describe('True where the caller, by this account or another, has asked.'),
  })
  .meta({ id: 'Approval' })
export type Approval = z.infer<typeof Approval>
export const Approvals = z
  .object({ rows: z.array(Approval), next: ids.ApprovalId.nullable() })
  .meta({ id: 'Approvals' })
export type Approvals = z.infer<typeof Approvals>

export const OwnSession = z
  .object({
    session: ids.SessionId,
    openedAt: z.iso.datetime(),
    seenAt: z.iso.datetime(),
    device: z.string().describe('What the browser calls itself.'),
    isOwn: z.boolean().describe('True for the session that asks.'),
  })
  .meta({ id: 'OwnSession' })
export type OwnSession = z.infer<typeof OwnSession>

export const RightLine = z
  .object({ right: z.string(), roles: z.array(role), sentence: z.object({ ko: z.string(), en: z.string() }) })
  .meta({ id: 'RightLine' })

export const subscriberName = z.string().regex(/^[a-z0-9][a-z0-9-]{1,39}$/)
export const Subscriber = z.object({ name: z.string(), addedAt: z.iso.datetime() }).meta({ id: 'Subscriber' })

// What goes to better-auth, and what of its answers leaves: never a token, which belongs in the cookie alone.
export const SignInForm = z.strictObject({ email, password })
export const PasswordForm = z.strictObject({ password })
export const CodeForm = z.strictObject({ code: z.string().trim().min(6).max(20) })
export const NewPasswordForm = z.strictObject({
  currentPassword: password,
  newPassword: z.string().min(passwordLengthMin).max(passwordLengthMax),
})
export const PasskeyId = z.strictObject({ id: z.uuid() })
/** What `navigator.credentials` answered, as JSON (WebAuthn level 3, RegistrationResponseJSON and its twin). */
export const Credential = z.looseObject({ id: z.string().max(2000) })
export const PasskeyForm = z.strictObject({ response: Credential, name: name.optional() })
export const PasskeySignInForm = z.strictObject({ response: Credential })

export const SignedIn = z
  .object({
    twoFactorRedirect: z
      .boolean()
      .default(false)
      .describe('True where the code of the authenticator app is asked for next.'),
    twoFactorMethods: z.array(z.string()).default([]),
  })
  .meta({ id: 'SignedIn' })
export const TotpBegun = z
  .object({ totpURI: z.string(), backupCodes: z.array(z.string()) })
  .meta({ id: 'TotpBegun' })
export const BackupCodes = z.object({ backupCodes: z.array(z.string()) }).meta({ id: 'BackupCodes' })
export const Done = z.object({ status: z.literal(true).default(true) })
/** PublicKeyCredentialCreationOptionsJSON or PublicKeyCredentialRequestOptionsJSON. */
export const PasskeyOptions = z.looseObject({ challenge: z.string() })
export const Passkey = z
  .object({ id: z.uuid(), name: z.string().nullish(), createdAt: z.string().nullish() })
  .meta({ id: 'Passkey' })
export const Passkeys = z.array(Passkey)
