/**
 * What the holder of a receipt has on this device while the page is open: the digits and the keys made from them.
 * Kept in memory, nowhere else.
 *
 * @module
 */
import { newIdempotencyKey, Problem } from '@jikimi/shared/api.ts'
import {
  challenge,
  furnishReport,
  mailboxKey,
  openReceipt,
  progress,
  uncover,
  writeMessage,
  type Message,
  type Recipients,
  type ReportForm,
} from '../api.ts'
import type { Said } from '../report/draft.ts'
import * as sealing from './sealing.ts'

export interface Held {
  readonly receipt: string
  readonly recipients: Recipients
  /** Opens what was answered. */
  readonly answers: string
  /** Opens what the holder has written; missing while the second word is. */
  readonly own: string | undefined
  /** The receipt comes back for the first time. */
  readonly isFirstReturn: boolean
}

// A challenge holds for ten minutes and one network: after the second, something else is wrong.
const triesMax = 2

/** Works for a challenge and tries; where the work has lapsed meanwhile, once more. */
async function worked<T>(
  attempt: (work: { challenge: string; found: number }, asksDigits: boolean) => Promise<T>,
): Promise<T> {
  for (let tries = 1; ; tries++) {
    const asked = await challenge()
    const found = await sealing.proveWork(asked.challenge, asked.bits)
    try {
      return await attempt({ challenge: asked.challenge, found }, asked.asksDigits)
    } catch (error) {
      const hasLapsed = error instanceof Problem && error.code === 'intake.workMissing'
      if (!hasLapsed || tries >= triesMax) throw error
    }
  }
}

/** Opens the report behind 16 digits. A report from before mailboxes gets its own. */
export async function openWith(receipt: string): Promise<Held> {
  const keys = await sealing.keysOfReceipt(receipt)
  const opened = await worked((work, asksDigits) =>
    openReceipt({ token: keys.token, work, ...(asksDigits ? { digits: receipt } : {}) }),
  )
  return {
    receipt,
    recipients: (await progress()).recipients ?? (await furnished(receipt)),
    answers: keys.answers.identity,
    own: opened.hasWord ? undefined : keys.own.identity,
    isFirstReturn: opened.isFirstReturn,
  }
}

async function furnished(receipt: string): Promise<Recipients> {
  const { unit } = await mailboxKey()
  const { mailbox } = await sealing.furnish(receipt, '', unit)
  const { wordToken: _, ...made } = mailbox
  await furnishReport(made)
  return mailbox
}

/** Uncovers what was sent, by the second word. */
export async function uncoverWith(held: Held, word: string): Promise<Held> {
  const { token, own } = await sealing.keysOfWord(held.receipt, word)
  await worked(work => uncover({ token, work }))
  return { ...held, own: own.identity }
}

/** A message to the team, sealed here. The key makes a second sending the same message. */
export async function write(held: Held, text: string, key: string): Promise<Message> {
  const { team, own } = held.recipients
  return writeMessage(await sealing.sealLetter(text, [team, own]), key)
}

export const newMessageKey = newIdempotencyKey

/** A message in the clear; undefined while it is covered; null where it does not open. */
export async function textOf(held: Held, message: Message): Promise<string | undefined | null> {
  if (message.letter === null) return message.text ?? ''
  const identity = message.from === 'reporter' ? held.own : held.answers
  if (identity === undefined) return undefined
  return sealing.openLetter(message.letter, [identity]).catch(() => null)
}

export interface SealedFiling {
  /** What was sealed: where it is said again in other words, it is sealed anew. */
  readonly of: string
  readonly form: ReportForm
  readonly held: Held
}

/** Draws a receipt, makes its mailbox, and seals what was said; `of` names what this is made of. */
export async function sealFiling(said: Said, word: string, of: string): Promise<SealedFiling> {
  const receipt = await sealing.newReceipt()
  const { unit } = await mailboxKey()
  const { mailbox, own, answers } = await sealing.furnish(receipt, word, unit)
  const story = said.story === '' ? null : await sealing.sealLetter(said.story, [mailbox.team, mailbox.own])
  return {
    of,
    form: { ...said, mailbox, story },
    held: {
      receipt,
      recipients: mailbox,
      answers: answers.identity,
      own: own.identity,
      isFirstReturn: false,
    },
  }
}
