/**
 * How an account comes to be: only by a one-time invitation. Its token is shown once and kept as an HMAC.
 * Invitations, like sessions, live on the machine's time.
 *
 * @module
 */
import { record } from '#audit'
import type { Database, Tx } from '#platform/database'
import { newId, randomToken, type AccountId } from '#platform/ids'
import { refuse } from '#platform/refusals'
import { after, dayMs, systemClock } from '#platform/time'
import { system, type Role } from '#platform/who'
import type { World } from '#platform/world'
import { refused } from './errors.ts'
import { rolesOfAgency, type NewInvitation } from './schema.ts'
import { personOf, setPassword } from './approval-store.ts'
import * as store from './store.ts'

const validMs = 7 * dayMs

/**
 * On a start without any account: makes the one-time invitation of the first administrator, replacing that of
 * an earlier start, and returns its token. Undefined once there is an account.
 */
export async function firstInvitation(
  database: Database,
  world: Pick<World, 'keys'>,
): Promise<string | undefined> {
  const token = randomToken()
  const isMade = await database.act(system('access'), async tx => {
    if (await store.hasAccounts(tx)) return false
    await store.dropFirstInvitations(tx)
    await add(tx, { role: 'administrator', name: '' }, veilOf(world, token), true)
    return true
  })
  return isMade ? token : undefined
}

export const veilOf = (world: Pick<World, 'keys'>, token: string) => world.keys.veil('invitation', token)

/**
 * Invites one person; the answer to `veil` opens one account within seven days.
 * @throws access.agencyMissing the role belongs to an agency and none was named
 * @throws access.officerTaken the officer has an account
 * @throws access.noOfficer there is no such officer
 * @throws access.personUnknown the account that the person has already is not there
 */
export async function invite(tx: Tx, form: NewInvitation, veil: string): Promise<void> {
  if (isOfAgency(form.role) && form.agency === undefined) refuse(refused.agencyMissing())
  if (form.officer !== undefined && (await store.officerHasAccount(tx, form.officer)))
    refuse(refused.officerTaken({ officer: form.officer }))
  if (form.person !== undefined && (await store.memberByAccount(tx, form.person)) === undefined)
    refuse(refused.personUnknown())
  await store.dropStaleInvitations(tx, systemClock.now())
  await add(tx, form, veil, false)
}

/** The link of a reset: the account gets a new password, and a second factor at its first sign-in. */
async function enterAnew(
  tx: Tx,
  account: AccountId,
  email: string,
  passwordHash: string,
): Promise<AccountId> {
  // Whoever holds the link must also know whose it is.
  if ((await store.accountByEmail(tx, email)) !== account) refuse(refused.invitationUnknown())
  await setPassword(tx, account, passwordHash)
  await record(tx, 'account.changed', { account }, { change: 'enteredAnew' })
  return account
}

const isOfAgency = (role: Role): boolean => (rolesOfAgency as readonly Role[]).includes(role)

async function add(tx: Tx, form: NewInvitation, veil: string, isFirst: boolean): Promise<void> {
  const now = systemClock.now()
  const id = newId<'InvitationId'>(now)
  await store.addInvitation(tx, {
    id,
    veil,
    role: form.role,
    name: form.name,
    officer: form.officer ?? null,
    // Head office and administrators see by role, not by agency; one there would only mislead.
    agency: isOfAgency(form.role) ? (form.agency ?? null) : null,
    is_first: isFirst,
    person: form.person === undefined ? null : await personOf(tx, form.person),
    account: null,
    expires_at: after(now, validMs),
  })
  await record(tx, 'invitation.made', { invitation: id, officer: form.officer }, { role: form.role })
}

/**
 * Turns an invitation into an account with a password. The account still has no second factor: its first
 * session can do nothing but add one.
 * @throws access.invitationUnknown it was used, replaced, or is too old
 * @throws access.emailTaken another account has this address
 * @throws access.officerTaken the officer got an account by another invitation
 */
export async function enrol(
  tx: Tx,
  person: { veil: string; name: string; email: string; passwordHash: string },
): Promise<AccountId> {
  const now = systemClock.now()
  const invitation = await store.takeInvitation(tx, person.veil)
  if (invitation === undefined || invitation.expires_at <= now) refuse(refused.invitationUnknown())
  const email = person.email.toLowerCase()
  if (invitation.account !== null) return enterAnew(tx, invitation.account, email, person.passwordHash)
  if ((await store.accountByEmail(tx, email)) !== undefined) refuse(refused.emailTaken())
  const { role, officer, agency } = invitation
  if (officer !== null && (await store.officerHasAccount(tx, officer))) refuse(refused.officerTaken())
  const account = newId<'AccountId'>(now)
  const { name, passwordHash } = person
  await store.addAccount(tx, { id: account, name, email, passwordHash, at: now })
  const somebody = invitation.person ?? account
  await store.addMember(tx, {
    account,
    role,
    officer,
    agency,
    person: somebody,
    is_active: true,
    enrolled_at: now,
  })
  // Whoever was first has made the product theirs; another first link must not lie about.
  await store.dropFirstInvitations(tx)
  await record(tx, 'account.enrolled', { account, officer: officer ?? undefined }, { role })
  return account
}
