import { hasTurn, type Work } from '#platform/jobs'
import { after, dayMs, hourMs } from '#platform/time'
import { forgetLookups, forgetValues } from './bank-store.ts'
import { placeOf } from './bank.ts'
import { forgetLines } from './feed-store.ts'
import { sealValue } from '#platform/sealed'
import * as store from './store.ts'

// A subscriber that was away for longer goes on with what is left.
const feedDays = 90

// In one transaction; an upgraded installation of 100,000 rows is sealed within an hour, beside its other work.
const rowsOfTick = 500

/**
 * Seals fingerprints that stand in the open, which only an installation from before sealing has, and destroys
 * what withdrawn and expired entries held. The clock calls it; a second process leaves it to the first.
 */
export async function keep(work: Work): Promise<void> {
  await work.act(async tx => {
    if (!(await hasTurn(tx, 'matching.keep'))) return
    for (const row of await store.unsealed(tx, rowsOfTick))
      await store.sealBanked(tx, row.id, sealValue(work.world.keys, placeOf(row), row.made))
    await forgetValues(tx, rowsOfTick)
    await forgetLookups(tx, after(tx.now, -hourMs))
    await forgetLines(tx, after(tx.now, -feedDays * dayMs))
  })
}
