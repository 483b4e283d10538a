/**
 * How much distressing content an officer has looked at, by day and week: warned at 80 %, stopped at 100 %. The
 * officer sees their own count; their leader sees "available" or "not for content", and may extend the day with a
 * reason about the work. Nothing about health is stored anywhere.
 *
 * @module
 */
import { dayAfter } from '@jikimi/staffing'
import { record } from '#audit'
import type { ReadTx, Tx } from '#platform/database'
import { newId, type OfficerId } from '#platform/ids'
import { refuse } from '#platform/refusals'
import { momentOf, secondMs } from '#platform/time'
import { refused } from './errors.ts'
import * as exposures from './exposure-store.ts'
import type { Availability, Exposure } from './exposure-schema.ts'
import { officers } from './posting.ts'
import { dayOf } from './roster.ts'
import * as store from './store.ts'

// Limits of ours, to be set by those who know the work: two hours and sixty pictures a day, eight hours and two
// hundred and forty a week.
export const limits = {
  day: { looks: 60, seconds: 2 * 60 * 60 },
  week: { looks: 240, seconds: 8 * 60 * 60 },
} as const
const warnAt = 0.8

// Nobody says when they have stopped looking: a look counts until the next, three minutes at most.
const spanMaxS = 180

/**
 * Counts a look at unveiled content by whoever is asking, before it is shown.
 * @throws staffing.budgetSpent the day's or the week's budget is used up, and nobody has extended it
 */
export async function spendLook(tx: Tx): Promise<void> {
  const officer = tx.who.kind === 'staff' ? tx.who.officer : null
  if (officer === null) return
  await exposures.lockLooks(tx, officer)
  await closeLast(tx, officer)
  const exposure = await exposureOf(tx, officer)
  if (exposure.state === 'stopped') refuse(refused.budgetSpent())
  await exposures.addLook(tx, { id: newId<'LookId'>(tx.now), officer, at: tx.now, span_s: spanMaxS })
}

/** The look before ended when this one begins, if that was sooner than three minutes. */
async function closeLast(tx: Tx, officer: OfficerId): Promise<void> {
  const last = await exposures.lastLook(tx, officer)
  if (last === undefined) return
  const passedS = Math.max(0, Math.round((tx.now.getTime() - last.at.getTime()) / secondMs))
  if (passedS < spanMaxS) await exposures.setSpan(tx, last.id, passedS)
}

/** One's own count. @throws staffing.noOfficer */
export async function ownExposure(tx: ReadTx): Promise<Exposure> {
  const officer = tx.who.kind === 'staff' ? tx.who.officer : null
  return exposureOf(tx, officer ?? refuse(refused.noOfficer()))
}

async function exposureOf(tx: ReadTx, officer: OfficerId): Promise<Exposure> {
  const from = starts(tx.now)
  const day = { ...(await exposures.counted(tx, officer, from.day)), max: limits.day }
  const week = { ...(await exposures.counted(tx, officer, from.week)), max: limits.week }
  const isExtended = (await exposures.extended(tx)).has(officer)
  const share = Math.max(
    ...[day, week].flatMap(({ looks, seconds, max }) => [looks / max.looks, seconds / max.seconds]),
  )
  const state = share >= 1 ? (isExtended ? 'extended' : 'stopped') : share >= warnAt ? 'warned' : 'free'
  return { day, week, share, state }
}

/** The first moments of today and of this week, in Seoul. A week begins on Monday. */
function starts(now: Date): { day: Date; week: Date } {
  const today = dayOf(now)
  const weekday = (new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7
  const startOf = (day: string) => momentOf(`${day}T00:00:00+09:00`)
  return { day: startOf(today), week: startOf(dayAfter(today, -weekday)) }
}

/** The leader's own team: who is available for content, and nothing more about anybody. */
export async function availability(tx: ReadTx): Promise<Availability[]> {
  if (tx.who.kind !== 'staff' || tx.who.agency === null) return []
  const stopped = await exposures.atLimit(tx, starts(tx.now), limits)
  const extended = await exposures.extended(tx)
  const team = await officers(tx, tx.who.agency)
  return team.map(({ officer, name }) => ({
    officer,
    name,
    isForContent: !stopped.has(officer) || extended.has(officer),
  }))
}

/**
 * Lets an officer of one's team look at more until the end of the day.
 * @throws staffing.notInAgency another team's officer, or oneself
 */
export async function extendBudget(tx: Tx, officer: OfficerId, reason: string): Promise<void> {
  const posting = await store.openPosting(tx, officer)
  if (tx.who.kind !== 'staff' || posting?.agency !== tx.who.agency || tx.who.officer === officer)
    refuse(refused.notInAgency({ officer }))
  const id = newId<'ExtensionId'>(tx.now)
  const until_at = momentOf(`${dayAfter(dayOf(tx.now), 1)}T00:00:00+09:00`)
  const given = { given_by: tx.who.account, given_at: tx.now }
  await exposures.addExtension(tx, { id, officer, reason, until_at, ...given })
  await record(tx, 'exposure.extended', { extension: id, officer })
}
