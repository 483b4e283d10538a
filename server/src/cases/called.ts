/**
 * Who is on call and was called for a wish sees the case that it is about, for as long as the wish waits.
 *
 * @module
 */
import { colleagues } from '#access'
import { record } from '#audit'
import type { Tx } from '#platform/database'
import type { CaseId } from '#platform/ids'
import type { Work } from '#platform/jobs'
import { callAgain, calledFor } from '#staffing'
import { add } from './member.ts'
import * as memberStore from './member-store.ts'

/**
 * Lets in who is called for the case's wish now, and ends the part of whoever is called no more: the wish is kept,
 * the case is closed, or somebody else is on call. An officer without an account is told by other means.
 */
export async function letCalledIn(tx: Tx, id: CaseId): Promise<void> {
  const officer = await calledFor(tx, id)
  const known = officer === null ? [] : await colleagues(tx)
  const account = known.find(each => each.officer === officer)?.account
  const present = await memberStore.openMembers(tx, id, ['wish'])
  for (const row of present.filter(each => each.account_id !== account)) {
    await memberStore.endMember(tx, row.id)
    await record(tx, 'member.ended', { case: id, member: row.id, account: row.account_id })
  }
  if (account !== undefined && !present.some(each => each.account_id === account))
    await add(tx, id, { account, ground: 'wish', words: '', by: null, until: null })
}

/**
 * Lets in whoever is called in the place of a woman who is there no more, and ends her part. At once when an officer
 * leaves, moves or has leave noted; by the clock when a leave begins, or when somebody is on call at last.
 */
export async function callAnother(tx: Tx): Promise<void> {
  for (const id of await callAgain(tx)) await letCalledIn(tx, id)
}

/** The same by the clock. */
export async function keepCalled(work: Work): Promise<void> {
  await work.act(callAnother)
}
