import { sql, type Selectable, type Updateable } from 'kysely'
import type { ReadTx, Tables, Tx } from '#platform/database'
import type { AccountId, ApprovalId, CaseId, SessionId } from '#platform/ids'
import type { Role } from '#platform/who'
import type { ApprovalKindName } from './approval.ts'

interface ApprovalRow {
  id: ApprovalId
  kind: ApprovalKindName
  subject: string
  case_id: CaseId | null
  agency: string | null
  roles: Role[]
  reason: string
  asked_by: AccountId
  asked_person: string
  asked_at: Date
  expires_at: Date
  state: 'asked' | 'approved' | 'refused' | 'withdrawn' | 'expired'
}

declare module '#platform/database' {
  interface Tables {
    'access.approval': ApprovalRow & {
      decided_by: AccountId | null
      decided_at: Date | null
      decision_reason: string | null
    }
  }
}

/** Says whether nothing of the kind was waiting for the subject already. */
export async function addApproval(tx: Tx, row: ApprovalRow): Promise<boolean> {
  const added = await tx.db
    .insertInto('access.approval')
    .values(row)
    .onConflict(conflict => conflict.doNothing())
    .executeTakeFirst()
  return (added.numInsertedOrUpdatedRows ?? 0n) > 0n
}

/** What waits for a decision on the subject, as far as the caller may see it; held until the transaction ends. */
export async function waitingForUpdate(
  tx: Tx,
  kind: ApprovalKindName,
  subject: string,
): Promise<Selectable<Tables['access.approval']> | undefined> {
  return tx.db
    .selectFrom('access.approval')
    .selectAll()
    .where('kind', '=', kind)
    .where('subject', '=', subject)
    .where('state', '=', 'asked')
    .forUpdate()
    .executeTakeFirst()
}

export async function approvalById(
  tx: ReadTx,
  id: ApprovalId,
): Promise<Selectable<Tables['access.approval']> | undefined> {
  return tx.db.selectFrom('access.approval').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function changeApproval(
  tx: Tx,
  id: ApprovalId,
  change: Updateable<Tables['access.approval']>,
): Promise<void> {
  await tx.db.updateTable('access.approval').set(change).where('id', '=', id).execute()
}

/** What nobody has decided in its time, at most `limit`, for this transaction alone. */
export async function takeExpired(tx: Tx, limit: number) {
  return tx.db
    .selectFrom('access.approval')
    .selectAll()
    .where('state', '=', 'asked')
    .where('expires_at', '<=', tx.now)
    .orderBy('expires_at')
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute()
}

export async function waiting(tx: ReadTx, page: { limit: number; after: ApprovalId | undefined }) {
  let query = tx.db
    .selectFrom('access.approval as approval')
    .leftJoin('access.user as asker', 'asker.id', 'approval.asked_by')
    .leftJoin('access.user as subject', join =>
      join.on(sql<boolean>`subject.id = approval.subject and approval.kind = 'account.reset'`),
    )
    .selectAll('approval')
    .select(['asker.name as asked_by_name', 'subject.name as subject_name'])
    .where('approval.state', '=', 'asked')
    .where('approval.expires_at', '>', tx.now)
    .orderBy('approval.id')
    .limit(page.limit)
  if (page.after !== undefined) query = query.where('approval.id', '>', page.after)
  return query.execute()
}

/** The person behind an account; the account itself where none is known. */
export async function personOf(tx: ReadTx, account: AccountId): Promise<string> {
  const { rows } = await sql<{ person: string }>`select access.person_of(${account}) as person`.execute(
    tx.db as Tx['db'],
  )
  return rows[0]!.person
}

/**
 * Takes from an account whatever opens it, on the approval that the caller has just given; returns the sessions
 * that were ended. The database refuses where two people have not agreed.
 */
export async function unlockAccount(tx: Tx, reset: ApprovalId): Promise<readonly SessionId[]> {
  const { rows } = await sql<{ id: SessionId }>`select access.unlock_account(${reset}) as id`.execute(tx.db)
  return rows.map(row => row.id)
}

/** Gives an account that was reset its new password. */
export async function setPassword(tx: Tx, account: AccountId, hash: string): Promise<void> {
  await sql`select access.set_password(${account}, ${hash})`.execute(tx.db)
}
