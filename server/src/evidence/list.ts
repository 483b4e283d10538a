import { caseRow } from '#cases'
import { addressOf } from '#intake'
import type { ReadTx } from '#platform/database'
import type { AddressId, CaseId, ExhibitId } from '#platform/ids'
import type { CaptureLine, Exhibit, Exhibits } from './schema.ts'
import * as store from './store.ts'

const capturesMax = 200

/** The exhibits of a case in the order in which they were sealed, and its newest captures. @throws cases.noCase */
export async function listExhibits(
  tx: ReadTx,
  id: CaseId,
  page: { limit: number; after?: ExhibitId | undefined },
): Promise<Exhibits> {
  await caseRow(tx, id)
  const found = await store.exhibitsOfCase(tx, id, { limit: page.limit + 1, after: page.after })
  const shown = found.slice(0, page.limit)
  const canonical = new Map<AddressId, string>()
  for (const address of new Set(shown.map(row => row.address_id)))
    canonical.set(address, (await addressOf(tx, address)).canonical)
  const rows = shown.map(row => lineOf(row, canonical.get(row.address_id)!))
  const captures = await store.capturesOfCase(tx, id, capturesMax)
  return {
    rows,
    next: found.length > page.limit ? (rows.at(-1)?.exhibit ?? null) : null,
    captures: captures.map(captureLine),
  }
}

function lineOf(row: store.ExhibitRow, canonical: string): Exhibit {
  return {
    exhibit: row.id,
    capture: row.capture_id,
    address: row.address_id,
    canonical,
    kind: row.kind,
    contentType: row.content_type,
    index: row.place,
    size: row.size,
    sealedSha256: row.sealed_sha256,
    sealedAt: row.sealed_at.toISOString(),
    state: 'sealed',
  }
}

function captureLine(row: store.CaptureRow): CaptureLine {
  const at = row.finished_at ?? row.begun_at ?? row.asked_at
  return {
    capture: row.id,
    address: row.address_id,
    state: row.state,
    fault: row.fault,
    at: at.toISOString(),
  }
}
