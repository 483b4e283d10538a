/**
 * The mailbox of the report that the stand-in server shows: real keys, made for this run.
 *
 * @module
 */
import { newIdentity, recipientOf, sealLetter } from '@jikimi/seal/mailbox'
import type { TeamMailbox } from '../intake/api.ts'

const identity = await newIdentity()
const team = await recipientOf(identity)
// The reporter's side is not here: what is sealed to it need not be opened in these tests.
const reporter = await recipientOf(await newIdentity())

export const mailbox: TeamMailbox = { identity, recipients: { team, own: reporter, answers: reporter } }

/** Sealed as the other side would. */
export const sealed = (text: string): Promise<string> => sealLetter(text, [team])
