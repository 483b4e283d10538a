import { record } from '#audit'
import type { ReadTx, Tx } from '#platform/database'
import { newId, type BankId } from '#platform/ids'
import { refuse } from '#platform/refusals'
import type { BankChange, BankNumbers, BankQuery, ListedBanks, NewBank } from './bank-schema.ts'
import * as store from './bank-store.ts'
import { refused } from './errors.ts'
import { curveOf, proposalOf } from './precision.ts'

/**
 * Makes a bank, empty.
 * @throws matching.nameTaken there is one of this name
 * @throws matching.limitsCrossed a match may lie farther than a review
 */
export async function makeBank(tx: Tx, asked: NewBank): Promise<BankId> {
  if (asked.matchMax > asked.reviewMax) refuse(refused.limitsCrossed())
  const id = newId<'BankId'>(tx.now)
  const isNew = await store.addBank(tx, {
    id,
    name: asked.name,
    kind: asked.kind,
    source: asked.source,
    is_enabled: asked.isEnabled,
    match_max: asked.matchMax,
    review_max: asked.reviewMax,
    change: 0,
    made_at: tx.now,
  })
  if (!isNew) refuse(refused.nameTaken())
  await record(tx, 'bank.made', { bank: id }, { kind: asked.kind, isEnabled: asked.isEnabled })
  return id
}

/**
 * Changes a bank; what is not named stays. A bank that is switched off no longer hits from this moment on.
 * @throws matching.noBank, matching.nameTaken, matching.limitsCrossed
 */
export async function changeBank(tx: Tx, id: BankId, change: BankChange): Promise<void> {
  const before = (await store.bankForUpdate(tx, id)) ?? refuse(refused.noBank({ bank: id }))
  const after = {
    name: change.name ?? before.name,
    source: change.source ?? before.source,
    is_enabled: change.isEnabled ?? before.is_enabled,
    match_max: change.matchMax ?? before.match_max,
    review_max: change.reviewMax ?? before.review_max,
  }
  if (after.match_max > after.review_max) refuse(refused.limitsCrossed({ bank: id }))
  const namesake = await store.bankNamed(tx, after.name)
  if (namesake !== undefined && namesake.id !== id) refuse(refused.nameTaken({ bank: id }))
  await store.changeBank(tx, id, after)
  await record(
    tx,
    'bank.changed',
    { bank: id },
    { isEnabled: after.is_enabled, matchMax: after.match_max, reviewMax: after.review_max },
  )
}

/** A page of the banks, by name, with the number of their entries and nothing of what is in them. */
export async function listBanks(tx: ReadTx, asked: BankQuery): Promise<ListedBanks> {
  const found = await store.banksByName(tx, { limit: asked.limit + 1, after: asked.after })
  const shown = found.slice(0, asked.limit)
  const ids = shown.map(row => row.id)
  const counts = new Map((await store.entryCounts(tx, ids)).map(each => [each.bank_id, each.live]))
  const hits = new Map((await store.hitCounts(tx, ids)).map(each => [each.bank_id, each]))
  const rows = shown.map(row => ({
    bank: row.id,
    name: row.name,
    kind: row.kind,
    source: row.source,
    isEnabled: row.is_enabled,
    matchMax: row.match_max,
    reviewMax: row.review_max,
    entries: counts.get(row.id) ?? 0,
    asked: hits.get(row.id)?.asked ?? 0,
    found: hits.get(row.id)?.found ?? 0,
    confirmed: hits.get(row.id)?.confirmed ?? 0,
    reversed: hits.get(row.id)?.reversed ?? 0,
    madeAt: row.made_at.toISOString(),
  }))
  return { rows, next: found.length > asked.limit ? (rows.at(-1)?.bank ?? null) : null }
}

/** How good a bank's hits are, and where its limit would lie better. @throws matching.noBank */
export async function numbersOf(tx: ReadTx, id: BankId): Promise<BankNumbers> {
  const bank = (await store.bank(tx, id)) ?? refuse(refused.noBank({ bank: id }))
  const [counts] = await store.entryCounts(tx, [id])
  const rows = await store.tallies(tx, id)
  const curve = curveOf(rows)
  const sum = (what: 'asked' | 'found' | 'confirmed' | 'reversed') =>
    rows.reduce((total, row) => total + row[what], 0)
  return {
    live: counts?.live ?? 0,
    withdrawn: counts?.withdrawn ?? 0,
    expired: counts?.expired ?? 0,
    asked: sum('asked'),
    found: sum('found'),
    confirmed: sum('confirmed'),
    reversed: sum('reversed'),
    precision: curve.at(-1)?.precisionUpTo ?? null,
    byDistance: curve,
    // A list is compared for equality alone: it has no limit to move.
    proposal: bank.kind === 'list' ? null : proposalOf(curve, bank.review_max),
  }
}
