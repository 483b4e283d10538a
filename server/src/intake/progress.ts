import type { ReadTx, Tx } from '#platform/database'
import type { AddressId, ReportId } from '#platform/ids'
import { refuse } from '#platform/refusals'
import { refused } from './errors.ts'
import { recipientsOf } from './mailbox.ts'
import { ownReport } from './receipt.ts'
import type { Progress, Step } from './schema.ts'
import * as store from './store.ts'

export type AddressProgress = Progress['addresses'][number] & { readonly canonical: string }

/** What the holder of the receipt is told: per address what happened and what is so now. */
export async function progress(tx: ReadTx): Promise<Progress> {
  const id = ownReport(tx)
  const row = (await store.report(tx, id)) ?? refuse(refused.noReport({ report: id }))
  const unread = await store.unreadBy(tx, [id], 'staff')
  const isCovered = tx.who.kind === 'reporter' && tx.who.isCovered === true
  const addresses = await addressesWithSteps(tx, id)
  return {
    filedAt: row.filed_at.toISOString(),
    language: row.language,
    caseState: row.case_state,
    officer: row.officer_is_woman === null ? null : { isWoman: row.officer_is_woman },
    isCovered,
    recipients: recipientsOf(row),
    // What was sent is not shown again to whoever holds the digits alone.
    addresses: isCovered ? addresses.map(each => ({ ...each, canonical: null })) : addresses,
    unread: unread.get(id) ?? 0,
  }
}

/** The addresses of a report, in the order in which they were named, each with its steps, oldest first. */
export async function addressesWithSteps(tx: ReadTx, report: ReportId): Promise<AddressProgress[]> {
  const taken = Map.groupBy(await store.stepsOf(tx, report), step => step.address_id)
  return (await store.addressesOf(tx, report)).map(row => {
    const steps = (taken.get(row.id) ?? []).map(({ step, at }) => ({ step, at: at.toISOString() }))
    return {
      address: row.id,
      canonical: row.canonical,
      source: row.source,
      steps,
      now: steps.at(-1)?.step ?? 'received',
    }
  })
}

/**
 * Tells the victim what happened to an address. Telling what is so already tells nothing new: a job may run
 * twice.
 * @throws intake.noAddress there is none, or it belongs to a case that the caller may not see
 */
export async function tellVictim(tx: Tx, address: AddressId, step: Step): Promise<void> {
  const row = (await store.address(tx, address)) ?? refuse(refused.noAddress({ address }))
  if ((await store.latestStep(tx, address)) === step) return
  await store.addSteps(tx, [{ address_id: address, report_id: row.report_id, step, at: tx.now }])
}
