import { expect, test } from 'vitest'
import type { Gate } from '#platform/http'
import { openHttp, type App } from '#platform/http'
import { newId } from '#platform/ids'
import { openTrial, silentLog, staff } from '#platform/trial'
import type { World } from '#platform/world'
import { routes } from './routes.ts'
import { officersInAll } from './rules.ts'

test('the commander adds officers and posts them by HTTP, and sees which rules are broken', async () => {
  await using trial = await openTrial()
  const gate: Gate = { identify: async () => staff('commander', null), admit: () => {} }
  const world = { config: { proxies: ['loopback'] }, log: silentLog } as unknown as World
  const { app, http } = await openHttp(trial.database, world, gate)
  await app.register(async (api: App) => routes(api, http), { prefix: '/api' })
  const send = async (method: 'GET' | 'POST', path: string, body?: object) => {
    const answer = await app.inject({
      method,
      url: `/api${path}`,
      ...(body === undefined ? {} : { payload: body }),
    })
    return {
      status: answer.statusCode,
      body: answer.body === '' ? {} : (answer.json() as Record<string, unknown>),
    }
  }
  expect((await send('GET', '/agencies')).body).toHaveLength(18)
  const form = { name: '김수사', isWoman: true, isLeader: true, agency: 'sejong' }
  const added = await send('POST', '/officers', form)
  expect(added.status).toBe(201)
  const officer = String(added.body['officer'])
  expect((await send('POST', '/officers', { ...form, agency: 'elsewhere' })).status).toBe(400)
  expect((await send('POST', `/officers/${officer}/postings`, { agency: 'jeju' })).status).toBe(204)
  const missing = newId<'OfficerId'>(trial.clock.now())
  expect((await send('POST', `/officers/${missing}/postings`, { agency: 'jeju' })).body['code']).toBe(
    'staffing.noOfficer',
  )
  expect((await send('GET', '/officers?agency=jeju')).body['rows']).toEqual([
    { officer, name: '김수사', agency: 'jeju', isWoman: true, isLeader: true, load: 0 },
  ])
  const unit = (await send('GET', '/staffing')).body as {
    total: number
    breaches: string[]
    rows: { agency: string; breaches: string[] }[]
  }
  expect(unit).toMatchObject({ total: 1, breaches: ['fewerThanFifty'] })
  expect(unit.rows.filter(row => row.breaches.length === 0).map(row => row.agency)).toEqual(['jeju'])
  expect(unit.total).toBeLessThan(officersInAll)
  await app.close()
})
