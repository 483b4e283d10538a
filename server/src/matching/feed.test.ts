import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { mayDo } from '#access'
import { newId, type BankEntryId, type BankId, type MatchId } from '#platform/ids'
import { machine, openTrial, staff, type Trial } from '#platform/trial'
import { openTrialFront, type Ask } from '#platform/trial-front'
import { openTrialWorld, type TrialWorld } from '#platform/trial-world'
import { dayMs } from '#platform/time'
import { makeBank } from './banks.ts'
import { addEntries } from './entries.ts'
import type { FeedPage } from './feed-schema.ts'
import { listFeeds, tellFeeds } from './feed.ts'
import { announceJob, deliverJob } from './feed-webhook.ts'
import { jobs } from './jobs.ts'
import { keep } from './keep.ts'
import { routes } from './routes.ts'
import type { MatchRow } from './store.ts'

const room = machine('matching')
const administrator = staff('administrator', null)
const partner = { kind: 'subscriber', name: 'partner' } as const
let trial: Trial
let place: TrialWorld
let front: Awaited<ReturnType<typeof openTrialFront>>
let [one, other]: { bank: BankId; entry: BankEntryId }[] = []

beforeAll(async () => {
  trial = await openTrial({ jobs })
  place = await openTrialWorld(trial)
  front = await openTrialFront(trial, { world: place.world, routes, mayDo })
  one = await bankNamed('첫째')
  other = await bankNamed('둘째')
  for (const name of [partner.name, 'operator'])
    await trial.database.pool.query(
      'insert into access.subscriber (name, veil, added_at) values ($1, $1, $2)',
      [name, trial.clock.now()],
    )
})
beforeEach(async () => {
  await trial.database.pool.query('delete from matching.feed')
  trial.clock.advance(60_000)
})
afterAll(async () => {
  await front.close()
  await place[Symbol.asyncDispose]()
  await trial[Symbol.asyncDispose]()
})

async function bankNamed(name: string) {
  return trial.as(staff('leader')).do(async tx => {
    const limits = { isEnabled: true, matchMax: 31, reviewMax: 52 }
    const bank = await makeBank(tx, { name, kind: 'list', source: '제휴', ...limits })
    const digest = name === '첫째' ? 'a'.repeat(32) : 'b'.repeat(32)
    const { entries } = await addEntries(tx, place.world.keys, bank, [
      {
        place: 0,
        algorithm: 'md5',
        value: { kind: 'digest', digest },
        about: { opinion: 'confirmed', label: 'ncii' },
      },
    ])
    return { bank, entry: entries[0]!.entry }
  })
}

/** What the room tells of a match that this bank has found. */
async function told(of: { bank: BankId; entry: BankEntryId } | undefined, more: Partial<MatchRow> = {}) {
  const id = newId<'MatchId'>(trial.clock.now())
  const row = {
    id,
    bank_id: of!.bank,
    entry_id: of!.entry,
    distance: 4,
    is_strong: true,
    ...more,
  } as MatchRow
  await trial.as(room).do(tx => tellFeeds(tx, row, 'pending'))
  return row
}
const ask = (who: Parameters<Ask>[0], method: string, url: string, payload?: object) =>
  front.ask(who, method as Parameters<Ask>[1], url, payload)
async function newFeed(asked: object) {
  const made = await ask(administrator, 'POST', '/match-feeds', { subscriber: partner.name, ...asked })
  expect(made.statusCode, made.body).toBe(201)
  return made.json<{ feed: string; secret: string }>()
}
const read = async (after = 0, limit = 100) =>
  (await ask(partner, 'GET', `/match-feed?after=${after}&limit=${limit}`)).json<FeedPage>()

test('a subscriber reads by cursor what became of the matches of its banks, from then on, and nothing else', async () => {
  await told(one)
  trial.clock.advance(1000)
  await newFeed({ banks: [one!.bank] })
  const match = await told(one, { distance: 40, is_strong: false })
  await told(other)
  await told(one, { bank_id: null, entry_id: null })
  await trial.as(staff('officer')).do(tx => tellFeeds(tx, match, 'confirmed'))
  await trial.as(staff('officer')).do(tx => tellFeeds(tx, match, 'reversed'))

  const all = await read()
  const line = { match: match.id, bank: one!.bank, label: 'ncii', distance: 40, tier: 'review' }
  expect(all.rows).toMatchObject([
    { ...line, decision: 'pending' },
    { ...line, decision: 'confirmed' },
    { ...line, decision: 'reversed' },
  ])
  expect(Object.keys(all.rows[0]!).toSorted()).toEqual(
    ['at', 'bank', 'decision', 'distance', 'label', 'match', 'number', 'tier'].toSorted(),
  )
  const first = await read(0, 2)
  expect(first.rows).toEqual(all.rows.slice(0, 2))
  expect(await read(first.next)).toEqual({ rows: all.rows.slice(2), next: all.next })
  expect(await read(all.next)).toEqual({ rows: [], next: all.next })
})

