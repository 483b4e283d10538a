import { record } from '#audit'
import { tellCaseState } from '#intake'
import type { Tx } from '#platform/database'
import { emit } from '#platform/jobs'
import { isWoman, release } from '#staffing'
import { resume } from './assignment.ts'
import { letCalledIn } from './called.ts'
import * as store from './store.ts'

/** Closes the case where nothing is open any more. The officer is free; who had the case stays on the file. */
export async function closeWhenDone(tx: Tx, file: store.File): Promise<void> {
  const counts = await store.countsOf(tx, [file.id])
  if (file.state === 'closed' || (counts.get(file.id)?.open ?? 0) > 0) return
  await store.setState(tx, file.id, { state: 'closed', closed_at: tx.now })
  await release(tx, file.id)
  await letCalledIn(tx, file.id)
  const officerIsWoman = file.officer_id === null ? null : await isWoman(tx, file.officer_id)
  await tellCaseState(tx, file.report_id, { state: 'closed', officerIsWoman })
  await record(tx, 'case.closed', { case: file.id })
  await emit(tx, 'case.closed', { case: file.id })
}

/** Opens a closed case again, with the officer who knows it, or another where they are elsewhere by now. */
export async function reopen(tx: Tx, file: store.File): Promise<void> {
  await store.setState(tx, file.id, { state: 'open', closed_at: null })
  await record(tx, 'case.reopened', { case: file.id })
  await resume(tx, file)
}
