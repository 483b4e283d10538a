import { argon2, createHash, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { record } from '#audit'
import type { ReadTx, Tx } from '#platform/database'
import { randomToken, type ReportId } from '#platform/ids'
import type { Keys } from '#platform/keys'
import { refuse, type Refusal } from '#platform/refusals'
import { after, dayMs, minuteMs } from '#platform/time'
import { proofCost, zeroBitsOf } from '@jikimi/seal/mailbox'
import { refused } from './errors.ts'
import type { ReceiptChallenge, Work } from './schema.ts'
import * as receiptStore from './receipt-store.ts'
import * as store from './store.ts'

// Unknown receipts within `windowMs` make the next try dearer; nobody is ever locked out. A try of `bits` takes 2^bits
// argon2id of 8 MiB on average, 41 ms each on a core of ours. The most must be done within `challengeMs` by a slow phone
// that shares its address with a guesser: 256 are 11 s here, so a phone ten times as slow has two minutes of ten.
const windowMs = 15 * minuteMs
const bitsAtLeast = 2
const bitsAtMost = 8
const freeByClient = 3
const freeByAll = 500
const challengeMs = 10 * minuteMs
const kept = dayMs

/** How the token of a receipt is stored and found. */
export function veilToken(keys: Pick<Keys, 'veil'>, token: string): string {
  return keys.veil('receipt token', token)
}

/** How a receipt was stored when its digits still came here. */
export function veilDigits(keys: Pick<Keys, 'veil'>, receipt: string): string {
  return keys.veil('receipt', receipt)
}

/** How the token of a second word is stored. */
export function veilWord(keys: Pick<Keys, 'veil'>, report: ReportId, token: string): string {
  return keys.veil('second word', `${report} ${token}`)
}

/** A challenge for this client: signed, good once and for ten minutes from `now`, which is the machine's time. */
export async function challengeFor(
  tx: ReadTx,
  keys: Pick<Keys, 'veil'>,
  client: string,
  now: Date,
): Promise<ReceiptChallenge> {
  const bits = bitsFor(await receiptStore.unknownSince(tx, client, after(tx.now, -windowMs)))
  const said = `${randomToken(12)}.${now.getTime() + challengeMs}.${bits}`
  return {
    challenge: `${said}.${signature(keys, said, client)}`,
    bits,
    asksDigits: await receiptStore.hasOldReceipts(tx),
  }
}

/** Each doubling of the receipts that were not known doubles the work, up to what a slow phone can do in time. */
export function bitsFor(unknown: { readonly byClient: number; readonly byAll: number }): number {
  const doublings = (count: number, free: number) => Math.max(0, Math.ceil(Math.log2((count + 1) / free)))
  const more = doublings(unknown.byClient, freeByClient) + doublings(unknown.byAll, freeByAll)
  return Math.min(bitsAtMost, bitsAtLeast + more)
}

function signature(keys: Pick<Keys, 'veil'>, said: string, client: string): string {
  return keys.veil('challenge of a receipt', `${said} ${client}`).slice(0, 32)
}

const derive = promisify(argon2)

/** Whether this work was done for a challenge that was given to this client and is not over. */
export async function isWorked(
  keys: Pick<Keys, 'veil'>,
  { challenge, found }: Work,
  client: string,
  now: Date,
): Promise<boolean> {
  const [drawn = '', until = '', bits = '', signed = ''] = challenge.split('.')
  if (!isSame(signed, signature(keys, `${drawn}.${until}.${bits}`, client))) return false
  if (now.getTime() > Number(until)) return false
  const { memorySize: memory, iterations: passes, parallelism, hashLength: tagLength } = proofCost
  const made = await derive('argon2id', {
    message: String(found),
    nonce: Buffer.from(challenge),
    memory,
    passes,
    parallelism,
    tagLength,
  })
  return zeroBitsOf(made) >= Number(bits)
}

function isSame(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(one), digest(other))
}

export interface Entered {
  readonly tokenVeil: string
  readonly digitsVeil: string | undefined
  readonly client: string
  /** A challenge that was worked for. */
  readonly challenge: string
}

export interface OpenedReceipt {
  readonly report: ReportId
  readonly hasWord: boolean
  readonly isFirstReturn: boolean
}

/**
 * The report behind a receipt, or the refusal to answer with: returned, since what was counted must commit.
 * Known and unknown receipts cost the same work.
 */
export async function openByReceipt(tx: Tx, entered: Entered): Promise<OpenedReceipt | { refusal: Refusal }> {
  await receiptStore.forgetAttempts(tx, after(tx.now, -kept))
  const found =
    (await receiptStore.reportOfReceipt(tx, entered.tokenVeil)) ??
    (entered.digitsVeil === undefined
      ? undefined
      : await receiptStore.reportOfReceipt(tx, entered.digitsVeil))
  const attempt = { client: entered.client, at: tx.now, challenge: entered.challenge }
  if (!(await receiptStore.addAttempt(tx, { ...attempt, is_known: found !== undefined })))
    return { refusal: refused.workMissing() }
  if (found === undefined) {
    await record(tx, 'receipt.refused', {})
    return { refusal: refused.receiptUnknown() }
  }
  const { report_id: report, case_id: caseId } = found
  await receiptStore.noteReturn(tx, report)
  await record(tx, 'receipt.used', caseId === null ? { report } : { report, case: caseId })
  return { report, hasWord: found.has_word, isFirstReturn: found.returned_at === null }
}

/** Whether this is the second word of the caller's receipt; a wrong one counts as an unknown receipt does. */
export async function openByWord(
  tx: Tx,
  keys: Pick<Keys, 'veil'>,
  entered: { readonly token: string; readonly client: string; readonly challenge: string },
): Promise<{ report: ReportId } | { refusal: Refusal }> {
  const report = ownReport(tx)
  const row = (await store.report(tx, report)) ?? refuse(refused.noReport({ report }))
  const isRight = row.word_veil !== null && isSame(row.word_veil, veilWord(keys, report, entered.token))
  const attempt = { client: entered.client, at: tx.now, challenge: entered.challenge }
  if (!(await receiptStore.addAttempt(tx, { ...attempt, is_known: isRight })))
    return { refusal: refused.workMissing() }
  return isRight ? { report } : { refusal: refused.wordUnknown() }
}

/** The report of the caller, who holds its receipt. */
export function ownReport(tx: Pick<Tx, 'who'>): ReportId {
  return tx.who.kind === 'reporter' ? tx.who.report : refuse(refused.noReport())
}
