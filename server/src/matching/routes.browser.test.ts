import { expect, test } from 'vitest'
import { mayDo } from '#access'
import { capture, jobs as evidenceJobs } from '#evidence'
import { on } from '#platform/jobs'
import { machine, openTrial, staff } from '#platform/trial'
import { openTrialFront } from '#platform/trial-front'
import { madePicture } from '#platform/trial-media'
import { openTrialWorld } from '#platform/trial-world'
import { openCase } from '#trial-case'
import { examine } from './examine.ts'
import { reported } from './given.ts'
import { jobs } from './jobs.ts'
import { routes } from './routes.ts'

test('matches and the bank are read by the case’s team; to another agency they are not there', async () => {
  const officer = staff('officer')
  const sealed = on('exhibit.sealed', 'matching', async () => {})
  await using trial = await openTrial({
    jobs: [...evidenceJobs, ...jobs],
    procedure: [sealed],
    team: [officer],
  })
  await using place = await openTrialWorld(trial)
  const front = await openTrialFront(trial, { world: place.world, routes, mayDo })
  const picture = await madePicture(3)
  place.hosts.set('route.example', (_, response) => {
    response.writeHead(200, { 'content-type': 'image/jpeg' }).end(picture)
  })
  const fingerprint = await reported(place.world, 'image/jpeg', picture)
  const opened = await openCase(trial, place.url('route.example'), [fingerprint], place.world.keys)
  await trial.as(machine('evidence')).do(tx => capture(tx, opened))
  await place.settle(evidenceJobs)
  const told = (await trial.queued()).find(each => each.queue === 'exhibit.sealed/matching')
  await trial.as(machine('matching')).do(tx => examine(tx, told!.payload as never))
  await place.settle(jobs)

  // The address is that of the picture itself.
  const matches = (await front.ask(officer, 'GET', '/matches?state=confirmed')).json<{
    rows: { match: string }[]
  }>()
  expect(matches).toMatchObject({
    rows: [{ case: opened.case, kind: 'sure', distance: 0, state: 'confirmed' }],
    next: null,
  })
  expect((await front.ask(officer, 'GET', '/matches?state=pending')).json()).toEqual({ rows: [], next: null })
  expect((await front.ask(officer, 'GET', `/cases/${opened.case}/matches`)).json()).toEqual(matches)
  const bank = await front.ask(officer, 'GET', `/cases/${opened.case}/fingerprints`)
  expect(bank.json()).toMatchObject({ pictures: 1, videos: 0, frames: 1, copies: 1 })
  expect(bank.body).not.toMatch(/[0-9a-f]{64}/)
  const decisions = `/matches/${matches.rows[0]!.match}/decisions`
  expect((await front.ask(officer, 'POST', decisions, { verdict: 'same' })).statusCode).toBe(204)
  expect((await front.ask(officer, 'POST', decisions, { verdict: 'different' })).statusCode).toBe(409)

  const busan = staff('officer', 'busan')
  expect((await front.ask(busan, 'GET', '/matches')).json()).toEqual({ rows: [], next: null })
  expect((await front.ask(busan, 'GET', `/cases/${opened.case}/matches`)).statusCode).toBe(404)
  expect((await front.ask(busan, 'GET', `/cases/${opened.case}/fingerprints`)).statusCode).toBe(404)
  expect((await front.ask(busan, 'POST', decisions, { verdict: 'same' })).statusCode).toBe(404)
  expect((await front.ask(staff('counsellor'), 'GET', '/matches')).statusCode).toBe(403)
  await front.close()
}, 180_000)
