import { record } from '#audit'
import type { Tx } from '#platform/database'
import type { ReportId } from '#platform/ids'
import type { Keys } from '#platform/keys'
import { refuse, type Refusal } from '#platform/refusals'
import { after, dayMs, minuteMs } from '#platform/time'
import { refused } from './errors.ts'
import * as store from './store.ts'

const digitCount = 16

// Unknown receipts within `windowMs`. One client: a person with a crumpled note, not a list. All clients
// together: with a million reports one guess in 10^10 is right, so at this rate the first would be in 50 years.
const windowMs = 15 * minuteMs
export const unknownByClientMax = 10
const unknownByAllMax = 5_000
const kept = dayMs

/**
 * The receipt of the filing with this key: 16 digits that nobody can tell without the pepper. Derived, not
 * stored, so that an answer lost on a slow network can be given once more.
 */
export function receiptFor(keys: Pick<Keys, 'veil'>, filingKey: string): string {
  const number = BigInt(`0x${keys.veil('receipt of a filing', filingKey)}`) % 10n ** BigInt(digitCount)
  return number.toString().padStart(digitCount, '0')
}

/** How a receipt is stored and found. */
export function veilReceipt(keys: Pick<Keys, 'veil'>, receipt: string): string {
  return keys.veil('receipt', receipt)
}

/**
 * The report behind a receipt, or the refusal to answer with: returned, since what was counted must commit.
 * Known and unknown receipts cost the same statements.
 */
export async function openByReceipt(
  tx: Tx,
  entered: { receiptVeil: string; client: string },
): Promise<{ report: ReportId } | { refusal: Refusal }> {
  // One after the other for each client: guesses sent all at once are counted as well.
  await store.takeTurn(tx, `receipt/${entered.client}`)
  const unknown = await store.unknownSince(tx, entered.client, after(tx.now, -windowMs))
  if (unknown.byClient >= unknownByClientMax || unknown.byAll >= unknownByAllMax)
    return { refusal: refused.tooManyReceipts() }
  await store.forgetAttempts(tx, after(tx.now, -kept))
  const found = await store.reportOfReceipt(tx, entered.receiptVeil)
  await store.addAttempt(tx, { client: entered.client, at: tx.now, is_known: found !== undefined })
  if (found === undefined) {
    await record(tx, 'receipt.refused', {})
    return { refusal: refused.receiptUnknown() }
  }
  await record(tx, 'receipt.used', {
    report: found.report_id,
    ...(found.case_id === null ? {} : { case: found.case_id }),
  })
  return { report: found.report_id }
}

/** The report of the caller, who holds its receipt. */
export function ownReport(tx: Pick<Tx, 'who'>): ReportId {
  return tx.who.kind === 'reporter' ? tx.who.report : refuse(refused.noReport())
}
