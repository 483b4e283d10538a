import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { mayDo } from '#access'
import { readConfig } from '#platform/config'
import { openHttp, type App } from '#platform/http'
import { on } from '#platform/jobs'
import { refusals } from '#platform/refusals'
import { openTrial, silentLog, staff } from '#platform/trial'
import type { Role, Who } from '#platform/who'
import type { World } from '#platform/world'
import { openOne, picture, pictureHost, openPlace } from './given.ts'
import { jobs } from './jobs.ts'
import { routes } from './routes.ts'

const refused = refusals('trial', { notAllowed: { status: 403, ko: '권한이 없습니다.', en: 'Not allowed.' } })

test('the console keeps the directory, lists and opens targets, asks, looks, decides and withdraws', async () => {
  await using trial = await openTrial({ procedure: [on('address.opened', 'evidence', async () => {})], jobs })
  await using place = await openPlace(trial)
  const file = await picture(41)
  place.hosts.set(
    'host.example',
    pictureHost(
      () => true,
      () => file,
    ),
  )
  const read = readConfig({ JIKIMI_DATA: join(tmpdir(), 'jikimi-none') })
  if (!read.ok) throw new Error('settings')
  const team = (['officer', 'leader', 'counsellor'] as const).map(role => staff(role))
  trial.team.push(...team)
  const seats = new Map<string, Who>(
    [...team, staff('commander'), staff('administrator')].map(who => [who.role, who]),
  )
  const world = { config: read.config, clock: trial.clock, log: silentLog } as unknown as World
  const { app, http } = await openHttp(trial.database, world, {
    identify: async request => seats.get(String(request.headers['x-seat'])) ?? { kind: 'anonymous' },
    admit: (who, right) => {
      if (who.kind !== 'staff' || !mayDo(who.role, right)) throw refused.notAllowed()
    },
  })
  await app.register(async (api: App) => routes(api, http), { prefix: '/api' })
  const ask = async (role: Role, method: 'GET' | 'POST' | 'PUT' | 'PATCH', url: string, payload?: object) => {
    return app.inject({
      method,
      url: `/api${url}`,
      headers: { 'x-seat': role },
      ...(payload === undefined ? {} : { payload }),
    })
  }

  const provider = {
    name: 'A host',
    kind: 'platform',
    country: 'KR',
    domains: ['host.example'],
    channels: [{ type: 'mail', address: 'abuse@host.example', language: 'ko' }],
  }
  const made = await ask('administrator', 'POST', '/providers', provider)
  expect(made.statusCode).toBe(201)
  expect((await ask('administrator', 'POST', '/providers', provider)).statusCode).toBe(409)
  const id = made.json<{ provider: string }>().provider
  expect(
    (
      await ask('officer', 'PATCH', `/providers/${id}`, {
        addChannels: [{ type: 'form', address: 'https://host.example/report', language: 'ko' }],
      })
    ).statusCode,
  ).toBe(204)
  const directory = (await ask('leader', 'GET', '/providers')).json<{
    rows: { channels: { channel: string; type: string }[] }[]
  }>()
  expect(directory.rows[0]!.channels.map(each => each.type)).toEqual(['mail', 'form'])
  expect(
    (
      await ask('officer', 'POST', '/providers', {
        ...provider,
        channels: [{ type: 'mail', address: 'no mail', language: 'ko' }],
      })
    ).statusCode,
  ).toBe(400)

  const one = await openOne(trial, `http://host.example:${place.port}/p/1`, file)
  await place.settle()
  expect((await ask('officer', 'GET', '/targets?state=noticed&limit=1')).json()).toMatchObject({
    rows: [{ target: one.target, provider: { name: 'A host' } }],
    next: null,
  })
  expect((await ask('counsellor', 'GET', `/cases/${one.case}/targets`)).json()).toMatchObject({
    rows: [{ target: one.target, host: 'host.example' }],
  })
  expect((await ask('officer', 'GET', `/targets/${one.target}`)).json()).toMatchObject({
    notices: [{ state: 'sent', regime: 'krTelecom' }],
    rechecks: [{ verdict: 'upSame' }],
    replies: [],
  })
  expect((await ask('officer', 'GET', `/targets/${one.case}`)).statusCode).toBe(404)
  expect((await ask('administrator', 'GET', '/targets')).statusCode).toBe(403)
  expect((await ask('counsellor', 'POST', `/targets/${one.target}/notices`)).statusCode).toBe(403)
  expect((await ask('officer', 'POST', `/targets/${one.target}/notices`)).statusCode).toBe(202)
  expect((await ask('officer', 'POST', `/targets/${one.target}/rechecks`)).statusCode).toBe(202)
  const form = directory.rows[0]!.channels[1]!.channel
  expect((await ask('officer', 'PUT', `/targets/${one.target}/channel`, { channel: form })).statusCode).toBe(
    204,
  )
  const notices = (await ask('officer', 'GET', `/targets/${one.target}`)).json<{
    notices: { notice: string; state: string }[]
  }>().notices
  expect(notices.map(each => each.state)).toEqual(['sent', 'toHand'])
  expect((await ask('officer', 'POST', `/notices/${notices[0]!.notice}/sendings`)).statusCode).toBe(204)
  expect((await ask('officer', 'POST', `/notices/${notices[1]!.notice}/sendings`)).statusCode).toBe(204)
  expect((await ask('officer', 'POST', `/notices/${one.case}/sendings`)).statusCode).toBe(404)
  expect(
    (await ask('officer', 'POST', `/targets/${one.target}/verdicts`, { verdict: 'down' })).statusCode,
  ).toBe(204)
  expect(
    (await ask('officer', 'POST', `/targets/${one.target}/withdrawal`, { reason: 'wrongMatch' })).statusCode,
  ).toBe(204)
  expect((await ask('officer', 'PUT', `/targets/${one.target}/channel`, { channel: form })).statusCode).toBe(
    409,
  )
  await app.close()
})
