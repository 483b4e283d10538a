import { afterAll, beforeAll, expect, test } from 'vitest'
import { mayDo } from '#access'
import { machine, openTrial, staff, type Trial } from '#platform/trial'
import { openTrialFront, type Ask } from '#platform/trial-front'
import { openTrialWorld, type TrialWorld } from '#platform/trial-world'
import { openCase, type Opened } from '#trial-case'
import { capture } from './capture.ts'
import { jobs } from './jobs.ts'
import { routes } from './routes.ts'

const officer = staff('officer')
let trial: Trial
let place: TrialWorld
let front: { ask: Ask; close(): Promise<void> }
let opened: Opened

beforeAll(async () => {
  trial = await openTrial({ jobs, team: [officer] })
  place = await openTrialWorld(trial)
  front = await openTrialFront(trial, { world: place.world, routes, mayDo })
  place.hosts.set(
    'route.example',
    (_, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<p>x'),
  )
  opened = await openCase(trial, place.url('route.example'))
  await trial.as(machine('evidence')).do(tx => capture(tx, opened))
  await place.settle(jobs)
}, 180_000)
afterAll(async () => {
  await front.close()
  await place[Symbol.asyncDispose]()
  await trial[Symbol.asyncDispose]()
})

interface Listed {
  readonly rows: readonly { exhibit: string; kind: string; canonical: string }[]
  readonly next: string | null
  readonly captures: readonly { state: string }[]
}

test('exhibits are listed, previewed, viewed for a reason and handed out sealed', async () => {
  const list = await front.ask(officer, 'GET', `/cases/${opened.case}/exhibits?limit=1`)
  expect(list.statusCode).toBe(200)
  const { rows, next, captures } = list.json<Listed>()
  expect(rows).toMatchObject([{ kind: 'archive', canonical: place.url('route.example') }])
  expect(captures).toMatchObject([{ state: 'sealed' }])
  const rest = await front.ask(officer, 'GET', `/cases/${opened.case}/exhibits?after=${next}`)
  expect(rest.json<Listed>()).toMatchObject({ rows: [{ kind: 'picture' }], next: null })
  const { exhibit } = rest.json<Listed>().rows[0]!
  const preview = await front.ask(officer, 'GET', `/exhibits/${exhibit}/preview`)
  expect([preview.statusCode, preview.headers['content-type']]).toEqual([200, 'image/jpeg'])
  expect(preview.headers['cache-control']).toContain('no-store')
  const idle = await front.ask(officer, 'POST', `/exhibits/${exhibit}/viewings`, { reason: 'curious' })
  expect(idle.statusCode).toBe(400)
  const viewing = await front.ask(officer, 'POST', `/exhibits/${exhibit}/viewings`, { reason: 'court' })
  expect([viewing.statusCode, viewing.headers['content-type']]).toEqual([200, 'image/png'])
  const sealed = await front.ask(officer, 'GET', `/exhibits/${exhibit}/sealed`)
  expect(sealed.rawPayload.subarray(0, 21).toString()).toBe('age-encryption.org/v1')
  expect((await front.ask(officer, 'POST', `/addresses/${opened.address}/captures`)).statusCode).toBe(202)
})

test('to another agency it is not there; who has no right to evidence is turned away', async () => {
  const [{ exhibit } = { exhibit: '' }] = (
    await front.ask(officer, 'GET', `/cases/${opened.case}/exhibits`)
  ).json<Listed>().rows
  const asked = [
    ['GET', `/cases/${opened.case}/exhibits`, undefined],
    ['GET', `/exhibits/${exhibit}/preview`, undefined],
    ['POST', `/exhibits/${exhibit}/viewings`, { reason: 'verify' }],
    ['GET', `/exhibits/${exhibit}/sealed`, undefined],
    ['POST', `/addresses/${opened.address}/captures`, undefined],
  ] as const
  for (const [method, url, body] of asked) {
    expect((await front.ask(staff('leader', 'busan'), method, url, body)).statusCode, url).toBe(404)
    expect((await front.ask(staff('counsellor'), method, url, body)).statusCode, url).toBe(403)
    expect((await front.ask(staff('administrator', null), method, url, body)).statusCode, url).toBe(403)
  }
})
