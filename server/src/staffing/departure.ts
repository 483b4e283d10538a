import { dismissOfficer } from '#access'
import { record } from '#audit'
import type { Tx } from '#platform/database'
import type { OfficerId } from '#platform/ids'
import { emit } from '#platform/jobs'
import { refuse } from '#platform/refusals'
import { after } from '#platform/time'
import { refused } from './errors.ts'
import { keepingTheRule } from './keeping.ts'
import { dayOf } from './roster.ts'
import * as rosters from './roster-store.ts'
import type { Departure } from './schema.ts'
import * as store from './store.ts'
import { dutyBeginsMs } from './wish.ts'

/**
 * An officer leaves the unit: the posting ends and stays in the history, their account is switched off with all its
 * sessions, and their duties from now on are free. Doing it twice changes nothing.
 * @returns how many duties are free now: the roster has gaps there
 * @throws staffing.noOfficer
 * @throws staffing.stillHasCases their leader hands these over first
 * @throws access.ownAccount
 * @throws staffing.ruleBroken, staffing.notCommander, staffing.wrongDate
 */
export async function depart(
  tx: Tx,
  officer: OfficerId,
  { despite }: Departure,
): Promise<{ dutiesFree: number }> {
  if ((await store.officer(tx, officer)) === undefined) refuse(refused.noOfficer({ officer }))
  return keepingTheRule(tx, despite, () => end(tx, officer))
}

async function end(tx: Tx, officer: OfficerId): Promise<{ dutiesFree: number }> {
  const posting = await store.openPosting(tx, officer)
  if (posting === undefined) return { dutiesFree: 0 }
  // Under the lock no case is given to them while they leave.
  await store.lockAgency(tx, posting.agency)
  const served = await store.officers(tx, posting.agency)
  const load = served.find(each => each.id === officer)?.load ?? 0
  if (load > 0) refuse(refused.stillHasCases({ officer, load }))
  await store.endPosting(tx, posting.id, tx.now)
  const dutiesFree = await rosters.dropDuties(tx, officer, dayOf(after(tx.now, -dutyBeginsMs)))
  await record(tx, 'officer.left', { officer }, { agency: posting.agency as never, duties: dutiesFree })
  await dismissOfficer(tx, officer)
  await emit(tx, 'officer.away', { officer })
  return { dutiesFree }
}
