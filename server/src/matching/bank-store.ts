/**
 * The SQL of banks that belong to no case.
 *
 * @module
 */
import { sql, type GeneratedAlways, type Insertable, type Selectable } from 'kysely'
import type { ReadTx, Tables, Tx } from '#platform/database'
import type { AccountId, BankEntryId, BankId } from '#platform/ids'
import type { Algorithm, BankKind, Opinion } from './bank-schema.ts'

declare module '#platform/database' {
  interface Tables {
    'matching.bank': {
      id: BankId
      name: string
      kind: BankKind
      source: string
      is_enabled: boolean
      match_max: number
      review_max: number
      change: number
      made_at: Date
    }
    'matching.entry': {
      id: BankEntryId
      number: GeneratedAlways<number>
      bank_id: BankId
      algorithm: Algorithm
      veil: Buffer
      label: string | null
      source: string | null
      opinion: Opinion
      confidence: number | null
      change: number
      added_at: Date
      expires_at: Date | null
      withdrawn_at: Date | null
    }
    'matching.entry_value': { entry_id: BankEntryId; sealed: Buffer }
    'matching.tally': {
      bank_id: BankId
      distance: number
      asked: number
      found: number
      confirmed: number
      reversed: number
    }
    'matching.lookup': { account_id: AccountId; minute: Date; asked: number }
  }
}

export type BankRow = Tables['matching.bank']
export type EntryRow = Selectable<Tables['matching.entry']>
export type NewEntryRow = Insertable<Tables['matching.entry']>
export type Tally = Tables['matching.tally']

/** Adds a bank; false where the name is taken. */
export async function addBank(tx: Tx, row: BankRow): Promise<boolean> {
  const added = await tx.db
    .insertInto('matching.bank')
    .values(row)
    .onConflict(conflict => conflict.column('name').doNothing())
    .returning('id')
    .executeTakeFirst()
  return added !== undefined
}

export async function banks(tx: ReadTx): Promise<BankRow[]> {
  return tx.db.selectFrom('matching.bank').selectAll().orderBy('name').execute()
}

/** A page of the banks, by name, past the one that is named; all from the first where there is none such. */
export async function banksByName(
  tx: ReadTx,
  page: { limit: number; after: BankId | undefined },
): Promise<BankRow[]> {
  let query = tx.db.selectFrom('matching.bank').selectAll().orderBy('name').limit(page.limit)
  const last = page.after === undefined ? undefined : await bank(tx, page.after)
  if (last !== undefined) query = query.where('name', '>', last.name)
  return query.execute()
}

export async function bank(tx: ReadTx, id: BankId): Promise<BankRow | undefined> {
  return tx.db.selectFrom('matching.bank').selectAll().where('id', '=', id).executeTakeFirst()
}

/** The bank, kept from others' changes until the transaction ends. */
export async function bankForUpdate(tx: Tx, id: BankId): Promise<BankRow | undefined> {
  return tx.db.selectFrom('matching.bank').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
}

export async function bankNamed(tx: ReadTx, name: string): Promise<BankRow | undefined> {
  return tx.db.selectFrom('matching.bank').selectAll().where('name', '=', name).executeTakeFirst()
}

export async function changeBank(
  tx: Tx,
  id: BankId,
  change: Partial<Omit<BankRow, 'id' | 'kind' | 'made_at'>>,
): Promise<void> {
  await tx.db.updateTable('matching.bank').set(change).where('id', '=', id).execute()
}

/** Live, withdrawn and expired entries of each of these banks. */
export async function entryCounts(tx: ReadTx, ids: readonly BankId[]) {
  if (ids.length === 0) return []
  const isLive = sql<boolean>`withdrawn_at is null and (expires_at is null or expires_at > ${tx.now})`
  return tx.db
    .selectFrom('matching.entry')
    .where('bank_id', 'in', [...ids])
    .groupBy('bank_id')
    .select([
      'bank_id',
      sql<number>`(count(*) filter (where ${isLive}))::int`.as('live'),
      sql<number>`(count(*) filter (where withdrawn_at is not null))::int`.as('withdrawn'),
      sql<number>`(count(*) filter (where withdrawn_at is null and not (${isLive})))::int`.as('expired'),
    ])
    .execute()
}

/** Adds entries that the bank does not have yet, and says which those were. */
export async function addEntries(tx: Tx, rows: readonly NewEntryRow[]): Promise<Set<BankEntryId>> {
  const added = await tx.db
    .insertInto('matching.entry')
    .values([...rows])
    .onConflict(conflict => conflict.columns(['bank_id', 'algorithm', 'veil']).doNothing())
    .returning('id')
    .execute()
  return new Set(added.map(row => row.id))
}

