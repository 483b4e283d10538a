import { featuresOf, profile } from '@jikimi/fingerprint'
import { z } from 'zod'
import { record } from '#audit'
import { reportOfCase } from '#cases'
import { openMedia, pictureOfCapture, type OpenedMedium } from '#evidence'
import type { ReadTx, Tx } from '#platform/database'
import { ids, newId, type AddressId, type BankedId, type CaseId, type ExhibitId } from '#platform/ids'
import { job, later, type Work } from '#platform/jobs'
import { countOtherCases } from './all-banks.ts'
import { count } from './bank-store.ts'
import { bankOf, bankReport, featuresOfBank, type BankedFeatures } from './bank.ts'
import { comparedFramesMax, compareWithBank, unlike, type Likeness } from './compare.ts'
import { confirm, isConfirmed, tellWhereNew } from './decision.ts'
import { deriveJob, derivedMax } from './derive.ts'
import { effortOf } from './effort.ts'
import { tellFeeds } from './feed.ts'
import { listedHits, type ListedHit } from './listed.ts'
import { mediaReader, stillPixels, timeOfCapture, type MediaFingerprint } from './fingerprint-media.ts'
import * as store from './store.ts'
import { recognise } from './verify.ts'

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

/** What is known of something found: by fingerprint, or by the features of a copy that is held. */
type Seen = Omit<Likeness, 'explanation'> & { readonly explanation: store.MatchRow['explanation'] }

interface Found {
  readonly medium: OpenedMedium
  /** Undefined for what cannot be decoded: its bytes may be on a list all the same. */
  readonly fingerprint: MediaFingerprint | undefined
  readonly likeness: Seen
  /** The nearest entry of a bank that belongs to no case. */
  readonly listed: ListedHit | undefined
  /** Comparisons of films for which there was no time. */
  readonly uncompared: number
  /** A video for which there was no time at all. */
  readonly isUnread: boolean
}

async function runExamination(work: Work, { exhibit }: { exhibit: ExhibitId }): Promise<void> {
  const asked = await work.look(tx => store.examination(tx, exhibit))
  if (asked === undefined || asked.state === 'done') return
  const { bank, held } = await work.act(async tx => {
    // The capture may have been faster than the bank.
    const report = await reportOfCase(tx, asked.case_id)
    await bankReport(tx, work.world.keys, { case: asked.case_id, report })
    return {
      bank: await bankOf(tx, work.world.keys, asked.case_id),
      held: await featuresOfBank(tx, work.world.keys, asked.case_id, derivedMax),
    }
  })
  const media = await openMedia(work, exhibit)
  const found: Found[] = []
  // For all files of the capture together, and the banks of no case apart from the case's own.
  const [own, others] = [effortOf(comparedFramesMax), effortOf(comparedFramesMax)]
  {
    // What the key frames show to be the case's own needs no whole film decoded.
    await using reader = mediaReader(work, {
      isEnough: async glance => (await compareWithBank(bank, glance)).verdict === 'match',
      time: timeOfCapture,
    })
    for (const medium of media) {
      const before = own.uncompared + others.uncompared
      const unreadBefore = reader.unread
      const fingerprint = await reader.read(medium)
      const byFingerprint = fingerprint === undefined ? unlike : await compareWithBank(bank, fingerprint, own)
      const likeness =
        fingerprint?.kind === 'picture' ? await verified(held, medium.bytes, byFingerprint) : byFingerprint
      const [listed] = await listedHits(work, fingerprint, medium.bytes, others)
      const uncompared = own.uncompared + others.uncompared - before
      const isUnread = reader.unread > unreadBefore
      found.push({ medium, fingerprint, likeness, listed, uncompared, isUnread })
    }
  }
  const fingerprints = found.flatMap(each => each.fingerprint ?? [])
  const otherCases = await countOtherCases(work, asked.case_id, fingerprints)
  const counts = { media: media.length, unreadable: media.length - fingerprints.length, otherCases }
  await work.act(tx => enter(tx, exhibit, found, counts))
}

/**
 * Where fingerprints are not sure of a picture, its local features are compared with those of held copies. What
 * they recognise waits for an officer, who reads why.
 */
async function verified(
  held: readonly BankedFeatures[],
  bytes: Uint8Array,
  likeness: Likeness,
): Promise<Seen> {
  if (likeness.verdict === 'match' || held.length === 0) return likeness
  const pixels = await stillPixels(bytes)
  const found = pixels && (await recognise(held, featuresOf(pixels)))
  if (found === undefined) return likeness
  const { banked, explanation } = found
  const turn = explanation.verified.isMirrored ? 'flipY' : 'identity'
  return { ...unlike, verdict: 'review', banked, turn, explanation }
}

/**
 * Enters what was found: what is surely the case's own is confirmed at once; what is near it, what a bank of
 * another kind knows, and nothing at all wait for an officer's eye.
 */
