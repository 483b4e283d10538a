import { record } from '#audit'
import { tellCaseState } from '#intake'
import type { Tx } from '#platform/database'
import type { CaseId, OfficerId } from '#platform/ids'
import { refuse } from '#platform/refusals'
import { assign, assignTo, officers, type Assigned } from '#staffing'
import { refused } from './errors.ts'
import * as store from './store.ts'

/** Lets the staffing rules propose an officer. Nobody may be free to take the case: then it waits for the leader. */
export async function propose(tx: Tx, file: store.File): Promise<void> {
  const skills = file.is_minor ? (['minors'] as const) : []
  const chosen = await assign(tx, {
    case: file.id,
    agency: file.agency,
    wantsWoman: file.wants_woman,
    skills,
  })
  await enter(tx, file, chosen, true)
}

/** Gives a case that opens again back to who had it: nobody tells their story twice. Else the rules propose. */
export async function resume(tx: Tx, file: store.File): Promise<void> {
  const team = await officers(tx, file.agency)
  const former = team.find(each => each.officer === file.officer_id)
  if (former === undefined || (file.wants_woman && !former.isWoman)) return propose(tx, file)
  const { officer } = former
  await enter(tx, file, await assignTo(tx, { case: file.id, agency: file.agency, officer }), true)
}

/**
 * The team leader gives the case to an officer of their choice. Where a woman was asked for and one serves
 * there, it is a woman.
 * @throws cases.noCase
 * @throws cases.caseClosed
 * @throws cases.womanWanted
 * @throws staffing.noOfficer
 * @throws staffing.notInAgency
 */
export async function assignOfficer(tx: Tx, id: CaseId, officer: OfficerId): Promise<void> {
  const file = (await store.fileForUpdate(tx, id)) ?? refuse(refused.noCase({ case: id }))
  if (file.state === 'closed') refuse(refused.caseClosed({ case: id }))
  if (file.officer_id === officer) return
  const chosen = await assignTo(tx, { case: id, agency: file.agency, officer })
  if (file.wants_woman && !chosen.isWoman) {
    const team = await officers(tx, file.agency)
    if (team.some(each => each.isWoman)) refuse(refused.womanWanted({ case: id }))
  }
  await enter(tx, file, chosen, false)
}

async function enter(tx: Tx, file: store.File, chosen: Assigned | null, isProposed: boolean): Promise<void> {
  await store.setOfficer(tx, file.id, chosen?.officer ?? null)
  await tellCaseState(tx, file.report_id, { state: 'working', officerIsWoman: chosen?.isWoman ?? null })
  if (chosen !== null)
    await record(tx, 'case.assigned', { case: file.id, officer: chosen.officer }, { isProposed })
}
