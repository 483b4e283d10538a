import { expect, test } from 'vitest'
import { mayDo } from '#access'
import { readConfig } from '#platform/config'
import { openHttp, type App } from '#platform/http'
import { refusals } from '#platform/refusals'
import { openTrial, silentLog, staff } from '#platform/trial'
import type { Who } from '#platform/who'
import type { World } from '#platform/world'
import { exhausted, openDesk } from './given.ts'
import { readZone } from './rpz.ts'
import { routes } from './routes.ts'

const refused = refusals('trial', { notAllowed: { status: 403, ko: '권한이 없습니다.', en: 'Not allowed.' } })

test('two officers block a site by the console, an operator fetches the lists, and lifting empties them', async () => {
  await using trial = await openTrial()
  await using desk = await openDesk(trial)
  const one = await exhausted(trial, 'http://board-one.example/post/1')
  const read = readConfig({ JIKIMI_DATA: desk.folder })
  if (!read.ok) throw new Error('settings')
  const seats: Record<string, Who> = {
    first: desk.first,
    second: desk.second,
    elsewhere: staff('leader', 'busan'),
    counsellor: staff('counsellor'),
    administrator: staff('administrator', null),
    operator: { kind: 'subscriber', name: 'operator' },
  }
  const world = { config: read.config, clock: trial.clock, log: silentLog } as unknown as World
  const { app, http } = await openHttp(trial.database, world, {
    identify: async request => seats[String(request.headers['x-seat'])] ?? { kind: 'anonymous' },
    admit(who, right) {
      const may =
        right === 'subscriber' ? who.kind === 'subscriber' : who.kind === 'staff' && mayDo(who.role, right)
      if (!may) throw refused.notAllowed()
    },
  })
  await app.register(async (api: App) => routes(api, http), { prefix: '/api' })
  const ask = (
    seat: string,
    method: 'GET' | 'POST',
    path: string,
    payload?: object,
    headers: Record<string, string> = {},
  ) =>
    app.inject({
      method,
      url: `/api${path}`,
      headers: { 'x-seat': seat, ...headers },
      ...(payload && { payload }),
    })
  const orders = async (path = '/block-orders') =>
    (await ask('first', 'GET', path)).json<{ rows: { order: string; state: string }[] }>().rows
  const at = `/block-orders/${one.order}`

  expect(await orders(`/cases/${one.case}/block-orders`)).toMatchObject([
    { order: one.order, state: 'proposed', scope: 'address', guards: [] },
  ])
  expect(await orders('/block-orders?state=approved')).toEqual([])
  expect((await ask('elsewhere', 'GET', '/block-orders')).json()).toEqual({ rows: [], next: null })
  expect((await ask('counsellor', 'GET', '/block-orders')).statusCode).toBe(403)
  expect(
    (await ask('first', 'POST', `${at}/requests`, { basis: 'krSvpa14', scope: 'host' })).statusCode,
  ).toBe(400)
  expect(
    (await ask('first', 'POST', `${at}/requests`, { basis: 'krSvpa23x2', scope: 'host' })).statusCode,
  ).toBe(204)
  expect((await ask('first', 'POST', `${at}/approvals`)).json()).toMatchObject({
    status: 409,
    code: 'access.samePerson',
  })
  expect((await ask('elsewhere', 'POST', `${at}/approvals`)).statusCode).toBe(404)
  expect((await ask('second', 'POST', `${at}/approvals`)).statusCode).toBe(204)

  expect((await ask('operator', 'GET', '/blocklists/rpz')).json()).toMatchObject({
    status: 404,
    code: 'blocking.noPublication',
  })
  await desk.tick()
  expect(await orders()).toMatchObject([{ state: 'published' }])
  expect((await ask('second', 'GET', '/publications')).json()).toMatchObject({
    rows: [{ names: 1, addresses: 1 }],
    held: null,
  })

  const zone = await ask('operator', 'GET', '/blocklists/rpz')
  expect(zone.headers['content-type']).toMatch(/^text\/dns/)
  expect(readZone(zone.body).names).toEqual(['board-one.example'])
  const again = await ask('operator', 'GET', '/blocklists/rpz', undefined, {
    'if-none-match': String(zone.headers.etag),
  })
  expect([again.statusCode, again.body]).toEqual([304, ''])
  const prefixes = await ask('operator', 'GET', '/blocklists/hashes')
  expect(prefixes.rawPayload).toHaveLength(4)
  const asked = await ask('operator', 'POST', '/blocklists/hashes/confirmations', {
    prefix: prefixes.rawPayload.toString('hex'),
  })
  expect(asked.json<{ hashes: string[] }>().hashes).toHaveLength(1)
  for (const seat of ['first', 'administrator', 'nobody'])
    expect((await ask(seat, 'GET', '/blocklists/rpz')).statusCode).toBe(403)
  expect((await ask('operator', 'GET', '/block-orders')).statusCode).toBe(403)

  expect((await ask('second', 'POST', `${at}/liftings`, { reason: 'settled' })).statusCode).toBe(400)
  expect((await ask('second', 'POST', `${at}/liftings`, { reason: 'appeal' })).statusCode).toBe(204)
  await desk.tick()
  expect(readZone((await ask('operator', 'GET', '/blocklists/rpz')).body).names).toEqual([])
  expect((await ask('second', 'POST', `${at}/refusals`, { reason: 'tooBroad' })).json()).toMatchObject({
    code: 'blocking.notNow',
  })
  expect((await ask('second', 'POST', `/publication-holds/${one.order}/releases`)).json()).toMatchObject({
    code: 'blocking.noHold',
  })
  await app.close()
})
