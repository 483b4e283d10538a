/**
 * The way back from a backup: into an empty data folder, or an empty database. All of it, or nothing: what a
 * failed restore has begun is taken away again.
 *
 * @module
 */
import { existsSync } from 'node:fs'
import { mkdir, open as openFile, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { NotOpened, openWithPassphrase } from '@jikimi/seal'
import type { PoolClient } from 'pg'
import { extract } from 'tar-stream'
import { Manifest, Opening } from './backup.ts'
import type { Config } from './config.ts'
import { openDatabase, type Database } from './database.ts'
import { addRows, fixedForms, quote, typesOf, type DumpedTable, type Part } from './dump.ts'
import { wireJobs } from './jobs.ts'
import { bindKeys, keyFileName, openKeys, type Keys } from './keys.ts'
import { openLog } from './log.ts'
import { migrate, type Migration } from './migrations.ts'
import { openObjects, type ObjectStore } from './objects.ts'
import { bindSupportKeys, openSupportKeys, supportKeyFile } from './support-keys.ts'
import type { Clock } from './time.ts'

export type RestoreStep = 'opened' | 'rows' | 'objects' | 'checked' | 'moved'

export interface Restored {
  readonly madeAt: string
  readonly tables: number
  readonly rows: number
  readonly objects: number
}

export type NotRestoredReason = 'notEmpty' | 'passphrase' | 'damaged' | 'newer' | 'differs'

const sentences = {
  notEmpty: 'The place is not empty. A backup is restored into an empty data folder and an empty database.',
  passphrase: 'The passphrase does not open this backup.',
  damaged: 'The file is not a whole backup of Jikimi. Nothing was restored.',
  newer: 'The backup was made by a newer version. Restore it with that version.',
  differs: 'What was restored is not what the backup says it held. Nothing was kept.',
} as const satisfies Record<NotRestoredReason, string>

/** A restore that did not happen; nothing of it is left. */
export class NotRestored extends Error {
  override readonly name = 'NotRestored'
  readonly reason: NotRestoredReason

  constructor(reason: NotRestoredReason, cause?: unknown) {
    super(sentences[reason], { cause })
    this.reason = reason
  }
}

export interface RestoreFrom {
  readonly file: AsyncIterable<Uint8Array>
  readonly passphrase: string
  readonly config: Config
  readonly clock: Clock
  readonly migrations: readonly Migration[]
  /** Looks at what was restored before it is kept, and throws where it is not sound. */
  readonly check: (database: Database, keys: Keys, manifest: Manifest) => Promise<void>
  readonly onStep?: (step: RestoreStep) => void
}

/** Restores a backup. @throws NotRestored */
export async function restore(from: RestoreFrom): Promise<Restored> {
  const { dataFolder } = from.config
  await demandEmptyFolder(dataFolder)
  demandNoSupportKey(from.config)
  const staging = `${dataFolder}.restoring`
  // What an interrupted restore left behind was never a data folder.
  await rm(staging, { recursive: true, force: true })
  await mkdir(staging, { recursive: true, mode: 0o700 })
  try {
    const restored = await restoreInto(staging, from)
    const takeKeyBack = await moveSupportKey(staging, from.config)
    await moveInto(staging, dataFolder).catch(async (error: unknown) => {
      await takeKeyBack()
      throw error
    })
    from.onStep?.('moved')
    return restored
  } catch (error) {
    throw error instanceof NotOpened ? notRestored(error) : error
  } finally {
    await rm(staging, { recursive: true, force: true })
  }
}

function notRestored(error: NotOpened): NotRestored {
  return new NotRestored(error.reason === 'noKey' ? 'passphrase' : 'damaged', error)
}

/** A key of the support room that lies elsewhere already is another installation's. */
function demandNoSupportKey({ supportKeysFolder }: Config): void {
  if (existsSync(join(supportKeysFolder, supportKeyFile))) throw new NotRestored('notEmpty')
}

/** Where the settings keep the support room's key apart, it goes there. Returns how to take it away again. */
async function moveSupportKey(
  staging: string,
  { dataFolder, supportKeysFolder }: Config,
): Promise<() => Promise<void>> {
  const from = join(staging, 'keys', supportKeyFile)
  if (supportKeysFolder === join(dataFolder, 'keys') || !existsSync(from)) return async () => {}
  await mkdir(supportKeysFolder, { recursive: true, mode: 0o700 })
  const bytes = await readFile(from)
  await writeKey(join(supportKeysFolder, supportKeyFile), { name: supportKeyFile, bytes })
  await rm(from)
  return () => rm(join(supportKeysFolder, supportKeyFile), { force: true })
}

/** The settings file may lie there already; nothing else. */
async function demandEmptyFolder(folder: string): Promise<void> {
  const found = existsSync(folder) ? await readdir(folder) : []
  if (found.some(name => name !== 'jikimi.json')) throw new NotRestored('notEmpty')
}

async function restoreInto(staging: string, from: RestoreFrom): Promise<Restored> {
  const parts = tarParts(from)
  const opening = await openingOf(parts, from.migrations)
  from.onStep?.('opened')
  const { databaseUrl, dataFolder, objects } = from.config
  const database = await openDatabase({ url: databaseUrl, folder: staging, clock: from.clock })
  // Objects beside the data folder go to their place at once: their names say what they are.
  const isWithin = objects.startsWith(`${dataFolder}/`)
  const store = await openObjects(isWithin ? join(staging, objects.slice(dataFolder.length)) : objects)
  let isEmpty = false
  try {
    isEmpty = await isEmptyDatabase(database)
    if (!isEmpty) throw new NotRestored('notEmpty')
    const rows = await restoreRows(database, opening, parts, from)
    from.onStep?.('rows')
    await restoreKeys(staging, parts)
    const stored = await restoreObjects(store, parts)
    from.onStep?.('objects')
    const manifest = await manifestOf(parts)
    await compare(database, manifest, { rows, objects: stored })
    const keys = await openKeys(staging)
    await bindKeys(database.pool, keys)
    // A backup from before the room had a key holds none: then nothing was sealed to it, and the next start makes one.
    if (existsSync(join(staging, 'keys', supportKeyFile)))
      await bindSupportKeys(database.pool, await openSupportKeys(join(staging, 'keys')))
    await from.check(database, keys, manifest)
    from.onStep?.('checked')
    const sum = Object.values(rows).reduce((total, count) => total + count, 0)
    return { madeAt: opening.madeAt, tables: opening.tables.length, rows: sum, objects: stored }
  } catch (error) {
    if (isEmpty && databaseUrl !== undefined) await dropSchemas(database)
    throw error
  } finally {
    await parts.close()
    await database.close()
  }
}

interface Parts {
  /** The next part, without taking it. */
  peek(): Promise<Part | undefined>
  take(): Promise<Part>
  close(): Promise<void>
}

function tarParts(from: RestoreFrom): Parts {
  const reader = readTar(openWithPassphrase(from.file, from.passphrase))[Symbol.asyncIterator]()
  let ahead: Part | undefined
  const peek = async () => {
    if (ahead !== undefined) return ahead
    const next = await reader.next()
    ahead = next.done === true ? undefined : next.value
    return ahead
  }
  return {
    peek,
    async take() {
      const part = await peek()
      ahead = undefined
      if (part === undefined) throw new NotRestored('damaged')
      return part
    },
    async close() {
      await reader.return(undefined)
    },
  }
}

// Parts are cut at 1 and 4 MiB; one row may be longer.
const partBytesMax = 256 * 1024 * 1024

async function* readTar(source: AsyncIterable<Uint8Array>): AsyncGenerator<Part> {
  const tar = extract()
  const feeding = (async () => {
    for await (const bytes of source) {
      if (!tar.write(bytes)) await new Promise<void>(resolve => void tar.once('drain', () => resolve()))
    }
    tar.end(undefined)
  })().catch((error: unknown) => tar.destroy(error as Error))
  try {
    for await (const entry of tar) {
      if ((entry.header.size ?? 0) > partBytesMax) throw new NotRestored('damaged')
      const pieces = await Array.fromAsync(entry as AsyncIterable<Uint8Array>)
      yield { name: entry.header.name, bytes: Buffer.concat(pieces) }
    }
    await feeding
  } finally {
    tar.destroy()
  }
}

async function openingOf(parts: Parts, migrations: readonly Migration[]): Promise<Opening> {
  const part = await parts.take()
  const read = part.name === 'backup.json' ? Opening.safeParse(parseJson(part.bytes)) : undefined
  if (read?.success !== true) throw new NotRestored('damaged')
  const known = new Map(migrations.map(each => [each.name, each.sha256]))
  if (read.data.migrations.some(each => known.get(each.name) !== each.sha256)) throw new NotRestored('newer')
  return read.data
}

async function isEmptyDatabase(database: Database): Promise<boolean> {
  const { rows } = await database.pool.query<{ found: boolean }>(
    `select exists (select from pg_namespace where nspname in ('platform', 'pgboss')) as found`,
  )
  return rows[0]?.found === false
}

/** The schema as it was when the backup was made; the next start brings it up to date. */
async function restoreRows(
  database: Database,
  opening: Opening,
  parts: Parts,
  from: RestoreFrom,
): Promise<Record<string, number>> {
  const names = new Set(opening.migrations.map(each => each.name))
  await migrate(
    database.pool,
    from.migrations.filter(each => names.has(each.name)),
  )
  const boss = await wireJobs(database, { procedure: [], clocks: [], jobs: [] }, openLog('silent'))
  await boss.stop({ graceful: false })
  const client = await database.pool.connect()
  try {
    await client.query('begin')
    await client.query(fixedForms)
    const enforce = await suspendTriggers(client, opening.tables)
    await client.query(`truncate ${opening.tables.map(nameOf).join(', ')} cascade`)
    const rows = Object.fromEntries(opening.tables.map(table => [keyOf(table), 0]))
    for (const table of opening.tables) {
      const types = await typesOf(client, table)
      const folder = `tables/${keyOf(table)}/`
      for await (const bytes of piecesOf(parts, folder))
        rows[keyOf(table)]! += await addRows(client, table, types, bytes)
    }
    // Nobody works on these any more.
    await client.query(
      `update pgboss.job set state = 'retry', started_on = null, start_after = now() where state = 'active'`,
    )
    await enforce()
    await client.query('commit')
    return rows
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  } finally {
    client.release()
  }
}

/** Triggers have done their work when the rows were first written. Only a superuser may set them aside at once. */
async function suspendTriggers(
  client: PoolClient,
  tables: readonly DumpedTable[],
): Promise<() => Promise<void>> {
  const { rows } = await client.query<{ may: boolean }>(
    'select rolsuper as may from pg_roles where rolname = current_user',
  )
  if (rows[0]?.may === true) {
    await client.query('set local session_replication_role = replica')
    return async () => {
      await client.query('set local session_replication_role = origin')
    }
  }
  const each = async (verb: 'disable' | 'enable') => {
    for (const table of tables) await client.query(`alter table ${nameOf(table)} ${verb} trigger user`)
  }
  await each('disable')
  return () => each('enable')
}

async function restoreKeys(staging: string, parts: Parts): Promise<void> {
  const part = await parts.take()
  if (part.name !== `keys/${keyFileName}`) throw new NotRestored('damaged')
  await mkdir(join(staging, 'keys'), { mode: 0o700 })
  await writeKey(join(staging, 'keys', keyFileName), part)
  if ((await parts.peek())?.name === `keys/${supportKeyFile}`)
    await writeKey(join(staging, 'keys', supportKeyFile), await parts.take())
}

async function writeKey(path: string, part: Part): Promise<void> {
  const file = await openFile(path, 'wx', 0o600)
  try {
    await file.writeFile(part.bytes)
    await file.sync()
  } finally {
    await file.close()
  }
}

async function restoreObjects(store: ObjectStore, parts: Parts): Promise<number> {
  let count = 0
  for (let next = await parts.peek(); next?.name.startsWith('objects/'); next = await parts.peek()) {
    const folder = next.name.slice(0, next.name.lastIndexOf('/') + 1)
    const { name } = await store.put(piecesOf(parts, folder))
    if (`objects/${name}/` !== folder) throw new NotRestored('damaged')
    count += 1
  }
  return count
}

async function* piecesOf(parts: Parts, folder: string): AsyncGenerator<Uint8Array> {
  const isNext = async () => (await parts.peek())?.name.startsWith(folder) === true
  while (await isNext()) yield (await parts.take()).bytes
}

async function manifestOf(parts: Parts): Promise<Manifest> {
  const part = await parts.take()
  const read = part.name === 'manifest.json' ? Manifest.safeParse(parseJson(part.bytes)) : undefined
  // The file must end here, and the seal must agree that it does.
  if (read?.success !== true || (await parts.peek()) !== undefined) throw new NotRestored('damaged')
  return read.data
}

async function compare(
  database: Database,
  manifest: Manifest,
  restored: { rows: Record<string, number>; objects: number },
): Promise<void> {
  for (const { schema, sequence, last } of manifest.sequences) {
    await database.pool.query('select setval(to_regclass($1), $2::bigint)', [
      `${quote(schema)}.${quote(sequence)}`,
      last,
    ])
  }
  for (const [name, count] of Object.entries(manifest.rows)) {
    const [schema = '', table = ''] = name.split('.')
    const { rows } = await database.pool.query<{ count: number }>(
      `select count(*) as count from ${quote(schema)}.${quote(table)}`,
    )
    if (rows[0]?.count !== count || restored.rows[name] !== count) throw new NotRestored('differs')
  }
  if (restored.objects !== manifest.objects) throw new NotRestored('differs')
}

async function dropSchemas(database: Database): Promise<void> {
  const { rows } = await database.pool.query<{ name: string }>(
    `select nspname::text as name from pg_namespace where nspname <> 'public' and nspname !~ '^(pg_|information_schema)'`,
  )
  for (const { name } of rows) await database.pool.query(`drop schema ${quote(name)} cascade`)
}

/** The database last: with it the folder becomes one that a start accepts. */
async function moveInto(staging: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const names = (await readdir(staging)).filter(name => name !== 'lock')
  for (const name of names.toSorted(
    (one, other) => Number(one === 'database') - Number(other === 'database'),
  ))
    await rename(join(staging, name), join(folder, name))
  const shelf = await openFile(folder, 'r')
  try {
    await shelf.sync()
  } finally {
    await shelf.close()
  }
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString())
  } catch {
    return undefined
  }
}

const keyOf = (table: DumpedTable) => `${table.schema}.${table.table}`
const nameOf = (table: DumpedTable) => `${quote(table.schema)}.${quote(table.table)}`
