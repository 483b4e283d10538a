import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Decrypter } from 'age-encryption'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  newCourtIdentity,
  newIdentity,
  NotOpened,
  open,
  openWithPassphrase,
  recipientOf,
  seal,
  sealWithPassphrase,
} from './index.ts'

const chunk = 64 * 1024
const collect = async (pieces: AsyncIterable<Uint8Array>) => Buffer.concat(await Array.fromAsync(pieces))
const fault = (opening: Promise<unknown>) =>
  opening.then(
    () => 'opened',
    (error: unknown) => (error instanceof NotOpened ? error.reason : error),
  )

let identity = ''
let recipient = ''
let court = ''
let courtRecipient = ''
beforeAll(async () => {
  identity = await newIdentity()
  recipient = await recipientOf(identity)
  court = await newCourtIdentity()
  courtRecipient = await recipientOf(court)
})

test.each([0, 1, chunk - 1, chunk, chunk + 1, 3 * chunk, 3 * chunk + 17])(
  '%i bytes come back as they were, also by the library alone',
  async size => {
    const plain = randomBytes(size)
    const sealed = await collect(seal([plain], [recipient]))
    expect(await collect(open([sealed], [identity]))).toEqual(plain)
    const library = new Decrypter()
    library.addIdentity(identity)
    expect(Buffer.from(await library.decrypt(sealed))).toEqual(plain)
  },
)

test('whatever the pieces are, the bytes are the same', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.uint8Array({ maxLength: 200_000 }), { maxLength: 4 }),
      fc.array(fc.integer({ min: 1, max: 90_000 }), { minLength: 1, maxLength: 8 }),
      async (pieces, cuts) => {
        const sealed = await collect(seal(pieces, [courtRecipient]))
        expect(await collect(open(cut(sealed, cuts), [court]))).toEqual(Buffer.concat(pieces))
      },
    ),
    { numRuns: 30 },
  )
})

test('a file that is cut short is refused, wherever it is cut', async () => {
  const sealed = await collect(seal([randomBytes(2 * chunk)], [courtRecipient]))
  const header = sealed.byteLength - 2 * (chunk + 16)
  for (const length of [0, 10, header - 20, header, header + 16, header + chunk + 16, sealed.byteLength - 1])
    expect(await fault(collect(open([sealed.subarray(0, length)], [court]))), String(length)).not.toBe(
      'opened',
    )
})

test('no flipped bit passes', async () => {
  const sealed = await collect(seal([randomBytes(100)], [courtRecipient]))
  for (let at = 0; at < sealed.byteLength; at++) {
    const flipped = Buffer.from(sealed)
    flipped[at]! ^= 1 << (at % 8)
    expect(await fault(collect(open([flipped], [court]))), `byte ${at}`).not.toBe('opened')
  }
})

test('chunks cannot change places, and nothing can be added', async () => {
  const sealed = await collect(seal([randomBytes(2 * chunk)], [courtRecipient]))
  const start = sealed.byteLength - 2 * (chunk + 16)
  const [head, one, two] = [
    sealed.subarray(0, start),
    sealed.subarray(start, start + chunk + 16),
    sealed.subarray(start + chunk + 16),
  ]
  expect(await fault(collect(open([head, two, one], [court])))).toBe('damaged')
  expect(await fault(collect(open([sealed, Buffer.from([0])], [court])))).toBe('damaged')
})

test('another key opens nothing, one of several does', async () => {
  const sealed = await collect(seal([Buffer.from('exhibit')], [recipient, courtRecipient]))
  const stranger = await newIdentity()
  expect(await fault(collect(open([sealed], [stranger])))).toBe('noKey')
  expect(String(await collect(open([sealed], [stranger, court])))).toBe('exhibit')
  expect(String(await collect(open([sealed], [identity])))).toBe('exhibit')
})

test('without a recipient nothing is sealed', async () => {
  await expect(collect(seal([Buffer.from('x')], []))).rejects.toThrow('recipient')
  await expect(collect(sealWithPassphrase([Buffer.from('x')], ''))).rejects.toThrow('passphrase')
})

test('a passphrase opens what was sealed under it, and another does not', async () => {
  const sealed = await collect(sealWithPassphrase([Buffer.from('backup')], '바다 위의 등대', { cost: 10 }))
  expect(String(await collect(openWithPassphrase([sealed], '바다 위의 등대')))).toBe('backup')
  expect(await fault(collect(openWithPassphrase([sealed], '바다 위의 등데')))).toBe('noKey')
})

test('whoever stops reading lets go of the source', async () => {
  let isClosed = false
  const source = (async function* () {
    try {
      while (true) yield randomBytes(chunk)
    } finally {
      isClosed = true
    }
  })()
  for await (const _ of seal(source, [courtRecipient])) break
  const sealed = seal(source, [courtRecipient])
  await sealed.next()
  await sealed.next()
  await sealed.return(undefined)
  expect(isClosed).toBe(true)
})

const folder = mkdtempSync(join(tmpdir(), 'jikimi-seal-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const hasAge = (() => {
  try {
    execFileSync('age', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
})()

test.skipIf(!hasAge)('the age tool opens what we seal (skipped where age is not installed)', async () => {
  const plain = randomBytes(3 * chunk + 5)
  writeFileSync(join(folder, 'court.key'), `${court}\n`, { mode: 0o600 })
  const sealed = await collect(seal([plain], [courtRecipient]))
  const opened = execFileSync('age', ['-d', '-i', join(folder, 'court.key')], { input: sealed })
  expect(opened).toEqual(plain)
})

test.skipIf(!hasAge)('we open what the age tool seals (skipped where age is not installed)', async () => {
  const plain = randomBytes(3 * chunk)
  const sealed = execFileSync('age', ['-r', courtRecipient], { input: plain })
  expect(await collect(open([sealed], [court]))).toEqual(plain)
})

function* cut(bytes: Uint8Array, sizes: readonly number[]): Generator<Uint8Array> {
  for (let at = 0, turn = 0; at < bytes.byteLength; turn++) {
    const size = sizes[turn % sizes.length]!
    yield bytes.subarray(at, at + size)
    at += size
  }
}
