import { sql, type Generated } from 'kysely'
import type { ReadTx, Tables, Tx } from '#platform/database'
import type { AccountId, CaseId, GlassId, MemberId } from '#platform/ids'
import type { GlassReason, GlassVerdict } from './schema.ts'

declare module '#platform/database' {
  interface Tables {
    'cases.glass': {
      id: GlassId
      case_id: CaseId
      member_id: MemberId
      account_id: AccountId
      reason: GlassReason
      words: string
      at: Date
      told: AccountId[]
      mailed: Generated<AccountId[]>
      reviewed_by: AccountId | null
      reviewed_at: Date | null
      verdict: GlassVerdict | null
    }
  }
}

/** The case of this number or id, whether the caller knows of it or not; only for who may break its glass. */
export async function behindGlass(tx: ReadTx, wanted: string): Promise<CaseId | undefined> {
  const { rows } = await sql<{
    id: CaseId | null
  }>`select cases.behind_glass(${wanted}) as id`.execute(tx.db as never)
  return rows[0]?.id ?? undefined
}

/** The two people who are told. */
export async function watchers(tx: ReadTx, id: CaseId): Promise<AccountId[]> {
  const { rows } = await sql<{ account: AccountId }>`select account from cases.watchers(${id})`.execute(
    tx.db as never,
  )
  return rows.map(row => row.account)
}

export async function addGlass(
  tx: Tx,
  row: Omit<Tables['cases.glass'], 'mailed' | 'reviewed_by' | 'reviewed_at' | 'verdict'>,
): Promise<void> {
  await tx.db.insertInto('cases.glass').values(row).execute()
}

export async function glass(tx: ReadTx, id: GlassId) {
  return tx.db.selectFrom('cases.glass').selectAll().where('id', '=', id).executeTakeFirst()
}

/** Broken glass that the caller may know of, newest first; of one case where it is named. */
export async function glasses(
  tx: ReadTx,
  asked: { case: CaseId | undefined; isOpen: boolean | undefined; limit: number; after: GlassId | undefined },
) {
  let query = tx.db
    .selectFrom('cases.glass as glass')
    .leftJoin('cases.file as file', 'file.id', 'glass.case_id')
    .selectAll('glass')
    .select('file.number')
    .orderBy('glass.id', 'desc')
    .limit(asked.limit)
  if (asked.case !== undefined) query = query.where('glass.case_id', '=', asked.case)
  if (asked.isOpen !== undefined) query = query.where('glass.verdict', asked.isOpen ? 'is' : 'is not', null)
  if (asked.after !== undefined) query = query.where('glass.id', '<', asked.after)
  return query.execute()
}

export async function review(tx: Tx, id: GlassId, by: AccountId, verdict: GlassVerdict): Promise<boolean> {
  const { numUpdatedRows } = await tx.db
    .updateTable('cases.glass')
    .set({ reviewed_by: by, reviewed_at: tx.now, verdict })
    .where('id', '=', id)
    .where('verdict', 'is', null)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

/** Notes that the letter to this account goes out now; false where it has gone. */
export async function noteMailed(tx: Tx, id: GlassId, account: AccountId): Promise<boolean> {
  const { numUpdatedRows } = await tx.db
    .updateTable('cases.glass')
    .set({ mailed: sql`array_append(mailed, ${account}::uuid)` })
    .where('id', '=', id)
    .where(sql<boolean>`not ${account}::uuid = any (mailed)`)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}
