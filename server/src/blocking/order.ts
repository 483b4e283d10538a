/**
 * Block orders: the procedure proposes, one person requests, another approves. A block is beside a removal,
 * never instead of it, and it ends by itself.
 *
 * @module
 */
import { askApproval, giveApproval, refuseApproval, withdrawApproval } from '#access'
import { record } from '#audit'
import { caseRow, consentTo, putMatter, reopenMatter, settleMatter, stoppedFor } from '#cases'
import type { EventOf } from '#events'
import { addressOf, tellVictim } from '#intake'
import { isConfirmed, isTakenBack } from '#matching'
import type { ReadTx, Tx } from '#platform/database'
import { emit } from '#platform/jobs'
import { newId, type AccountId, type BlockOrderId, type CaseId } from '#platform/ids'
import type { Refusal } from '#platform/refusals'
import { refuse } from '#platform/refusals'
import { after, dayMs } from '#platform/time'
import { officers } from '#staffing'
import { refused } from './errors.ts'
import { blockedName, guardsOf } from './guards.ts'
import { expressionOf } from './list.ts'
import type { Approver, BlockOrder, BlockOrders, BlockRequest, LiftReason, Scope } from './schema.ts'
import { mayFollow, type StateName } from './states.ts'
import * as store from './store.ts'

// How long a block stands without being asked for anew; the longer one where a child is shown.
const adultDays = 30
const childDays = 90

/** Proposes to block a target that stayed up on every rung. Proposing twice proposes once. */
export async function propose(tx: Tx, event: EventOf<'target.exhausted'>): Promise<BlockOrderId> {
  await store.takeTurn(tx, event.target)
  const live = await store.liveOrderOf(tx, event.target)
  if (live !== undefined) return live.id
  const { canonical, host } = await addressOf(tx, event.address)
  const id = newId<'BlockOrderId'>(tx.now)
  await store.addOrder(tx, {
    id,
    case_id: event.case,
    target_id: event.target,
    address_id: event.address,
    canonical,
    host,
    state: 'proposed',
    // The narrow one; whoever requests may widen it where the host is there for nothing else.
    scope: 'address',
    basis: null,
    proposed_at: tx.now,
    requested_by: null,
    requested_at: null,
    approved_by: null,
    approved_at: null,
    published_at: null,
    expires_at: null,
    ended_at: null,
    end_reason: null,
    approver: 'agency',
    is_minor: (await caseRow(tx, event.case)).isMinor,
  })
  await putMatter(tx, event.case, 'block', id)
  await record(tx, 'block.proposed', {
    case: event.case,
    order: id,
    target: event.target,
    address: event.address,
  })
  return id
}

/**
 * Asks for the block, with scope and legal basis.
 * @throws blocking.notNow · blocking.critical · blocking.hostNotBlockable · blocking.basisDoesNotFit
 */
export async function request(tx: Tx, id: BlockOrderId, asked: BlockRequest, by: AccountId): Promise<void> {
  const order = await locked(tx, id)
  demand(order, 'requested')
  // Turned down or run out before its match was taken back.
  if (await isTakenBack(tx, order.address_id)) refuse(refused.notNow({ order: id }))
  refuseGuarded(order, asked.scope)
  const { isMinor, agency } = await caseRow(tx, order.case_id)
  // CPA 38-2 speaks of children alone.
  if (asked.basis === 'krCpa38x2' && !isMinor) refuse(refused.basisDoesNotFit({ order: id }))
  const live = await store.liveOrderOf(tx, order.target_id)
  if (live !== undefined && live.id !== id) refuse(refused.notNow({ order: id }))
  const approver = await approverFor(tx, agency)
  await store.changeOrder(tx, id, {
    state: 'requested',
    scope: asked.scope,
    basis: asked.basis,
    requested_by: by,
    requested_at: tx.now,
    approved_by: null,
    approved_at: null,
    published_at: null,
    expires_at: null,
    ended_at: null,
    end_reason: null,
    approver,
    is_minor: isMinor,
  })
  await reopenMatter(tx, order.case_id, 'block', id)
  await askApproval(tx, 'block.order', {
    subject: id,
    case: order.case_id,
    agency,
    alsoHead: approver === 'head',
    reason: asked.basis,
  })
  await record(tx, 'block.requested', about(order), { basis: asked.basis, scope: asked.scope })
}

