/**
 * Those who build upon us hear of the matches of the banks that an administrator has chosen for them: each time
 * that one is found, decided upon or taken back, one line.
 *
 * @module
 */
import { isSubscriber } from '#access'
import { record } from '#audit'
import type { ReadTx, Tx } from '#platform/database'
import { newId, type FeedId } from '#platform/ids'
import { later } from '#platform/jobs'
import type { Keys } from '#platform/keys'
import { refuse } from '#platform/refusals'
import { bank } from './bank-store.ts'
import { refused } from './errors.ts'
import type { Feed, FeedPage, FeedQuery, NewFeed } from './feed-schema.ts'
import { pageOf, secretOf } from './feed-page.ts'
import * as store from './feed-store.ts'
import { announceJob } from './feed-webhook.ts'
import type { MatchState } from './schema.ts'
import type { MatchRow } from './store.ts'

/** Adds what became of a match to what subscribers read. Matches of cases' own banks are nobody else's. */
export async function tellFeeds(tx: Tx, row: MatchRow, decision: MatchState): Promise<void> {
  if (row.bank_id === null || row.entry_id === null) return
  await store.addLine(tx, {
    bank_id: row.bank_id,
    match_id: row.id,
    label: await store.labelOf(tx, row.entry_id),
    distance: row.distance ?? 0,
    is_strong: row.is_strong ?? false,
    decision,
    at: tx.now,
  })
  await later(tx, announceJob, { bank: row.bank_id })
}

/**
 * Lets a subscriber hear of the matches of some banks, from now on; the secret signs what its webhook is sent.
 * @throws matching.noSubscriber, matching.noBank
 * @throws matching.feedExists the subscriber has one: end that one first
 */
export async function makeFeed(
  tx: Tx,
  keys: Pick<Keys, 'keyFor'>,
  asked: NewFeed,
): Promise<{ feed: FeedId; secret: string }> {
  if (!(await isSubscriber(tx, asked.subscriber))) refuse(refused.noSubscriber())
  const banks = [...new Set(asked.banks)]
  for (const id of banks) if ((await bank(tx, id)) === undefined) refuse(refused.noBank({ bank: id }))
  const id = newId<'FeedId'>(tx.now)
  const isNew = await store.addFeed(tx, {
    id,
    subscriber: asked.subscriber,
    bank_ids: banks,
    webhook: asked.webhook ?? null,
    delivered: 0,
    failing_since: null,
    made_at: tx.now,
  })
  if (!isNew) refuse(refused.feedExists())
  await record(
    tx,
    'feed.made',
    { feed: id },
    { banks: banks.length, hasWebhook: asked.webhook !== undefined },
  )
  return { feed: id, secret: secretOf(keys, id) }
}

/** Ends a feed: nothing more is answered or sent. @throws matching.noFeed */
export async function endFeed(tx: Tx, id: FeedId): Promise<void> {
  if (!(await store.dropFeed(tx, id))) refuse(refused.noFeed({ feed: id }))
  await record(tx, 'feed.ended', { feed: id })
}

/** Who hears of what, and whether their webhooks answer. Asked in the room's own name: nobody else sees lines. */
export async function listFeeds(tx: ReadTx): Promise<{ rows: Feed[] }> {
  const rows: Feed[] = []
  for (const row of await store.feeds(tx))
    rows.push({
      feed: row.id,
      subscriber: row.subscriber,
      banks: row.bank_ids,
      webhook: row.webhook,
      failingSince: row.failing_since?.toISOString() ?? null,
      waiting: row.webhook === null ? 0 : await store.waitingCount(tx, row),
      madeAt: row.made_at.toISOString(),
    })
  return { rows }
}

/** What a subscriber may hear of, past a number, oldest first. @throws matching.noFeed it has none */
export async function readFeed(tx: ReadTx, subscriber: string, asked: FeedQuery): Promise<FeedPage> {
  const feed = (await store.feedOf(tx, subscriber)) ?? refuse(refused.noFeed())
  return pageOf(tx, feed, asked.after, asked.limit)
}
