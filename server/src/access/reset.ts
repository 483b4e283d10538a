/**
 * An account whose owner has lost what opens it: one administrator asks, another person approves, and only then
 * does everything that opened the account go. Whoever approves gets the link and hands it over.
 *
 * @module
 */
import { record } from '#audit'
import type { Tx } from '#platform/database'
import { newId, type AccountId, type ApprovalId } from '#platform/ids'
import { refuse } from '#platform/refusals'
import { after, hourMs, systemClock } from '#platform/time'
import { approvalById, unlockAccount } from './approval-store.ts'
import { askApproval, giveApproval, refuseApproval } from './approval.ts'
import { refused } from './errors.ts'
import type { resetReasons } from './schema.ts'
import * as store from './store.ts'

// Handed over in person or by telephone at once; a link that lies about opens an account.
const linkValidMs = 24 * hourMs

/** Asks that the account be reset. @throws access.noAccount · access.approvalWaiting */
export async function askReset(
  tx: Tx,
  account: AccountId,
  reason: (typeof resetReasons)[number],
): Promise<ApprovalId> {
  if ((await store.memberByAccount(tx, account)) === undefined) refuse(refused.noAccount({ account }))
  return askApproval(tx, 'account.reset', { subject: account, agency: null, alsoHead: true, reason })
}

/**
 * Approves the reset: passkeys, authenticator app, recovery codes, password and sessions of the account go, and
 * the answer to `veil` sets a new password within a day. Until then nothing opens it.
 * @throws access.noApproval · access.samePerson · access.approvalOver
 */
export async function approveReset(tx: Tx, id: ApprovalId, veil: string): Promise<void> {
  const account = await accountOf(tx, id)
  await giveApproval(tx, 'account.reset', account)
  for (const session of await unlockAccount(tx, id))
    await record(tx, 'session.closed', { account, session }, { reason: 'reset' })
  const now = systemClock.now()
  const member = (await store.memberByAccount(tx, account)) ?? refuse(refused.noAccount({ account }))
  await store.addInvitation(tx, {
    id: newId<'InvitationId'>(now),
    veil,
    role: member.role,
    name: '',
    officer: null,
    agency: member.agency,
    is_first: false,
    person: null,
    account,
    expires_at: after(now, linkValidMs),
  })
  await record(tx, 'account.reset', { account, approval: id })
}

/** @throws access.noApproval · access.samePerson · access.approvalOver */
export async function refuseReset(tx: Tx, id: ApprovalId, reason: string): Promise<void> {
  await refuseApproval(tx, 'account.reset', await accountOf(tx, id), reason)
}

async function accountOf(tx: Tx, id: ApprovalId): Promise<AccountId> {
  const asked = await approvalById(tx, id)
  if (asked?.kind !== 'account.reset') refuse(refused.noApproval())
  return asked.subject as AccountId
}
