import {
  parsePictureFingerprint,
  parseVideoFingerprint,
  type PictureFingerprint,
  type VideoFingerprint,
} from '@jikimi/fingerprint'
import { record } from '#audit'
import { caseRow } from '#cases'
import { reportContent } from '#intake'
import type { ReadTx, Tx } from '#platform/database'
import { newId, type BankedId, type CaseId, type ReportId } from '#platform/ids'
import type { BankRead } from './schema.ts'
import * as store from './store.ts'

/** One fingerprint of a bank. */
export type Banked =
  | { readonly banked: BankedId; readonly kind: 'picture'; readonly picture: PictureFingerprint }
  | { readonly banked: BankedId; readonly kind: 'video'; readonly video: VideoFingerprint }

export type Bank = readonly Banked[]

/** Puts the report's fingerprints into the case's bank. Told twice, it banks once. */
export async function bankFromReport(tx: Tx, event: { case: CaseId; report: ReportId }): Promise<void> {
  const { fingerprints } = await reportContent(tx, event.report)
  const rows = fingerprints.map(({ fingerprint, kind, profile, ...made }) => ({
    id: newId<'BankedId'>(tx.now),
    case_id: event.case,
    fingerprint_id: fingerprint,
    kind,
    profile,
    made,
    banked_at: tx.now,
  }))
  const added = await store.addBanked(tx, rows)
  if (added > 0)
    await record(tx, 'bank.added', { case: event.case, report: event.report }, { fingerprints: added })
}

/** The bank of a case, as the caller may see it. */
export async function bankOf(tx: ReadTx, id: CaseId): Promise<Bank> {
  return (await store.bankedOfCase(tx, id)).map(bankedOf)
}

export function bankedOf(row: store.BankedRow): Banked {
  return row.kind === 'picture'
    ? { banked: row.id, kind: 'picture', picture: parsePictureFingerprint(row.made) }
    : { banked: row.id, kind: 'video', video: parseVideoFingerprint(row.made) }
}

/** What a bank holds, in numbers: the fingerprints themselves stay inside. @throws cases.noCase */
export async function readBank(tx: ReadTx, id: CaseId): Promise<BankRead> {
  await caseRow(tx, id)
  const found = await store.bankedOfCase(tx, id)
  const rows = found.map(row => {
    const banked = bankedOf(row)
    const frames = banked.kind === 'picture' ? [banked.picture] : banked.video.frames
    return {
      banked: row.id,
      kind: row.kind,
      profile: row.profile,
      frames: frames.length,
      durationMs: banked.kind === 'picture' ? null : banked.video.durationMs,
      quality: Math.max(...frames.map(frame => frame.quality)),
      bankedAt: row.banked_at.toISOString(),
    }
  })
  return {
    pictures: rows.filter(row => row.kind === 'picture').length,
    videos: rows.filter(row => row.kind === 'video').length,
    frames: rows.reduce((sum, row) => sum + row.frames, 0),
    profiles: [...new Set(rows.map(row => row.profile))],
    rows,
  }
}
