/**
 * What tests of this room begin with: a form, a filing.
 *
 * @module
 */
import { randomUUID } from 'node:crypto'
import type { ReportId } from '#platform/ids'
import { reporter, type Trial } from '#platform/trial'
import { trialKeys } from '#platform/trial-keys'
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
    story: '헤어진 사람이 영상을 올렸어요.',
    wantsWoman: false,
    contact: { way: 'receiptOnly' },
    addresses: ['https://clips.example/watch/1', 'https://clips.example/watch/2'],
    fingerprints: [{ kind: 'picture', profile: 'pdq-512/1', hash, quality: 90 }],
    ...change,
  }
}

/** Files a form as the portal would: a receipt and the report behind it. */
export async function filed(
  trial: Trial,
  change: Partial<ReportForm> = {},
  key: string = randomUUID(),
): Promise<{ report: ReportId; receipt: string }> {
  const ready = prepareFiling(trialKeys, trial.clock.now(), formOf(change), key)
  const report = await trial.as(reporter(ready.report)).do(tx => fileReport(tx, ready))
  return { report, receipt: ready.receipt }
}
