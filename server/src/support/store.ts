import { sql, type Selectable } from 'kysely'
import type { ReadTx, Tables, Tx } from '#platform/database'
import type { AccountId, CaseId, PromiseId } from '#platform/ids'
import type { Person, PromiseState, StandBy, Withdrawal } from './schema.ts'

declare module '#platform/database' {
  interface Tables {
    'support.promise': {
      id: PromiseId
      case_id: CaseId
      person: Person
      what: string
      by_account: AccountId | null
      by_role: StandBy | null
      until_at: Date
      made_by: AccountId
      made_at: Date
      state: PromiseState
      reason: Withdrawal | null
      settled_by: AccountId | null
      settled_at: Date | null
      overdue_at: Date | null
    }
  }
}

export type PromiseRow = Selectable<Tables['support.promise']>

export async function addPromise(tx: Tx, row: PromiseRow): Promise<void> {
  await tx.db.insertInto('support.promise').values(row).execute()
}

export async function promise(tx: ReadTx, id: PromiseId): Promise<PromiseRow | undefined> {
  return tx.db.selectFrom('support.promise').selectAll().where('id', '=', id).executeTakeFirst()
}

/** False where somebody was faster. */
export async function settlePromise(
  tx: Tx,
  id: PromiseId,
  change: Pick<PromiseRow, 'state' | 'reason' | 'settled_by' | 'settled_at'>,
): Promise<boolean> {
  const done = await tx.db
    .updateTable('support.promise')
    .set(change)
    .where('id', '=', id)
    .where('state', '=', 'open')
    .executeTakeFirst()
  return done.numUpdatedRows === 1n
}

export interface PromiseFilter {
  readonly of: CaseId | undefined
  /** Only what this account, or this role, owes. */
  readonly owedBy: { readonly account: AccountId; readonly role: string } | undefined
  readonly isSettledToo: boolean
}

function promisesWhere(tx: ReadTx, filter: PromiseFilter) {
  let query = tx.db.selectFrom('support.promise as promise')
  if (filter.of !== undefined) query = query.where('promise.case_id', '=', filter.of)
  if (!filter.isSettledToo) query = query.where('promise.state', '=', 'open')
  const { owedBy } = filter
  if (owedBy !== undefined)
    query = query.where(build =>
      build.or([
        build('promise.by_account', '=', owedBy.account),
        build(sql<string>`promise.by_role`, '=', owedBy.role),
      ]),
    )
  return query
}

const place = (row: string) =>
  sql`${sql.ref(`${row}.state`)} <> 'open', ${sql.ref(`${row}.until_at`)}, ${sql.ref(`${row}.id`)}`

/** Open ones first, by the time until which they stand: so what is overdue comes before all else. */
export async function promises(
  tx: ReadTx,
  filter: PromiseFilter,
  page: { limit: number; after: PromiseId | undefined },
): Promise<PromiseRow[]> {
  let query = promisesWhere(tx, filter)
    .selectAll('promise')
    .orderBy(sql`promise.state <> 'open'`)
    .orderBy('promise.until_at')
    .orderBy('promise.id')
    .limit(page.limit)
  if (page.after !== undefined)
    query = query.where(
      sql<boolean>`(${place('promise')}) > (select ${place('before')} from support.promise before where before.id = ${page.after})`,
    )
  return query.execute()
}

export async function countOverdue(tx: ReadTx, filter: PromiseFilter): Promise<number> {
  const row = await promisesWhere(tx, filter)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('promise.state', '=', 'open')
    .where('promise.until_at', '<=', tx.now)
    .executeTakeFirstOrThrow()
  return row.count
}

/** Promises that have just become overdue; each is told once. */
export async function markOverduePromises(tx: Tx, limit: number) {
  const due = tx.db
    .selectFrom('support.promise')
    .select('id')
    .where('state', '=', 'open')
    .where('overdue_at', 'is', null)
    .where('until_at', '<=', tx.now)
    .orderBy('until_at')
    .limit(limit)
  return tx.db
    .updateTable('support.promise')
    .set({ overdue_at: tx.now })
    .where('id', 'in', due)
    .returning(['id', 'case_id'])
    .execute()
}
