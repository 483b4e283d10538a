/**
 * The embedded PostgreSQL (PGlite) with the durability it lacks out of the box: it starts PostgreSQL with
 * fsync off, and the file system layer beneath it has no fsync at all (seen by strace: no call). Here each
 * WAL flush becomes a real fsync, so that what was acknowledged survives a power cut.
 *
 * @module
 */
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { NodeFS } from '@electric-sql/pglite/nodefs'
import { createPgConfig } from '@electric-sql/pglite/node-postgres'
import { Pool, type PoolConfig } from 'pg'

let syncs = 0
/** Real fsync calls made by the embedded database in this process: a test counts them. */
export const syncCount = () => syncs

interface NodeStream {
  readonly nfd?: number
}
interface NodeMount {
  readonly stream_ops: { fsync?: (stream: NodeStream) => number }
}

class DurableFiles extends NodeFS {
  override async init(...[pg, options]: Parameters<NodeFS['init']>): ReturnType<NodeFS['init']> {
    const prepared = await super.init(pg, options)
    const addSync = (module: object) => {
      const mount = (module as { NODEFS: NodeMount }).NODEFS
      mount.stream_ops.fsync = stream => {
        if (stream.nfd !== undefined) {
          fsyncSync(stream.nfd)
          syncs += 1
        }
        return 0
      }
    }
    prepared.emscriptenOpts.preRun = [addSync, ...(prepared.emscriptenOpts.preRun ?? [])]
    return prepared
  }
}

/** PGlite's own parameters without `-F`, and with the one flush method that reaches our fsync. */
function durableParams(): string[] {
  return [...PGlite.defaultStartParams.filter(param => param !== '-F'), '-c', 'wal_sync_method=fsync']
}

/**
 * Opens the embedded database in `folder`, making it on the first start. One connection only: inside a
 * transaction a second one would wait for ever.
 * @throws Error when another process has the folder open
 */
export async function openEmbedded(folder: string): Promise<{ pool: Pool; close: () => Promise<void> }> {
  // It holds names and messages: for its owner alone.
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const release = lockFolder(folder)
  const files = join(folder, 'database')
  const isFirst = !existsSync(join(files, 'PG_VERSION'))
  // A first start that was killed half-way left no PG_VERSION at its end; begin again.
  if (isFirst) rmSync(files, { recursive: true, force: true })
  const pglite = await PGlite.create({ fs: new DurableFiles(files), startParams: durableParams() })
  if (isFirst) syncTree(folder)
  const pool = poolOver(pglite)
  const close = async () => {
    await pool.end()
    await pglite.close()
    release()
  }
  return { pool, close }
}

/** An embedded database in memory, from a dumped template where one is given: for tests. */
export async function openInMemory(template?: Blob): Promise<PGlite> {
  return PGlite.create(template === undefined ? {} : { loadDataDir: template })
}

/** A pool of one connection, the only one that an embedded database has. */
export function poolOver(pglite: PGlite): Pool {
  return new Pool({
    ...(createPgConfig(pglite) as unknown as PoolConfig),
    max: 1,
    idleTimeoutMillis: 0,
  })
}

/** Syncs every file and folder once: initialisation writes without fsync. */
function syncTree(folder: string): void {
  for (const found of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, found.name)
    if (found.isDirectory()) syncTree(path)
    else if (found.isFile()) syncPath(path)
  }
  syncPath(folder)
}

function syncPath(path: string): void {
  const file = openSync(path, 'r')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/**
 * Keeps a second process out of the folder: two embedded databases over one folder destroy it. The lock
 * names its owner by process id and start time, so that a lock left by kill -9 is recognised as stale.
 */
function lockFolder(folder: string): () => void {
  const path = join(folder, 'lock')
  if (existsSync(path)) {
    const owner = readFileSync(path, 'utf8')
    const [pid] = owner.split(' ')
    if (pid !== undefined && pid !== String(process.pid) && ownerLine(Number(pid)) === owner) {
      throw new Error(
        'Another process of Jikimi has this data folder open. Stop it first, or choose another JIKIMI_DATA.',
      )
    }
  }
  writeFileSync(path, ownerLine(process.pid) ?? `${process.pid} `)
  return () => rmSync(path, { force: true })
}

/** `PID STARTED` of a living process, or undefined. The start time is field 22 of /proc/PID/stat (proc(5)). */
function ownerLine(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return `${pid} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''}`
  } catch {
    return isAlive(pid) ? `${pid} ` : undefined
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