test('who has no feed, a person, and a feed that has ended hear nothing; the administrator alone makes one', async () => {
  const { feed } = await newFeed({ banks: [one!.bank] })
  await told(one)
  expect((await ask({ kind: 'subscriber', name: 'operator' }, 'GET', '/match-feed')).json()).toMatchObject({
    code: 'matching.noFeed',
  })
  expect((await ask(administrator, 'GET', '/match-feed')).statusCode).toBe(403)
  for (const who of [administrator, staff('leader'), partner])
    expect(
      await trial.as(who).see(tx => tx.db.selectFrom('matching.feed_line').selectAll().execute()),
    ).toEqual([])
  const asked = { subscriber: partner.name, banks: [one!.bank] }
  expect((await ask(staff('leader'), 'POST', '/match-feeds', asked)).statusCode).toBe(403)
  const refusals = [
    [asked, 'matching.feedExists'],
    [{ ...asked, subscriber: 'nobody' }, 'matching.noSubscriber'],
    [{ ...asked, banks: ['01890000-0000-7000-8000-000000000000'] }, 'matching.noBank'],
  ] as const
  for (const [wish, code] of refusals)
    expect((await ask(administrator, 'POST', '/match-feeds', wish)).json()).toMatchObject({ code })
  for (const webhook of ['ftp://hook.example/', 'no address'])
    expect((await ask(administrator, 'POST', '/match-feeds', { ...asked, webhook })).statusCode).toBe(400)

  expect((await ask(administrator, 'DELETE', `/match-feeds/${feed}`)).statusCode).toBe(204)
  expect((await ask(administrator, 'DELETE', `/match-feeds/${feed}`)).json()).toMatchObject({
    code: 'matching.noFeed',
  })
  expect(await read()).toMatchObject({ code: 'matching.noFeed' })
})

test('a webhook is sent signed lines, again until it takes them, and its failing is seen', async () => {
  const got: { body: string; signature: string }[] = []
  let status = 500
  place.hosts.set('hook.example', (request, response) => {
    let body = ''
    request.on('data', chunk => (body += String(chunk)))
    request.on('end', () => {
      got.push({ body, signature: String(request.headers['x-jikimi-signature']) })
      response.writeHead(status, status === 302 ? { location: place.url('elsewhere.example') } : {}).end()
    })
  })
  const { feed, secret } = await newFeed({ banks: [one!.bank], webhook: place.url('hook.example', '/in') })
  const failing = async () => (await trial.as(room).see(listFeeds)).rows[0]!
  const deliver = () => deliverJob.run(place.work('matching'), { feed: feed as never })

  const first = await told(one)
  await announceJob.run(place.work('matching'), { bank: one!.bank })
  expect((await trial.queued()).filter(each => each.queue === deliverJob.queue)).toMatchObject([
    { payload: { feed } },
  ])
  for (status of [500, 302]) await expect(deliver()).rejects.toMatchObject({ name: 'WebhookFault' })
  // What is signed for one place is sent to no other.
  expect(place.asked.filter(each => each.includes('elsewhere.example'))).toEqual([])
  const since = (await failing()).failingSince
  expect(since).not.toBeNull()
  expect(await failing()).toMatchObject({ waiting: 1 })

  status = 204
  const second = await told(one)
  got.length = 0
  await deliver()
  await deliver()
  expect(await failing()).toMatchObject({ waiting: 0, failingSince: null })
  expect(got).toHaveLength(1)
  const { body, signature } = got[0]!
  const page = JSON.parse(body) as FeedPage
  expect(page.rows.map(row => row.match)).toEqual([first.id, second.id] satisfies MatchId[])
  const [, seconds, made] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(signature)!
  expect(made).toBe(createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex'))
  expect(Number(seconds)).toBe(Math.floor(trial.clock.now().getTime() / 1000))
  const { rows } = await trial.database.pool.query('select * from matching.feed')
  expect(JSON.stringify(rows)).not.toContain(secret)
  await place.settle([deliverJob, announceJob])
})

test('a network of our own is no place for a webhook', async () => {
  await using inner = await openTrialWorld(trial, { outboundAllow: [] })
  inner.hosts.set('inner.example', (_, response) => response.writeHead(204).end())
  const { feed } = await newFeed({ banks: [one!.bank], webhook: inner.url('inner.example') })
  await told(one)
  await expect(deliverJob.run(inner.work('matching'), { feed: feed as never })).rejects.toMatchObject({
    name: 'WebhookFault',
    cause: { code: 'privateNetwork' },
  })
  expect(inner.asked).toEqual([])
  await place.settle([announceJob])
  await trial.database.pool.query(`delete from pgboss.job where name = $1`, [deliverJob.queue])
})

test('lines are kept for ninety days', async () => {
  await newFeed({ banks: [one!.bank] })
  await told(one)
  trial.clock.advance(89 * dayMs)
  await keep(place.work('matching'))
  expect((await read()).rows).toHaveLength(1)
  trial.clock.advance(2 * dayMs)
  await keep(place.work('matching'))
  expect((await read()).rows).toEqual([])
})
