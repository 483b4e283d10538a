import { Decrypter } from 'age-encryption'
import { NotOpened } from './not-opened.ts'
import { chunkBytes, nonceBytes, openChunk, payloadKey, tagBytes } from './payload.ts'
import { piecesOf, type Pieces } from './pieces.ts'
import type { Source } from './source.ts'

/**
 * Opens a sealed stream with any of `identities`. Every chunk is authenticated before it is given out; only
 * when the stream ends without a fault is it the whole.
 * @throws NotOpened when no key fits, or the bytes are not those that were sealed
 */
export async function* open(source: Source, identities: readonly string[]): AsyncGenerator<Uint8Array> {
  const decrypter = new Decrypter()
  for (const identity of identities) decrypter.addIdentity(identity)
  yield* openBy(source, decrypter)
}

/** Opens what was sealed under a passphrase. Takes about a second before the first byte. */
export async function* openWithPassphrase(source: Source, passphrase: string): AsyncGenerator<Uint8Array> {
  const decrypter = new Decrypter()
  decrypter.addPassphrase(passphrase)
  yield* openBy(source, decrypter)
}

async function* openBy(source: Source, decrypter: Decrypter): AsyncGenerator<Uint8Array> {
  const pieces = piecesOf(source)
  try {
    const fileKey = await fileKeyOf(await takeHeader(pieces), decrypter)
    const nonce = await pieces.take(nonceBytes)
    if (nonce.byteLength < nonceBytes) throw new NotOpened('damaged')
    const key = payloadKey(fileKey, nonce)
    for (let index = 0, isLast = false; !isLast; index++) {
      const sealed = await pieces.take(chunkBytes + tagBytes)
      isLast = await pieces.isSpent()
      const { plain, endsHere } = genuine(key, index, isLast, sealed)
      // An empty chunk may end an empty file only: else two different files would say the same.
      if (plain.byteLength === 0 && index > 0) throw new NotOpened('damaged')
      if (plain.byteLength > 0) yield plain
      if (endsHere !== isLast) throw new NotOpened('damaged')
    }
  } finally {
    await pieces.close()
  }
}

/**
 * Opens a chunk as the last one or as one before it, and says which it was sealed as: where a file was cut or
 * lengthened at the edge of a chunk, the chunk itself is genuine and is given out before the fault is told.
 */
function genuine(
  key: Uint8Array,
  index: number,
  isLast: boolean,
  sealed: Uint8Array,
): { plain: Uint8Array; endsHere: boolean } {
  try {
    return { plain: openChunk(key, index, isLast, sealed), endsHere: isLast }
  } catch (error) {
    if (sealed.byteLength < chunkBytes + tagBytes) throw new NotOpened('damaged', error)
  }
  try {
    return { plain: openChunk(key, index, !isLast, sealed), endsHere: !isLast }
  } catch (error) {
    throw new NotOpened('damaged', error)
  }
}

// A header for 50 hybrid recipients has about 80 kB.
const headerBytesMax = 1024 * 1024
const lineEnd = 0x0a
const dash = 0x2d

/** The header to the end of its last line, the one that begins with three dashes. */
async function takeHeader(pieces: Pieces): Promise<Uint8Array> {
  const bytes: number[] = []
  let lineStart = 0
  while (bytes.length < headerBytesMax) {
    const [byte] = await pieces.take(1)
    if (byte === undefined) break
    bytes.push(byte)
    if (byte !== lineEnd) continue
    if (bytes[lineStart] === dash && bytes[lineStart + 1] === dash && bytes[lineStart + 2] === dash) break
    lineStart = bytes.length
  }
  return Uint8Array.from(bytes)
}

const noMatch = "no identity matched any of the file's recipients"

async function fileKeyOf(header: Uint8Array, decrypter: Decrypter): Promise<Uint8Array> {
  try {
    return await decrypter.decryptHeader(header)
  } catch (error) {
    const message = error instanceof Error ? error.message : ''
    if (message === noMatch) throw new NotOpened('noKey', error)
    if (message === 'invalid header HMAC') throw new NotOpened('damaged', error)
    throw new NotOpened('notSealed', error)
  }
}
