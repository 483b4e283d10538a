/**
 * The published lists as files in the data folder, for a resolver or a web server on the same machine. Each is
 * replaced whole, so that nobody ever reads half a list; the serial goes last and says that both are there.
 *
 * @module
 */
import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { randomName } from '#platform/ids'
import { prefixesOf } from './list.ts'

export interface KeptLists {
  readonly serial: number
  readonly at: Date
  readonly zone: string
  readonly hashes: Buffer
}

export const publicationFolder = (dataFolder: string) => join(dataFolder, 'publications')

/** Writes `rpz.zone`, `prefixes.bin` and `publication.json`, durably and each at once. */
export async function keepFiles(dataFolder: string, lists: KeptLists): Promise<void> {
  const folder = publicationFolder(dataFolder)
  await mkdir(folder, { recursive: true, mode: 0o750 })
  await replace(folder, 'rpz.zone', lists.zone)
  await replace(folder, 'prefixes.bin', prefixesOf(lists.hashes))
  await replace(
    folder,
    'publication.json',
    JSON.stringify({ serial: lists.serial, at: lists.at.toISOString() }),
  )
}

/** The serial of the files, or undefined where there are none. */
export async function keptSerial(dataFolder: string): Promise<number | undefined> {
  try {
    const text = await readFile(join(publicationFolder(dataFolder), 'publication.json'), 'utf8')
    const { serial } = JSON.parse(text) as { serial?: unknown }
    return typeof serial === 'number' ? serial : undefined
  } catch {
    return undefined
  }
}

async function replace(folder: string, name: string, bytes: string | Buffer): Promise<void> {
  // A name of its own: two processes may write at once, and each must put a whole file in place.
  const fresh = join(folder, `.${name}.${randomName()}`)
  const file = await open(fresh, 'w', 0o640)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(fresh, join(folder, name))
  const directory = await open(folder, 'r')
  try {
    await directory.sync()
  } finally {
    await directory.close()
  }
}
