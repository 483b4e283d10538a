import { timeLine, type Entry } from '#audit'
import { addressesWithSteps } from '#intake'
import type { Tx } from '#platform/database'
import type { CaseId, EntryId } from '#platform/ids'
import { noteReading, seenFile } from './file.ts'
import { linesOf } from './list.ts'
import type { CaseRead, Matter } from './schema.ts'
import * as store from './store.ts'

/** The whole case. The reading is in the log, once an hour for each account. @throws cases.noCase, cases.caseLocked */
export async function readCase(tx: Tx, id: CaseId): Promise<CaseRead> {
  const file = await seenFile(tx, id)
  await noteReading(tx, id)
  const [line] = await linesOf(tx, [{ ...file, is_inside: true }])
  const matters = await store.mattersOf(tx, id)
  return {
    ...line!,
    report: file.report_id,
    isKnownPerson: file.is_known_person,
    isKeptFromGuardian: file.is_kept_from_guardian,
    matters: matters.map(shown),
    addresses: await addressesWithSteps(tx, file.report_id),
  }
}

/** What was done on the case, by whom and when, oldest first; reading it is reading the case. @throws cases.noCase, cases.caseLocked */
export async function readTimeLine(
  tx: Tx,
  id: CaseId,
  page: { limit: number; after?: EntryId | undefined },
): Promise<{ rows: Entry[]; next: EntryId | null }> {
  await seenFile(tx, id)
  await noteReading(tx, id)
  return timeLine(tx, id, { limit: page.limit, after: page.after })
}

function shown(row: store.MatterRow): Matter {
  return {
    matter: row.id,
    kind: row.kind,
    about: row.about,
    state: row.state,
    openedAt: row.opened_at.toISOString(),
    settledAt: row.settled_at?.toISOString() ?? null,
    reason: row.reason,
  }
}
