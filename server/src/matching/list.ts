import { explain, type Matched } from '@jikimi/fingerprint'
import { caseRow } from '#cases'
import { addressOf } from '#intake'
import type { ReadTx } from '#platform/database'
import type { AddressId, BankId, CaseId } from '#platform/ids'
import { banks } from './bank-store.ts'
import { filmExplanation, leftOutWords, type FilmCopy } from './film-copy.ts'
import type { Explanation, Match, Matches, MatchQuery } from './schema.ts'
import * as store from './store.ts'
import { angleOf, windowOf, wordsOf, type VerifiedCopy } from './verify.ts'

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
  const known = new Map<BankId, NonNullable<Match['bank']>>()
  if (shown.some(row => row.bank_id !== null))
    for (const { id, name, match_max: matchMax, review_max: reviewMax } of await banks(tx))
      known.set(id, { bank: id, name, matchMax, reviewMax })
  const rows = shown.map(row => ({
    ...lineOf(row),
    caseNumber: numbers.get(row.case_id)!,
    canonical: canonical.get(row.address_id)!,
    bank: row.bank_id === null ? null : (known.get(row.bank_id) ?? null),
  }))
  return { rows, next: found.length > asked.limit ? (rows.at(-1)?.match ?? null) : null }
}

function lineOf(row: store.MatchRow): Omit<Match, 'caseNumber' | 'canonical' | 'bank'> {
  return {
    match: row.id,
    case: row.case_id,
    address: row.address_id,
    exhibit: row.exhibit_id,
    kind: row.kind,
    isStrong: row.is_strong,
    distance: row.distance,
    quality: row.quality,
    share: row.share,
    turn: row.turn,
    atMs: row.at_ms,
    explanation: row.explanation && explanationOf(row.explanation),
    leftOut: leftOutOf(row),
    state: row.state,
    agreed: row.agreed_by && row.agreed_at && { by: row.agreed_by, at: row.agreed_at.toISOString() },
    foundAt: row.found_at.toISOString(),
    decidedAt: row.decided_at?.toISOString() ?? null,
    reversal: reversalOf(row),
  }
}

function reversalOf(row: store.MatchRow): Match['reversal'] {
  const { reversed_by: by, reversed_at: at, reversed_for: reason, reversed_words: words } = row
  return by && at && reason && { by, at: at.toISOString(), reason, words }
}

function leftOutOf({ uncompared, is_partial: isPartial }: store.MatchRow): Match['leftOut'] {
  if (uncompared === 0 && !isPartial) return null
  return { uncompared, isPartial, sentence: leftOutWords(uncompared, isPartial) }
}

function explanationOf(why: Matched | VerifiedCopy | FilmCopy): Explanation {
  if ('film' in why) return filmExplanation(why)
  if ('verified' in why) {
    const { inliers, isNegative } = why.verified
    const place = { window: windowOf(why), angle: angleOf(why) }
    return { form: 'verified', ...place, isNegative, places: inliers, sentence: wordsOf(why) }
  }
  const { form, window, angle, isNegative } = why.query
  return { form, window, angle, isNegative, places: null, sentence: explain(why) }
}
