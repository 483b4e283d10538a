import { sql } from 'kysely'
import type { Generated } from 'kysely'
import type { ReadTx, Tx } from '#platform/database'
import type { CaseId, EntryId } from '#platform/ids'
import { momentOf } from '#platform/time'
import type { LogFilter } from './schema.ts'

declare module '#platform/database' {
  interface Tables {
    'audit.entry': { id: EntryId; at: Date; kind: string; case_id: CaseId | null; body: string }
    'audit.waiting': { entry_id: EntryId; position: Generated<number> }
    'audit.leaf': { tree_index: number; entry_id: EntryId; leaf_hash: Buffer }
    'audit.tile': { tile_index: number; root: Buffer }
    'audit.checkpoint': { size: number; note: string; at: Date }
    'audit.edge': { only_row: boolean; size: number; hashes: string }
  }
}

export async function addEntry(
  tx: Tx,
  entry: { id: EntryId; at: Date; kind: string; case_id: CaseId | null; body: string },
): Promise<void> {
  await tx.db.insertInto('audit.entry').values(entry).execute()
  await tx.db.insertInto('audit.waiting').values({ entry_id: entry.id }).execute()
}

export async function entriesOfCase(
  tx: ReadTx,
  caseId: CaseId,
  options: { limit: number; after: EntryId | undefined },
) {
  let query = tx.db
    .selectFrom('audit.entry as entry')
    .leftJoin('audit.leaf as leaf', 'leaf.entry_id', 'entry.id')
    .select(['entry.id', 'entry.at', 'entry.kind', 'entry.body', 'leaf.tree_index'])
    .where('entry.case_id', '=', caseId)
    .orderBy('entry.id')
    .limit(options.limit)
  if (options.after !== undefined) query = query.where('entry.id', '>', options.after)
  return query.execute()
}

/** The newest entries that the caller may see and that fit the filter. */
export async function entriesWhere(
  tx: ReadTx,
  asked: LogFilter & { limit: number; after?: EntryId | undefined },
) {
  let query = tx.db
    .selectFrom('audit.entry as entry')
    .leftJoin('audit.leaf as leaf', 'leaf.entry_id', 'entry.id')
    .select(['entry.id', 'entry.at', 'entry.kind', 'entry.body', 'leaf.tree_index'])
    .orderBy('entry.id', 'desc')
    .limit(asked.limit)
  if (asked.after !== undefined) query = query.where('entry.id', '<', asked.after)
  if (asked.case !== undefined) query = query.where('entry.case_id', '=', asked.case)
  if (asked.account !== undefined) query = query.where(doneBy, '=', asked.account)
  if (asked.kind !== undefined)
    query = asked.kind.includes('.')
      ? query.where('entry.kind', '=', asked.kind)
      : query.where(sql<boolean>`starts_with(entry.kind, ${`${asked.kind}.`})`)
  if (asked.since !== undefined) query = query.where('entry.at', '>=', momentOf(asked.since))
  if (asked.until !== undefined) query = query.where('entry.at', '<', momentOf(asked.until))
  return query.execute()
}

const doneBy = sql<string>`(entry.body::jsonb -> 'by' ->> 'account')`

/** Who has read a case, by account and kind of reading, as far as the caller may see its entries. */
export async function readingsOf(tx: ReadTx, caseId: CaseId, kinds: readonly string[]) {
  return tx.db
    .selectFrom('audit.entry as entry')
    .select(({ fn }) => [
      doneBy.as('account'),
      'entry.kind',
      fn.countAll<number>().as('times'),
      fn.min('entry.at').as('first_at'),
      fn.max('entry.at').as('last_at'),
    ])
    .where('entry.case_id', '=', caseId)
    .where('entry.kind', 'in', [...kinds])
    .where(doneBy, 'is not', null)
    .groupBy([doneBy, 'entry.kind'])
    .execute()
}

/** Takes at most `limit` waiting entries, oldest first, for this transaction alone. */
export async function takeWaiting(
  tx: Tx,
  limit: number,
): Promise<readonly { entry_id: EntryId; body: string }[]> {
  const taken = await tx.db
    .selectFrom('audit.waiting')
    .select('entry_id')
    .orderBy('position')
    .limit(limit)
    .execute()
  if (taken.length === 0) return []
  const chosen = taken.map(row => row.entry_id)
  const bodies = await tx.db
    .selectFrom('audit.entry')
    .select(['id', 'body'])
    .where('id', 'in', chosen)
    .execute()
  const byId = new Map(bodies.map(row => [row.id, row.body]))
  await tx.db.deleteFrom('audit.waiting').where('entry_id', 'in', chosen).execute()
  return chosen.map(id => ({ entry_id: id, body: byId.get(id)! }))
}

