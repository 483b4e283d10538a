import { sql, type Selectable } from 'kysely'
import type { ReadTx, Tables, Tx } from '#platform/database'
import type { AccountId, BodyId, CaseId, ReferralId } from '#platform/ids'
import type { BodyKind, Fact, ReferralReason, ReferralState } from './referral-schema.ts'

declare module '#platform/database' {
  interface Tables {
    'support.body': {
      id: BodyId
      name: string
      kind: BodyKind
      phone: string | null
      region: string | null
      languages: string[]
      accessibility: string[]
      added_by: AccountId
      added_at: Date
      closed_at: Date | null
    }
    'support.agent': { account_id: AccountId; body: string; named_by: AccountId; named_at: Date }
    'support.referral': {
      id: ReferralId
      case_id: CaseId
      body: string
      kind: BodyKind
      facts: Fact[]
      state: ReferralState
      sent_by: AccountId
      sent_at: Date
      due_at: Date
      stepped_at: Date | null
      stepped_by: AccountId | null
      reason: ReferralReason | null
      overdue_at: Date | null
    }
    'support.referral_text': {
      referral_id: ReferralId
      case_id: CaseId
      body: string
      sent_by: AccountId
      sealed: Buffer
    }
  }
}

export type BodyRow = Selectable<Tables['support.body']>
export type ReferralRow = Selectable<Tables['support.referral']>

/** Bodies that were added and are not closed. */
export async function bodies(tx: ReadTx): Promise<BodyRow[]> {
  return tx.db.selectFrom('support.body').selectAll().where('closed_at', 'is', null).orderBy('name').execute()
}

/** Names of bodies that were added, closed ones too. */
export async function bodyNames(tx: ReadTx): Promise<{ id: BodyId; name: string }[]> {
  return tx.db.selectFrom('support.body').select(['id', 'name']).execute()
}

export async function addBody(tx: Tx, row: BodyRow): Promise<void> {
  await tx.db.insertInto('support.body').values(row).execute()
}

export async function closeBody(tx: Tx, id: string): Promise<boolean> {
  const closed = await tx.db
    .updateTable('support.body')
    .set({ closed_at: tx.now })
    .where(sql<string>`id::text`, '=', id)
    .where('closed_at', 'is', null)
    .executeTakeFirst()
  return closed.numUpdatedRows === 1n
}

export async function bodiesWithAgents(tx: ReadTx): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ body: string }>`select support.bodies_with_agents() as body`.execute(
    tx.db as Tx['db'],
  )
  return new Set(rows.map(row => row.body))
}

export async function agents(tx: ReadTx) {
  return tx.db.selectFrom('support.agent').select(['account_id', 'body']).orderBy('account_id').execute()
}

export async function isPartner(tx: ReadTx, account: AccountId): Promise<boolean> {
  const { rows } = await sql<{ is: boolean }>`select support.is_partner(${account}) as is`.execute(
    tx.db as Tx['db'],
  )
  return rows[0]?.is === true
}

export async function nameAgent(tx: Tx, row: Tables['support.agent']): Promise<void> {
  const { body, named_by, named_at } = row
  await tx.db
    .insertInto('support.agent')
    .values(row)
    .onConflict(conflict => conflict.column('account_id').doUpdateSet({ body, named_by, named_at }))
    .execute()
}

export async function dropAgent(tx: Tx, account: AccountId): Promise<void> {
  await tx.db.deleteFrom('support.agent').where('account_id', '=', account).execute()
}

export async function addReferral(tx: Tx, row: ReferralRow, sealed: Buffer): Promise<void> {
  await tx.db.insertInto('support.referral').values(row).execute()
  const { id, case_id, body, sent_by } = row
  await tx.db
    .insertInto('support.referral_text')
    .values({ referral_id: id, case_id, body, sent_by, sealed })
    .execute()
}

export async function referral(tx: ReadTx, id: ReferralId): Promise<ReferralRow | undefined> {
  return tx.db.selectFrom('support.referral').selectAll().where('id', '=', id).executeTakeFirst()
}

/** What a referral says, sealed; undefined where it is not the caller's to read. */
export async function referralText(tx: ReadTx, id: ReferralId): Promise<Buffer | undefined> {
  const row = await tx.db
    .selectFrom('support.referral_text')
    .select('sealed')
    .where('referral_id', '=', id)
    .executeTakeFirst()
  return row?.sealed
}

/** Those that are waited for first, by the time until which; so what is overdue comes before all else. */
export async function referrals(
  tx: ReadTx,
  filter: { readonly of: CaseId | undefined; readonly isOpen: boolean },
  limit: number,
): Promise<ReferralRow[]> {
  let query = tx.db.selectFrom('support.referral').selectAll()
  if (filter.of !== undefined) query = query.where('case_id', '=', filter.of)
  if (filter.isOpen) query = query.where('state', 'in', ['sent', 'accepted'])
  return query
    .orderBy(sql`state not in ('sent', 'accepted')`)
    .orderBy('due_at')
    .orderBy('id')
    .limit(limit)
    .execute()
}

/** False where somebody was faster. */
export async function stepReferral(
  tx: Tx,
  id: ReferralId,
  from: ReferralState,
  change: Pick<ReferralRow, 'state' | 'due_at' | 'stepped_at' | 'stepped_by' | 'reason' | 'overdue_at'>,
): Promise<boolean> {
  const done = await tx.db
    .updateTable('support.referral')
    .set(change)
    .where('id', '=', id)
    .where('state', '=', from)
    .executeTakeFirst()
  return done.numUpdatedRows === 1n
}

/** Referrals that have just become overdue; each is told once a clock. */
export async function markOverdueReferrals(tx: Tx, limit: number) {
  const late = tx.db
    .selectFrom('support.referral')
    .select('id')
    .where('state', 'in', ['sent', 'accepted'])
    .where('overdue_at', 'is', null)
    .where('due_at', '<=', tx.now)
    .orderBy('due_at')
    .limit(limit)
  return tx.db
    .updateTable('support.referral')
    .set({ overdue_at: tx.now })
    .where('id', 'in', late)
    .returning(['id', 'case_id', 'state'])
    .execute()
}
