import {
  featuresFromBytes,
  parsePictureFingerprint,
  parseVideoFingerprint,
  type BankWindow,
  type Features,
  type PictureFingerprint,
  type VideoFingerprint,
} from '@jikimi/fingerprint'
import { z } from 'zod'
import { record } from '#audit'
import { caseRow } from '#cases'
import { reportedFingerprints, type ReportedWindow } from '#intake'
import type { ReadTx, Tx } from '#platform/database'
import { ids, newId, type BankedId, type BankEntryId, type CaseId, type ReportId } from '#platform/ids'
import { job, later } from '#platform/jobs'
import { openBytes, openValue, sealValue, type SealKeys } from '#platform/sealed'
import type { BankRead } from './schema.ts'
import * as store from './store.ts'

/** One fingerprint to be compared with: of a case's bank, or of an entry of another bank. */
export type Banked<Ref = BankedId | BankEntryId> =
  | {
      readonly banked: Ref
      readonly kind: 'picture'
      readonly picture: PictureFingerprint
      /** Of parts of it, where whoever held the picture has made them: by these a cropped copy is found. */
      readonly windows?: readonly BankWindow[]
    }
  | { readonly banked: Ref; readonly kind: 'video'; readonly video: VideoFingerprint }

export type Bank = readonly Banked<BankedId>[]

/** Fills the bank of a case from a report: apart from the transaction that asks, where the keys are in reach. */
export const bankJob = job(
  'matching',
  'bank',
  z.object({ case: ids.CaseId, report: ids.ReportId }),
  (work, event) => work.act(tx => bankReport(tx, work.world.keys, event)),
)

/** Asks for the report's fingerprints to be put into the case's bank. */
export async function bankFromReport(tx: Tx, event: { case: CaseId; report: ReportId }): Promise<void> {
  await later(tx, bankJob, event)
}

/** Puts the report's fingerprints into the case's bank, sealed. Done twice, they are banked once. */
export async function bankReport(
  tx: Tx,
  keys: SealKeys,
  event: { case: CaseId; report: ReportId },
): Promise<void> {
  const fingerprints = await reportedFingerprints(tx, keys, event.report)
  const rows = fingerprints.map(({ fingerprint, kind, profile, ...made }) => {
    const id = newId<'BankedId'>(tx.now)
    return {
      id,
      case_id: event.case,
      fingerprint_id: fingerprint,
      exhibit_id: null,
      match_id: null,
      kind,
      profile,
      made: null,
      sealed: sealValue(keys, placeOf({ id, case_id: event.case }), made),
      features: null,
      banked_at: tx.now,
      withdrawn_at: null,
    }
  })
  const added = await store.addBanked(tx, rows)
  if (added > 0)
    await record(tx, 'bank.added', { case: event.case, report: event.report }, { fingerprints: added })
}

/** The bank of a case, as the caller may see it, opened for comparison. */
export async function bankOf(tx: ReadTx, keys: SealKeys, id: CaseId): Promise<Bank> {
  return (await store.bankedOfCase(tx, id)).map(row => bankedOf(keys, row))
}

/** Opens one row of a bank. @throws Error where its seal does not open */
export function bankedOf(keys: SealKeys, row: store.BankedRow): Banked<BankedId> {
  // A row from before fingerprints were sealed, for as long as the clock has not come to it.
  const made = row.sealed === null ? row.made : openValue(keys, placeOf(row), row.sealed)
  if (row.kind === 'video') return { banked: row.id, kind: 'video', video: parseVideoFingerprint(made) }
  const { windows } = made as { windows?: readonly ReportedWindow[] }
  const picture = parsePictureFingerprint(made)
  return windows === undefined
    ? { banked: row.id, kind: 'picture', picture }
    : { banked: row.id, kind: 'picture', picture, windows: windows.map(rowOfPart) }
}

function rowOfPart({ x, y, w, h, ...made }: ReportedWindow): BankWindow {
  return { ...parsePictureFingerprint(made), window: { x, y, w, h }, angle: 0 }
}

export function placeOf(row: { id: BankedId; case_id: CaseId }) {
  return { use: 'banked', row: row.id, owner: row.case_id } as const
}

export function placeOfFeatures(row: { id: BankedId; case_id: CaseId }) {
  return { use: 'features', row: row.id, owner: row.case_id } as const
}

/** Local features of a picture in the bank. */
export interface BankedFeatures {
  readonly banked: BankedId
  readonly features: Features
}

/** The local features that the bank of a case holds, opened: of the newest copies, at most so many. */
export async function featuresOfBank(
  tx: ReadTx,
  keys: SealKeys,
  id: CaseId,
  limit: number,
): Promise<readonly BankedFeatures[]> {
  const rows = await store.featuresOfCase(tx, id, limit)
  return rows.map(row => ({
    banked: row.id,
    features: featuresFromBytes(openBytes(keys, placeOfFeatures(row), row.features)),
  }))
}

/** What a bank holds, in numbers: the fingerprints themselves stay inside. @throws cases.noCase */
export async function readBank(tx: ReadTx, keys: SealKeys, id: CaseId): Promise<BankRead> {
  await caseRow(tx, id)
  const found = await store.bankedOfCase(tx, id)
  const rows = found.map(row => {
    const banked = bankedOf(keys, row)
    const frames = banked.kind === 'picture' ? [banked.picture] : banked.video.frames
    return {
      banked: row.id,
      kind: row.kind,
      profile: row.profile,
      frames: frames.length,
      durationMs: banked.kind === 'picture' ? null : banked.video.durationMs,
      quality: Math.max(...frames.map(frame => frame.quality)),
      isCopy: row.exhibit_id !== null,
      bankedAt: row.banked_at.toISOString(),
    }
  })
  const given = rows.filter(row => !row.isCopy)
  return {
    pictures: given.filter(row => row.kind === 'picture').length,
    videos: given.filter(row => row.kind === 'video').length,
    frames: given.reduce((sum, row) => sum + row.frames, 0),
    copies: rows.length - given.length,
    profiles: [...new Set(rows.map(row => row.profile))],
    rows,
  }
}
