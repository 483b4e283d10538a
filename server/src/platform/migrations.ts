/**
 * Migrations: plain SQL files of all rooms, in the order of their dates, each applied once in its own
 * transaction. An applied file that has changed since stops the start: the history of a schema is not edited.
 *
 * @module
 */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Pool } from 'pg'

export interface Migration {
  readonly name: string
  readonly text: string
  readonly sha256: string
}

/** All migration files under `sources`: `ROOM/migrations/DATE-NUMBER-NAME.sql`, ordered by date and number. */
export function migrationsIn(sources: string): readonly Migration[] {
  const found = readdirSync(sources, { withFileTypes: true })
    .filter(room => room.isDirectory())
    .flatMap(room => sqlFilesIn(join(sources, room.name, 'migrations')))
    .toSorted((one, other) => (basename(one) < basename(other) ? -1 : 1))
  return found.map(path => {
    const text = readFileSync(path, 'utf8')
    return { name: basename(path, '.sql'), text, sha256: createHash('sha256').update(text).digest('hex') }
  })
}

function sqlFilesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter(name => name.endsWith('.sql'))
      .map(name => join(folder, name))
  } catch {
    return []
  }
}

// Any number that no other program on the database takes: the letters of the product's name.
const lockNumber = 0x6a696b69

/**
 * Applies what is missing and returns how many that were. Several processes may start at once: one migrates,
 * the others wait.
 * @throws Error when an applied migration has changed, or the database is newer than this program
 */
export async function migrate(pool: Pool, migrations: readonly Migration[]): Promise<number> {
  const connection = await pool.connect()
  try {
    await connection.query(`select pg_advisory_lock(${lockNumber})`)
    await connection.query('create schema if not exists platform')
    await connection.query(`create table if not exists platform.migration (
      name text primary key, sha256 text not null, applied_at timestamptz not null default now())`)
    const { rows } = await connection.query<{ name: string; sha256: string }>(
      'select name, sha256 from platform.migration',
    )
    const applied = new Map(rows.map(row => [row.name, row.sha256]))
    refuseStrange(applied, migrations)
    const missing = migrations.filter(migration => !applied.has(migration.name))
    for (const migration of missing) {
      await connection.query('begin')
      try {
        await connection.query(migration.text)
        await connection.query('insert into platform.migration (name, sha256) values ($1, $2)', [
          migration.name,
          migration.sha256,
        ])
        await connection.query('commit')
      } catch (error) {
        await connection.query('rollback')
        throw new Error(`Migration ${migration.name} failed; nothing of it was kept.`, { cause: error })
      }
    }
    return missing.length
  } finally {
    await connection.query(`select pg_advisory_unlock(${lockNumber})`).catch(() => {})
    connection.release()
  }
}

function refuseStrange(applied: ReadonlyMap<string, string>, migrations: readonly Migration[]): void {
  const known = new Map(migrations.map(migration => [migration.name, migration.sha256]))
  for (const [name, sha256] of applied) {
    const ours = known.get(name)
    if (ours === undefined) {
      throw new Error(
        `The database has migration ${name}, which this version does not know. Start the newer version.`,
      )
    }
    if (ours !== sha256)
      throw new Error(`Migration ${name} has changed since it was applied. Restore the file as released.`)
  }
}
