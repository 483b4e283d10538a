/**
 * A duty given to another officer: asked of them, agreed by them, approved by the team leader of who asked, or the
 * commander. The roster keeps every rule that it kept before.
 *
 * @module
 */
import { rosterFaults, type Duty } from '@jikimi/staffing'
import { record } from '#audit'
import type { ReadTx, Tx } from '#platform/database'
import { newId, type DutyId, type OfficerId, type SwapId } from '#platform/ids'
import { refuse } from '#platform/refusals'
import { refused } from './errors.ts'
import { dayOf, rosterGround } from './roster.ts'
import type { SwapRow } from './roster-schema.ts'
import * as rosters from './roster-store.ts'
import * as store from './store.ts'

const ownOfficer = (tx: ReadTx): OfficerId =>
  (tx.who.kind === 'staff' ? tx.who.officer : null) ?? refuse(refused.noOfficer())

/**
 * Asks a colleague to take a duty of one's own.
 * @throws staffing.noDuty it is not there, not one's own, or over
 * @throws staffing.noOfficer
 * @throws staffing.swapOpen somebody was asked already
 */
export async function askSwap(tx: Tx, id: DutyId, asked_of: OfficerId): Promise<SwapId> {
  const asked_by = ownOfficer(tx)
  const duty = await rosters.duty(tx, id)
  if (duty?.officer !== asked_by || duty.day < dayOf(tx.now)) refuse(refused.noDuty())
  if (asked_of === asked_by || (await store.openPosting(tx, asked_of)) === undefined)
    refuse(refused.noOfficer({ officer: asked_of }))
  const swap = newId<'SwapId'>(tx.now)
  const isNew = await rosters.addSwap(tx, { id: swap, duty: id, asked_by, asked_of, asked_at: tx.now })
  if (!isNew) refuse(refused.swapOpen())
  await record(tx, 'swap.asked', { swap, duty: id, officer: asked_by }, {})
  return swap
}

/**
 * The colleague agrees, or does not.
 * @throws staffing.noSwap
 */
export async function answerSwap(tx: Tx, id: SwapId, isAgreed: boolean): Promise<void> {
  const swap = await rosters.swap(tx, id)
  if (swap?.state !== 'asked' || swap.asked_of !== ownOfficer(tx)) refuse(refused.noSwap())
  const state = isAgreed ? 'agreed' : 'refused'
  await rosters.setSwap(tx, id, { state, decided_by: null, decided_at: isAgreed ? null : tx.now })
  await record(tx, 'swap.answered', { swap: id, duty: swap.duty }, { isAgreed })
}

/**
 * The leader of who asked, or the commander, approves: the duty changes hands. Never one of the two themselves.
 * @throws staffing.noSwap
 * @throws staffing.swapBreaks rest, leave, or the woman who can reach each region
 */
export async function decideSwap(tx: Tx, id: SwapId, isAgreed: boolean): Promise<void> {
  const swap = await rosters.swap(tx, id)
  const isParty =
    tx.who.kind !== 'staff' || [swap?.asked_by, swap?.asked_of].includes(tx.who.officer ?? undefined)
  if (swap?.state !== 'agreed' || isParty || tx.who.kind !== 'staff') refuse(refused.noSwap())
  const duty = (await rosters.duty(tx, swap.duty)) ?? refuse(refused.noDuty())
  if (duty.officer !== swap.asked_by) refuse(refused.noSwap())
  if (isAgreed) {
    await store.lockAgency(tx, '*')
    if (await breaks(tx, duty, swap.asked_of)) refuse(refused.swapBreaks())
    if (!(await rosters.giveDuty(tx, duty.id, swap.asked_of))) refuse(refused.noSwap())
  }
  const decided = { decided_by: tx.who.account, decided_at: tx.now }
  const isSet = await rosters.setSwap(tx, id, { state: isAgreed ? 'approved' : 'refused', ...decided })
  if (!isSet) refuse(refused.noSwap())
  await record(tx, 'swap.decided', { swap: id, duty: duty.id, officer: swap.asked_of }, { isAgreed })
}

/** Whether the roster with this duty in other hands breaks a rule that it keeps today. */
async function breaks(
  tx: Tx,
  duty: {
    roster: NonNullable<Awaited<ReturnType<typeof rosters.duty>>>['roster']
    day: string
    officer: OfficerId
  },
  to: OfficerId,
): Promise<boolean> {
  const row = (await rosters.roster(tx, duty.roster)) ?? refuse(refused.noDuty())
  const form = {
    firstDay: row.first_day,
    days: row.days,
    peopleOnShift: row.people_on_shift,
    restDays: row.rest_days,
  }
  const ground = await rosterGround(tx, form)
  const all = await rosters.duties(tx, { from: row.first_day, until: '9999-12-31' })
  const now: Duty[] = all
    .filter(each => each.roster === duty.roster)
    .map(each => ({ day: each.day, person: each.officer }))
  const swapped = now.map(each =>
    each.day === duty.day && each.person === duty.officer ? { day: each.day, person: to } : each,
  )
  const known = new Set(rosterFaults(ground, now).map(each => JSON.stringify(each)))
  return rosterFaults(ground, swapped).some(each => !known.has(JSON.stringify(each)))
}

/** What waits for an answer or an approval, as far as the caller may see it. */
export async function openSwaps(tx: ReadTx): Promise<SwapRow[]> {
  const own = tx.who.kind === 'staff' ? tx.who.officer : null
  return (await rosters.openSwaps(tx)).map(row => ({
    swap: row.id,
    duty: row.duty,
    day: row.day,
    askedBy: row.asked_by,
    askedByName: row.asked_by_name,
    askedOf: row.asked_of,
    askedOfName: row.asked_of_name,
    state: row.state,
    isForMe: row.asked_of === own,
  }))
}
