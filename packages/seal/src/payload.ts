/**
 * The payload of age v1 (C2SP age, "Payload"): chunks of 64 KiB, each sealed by ChaCha20-Poly1305 under a
 * nonce of an 11-byte counter and one byte that is 1 on the last chunk.
 */
import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto'

export const chunkBytes = 64 * 1024
export const tagBytes = 16
export const nonceBytes = 16

const algorithm = 'chacha20-poly1305'

export function payloadKey(fileKey: Uint8Array, nonce: Uint8Array): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', fileKey, nonce, 'payload', 32))
}

/** The nonce of the chunk `index`. A file of 2^48 chunks is larger than any disk. */
function chunkNonce(index: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12)
  nonce.writeUIntBE(index, 5, 6)
  nonce[11] = isLast ? 1 : 0
  return nonce
}

export function sealChunk(key: Uint8Array, index: number, isLast: boolean, plain: Uint8Array): Uint8Array {
  const cipher = createCipheriv(algorithm, key, chunkNonce(index, isLast), { authTagLength: tagBytes })
  const body = cipher.update(plain)
  cipher.final()
  return Buffer.concat([body, cipher.getAuthTag()])
}

/** @throws Error when the chunk is not genuine */
export function openChunk(key: Uint8Array, index: number, isLast: boolean, sealed: Uint8Array): Uint8Array {
  if (sealed.byteLength < tagBytes) throw new RangeError('A chunk is shorter than its tag.')
  const edge = sealed.byteLength - tagBytes
  const decipher = createDecipheriv(algorithm, key, chunkNonce(index, isLast), { authTagLength: tagBytes })
  decipher.setAuthTag(sealed.subarray(edge))
  const plain = decipher.update(sealed.subarray(0, edge))
  decipher.final()
  return plain
}