export async function addLeaves(
  tx: Tx,
  leaves: readonly { tree_index: number; entry_id: EntryId; leaf_hash: Buffer }[],
): Promise<void> {
  await tx.db
    .insertInto('audit.leaf')
    .values([...leaves])
    .execute()
}

export async function edge(tx: ReadTx): Promise<{ size: number; hashes: string } | undefined> {
  return tx.db.selectFrom('audit.edge').select(['size', 'hashes']).executeTakeFirst()
}

export async function keepEdge(tx: Tx, size: number, hashes: string): Promise<void> {
  await tx.db
    .insertInto('audit.edge')
    .values({ only_row: true, size, hashes })
    .onConflict(conflict => conflict.column('only_row').doUpdateSet({ size, hashes }))
    .execute()
}

export async function addCheckpoint(
  tx: Tx,
  checkpoint: { size: number; note: string; at: Date },
): Promise<void> {
  await tx.db.insertInto('audit.checkpoint').values(checkpoint).execute()
}

export async function latestCheckpoint(tx: ReadTx): Promise<{ size: number; note: string } | undefined> {
  return tx.db
    .selectFrom('audit.checkpoint')
    .select(['size', 'note'])
    .orderBy('size', 'desc')
    .limit(1)
    .executeTakeFirst()
}

export async function countWaiting(tx: ReadTx): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from audit.waiting`.execute(
    tx.db as never,
  )
  return rows[0]?.count ?? 0
}

export async function leafOf(tx: ReadTx, entry: EntryId) {
  return tx.db
    .selectFrom('audit.entry as entry')
    .leftJoin('audit.leaf as leaf', 'leaf.entry_id', 'entry.id')
    .select(['entry.body', 'leaf.tree_index'])
    .where('entry.id', '=', entry)
    .executeTakeFirst()
}

/** Hashes of the leaves from `from` up to but not including `to`. */
export async function leafHashes(tx: ReadTx, from: number, to: number): Promise<readonly Uint8Array[]> {
  if (from >= to) return []
  const rows = await tx.db
    .selectFrom('audit.leaf')
    .select('leaf_hash')
    .where('tree_index', '>=', from)
    .where('tree_index', '<', to)
    .orderBy('tree_index')
    .execute()
  return rows.map(row => row.leaf_hash)
}

export async function addTiles(
  tx: Tx,
  tiles: readonly { tile_index: number; root: Buffer }[],
): Promise<void> {
  if (tiles.length === 0) return
  await tx.db
    .insertInto('audit.tile')
    .values([...tiles])
    .execute()
}

/** Roots of the complete tiles from `from` up to but not including `to`. */
export async function tileRoots(tx: ReadTx, from: number, to: number): Promise<readonly Uint8Array[]> {
  if (from >= to) return []
  const rows = await tx.db
    .selectFrom('audit.tile')
    .select('root')
    .where('tile_index', '>=', from)
    .where('tile_index', '<', to)
    .orderBy('tile_index')
    .execute()
  return rows.map(row => row.root)
}

/** Sequenced entries from `from` up to but not including `to`, in tree order. */
export async function entriesBetween(tx: ReadTx, from: number, to: number) {
  return tx.db
    .selectFrom('audit.leaf as leaf')
    .innerJoin('audit.entry as entry', 'entry.id', 'leaf.entry_id')
    .select(['leaf.tree_index', 'leaf.leaf_hash', 'entry.body', 'entry.case_id'])
    .where('leaf.tree_index', '>=', from)
    .where('leaf.tree_index', '<', to)
    .orderBy('leaf.tree_index')
    .execute()
}

export async function checkpointsBetween(tx: ReadTx, above: number, upTo: number) {
  return tx.db
    .selectFrom('audit.checkpoint')
    .select(['size', 'note'])
    .where('size', '>', above)
    .where('size', '<=', upTo)
    .orderBy('size')
    .execute()
}
