/**
 * Short texts, sealed and opened where they are written and read: in a browser as in Node.
 *
 * @module
 */
import { Decrypter, Encrypter } from 'age-encryption'
import { base64 } from '@scure/base'

// A sealed text is as long as its text: rounded up, "yes" and "no" and most sentences weigh the same.
const roundedTo = 256
const end = 0x80

/**
 * Seals `text` to `recipients` (`age1…`), in base64. The length is rounded up to 256 bytes (ISO/IEC 7816-4 padding).
 * @throws RangeError when there is no recipient
 */
export async function sealLetter(text: string, recipients: readonly string[]): Promise<string> {
  if (recipients.length === 0) throw new RangeError('Sealing needs a recipient.')
  const bytes = new TextEncoder().encode(text)
  const padded = new Uint8Array(Math.ceil((bytes.length + 1) / roundedTo) * roundedTo)
  padded.set(bytes)
  padded[bytes.length] = end
  const encrypter = new Encrypter()
  for (const recipient of new Set(recipients)) encrypter.addRecipient(recipient)
  return base64.encode(await encrypter.encrypt(padded))
}

/**
 * Opens a letter with any of `identities`.
 * @throws Error when no key fits, or it is not the letter that was sealed
 */
export async function openLetter(sealed: string, identities: readonly string[]): Promise<string> {
  const decrypter = new Decrypter()
  for (const identity of identities) decrypter.addIdentity(identity)
  const padded = await decrypter.decrypt(base64.decode(sealed))
  const last = padded.findLastIndex(byte => byte !== 0)
  if (last === -1 || padded[last] !== end) throw new Error('The letter has no end.')
  return new TextDecoder('utf-8', { fatal: true }).decode(padded.subarray(0, last))
}
