import { crc32c } from './crc32c.ts'

/*
 * A file of a store is a row of frames: magic, length, group, CRC-32C of all that but the magic, payload; words
 * little-endian. A group is what was written before one fsync; the top bit marks its last frame.
 */

const magic = 0x31464b4a // JKF1
export const frameHeadBytes = 16
const lastMark = 0x80000000

/** Payload of one frame at most: a length beyond it is none. */
export const payloadMaxBytes = 1 << 24

export interface Frame {
  readonly group: number
  /** Whether it ends its group. */
  readonly isLast: boolean
  readonly payload: Uint8Array
}

export interface FrameHead {
  readonly length: number
  readonly mark: number
  readonly crc: number
}

/** Writes a frame. */
export function frameOf({ group, isLast, payload }: Frame): Uint8Array {
  const bytes = new Uint8Array(frameHeadBytes + payload.length)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, magic, true)
  view.setUint32(4, payload.length, true)
  view.setUint32(8, (group | (isLast ? lastMark : 0)) >>> 0, true)
  view.setUint32(12, checksum(bytes.subarray(4, 12), payload), true)
  bytes.set(payload, frameHeadBytes)
  return bytes
}

/** Reads a frame's head; nothing where none is. */
export function headAt(bytes: Uint8Array, at: number): FrameHead | undefined {
  if (at + frameHeadBytes > bytes.length) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset + at)
  const length = view.getUint32(4, true)
  if (view.getUint32(0, true) !== magic || length > payloadMaxBytes) return undefined
  return { length, mark: view.getUint32(8, true), crc: view.getUint32(12, true) }
}

/** A frame from its head and payload; nothing where the checksum differs. */
export function checked(head: FrameHead, payload: Uint8Array): Frame | undefined {
  const words = new Uint8Array(8)
  const view = new DataView(words.buffer)
  view.setUint32(0, head.length, true)
  view.setUint32(4, head.mark, true)
  if (payload.length !== head.length || checksum(words, payload) !== head.crc) return undefined
  return { group: head.mark & ~lastMark, isLast: (head.mark & lastMark) !== 0, payload }
}

/** The frame that begins there; nothing where it is torn or damaged. */
export function frameAt(bytes: Uint8Array, at: number): Frame | undefined {
  const head = headAt(bytes, at)
  if (!head) return undefined
  return checked(head, bytes.subarray(at + frameHeadBytes, at + frameHeadBytes + head.length))
}

/** The first whole frame from some place on, wherever it begins. */
export function nextFrame(bytes: Uint8Array, from: number): Frame | undefined {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = text.indexOf('JKF1', from); at >= 0; at = text.indexOf('JKF1', at + 1)) {
    const frame = frameAt(bytes, at)
    if (frame) return frame
  }
  return undefined
}

function checksum(words: Uint8Array, payload: Uint8Array): number {
  return crc32c(payload, crc32c(words))
}
