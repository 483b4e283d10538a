/**
 * The rows of the database as text, the same on PostgreSQL and its embedded twin: every value in the form in
 * which PostgreSQL itself writes and reads it, so that nothing is rounded or lost on the way.
 *
 * @module
 */
import type { PoolClient } from 'pg'
import { z } from 'zod'
import { boundRole } from './database.ts'

export const DumpedTable = z.object({
  schema: z.string(),
  table: z.string(),
  columns: z.array(z.string()).min(1),
})
export type DumpedTable = z.infer<typeof DumpedTable>

/** One piece of an archive: pieces of one thing have one folder and follow each other. */
export interface Part {
  readonly name: string
  readonly bytes: Uint8Array
}

// Of pg-boss only what is asked for and not yet done; its own bookkeeping is made anew.
const jobTables = ['queue', 'job', 'schedule', 'subscription', 'job_dependency']
// Written by the migrations themselves.
const ownTables = ['platform.migration']

/** The schemas of the product: those that the bound role may enter. */
const ourSchemas = `select oid from pg_namespace where nspname <> 'public' and nspname !~ '^(pg_|information_schema)'
  and has_schema_privilege('${boundRole}', oid, 'usage')`

/** Every table of the product, those that others point to first, with the columns that can be written. */
export async function tablesOf(client: PoolClient): Promise<readonly DumpedTable[]> {
  const { rows } = await client.query<DumpedTable & { oid: string; parents: string[] }>(
    `select c.oid::text as oid, n.nspname as schema, c.relname as table,
        (select array_agg(a.attname::text order by a.attnum) from pg_attribute a
          where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
        array(select distinct f.confrelid::text from pg_constraint f
          where f.conrelid = c.oid and f.contype = 'f' and f.confrelid <> c.oid) as parents
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and not c.relispartition and n.oid in (${ourSchemas})
        and (n.nspname <> 'pgboss' or c.relname = any($1))
        and n.nspname || '.' || c.relname <> all($2)
      order by 2, 3`,
    [jobTables, ownTables],
  )
  const ordered: DumpedTable[] = []
  const placed = new Set<string>()
  const known = new Set(rows.map(row => row.oid))
  for (let left = rows; left.length > 0;) {
    const ready = left.filter(row => row.parents.every(parent => placed.has(parent) || !known.has(parent)))
    // Tables that point at each other in a circle have no first one; then their order must do.
    const next = ready.length > 0 ? ready : left
    for (const { oid, schema, table, columns } of next) {
      placed.add(oid)
      ordered.push({ schema, table, columns })
    }
    left = left.filter(row => !placed.has(row.oid))
  }
  return ordered
}

const rowsAtOnce = 200
const partBytes = 1024 * 1024

/** All rows of a table, by a cursor, as JSON objects of texts, one a line. */
export async function* rowsOf(client: PoolClient, dumped: DumpedTable): AsyncGenerator<Part, number> {
  const { schema, table, columns } = dumped
  const texts = columns.map(column => `${quote(column)}::text as ${quote(column)}`).join(', ')
  await client.query(
    `declare dumped no scroll cursor for select row_to_json(r)::text as line from (select ${texts} from ${quote(schema)}.${quote(table)}) r`,
  )
  let held: string[] = []
  let heldBytes = 0
  let part = 0
  let count = 0
  const take = (): Part => {
    const bytes = Buffer.from(held.join(''))
    held = []
    heldBytes = 0
    part += 1
    return { name: `tables/${schema}.${table}/${String(part).padStart(6, '0')}.ndjson`, bytes }
  }
  while (true) {
    const { rows } = await client.query<{ line: string }>(`fetch ${rowsAtOnce} from dumped`)
    for (const { line } of rows) {
      held.push(`${line}\n`)
      heldBytes += line.length
    }
    count += rows.length
    if (heldBytes >= partBytes) yield take()
    if (rows.length < rowsAtOnce) break
  }
  if (held.length > 0) yield take()
  await client.query('close dumped')
  return count
}

export const Sequence = z.object({
  schema: z.string(),
  sequence: z.string(),
  last: z.string().regex(/^-?\d+$/),
})
export type Sequence = z.infer<typeof Sequence>

/** Where every sequence of the product stands; one that was never asked is left out. */
export async function sequencesOf(client: PoolClient): Promise<readonly Sequence[]> {
  const { rows } = await client.query<Sequence>(
    `select schemaname as schema, sequencename as sequence, last_value::text as last from pg_sequences
      where last_value is not null and schemaname::text in (select nspname from pg_namespace where oid in (${ourSchemas}))
        and schemaname <> 'pgboss' order by 1, 2`,
  )
  return rows
}

/** Texts mean the same on every machine. */
export const fixedForms = `set local timezone = 'UTC'; set local datestyle = 'ISO, YMD'; set local intervalstyle = 'postgres';
  set local bytea_output = 'hex'; set local extra_float_digits = 1`

/** Adds the rows of one part to its table. */
export async function addRows(
  client: PoolClient,
  dumped: DumpedTable,
  types: ReadonlyMap<string, string>,
  part: Uint8Array,
): Promise<number> {
  const lines = Buffer.from(part).toString().trimEnd().split('\n')
  const names = dumped.columns.map(quote).join(', ')
  const values = dumped.columns.map(column => {
    const type = types.get(column)
    if (type === undefined)
      throw new Error(`The table ${dumped.schema}.${dumped.table} has no column ${column}.`)
    return `(r ->> '${column.replaceAll("'", "''")}')::${type}`
  })
  const { rowCount } = await client.query(
    `insert into ${quote(dumped.schema)}.${quote(dumped.table)} (${names}) overriding system value
      select ${values.join(', ')} from json_array_elements($1::json) r`,
    [`[${lines.join(',')}]`],
  )
  return rowCount ?? 0
}

/** The type of every column of a table, as it is written in SQL. */
export async function typesOf(client: PoolClient, dumped: DumpedTable): Promise<ReadonlyMap<string, string>> {
  const { rows } = await client.query<{ name: string; type: string }>(
    `select attname::text as name, format_type(atttypid, atttypmod) as type from pg_attribute
      where attrelid = to_regclass($1) and attnum > 0 and not attisdropped`,
    [`${quote(dumped.schema)}.${quote(dumped.table)}`],
  )
  return new Map(rows.map(row => [row.name, row.type]))
}

export const quote = (name: string) => `"${name.replaceAll('"', '""')}"`
