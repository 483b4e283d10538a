/** The age test vectors (C2SP/CCTV, npm `cctv-age`) against our reader: all 143. */
import { createHash } from 'node:crypto'
import { inflateSync } from 'node:zlib'
import { armor } from 'age-encryption'
import * as vectors from 'cctv-age'
import { expect, test } from 'vitest'
import { NotOpened, open, openWithPassphrase } from './index.ts'

interface Vector {
  readonly name: string
  readonly expect: string
  readonly payload: string | undefined
  readonly identities: readonly string[]
  readonly passphrase: string | undefined
  readonly isArmored: boolean
  readonly bytes: Uint8Array
}

function read(name: string, file: Uint8Array): Vector {
  const edge = Buffer.from(file).indexOf('\n\n')
  const lines = Buffer.from(file.subarray(0, edge))
    .toString()
    .split('\n')
    .map(line => line.split(': ', 2) as [string, string])
  const one = (key: string) => lines.find(([found]) => found === key)?.[1]
  const rest = file.subarray(edge + 2)
  return {
    name,
    expect: one('expect')!,
    payload: one('payload'),
    identities: lines.filter(([key]) => key === 'identity').map(([, value]) => value),
    passphrase: one('passphrase'),
    isArmored: one('armored') === 'yes',
    bytes: one('compressed') === 'zlib' ? inflateSync(rest) : rest,
  }
}

const kit = Object.entries(vectors)
  .filter(([, file]) => file instanceof Uint8Array)
  .map(([name, file]) => read(name, file))

// A header that ends too early is a damaged file to us, a malformed header to the kit.
const reasonsFor: Record<string, readonly string[]> = {
  'header failure': ['notSealed', 'damaged'],
  'HMAC failure': ['damaged'],
  'payload failure': ['damaged'],
  'no match': ['noKey'],
}

test('the kit is whole', () => expect(kit).toHaveLength(143))

test.each(kit.filter(vector => vector.expect !== 'armor failure'))('$name: $expect', async vector => {
  const bytes = vector.isArmored ? armor.decode(Buffer.from(vector.bytes).toString('latin1')) : vector.bytes
  const given = createHash('sha256')
  const opening = async () => {
    const opened =
      vector.passphrase === undefined
        ? open(inPieces(bytes), vector.identities)
        : openWithPassphrase(inPieces(bytes), vector.passphrase)
    for await (const chunk of opened) given.update(chunk)
  }
  if (vector.expect === 'success') await opening()
  else {
    const fault: unknown = await opening().then(
      () => undefined,
      (error: unknown) => error,
    )
    expect(fault).toBeInstanceOf(NotOpened)
    expect(reasonsFor[vector.expect]).toContain((fault as NotOpened).reason)
  }
  // What was given out before a fault must be genuine, too.
  if (vector.payload !== undefined) expect(given.digest('hex')).toBe(vector.payload)
})

test.each(kit.filter(vector => vector.expect === 'armor failure'))(
  '$name: armour is the library’s, and is refused by it',
  async vector => {
    expect(() => {
      const text = new TextDecoder('utf-8', { fatal: true }).decode(vector.bytes)
      return armor.decode(text)
    }).toThrow()
  },
)

/** Pieces of sizes that fit no chunk. */
function* inPieces(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0, size = 1; at < bytes.byteLength; at += size, size = (size * 7 + 3) % 70_001)
    yield bytes.subarray(at, at + size)
}