async function enter(
  tx: Tx,
  exhibit: ExhibitId,
  found: readonly Found[],
  counts: { media: number; unreadable: number; otherCases: number },
): Promise<void> {
  const examination = await store.examinationForUpdate(tx, exhibit)
  if (examination === undefined || examination.state === 'done') return
  await store.finishExamination(tx, exhibit, {
    media: counts.media,
    unreadable: counts.unreadable,
    other_cases: counts.otherCases,
    done_at: tx.now,
  })
  const doubted = await doubtedOf(tx, examination.address_id)
  const isSure = ({ likeness }: Found) => likeness.verdict === 'match' && !doubted.has(likeness.banked)
  const sure = found.filter(isSure)
  const waiting = found.filter(each => each.likeness.verdict !== 'none' || each.listed !== undefined)
  const shown = sure.length > 0 ? sure : waiting
  const rows =
    shown.length > 0
      ? shown.map(each => ({
          ...rowOf(tx, examination, each, isSure(each)),
          // A video that nothing is known of has no row of its own.
          ...(isSure(each)
            ? {}
            : leftOut([each, ...found.filter(other => other.isUnread && other !== each)])),
        }))
      : [nothingFound(tx, examination, await pictureOfCapture(tx, exhibit), found)]
  for (const { listed } of found)
    if (listed !== undefined) await count(tx, listed.entry.bank_id, listed.distance, 'found')
  const isFirst = !(await isConfirmed(tx, examination.address_id))
  await store.addMatches(tx, rows)
  for (const row of rows) {
    await noteFound(tx, row)
    await tellFeeds(tx, row, 'pending')
  }
  if (sure.length === 0) return tellWhereNew(tx, examination.address_id, 'underReview')
  await confirm(tx, rows[0]!, isFirst)
  for (const row of rows) await later(tx, deriveJob, { match: row.id })
}

/** By what a match on this address was found that a person has taken back: it is sure of this address no more. */
async function doubtedOf(tx: ReadTx, address: AddressId): Promise<ReadonlySet<Seen['banked']>> {
  const rows = await store.matchesOfAddress(tx, address)
  return new Set(rows.filter(row => row.state === 'reversed').flatMap(row => row.banked_id ?? []))
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

function rowOf(tx: Tx, asked: store.ExaminationRow, found: Found, isSure: boolean): store.MatchRow {
  const { medium, likeness, listed } = found
  const empty = { ...emptyRow(tx, asked, medium.exhibit), ...leftOut([found]) }
  if (likeness.verdict === 'none' && listed !== undefined) {
    const { entry, distance, isStrong, likeness: alike } = listed
    return {
      ...empty,
      ...partsOf(alike),
      kind: 'listed',
      bank_id: entry.bank_id,
      entry_id: entry.id,
      is_strong: isStrong,
      distance,
    }
  }
  return {
    ...empty,
    ...partsOf(likeness),
    kind: likeness.verdict === 'match' ? 'sure' : 'near',
    banked_id: likeness.banked as BankedId,
    state: isSure ? 'confirmed' : 'pending',
    decided_at: isSure ? tx.now : null,
  }
}

function partsOf(likeness: Seen) {
  const { distance, quality, share, turn, atMs, explanation } = likeness
  return { distance, quality, share, turn, at_ms: atMs, explanation }
}

/** The victim named the address and nothing was recognised: a person looks at the picture of the page. */
function nothingFound(
  tx: Tx,
  asked: store.ExaminationRow,
  picture: ExhibitId,
  found: readonly Found[],
): store.MatchRow {
  return { ...emptyRow(tx, asked, picture), ...leftOut(found) }
}

/** What of the films was not looked at: who decides must know it. */
function leftOut(found: readonly Found[]) {
  return {
    uncompared: found.reduce((sum, each) => sum + each.uncompared, 0),
    is_partial: found.some(
      ({ fingerprint, likeness, isUnread }) =>
        // Key frames that were enough are no lack.
        isUnread || (fingerprint?.kind === 'video' && fingerprint.isPartial && likeness.verdict !== 'match'),
    ),
  }
}

function emptyRow(tx: Tx, asked: store.ExaminationRow, exhibit: ExhibitId): store.MatchRow {
  return {
    id: newId<'MatchId'>(tx.now),
    case_id: asked.case_id,
    address_id: asked.address_id,
    exhibit_id: exhibit,
    banked_id: null,
    bank_id: null,
    entry_id: null,
    is_strong: null,
    kind: 'nothingFound',
    distance: null,
    quality: null,
    share: null,
    turn: null,
    at_ms: null,
    explanation: null,
    uncompared: 0,
    is_partial: false,
    profile,
    state: 'pending',
    agreed_by: null,
    agreed_at: null,
    found_at: tx.now,
    decided_at: null,
    decided_by: null,
    reversed_at: null,
    reversed_by: null,
    reversed_for: null,
    reversed_words: null,
  }
}
