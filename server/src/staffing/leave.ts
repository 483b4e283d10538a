import { record } from '#audit'
import type { ReadTx, Tx } from '#platform/database'
import { newId, type LeaveId, type OfficerId } from '#platform/ids'
import { emit } from '#platform/jobs'
import { refuse } from '#platform/refusals'
import { refused } from './errors.ts'
import { dayOf } from './roster.ts'
import type { LeaveRow, NewLeave, Strengths } from './roster-schema.ts'
import * as rosters from './roster-store.ts'
import * as store from './store.ts'

/**
 * Notes days on which an officer cannot be asked: leave, or protected days of recovery. Which of them, and why, is
 * stored nowhere. Entered by the officer's team leader.
 * @throws staffing.wrongSpan
 * @throws staffing.notInAgency
 * @throws staffing.onCall there is a duty on one of the days: it is swapped first
 */
export async function addLeave(tx: Tx, officer: OfficerId, { from, until }: NewLeave): Promise<LeaveId> {
  if (until < from || from < dayOf(tx.now)) refuse(refused.wrongSpan())
  const posting = await store.openPosting(tx, officer)
  if (tx.who.kind !== 'staff' || posting?.agency !== tx.who.agency) refuse(refused.notInAgency({ officer }))
  await store.lockAgency(tx, '*')
  if ((await rosters.duties(tx, { from, until, officer })).length > 0) refuse(refused.onCall({ officer }))
  const id = newId<'LeaveId'>(tx.now)
  await rosters.addLeave(tx, { id, officer, from_day: from, until_day: until })
  await record(tx, 'leave.noted', { leave: id, officer })
  await emit(tx, 'officer.away', { officer })
  return id
}

/** @throws staffing.noLeave */
export async function dropLeave(tx: Tx, leave: LeaveId): Promise<void> {
  const officer = (await rosters.dropLeave(tx, leave)) ?? refuse(refused.noLeave())
  await record(tx, 'leave.dropped', { leave, officer })
}

/** Leave from today on, as far as the caller may see it: one's own, one's team's, or everybody's. */
export async function leave(tx: ReadTx): Promise<LeaveRow[]> {
  const rows = await rosters.leave(tx, dayOf(tx.now))
  return rows.map(row => ({
    leave: row.id,
    officer: row.officer,
    name: row.name,
    from: row.from_day,
    until: row.until_day,
  }))
}

/**
 * Notes which languages an officer speaks and what they are trained for.
 * @throws staffing.noOfficer
 */
export async function setStrengths(tx: Tx, officer: OfficerId, strengths: Strengths): Promise<void> {
  const languages = [...new Set(strengths.languages)].toSorted()
  const skills = [...new Set(strengths.skills)].toSorted()
  if (!(await rosters.setStrengths(tx, officer, { languages, skills })))
    refuse(refused.noOfficer({ officer }))
  await record(tx, 'officer.changed', { officer }, { languages: languages.length, skills: skills.length })
}
