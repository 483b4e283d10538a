/**
 * A case goes into other hands: another officer's, or another agency's. Its number, its log, its matters and all
 * clocks of the later rooms stay as they are, since nothing of them is touched; who sees it moves with it.
 *
 * @module
 */
import { record } from '#audit'
import type { ReadTx, Tx } from '#platform/database'
import { newId, type CaseId, type HandoverId, type OfficerId } from '#platform/ids'
import { emit } from '#platform/jobs'
import { refuse } from '#platform/refusals'
import { agencyNamed, officerNames, officers } from '#staffing'
import { giveOver } from './assignment.ts'
import { refused } from './errors.ts'
import * as handoverStore from './handover-store.ts'
import { joinCounsellor } from './member.ts'
import * as memberStore from './member-store.ts'
import type { Handover, NewHandover } from './schema.ts'
import * as store from './store.ts'

/**
 * The leader of its agency hands a case over. A wish for a woman goes with it. The procedure carries it out at once
 * (`carryOver`): a leader alone could not write into another agency.
 * @throws cases.noCase, cases.mayNotHandOver, cases.caseClosed
 * @throws cases.noTeam, cases.noSuccessor, cases.womanWanted
 * @throws cases.handoverStands
 * @throws staffing.noAgency
 */
export async function handOver(tx: Tx, id: CaseId, form: NewHandover): Promise<HandoverId> {
  const file = (await store.fileForUpdate(tx, id)) ?? refuse(refused.noCase({ case: id }))
  if (tx.who.kind !== 'staff' || tx.who.agency !== file.agency) refuse(refused.mayNotHandOver({ case: id }))
  if (file.state === 'closed') refuse(refused.caseClosed({ case: id }))
  await successorFor(tx, file, form)
  const handover = newId<'HandoverId'>(tx.now)
  const isNew = await handoverStore.addHandover(tx, {
    id: handover,
    case_id: id,
    from_agency: file.agency,
    to_agency: form.agency,
    from_officer: file.officer_id,
    to_officer: form.officer ?? null,
    reason: form.reason,
    words: form.words,
    made_by: tx.who.account,
    made_at: tx.now,
    done_at: null,
    noted_at: null,
  })
  if (!isNew) refuse(refused.handoverStands({ case: id }))
  const { reason, agency } = form
  await record(
    tx,
    'case.handedOver',
    { case: id, handover, officer: form.officer },
    { reason, from: file.agency, to: agency },
  )
  await emit(tx, 'case.handedOver', { case: id, handover })
  return handover
}

/** Refuses hands that cannot take the case. */
async function successorFor(tx: ReadTx, file: store.File, form: NewHandover): Promise<void> {
  const { agency } = form
  await agencyNamed(tx, agency)
  const team = await officers(tx, agency)
  if (team.length === 0) refuse(refused.noTeam())
  const named = team.find(each => each.officer === form.officer)
  const isSame = agency === file.agency && (form.officer ?? file.officer_id) === file.officer_id
  if (isSame || (form.officer !== undefined && named === undefined))
    refuse(refused.noSuccessor({ case: file.id }))
  const hasWoman = team.some(each => each.isWoman)
  if (file.wants_woman && hasWoman && named?.isWoman === false) refuse(refused.womanWanted({ case: file.id }))
}

/**
 * Carries a handover out, in the name of the product. To another agency: its counsellor joins, where it has one, and
 * the team that was joined loses sight; who was let in for a reason and a time keeps it until then. Its leader finds
 * the case among the handovers. The event may be told twice; the second time does nothing.
 */
export async function carryOver(tx: Tx, { handover }: { handover: HandoverId }): Promise<void> {
  const row = await handoverStore.openHandover(tx, handover)
  const file = row === undefined ? undefined : await store.fileForUpdate(tx, row.case_id)
  if (row === undefined || file === undefined) return
  const isElsewhere = row.to_agency !== file.agency
  const moved = { ...file, agency: row.to_agency }
  if (isElsewhere) {
    await handoverStore.moveFile(tx, file.id, row.to_agency)
    await leaveTeam(tx, moved)
  }
  if (file.state === 'open') await giveOver(tx, moved, row.to_officer)
  await handoverStore.endHandover(tx, handover, { done_at: tx.now, noted_at: isElsewhere ? null : tx.now })
}

async function leaveTeam(tx: Tx, file: store.File): Promise<void> {
  const former = await memberStore.openMembers(tx, file.id, ['team', 'counsellor'])
  const hasCounsellor = await joinCounsellor(tx, file)
  // Where the other agency has no counsellor, the victim keeps theirs.
  for (const row of former.filter(each => each.ground === 'team' || hasCounsellor)) {
    await memberStore.endMember(tx, row.id)
    await record(tx, 'member.ended', { case: file.id, member: row.id, account: row.account_id })
  }
}

/**
 * Handovers of a case that the caller knows of; without one, those from another agency of which the caller, its
 * leader, has not taken note. Newest first.
 */
export async function handovers(tx: ReadTx, of?: CaseId): Promise<Handover[]> {
  const agency = tx.who.kind === 'staff' && tx.who.role === 'leader' ? tx.who.agency : null
  const rows = await handoverStore.handovers(tx, of, agency)
  const names = await officerNames(
    tx,
    rows.flatMap(row => [row.officer_id, row.from_officer, row.to_officer].filter(each => each !== null)),
  )
  const nameOf = (officer: OfficerId | null) => (officer === null ? null : (names.get(officer) ?? null))
  return rows.map(row => ({
    handover: row.id,
    case: row.case_id,
    number: row.number,
    from: row.from_agency,
    to: row.to_agency,
    officer: nameOf(row.officer_id),
    fromOfficer: nameOf(row.from_officer),
    toOfficer: nameOf(row.to_officer),
    reason: row.reason,
    words: row.words,
    at: row.made_at.toISOString(),
    isDone: row.done_at !== null,
  }))
}

/** The leader who takes the case over has taken note. @throws cases.noHandover */
export async function noteHandover(tx: Tx, handover: HandoverId): Promise<void> {
  const id = (await handoverStore.noteHandover(tx, handover)) ?? refuse(refused.noHandover())
  await record(tx, 'handover.noted', { case: id, handover })
}
