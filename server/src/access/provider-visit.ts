/**
 * To the identity provider and back. A visit signs in, ties the provider's account to one's own, or answers an
 * invitation with it. The provider never makes an account, and none is found by its e-mail address: only by the
 * issuer and its name for the person, tied before by an invitation or by the owner.
 *
 * @module
 */
import { record } from '#audit'
import type { ReadTx, Tx } from '#platform/database'
import type { IdentityProvider } from '#platform/config'
import { randomToken, type AccountId } from '#platform/ids'
import { refuse } from '#platform/refusals'
import { after, minuteMs, systemClock } from '#platform/time'
import type { Http } from '#platform/http'
import { nobody, system } from '#platform/who'
import { refused } from './errors.ts'
import { signInAddress, vouchedBy, type Vouched } from './identity-provider.ts'
import { enrolByProvider, hasInvitation } from './invitation.ts'
import * as visits from './provider-store.ts'
import type { Seated } from './session.ts'
import * as store from './store.ts'

/** Time to authenticate at the provider. */
const visitMs = 10 * minuteMs

export type Purpose =
  | { readonly purpose: 'signIn' }
  | { readonly purpose: 'link'; readonly account: AccountId }
  | {
      readonly purpose: 'enrol'
      readonly invitationVeil: string
      readonly name: string
      readonly email: string
    }

/** Whose account it is in the end, and whether a session is still to be opened for them. */
export interface Arrived {
  readonly account: AccountId
  readonly outcome: 'signedIn' | 'linked'
  readonly isStrong: boolean
}

/**
 * Begins a visit: the provider's address for the browser, and the key that the browser keeps meanwhile.
 * @throws access.identityProviderDown · access.invitationUnknown
 */
export async function beginVisit(
  http: Http,
  provider: IdentityProvider,
  wanted: Purpose,
): Promise<{ key: string; location: string }> {
  const key = randomToken()
  const location = await signInAddress(http.world, provider, key)
  const now = systemClock.now()
  await http.database.act(system('access'), async tx => {
    await visits.dropStaleVisits(tx, now)
    if (wanted.purpose === 'enrol' && !(await hasInvitation(tx, wanted.invitationVeil)))
      refuse(refused.invitationUnknown())
    await visits.addVisit(tx, {
      veil: http.world.keys.veil('visit', key),
      provider: provider.name,
      purpose: wanted.purpose,
      account: wanted.purpose === 'link' ? wanted.account : null,
      invitation_veil: wanted.purpose === 'enrol' ? wanted.invitationVeil : null,
      name: wanted.purpose === 'enrol' ? wanted.name : null,
      email: wanted.purpose === 'enrol' ? wanted.email : null,
      begun_at: now,
      expires_at: after(now, visitMs),
    })
  })
  return { key, location }
}

/**
 * Ends the visit of which the browser has the `key`, with what the provider sent back: once, whatever comes of it.
 * @throws access.signInStale there is no such visit, or no longer
 * @throws access.identityRefused · access.identityProviderDown · access.identityUnlinked · access.identityTaken
 * @throws access.identityOfOtherAgency · access.accountInactive · access.invitationUnknown
 */
export async function endVisit(
  http: Http,
  provider: IdentityProvider,
  key: string,
  returned: Readonly<Record<string, string | undefined>>,
  before: Seated | undefined,
): Promise<Arrived> {
  const { database, world } = http
  const veil = world.keys.veil('visit', key)
  const visit = await database.act(system('access'), tx => visits.takeVisit(tx, veil))
  if (visit === undefined || visit.expires_at <= systemClock.now() || visit.provider !== provider.name)
    refuse(refused.signInStale())
  const vouched = await vouchedBy(world, provider, { key, begunAt: visit.begun_at }, returned)
  const identity = { ...vouched, veil: world.keys.veil('identity', vouched.identity) }
  if (visit.purpose === 'link') {
    // Begun by the owner in this browser; another may sit there by now.
    if (
      before === undefined ||
      before.account !== visit.account ||
      before.isLocked ||
      before.lacksSecondFactor
    )
      refuse(refused.notSignedIn())
    await database.act(before, tx => link(tx, provider, before.account, identity))
    return { account: before.account, outcome: 'linked', isStrong: vouched.isStrong }
  }
  const account = await database.act(system('access'), tx =>
    visit.purpose === 'enrol' ? enrolled(tx, provider, visit, identity) : known(tx, provider, identity),
  )
  return { account, outcome: 'signedIn', isStrong: vouched.isStrong }
}

type Identity = Vouched & { readonly veil: string }

async function known(tx: Tx, provider: IdentityProvider, identity: Identity): Promise<AccountId> {
  const tied = await visits.identityByVeil(tx, identity.veil)
  if (tied === undefined || tied.provider !== provider.name) refuse(refused.identityUnlinked())
  await refuseStranger(tx, provider, tied.account)
  if (identity.isStrong && !tied.is_strong) await visits.markStrong(tx, identity.veil)
  return tied.account
}

async function enrolled(
  tx: Tx,
  provider: IdentityProvider,
  visit: visits.VisitRow,
  identity: Identity,
): Promise<AccountId> {
  const account = await enrolByProvider(tx, {
    veil: visit.invitation_veil ?? '',
    name: visit.name ?? '',
    email: visit.email ?? '',
  })
  await link(tx, provider, account, identity)
  return account
}

async function link(
  tx: Tx,
  provider: IdentityProvider,
  account: AccountId,
  identity: Identity,
): Promise<void> {
  await refuseStranger(tx, provider, account)
  const isNew = await visits.addIdentity(tx, {
    veil: identity.veil,
    provider: provider.name,
    account,
    is_strong: identity.isStrong,
    linked_at: systemClock.now(),
  })
  if (!isNew) refuse(refused.identityTaken())
  await record(tx, 'account.changed', { account }, { change: 'providerLinked' })
}

/** The provider speaks for the people of its agency as long as they serve there, and for no account that is off. */
async function refuseStranger(tx: ReadTx, provider: IdentityProvider, account: AccountId): Promise<void> {
  const member = (await store.memberByAccount(tx, account)) ?? refuse(refused.identityUnlinked())
  if (!member.is_active) refuse(refused.accountInactive())
  if (provider.agency !== undefined && provider.agency !== member.agency)
    refuse(refused.identityOfOtherAgency())
}

/** @throws access.noIdentity · access.lastWayIn neither password nor passkey would open the account */
export async function unlink(tx: Tx, who: Seated, provider: string): Promise<void> {
  const { account } = who
  if (!(await store.hasOtherWayIn(tx, account))) refuse(refused.lastWayIn())
  if (!(await visits.dropIdentity(tx, account, provider))) refuse(refused.noIdentity())
  await record(tx, 'account.changed', { account }, { change: 'providerUnlinked' })
}

/** A visit that came to nothing is a refused sign-in in the log. */
export async function noteRefusedVisit(http: Http, code: string): Promise<void> {
  http.world.log.signInRefused({ reason: code })
  await http.database.act(nobody, tx => record(tx, 'session.refused', {}, { by: 'provider', reason: code }))
}
