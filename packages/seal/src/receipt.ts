/**
 * What a receipt opens. The 16 digits stay with the person: a server gets a token made from them, and the keys
 * of the mailbox are made on the person's own device. All of it runs in a browser and in Node.
 *
 * @module
 */
import { bech32 } from '@scure/base'
import { argon2id } from 'hash-wasm'
import { recipientOf } from './identity.ts'

export const receiptDigits = 16

/** A key pair of a mailbox: `recipient` seals, `identity` opens (age v1, ML-KEM-768 with X25519). */
export interface KeyPair {
  readonly identity: string
  readonly recipient: string
}

/** What is made from the digits alone. */
export interface ReceiptKeys {
  /** 64 hex digits: stands for the receipt wherever it is sent. */
  readonly token: string
  /** Opens what was written to the person. */
  readonly answers: KeyPair
  /** Opens what the person has written, where no second word was chosen. */
  readonly own: KeyPair
}

/** What is made from the digits and the second word. */
export interface WordKeys {
  /** 64 hex digits: shows that the word is known. */
  readonly token: string
  readonly own: KeyPair
}

// RFC 9106, section 4, with half the memory of its second choice, for the sake of small phones. The digits have 53 bits, so one guess in 10^16 is right, and each costs this.
const cost = { memorySize: 32 * 1024, iterations: 3, parallelism: 1 } as const
const seedBytes = 32

/** Draws the digits of a new receipt, each of the 10^16 as likely as another. */
export function newReceipt(): string {
  const range = 10n ** BigInt(receiptDigits)
  const fairBelow = 2n ** 64n - (2n ** 64n % range)
  for (;;) {
    const [drawn] = crypto.getRandomValues(new BigUint64Array(1))
    if (drawn! < fairBelow) return (drawn! % range).toString().padStart(receiptDigits, '0')
  }
}

/**
 * The keys of a receipt: argon2id (RFC 9106), 32 MiB, 3 passes; 0.24 s on a core of ours.
 * @param receipt 16 digits
 * @throws RangeError when it has another form
 */
export async function keysOfReceipt(receipt: string): Promise<ReceiptKeys> {
  checkReceipt(receipt)
  const made = await stretch(receipt, 'jikimi receipt/1', 3)
  return {
    token: hexOf(made.subarray(0, seedBytes)),
    answers: await pairOf(made.subarray(seedBytes, 2 * seedBytes)),
    own: await pairOf(made.subarray(2 * seedBytes)),
  }
}

/**
 * The keys of a receipt and its second word. Letter case, the form of the characters and blanks around the word do
 * not matter, since it is typed on another device a month later.
 * @throws RangeError when the receipt has another form or the word is empty
 */
export async function keysOfWord(receipt: string, word: string): Promise<WordKeys> {
  checkReceipt(receipt)
  const plain = word.normalize('NFKC').trim().toLowerCase()
  if (plain === '') throw new RangeError('A second word has at least one character.')
  const made = await stretch(`${receipt}\n${plain}`, 'jikimi word of/1', 2)
  return { token: hexOf(made.subarray(0, seedBytes)), own: await pairOf(made.subarray(seedBytes)) }
}

function checkReceipt(receipt: string): void {
  if (!/^\d{16}$/.test(receipt)) throw new RangeError('A receipt has 16 digits.')
}

/** `count` seeds at once. The salt tells uses apart; it is the same everywhere, since nothing personal is there yet. */
function stretch(secret: string, salt: string, count: number): Promise<Uint8Array> {
  return argon2id({ ...cost, password: secret, salt, hashLength: count * seedBytes, outputType: 'binary' })
}

async function pairOf(seed: Uint8Array): Promise<KeyPair> {
  const identity = bech32.encodeFromBytes('AGE-SECRET-KEY-PQ-', seed).toUpperCase()
  return { identity, recipient: await recipientOf(identity) }
}

const hexOf = (bytes: Uint8Array) => Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')

// 8 MiB and one pass, 41 ms on a core of ours: memory-hard, so that a graphics card does not try thousands at once.
export const proofCost = { memorySize: 8 * 1024, iterations: 1, parallelism: 1, hashLength: 32 } as const

/**
 * Works for a challenge: looks for the first number whose argon2id over the challenge begins with `bits` zero
 * bits. It takes 2^bits tries on average.
 * @param challenge 16 characters or more, which nobody has worked for before
 * @param signal stops the work
 */
export async function proveWork(challenge: string, bits: number, signal?: AbortSignal): Promise<number> {
  for (let tried = 0; ; tried++) {
    signal?.throwIfAborted()
    const made = await argon2id({
      ...proofCost,
      password: String(tried),
      salt: challenge,
      outputType: 'binary',
    })
    if (zeroBitsOf(made) >= bits) return tried
  }
}

/** How many bits are zero before the first that is not. */
export function zeroBitsOf(bytes: Uint8Array): number {
  const first = bytes.findIndex(byte => byte !== 0)
  return first === -1 ? bytes.length * 8 : first * 8 + Math.clz32(bytes[first]!) - 24
}
