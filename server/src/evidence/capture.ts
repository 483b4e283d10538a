import { record } from '#audit'
import { caseOfReport } from '#cases'
import { addressOf } from '#intake'
import type { Tx } from '#platform/database'
import { newId, type AddressId, type CaptureId, type CaseId } from '#platform/ids'
import { later } from '#platform/jobs'
import { refuse } from '#platform/refusals'
import { minuteMs } from '#platform/time'
import { refused } from './errors.ts'
import { captureJob } from './jobs.ts'
import * as store from './store.ts'

// A capture that has said nothing for this long is not under way any more.
const silenceMaxMs = 10 * minuteMs

/** Queues the first capture of an address. The event may be told twice: one capture comes of it. */
export async function capture(tx: Tx, asked: { case: CaseId; address: AddressId }): Promise<CaptureId> {
  const known = await store.latestCapture(tx, asked.address)
  return known === undefined ? queue(tx, asked) : known.id
}

/** Queues one more capture of an address. One that is under way already is the answer. */
export async function recapture(tx: Tx, asked: { case: CaseId; address: AddressId }): Promise<CaptureId> {
  const known = await store.latestCapture(tx, asked.address)
  if (known === undefined || known.state === 'sealed' || known.state === 'failed') return queue(tx, asked)
  // Its worker may be gone for good: the job is asked for again, and finds the same row.
  const since = known.begun_at ?? known.asked_at
  if (tx.now.getTime() - since.getTime() > silenceMaxMs) await later(tx, captureJob, { capture: known.id })
  return known.id
}

/** An officer asks for one more look. @throws evidence.noCaseForAddress */
export async function askAgain(tx: Tx, address: AddressId): Promise<CaptureId> {
  const { report } = await addressOf(tx, address)
  const caseId = (await caseOfReport(tx, report)) ?? refuse(refused.noCaseForAddress({ address }))
  return recapture(tx, { case: caseId, address })
}

async function queue(tx: Tx, asked: { case: CaseId; address: AddressId }): Promise<CaptureId> {
  const capture = newId<'CaptureId'>(tx.now)
  await store.addCapture(tx, {
    id: capture,
    case_id: asked.case,
    address_id: asked.address,
    state: 'queued',
    fault: null,
    asked_at: tx.now,
    begun_at: null,
    finished_at: null,
  })
  await record(tx, 'capture.queued', { case: asked.case, capture, address: asked.address })
  await later(tx, captureJob, { capture })
  return capture
}
