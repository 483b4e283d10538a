/**
 * A person who no longer wants the removal is obeyed at once; who wants it again is too.
 *
 * @module
 */
import { consentTo, reopenMatter, stoppedFor } from '#cases'
import type { EventOf } from '#events'
import { tellVictim } from '#intake'
import type { Tx } from '#platform/database'
import { lockTarget } from './life.ts'
import * as store from './store.ts'
import { beginAnew, takeBackByHand, withdraw } from './target.ts'

/**
 * The consent to the removal was withdrawn: every target of the case stops, and of a provider who was asked already a
 * person takes the wish back. Told late, when it is given again, it stops nothing.
 */
export async function withdrawUnconsented(tx: Tx, event: EventOf<'consent.withdrawn'>): Promise<void> {
  if (event.purpose !== 'removal') return
  if ((await consentTo(tx, event.case, 'removal')) === false)
    for (const each of await store.targetsOfCase(tx, event.case)) {
      if (each.state === 'withdrawn') continue
      // What is verified down has nobody left to be told. Before the matter of the address goes, which may be the last.
      if (each.state !== 'verifiedDown') await takeBackByHand(tx, each)
      await withdraw(tx, each.id, 'noConsent')
    }
  await stoppedFor(tx, event.consent, 'takedown')
}

/** The consent is given again: what had stopped for want of it begins anew. Told late, it begins nothing. */
export async function resumeConsented(tx: Tx, event: EventOf<'consent.given'>): Promise<void> {
  if (event.purpose !== 'removal' || (await consentTo(tx, event.case, 'removal')) === false) return
  for (const { id } of await store.targetsOfCase(tx, event.case)) {
    const target = await lockTarget(tx, id)
    if (target.state !== 'withdrawn' || target.withdrawn_for !== 'noConsent') continue
    await beginAnew(tx, target)
    await tellVictim(tx, target.address_id, 'recognised')
    await reopenMatter(tx, target.case_id, 'address', target.address_id)
  }
}
