import { unreadOfReports } from '#intake'
import type { ReadTx } from '#platform/database'
import type { CaseId } from '#platform/ids'
import { refuse } from '#platform/refusals'
import { officerNames } from '#staffing'
import { refused } from './errors.ts'
import type { CaseLine, CaseLines, CaseQuery } from './schema.ts'
import * as store from './store.ts'

/** A page of the cases that the caller sees into, and for a leader those of the agency from outside; newest first. */
export async function listCases(tx: ReadTx, asked: CaseQuery): Promise<CaseLines> {
  const staff = tx.who.kind === 'staff' ? tx.who : undefined
  const files = await store.files(tx, {
    state: asked.state,
    officer: asked.mine ? (staff?.officer ?? null) : undefined,
    q: asked.q === '' ? undefined : asked.q?.normalize('NFKC'),
    limit: asked.limit + 1,
    after: asked.after,
  })
  const rows = await linesOf(tx, files.slice(0, asked.limit))
  return { rows, next: files.length > asked.limit ? (rows.at(-1)?.case ?? null) : null }
}

/** One case as the list shows it: for a leader who does not see into it. @throws cases.noCase */
export async function caseLine(tx: ReadTx, id: CaseId): Promise<CaseLine> {
  const file = (await store.file(tx, id)) ?? refuse(refused.noCase({ case: id }))
  const [line] = await linesOf(tx, [file])
  return line!
}

/** These files as lines of the list: what is counted beside them is asked once for the whole page. */
export async function linesOf(tx: ReadTx, files: readonly store.KnownFile[]): Promise<CaseLine[]> {
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
    wantsWoman: file.wants_woman,
    officer:
      file.officer_id === null
        ? null
        : { officer: file.officer_id, name: officers.get(file.officer_id) ?? '' },
    openMatters: counts.get(file.id)?.open ?? 0,
    addresses: file.is_inside ? (counts.get(file.id)?.addresses ?? 0) : null,
    openedAt: file.opened_at.toISOString(),
    closedAt: file.closed_at?.toISOString() ?? null,
    unread: file.is_inside ? (unread.get(file.report_id) ?? 0) : null,
    sight: file.is_inside ? 'inside' : 'outside',
  }))
}

function idsOf(files: readonly store.File[]): CaseId[] {
  return files.map(file => file.id)
}
