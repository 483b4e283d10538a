import { record } from '#audit'
import type { Tx } from '#platform/database'
import type { CaseId, ReportId } from '#platform/ids'
import { after, hourMs } from '#platform/time'
import * as store from './store.ts'

/** Notes in the log that a member of staff reads this report, once an hour for each account. */
export async function noteReading(tx: Tx, report: ReportId, caseId: CaseId | null): Promise<void> {
  if (tx.who.kind !== 'staff') return
  const isFirst = await store.noteReading(tx, {
    account_id: tx.who.account,
    report_id: report,
    hour: after(tx.now, -(tx.now.getTime() % hourMs)),
  })
  if (isFirst) await record(tx, 'report.opened', { report, ...(caseId === null ? {} : { case: caseId }) })
}
