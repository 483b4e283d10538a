import { createCipheriv } from 'node:crypto'

/** The file key under a key that is used once: ChaCha20-Poly1305 with a nonce of zeros. */
export function wrapByKey(fileKey: Uint8Array, key: Uint8Array): Uint8Array {
  const cipher = createCipheriv('chacha20-poly1305', key, Buffer.alloc(12), { authTagLength: 16 })
  const body = cipher.update(fileKey)
  cipher.final()
  return Buffer.concat([body, cipher.getAuthTag()])
}
