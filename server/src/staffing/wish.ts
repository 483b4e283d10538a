/**
 * A wish for a woman is a guarantee: where the agency's team has none, a woman who is on call and can reach the
 * region is called, and the leader is told, until one of the team has the case.
 *
 * @module
 */
import { dayAfter, reachOf, regionOf } from '@jikimi/staffing'
import { record } from '#audit'
import type { ReadTx, Tx } from '#platform/database'
import type { CaseId, OfficerId } from '#platform/ids'
import { after, hourMs } from '#platform/time'
import { dayOf } from './roster.ts'
import * as rosters from './roster-store.ts'
import type { Wish } from './schema.ts'
import * as store from './store.ts'

// A duty begins at nine: before it, yesterday's people are on call.
export const dutyBeginsMs = 9 * hourMs

/** Notes that the wish is not kept by the team, and calls who is on call. Doing it twice calls the same. */
export async function callForWish(tx: Tx, wish: { case: CaseId; agency: string }): Promise<void> {
  const officer = await womanOnCall(tx, wish.agency)
  const isNew = await store.openWish(tx, {
    case_id: wish.case,
    agency: wish.agency,
    asked_at: tx.now,
    officer,
  })
  if (isNew) await record(tx, 'wish.open', { case: wish.case, officer: officer ?? undefined })
}

/**
 * Calls another for each wish whose woman is there no more: she has left the unit, serves out of reach, or is on
 * leave today; and for each for which nobody was there, once somebody is. With nobody on call the wish stands and its
 * leader reads that nobody is called. Doing it twice changes nothing.
 * @returns the cases for which another, or nobody, is called from here on
 */
export async function callAgain(tx: Tx): Promise<CaseId[]> {
  const changed: CaseId[] = []
  const there = await officersThere(tx)
  for (const { case_id: id, agency, officer } of await store.openWishes(tx)) {
    const region = regionOf(agency)
    const reached = officer === null ? undefined : there.get(officer)
    if (region !== undefined && reached !== undefined && reachOf(reached).includes(region)) continue
    if ((await womanOnCall(tx, agency)) === officer) continue
    await callForWish(tx, { case: id, agency })
    changed.push(id)
  }
  return changed
}

/** Who serves and is not on leave today, and at which agency. */
async function officersThere(tx: ReadTx): Promise<ReadonlyMap<OfficerId, string>> {
  const today = dayOf(tx.now)
  const off = new Set(
    (await rosters.leave(tx, today)).filter(each => each.from_day <= today).map(each => each.officer),
  )
  const serving = (await store.officers(tx)).filter(each => !off.has(each.id))
  return new Map(serving.map(each => [each.id, each.agency]))
}

/** A woman of the team has the case now. */
export async function meetWish(tx: Tx, caseId: CaseId): Promise<void> {
  if (await store.endWish(tx, caseId, { met_at: tx.now })) await record(tx, 'wish.met', { case: caseId })
}

/** The case needs nobody any more, and so nobody is waited for. */
export async function releaseWish(tx: Tx, caseId: CaseId): Promise<void> {
  if (await store.endWish(tx, caseId, { released_at: tx.now }))
    await record(tx, 'wish.released', { case: caseId })
}

/** Who was called for the case's wish, while it waits; null where none waits, or nobody was there to be called. */
export async function calledFor(tx: ReadTx, caseId: CaseId): Promise<OfficerId | null> {
  return (await store.calledFor(tx, caseId))?.officer ?? null
}

/** The woman on call now who can reach the agency's region, from the nearest agency and with the fewest cases. */
async function womanOnCall(tx: ReadTx, agency: string): Promise<OfficerId | null> {
  const region = regionOf(agency)
  if (region === undefined) return null
  const today = dayOf(after(tx.now, -dutyBeginsMs))
  const onCall = await rosters.duties(tx, { from: today, until: dayAfter(today, 0) })
  const there = await officersThere(tx)
  const able = onCall.filter(each => each.is_woman && reachOf(there.get(each.officer) ?? '').includes(region))
  const loads = new Map((await store.officers(tx)).map(each => [each.id, each.load]))
  const [first] = able.toSorted(
    (one, other) =>
      Number(regionOf(other.agency ?? '') === region) - Number(regionOf(one.agency ?? '') === region) ||
      (loads.get(one.officer) ?? 0) - (loads.get(other.officer) ?? 0),
  )
  return first?.officer ?? null
}

/** Wishes that wait, oldest first: those of one's agency, and those that one was called for. */
export async function openWishes(tx: ReadTx): Promise<Wish[]> {
  const own = tx.who.kind === 'staff' ? tx.who.officer : null
  return (await store.openWishes(tx)).map(row => ({
    case: row.case_id,
    agency: row.agency,
    askedAt: row.asked_at.toISOString(),
    onCall: row.name,
    isForMe: row.officer !== null && row.officer === own,
  }))
}
