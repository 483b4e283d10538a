/**
 * What tests of this room begin with: a form, a filing.
 *
 * @module
 */
import { createHash, randomUUID } from 'node:crypto'
import type { ReportId } from '#platform/ids'
import { reporter, type Trial } from '#platform/trial'
import { trialKeys, trialMailbox } from '#platform/trial-keys'
import { fileReport, prepareFiling } from './report.ts'
import type { ReportForm } from './schema.ts'

export const hash = 'a5'.repeat(32)

export function formOf(change: Partial<ReportForm> = {}): ReportForm {
  return {
    language: 'ko',
    concern: 'leak',
    relation: 'self',
    ageUnder18: false,
    region: 'seoul',
    mailbox: trialMailbox('b7'.repeat(32)),
    story: 'c2VhbGVkIHN0b3J5',
    wantsWoman: false,
    contact: { way: 'receiptOnly' },
    addresses: ['https://clips.example/watch/1', 'https://clips.example/watch/2'],
    fingerprints: [{ kind: 'picture', profile: 'pdq-512/1', hash, quality: 90 }],
    ...change,
  }
}

/** Files a form as the portal would: the token of its receipt, which goes with the key, and the report behind it. */
export async function filed(
  trial: Trial,
  change: Partial<ReportForm> = {},
  key: string = randomUUID(),
): Promise<{ report: ReportId; token: string }> {
  const token = createHash('sha256').update(key).digest('hex')
  const form = formOf({ mailbox: trialMailbox(token), ...change })
  const ready = prepareFiling(trialKeys, trial.clock.now(), form, key)
  const report = await trial.as(reporter(ready.report)).do(tx => fileReport(tx, ready))
  return { report, token }
}

/** A sealed message, as far as this room sees into it. */
export function letterOf(text: string, key: string = randomUUID()): { letter: string; key: string } {
  return { letter: Buffer.from(text).toString('base64'), key }
}
