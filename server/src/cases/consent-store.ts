import { sql } from 'kysely'
import type { ReadTx, Tx } from '#platform/database'
import type { CaseId, ConsentId } from '#platform/ids'
import type { ConsentRow } from './consent-schema.ts'

declare module '#platform/database' {
  interface Tables {
    'cases.consent': ConsentRow
    'cases.reliance': { consent_id: ConsentId; place: string; stopped_at: Date | null }
  }
}

export async function addConsents(tx: Tx, rows: readonly ConsentRow[]): Promise<void> {
  if (rows.length > 0)
    await tx.db
      .insertInto('cases.consent')
      .values([...rows])
      .execute()
}

/** All that was said about a case, oldest first. */
export async function consentsOf(tx: ReadTx, id: CaseId): Promise<ConsentRow[]> {
  return tx.db.selectFrom('cases.consent').selectAll().where('case_id', '=', id).orderBy('id').execute()
}

export async function consent(tx: ReadTx, id: ConsentId): Promise<ConsentRow | undefined> {
  return tx.db.selectFrom('cases.consent').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function putReliance(tx: Tx, id: ConsentId, places: readonly string[]): Promise<void> {
  if (places.length === 0) return
  await tx.db
    .insertInto('cases.reliance')
    .values(places.map(place => ({ consent_id: id, place, stopped_at: null })))
    .execute()
}

export async function stopReliance(tx: Tx, id: ConsentId, place: string): Promise<void> {
  await tx.db
    .updateTable('cases.reliance')
    .set({ stopped_at: tx.now })
    .where('consent_id', '=', id)
    .where('place', '=', place)
    .where('stopped_at', 'is', null)
    .execute()
}

export async function isRelied(tx: ReadTx, id: ConsentId): Promise<boolean> {
  const row = await tx.db
    .selectFrom('cases.reliance')
    .select('place')
    .where('consent_id', '=', id)
    .where('stopped_at', 'is', null)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** How many removals of the case wait to be taken back by hand. */
export async function byHand(tx: ReadTx, id: CaseId): Promise<number> {
  const { rows } = await sql<{ count: number }>`select cases.taken_back_by_hand(${id}) as count`.execute(
    tx.db as never,
  )
  return rows[0]?.count ?? 0
}
