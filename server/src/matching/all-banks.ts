import { matchDistanceMax, qualityMin, tierOf, type Fingerprint } from '@jikimi/fingerprint'
import { add, buildIndex, search, type FingerprintIndex } from '@jikimi/fingerprint-index'
import type { CaseId } from '#platform/ids'
import type { Work } from '#platform/jobs'
import { after, minuteMs, momentOf } from '#platform/time'
import { bankedOf } from './bank.ts'
import { inSlices } from './effort.ts'
import { filmHashes } from './film-copy.ts'
import type { MediaFingerprint } from './fingerprint-media.ts'
import * as store from './store.ts'

/** All banks in memory. Derived: it is built anew from the database in every process. */
interface AllBanks {
  readonly index: FingerprintIndex<CaseId>
  readonly known: Set<string>
  readUpTo: Date
}

const rowsOfPage = 500
// A bank's transaction may commit after a later one began: what is that old is read once more.
const overlapMs = 10 * minuteMs

const banksOf = new WeakMap<object, Promise<AllBanks>>()

/** In how many cases beside `own` something like it is banked. A number, and never which. */
export async function countOtherCases(
  work: Work,
  own: CaseId,
  found: readonly MediaFingerprint[],
): Promise<number> {
  const banks = await allBanks(work)
  const cases = new Set<CaseId>()
  await inSlices(casesNear(banks, found, cases))
  cases.delete(own)
  return cases.size
}

function* casesNear(
  { index }: AllBanks,
  found: readonly MediaFingerprint[],
  cases: Set<CaseId>,
): Generator<undefined, void> {
  for (const sought of found.flatMap(soughtOf)) {
    for (const { ref, distance } of search(index, sought.hash, matchDistanceMax))
      if (sought.isStrong(distance)) cases.add(ref)
    yield
  }
}

/** The index with all that was banked until now: the first call builds it, the others add what is new. */
async function allBanks(work: Work): Promise<AllBanks> {
  const before = banksOf.get(work.world)
  const now = before === undefined ? build(work) : before.then(banks => refresh(work, banks))
  banksOf.set(work.world, now)
  return now.catch((error: unknown) => {
    banksOf.delete(work.world)
    throw error
  })
}

async function build(work: Work): Promise<AllBanks> {
  return refresh(work, {
    index: buildIndex<CaseId>([]),
    known: new Set(),
    readUpTo: momentOf('1970-01-01T00:00:00Z'),
  })
}

async function refresh(work: Work, banks: AllBanks): Promise<AllBanks> {
  const since = after(banks.readUpTo, -overlapMs)
  for (let offset = 0; ; offset += rowsOfPage) {
    const rows = await work.look(tx => store.bankedSince(tx, since, { limit: rowsOfPage, offset }))
    for (const row of rows.filter(each => !banks.known.has(each.id))) {
      banks.known.add(row.id)
      for (const hash of goodHashes(work, row)) add(banks.index, { hash, ref: row.case_id })
      if (row.banked_at > banks.readUpTo) banks.readUpTo = row.banked_at
    }
    if (rows.length < rowsOfPage) break
  }
  return banks
}

/** Blank frames lie near each other without being copies: they stay out. */
function goodHashes(work: Work, row: store.BankedRow): Fingerprint[] {
  const banked = bankedOf(work.world.keys, row)
  const frames = banked.kind === 'picture' ? [banked.picture, ...(banked.windows ?? [])] : banked.video.frames
  return frames.filter(frame => frame.quality >= qualityMin).map(frame => frame.hash)
}

interface Sought {
  readonly hash: Fingerprint
  isStrong(distance: number): boolean
}

/** A picture in all its forms, of which mostly empty ones must lie nearer; a film in its turns and places. */
function soughtOf(found: MediaFingerprint): Sought[] {
  if (found.kind === 'video') return filmHashes(found).map(hash => ({ hash, isStrong: () => true }))
  return found.forms.map(form => ({
    hash: form.hash,
    isStrong: distance => tierOf(distance, form, anyPart) === 'strong',
  }))
}

/** What lies in the index is good, whatever part of its picture it is. */
const anyPart = { window: { x: 0, y: 0, w: 1, h: 1 }, quality: 100 }
