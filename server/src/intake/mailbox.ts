/**
 * The mailbox of a report. Both sides seal and open in their browsers; here lie letters, public halves, and the
 * team's secret key sealed to the unit, so that neither the database nor its backup reads what was said.
 *
 * @module
 */
import { record } from '#audit'
import type { Tx } from '#platform/database'
import type { ReportId } from '#platform/ids'
import type { Keys } from '#platform/keys'
import { refuse } from '#platform/refusals'
import { openLetter, recipientOf } from '@jikimi/seal/mailbox'
import { refused } from './errors.ts'
import { noteReading } from './reading.ts'
import * as receiptStore from './receipt-store.ts'
import { ownReport, veilToken } from './receipt.ts'
import type { Mailbox, NewReceipt, Recipients } from './schema.ts'
import * as store from './store.ts'

/**
 * Makes sure, before anything is acknowledged, that the team will be able to read.
 * @throws intake.mailboxUnsound the sealed key does not open with the unit's, or belongs to another recipient
 */
export async function checkMailbox(keys: Pick<Keys, 'unitIdentity'>, mailbox: Mailbox): Promise<void> {
  const identity = await openLetter(mailbox.teamSealed, [keys.unitIdentity]).catch(() => undefined)
  const team = identity === undefined ? undefined : await recipientOf(identity).catch(() => undefined)
  if (team !== mailbox.team) refuse(refused.mailboxUnsound())
}

export function recipientsOf(row: {
  team_recipient: string | null
  own_recipient: string | null
  answers_recipient: string | null
}): Recipients | null {
  const { team_recipient: team, own_recipient: own, answers_recipient: answers } = row
  return team === null || own === null || answers === null ? null : { team, own, answers }
}

/** The team's key as it lies here, and the public halves: whoever has it has read the report. @throws intake.noReport, intake.mailboxMissing */
export async function teamMailbox(
  tx: Tx,
  report: ReportId,
): Promise<{ teamSealed: string; recipients: Recipients }> {
  const row = (await store.report(tx, report)) ?? refuse(refused.noReport({ report }))
  const recipients = recipientsOf(row) ?? refuse(refused.mailboxMissing())
  await noteReading(tx, report, row.case_id)
  return { teamSealed: row.team_sealed!, recipients }
}

/**
 * Gives a report from before mailboxes its own, by the holder of the receipt. Done once; then the old digits are known
 * by their token only.
 */
export async function furnishMailbox(
  tx: Tx,
  keys: Pick<Keys, 'veil'>,
  mailbox: Omit<Mailbox, 'wordToken'>,
): Promise<void> {
  const report = ownReport(tx)
  const { token, ...made } = mailbox
  const isNew = await receiptStore.furnish(tx, report, { ...made, receiptVeil: veilToken(keys, token) })
  if (isNew) await record(tx, 'receipt.sealed', { report })
}

/**
 * A new receipt for somebody who has lost theirs and stands before the officer or counsellor. The old one and its
 * word open nothing more; what was written to the team stays with the team.
 * @throws intake.noReport, intake.mailboxMissing
 */
export async function renewReceipt(
  tx: Tx,
  keys: Pick<Keys, 'veil'>,
  report: ReportId,
  made: NewReceipt,
): Promise<void> {
  const row = (await store.report(tx, report)) ?? refuse(refused.noReport({ report }))
  if (recipientsOf(row) === null) refuse(refused.mailboxMissing())
  await receiptStore.renewReceipt(tx, report, { ...made, receiptVeil: veilToken(keys, made.token) })
  const about = row.case_id === null ? { report } : { report, case: row.case_id }
  await record(tx, 'receipt.renewed', about, { sureBy: made.sureBy })
}
