/**
 * The backup: one file, made while the product runs, sealed under a passphrase with age. Inside is a tar that
 * any tool opens: what the database held at one moment, the sealed objects, the keys, and a list of it all.
 *
 * @module
 */
import { randomBytes } from 'node:crypto'
import { open as openFile, readFile, unlink, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { newCourtIdentity, open, recipientOf, seal, sealWithPassphrase } from '@jikimi/seal'
import type { PoolClient } from 'pg'
import { pack, type Pack } from 'tar-stream'
import { z } from 'zod'
import type { Database } from './database.ts'
import { DumpedTable, fixedForms, rowsOf, Sequence, sequencesOf, tablesOf, type Part } from './dump.ts'
import { keyFileName } from './keys.ts'
import { supportKeyFile } from './support-keys.ts'
import type { World } from './world.ts'

export const backupFormat = 'jikimi.backup/1'

/** The first piece: what the rest is. */
export const Opening = z.object({
  format: z.literal(backupFormat),
  madeAt: z.iso.datetime(),
  migrations: z.array(z.object({ name: z.string(), sha256: z.string() })),
  tables: z.array(DumpedTable),
})

/** The last piece: what must be there once all is restored. */
export const Manifest = z.object({
  rows: z.record(z.string(), z.number().int()),
  sequences: z.array(Sequence),
  objects: z.number().int(),
  /** The log's newest signed checkpoint at that moment. */
  checkpoint: z.string().nullable(),
})
export type Manifest = z.infer<typeof Manifest>

export type Opening = z.infer<typeof Opening>

export interface BackupOf {
  readonly database: Database
  readonly world: World
  /** Reads the newest checkpoint of the log in the backup's own transaction. */
  readonly checkpointIn: (client: PoolClient) => Promise<string | null>
}

/**
 * Makes a backup, as a stream of sealed bytes. The database is read in one transaction that does not wait for
 * the reader: its rows go to a spool first, sealed under a key that only this process knows. On the embedded
 * database, which has one connection, everybody else waits for that long (about a second for 50,000 rows);
 * on PostgreSQL nobody does.
 */
export async function* backup(of: BackupOf, passphrase: string, cost?: number): AsyncGenerator<Uint8Array> {
  const options = cost === undefined ? {} : { cost }
  yield* sealWithPassphrase(tarOf(partsOf(of)), passphrase, options)
}

async function* partsOf(of: BackupOf): AsyncGenerator<Part> {
  await using spool = await openSpool(of.world.config.dataFolder)
  const snapshot = await takeSnapshot(of, spool)
  yield* spool.parts()
  const keys = await readFile(join(of.world.config.dataFolder, 'keys', keyFileName))
  yield { name: `keys/${keyFileName}`, bytes: keys }
  const supportKey = await readFile(join(of.world.config.supportKeysFolder, supportKeyFile))
  yield { name: `keys/${supportKeyFile}`, bytes: supportKey }
  let objects = 0
  for await (const name of of.world.objects.names()) {
    yield* inParts(`objects/${name}`, await of.world.objects.get(name))
    objects += 1
  }
  const manifest: Manifest = { ...snapshot, objects }
  yield { name: 'manifest.json', bytes: Buffer.from(JSON.stringify(manifest)) }
}

/** Reads all tables at one moment into the spool. */
async function takeSnapshot(of: BackupOf, spool: Spool): Promise<Omit<Manifest, 'objects'>> {
  const client = await of.database.pool.connect()
  try {
    await client.query('begin isolation level repeatable read read only')
    await client.query(fixedForms)
    const tables = await tablesOf(client)
    const rows: Record<string, number> = {}
    await spool.fill(
      (async function* () {
        yield await opening(of, client, tables)
        for (const table of tables) rows[`${table.schema}.${table.table}`] = yield* rowsOf(client, table)
      })(),
    )
    const sequences = [...(await sequencesOf(client))]
    return { rows, sequences, checkpoint: await of.checkpointIn(client) }
  } finally {
    await client.query('rollback').catch(() => {})
    client.release()
  }
}

async function opening(of: BackupOf, client: PoolClient, tables: readonly DumpedTable[]): Promise<Part> {
  const { rows } = await client.query<{ name: string; sha256: string }>(
    'select name, sha256 from platform.migration order by name',
  )
  const text: z.infer<typeof Opening> = {
    format: backupFormat,
    madeAt: of.world.clock.now().toISOString(),
    migrations: rows,
    tables: [...tables],
  }
  return { name: 'backup.json', bytes: Buffer.from(JSON.stringify(text)) }
}

const partBytes = 4 * 1024 * 1024

/** A tar must know a size before the bytes; a stream does not. So it is cut into numbered parts. */
async function* inParts(folder: string, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Part> {
  let held: Uint8Array[] = []
  let heldBytes = 0
  let part = 0
  const take = (): Part => {
    part += 1
    const whole = Buffer.concat(held)
    held = []
    heldBytes = 0
    return { name: `${folder}/${String(part).padStart(6, '0')}`, bytes: whole }
  }
  for await (const piece of bytes) {
    held.push(piece)
    heldBytes += piece.byteLength
    if (heldBytes >= partBytes) yield take()
  }
  if (heldBytes > 0 || part === 0) yield take()
}

interface Spool extends AsyncDisposable {
  fill(parts: AsyncIterable<Part>): Promise<void>
  parts(): AsyncGenerator<Part>
}

/** A file without a name: gone when this process ends, however it ends, and unreadable without its memory. */
async function openSpool(folder: string): Promise<Spool> {
  const path = join(folder, `backup-${randomBytes(8).toString('hex')}.spool`)
  const file = await openFile(path, 'wx+', 0o600)
  await unlink(path)
  const identity = await newCourtIdentity()
  const recipient = await recipientOf(identity)
  return {
    async fill(parts) {
      for await (const sealed of seal(framed(parts), [recipient])) await file.appendFile(sealed)
    },
    parts: () => unframed(open(readAll(file), [identity])),
    [Symbol.asyncDispose]: () => file.close(),
  }
}

async function* readAll(file: FileHandle): AsyncGenerator<Uint8Array> {
  const size = 1024 * 1024
  for (let at = 0; ;) {
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(size), 0, size, at)
    if (bytesRead === 0) return
    at += bytesRead
    yield buffer.subarray(0, bytesRead)
  }
}

/** Each part as two lengths, its name, its bytes. */
async function* framed(parts: AsyncIterable<Part>): AsyncGenerator<Uint8Array> {
  for await (const { name, bytes } of parts) {
    const lengths = Buffer.alloc(8)
    lengths.writeUInt32BE(Buffer.byteLength(name), 0)
    lengths.writeUInt32BE(bytes.byteLength, 4)
    yield Buffer.concat([lengths, Buffer.from(name)])
    yield bytes
  }
}

async function* unframed(source: AsyncIterable<Uint8Array>): AsyncGenerator<Part> {
  let held = Buffer.alloc(0)
  for await (const piece of source) {
    held = Buffer.concat([held, piece])
    while (held.byteLength >= 8) {
      const nameEnd = 8 + held.readUInt32BE(0)
      const end = nameEnd + held.readUInt32BE(4)
      if (held.byteLength < end) break
      yield { name: held.toString('utf8', 8, nameEnd), bytes: held.subarray(nameEnd, end) }
      held = held.subarray(end)
    }
  }
}

async function* tarOf(parts: AsyncIterable<Part>): AsyncGenerator<Uint8Array> {
  const tar = pack()
  // A fault among the parts ends the tar with that fault, which its reader then meets.
  const feeding = feed(tar, parts).catch((error: unknown) => tar.destroy(error as Error))
  try {
    for await (const bytes of tar as AsyncIterable<Uint8Array>) yield bytes
  } finally {
    tar.destroy()
    await feeding
  }
}

async function feed(tar: Pack, parts: AsyncIterable<Part>): Promise<void> {
  const mtime = new Date(0)
  for await (const { name, bytes } of parts) {
    await new Promise<void>((resolve, reject) => {
      const entry = tar.entry({ name, size: bytes.byteLength, mode: 0o600, mtime }, error =>
        error ? reject(error) : resolve(),
      )
      entry.end(bytes)
    })
  }
  tar.finalize()
}
