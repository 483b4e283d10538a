import type { Selectable } from 'kysely'
import type { ReadTx, Tables, Tx } from '#platform/database'
import type { AccountId, AllowanceId, CaseId, CounsellingId, NoteId } from '#platform/ids'
import type { AllowEnd, AllowReason, NoteKind } from './note-schema.ts'

declare module '#platform/database' {
  interface Tables {
    'support.note': {
      id: NoteId
      case_id: CaseId
      counselling_id: CounsellingId | null
      author_id: AccountId
      kind: NoteKind
      sealed: Buffer
      written_at: Date
    }
    'support.allowed': {
      id: AllowanceId
      case_id: CaseId
      author_id: AccountId
      account_id: AccountId
      reason: AllowReason
      given_at: Date
      withdrawn_at: Date | null
      withdraw_reason: AllowEnd | null
    }
  }
}

export type NoteRow = Selectable<Tables['support.note']>
export type AllowedRow = Selectable<Tables['support.allowed']>

export async function addNote(tx: Tx, row: NoteRow): Promise<void> {
  await tx.db.insertInto('support.note').values(row).execute()
}

/** A note that the caller may open; the database's own rule. */
export async function note(tx: ReadTx, id: NoteId): Promise<NoteRow | undefined> {
  return tx.db.selectFrom('support.note').selectAll().where('id', '=', id).executeTakeFirst()
}

// A case with more is a life's work; the newest are read first.
const notesMax = 500

/** Notes of a case that the caller may open, newest first, without what is sealed. */
export async function notesOf(tx: ReadTx, of: CaseId) {
  return tx.db
    .selectFrom('support.note')
    .select(['id', 'case_id', 'counselling_id', 'author_id', 'kind', 'written_at'])
    .where('case_id', '=', of)
    .orderBy('id', 'desc')
    .limit(notesMax)
    .execute()
}

/** False where it stands already. */
export async function addAllowed(tx: Tx, row: AllowedRow): Promise<boolean> {
  const added = await tx.db
    .insertInto('support.allowed')
    .values(row)
    .onConflict(conflict => conflict.doNothing())
    .executeTakeFirstOrThrow()
  return added.numInsertedOrUpdatedRows === 1n
}

export async function allowed(tx: ReadTx, id: AllowanceId): Promise<AllowedRow | undefined> {
  return tx.db.selectFrom('support.allowed').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function allowedOf(tx: ReadTx, of: CaseId): Promise<AllowedRow[]> {
  return tx.db
    .selectFrom('support.allowed')
    .selectAll()
    .where('case_id', '=', of)
    .orderBy('id', 'desc')
    .execute()
}

/** False where it was withdrawn before. */
export async function endAllowed(tx: Tx, id: AllowanceId, reason: AllowEnd): Promise<boolean> {
  const ended = await tx.db
    .updateTable('support.allowed')
    .set({ withdrawn_at: tx.now, withdraw_reason: reason })
    .where('id', '=', id)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst()
  return ended.numUpdatedRows === 1n
}
