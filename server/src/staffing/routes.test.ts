import { expect, test } from 'vitest'
import type { Gate } from '#platform/http'
import { openHttp, type App } from '#platform/http'
import { newId } from '#platform/ids'
import { openTrial, silentLog, staff } from '#platform/trial'
import type { World } from '#platform/world'
import { routes } from './routes.ts'

test('the commander adds officers and posts them by HTTP, and sees which rules are broken', async () => {
  await using trial = await openTrial()
  const gate: Gate = { identify: async () => staff('commander', null), admit: () => {} }
  const world = { config: { proxies: ['loopback'] }, log: silentLog } as unknown as World
  const { app, http } = await openHttp(trial.database, world, gate)
  await app.register(async (api: App) => routes(api, http), { prefix: '/api' })
  const send = async (method: 'GET' | 'POST' | 'PUT', path: string, body?: object) => {
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
  expect((await send('POST', '/officers', { ...form, agency: 'elsewhere' })).status).toBe(422)
  const despite = { reason: '세종 인력 재편', mendBy: '2026-12-24T00:00:00Z' }
  const alone = await send('POST', `/officers/${officer}/postings`, { agency: 'jeju' })
  expect(alone).toMatchObject({ status: 409, body: { code: 'staffing.ruleBroken' } })
  expect((await send('POST', `/officers/${officer}/postings`, { agency: 'jeju', despite })).status).toBe(204)
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
    warnings: object[]
  }
  expect(unit).toMatchObject({ total: 1, breaches: ['tooFewInAll'], establishment: 50 })
  expect(unit.rows.filter(row => row.breaches.length === 0).map(row => row.agency)).toEqual(['jeju'])
  expect(unit.warnings).toMatchObject([{ agency: 'sejong' }, { agency: 'sejong' }])
  expect((await send('PUT', '/staffing/establishment', { officers: 1 })).status).toBe(204)
  expect((await send('GET', '/staffing')).body).toMatchObject({ establishment: 1, breaches: [] })
  const plan = (await send('GET', '/staffing/plan')).body
  expect(plan).toMatchObject({
    objective: null,
    shortfalls: [{ code: 'tooFewOfficers' }, { code: 'tooFewWomen' }],
  })
  await app.close()
})
