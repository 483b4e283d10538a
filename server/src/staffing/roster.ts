/**
 * The on-call roster: made by the solver from who serves and who is off, kept in one piece, swapped by hand.
 *
 * @module
 */
import {
  dayAfter,
  planRoster,
  reachOf,
  regions,
  rosterFaults,
  SolverStopped,
  type Duty,
  type OnCall,
  type RosterInput,
} from '@jikimi/staffing'
import { record } from '#audit'
import type { ReadTx, Tx } from '#platform/database'
import { newId, type OfficerId, type RosterId } from '#platform/ids'
import { Refusal, refuse } from '#platform/refusals'
import { refused } from './errors.ts'
import type { DutyRow, NewRoster } from './roster-schema.ts'
import * as rosters from './roster-store.ts'
import * as store from './store.ts'

// Before a roster, how far back a duty may lie and still ask for rest.
const lookBackDays = 14

/** The day in Seoul at this moment. */
export function dayOf(moment: Date): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Seoul' }).format(moment)
}

/** What a roster is made from. The roster itself takes seconds and is made outside of a transaction. */
export async function rosterGround(tx: ReadTx, form: NewRoster): Promise<RosterInput> {
  const { firstDay, days, peopleOnShift, restDays } = form
  const serving = await store.officers(tx)
  const leave = await rosters.leave(tx, firstDay)
  const until = dayAfter(firstDay, -1)
  const past = await rosters.duties(tx, { from: dayAfter(firstDay, -lookBackDays), until })
  const people = serving.map((each): OnCall => {
    const off = leave.filter(row => row.officer === each.id)
    return {
      id: each.id,
      isWoman: each.is_woman,
      reaches: reachOf(each.agency),
      off: off.flatMap(row => daysFrom(row.from_day, row.until_day, firstDay, days)),
      lastDuty: past.findLast(duty => duty.officer === each.id)?.day,
    }
  })
  return { firstDay, days, peopleOnShift, restDays, regions, people }
}

function daysFrom(from: string, until: string, firstDay: string, days: number): string[] {
  return Array.from({ length: days }, (_, at) => dayAfter(firstDay, at)).filter(
    day => day >= from && day <= until,
  )
}

/**
 * Solves the roster.
 * @throws staffing.noRoster no roster keeps the rules: the day, the region and the number are told
 * @throws staffing.noTimeLeft
 */
export async function dutiesFor(ground: RosterInput): Promise<readonly Duty[]> {
  try {
    const rostered = await planRoster(ground)
    if ('duties' in rostered) return rostered.duties
    const [first, second] = rostered.gaps
    const told = [first, second].filter(gap => gap !== undefined)
    const made = refused.noRoster({ gaps: rostered.gaps.length })
    const sentence = {
      status: made.sentence.status,
      ko: told.map(gap => gap.ko).join(' '),
      en: told.map(gap => gap.en).join(' '),
    }
    return refuse(new Refusal(made.code, sentence, made.detail))
  } catch (error) {
    if (error instanceof SolverStopped) return refuse(refused.noTimeLeft())
    throw error
  }
}

/**
 * Keeps the roster that was solved. One for the same first day that has not begun is replaced.
 * @throws staffing.dayPassed
 * @throws staffing.rosterStands
 * @throws staffing.groundMoved leave or postings have changed since it was solved
 */
export async function keepRoster(tx: Tx, form: NewRoster, duties: readonly Duty[]): Promise<RosterId> {
  if (form.firstDay <= dayOf(tx.now)) refuse(refused.dayPassed())
  await store.lockAgency(tx, '*')
  const standing = await rosters.rosterFrom(tx, form.firstDay)
  if (standing !== undefined && standing.first_day !== form.firstDay) refuse(refused.rosterStands())
  if (rosterFaults(await rosterGround(tx, form), duties).length > 0) refuse(refused.groundMoved())
  if (standing !== undefined) await rosters.dropRoster(tx, standing.id)
  const id = newId<'RosterId'>(tx.now)
  const made_by = tx.who.kind === 'staff' ? tx.who.account : refuse(refused.notCommander())
  const row = {
    id,
    first_day: form.firstDay,
    days: form.days,
    people_on_shift: form.peopleOnShift,
    rest_days: form.restDays,
    made_by,
    made_at: tx.now,
  }
  await rosters.addRoster(
    tx,
    row,
    duties.map(({ day, person }) => ({
      id: newId<'DutyId'>(tx.now),
      roster: id,
      day,
      officer: person as OfficerId,
    })),
  )
  await record(tx, 'roster.made', { roster: id }, { days: form.days, duties: duties.length })
  return id
}

// Eight weeks of fifty people at most; a calendar shows no more.
const daysShownMax = 62

/** Who is on call between two days. */
export async function dutiesBetween(tx: ReadTx, span: { from: string; until: string }): Promise<DutyRow[]> {
  const last = dayAfter(span.from, daysShownMax)
  const rows = await rosters.duties(tx, { from: span.from, until: span.until < last ? span.until : last })
  const own = tx.who.kind === 'staff' ? tx.who.officer : null
  return rows.map(row => ({
    duty: row.id,
    day: row.day,
    officer: row.officer,
    name: row.name,
    isWoman: row.is_woman,
    agency: row.agency ?? '',
    isOwn: row.officer === own,
  }))
}
