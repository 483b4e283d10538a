import { caseRow } from '#cases'
import { addressOf } from '#intake'
import type { ReadTx } from '#platform/database'
import type { AddressId, CaseId } from '#platform/ids'
import type { Match, Matches, MatchQuery } from './schema.ts'
import * as store from './store.ts'

/** A page of the matches that the caller sees, newest first; of one case where it is named. @throws cases.noCase */
export async function listMatches(tx: ReadTx, asked: MatchQuery & { case?: CaseId }): Promise<Matches> {
  if (asked.case !== undefined) await caseRow(tx, asked.case)
  const found = await store.matches(tx, {
    case: asked.case,
    state: asked.state,
    limit: asked.limit + 1,
    after: asked.after,
  })
  const shown = found.slice(0, asked.limit)
  const numbers = new Map<CaseId, string>()
  const canonical = new Map<AddressId, string>()
  for (const id of new Set(shown.map(row => row.case_id))) numbers.set(id, (await caseRow(tx, id)).number)
  for (const id of new Set(shown.map(row => row.address_id)))
    canonical.set(id, (await addressOf(tx, id)).canonical)
  const rows = shown.map(row => lineOf(row, numbers.get(row.case_id)!, canonical.get(row.address_id)!))
  return { rows, next: found.length > asked.limit ? (rows.at(-1)?.match ?? null) : null }
}

function lineOf(row: store.MatchRow, caseNumber: string, canonical: string): Match {
  return {
    match: row.id,
    case: row.case_id,
    caseNumber,
    address: row.address_id,
    canonical,
    exhibit: row.exhibit_id,
    kind: row.kind,
    distance: row.distance,
    quality: row.quality,
    share: row.share,
    turn: row.turn,
    atMs: row.at_ms,
    state: row.state,
    foundAt: row.found_at.toISOString(),
    decidedAt: row.decided_at?.toISOString() ?? null,
  }
}
