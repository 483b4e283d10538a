import { record } from '#audit'
import { putMatter, settleMatter } from '#cases'
import { tellVictim } from '#intake'
import type { Tx } from '#platform/database'
import type { MatchId } from '#platform/ids'
import { emit } from '#platform/jobs'
import { refuse } from '#platform/refusals'
import { countTakenBack } from './bank-store.ts'
import { aboutOf, isConfirmed, isOpen } from './decision.ts'
import { refused } from './errors.ts'
import { tellFeeds } from './feed.ts'
import type { NewReversal } from './schema.ts'
import { mayBecome } from './states.ts'
import * as store from './store.ts'

/**
 * A confirmed match was wrong. What was banked of its copy is destroyed at once; where nothing else on the address
 * is confirmed, the later rooms hear that it was not the victim's and end what they have begun. One person is
 * enough: it stops things, and starts none. Taking back twice does nothing twice.
 * @throws matching.noMatch there is none, or it is another agency's
 * @throws matching.notConfirmed it waits still, or was said to be another's
 */
export async function takeBack(tx: Tx, id: MatchId, { reason, words }: NewReversal): Promise<void> {
  const row = (await store.matchForUpdate(tx, id)) ?? refuse(refused.noMatch({ match: id }))
  if (row.state === 'reversed') return
  if (!mayBecome(row.state, 'reversed') || tx.who.kind !== 'staff')
    refuse(refused.notConfirmed({ match: id }))
  await store.reverse(tx, id, {
    reversed_by: tx.who.account,
    reversed_for: reason,
    reversed_words: words ?? null,
  })
  if (row.bank_id !== null) await countTakenBack(tx, row.bank_id, row.distance ?? 0)
  await tellFeeds(tx, row, 'reversed')
  await record(tx, 'match.reversed', aboutOf(row), { kind: row.kind, distance: row.distance, reason })
  // Takes the case's lock too: of two that are taken back at once, the second sees the first.
  await settleMatter(tx, row.case_id, 'match', id, 'handled')
  await withdrawCopy(tx, row)
  if (!(await isConfirmed(tx, row.address_id))) await leave(tx, row)
}

/**
 * What was banked of the copy goes. What it alone has recognised since, and no person has looked at, is put on its
 * case by name: a person looks whether that was right.
 */
async function withdrawCopy(tx: Tx, row: store.MatchRow): Promise<void> {
  const doubtful = await store.restingOn(tx, row.id)
  if ((await store.withdrawDerived(tx, row.id)) > 0) await record(tx, 'bank.withdrawn', aboutOf(row))
  for (const each of doubtful) await putMatter(tx, each.case_id, 'match', each.id)
}

/** Nothing of the address is known to be the victim's any more; what waits beside it still waits. */
async function leave(tx: Tx, row: store.MatchRow): Promise<void> {
  await emit(tx, 'match.reversed', { case: row.case_id, match: row.id, address: row.address_id })
  const waits = (await store.matchesOfAddress(tx, row.address_id)).some(isOpen)
  await tellVictim(tx, row.address_id, waits ? 'underReview' : 'notYours')
  if (!waits) await settleMatter(tx, row.case_id, 'address', row.address_id, 'notYours')
}
