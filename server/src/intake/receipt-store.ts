import { sql, type Generated } from 'kysely'
import type { ReadTx, Tx } from '#platform/database'
import type { CaseId, ReportId } from '#platform/ids'

declare module '#platform/database' {
  interface Tables {
    'intake.receipt_attempt': {
      position: Generated<number>
      client: string
      at: Date
      is_known: boolean
      challenge: string | null
    }
  }
}

interface ReceiptRow {
  readonly report_id: ReportId
  readonly case_id: CaseId | null
  readonly has_word: boolean
  readonly returned_at: Date | null
}

export async function reportOfReceipt(tx: Tx, veil: string): Promise<ReceiptRow | undefined> {
  const { rows } =
    await sql<ReceiptRow>`select report_id, case_id, has_word, returned_at from intake.report_of_receipt(${veil})`.execute(
      tx.db,
    )
  return rows[0]
}

export async function noteReturn(tx: Tx, id: ReportId): Promise<void> {
  await sql`select intake.note_return(${id}, ${tx.now})`.execute(tx.db)
}

/** Whether some receipt is known by its digits only. */
export async function hasOldReceipts(tx: ReadTx): Promise<boolean> {
  const old = sql<{ is: boolean }>`(select intake.has_old_receipts() as is)`.as<'old'>(sql`old`)
  const row = await tx.db.selectFrom(old).select('old.is').executeTakeFirst()
  return row?.is === true
}

/** Gives an old report its mailbox; false where it has one. */
export async function furnish(
  tx: Tx,
  id: ReportId,
  made: { receiptVeil: string; answers: string; own: string; team: string; teamSealed: string },
): Promise<boolean> {
  const { rows } = await sql<{ is: boolean | null }>`select intake.furnish(
    ${id}, ${made.receiptVeil}, ${made.answers}, ${made.own}, ${made.team}, ${made.teamSealed}) as is`.execute(
    tx.db,
  )
  return rows[0]?.is === true
}

export async function renewReceipt(
  tx: Tx,
  id: ReportId,
  made: { receiptVeil: string; answers: string; own: string },
): Promise<void> {
  await sql`select intake.renew_receipt(${id}, ${made.receiptVeil}, ${made.answers}, ${made.own})`.execute(
    tx.db,
  )
}

/** How many receipts were not known since `since`: from one client, and from all. */
export async function unknownSince(
  tx: ReadTx,
  client: string,
  since: Date,
): Promise<{ byClient: number; byAll: number }> {
  const row = await tx.db
    .selectFrom('intake.receipt_attempt')
    .select(({ fn }) => [
      fn.countAll<number>().as('byAll'),
      fn.countAll<number>().filterWhere('client', '=', client).as('byClient'),
    ])
    .where('at', '>', since)
    .where('is_known', '=', false)
    .executeTakeFirstOrThrow()
  return row
}

/** Notes an attempt, or says false where its challenge was worked for before. */
export async function addAttempt(
  tx: Tx,
  attempt: { client: string; at: Date; is_known: boolean; challenge: string },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx.db
    .insertInto('intake.receipt_attempt')
    .values(attempt)
    .onConflict(conflict => conflict.doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

export async function forgetAttempts(tx: Tx, before: Date): Promise<void> {
  await tx.db.deleteFrom('intake.receipt_attempt').where('at', '<', before).execute()
}
