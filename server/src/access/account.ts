import { record } from '#audit'
import type { ReadTx, Tx } from '#platform/database'
import type { AccountId, OfficerId, SessionId } from '#platform/ids'
import { refuse } from '#platform/refusals'
import { systemClock } from '#platform/time'
import type { Staff } from '#platform/who'
import { refused } from './errors.ts'
import type { Account, OwnSession, Session } from './schema.ts'
import type { Seated } from './session.ts'
import * as store from './store.ts'

// More than one person ever has open at once.
const sessionsMax = 50

type AccountRow = Awaited<ReturnType<typeof store.accounts>>[number]

/** All accounts, in the order of their making, as far as the caller may see them. */
export async function accounts(
  tx: ReadTx,
  page: { limit: number; after: AccountId | undefined },
): Promise<{ rows: Account[]; next: AccountId | null }> {
  const found = await store.accounts(tx, { limit: page.limit + 1, after: page.after })
  const rows = found.slice(0, page.limit).map(row => ({
    ...personOf(row),
    isActive: row.is_active,
    enrolledAt: row.enrolled_at.toISOString(),
  }))
  return { rows, next: found.length > page.limit ? (rows.at(-1)?.account ?? null) : null }
}

export async function ownAccount(tx: ReadTx, who: Seated, lockAfterMs: number): Promise<Session> {
  const [row] = await store.accounts(tx, { limit: 1, only: who.account })
  if (row === undefined) refuse(refused.notSignedIn())
  return {
    ...personOf(row),
    needsSecondFactor: who.lacksSecondFactor,
    isFresh: who.isFresh,
    lockAfterS: lockAfterMs / 1000,
  }
}

function personOf(row: AccountRow) {
  const { account, name, email, role, officer, agency } = row
  return { account, name, email, role, officer, agency, hasPasskey: row.has_passkey, hasTotp: row.has_totp }
}

/**
 * Switches an account on, or off with all its sessions at once.
 * @throws access.ownAccount nobody locks themselves out
 * @throws access.noAccount
 */
export async function setActive(tx: Tx, account: AccountId, isActive: boolean): Promise<void> {
  if (!isActive && tx.who.kind === 'staff' && tx.who.account === account) refuse(refused.ownAccount())
  if (!(await store.setActive(tx, account, isActive))) refuse(refused.noAccount({ account }))
  await record(tx, 'account.changed', { account }, { change: isActive ? 'switchedOn' : 'switchedOff' })
  if (!isActive) await endSessions(tx, account, {}, 'switchedOff')
}

/**
 * The officer serves elsewhere now: from here on their account sees that agency's cases, and no longer the old one's.
 * An invitation that they have not answered is for the old agency, and ends.
 */
export async function moveOfficer(tx: Tx, officer: OfficerId, agency: string): Promise<void> {
  const account = await store.moveOfficer(tx, officer, agency)
  if (account !== undefined)
    await record(tx, 'account.changed', { account, officer }, { change: 'moved', agency })
  await endInvitations(tx, officer, false)
}

/**
 * The officer serves no more: their account, where they have one, is switched off with all its sessions, and every
 * link that would open one for them ends.
 * @throws access.ownAccount nobody locks themselves out
 */
export async function dismissOfficer(tx: Tx, officer: OfficerId): Promise<void> {
  const account = await store.accountOfOfficer(tx, officer)
  if (account !== undefined) await setActive(tx, account, false)
  await endInvitations(tx, officer, true)
}

async function endInvitations(tx: Tx, officer: OfficerId, hasLeft: boolean): Promise<void> {
  for (const invitation of await store.endInvitations(tx, officer, hasLeft))
    await record(tx, 'invitation.ended', { invitation, officer })
}

/**
 * Everybody who works on cases, by name and role, as somebody who lets another into a case must know them. Fifty
 * officers and those beside them: no page is needed.
 */
export async function colleagues(tx: ReadTx): Promise<store.Colleague[]> {
  return store.colleagues(tx)
}

/** Where to write to these accounts, as far as the caller may know: for the product's own letters. */
export async function emailsOf(
  tx: ReadTx,
  accounts: readonly AccountId[],
): Promise<ReadonlyMap<AccountId, string>> {
  return store.emailsOf(tx, accounts)
}

export async function ownSessions(tx: ReadTx, who: Seated): Promise<OwnSession[]> {
  const rows = await store.sessionsOf(tx, who.account, systemClock.now(), sessionsMax)
  return rows.map(row => ({
    session: row.id,
    openedAt: row.createdAt.toISOString(),
    seenAt: row.updatedAt.toISOString(),
    device: row.userAgent ?? '',
    isOwn: row.id === who.session,
  }))
}

/** Locks the desk: from here on the session answers nothing until its person has signed in again. */
export async function lockSession(tx: Tx, who: Seated): Promise<void> {
  const { account, session } = who
  await store.lockSession(tx, session, systemClock.now())
  await record(tx, 'session.locked', { account, session })
}

/** @throws access.noSession it is over, or somebody else's */
export async function endOwnSession(tx: Tx, who: Staff, session: SessionId): Promise<void> {
  const ended = await endSessions(tx, who.account, { only: session }, 'ended')
  if (ended === 0) refuse(refused.noSession())
}

/** Ends sessions of one account and records each; returns how many there were. */
export async function endSessions(
  tx: Tx,
  account: AccountId,
  which: { only?: SessionId; except?: SessionId },
  reason: 'switchedOff' | 'ended' | 'passwordChanged' | 'replaced',
): Promise<number> {
  const ended = await store.endSessions(tx, account, which)
  for (const session of ended) await record(tx, 'session.closed', { account, session }, { reason })
  return ended.length
}
