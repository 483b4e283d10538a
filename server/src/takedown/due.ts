import type { Tx } from '#platform/database'
import { later, type Work } from '#platform/jobs'
import type { TargetId } from '#platform/ids'
import { step } from './ladder.ts'
import { send, type Desk } from './notice.ts'
import { recheck } from './recheck.ts'
import type { StateName } from './states.ts'
import * as store from './store.ts'

// One tick's share of each kind; a backlog is worked off over several ticks.
const dueMax = 50

// Where the next step needs no look at the page: nobody has been asked yet, or the answer was no.
const withoutLook: readonly StateName[] = ['open', 'awaitingChannel', 'reappeared', 'refused']

/**
 * The clock of the room: hands out what is due by the product's time, each as a job that commits with the note
 * that it was handed out. Several processes may tick at once; each takes rows that no other has.
 */
export async function due(work: Work): Promise<number> {
  return work.act(tx => handOut(tx, work.world.config))
}

async function handOut(tx: Tx, desk: Desk): Promise<number> {
  const toAct = await store.takeDue(tx, 'act_at', dueMax)
  const looked = new Set<TargetId>()
  for (const id of toAct) {
    const target = await store.target(tx, id)
    if (target === undefined) continue
    if (withoutLook.includes(target.state)) {
      await step(tx, target, desk)
      continue
    }
    looked.add(id)
    await later(tx, recheck, { target: id, climb: true })
  }
  const toLook = await store.takeDue(tx, 'recheck_at', dueMax)
  for (const id of toLook) if (!looked.has(id)) await later(tx, recheck, { target: id, climb: false })
  const toSend = await store.takeRetries(tx, dueMax)
  for (const notice of toSend) await later(tx, send, { notice })
  return toAct.length + toLook.length + toSend.length
}
