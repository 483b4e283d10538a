import { argon2 } from 'node:crypto'
import { promisify } from 'node:util'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { open } from './index.ts'
import {
  keysOfReceipt,
  keysOfWord,
  newReceipt,
  openLetter,
  proofCost,
  proveWork,
  sealLetter,
  zeroBitsOf,
} from './mailbox.ts'

const receipt = '4821073395160042'

test('the token of a receipt is argon2id as another implementation makes it', async () => {
  const { token } = await keysOfReceipt(receipt)
  const made = await promisify(argon2)('argon2id', {
    message: receipt,
    nonce: Buffer.from('jikimi receipt/1'),
    memory: 32 * 1024,
    passes: 3,
    parallelism: 1,
    tagLength: 96,
  })
  expect(token).toBe(made.subarray(0, 32).toString('hex'))
})

test('the same digits make the same keys, others make others, and what is no receipt makes none', async () => {
  const [once, again, other] = await Promise.all(
    [receipt, receipt, '4821073395160043'].map(each => keysOfReceipt(each)),
  )
  expect(again).toEqual(once)
  expect(other!.token).not.toBe(once!.token)
  expect(new Set([once!.answers.recipient, once!.own.recipient, other!.answers.recipient]).size).toBe(3)
  await expect(keysOfReceipt('482107339516004')).rejects.toThrow('16 digits')
})

test('a second word opens whatever its case, its form and the blanks around it', async () => {
  const written = await keysOfWord(receipt, '봄날 Café')
  expect(await keysOfWord(receipt, ' 봄날 CAFÉ '.normalize('NFD'))).toEqual(written)
  expect((await keysOfWord(receipt, '봄날')).token).not.toBe(written.token)
  await expect(keysOfWord(receipt, '  ')).rejects.toThrow('at least one')
})

test('a letter is opened by those it was sealed to, by nobody else, and by any tool that reads age', async () => {
  const { answers, own } = await keysOfReceipt(receipt)
  const stranger = await keysOfReceipt('0000000000000000')
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 600 }), async text => {
      const sealed = await sealLetter(text, [answers.recipient, own.recipient])
      expect(await openLetter(sealed, [answers.identity])).toBe(text)
      expect(await openLetter(sealed, [stranger.own.identity, own.identity])).toBe(text)
      await expect(openLetter(sealed, [stranger.own.identity])).rejects.toThrow()
      const pieces = await Array.fromAsync(open([Buffer.from(sealed, 'base64')], [own.identity]))
      expect(Buffer.concat(pieces).toString()).toMatch(/\u{FFFD}\0*$/u)
    }),
    { numRuns: 15 },
  )
})

test('two short letters weigh the same', async () => {
  const { own } = await keysOfReceipt(receipt)
  const lengths = await Promise.all(
    ['', '네', '아니요, 아직 무서워요.'].map(async text => (await sealLetter(text, [own.recipient])).length),
  )
  expect(new Set(lengths).size).toBe(1)
})

test('work for a challenge is found by trying and checked at once by another implementation', async () => {
  const found = await proveWork('a challenge of one day', 4)
  const made = await promisify(argon2)('argon2id', {
    message: String(found),
    nonce: Buffer.from('a challenge of one day'),
    memory: proofCost.memorySize,
    passes: proofCost.iterations,
    parallelism: 1,
    tagLength: 32,
  })
  expect(zeroBitsOf(made)).toBeGreaterThanOrEqual(4)
  await expect(proveWork('a challenge of one day', 30, AbortSignal.abort())).rejects.toThrow()
})

test('zero bits are counted from the front', () => {
  expect([[0x80], [0x01], [0, 0x10], [0, 0]].map(bytes => zeroBitsOf(Uint8Array.from(bytes)))).toEqual([
    0, 7, 11, 16,
  ])
})

test('receipts are 16 digits, and the first of them may be nought', () => {
  const drawn = Array.from({ length: 2000 }, newReceipt)
  expect(drawn.every(each => /^\d{16}$/.test(each))).toBe(true)
  expect(new Set(drawn).size).toBe(2000)
  expect(drawn.some(each => each.startsWith('0'))).toBe(true)
})
