import { randomBytes, scrypt } from 'node:crypto'
import { promisify } from 'node:util'
import { Encrypter, Stanza, type Recipient } from 'age-encryption'
import { chunkBytes, nonceBytes, payloadKey, sealChunk, tagBytes } from './payload.ts'
import { piecesOf } from './pieces.ts'
import type { Source } from './source.ts'
import { wrapByKey } from './wrap.ts'

/**
 * Seals `source` to `recipients` (`age1…`), as a stream: no more than a chunk of 64 KiB is held.
 * @throws Error when there is no recipient, or one is malformed
 */
export async function* seal(source: Source, recipients: readonly string[]): AsyncGenerator<Uint8Array> {
  if (recipients.length === 0) throw new RangeError('Sealing needs a recipient.')
  yield* sealTo(source, recipients)
}

// The cost that the age tool itself takes: 2^18, about a second and 256 MB.
const passphraseCost = 18

/** Seals `source` under a passphrase: for what a person carries away, such as a backup. */
export async function* sealWithPassphrase(
  source: Source,
  passphrase: string,
  options: { readonly cost?: number } = {},
): AsyncGenerator<Uint8Array> {
  if (passphrase === '') throw new RangeError('Sealing needs a passphrase.')
  yield* sealTo(source, [passphraseRecipient(passphrase, options.cost ?? passphraseCost)])
}

async function* sealTo(
  source: Source,
  recipients: readonly (string | Recipient)[],
): AsyncGenerator<Uint8Array> {
  const { header, fileKey } = await makeHeader(recipients)
  const nonce = randomBytes(nonceBytes)
  const key = payloadKey(fileKey, nonce)
  yield Buffer.concat([header, nonce])
  const pieces = piecesOf(source)
  try {
    for (let index = 0, isLast = false; !isLast; index++) {
      const plain = await pieces.take(chunkBytes)
      isLast = await pieces.isSpent()
      yield sealChunk(key, index, isLast, plain)
    }
  } finally {
    await pieces.close()
  }
}

/**
 * The header, and the file key in it. The library does not give out the file key, but it shows it to every
 * recipient; one more that answers with no stanza keeps it and leaves no trace in the header.
 */
async function makeHeader(
  recipients: readonly (string | Recipient)[],
): Promise<{ header: Uint8Array; fileKey: Uint8Array }> {
  let fileKey: Uint8Array | undefined
  const encrypter = new Encrypter()
  for (const recipient of recipients) encrypter.addRecipient(recipient)
  encrypter.addRecipient({
    wrapFileKey(key) {
      fileKey = key.slice()
      return []
    },
  })
  const empty = await encrypter.encrypt(new Uint8Array())
  if (fileKey === undefined) throw new Error('The library made a header without a file key.')
  return { header: empty.subarray(0, empty.byteLength - nonceBytes - tagBytes), fileKey }
}

const derive = promisify<
  string,
  Uint8Array,
  number,
  { N: number; r: number; p: number; maxmem: number },
  Buffer
>(scrypt)

/** C2SP age, "The scrypt recipient type": the only recipient of its file. Off the main thread, unlike the library's. */
function passphraseRecipient(passphrase: string, cost: number): Recipient {
  return {
    async wrapFileKey(fileKey) {
      const salt = randomBytes(16)
      const labelled = Buffer.concat([Buffer.from('age-encryption.org/v1/scrypt'), salt])
      const N = 2 ** cost
      const key = await derive(passphrase, labelled, 32, { N, r: 8, p: 1, maxmem: 256 * N * 8 })
      const args = ['scrypt', salt.toString('base64').replaceAll('=', ''), String(cost)]
      return [new Stanza(args, wrapByKey(fileKey, key))]
    },
  }
}
