import { newIdentity, recipientOf } from './identity.ts'
import { sealLetter } from './letter.ts'
import { keysOfReceipt, keysOfWord, type KeyPair } from './receipt.ts'

/** What a server may know of a mailbox. */
export interface Mailbox {
  readonly token: string
  readonly wordToken: string | null
  readonly team: string
  readonly own: string
  readonly answers: string
  readonly teamSealed: string
}

export interface Furnished {
  readonly mailbox: Mailbox
  /** Opens what the holder has written. */
  readonly own: KeyPair
  /** Opens what was answered. */
  readonly answers: KeyPair
}

/**
 * Makes the mailbox of a receipt on its holder's device, with a new key for the team, sealed to the unit.
 * @param word the second word, without which what was written is not shown again; '' for none
 * @param unit the unit's recipient, `age1pq1…`
 */
export async function furnish(receipt: string, word: string, unit: string): Promise<Furnished> {
  const keys = await keysOfReceipt(receipt)
  const spoken = word.trim() === '' ? undefined : await keysOfWord(receipt, word)
  const own = spoken?.own ?? keys.own
  const team = await newIdentity()
  return {
    mailbox: {
      token: keys.token,
      wordToken: spoken?.token ?? null,
      team: await recipientOf(team),
      own: own.recipient,
      answers: keys.answers.recipient,
      teamSealed: await sealLetter(team, [unit]),
    },
    own,
    answers: keys.answers,
  }
}