/**
 * Another person agrees: of the team, or the commander where the team is one person. What forbids a block is looked at again: the lists may have grown since.
 * @throws blocking.notNow · blocking.critical · blocking.hostNotBlockable · access.samePerson · access.approvalOver
 */
export async function approve(tx: Tx, id: BlockOrderId, by: AccountId): Promise<void> {
  const order = await locked(tx, id)
  demand(order, 'approved')
  refuseGuarded(order, order.scope)
  await giveApproval(tx, 'block.order', id)
  const days = order.is_minor ? childDays : adultDays
  await store.changeOrder(tx, id, {
    state: 'approved',
    approved_by: by,
    approved_at: tx.now,
    expires_at: after(tx.now, days * dayMs),
  })
  await record(tx, 'block.approved', about(order), { days })
}

/**
 * Turns the order down: a proposal by anyone with the right, a request by another person than asked for it.
 * @throws blocking.notNow · access.samePerson · access.approvalOver
 */
export async function turnDown(tx: Tx, id: BlockOrderId, reason: string): Promise<void> {
  const order = await locked(tx, id)
  demand(order, 'refused')
  if (order.state === 'requested') await refuseApproval(tx, 'block.order', id, reason)
  await store.changeOrder(tx, id, { state: 'refused', ended_at: tx.now, end_reason: reason })
  await record(tx, 'block.refused', about(order), { reason })
  // Not here: the commander, who may have turned it down, sees no case and so none of its matters.
  await emit(tx, 'block.refused', { case: order.case_id, order: id })
}

/** Takes the matter of a turned-down order from the case, unless the block was requested anew meanwhile. */
export async function settleRefused(tx: Tx, event: EventOf<'block.refused'>): Promise<void> {
  const order = await locked(tx, event.order)
  if (order.state === 'refused') await settleMatter(tx, event.case, 'block', event.order, 'handled')
}

/** Nobody has decided in time: the order is a proposal again, and may be requested anew. */
export async function lapse(tx: Tx, event: EventOf<'approval.expired'>): Promise<void> {
  if (event.kind !== 'block.order') return
  const order = await locked(tx, event.subject as BlockOrderId)
  // Twice told, or lifted meanwhile: nothing is left to do.
  if (!mayFollow(order.state, 'proposed')) return
  const undecided = { basis: null, requested_by: null, requested_at: null, approver: 'agency' } as const
  await store.changeOrder(tx, order.id, { state: 'proposed', ...undecided })
  await record(tx, 'block.lapsed', about(order))
}

/** The material is gone: whatever stands for the target is lifted. Lifting what is lifted does nothing. */
export async function lift(tx: Tx, event: EventOf<'target.settled'>): Promise<void> {
  await store.takeTurn(tx, event.target)
  const live = await store.liveOrderOf(tx, event.target)
  if (live !== undefined) await end(tx, await locked(tx, live.id), 'lifted', 'settled')
}

/**
 * The match was taken back: whatever stands for its address is lifted, a proposal and a request too. Told late, when
 * the address is confirmed by another match, it does nothing.
 */
export async function liftReversed(tx: Tx, event: EventOf<'match.reversed'>): Promise<void> {
  if (await isConfirmed(tx, event.address)) return
  for (const order of await store.liveOrdersOfAddress(tx, event.address))
    await end(tx, order, 'lifted', 'wrongMatch')
}

/**
 * The consent to the removal was withdrawn: every block of the case is lifted. Told late, when it is given again, it
 * lifts nothing.
 */
export async function liftUnconsented(tx: Tx, event: EventOf<'consent.withdrawn'>): Promise<void> {
  if (event.purpose !== 'removal') return
  if ((await consentTo(tx, event.case, 'removal')) === false)
    for (const order of await store.liveOrdersOfCase(tx, event.case))
      await end(tx, order, 'lifted', 'victimsWish')
  await stoppedFor(tx, event.consent, 'blocking')
}

/** A person lifts the block. The material is up as before: its matter is open again. @throws blocking.notNow */
export async function liftByHand(
  tx: Tx,
  id: BlockOrderId,
  reason: Exclude<LiftReason, 'settled'>,
): Promise<void> {
  const order = await locked(tx, id)
  demand(order, 'lifted')
  await end(tx, order, 'lifted', reason)
  if (
    order.state === 'published' &&
    reason !== 'wrongMatch' &&
    reason !== 'noOffence' &&
    reason !== 'victimsWish'
  )
    await reopenMatter(tx, order.case_id, 'address', order.address_id)
}

