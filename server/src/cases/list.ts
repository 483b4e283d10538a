import { unreadOfReports } from '#intake'
import type { ReadTx } from '#platform/database'
import type { CaseId } from '#platform/ids'
import { officerNames } from '#staffing'
import type { CaseLine, CaseLines, CaseQuery } from './schema.ts'
import * as store from './store.ts'

/** A page of the cases that the caller sees, newest first. */
export async function listCases(tx: ReadTx, asked: CaseQuery): Promise<CaseLines> {
  const staff = tx.who.kind === 'staff' ? tx.who : undefined
  const files = await store.files(tx, {
    agency: staff?.agency ?? undefined,
    state: asked.state,
    officer: asked.mine ? (staff?.officer ?? null) : undefined,
    q: asked.q === '' ? undefined : asked.q?.normalize('NFKC'),
    limit: asked.limit + 1,
    after: asked.after,
  })
  const rows = await linesOf(tx, files.slice(0, asked.limit))
  return { rows, next: files.length > asked.limit ? (rows.at(-1)?.case ?? null) : null }
}

/** These files as lines of the list: what is counted beside them is asked once for the whole page. */
export async function linesOf(tx: ReadTx, files: readonly store.File[]): Promise<CaseLine[]> {
  const counts = await store.countsOf(tx, idsOf(files))
  const unread = await unreadOfReports(
    tx,
    files.map(file => file.report_id),
  )
  const officers = await officerNames(
    tx,
    files.flatMap(file => file.officer_id ?? []),
  )
  return files.map(file => ({
    case: file.id,
    number: file.number,
    title: file.concern,
    agency: file.agency,
    state: file.state,
    isUrgent: file.is_urgent,
    isMinor: file.is_minor,
    officer:
      file.officer_id === null
        ? null
        : { officer: file.officer_id, name: officers.get(file.officer_id) ?? '' },
    openMatters: counts.get(file.id)?.open ?? 0,
    addresses: counts.get(file.id)?.addresses ?? 0,
    openedAt: file.opened_at.toISOString(),
    closedAt: file.closed_at?.toISOString() ?? null,
    unread: unread.get(file.report_id) ?? 0,
  }))
}

function idsOf(files: readonly store.File[]): CaseId[] {
  return files.map(file => file.id)
}
