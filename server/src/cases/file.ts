import { record } from '#audit'
import type { ReadTx, Tx } from '#platform/database'
import type { CaseId, ReportId } from '#platform/ids'
import { refuse } from '#platform/refusals'
import { after, hourMs } from '#platform/time'
import { refused } from './errors.ts'
import * as store from './store.ts'
import { watchReading } from './unusual.ts'

/**
 * The file of a case that the caller sees into.
 * @throws cases.noCase there is none, or the caller need not know of it
 * @throws cases.caseLocked the caller leads the agency and sees the outside only
 */
export async function seenFile(tx: ReadTx, id: CaseId): Promise<store.File> {
  const { is_inside, ...file } = (await store.file(tx, id)) ?? refuse(refused.noCase({ case: id }))
  if (!is_inside) refuse(refused.caseLocked({ case: id }))
  return file
}

/** What a case is, for the later rooms. @throws cases.noCase, cases.caseLocked */
export async function caseRow(tx: ReadTx, id: CaseId) {
  const file = await seenFile(tx, id)
  return {
    case: file.id,
    number: file.number,
    agency: file.agency,
    report: file.report_id,
    state: file.state,
    concern: file.concern,
    isMinor: file.is_minor,
    isUrgent: file.is_urgent,
    isKeptFromGuardian: file.is_kept_from_guardian,
    wantsWoman: file.wants_woman,
    officer: file.officer_id,
    openedAt: file.opened_at,
    closedAt: file.closed_at,
  }
}

/** The case of a report, or undefined where none stands yet or the caller may not see it. */
export async function caseOfReport(tx: ReadTx, report: ReportId): Promise<CaseId | undefined> {
  return (await store.fileOfReport(tx, report))?.id
}

/** The report behind a case. @throws cases.noCase */
export async function reportOfCase(tx: ReadTx, id: CaseId): Promise<ReportId> {
  return (await caseRow(tx, id)).report
}

/** The numbers of these cases, as far as the caller knows of them. */
export async function caseNumbers(
  tx: ReadTx,
  wanted: readonly CaseId[],
): Promise<ReadonlyMap<CaseId, string>> {
  return store.numbersOf(tx, wanted)
}

/** Notes in the log that the caller has read the case: once an hour for each account. */
export async function noteReading(tx: Tx, id: CaseId): Promise<void> {
  if (tx.who.kind !== 'staff') return
  const hour = after(tx.now, -(tx.now.getTime() % hourMs))
  if (!(await store.noteReading(tx, { account_id: tx.who.account, case_id: id, hour }))) return
  await record(tx, 'case.read', { case: id })
  await watchReading(tx, id)
}
