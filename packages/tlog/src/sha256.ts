// The one import that is not the language's own: everything else here also runs in a browser.
import { createHash } from 'node:crypto'

/** SHA-256 of the parts, one after the other. Synchronous, since a tree hashes a million small things. */
export function sha256(...parts: readonly Uint8Array[]): Uint8Array {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return new Uint8Array(hash.digest())
}
