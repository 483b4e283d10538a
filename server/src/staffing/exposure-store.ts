import { sql } from 'kysely'
import type { ReadTx, Tx } from '#platform/database'
import type { AccountId, ExtensionId, LookId, OfficerId } from '#platform/ids'

declare module '#platform/database' {
  interface Tables {
    'staffing.look': { id: LookId; officer: OfficerId; at: Date; span_s: number }
    'staffing.extension': {
      id: ExtensionId
      officer: OfficerId
      reason: string
      given_by: AccountId
      given_at: Date
      until_at: Date
    }
  }
}

export interface Counted {
  readonly looks: number
  readonly seconds: number
}

export async function counted(tx: ReadTx, officer: OfficerId, from: Date): Promise<Counted> {
  const row = await tx.db
    .selectFrom('staffing.look')
    .select(sql<number>`count(*)`.as('looks'))
    .select(sql<number>`coalesce(sum(span_s), 0)`.as('seconds'))
    .where('officer', '=', officer)
    .where('at', '>=', from)
    .executeTakeFirstOrThrow()
  return row
}

export async function lastLook(tx: ReadTx, officer: OfficerId) {
  return tx.db
    .selectFrom('staffing.look')
    .select(['id', 'at'])
    .where('officer', '=', officer)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
}

export async function addLook(
  tx: Tx,
  row: { id: LookId; officer: OfficerId; at: Date; span_s: number },
): Promise<void> {
  await tx.db.insertInto('staffing.look').values(row).execute()
}

export async function setSpan(tx: Tx, id: LookId, span_s: number): Promise<void> {
  await tx.db.updateTable('staffing.look').set({ span_s }).where('id', '=', id).execute()
}

/** One officer's looks are counted one after the other, so that two at once do not both fit. */
export async function lockLooks(tx: Tx, officer: OfficerId): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`staffing.look/${officer}`}, 0))`.execute(tx.db)
}

/** Officers who may look at more for now, as far as the caller may know. */
export async function extended(tx: ReadTx): Promise<ReadonlySet<OfficerId>> {
  const rows = await tx.db
    .selectFrom('staffing.extension')
    .select('officer')
    .where('until_at', '>', tx.now)
    .execute()
  return new Set(rows.map(row => row.officer))
}

export async function addExtension(
  tx: Tx,
  row: {
    id: ExtensionId
    officer: OfficerId
    reason: string
    given_by: AccountId
    given_at: Date
    until_at: Date
  },
): Promise<void> {
  await tx.db.insertInto('staffing.extension').values(row).execute()
}

/** Who of the leader's team is at a limit. Nobody else is told anything. */
export async function atLimit(
  tx: ReadTx,
  from: { day: Date; week: Date },
  limits: { day: Counted; week: Counted },
): Promise<ReadonlySet<OfficerId>> {
  const { day, week } = limits
  const rows = await tx.db
    .selectFrom(
      sql<{ officer: OfficerId }>`staffing.at_limit(${from.day}, ${from.week}, ${day.looks}, ${day.seconds},
        ${week.looks}, ${week.seconds})`.as<'limited'>('limited'),
    )
    .select('limited.officer')
    .execute()
  return new Set(rows.map(row => row.officer))
}
