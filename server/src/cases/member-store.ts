import { sql } from 'kysely'
import type { ReadTx, Tx } from '#platform/database'
import type { AccountId, CaseId, MemberId } from '#platform/ids'
import type { Ground } from './schema.ts'
import type { MemberRow } from './store.ts'

/** Whether the caller may let others into the case, and end it; the database's own rule. */
export async function mayLetIn(tx: ReadTx, id: CaseId): Promise<boolean> {
  const { rows } = await sql<{ may: boolean }>`select cases.may_let_in(${id}) as may`.execute(tx.db as never)
  return rows[0]?.may ?? false
}

export async function addMember(tx: Tx, row: MemberRow): Promise<void> {
  await tx.db.insertInto('cases.member').values(row).execute()
}

/** Everybody who is or was let into the case, in the order in which they came. */
export async function membersOf(tx: ReadTx, id: CaseId): Promise<MemberRow[]> {
  return tx.db.selectFrom('cases.member').selectAll().where('case_id', '=', id).orderBy('id').execute()
}

export async function member(tx: ReadTx, id: MemberId): Promise<MemberRow | undefined> {
  return tx.db.selectFrom('cases.member').selectAll().where('id', '=', id).executeTakeFirst()
}

/** Who is in the case on these grounds until somebody ends it, as far as the caller may know of them. */
export async function openMembers(tx: ReadTx, id: CaseId, grounds: readonly Ground[]): Promise<MemberRow[]> {
  return tx.db
    .selectFrom('cases.member')
    .selectAll()
    .where('case_id', '=', id)
    .where('ground', 'in', [...grounds])
    .where('ended_at', 'is', null)
    .orderBy('id')
    .execute()
}

export async function endMember(tx: Tx, id: MemberId): Promise<void> {
  await tx.db.updateTable('cases.member').set({ ended_at: tx.now }).where('id', '=', id).execute()
}

/** How many cases each counsellor has been joined to and has not left. */
export async function counsellorLoads(tx: ReadTx): Promise<ReadonlyMap<AccountId, number>> {
  const rows = await tx.db
    .selectFrom('cases.member')
    .select(({ fn }) => ['account_id', fn.countAll<number>().as('load')])
    .where('ground', '=', 'counsellor')
    .where('ended_at', 'is', null)
    .groupBy('account_id')
    .execute()
  return new Map(rows.map(row => [row.account_id, row.load]))
}
