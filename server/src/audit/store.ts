import { sql } from 'kysely'
import type { Generated } from 'kysely'
import type { ReadTx, Tx } from '#platform/database'
import type { CaseId, EntryId } from '#platform/ids'

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

/** The newest entries that belong to no case: sign-ins, rights, operations. */
export async function entriesOfNoCase(tx: ReadTx, options: { limit: number; before: EntryId | undefined }) {
  let query = tx.db
    .selectFrom('audit.entry as entry')
    .leftJoin('audit.leaf as leaf', 'leaf.entry_id', 'entry.id')
    .select(['entry.id', 'entry.at', 'entry.kind', 'entry.body', 'leaf.tree_index'])
    .where('entry.case_id', 'is', null)
    .orderBy('entry.id', 'desc')
    .limit(options.limit)
  if (options.before !== undefined) query = query.where('entry.id', '<', options.before)
  return query.execute()
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
    .select(['leaf.tree_index', 'entry.body'])
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
