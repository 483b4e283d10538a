import { record } from '#audit'
import { reopenMatter, settleMatter } from '#cases'
import { addressesWithSteps, addressOf, tellVictim, type Step } from '#intake'
import type { ReadTx, Tx } from '#platform/database'
import type { AccountId, AddressId, BankId, MatchId } from '#platform/ids'
import { emit, later } from '#platform/jobs'
import { refuse } from '#platform/refusals'
import { officers } from '#staffing'
import { count } from './bank-store.ts'
import { deriveJob } from './derive.ts'
import { refused } from './errors.ts'
import { tellFeeds } from './feed.ts'
import type { Decision } from './schema.ts'
import { mayBecome } from './states.ts'
import * as store from './store.ts'

/**
 * An officer has looked and says whether it is the victim's. Saying the same twice does nothing twice. What a bank
 * of no case knows was reported by nobody here: it acts when a second person has said the same.
 * @throws matching.noMatch there is none, or it is another agency's
 * @throws matching.decidedOtherwise it was decided the other way before
 */
export async function decideMatch(tx: Tx, id: MatchId, verdict: Decision['verdict']): Promise<void> {
  const row = (await store.matchForUpdate(tx, id)) ?? refuse(refused.noMatch({ match: id }))
  const to = verdict === 'same' ? 'confirmed' : 'refuted'
  if (row.state === to) return
  if (!mayBecome(row.state, to)) refuse(refused.decidedOtherwise({ match: id }))
  const by = tx.who.kind === 'staff' ? tx.who.account : null
  if (to === 'confirmed' && row.kind === 'listed' && !(await isSeconded(tx, row, by))) return
  const isFirst = !(await isConfirmed(tx, row.address_id))
  if (row.bank_id !== null) await countDecision(tx, row.bank_id, row.distance, to)
  await store.decide(tx, id, { state: to, decided_at: tx.now, decided_by: by })
  await tellFeeds(tx, row, to)
  if (verdict === 'different') return refute(tx, row)
  await confirm(tx, row, isFirst)
  await later(tx, deriveJob, { match: id })
}

/**
 * Whether two people have now said that it is the same; the first one's word is noted and waits. Who serves alone
 * in an agency has no second: no other agency sees the case, and neither does the commander. Then one is enough,
 * and the log says so.
 */
async function isSeconded(tx: Tx, row: store.MatchRow, by: AccountId | null): Promise<boolean> {
  if (by === null || tx.who.kind !== 'staff') return false
  if (row.agreed_by !== null && row.agreed_by !== by) return true
  if ((await officers(tx, tx.who.agency ?? undefined)).length <= 1) {
    // The second has left the team since: one's own first word is no second one.
    if (row.agreed_by === by) await store.agree(tx, row.id, null)
    return true
  }
  if (row.agreed_by === by) return false
  await store.agree(tx, row.id, by)
  await record(tx, 'match.agreed', aboutOf(row), { kind: row.kind, distance: row.distance })
  return false
}

/** What officers say of a bank's hits is how good the bank is. */
async function countDecision(
  tx: Tx,
  bank: BankId,
  distance: number | null,
  to: 'confirmed' | 'refuted',
): Promise<void> {
  await count(tx, bank, distance ?? 0, to === 'confirmed' ? 'confirmed' : 'reversed')
}

/** Whether something on the address is known to be the victim's already. */
export async function isConfirmed(tx: ReadTx, address: AddressId): Promise<boolean> {
  return (await store.matchesOfAddress(tx, address)).some(each => each.state === 'confirmed')
}

/** Whether what was confirmed of the address was taken back, and nothing else of it is confirmed. */
export async function isTakenBack(tx: ReadTx, address: AddressId): Promise<boolean> {
  const states = (await store.matchesOfAddress(tx, address)).map(each => each.state)
  return states.includes('reversed') && !states.includes('confirmed')
}

/** The material on the address is the victim's. Told once, however many matches say so. */
export async function confirm(tx: Tx, row: store.MatchRow, isFirst: boolean): Promise<void> {
  const by = tx.who.kind === 'staff' ? tx.who.account : null
  const isSecond = row.agreed_by !== null && row.agreed_by !== by
  await record(tx, 'match.confirmed', aboutOf(row), {
    kind: row.kind,
    distance: row.distance,
    ...(row.kind === 'listed' ? { people: isSecond ? 2 : 1 } : {}),
  })
  if (!isFirst) return
  await tellWhereNew(tx, row.address_id, 'recognised')
  await reopenMatter(tx, row.case_id, 'address', row.address_id)
  await emit(tx, 'match.confirmed', { case: row.case_id, match: row.id, address: row.address_id })
}

/** This one is not the victim's; when none of the address is, the address is settled. */
async function refute(tx: Tx, row: store.MatchRow): Promise<void> {
  await record(tx, 'match.refuted', aboutOf(row), { kind: row.kind, distance: row.distance })
  if ((await store.withdrawDerived(tx, row.id)) > 0) await record(tx, 'bank.withdrawn', aboutOf(row))
  const left = (await store.matchesOfAddress(tx, row.address_id)).filter(isOpen)
  if (left.length > 0) return
  await tellVictim(tx, row.address_id, 'notYours')
  await settleMatter(tx, row.case_id, 'address', row.address_id, 'notYours')
  await emit(tx, 'match.refuted', { case: row.case_id, address: row.address_id })
}

/** Neither said to be another's, nor taken back. */
export const isOpen = ({ state }: store.MatchRow): boolean => state === 'pending' || state === 'confirmed'

const early: ReadonlySet<Step> = new Set(['received', 'captured', 'underReview', 'notYours', 'unreachable'])

/** Of an address whose removal is under way the victim is told nothing here: it would be a step back. */
export async function tellWhereNew(
  tx: Tx,
  address: AddressId,
  step: 'recognised' | 'underReview',
): Promise<void> {
  const { report } = await addressOf(tx, address)
  const told = (await addressesWithSteps(tx, report)).find(each => each.address === address)?.now
  if (told === undefined || early.has(told)) await tellVictim(tx, address, step)
}

export function aboutOf(row: store.MatchRow) {
  return { case: row.case_id, match: row.id, exhibit: row.exhibit_id, address: row.address_id }
}
