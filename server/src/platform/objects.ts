/**
 * The store of sealed objects: a folder, or S3. An object is named by the SHA-256 of its sealed bytes, so it
 * is never overwritten, equal names are equal bytes, and damage shows. `put` returns only once the bytes are
 * durable.
 *
 * @module
 */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { access, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { z } from 'zod'
import { randomName } from './ids.ts'

/** SHA-256 of the sealed bytes, 64 hexadecimal digits. */
export const ObjectName = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .brand<'ObjectName'>()
export type ObjectName = z.infer<typeof ObjectName>

export interface StoredObject {
  readonly name: ObjectName
  /** Sealed size in bytes. */
  readonly size: number
}

export interface ObjectStore {
  /** Stores `sealed` and returns its name once it is durable. Storing the same bytes twice is harmless. */
  put(sealed: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<StoredObject>
  /** The sealed bytes. @throws Error when there is no object of this name */
  get(name: ObjectName): Promise<AsyncIterable<Uint8Array>>
  has(name: ObjectName): Promise<boolean>
  /** Removes an object; removing what is gone is harmless. */
  remove(name: ObjectName): Promise<void>
  /** All names, in order: for the backup and the patrol that looks for orphans. */
  names(): AsyncIterable<ObjectName>
  /** Proves that the store takes and gives back. @throws Error when it does not */
  probe(): Promise<void>
}

/** Opens the store that `location` names: `s3://KEY:SECRET@host:port/bucket?region=…&tls=0`, or a folder. */
export async function openObjects(location: string): Promise<ObjectStore> {
  if (!location.startsWith('s3://')) return folderStore(resolve(location))
  const { s3Store } = await import('./s3-objects.ts')
  return s3Store(location)
}

/** A store in a folder: temporary file, fsync, rename, fsync of the folder; two levels of names. */
export async function folderStore(folder: string): Promise<ObjectStore> {
  const waiting = join(folder, 'incoming')
  await mkdir(waiting, { recursive: true, mode: 0o700 })
  // What a killed process left half-written was never acknowledged.
  for (const left of await readdir(waiting)) await rm(join(waiting, left), { force: true })
  const pathOf = (name: ObjectName) => join(folder, name.slice(0, 2), name.slice(2, 4), name)

  const store: ObjectStore = {
    async put(sealed) {
      const path = join(waiting, randomName())
      const written = await writeDurably(path, sealed)
      const target = pathOf(written.name)
      const shelf = join(folder, written.name.slice(0, 2), written.name.slice(2, 4))
      await mkdir(shelf, { recursive: true, mode: 0o700 })
      await rename(path, target)
      for (const touched of [shelf, join(folder, written.name.slice(0, 2)), folder]) await syncFolder(touched)
      return written
    },
    async get(name) {
      const path = pathOf(name)
      await access(path)
      return createReadStream(path)
    },
    async has(name) {
      return stat(pathOf(name)).then(
        () => true,
        () => false,
      )
    },
    async remove(name) {
      await rm(pathOf(name), { force: true })
    },
    async *names() {
      for (const one of await foldersIn(folder)) {
        for (const two of await foldersIn(join(folder, one))) {
          for (const name of (await readdir(join(folder, one, two))).toSorted()) {
            const read = ObjectName.safeParse(name)
            if (read.success) yield read.data
          }
        }
      }
    },
    async probe() {
      await proveRoundTrip(store)
    },
  }
  return store
}

/** Puts, reads back and removes a few random bytes. */
export async function proveRoundTrip(store: ObjectStore): Promise<void> {
  const sent = Buffer.from(randomName())
  const { name } = await store.put([sent])
  const back = Buffer.concat(await Array.fromAsync(await store.get(name)))
  await store.remove(name)
  if (!back.equals(sent)) throw new Error('The object store does not give back what it was given.')
}

/** Hashes and counts what passes. */
export function measured(sealed: Iterable<Uint8Array> | AsyncIterable<Uint8Array>) {
  const hash = createHash('sha256')
  let size = 0
  const passing = async function* () {
    for await (const chunk of sealed) {
      hash.update(chunk)
      size += chunk.byteLength
      yield chunk
    }
  }
  return {
    passing: passing(),
    result: (): StoredObject => ({ name: hash.digest('hex') as ObjectName, size }),
  }
}

async function writeDurably(
  path: string,
  sealed: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): Promise<StoredObject> {
  const measure = measured(sealed)
  const file = await open(path, 'wx', 0o400)
  try {
    await file.writeFile(Readable.from(measure.passing, { objectMode: false }))
    await file.sync()
  } catch (error) {
    await rm(path, { force: true })
    throw error
  } finally {
    await file.close()
  }
  return measure.result()
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

async function foldersIn(path: string): Promise<string[]> {
  const found = await readdir(path, { withFileTypes: true })
  return found
    .filter(each => each.isDirectory() && /^[0-9a-f]{2}$/.test(each.name))
    .map(each => each.name)
    .toSorted()
}
