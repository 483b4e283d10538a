/**
 * The SQL of what subscribers hear of banks' matches.
 *
 * @module
 */
import { sql, type GeneratedAlways, type Insertable, type Selectable } from 'kysely'
import type { ReadTx, Tables, Tx } from '#platform/database'
import type { BankEntryId, BankId, FeedId, MatchId } from '#platform/ids'
import type { MatchState } from './schema.ts'

declare module '#platform/database' {
  interface Tables {
    'matching.feed': {
      id: FeedId
      subscriber: string
      bank_ids: BankId[]
      webhook: string | null
      delivered: number
      failing_since: Date | null
      made_at: Date
    }
    'matching.feed_line': {
      number: GeneratedAlways<number>
      bank_id: BankId
      match_id: MatchId
      label: string | null
      distance: number
      is_strong: boolean
      decision: MatchState
      at: Date
    }
  }
}

export type FeedRow = Tables['matching.feed']
export type LineRow = Selectable<Tables['matching.feed_line']>

/** Adds a feed; false where the subscriber has one. */
export async function addFeed(tx: Tx, row: FeedRow): Promise<boolean> {
  const added = await tx.db
    .insertInto('matching.feed')
    .values(row)
    .onConflict(conflict => conflict.column('subscriber').doNothing())
    .returning('id')
    .executeTakeFirst()
  return added !== undefined
}

export async function dropFeed(tx: Tx, id: FeedId): Promise<boolean> {
  const dropped = await tx.db
    .deleteFrom('matching.feed')
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst()
  return dropped !== undefined
}

export async function feeds(tx: ReadTx): Promise<FeedRow[]> {
  return tx.db.selectFrom('matching.feed').selectAll().orderBy('subscriber').execute()
}

export async function feed(tx: ReadTx, id: FeedId): Promise<FeedRow | undefined> {
  return tx.db.selectFrom('matching.feed').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function feedOf(tx: ReadTx, subscriber: string): Promise<FeedRow | undefined> {
  return tx.db.selectFrom('matching.feed').selectAll().where('subscriber', '=', subscriber).executeTakeFirst()
}

/** Feeds with a webhook that hear of this bank. */
export async function feedsWithWebhook(tx: ReadTx, bank: BankId): Promise<FeedId[]> {
  const rows = await tx.db
    .selectFrom('matching.feed')
    .select('id')
    .where('webhook', 'is not', null)
    .where(sql<boolean>`${bank} = any(bank_ids)`)
    .execute()
  return rows.map(row => row.id)
}

/** Notes what the webhook has taken; it never goes back. */
export async function noteDelivered(tx: Tx, id: FeedId, upTo: number): Promise<void> {
  await tx.db
    .updateTable('matching.feed')
    .set(eb => ({ delivered: sql<number>`greatest(${eb.ref('delivered')}, ${upTo})`, failing_since: null }))
    .where('id', '=', id)
    .execute()
}

/** Notes that the webhook fails, from the first time on. */
export async function noteFailing(tx: Tx, id: FeedId): Promise<void> {
  await tx.db
    .updateTable('matching.feed')
    .set({ failing_since: tx.now })
    .where('id', '=', id)
    .where('failing_since', 'is', null)
    .execute()
}

/** Adds a line. The lock is held to the end of the transaction: lines become visible in their order. */
export async function addLine(tx: Tx, row: Insertable<Tables['matching.feed_line']>): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('matching/feed', 0))`.execute(tx.db)
  await tx.db.insertInto('matching.feed_line').values(row).execute()
}

/** Lines of a feed past a number, oldest first; none from before it was made. */
export async function lines(
  tx: ReadTx,
  { bank_ids, made_at }: FeedRow,
  past: number,
  limit: number,
): Promise<LineRow[]> {
  return tx.db
    .selectFrom('matching.feed_line')
    .selectAll()
    .where('bank_id', 'in', bank_ids)
    .where('at', '>=', made_at)
    .where('number', '>', past)
    .orderBy('number')
    .limit(limit)
    .execute()
}

export async function waitingCount(tx: ReadTx, { bank_ids, delivered, made_at }: FeedRow): Promise<number> {
  const { count } = await tx.db
    .selectFrom('matching.feed_line')
    .where('bank_id', 'in', bank_ids)
    .where('at', '>=', made_at)
    .where('number', '>', delivered)
    .select(sql<number>`count(*)::int`.as('count'))
    .executeTakeFirstOrThrow()
  return count
}

export async function labelOf(tx: ReadTx, entry: BankEntryId): Promise<string | null> {
  const row = await tx.db
    .selectFrom('matching.entry')
    .select('label')
    .where('id', '=', entry)
    .executeTakeFirst()
  return row?.label ?? null
}

export async function forgetLines(tx: Tx, before: Date): Promise<void> {
  await tx.db.deleteFrom('matching.feed_line').where('at', '<', before).execute()
}
