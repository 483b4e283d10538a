import { record } from '#audit'
import type { ReadTx, Tx } from '#platform/database'
import { refuse } from '#platform/refusals'
import { refused } from './errors.ts'
import type { Agency, NewAgency } from './schema.ts'
import * as store from './store.ts'

/** The local agencies, in the order in which lists show them: the eighteen that are shipped, and those added. */
export async function agencies(tx: ReadTx): Promise<Agency[]> {
  return store.agencies(tx)
}

/** @throws staffing.noAgency */
export async function agencyNamed(tx: ReadTx, code: string): Promise<Agency> {
  const found = await store.agencies(tx)
  return found.find(each => each.code === code) ?? refuse(refused.noAgency())
}

/**
 * Adds an agency, without officers at first: its rules are broken from the start and stand in nobody's way.
 * @throws staffing.agencyExists
 */
export async function addAgency(tx: Tx, form: NewAgency): Promise<void> {
  if (!(await store.addAgency(tx, { ...form, added_at: tx.now }))) refuse(refused.agencyExists())
  await record(tx, 'agency.added', { agency: form.code })
}
