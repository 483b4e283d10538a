import { sql, type Selectable } from 'kysely'
import type { ReadTx, Tables, Tx } from '#platform/database'
import type { AccountId, CaseId, CounsellingId } from '#platform/ids'
import type { Booking, CounsellingState, Interpreter, Way } from './counselling-schema.ts'

declare module '#platform/database' {
  interface Tables {
    'support.counselling': {
      id: CounsellingId
      case_id: CaseId
      counsellor_id: AccountId
      state: CounsellingState
      way: Way
      at: Date
      place: string
      interpreter: Interpreter | null
      booking: Booking | null
      planned_at: Date
      follow_up_at: Date | null
      followed_up_at: Date | null
      overdue_at: Date | null
    }
  }
}

export type CounsellingRow = Selectable<Tables['support.counselling']>

export async function addCounselling(tx: Tx, row: CounsellingRow): Promise<void> {
  await tx.db.insertInto('support.counselling').values(row).execute()
}

export async function counselling(tx: ReadTx, id: CounsellingId): Promise<CounsellingRow | undefined> {
  return tx.db.selectFrom('support.counselling').selectAll().where('id', '=', id).executeTakeFirst()
}

/** False where the caller may not change it, or somebody was faster. */
export async function changeCounselling(
  tx: Tx,
  id: CounsellingId,
  from: CounsellingState,
  change: Partial<
    Pick<CounsellingRow, 'state' | 'at' | 'booking' | 'follow_up_at' | 'followed_up_at' | 'overdue_at'>
  >,
): Promise<boolean> {
  const done = await tx.db
    .updateTable('support.counselling')
    .set(change)
    .where('id', '=', id)
    .where('state', '=', from)
    .executeTakeFirst()
  return done.numUpdatedRows === 1n
}

/** When somebody must do something about a session; null where nothing is left to do. */
export const dueOf = (row: CounsellingRow): Date | null => {
  if (row.state === 'planned') return row.at
  return row.followed_up_at === null ? row.follow_up_at : null
}
const due = sql<Date | null>`case when state = 'planned' then at when followed_up_at is null then follow_up_at end`

/** What waits for somebody first, by its time; so what is overdue comes before all else. */
export async function counsellings(
  tx: ReadTx,
  filter: { readonly of: CaseId | undefined; readonly by: AccountId | undefined },
  limit: number,
): Promise<CounsellingRow[]> {
  let query = tx.db.selectFrom('support.counselling').selectAll()
  query = filter.of === undefined ? query.where(due, 'is not', null) : query.where('case_id', '=', filter.of)
  if (filter.by !== undefined) query = query.where('counsellor_id', '=', filter.by)
  return query
    .orderBy(due, order => order.asc().nullsLast())
    .orderBy('at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute()
}

/** Sessions whose time has passed without a word, or what was to follow them; each is told once. */
export async function markOverdueCounselling(tx: Tx, limit: number) {
  const late = tx.db
    .selectFrom('support.counselling')
    .select('id')
    .where('overdue_at', 'is', null)
    .where(due, '<=', tx.now)
    .orderBy('id')
    .limit(limit)
  return tx.db
    .updateTable('support.counselling')
    .set({ overdue_at: tx.now })
    .where('id', 'in', late)
    .returning(['id', 'case_id', 'state'])
    .execute()
}
