/**
 * The team's side of a mailbox. The key comes when a report is opened, stays in the memory of this page, and goes with
 * it; letters are opened and sealed here, and the server never sees what is said.
 *
 * @module
 */
import { useQuery } from '@tanstack/react-query'
import * as intake from './api.ts'
import type { Message, TeamMailbox } from './api.ts'

// 130 kB that only who reads a conversation needs.
const seal = () => import('@jikimi/seal/mailbox')

export function useMailbox(report: string, hasMailbox: boolean) {
  return useQuery({
    queryKey: ['intake', 'mailbox', report],
    queryFn: () => intake.mailbox(report),
    enabled: hasMailbox,
    staleTime: Number.POSITIVE_INFINITY,
  })
}

// A letter never changes: it is opened once.
const opened = new Map<string, string>()

/** A letter in the clear; null where the team's key does not open it. */
export async function openWith(mailbox: TeamMailbox, letter: string): Promise<string | null> {
  const known = opened.get(letter)
  if (known !== undefined) return known
  const { openLetter } = await seal()
  const text = await openLetter(letter, [mailbox.identity]).catch(() => null)
  if (text !== null) opened.set(letter, text)
  return text
}

/** A page of the conversation in the clear. */
export async function messagesInClear(report: string, mailbox: TeamMailbox | undefined, after?: string) {
  const page = await intake.messages(report, after)
  const rows = await Promise.all(page.rows.map(row => inClear(mailbox, row)))
  return { ...page, rows }
}

async function inClear(mailbox: TeamMailbox | undefined, row: Message): Promise<Message> {
  if (row.letter === null || mailbox === undefined) return row
  return { ...row, text: await openWith(mailbox, row.letter) }
}

/** Writes to the reporter: sealed where there is a mailbox. */
export async function write(
  report: string,
  mailbox: TeamMailbox | undefined,
  text: string,
  key: string,
): Promise<Message> {
  if (mailbox === undefined) return intake.writeMessage(report, { text })
  const { sealLetter } = await seal()
  const { team, answers } = mailbox.recipients
  return intake.writeMessage(report, { letter: await sealLetter(text, [team, answers]), key })
}

export type SureBy = 'document' | 'knownPerson'

/** Draws a new receipt for a reporter who stands here, and makes it the one that opens the report. */
export async function renewReceipt(report: string, sureBy: SureBy): Promise<string> {
  const { keysOfReceipt, newReceipt } = await seal()
  const receipt = newReceipt()
  const { token, own, answers } = await keysOfReceipt(receipt)
  await intake.renewReceipt(report, { token, own: own.recipient, answers: answers.recipient, sureBy })
  return receipt
}
