import type { ReadTx } from '#platform/database'
import type { CaseClocks } from './schema.ts'
import * as store from './store.ts'

/** The clocks of the cases that the caller knows of: those with most overdue first, then what is due next. */
export async function caseClocks(tx: ReadTx): Promise<CaseClocks> {
  const rows = await store.clocksKnown(tx)
  return {
    rows: rows.map(row => ({
      case: row.case_id,
      running: row.running,
      overdue: row.overdue,
      nextDueAt: row.next_due_at?.toISOString() ?? null,
    })),
  }
}
