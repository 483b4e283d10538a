import { fileURLToPath } from 'node:url'
import type { Pool } from 'pg'
import { expect, test } from 'vitest'
import { openInMemory } from '../server/src/platform/embedded-database.ts'
import { lender } from '../server/src/platform/trial-photograph.ts'
import { migrate, migrationsIn } from '../server/src/platform/migrations.ts'

const migrations = migrationsIn(fileURLToPath(new URL('../server/src/', import.meta.url)))
const lendEmpty = lender(() => openInMemory())

test('every table is bound by row-level security, whoever asks', async () => {
  const { pool, close } = await lendEmpty()
  await migrate(pool, migrations)
  const { rows } = await pool.query<{ name: string }>(`
    select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and not c.relrowsecurity
      and n.nspname not in ('pg_catalog', 'information_schema', 'platform')
      and exists (select from information_schema.role_table_grants g
        where g.table_schema = n.nspname and g.table_name = c.relname and g.grantee = 'jikimi_app')`)
  await close()
  expect(rows.map(row => row.name)).toEqual([])
})

test('a list over all cases asks once which of them the caller sees, not for each row', async () => {
  const { pool, close } = await lendEmpty()
  await migrate(pool, migrations)
  const plans = []
  for (const table of [
    'takedown.target',
    'matching.match',
    'blocking.block_order',
    'audit.entry',
    'cases.host',
    'support.promise',
    'support.counselling',
    'support.referral',
  ]) {
    const client = await pool.connect()
    await client.query('begin; set local role jikimi_app')
    const { rows } = await client.query<Record<string, string>>(`explain select * from ${table} limit 50`)
    await client.query('rollback')
    client.release()
    plans.push([table, rows.map(row => row['QUERY PLAN']).join('\n')] as const)
  }
  await close()
  for (const [table, plan] of plans) {
    expect(plan, table).toContain('hashed SubPlan')
    expect(plan, table).not.toMatch(/\bsees\(/)
  }
})

test('a database migrated in steps is the same as one migrated at once', async () => {
  const [atOnce, inSteps] = [await lendEmpty(), await lendEmpty()]
  await migrate(atOnce.pool, migrations)
  for (let count = 1; count <= migrations.length; count += 1)
    await migrate(inSteps.pool, migrations.slice(0, count))
  const shapes = await Promise.all([atOnce, inSteps].map(each => shapeOf(each.pool)))
  await atOnce.close()
  await inSteps.close()
  expect(shapes[1]).toEqual(shapes[0])
})

test('a migration that was changed after it was applied stops the start', async () => {
  const { pool, close } = await lendEmpty()
  await migrate(pool, migrations.slice(0, 1))
  const [first] = migrations
  const changed = [{ ...first!, sha256: '0'.repeat(64) }, ...migrations.slice(1)]
  await expect(migrate(pool, changed)).rejects.toThrow('has changed since it was applied')
  await close()
})

async function shapeOf(pool: Pool): Promise<unknown> {
  const { rows: columns } = await pool.query(`
    select table_schema, table_name, column_name, data_type, is_nullable, column_default
    from information_schema.columns where table_schema not in ('pg_catalog', 'information_schema') order by 1, 2, 3`)
  const { rows: policies } = await pool.query(
    'select schemaname, tablename, policyname, cmd, qual, with_check from pg_policies order by 1, 2, 3',
  )
  return { columns, policies }
}
