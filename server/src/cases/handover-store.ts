import { sql } from 'kysely'
import type { ReadTx, Tx } from '#platform/database'
import type { CaseId, HandoverId } from '#platform/ids'
import type { HandoverRow } from './store.ts'

/** False where the case is being handed over already. */
export async function addHandover(tx: Tx, row: HandoverRow): Promise<boolean> {
  const added = await tx.db
    .insertInto('cases.handover')
    .values(row)
    .onConflict(conflict => conflict.doNothing())
    .executeTakeFirstOrThrow()
  return added.numInsertedOrUpdatedRows === 1n
}

/** A handover that is not done yet; a second run waits for the first and finds nothing. */
export async function openHandover(tx: Tx, id: HandoverId): Promise<HandoverRow | undefined> {
  return tx.db
    .selectFrom('cases.handover')
    .selectAll()
    .where('id', '=', id)
    .where('done_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
}

export async function endHandover(
  tx: Tx,
  id: HandoverId,
  change: { done_at: Date; noted_at: Date | null },
): Promise<void> {
  await tx.db.updateTable('cases.handover').set(change).where('id', '=', id).execute()
}

/** False where it is not the caller's to take note of, or was noted already. */
export async function noteHandover(tx: Tx, id: HandoverId): Promise<CaseId | undefined> {
  const noted = await tx.db
    .updateTable('cases.handover')
    .set({ noted_at: tx.now })
    .where('id', '=', id)
    .where('done_at', 'is not', null)
    .where('noted_at', 'is', null)
    .returning('case_id')
    .executeTakeFirst()
  return noted?.case_id
}

/** Handovers of one case, or those from another agency that wait for note; newest first. */
export async function handovers(tx: ReadTx, of: CaseId | undefined, agency: string | null) {
  let query = tx.db
    .selectFrom('cases.handover as handover')
    .innerJoin('cases.file as file', 'file.id', 'handover.case_id')
    .selectAll('handover')
    .select(['file.number', 'file.officer_id'])
    .orderBy('handover.id', 'desc')
    .limit(200)
  if (of !== undefined) query = query.where('handover.case_id', '=', of)
  else
    query = query
      .where('handover.to_agency', '=', agency ?? '')
      .where('handover.done_at', 'is not', null)
      .where('handover.noted_at', 'is', null)
  return query.execute()
}

/** The file and all that is found by its agency are the other agency's from here on; the procedure's alone to do. */
export async function moveFile(tx: Tx, id: CaseId, agency: string): Promise<void> {
  await sql`select cases.move_file(${id}, ${agency})`.execute(tx.db)
}
