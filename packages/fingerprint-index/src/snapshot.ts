import { open, rename, type FileHandle } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import type { Cipher } from './cipher.ts'
import { checked, frameHeadBytes, frameOf, headAt } from './frames.ts'
import type { LiveIndex } from './live-index.ts'
import { opened, placeOf, writeWhole } from './log.ts'
import { copyLiving } from './merge.ts'
import { StoreError } from './store-error.ts'
import type { Content } from './tier.ts'

/** Rows of a frame: a megabyte. Ids first, then rows in bands. */
const rowsOfFrame = 26_000
const rowBytes = 40
/** What the first frame says: this format, and rows at most. */
const format = 'jikimi-fingerprints 1'

/**
 * Writes what contents hold, under another name until all of it is durable. Changes made meanwhile do not
 * lengthen the contents; what is removed meanwhile may be missing already, and the log says so too.
 */
export async function writeSnapshot(
  path: string,
  contents: readonly Content[],
  cipher: Cipher | undefined,
): Promise<void> {
  const making = `${path}.tmp`
  const handle = await open(making, 'w', 0o600)
  try {
    await writeFrames(handle, basename(path), contents, cipher)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(making, path)
  await syncFolder(dirname(path))
}

async function writeFrames(
  handle: FileHandle,
  name: string,
  contents: readonly Content[],
  cipher: Cipher | undefined,
): Promise<void> {
  let frames = 0
  const put = (plain: Uint8Array, isLast: boolean) => {
    const payload = cipher ? cipher.encrypt(plain, placeOf(name, frames++)) : plain
    return writeWhole(handle, frameOf({ group: 0, isLast, payload }))
  }
  const total = contents.reduce((sum, { ids }) => sum + ids.length, 0)
  await put(Buffer.from(`${format} ${total}`), false)
  let written = 0
  for (const content of contents) {
    for (const part of parts(content)) {
      await put(part, false)
      written += part.length / rowBytes
    }
  }
  await put(Buffer.from(`${written}`), true)
}

/** Living rows of a content, so many at a time. */
function* parts(content: Content): Generator<Uint8Array> {
  const { rowCount, starts } = content
  for (let from = 0; from < rowCount;) {
    const to = Math.min(rowCount, from + rowsOfFrame)
    const postings = starts ? starts[to]! - starts[from]! : to - from
    const into = { rows: new Uint32Array(postings * 8), ids: new BigUint64Array(postings) }
    const living = copyLiving(content, from, to, into, 0)
    from = to
    for (let at = 0; at < living; at += rowsOfFrame) {
      const end = Math.min(living, at + rowsOfFrame)
      const ids = new Uint8Array(into.ids.buffer, at * 8, (end - at) * 8)
      const rows = new Uint8Array(into.rows.buffer, at * 32, (end - at) * 32)
      yield Buffer.concat([ids, rows])
    }
  }
}

/**
 * Reads a snapshot into an index; gives the number of rows.
 * @throws StoreError `damaged`, `undecipherable`
 */
export async function readSnapshot(
  path: string,
  index: LiveIndex,
  cipher: Cipher | undefined,
): Promise<number> {
  const name = basename(path)
  const handle = await open(path, 'r')
  try {
    let frames = 0
    const next = async () => {
      const frame = await readFrame(handle, name)
      return { isLast: frame.isLast, plain: opened(frame.payload, cipher, placeOf(name, frames++)) }
    }
    const first = Buffer.from((await next()).plain).toString()
    const total = Number(first.slice(format.length + 1))
    if (!first.startsWith(`${format} `) || !Number.isSafeInteger(total)) throw damaged(name)
    const sink = index.beginRows(total, 'bands')
    for (let count = 0; ;) {
      const { isLast, plain } = await next()
      if (isLast) {
        if (Buffer.from(plain).toString() !== `${count}`) throw damaged(name)
        sink.end()
        return count
      }
      const rows = plain.length / rowBytes
      const ids = new BigUint64Array(rows)
      new Uint8Array(ids.buffer).set(plain.subarray(0, rows * 8)) // aligned, wherever the block lies
      sink.put(ids, plain.subarray(rows * 8))
      count += rows
    }
  } finally {
    await handle.close()
  }
}

async function readFrame(handle: FileHandle, name: string) {
  const head = headAt(await readExactly(handle, frameHeadBytes, name), 0)
  const frame = head && checked(head, await readExactly(handle, head.length, name))
  if (!frame) throw damaged(name)
  return frame
}

async function readExactly(handle: FileHandle, length: number, name: string): Promise<Uint8Array> {
  const bytes = new Uint8Array(length)
  for (let at = 0; at < length;) {
    const { bytesRead } = await handle.read(bytes, at, length - at)
    if (bytesRead === 0) throw damaged(name)
    at += bytesRead
  }
  return bytes
}

const damaged = (name: string) => new StoreError('damaged', `${name} is damaged.`)

/** Makes new and renamed names of a folder durable. */
export async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