// A tick that finds more goes on with the next one.
const expiredMax = 200

/** Ends what nobody has renewed. The material may be up still: its matter is open again. */
export async function expire(tx: Tx): Promise<number> {
  const due = await store.takeExpired(tx, expiredMax)
  for (const order of due) {
    await end(tx, order, 'expired', 'timeUp')
    await reopenMatter(tx, order.case_id, 'address', order.address_id)
  }
  return due.length
}

async function end(
  tx: Tx,
  order: store.OrderRow,
  state: 'lifted' | 'expired',
  reason: string,
): Promise<void> {
  await store.changeOrder(tx, order.id, { state, ended_at: tx.now, end_reason: reason })
  await withdrawApproval(tx, 'block.order', order.id)
  await record(tx, state === 'lifted' ? 'block.lifted' : 'block.expired', about(order), { reason })
  // Of material that is gone the takedown room tells; of a block that nobody's resolver ever had, nothing.
  if (order.state === 'published' && reason !== 'settled') await tellVictim(tx, order.address_id, 'unblocked')
  await settleMatter(tx, order.case_id, 'block', order.id, 'handled')
}

/** Orders that the caller may see, newest first. */
export async function listOrders(
  tx: ReadTx,
  given: {
    case?: CaseId | undefined
    state?: StateName | undefined
    limit: number
    after?: BlockOrderId | undefined
  },
): Promise<BlockOrders> {
  const rows = await store.orders(tx, {
    case: given.case,
    state: given.state,
    limit: given.limit + 1,
    after: given.after,
  })
  const page = rows.slice(0, given.limit).map(shown)
  return { rows: page, next: rows.length > given.limit ? (page.at(-1)?.order ?? null) : null }
}

function shown(row: store.OrderRow): BlockOrder {
  const guards = guardsOf(row.host)
  return {
    order: row.id,
    case: row.case_id,
    target: row.target_id,
    address: row.address_id,
    canonical: row.canonical,
    host: row.host,
    name: guards.length === 0 ? blockedName(row.host) : null,
    scope: row.scope,
    state: row.state,
    basis: row.basis,
    approver: row.approver,
    requestedBy: row.requested_by,
    approvedBy: row.approved_by,
    proposedAt: row.proposed_at.toISOString(),
    requestedAt: row.requested_at?.toISOString() ?? null,
    approvedAt: row.approved_at?.toISOString() ?? null,
    publishedAt: row.published_at?.toISOString() ?? null,
    expiresAt: row.expires_at?.toISOString() ?? null,
    endedAt: row.ended_at?.toISOString() ?? null,
    endReason: row.end_reason,
    guards: [...guards],
  }
}

/** The refusal that the guards ask for at this scope, or undefined. */
export function guarded(
  order: { host: string; canonical: string },
  scope: Scope,
): ((detail: { order: BlockOrderId }) => Refusal) | undefined {
  const guards = guardsOf(order.host)
  if (guards.includes('critical')) return refused.critical
  // An address that is nothing but its host stands on the hashed list for the whole host.
  const isWholeHost =
    scope === 'host' || expressionOf({ scope, canonical: order.canonical }) === `${order.host}/`
  const forbidding =
    scope === 'host' ? guards : guards.filter(code => code === 'publicSuffix' || code === 'sharedHost')
  return isWholeHost && forbidding.length > 0 ? refused.hostNotBlockable : undefined
}

function refuseGuarded(order: store.OrderRow, scope: Scope): void {
  const refusal = guarded(order, scope)
  if (refusal !== undefined) refuse(refusal({ order: order.id }))
}

// One person cannot be two: a team needs a second officer to approve by itself.
const approversMin = 2

async function approverFor(tx: ReadTx, agency: string): Promise<Approver> {
  return (await officers(tx, agency)).length < approversMin ? 'head' : 'agency'
}

async function locked(tx: Tx, id: BlockOrderId): Promise<store.OrderRow> {
  return (await store.orderForUpdate(tx, id)) ?? refuse(refused.noOrder({ order: id }))
}

function demand(order: store.OrderRow, to: StateName): void {
  if (!mayFollow(order.state, to)) refuse(refused.notNow({ order: order.id }))
}

const about = (order: store.OrderRow) => ({
  case: order.case_id,
  order: order.id,
  target: order.target_id,
  address: order.address_id,
})
