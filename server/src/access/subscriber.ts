import { record } from '#audit'
import type { ReadTx, Tx } from '#platform/database'
import { refuse } from '#platform/refusals'
import { refused } from './errors.ts'
import * as store from './store.ts'

/**
 * Lets a telecom operator fetch the block lists, with the token behind `veil`.
 * @throws access.subscriberExists
 */
export async function addSubscriber(tx: Tx, name: string, veil: string): Promise<void> {
  const isNew = await store.addSubscriber(tx, { name, veil, added_at: tx.now })
  if (!isNew) refuse(refused.subscriberExists())
  await record(tx, 'subscriber.added', { subscriber: name })
}

/** @throws access.noSubscriber */
export async function removeSubscriber(tx: Tx, name: string): Promise<void> {
  if (!(await store.dropSubscriber(tx, name))) refuse(refused.noSubscriber())
  await record(tx, 'subscriber.removed', { subscriber: name })
}

/** Whether there is a subscriber of this name, for who may see subscribers. */
export async function isSubscriber(tx: ReadTx, name: string): Promise<boolean> {
  return store.hasSubscriber(tx, name)
}
