import { matchDistanceMax, qualityMin, type Fingerprint } from '@jikimi/fingerprint'
import { add, buildIndex, search, type FingerprintIndex } from '@jikimi/fingerprint-index'
import type { CaseId } from '#platform/ids'
import type { Work } from '#platform/jobs'
import { after, minuteMs, momentOf } from '#platform/time'
import { bankedOf } from './bank.ts'
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
  for (const hash of found.flatMap(hashesOf)) {
    for (const hit of search(banks.index, hash, matchDistanceMax)) cases.add(hit.ref)
  }
  cases.delete(own)
  return cases.size
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
  const frames = banked.kind === 'picture' ? [banked.picture] : banked.video.frames
  return frames.filter(frame => frame.quality >= qualityMin).map(frame => frame.hash)
}

function hashesOf(found: MediaFingerprint): Fingerprint[] {
  if (found.kind === 'picture') return found.quality < qualityMin ? [] : Object.values(found.hashes)
  return found.frames
    .filter(frame => frame.quality >= qualityMin)
    .flatMap(frame => Object.values(frame.hashes) as Fingerprint[])
}
