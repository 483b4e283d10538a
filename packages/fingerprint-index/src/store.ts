import { wordsOf, type Fingerprint } from '@jikimi/fingerprint'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { bandsOfBytes } from './bands.ts'
import type { Cipher } from './cipher.ts'
import { lockFolder } from './folder-lock.ts'
import {
  createIndex,
  parseHash,
  parseId,
  type Hit,
  type IndexOptions,
  type LiveIndex,
  type SearchOptions,
} from './live-index.ts'
import { append, openLog, readLog, type Change, type Log } from './log.ts'
import { readSnapshot, syncFolder, writeSnapshot } from './snapshot.ts'
import { StoreError } from './store-error.ts'

export { aes256Gcm } from './cipher.ts'
export type { Cipher } from './cipher.ts'
export { StoreError } from './store-error.ts'
export type { StoreRefusal } from './store-error.ts'

export interface StoreOptions extends IndexOptions {
  /** Hides what lies on disk; without it fingerprints lie there readable. */
  readonly cipher?: Cipher
  /** A log that long is folded into a snapshot by itself; 64 MiB where it is not said. */
  readonly logMaxBytes?: number
}

/** What opening found. */
export interface Opened {
  readonly snapshotRows: number
  readonly logChanges: number
  /** Bytes of a last group cut off: it was torn by a crash, and never acknowledged. */
  readonly cutBytes: number
}

interface Waiting {
  readonly changes: readonly Change[]
  readonly done: (removed: number) => void
  readonly failed: (error: unknown) => void
}

/**
 * Opens a folder of fingerprints, or begins one. One process at a time.
 * @throws StoreError `inUse`, `damaged`, `undecipherable`
 */
export async function open(folder: string, options: StoreOptions = {}): Promise<FingerprintStore> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const unlock = await lockFolder(folder)
  const index = createIndex(options)
  try {
    const names = await readdir(folder)
    // Of a snapshot that a crash left half made.
    for (const name of names.filter(each => each.endsWith('.tmp'))) await rm(join(folder, name))
    const snapshots = numbered(names, 'snapshot')
    const from = snapshots.at(-1)
    const logs = numbered(names, 'log').filter(number => number >= (from ?? 0))
    checkLogs(logs, from)
    const snapshotRows =
      from === undefined ? 0 : await readSnapshot(join(folder, `snapshot-${from}`), index, options.cipher)
    let logChanges = 0
    let end
    for (const number of logs) {
      const path = join(folder, `log-${number}`)
      end = await readLog(path, options.cipher, number === logs.at(-1), change => {
        logChanges++
        apply(index, change)
      })
    }
    const number = logs.at(-1) ?? 0
    const log = await openLog(join(folder, `log-${number}`), end)
    await syncFolder(folder)
    const found = { snapshotRows, logChanges, cutBytes: end?.cutBytes ?? 0 }
    return new FingerprintStore({ folder, options, index, log, number, opened: found, unlock })
  } catch (error) {
    index.close()
    await unlock()
    throw error
  }
}

/** A snapshot is followed by the log begun with it, and each log by the next. */
function checkLogs(logs: readonly number[], from: number | undefined): void {
  const isWhole = logs.every((number, i) => number === (from ?? 0) + i)
  if (!isWhole || (from !== undefined && logs.length === 0))
    throw new StoreError('damaged', 'A log is missing.')
}

function numbered(names: readonly string[], kind: 'snapshot' | 'log'): number[] {
  return names
    .flatMap(name => new RegExp(`^${kind}-(\\d+)$`).exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b)
}

function apply(index: LiveIndex, change: Change): number {
  if (change.kind === 'remove') return index.remove(change.id)
  index.addBands(change.id, bandsOfBytes(change.hash, 0))
  return 0
}

interface Parts {
  readonly folder: string
  readonly options: StoreOptions
  readonly index: LiveIndex
  readonly log: Log
  readonly number: number
  readonly opened: Opened
  readonly unlock: () => Promise<void>
}

/** A live index whose changes are durable before they are acknowledged. */
export class FingerprintStore {
  /** What opening found. */
  readonly opened: Opened
  readonly #folder: string
  readonly #options: StoreOptions
  readonly #index: LiveIndex
  readonly #unlock: () => Promise<void>
  #log: Log
  #number: number
  #waiting: Waiting[] = []
  #committing: Promise<void> | undefined
  #snapshotting: Promise<void> | undefined
  #failure: StoreError | undefined

  constructor({ folder, options, index, log, number, opened, unlock }: Parts) {
    this.#folder = folder
    this.#options = options
    this.#index = index
    this.#log = log
    this.#number = number
    this.opened = opened
    this.#unlock = unlock
  }

  /** The index in memory: for `share`, and to see its size. Change it through the store alone. */
  get index(): LiveIndex {
    return this.#index
  }

