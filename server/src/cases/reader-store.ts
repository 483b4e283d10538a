import { sql } from 'kysely'
import type { ReadTx, Tables, Tx } from '#platform/database'
import type { AccountId, CaseId, FlagId } from '#platform/ids'
import type { Role } from '#platform/who'
import type { FlagKind, ReadingRule } from './schema.ts'

declare module '#platform/database' {
  interface Tables {
    'cases.flag': {
      id: FlagId
      account_id: AccountId
      case_id: CaseId
      kind: FlagKind
      hour: Date
      at: Date
      seen_by: AccountId | null
      seen_at: Date | null
    }
    'cases.reading_rule': {
      only_row: boolean
      cases_an_hour: number
      night_from: number
      night_until: number
    }
  }
}

export type Rule = Tables['cases.reading_rule']

export async function readersTold(tx: ReadTx) {
  const { rows } = await sql<{
    role: Role
    agency: string | null
    times: number
    last_at: Date
  }>`select * from cases.readers_told() order by last_at desc, role`.execute(tx.db as never)
  return rows
}

/** How many cases the account has read since this hour began. */
export async function casesReadIn(tx: ReadTx, account: AccountId, hour: Date): Promise<number> {
  const row = await tx.db
    .selectFrom('cases.reading')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('account_id', '=', account)
    .where('hour', '=', hour)
    .executeTakeFirstOrThrow()
  return row.count
}

export async function rule(tx: ReadTx): Promise<Rule> {
  return tx.db.selectFrom('cases.reading_rule').selectAll().executeTakeFirstOrThrow()
}

/** False where the caller may not. */
export async function setRule(tx: Tx, asked: ReadingRule): Promise<boolean> {
  const { numUpdatedRows } = await tx.db
    .updateTable('cases.reading_rule')
    .set({ cases_an_hour: asked.casesAnHour, night_from: asked.nightFrom, night_until: asked.nightUntil })
    .where('only_row', '=', true)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

/** Raises a flag; false where the account has one of this kind in this hour. */
export async function raise(
  tx: Tx,
  row: Omit<Tables['cases.flag'], 'seen_by' | 'seen_at'>,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx.db
    .insertInto('cases.flag')
    .values(row)
    .onConflict(conflict => conflict.doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

export async function flags(
  tx: ReadTx,
  asked: { isOpen?: boolean | undefined; limit: number; after?: FlagId | undefined },
): Promise<Tables['cases.flag'][]> {
  let query = tx.db.selectFrom('cases.flag').selectAll().orderBy('id', 'desc').limit(asked.limit)
  if (asked.isOpen !== undefined) query = query.where('seen_at', asked.isOpen ? 'is' : 'is not', null)
  if (asked.after !== undefined) query = query.where('id', '<', asked.after)
  return query.execute()
}

export async function see(tx: Tx, id: FlagId, by: AccountId): Promise<{ case_id: CaseId } | undefined> {
  return tx.db
    .updateTable('cases.flag')
    .set({ seen_by: by, seen_at: tx.now })
    .where('id', '=', id)
    .where('seen_at', 'is', null)
    .returning('case_id')
    .executeTakeFirst()
}

export async function setKnown(tx: Tx, id: CaseId, isKnown: boolean): Promise<void> {
  await tx.db.updateTable('cases.file').set({ is_known_person: isKnown }).where('id', '=', id).execute()
}
