/**
 * What the victim's device has made of the victim's files: sealed on its way in, opened for the bank of the case
 * and for nothing else.
 *
 * @module
 */
import type { ReadTx } from '#platform/database'
import type { FingerprintId, ReportId } from '#platform/ids'
import { hasTurn, type Work } from '#platform/jobs'
import { openValue, sealValue, type SealKeys } from '#platform/sealed'
import type { ReportedFingerprint } from './schema.ts'
import * as store from './store.ts'

export interface SealedFingerprint {
  readonly id: FingerprintId
  readonly kind: ReportedFingerprint['kind']
  readonly sealed: Buffer
}

/** Seals a fingerprint for its row and report. */
export function sealedFingerprint(
  keys: SealKeys,
  id: FingerprintId,
  report: ReportId,
  made: ReportedFingerprint,
): SealedFingerprint {
  return { id, kind: made.kind, sealed: sealValue(keys, placeOf({ id, report_id: report }), made) }
}

/** The fingerprints of a report, opened. @throws Error where a seal does not open */
export async function reportedFingerprints(
  tx: ReadTx,
  keys: SealKeys,
  report: ReportId,
): Promise<readonly (ReportedFingerprint & { readonly fingerprint: FingerprintId })[]> {
  const rows = await store.fingerprintsOf(tx, report)
  return rows.map(row => {
    // A row from before fingerprints were sealed, for as long as the clock has not come to it.
    const made = row.sealed === null ? row.made : openValue(keys, placeOf(row), row.sealed)
    return { ...(made as ReportedFingerprint), fingerprint: row.id }
  })
}

function placeOf(row: { id: FingerprintId; report_id: ReportId }) {
  return { use: 'reported', row: row.id, owner: row.report_id } as const
}

// In one transaction; an upgraded installation of 100,000 rows is sealed within an hour, beside its other work.
const rowsOfTick = 500

/**
 * Seals fingerprints that stand in the open, which only an installation from before sealing has. The clock calls
 * it; a second process leaves it to the first.
 */
export async function keep(work: Work): Promise<void> {
  await work.act(async tx => {
    if (!(await hasTurn(tx, 'intake.keep'))) return
    for (const row of await store.unsealed(tx, rowsOfTick))
      await store.sealFingerprint(tx, row.id, sealValue(work.world.keys, placeOf(row), row.made))
  })
}
