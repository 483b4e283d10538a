import { open, readFile, truncate, type FileHandle } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Cipher } from './cipher.ts'
import { frameAt, frameHeadBytes, frameOf, nextFrame } from './frames.ts'
import { StoreError } from './store-error.ts'

/** One change, as the log keeps it. */
export type Change =
  | { readonly kind: 'add'; readonly id: bigint; readonly hash: Uint8Array }
  | { readonly kind: 'remove'; readonly id: bigint }

/** A log open for writing behind what it already holds. */
export interface Log {
  readonly handle: FileHandle
  readonly name: string
  bytes: number
  group: number
  frames: number
}

const kinds = { add: 1, remove: 2 } as const
const changesOfFrame = 16_384

/** Opens a log that has been read up to `end`, or makes a new one. */
export async function openLog(path: string, end?: LogEnd): Promise<Log> {
  const handle = await open(path, 'a', 0o600)
  const { bytes, group, frames } = end ?? { bytes: 0, group: 0, frames: 0 }
  return { handle, name: basename(path), bytes, group, frames }
}

/** Writes changes as one group; durable when it returns. */
export async function append(
  log: Log,
  changes: readonly Change[],
  cipher: Cipher | undefined,
): Promise<void> {
  const group = log.group + 1
  const written: Uint8Array[] = []
  for (let from = 0; from < changes.length; from += changesOfFrame) {
    const plain = encode(changes.slice(from, from + changesOfFrame))
    const payload = cipher ? cipher.encrypt(plain, placeOf(log.name, log.frames + written.length)) : plain
    written.push(frameOf({ group, isLast: from + changesOfFrame >= changes.length, payload }))
  }
  for (const frame of written) await writeWhole(log.handle, frame)
  await log.handle.datasync()
  log.group = group
  log.frames += written.length
  log.bytes += written.reduce((sum, frame) => sum + frame.length, 0)
}

export async function writeWhole(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += (await handle.write(bytes, at)).bytesWritten
}

export interface LogEnd {
  readonly bytes: number
  readonly group: number
  readonly frames: number
  /** Bytes cut off behind: of a group that was never acknowledged. */
  readonly cutBytes: number
}

/**
 * Reads a log and hands over its changes in order. A torn end is cut off: a group is acknowledged after its
 * fsync, and the next one is written after that, so what is torn was never acknowledged.
 * @param mayBeTorn false for logs behind which another was begun: those were whole
 * @throws StoreError `damaged` where acknowledged changes are lost: a whole frame of a later group lies behind
 */
export async function readLog(
  path: string,
  cipher: Cipher | undefined,
  mayBeTorn: boolean,
  each: (change: Change) => void,
): Promise<LogEnd> {
  const bytes = new Uint8Array(await readFile(path))
  const name = basename(path)
  const end = { bytes: 0, group: 0, frames: 0 }
  let at = 0
  let payloads: Uint8Array[] = [] // of the group that is read: it counts as a whole, or not at all
  for (let frame = frameAt(bytes, at); frame; frame = frameAt(bytes, at)) {
    at += frameHeadBytes + frame.payload.length
    payloads.push(opened(frame.payload, cipher, placeOf(name, end.frames + payloads.length)))
    if (!frame.isLast) continue
    for (const payload of payloads) for (const change of decode(payload)) each(change)
    end.bytes = at
    end.group = frame.group
    end.frames += payloads.length
    payloads = []
  }
  const cutBytes = bytes.length - end.bytes
  if (cutBytes > 0) {
    const behind = nextFrame(bytes, at)
    if (!mayBeTorn || (behind && behind.group > end.group + 1)) {
      throw new StoreError('damaged', `${name} is damaged at byte ${at}: acknowledged changes lie behind it.`)
    }
    await truncate(path, end.bytes)
    await syncFile(path)
  }
  return { ...end, cutBytes }
}

/** Deciphers a block. @throws StoreError `undecipherable` */
export function opened(block: Uint8Array, cipher: Cipher | undefined, place: string): Uint8Array {
  if (!cipher) return block
  try {
    return cipher.decrypt(block, place)
  } catch (cause) {
    throw new StoreError('undecipherable', `${place} does not open with this key.`, { cause })
  }
}

export const placeOf = (name: string, frame: number): string => `${name} ${frame}`

async function syncFile(path: string): Promise<void> {
  const handle = await open(path, 'r+')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function encode(changes: readonly Change[]): Uint8Array {
  const bytes = new Uint8Array(changes.reduce((sum, { kind }) => sum + (kind === 'add' ? 41 : 9), 0))
  const view = new DataView(bytes.buffer)
  let at = 0
  for (const change of changes) {
    bytes[at] = kinds[change.kind]
    view.setBigUint64(at + 1, change.id, true)
    if (change.kind === 'add') bytes.set(change.hash, at + 9)
    at += change.kind === 'add' ? 41 : 9
  }
  return bytes
}

function* decode(bytes: Uint8Array): Generator<Change> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = 0; at < bytes.length;) {
    const kind = bytes[at]
    if (kind !== kinds.add && kind !== kinds.remove)
      throw new StoreError('damaged', 'A change of no known kind.')
    const id = view.getBigUint64(at + 1, true)
    if (kind === kinds.add) yield { kind: 'add', id, hash: bytes.subarray(at + 9, at + 41) }
    else yield { kind: 'remove', id }
    at += kind === kinds.add ? 41 : 9
  }
}
