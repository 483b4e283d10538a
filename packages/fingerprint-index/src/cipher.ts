import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

/**
 * Hides what a store writes. Fingerprints of victims' pictures are personal data (a picture can be made out in
 * part from its fingerprint), so nothing readable should lie on disk.
 */
export interface Cipher {
  /** @param place where the block lies (file and number); a block moved elsewhere must not open */
  encrypt(block: Uint8Array, place: string): Uint8Array
  /** @throws where the key or the place is another, or the block was altered */
  decrypt(block: Uint8Array, place: string): Uint8Array
}

const nonceBytes = 12
const tagBytes = 16

/**
 * AES-256-GCM with a random nonce a block (NIST SP 800-38D: up to 2³² blocks a key; a block here is a group of
 * changes or a megabyte of a snapshot).
 * @param key 32 bytes, kept by the caller
 */
export function aes256Gcm(key: Uint8Array): Cipher {
  if (key.length !== 32) throw new RangeError('A key of AES-256 has 32 bytes.')
  return {
    encrypt(block, place) {
      const nonce = randomBytes(nonceBytes)
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(place))
      return Buffer.concat([nonce, cipher.update(block), cipher.final(), cipher.getAuthTag()])
    },
    decrypt(block, place) {
      const decipher = createDecipheriv('aes-256-gcm', key, block.subarray(0, nonceBytes), {
        authTagLength: tagBytes,
      })
      decipher.setAAD(Buffer.from(place)).setAuthTag(block.subarray(-tagBytes))
      return Buffer.concat([decipher.update(block.subarray(nonceBytes, -tagBytes)), decipher.final()])
    },
  }
}
