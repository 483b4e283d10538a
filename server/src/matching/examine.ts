import { profile } from '@jikimi/fingerprint'
import { z } from 'zod'
import { record } from '#audit'
import { reportOfCase } from '#cases'
import { openMedia, pictureOfCapture, type OpenedMedium } from '#evidence'
import type { Tx } from '#platform/database'
import { ids, newId, type AddressId, type CaseId, type ExhibitId } from '#platform/ids'
import { job, later, type Work } from '#platform/jobs'
import { countOtherCases } from './all-banks.ts'
import { bankFromReport, bankOf } from './bank.ts'
import { compareWithBank, type Likeness } from './compare.ts'
import { confirm, isConfirmed, tellWhereNew } from './decision.ts'
import { mediaReader, type MediaFingerprint } from './fingerprint-media.ts'
import * as store from './store.ts'

export const examineJob = job('matching', 'examine', z.object({ exhibit: ids.ExhibitId }), runExamination, {
  attempts: 3,
  retryAfterS: 5,
  timeoutS: 900,
})

/** Queues the look through a capture; `exhibit` is its archive. Told twice, it is looked through once. */
export async function examine(
  tx: Tx,
  event: { case: CaseId; exhibit: ExhibitId; address: AddressId },
): Promise<void> {
  const isNew = await store.addExamination(tx, {
    exhibit_id: event.exhibit,
    case_id: event.case,
    address_id: event.address,
    state: 'queued',
    media: null,
    unreadable: null,
    other_cases: null,
    asked_at: tx.now,
    done_at: null,
  })
  if (isNew) await later(tx, examineJob, { exhibit: event.exhibit })
}

interface Found {
  readonly medium: OpenedMedium
  readonly fingerprint: MediaFingerprint
  readonly likeness: Likeness
}

async function runExamination(work: Work, { exhibit }: { exhibit: ExhibitId }): Promise<void> {
  const asked = await work.look(tx => store.examination(tx, exhibit))
  if (asked === undefined || asked.state === 'done') return
  const bank = await work.act(async tx => {
    // The capture may have been faster than the bank.
    await bankFromReport(tx, { case: asked.case_id, report: await reportOfCase(tx, asked.case_id) })
    return bankOf(tx, asked.case_id)
  })
  const media = await openMedia(work, exhibit)
  const found: Found[] = []
  {
    await using reader = mediaReader(work)
    for (const medium of media) {
      const fingerprint = await reader.read(medium)
      if (fingerprint !== undefined)
        found.push({ medium, fingerprint, likeness: compareWithBank(bank, fingerprint) })
    }
  }
  const fingerprints = found.map(each => each.fingerprint)
  const otherCases = await countOtherCases(work, asked.case_id, fingerprints)
  await work.act(tx => enter(tx, exhibit, found, { media: media.length, otherCases }))
}

/** Enters what was found: sure ones are confirmed at once, near ones and nothing wait for an officer's eye. */
async function enter(
  tx: Tx,
  exhibit: ExhibitId,
  found: readonly Found[],
  counts: { media: number; otherCases: number },
): Promise<void> {
  const examination = await store.examinationForUpdate(tx, exhibit)
  if (examination === undefined || examination.state === 'done') return
  await store.finishExamination(tx, exhibit, {
    media: counts.media,
    unreadable: counts.media - found.length,
    other_cases: counts.otherCases,
    done_at: tx.now,
  })
  const sure = found.filter(each => each.likeness.verdict === 'match')
  const near = found.filter(each => each.likeness.verdict === 'review')
  const shown = sure.length > 0 ? sure : near
  const rows =
    shown.length > 0
      ? shown.map(each => rowOf(tx, examination, each))
      : [nothingFound(tx, examination, await pictureOfCapture(tx, exhibit))]
  const isFirst = !(await isConfirmed(tx, examination.address_id))
  await store.addMatches(tx, rows)
  for (const row of rows) await noteFound(tx, row)
  if (sure.length > 0) await confirm(tx, rows[0]!, isFirst)
  else await tellWhereNew(tx, examination.address_id, 'underReview')
}

async function noteFound(tx: Tx, row: store.MatchRow): Promise<void> {
  const about = { case: row.case_id, match: row.id, exhibit: row.exhibit_id, address: row.address_id }
  if (row.kind === 'nothingFound') await record(tx, 'match.sought', about)
  else
    await record(tx, 'match.found', about, {
      kind: row.kind,
      distance: row.distance,
      quality: row.quality,
      profile,
    })
}

function rowOf(tx: Tx, asked: store.ExaminationRow, { medium, likeness }: Found): store.MatchRow {
  const isSure = likeness.verdict === 'match'
  return {
    id: newId<'MatchId'>(tx.now),
    case_id: asked.case_id,
    address_id: asked.address_id,
    exhibit_id: medium.exhibit,
    banked_id: likeness.banked,
    kind: isSure ? 'sure' : 'near',
    distance: likeness.distance,
    quality: likeness.quality,
    share: likeness.share,
    turn: likeness.turn,
    at_ms: likeness.atMs,
    profile,
    state: isSure ? 'confirmed' : 'pending',
    found_at: tx.now,
    decided_at: isSure ? tx.now : null,
    decided_by: null,
  }
}

/** The victim named the address and nothing was recognised: a person looks at the picture of the page. */
function nothingFound(tx: Tx, asked: store.ExaminationRow, picture: ExhibitId): store.MatchRow {
  return {
    id: newId<'MatchId'>(tx.now),
    case_id: asked.case_id,
    address_id: asked.address_id,
    exhibit_id: picture,
    banked_id: null,
    kind: 'nothingFound',
    distance: null,
    quality: null,
    share: null,
    turn: null,
    at_ms: null,
    profile,
    state: 'pending',
    found_at: tx.now,
    decided_at: null,
    decided_by: null,
  }
}
