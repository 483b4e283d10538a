/**
 * Whose a case is. Chosen by workload; where a woman was asked for, among the women alone.
 *
 * @module
 */
import type { ReadTx, Tx } from '#platform/database'
import { newId, type CaseId, type OfficerId } from '#platform/ids'
import { refuse } from '#platform/refusals'
import { refused } from './errors.ts'
import type { Skill } from './roster-schema.ts'
import * as store from './store.ts'
import { callForWish, meetWish } from './wish.ts'

export interface Assigned {
  readonly officer: OfficerId
  readonly isWoman: boolean
}

/**
 * Gives the case to the officer of `agency` with the fewest open cases; among equals, to whoever was given one
 * longest ago, then to whoever came first. A case that has an officer of this agency keeps them (a job may run
 * twice), unless a woman is asked for and they are none.
 *
 * Null where nobody can be given: no officer in the team, or a woman was asked for and the team has none. Then
 * the case waits and the breach stands in `GET /staffing`; for the wish a woman on call is called and the leader
 * told (`wish.ts`). A man is never silently put in her place.
 */
export async function assign(
  tx: Tx,
  wish: { case: CaseId; agency: string; wantsWoman: boolean; skills?: readonly Skill[] },
): Promise<Assigned | null> {
  await store.lockAgency(tx, wish.agency)
  const team = await store.officers(tx, wish.agency)
  const able = team
    .filter(each => each.is_woman || !wish.wantsWoman)
    .toSorted((one, other) => lacksOf(one, wish.skills) - lacksOf(other, wish.skills))
  const held = await officerOf(tx, wish.case)
  if (held !== null && able.some(each => each.id === held.officer)) return held
  const [chosen] = able
  await store.endAssignment(tx, wish.case, tx.now)
  if (chosen === undefined) {
    if (wish.wantsWoman) await callForWish(tx, wish)
    return null
  }
  await give(tx, wish.case, wish.agency, chosen.id)
  if (chosen.is_woman) await meetWish(tx, wish.case)
  return { officer: chosen.id, isWoman: chosen.is_woman }
}

/**
 * Gives the case to this officer, whoever had it before.
 * @throws staffing.noOfficer
 * @throws staffing.notInAgency they do not serve at `agency`
 */
export async function assignTo(
  tx: Tx,
  choice: { case: CaseId; agency: string; officer: OfficerId },
): Promise<Assigned> {
  const { officer } = choice
  const chosen = (await store.officer(tx, officer)) ?? refuse(refused.noOfficer({ officer }))
  const posting = await store.openPosting(tx, officer)
  if (posting?.agency !== choice.agency) refuse(refused.notInAgency({ officer }))
  await store.endAssignment(tx, choice.case, tx.now)
  await give(tx, choice.case, choice.agency, officer)
  if (chosen.is_woman) await meetWish(tx, choice.case)
  return { officer, isWoman: chosen.is_woman }
}

/** How many of the skills that the case asks for somebody lacks: who lacks the fewest comes first, then load. */
function lacksOf(officer: { skills: readonly string[] }, skills: readonly Skill[] = []): number {
  return skills.filter(skill => !officer.skills.includes(skill)).length
}

async function give(tx: Tx, caseId: CaseId, agency: string, officer: OfficerId): Promise<void> {
  const id = newId<'AssignmentId'>(tx.now)
  await store.addAssignment(tx, { id, case_id: caseId, agency, officer, from_at: tx.now })
}

/** The case needs nobody any more. Doing it twice changes nothing. */
export async function release(tx: Tx, caseId: CaseId): Promise<void> {
  await store.endAssignment(tx, caseId, tx.now)
}

/** Who has the case now, as far as the caller may see it; null where nobody has. */
export async function officerOf(
  tx: ReadTx,
  caseId: CaseId,
): Promise<(Assigned & { readonly name: string }) | null> {
  const [row] = await store.openAssignments(tx, [caseId])
  return row === undefined ? null : { officer: row.officer, name: row.name, isWoman: row.is_woman }
}

/** @throws staffing.noOfficer */
export async function isWoman(tx: ReadTx, officer: OfficerId): Promise<boolean> {
  const found = (await store.officer(tx, officer)) ?? refuse(refused.noOfficer({ officer }))
  return found.is_woman
}

/** Names of officers, for lists: one question for the whole page. */
export async function officerNames(
  tx: ReadTx,
  officers: readonly OfficerId[],
): Promise<ReadonlyMap<OfficerId, string>> {
  const rows = await store.names(tx, officers)
  return new Map(rows.map(row => [row.id, row.name]))
}

/**
 * The agency with the fewest open cases for each officer; among equals the first of the list. One without
 * officers comes last: it would only let the case wait.
 */
export async function leastLoadedAgency(tx: ReadTx): Promise<string> {
  const all = await store.agencies(tx)
  const serving = await store.officers(tx)
  const loadOf = (code: string) => {
    const team = serving.filter(each => each.agency === code)
    return team.length === 0 ? Infinity : team.reduce((sum, each) => sum + each.load, 0) / team.length
  }
  return all.reduce((best, each) => (loadOf(each.code) < loadOf(best.code) ? each : best)).code
}