/** How many of these values the bank has withdrawn. */
export async function withdrawnAmong(tx: ReadTx, id: BankId, veils: readonly Buffer[]): Promise<number> {
  const { count } = await tx.db
    .selectFrom('matching.entry')
    .where('bank_id', '=', id)
    .where('veil', 'in', [...veils])
    .where('withdrawn_at', 'is not', null)
    .select(sql<number>`count(*)::int`.as('count'))
    .executeTakeFirstOrThrow()
  return count
}

export async function addValues(
  tx: Tx,
  rows: readonly { entry_id: BankEntryId; sealed: Buffer }[],
): Promise<void> {
  if (rows.length > 0)
    await tx.db
      .insertInto('matching.entry_value')
      .values([...rows])
      .execute()
}

export async function entryForUpdate(tx: Tx, bankId: BankId, id: BankEntryId): Promise<EntryRow | undefined> {
  return tx.db
    .selectFrom('matching.entry')
    .selectAll()
    .where('bank_id', '=', bankId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
}

export async function withdrawEntry(tx: Tx, id: BankEntryId, change: number): Promise<void> {
  await tx.db
    .updateTable('matching.entry')
    .set({ withdrawn_at: tx.now, change })
    .where('id', '=', id)
    .execute()
}

/** Destroys what withdrawn and expired entries held; how many those were. */
export async function forgetValues(tx: Tx, limit: number): Promise<number> {
  const ended = tx.db
    .selectFrom('matching.entry_value')
    .innerJoin('matching.entry', 'matching.entry.id', 'matching.entry_value.entry_id')
    .where(eb =>
      eb.or([
        eb('matching.entry.withdrawn_at', 'is not', null),
        eb('matching.entry.expires_at', '<=', tx.now),
      ]),
    )
    .select('matching.entry_value.entry_id')
    .limit(limit)
  const { numDeletedRows } = await tx.db
    .deleteFrom('matching.entry_value')
    .where('entry_id', 'in', ended)
    .executeTakeFirst()
  return Number(numDeletedRows)
}

/** Where a reader of a bank's changes stands, and up to which change it reads now. */
export interface Reading {
  readonly change: number
  readonly entry: BankEntryId | null
  readonly upTo: number
}

// Behind every id: whoever has read a change to its end goes on with the next.
const lastId = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

/** A page of a bank's entries that are compared by likeness, in the order of their changes. */
export async function changedEntries(tx: ReadTx, id: BankId, past: Reading, limit: number) {
  return (
    tx.db
      .selectFrom('matching.entry as entry')
      .leftJoin('matching.entry_value as value', 'value.entry_id', 'entry.id')
      .where('entry.bank_id', '=', id)
      .where('entry.algorithm', 'in', ['pdq', 'vpdq'])
      .where('entry.change', '<=', past.upTo)
      // As one comparison of rows: an `or` would walk the index from the bank's first entry for each page.
      .where(sql<boolean>`(entry.change, entry.id) > (${past.change}, ${past.entry ?? lastId})`)
      .orderBy('entry.change')
      .orderBy('entry.id')
      .limit(limit)
      .select(['entry.id', 'entry.number', 'entry.bank_id', 'entry.algorithm', 'entry.change'])
      .select(['entry.withdrawn_at', 'value.sealed'])
      .execute()
  )
}

const comparable = (tx: ReadTx) =>
  tx.db
    .selectFrom('matching.entry as entry')
    .innerJoin('matching.entry_value as value', 'value.entry_id', 'entry.id')
    .where('entry.withdrawn_at', 'is', null)

/** Bytes of the sealed values of so many entries that are compared by likeness, and how many of these there are. */
export async function comparableSize(tx: ReadTx, rowsMax: number): Promise<{ rows: number; bytes: number }> {
  const some = comparable(tx)
    .select(sql<number>`octet_length(value.sealed)`.as('size'))
    .limit(rowsMax)
  const { rows, bytes } = await tx.db
    .selectFrom(some.as('some'))
    .select([sql<number>`count(*)::int`.as('rows'), sql<number>`coalesce(sum(size), 0)::int`.as('bytes')])
    .executeTakeFirstOrThrow()
  return { rows, bytes }
}

/** A page of the entries that are compared by likeness, by their numbers. */
export async function comparableEntries(tx: ReadTx, past: number, limit: number) {
  return comparable(tx)
    .where('entry.number', '>', past)
    .orderBy('entry.number')
    .limit(limit)
    .select(['entry.id', 'entry.number', 'entry.bank_id', 'entry.algorithm', 'value.sealed'])
    .execute()
}

function liveOnes(tx: ReadTx) {
  return tx.db
    .selectFrom('matching.entry as entry')
    .innerJoin('matching.bank as bank', 'bank.id', 'entry.bank_id')
    .where('bank.is_enabled', '=', true)
    .where('entry.withdrawn_at', 'is', null)
    .where(eb => eb.or([eb('entry.expires_at', 'is', null), eb('entry.expires_at', '>', tx.now)]))
    .select([
      'entry.id',
      'entry.number',
      'entry.bank_id',
      'entry.algorithm',
      'entry.label',
      'entry.source',
      'entry.opinion',
      'entry.confidence',
      'bank.name',
      'bank.kind',
      'bank.match_max',
      'bank.review_max',
    ])
}
export type LiveEntry = Awaited<ReturnType<typeof liveEntries>>[number]

/** Those of the entries that count now: not withdrawn, not expired, of a bank that is switched on. */
export async function liveEntries(tx: ReadTx, numbers: readonly number[]) {
  return numbers.length === 0
    ? []
    : liveOnes(tx)
        .where('entry.number', 'in', [...numbers])
        .execute()
}

export async function liveByVeil(tx: ReadTx, veils: readonly Buffer[], limit: number) {
  return liveOnes(tx)
    .where('entry.algorithm', 'in', ['md5', 'sha1', 'sha256'])
    .where('entry.veil', 'in', [...veils])
    .select('entry.veil')
    .orderBy('entry.id')
    .limit(limit)
    .execute()
}

export async function valuesOf(tx: ReadTx, ids: readonly BankEntryId[]) {
  return ids.length === 0
    ? []
    : tx.db
        .selectFrom('matching.entry_value')
        .selectAll()
        .where('entry_id', 'in', [...ids])
        .execute()
}

/** Adds to a bank's counts at a distance. */
export async function count(
  tx: Tx,
  bank_id: BankId,
  distance: number,
  what: 'asked' | 'found' | 'confirmed' | 'reversed',
): Promise<void> {
  const none = { asked: 0, found: 0, confirmed: 0, reversed: 0 }
  await tx.db
    .insertInto('matching.tally')
    .values({ bank_id, distance, ...none, [what]: 1 })
    .onConflict(conflict =>
      conflict
        .columns(['bank_id', 'distance'])
        .doUpdateSet(eb => ({ [what]: eb(`matching.tally.${what}`, '+', 1) })),
    )
    .execute()
}

/** A confirmed hit was a wrong one: it is counted as such, and no longer as right. */
export async function countTakenBack(tx: Tx, bank_id: BankId, distance: number): Promise<void> {
  await count(tx, bank_id, distance, 'reversed')
  await tx.db
    .updateTable('matching.tally')
    .set(eb => ({ confirmed: sql<number>`greatest(${eb.ref('confirmed')} - 1, 0)` }))
    .where('bank_id', '=', bank_id)
    .where('distance', '=', distance)
    .execute()
}

export async function tallies(tx: ReadTx, id: BankId): Promise<Tally[]> {
  return tx.db
    .selectFrom('matching.tally')
    .selectAll()
    .where('bank_id', '=', id)
    .orderBy('distance')
    .execute()
}

/** What the hits of each of these banks came to, at all distances together. */
export async function hitCounts(tx: ReadTx, ids: readonly BankId[]) {
  if (ids.length === 0) return []
  const sum = (what: 'asked' | 'found' | 'confirmed' | 'reversed') =>
    sql<number>`sum(${sql.ref(what)})::int`.as(what)
  return tx.db
    .selectFrom('matching.tally')
    .where('bank_id', 'in', [...ids])
    .groupBy('bank_id')
    .select(['bank_id', sum('asked'), sum('found'), sum('confirmed'), sum('reversed')])
    .execute()
}

/** Counts look-ups of this account in this minute, and how many those are now. */
export async function countLookups(
  tx: Tx,
  account_id: AccountId,
  minute: Date,
  count: number,
): Promise<number> {
  const { asked } = await tx.db
    .insertInto('matching.lookup')
    .values({ account_id, minute, asked: count })
    .onConflict(conflict =>
      conflict
        .columns(['account_id', 'minute'])
        .doUpdateSet(eb => ({ asked: eb('matching.lookup.asked', '+', count) })),
    )
    .returning('asked')
    .executeTakeFirstOrThrow()
  return asked
}

export async function forgetLookups(tx: Tx, before: Date): Promise<void> {
  await tx.db.deleteFrom('matching.lookup').where('minute', '<', before).execute()
}

export async function unsealedCount(tx: ReadTx): Promise<number> {
  const { count } = await tx.db
    .selectFrom('matching.banked')
    .where('sealed', 'is', null)
    .where('withdrawn_at', 'is', null)
    .select(sql<number>`count(*)::int`.as('count'))
    .executeTakeFirstOrThrow()
  return count
}
