/**
 * One-time codes as an authenticator app shows them (RFC 6238: HMAC-SHA-1, 30 s, six digits): the demo signs
 * in as a person with such an app would.
 *
 * @module
 */
import { createHmac } from 'node:crypto'

/** The code for the `otpauth://` address of an account at `atMs`. */
export function totp(address: string, atMs: number): string {
  const secret = new URL(address).searchParams.get('secret') ?? ''
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(atMs / 30_000)))
  const mac = createHmac('sha1', base32(secret)).update(counter).digest()
  const offset = mac.at(-1)! & 0x0f
  return String((mac.readUInt32BE(offset) & 0x7fff_ffff) % 1_000_000).padStart(6, '0')
}

/** RFC 4648, section 6, without padding. */
function base32(text: string): Buffer {
  const letters = text.toUpperCase().replace(/=+$/, '')
  const bits = letters.replaceAll(/./g, letter =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  )
  return Buffer.from((bits.match(/.{8}/g) ?? []).map(byte => Number.parseInt(byte, 2)))
}