  get size(): number {
    return this.#index.size
  }

  /** Adds a fingerprint: durable and found when it returns. Calls made together share one fsync. */
  async add(id: bigint, hash: Fingerprint): Promise<void> {
    await this.#commit([{ kind: 'add', id: parseId(id), hash: bytesOf(parseHash(hash)) }])
  }

  /** Adds many as one group: ids, and 32 bytes of hash each in the order of the text. */
  async addMany(ids: BigUint64Array, hashes: Uint8Array): Promise<void> {
    if (hashes.length !== ids.length * 32) throw new RangeError('Each id needs 32 bytes of hash.')
    const adding = Array.from(ids, (id, i): Change => {
      return { kind: 'add', id, hash: hashes.subarray(i * 32, i * 32 + 32) }
    })
    await this.#commit(adding)
  }

  /** Takes out every fingerprint of an id: durable and gone when it returns. Gives how many there were. */
  remove(id: bigint): Promise<number> {
    return this.#commit([{ kind: 'remove', id: parseId(id) }])
  }

  search(hash: Fingerprint, options: SearchOptions = {}): Hit[] {
    return this.#index.search(hash, options)
  }

  searchMany(hashes: readonly Fingerprint[], options: SearchOptions = {}): Hit[][] {
    return this.#index.searchMany(hashes, options)
  }

  /** Folds the log into a new snapshot, beside changes and searches. Removed fingerprints leave the disk with it. */
  snapshot(): Promise<void> {
    this.#snapshotting ??= this.#makeSnapshot().finally(() => (this.#snapshotting = undefined))
    return this.#snapshotting
  }

  /** Waits for what was begun, and lets folder and memory go. */
  async close(): Promise<void> {
    if (this.#failure?.code === 'closed') return
    await this.#snapshotting?.catch(() => undefined)
    await this.#committing
    this.#failure = new StoreError('closed', 'The store is closed.')
    await this.#log.handle.close()
    this.#index.close()
    await this.#unlock()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }

  async #commit(changes: readonly Change[]): Promise<number> {
    if (this.#failure) throw this.#failure
    const committed = new Promise<number>((done, failed) => this.#waiting.push({ changes, done, failed }))
    this.#committing ??= this.#commitAll().finally(() => (this.#committing = undefined))
    return committed
  }

  /** One group after the other; what comes while one is written joins the next. */
  async #commitAll(): Promise<void> {
    await Promise.resolve() // those who call in the same turn join
    while (this.#waiting.length > 0) {
      const group = this.#waiting
      this.#waiting = []
      try {
        if (this.#failure) throw this.#failure
        await append(
          this.#log,
          group.flatMap(each => each.changes),
          this.#options.cipher,
        )
      } catch (cause) {
        // What the file holds now is not known: nothing more is written behind it.
        this.#failure ??= new StoreError('failed', 'A change could not be written. Open the store again.', {
          cause,
        })
        for (const each of group) each.failed(this.#failure)
        continue
      }
      for (const { changes, done } of group) {
        done(changes.reduce((sum, change) => sum + apply(this.#index, change), 0))
      }
    }
    const { logMaxBytes = 1 << 26 } = this.#options
    if (this.#log.bytes > logMaxBytes && !this.#failure) void this.snapshot().catch(() => undefined)
  }

  async #makeSnapshot(): Promise<void> {
    while (this.#committing) await this.#committing
    if (this.#failure) throw this.#failure
    // No change is written while the logs change places: those that come wait for it like for a group.
    const rotating = this.#rotate()
    const rotated = rotating.then(
      () => undefined,
      () => undefined,
    )
    this.#committing = rotated.then(() => this.#commitAll()).finally(() => (this.#committing = undefined))
    const { contents, number } = await rotating
    await writeSnapshot(join(this.#folder, `snapshot-${number}`), contents, this.#options.cipher)
    await this.#dropBefore(number)
  }

  async #rotate() {
    const next = await openLog(join(this.#folder, `log-${this.#number + 1}`))
    await syncFolder(this.#folder)
    await this.#log.handle.close()
    this.#log = next
    this.#number++
    return { contents: this.#index.contents(), number: this.#number }
  }

  async #dropBefore(number: number): Promise<void> {
    for (const name of await readdir(this.#folder)) {
      const [, kind, old] = /^(snapshot|log)-(\d+)(?:\.tmp)?$/.exec(name) ?? []
      if (kind !== undefined && Number(old) < number) await rm(join(this.#folder, name), { force: true })
    }
    await syncFolder(this.#folder)
  }
}

function bytesOf(hash: Fingerprint): Uint8Array {
  const bytes = new Uint8Array(32)
  const view = new DataView(bytes.buffer)
  wordsOf(hash).forEach((word, i) => view.setUint32(i * 4, word))
  return bytes
}
