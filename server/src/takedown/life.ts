/**
 * What changes a target's state, and what follows from it: the victim is told, the matter is settled or
 * opened again, later rooms hear of it. No other file sets a state.
 *
 * @module
 */
import { record } from '#audit'
import { reopenMatter, settleMatter } from '#cases'
import { tellVictim } from '#intake'
import type { Tx } from '#platform/database'
import type { TargetId } from '#platform/ids'
import { emit } from '#platform/jobs'
import { refuse } from '#platform/refusals'
import { after } from '#platform/time'
import { refused } from './errors.ts'
import { agreeAfterMs, claimLookMs, nextLook, nextWatch } from './schedule.ts'
import { mayFollow, type StateName } from './states.ts'
import * as store from './store.ts'
import type { TargetChange, TargetRow } from './store.ts'

/** The target, locked. @throws takedown.noTarget there is none, or the caller may not see it */
export async function lockTarget(tx: Tx, id: TargetId): Promise<TargetRow> {
  return (await store.targetForUpdate(tx, id)) ?? refuse(refused.noTarget({ target: id }))
}

/** Passes the target on. @throws takedown.notNow the table does not allow it */
export async function pass(
  tx: Tx,
  target: TargetRow,
  to: StateName,
  change: TargetChange = {},
): Promise<TargetRow> {
  if (!mayFollow(target.state, to)) refuse(refused.notNow({ target: target.id }))
  return store.changeTarget(tx, target.id, { ...change, state: to })
}

/** Where a target stands while its material is up. */
export function standing(target: TargetRow): StateName {
  if (target.spent_at !== null) return 'exhausted'
  return target.noticed_at === null ? 'awaitingChannel' : 'noticed'
}

export const about = (target: TargetRow) => ({
  case: target.case_id,
  target: target.id,
  address: target.address_id,
})

/**
 * A look has found the material down. The first such look pauses the ladder; the second, at least six hours
 * later and from another look-out where there is one, verifies the removal.
 */
export async function seenDown(
  tx: Tx,
  target: TargetRow,
  look: { vantage: string; lookOuts: number },
): Promise<TargetRow> {
  if (target.state === 'verifiedDown' || target.state === 'withdrawn') return target
  if (target.state !== 'downOnce') return downFirst(tx, target, look.vantage)
  const first = target.first_down_at ?? tx.now
  const isLater = tx.now.getTime() - first.getTime() >= agreeAfterMs
  const isElsewhere = look.lookOuts < 2 || look.vantage !== target.first_down_vantage
  return isLater && isElsewhere ? verify(tx, target) : target
}

async function downFirst(tx: Tx, target: TargetRow, vantage: string): Promise<TargetRow> {
  await store.dropQueued(tx, target.id)
  const passed = await pass(tx, target, 'downOnce', {
    first_down_at: tx.now,
    first_down_vantage: vantage,
    attention: null,
    act_at: null,
  })
  await tellVictim(tx, target.address_id, 'removed')
  return passed
}

async function verify(tx: Tx, target: TargetRow): Promise<TargetRow> {
  const passed = await pass(tx, target, 'verifiedDown', {
    verified_at: tx.now,
    watched_from: tx.now,
    attention: null,
    clock_ends_at: null,
    act_at: null,
  })
  await record(tx, 'target.verifiedDown', about(target), { round: target.round })
  await tellVictim(tx, target.address_id, 'verified')
  await settleMatter(tx, target.case_id, 'address', target.address_id, 'verified')
  await emit(tx, 'target.settled', { case: target.case_id, target: target.id, address: target.address_id })
  return passed
}

/** A look has found the material up. What was down is back; what was claimed is not so. */
export async function seenUp(tx: Tx, target: TargetRow): Promise<TargetRow> {
  if (target.state === 'verifiedDown') return reappear(tx, target)
  if (target.state === 'downOnce' || target.state === 'suspectedDown') {
    if (target.state === 'downOnce') await tellVictim(tx, target.address_id, 'returned')
    const to = standing(target)
    return pass(tx, target, to, {
      first_down_at: null,
      first_down_vantage: null,
      attention: null,
      act_at: to === 'exhausted' ? null : tx.now,
    })
  }
  if (target.state === 'claimedDown') return pass(tx, target, standing(target), { act_at: tx.now })
  return target
}

/** A page that answers and looks removed, but not surely: a person says which. */
export async function seenSoft(tx: Tx, target: TargetRow): Promise<TargetRow> {
  if (!mayFollow(target.state, 'suspectedDown')) return target
  return pass(tx, target, 'suspectedDown', { attention: 'softDown', act_at: null })
}

/**
 * It was verified down and is back: the next round of the same target. The first time the rung that had
 * removed it is asked again; from the second return on, the next one.
 */
async function reappear(tx: Tx, target: TargetRow): Promise<TargetRow> {
  const passed = await pass(tx, target, 'reappeared', {
    round: target.round + 1,
    reminder: 0,
    noticed_at: null,
    verified_at: null,
    first_down_at: null,
    first_down_vantage: null,
    spent_at: null,
    watched_from: tx.now,
    act_at: tx.now,
  })
  await record(tx, 'target.reappeared', about(target), { round: passed.round })
  await tellVictim(tx, target.address_id, 'returned')
  await reopenMatter(tx, target.case_id, 'address', target.address_id)
  return passed
}

/** Every rung is spent: what stays up goes to the blocking room, and is looked at further. */
export async function exhaust(tx: Tx, target: TargetRow): Promise<TargetRow> {
  const passed = await pass(tx, target, 'exhausted', {
    spent_at: tx.now,
    attention: null,
    clock_ends_at: null,
    act_at: null,
    recheck_at: nextLook(target.watched_from, tx.now),
  })
  await record(tx, 'target.exhausted', about(target), { rung: target.rung, round: target.round })
  await emit(tx, 'target.exhausted', { case: target.case_id, target: target.id, address: target.address_id })
  return passed
}

/** How often the material is being removed: 1, and one more each time that it came back. */
export const turnsOf = (target: TargetRow): number => target.round - target.reopened

/** When the target is looked at next, by its state. */
export function lookAgainAt(target: TargetRow, now: Date): Date | null {
  if (target.state === 'withdrawn') return null
  if (target.state === 'verifiedDown') return nextWatch(target.verified_at ?? now, now)
  if (target.state !== 'downOnce') return nextLook(target.watched_from, now)
  const agree = after(target.first_down_at ?? now, agreeAfterMs)
  return agree > now ? agree : after(now, claimLookMs)
}
