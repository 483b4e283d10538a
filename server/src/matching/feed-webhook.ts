/**
 * New lines of a feed on their way to its webhook: signed, in order, and sent again until they are taken. A webhook
 * may get a line twice, and knows it by its number.
 *
 * @module
 */
import { createHmac } from 'node:crypto'
import { z } from 'zod'
import type { ReadTx } from '#platform/database'
import { ids, type BankId, type FeedId } from '#platform/ids'
import { job, later, type Work } from '#platform/jobs'
import { pageOf, secretOf } from './feed-page.ts'
import type { FeedPage } from './feed-schema.ts'
import * as store from './feed-store.ts'

const linesOfRequest = 100
// A webhook that was away for long catches up in several jobs.
const requestsMax = 20
const answerTimeoutMs = 10_000
const answerBytesMax = 10_000

/** Tells a job's failure to the operations page; what was answered may be anything, and is not repeated. */
class WebhookFault extends Error {
  override readonly name = 'WebhookFault'
}

/** Sends new lines. After some ten minutes of retries it waits for an administrator, or for the next match. */
export const deliverJob = job('matching', 'deliver', z.object({ feed: ids.FeedId }), deliver, {
  attempts: 8,
  retryAfterS: 5,
  timeoutS: 300,
})

/** Asks for the webhooks that hear of a bank: who found or decided may not see whose they are. */
export const announceJob = job('matching', 'announce', z.object({ bank: ids.BankId }), announce)

async function announce(work: Work, { bank }: { bank: BankId }): Promise<void> {
  await work.act(async tx => {
    for (const feed of await store.feedsWithWebhook(tx, bank)) await later(tx, deliverJob, { feed })
  })
}

async function deliver(work: Work, { feed: id }: { feed: FeedId }): Promise<void> {
  for (let request = 0; request < requestsMax; request += 1) {
    const waiting = await work.look(tx => waitingOf(tx, id))
    if (waiting === undefined) return
    const { webhook, page } = waiting
    try {
      await send(work, id, webhook, page)
    } catch (cause) {
      await work.act(tx => store.noteFailing(tx, id))
      throw new WebhookFault('The webhook has not taken the lines.', { cause })
    }
    await work.act(tx => store.noteDelivered(tx, id, page.next))
  }
  await work.act(tx => later(tx, deliverJob, { feed: id }))
}

async function waitingOf(tx: ReadTx, id: FeedId): Promise<{ webhook: string; page: FeedPage } | undefined> {
  const feed = await store.feed(tx, id)
  if (feed === undefined || feed.webhook === null) return undefined
  const page = await pageOf(tx, feed, feed.delivered, linesOfRequest)
  return page.rows.length === 0 ? undefined : { webhook: feed.webhook, page }
}

async function send({ world }: Work, id: FeedId, webhook: string, page: FeedPage): Promise<void> {
  const body = JSON.stringify(page)
  const answer = await world.outbound.request(webhook, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'x-jikimi-signature': signatureOf(secretOf(world.keys, id), world.clock.now(), body),
    },
    timeoutMs: answerTimeoutMs,
    bytesMax: answerBytesMax,
    // What is signed for one place is sent to no other.
    redirectsMax: 0,
  })
  if (answer.status < 200 || answer.status > 299) throw new WebhookFault(`status ${answer.status}`)
}

/**
 * `t=SECONDS,v1=HEX`: the time, and HMAC-SHA-256 of `SECONDS.BODY` under the secret. A receiver that refuses old
 * times refuses what somebody has kept and sent again.
 */
export function signatureOf(secret: string, at: Date, body: string): string {
  const seconds = Math.floor(at.getTime() / 1000)
  const made = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')
  return `t=${seconds},v1=${made}`
}
