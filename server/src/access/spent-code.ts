/**
 * A code of the authenticator app opens something once (RFC 6238, section 5.2; ASVS 5.0, 6.5.1). better-auth accepts
 * it again while it is shown.
 *
 * @module
 */
import type { Database } from '#platform/database'
import type { AccountId } from '#platform/ids'
import { after, minuteMs, systemClock } from '#platform/time'
import { system } from '#platform/who'
import type { World } from '#platform/world'
import * as store from './store.ts'

// The library accepts the code before and the code after that of now: 90 seconds, and some for clocks that differ.
const keptMs = 3 * minuteMs

/** Marks the code as used; false where it was. Of two that come at once with one code, one gets true. */
export async function spendCode(
  database: Database,
  world: Pick<World, 'keys'>,
  account: AccountId,
  code: string,
): Promise<boolean> {
  const now = systemClock.now()
  const veil = world.keys.veil('code', `${account}\0${code}`)
  return database.act(system('access'), async tx => {
    await store.dropSpentCodes(tx, after(now, -keptMs))
    return store.addSpentCode(tx, { account, veil, spent_at: now })
  })
}
