import type { Trial } from './trial.ts'

/** Every row of every table as text, as somebody with the bare database would read them; bytes as hex. */
export async function databaseAsText({ database }: Pick<Trial, 'database'>): Promise<string> {
  const { rows: tables } = await database.pool.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname not in ('pg_catalog', 'information_schema')`,
  )
  const texts: string[] = []
  for (const { name } of tables) {
    const { rows } = await database.pool.query<{ line: string }>(`select t::text as line from ${name} t`)
    texts.push(...rows.map(row => row.line))
  }
  return texts.join('\n')
}
