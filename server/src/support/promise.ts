/**
 * The care plan: what was promised to a person of the case, by whom and until when. While a promise is open its case
 * stays open; what is overdue stands first wherever promises are listed.
 *
 * @module
 */
import { colleagues } from '#access'
import { record } from '#audit'
import { caseNumbers, caseRow, membersOf, putMatter, settleMatter } from '#cases'
import type { ReadTx, Tx } from '#platform/database'
import { newId, type AccountId, type CaseId, type PromiseId } from '#platform/ids'
import { refuse } from '#platform/refusals'
import { after, dayMs, momentOf } from '#platform/time'
import { refused } from './errors.ts'
import type { NewPromise, PromiseQuery, PromiseSettlement, Promised, PromisedLines } from './schema.ts'
import * as store from './store.ts'

// The longest span that anybody of the unit can answer for: an appeal included.
const promiseMaxDays = 730

/**
 * Writes down what was promised. The case stays open until it is kept or withdrawn.
 * @throws cases.noCase, cases.caseLocked
 * @throws support.untilPassed
 * @throws support.notOnCase who owes it does not see the case
 */
export async function makePromise(tx: Tx, id: CaseId, form: NewPromise): Promise<PromiseId> {
  await caseRow(tx, id)
  const until = momentOf(form.until)
  if (until <= tx.now || until > after(tx.now, promiseMaxDays * dayMs)) refuse(refused.untilPassed())
  const account = 'account' in form.by ? form.by.account : null
  if (account !== null && !(await isOnCase(tx, id, account))) refuse(refused.notOnCase())
  const promise = newId<'PromiseId'>(tx.now)
  await store.addPromise(tx, {
    id: promise,
    case_id: id,
    person: form.person,
    what: form.what,
    by_account: account,
    by_role: 'role' in form.by ? form.by.role : null,
    until_at: until,
    made_by: accountOf(tx),
    made_at: tx.now,
    state: 'open',
    reason: null,
    settled_by: null,
    settled_at: null,
    overdue_at: null,
  })
  const { person } = form
  await record(tx, 'promise.made', { case: id, promise }, { person })
  await putMatter(tx, id, 'promise', promise)
  return promise
}

/**
 * A promise was kept, or is withdrawn for a reason.
 * @throws support.noPromise
 * @throws support.promiseSettled
 */
export async function settlePromise(tx: Tx, id: PromiseId, form: PromiseSettlement): Promise<void> {
  const row = (await store.promise(tx, id)) ?? refuse(refused.noPromise())
  const reason = form.outcome === 'withdrawn' ? form.reason : null
  const isDone = await store.settlePromise(tx, id, {
    state: form.outcome,
    reason,
    settled_by: accountOf(tx),
    settled_at: tx.now,
  })
  if (!isDone) refuse(refused.promiseSettled())
  const isLate = row.until_at <= tx.now
  if (form.outcome === 'kept')
    await record(tx, 'promise.kept', { case: row.case_id, promise: id }, { isLate })
  else await record(tx, 'promise.withdrawn', { case: row.case_id, promise: id }, { reason })
  await settleMatter(
    tx,
    row.case_id,
    'promise',
    id,
    form.outcome === 'kept' || reason === 'replaced' ? 'handled' : 'withdrawn',
  )
}

/** Promises of the cases that the caller sees into, overdue ones first. */
export async function listPromises(tx: ReadTx, asked: PromiseQuery): Promise<PromisedLines> {
  if (tx.who.kind !== 'staff') return { rows: [], next: null, overdue: 0 }
  const { account, role } = tx.who
  const filter = {
    of: asked.case,
    owedBy: asked.mine ? { account, role } : undefined,
    isSettledToo: asked.settled,
  }
  const found = await store.promises(tx, filter, { limit: asked.limit + 1, after: asked.after })
  const shown = found.slice(0, asked.limit)
  const numbers = await caseNumbers(
    tx,
    shown.map(row => row.case_id),
  )
  const names = new Map((await colleagues(tx)).map(each => [each.account, each.name]))
  const rows = shown.map((row): Promised => ({
    promise: row.id,
    case: row.case_id,
    number: numbers.get(row.case_id) ?? '',
    person: row.person,
    what: row.what,
    by: {
      account: row.by_account,
      name: row.by_account === null ? null : (names.get(row.by_account) ?? null),
      role: row.by_role,
    },
    isMine: row.by_account === account || row.by_role === role,
    until: row.until_at.toISOString(),
    isOverdue: row.state === 'open' && row.until_at <= tx.now,
    state: row.state,
    reason: row.reason,
    madeAt: row.made_at.toISOString(),
    settledAt: row.settled_at?.toISOString() ?? null,
  }))
  const next = found.length > asked.limit ? (rows.at(-1)?.promise ?? null) : null
  return { rows, next, overdue: await store.countOverdue(tx, filter) }
}

// A tick's worth in one transaction; what is left is the next tick's.
const overdueOfTick = 200

/** Notes in the log of each case, once, that a promise was not kept in time. */
export async function noteOverdue(tx: Tx): Promise<void> {
  for (const row of await store.markOverduePromises(tx, overdueOfTick))
    await record(tx, 'promise.overdue', { case: row.case_id, promise: row.id })
}

/** The colleagues who see into the case now: its officer, and those who were let in. */
export async function colleaguesOnCase(tx: ReadTx, id: CaseId) {
  const { officer } = await caseRow(tx, id)
  const { rows } = await membersOf(tx, id)
  const isIn = new Set(rows.filter(each => each.isIn).map(each => each.account))
  return (await colleagues(tx)).filter(
    each => isIn.has(each.account) || (officer !== null && each.officer === officer),
  )
}

/** Whether this account sees into the case now. */
export async function isOnCase(tx: ReadTx, id: CaseId, account: AccountId): Promise<boolean> {
  return (await colleaguesOnCase(tx, id)).some(each => each.account === account)
}

/** The account that is asking. Every route of this room is for people who have signed in. */
export function accountOf(tx: ReadTx): AccountId {
  if (tx.who.kind !== 'staff') throw new Error('Only somebody who has signed in does this.')
  return tx.who.account
}
