import { mkdtempSync, rmSync } from 'node:fs'
import { randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { framesMax } from '@jikimi/fingerprint'
import { expect, test } from 'vitest'
import { gate } from '#access'
import { readConfig } from '#platform/config'
import { openHttp, type App } from '#platform/http'
import { openKeys } from '#platform/keys'
import { openTrial, silentLog, type Trial } from '#platform/trial'
import type { World } from '#platform/world'
import { formOf, hash } from './given.ts'
import { routes } from './routes.ts'
import { fingerprintsMax, framesOfReportMax, type ReportedFingerprint } from './schema.ts'

/** The HTTP floor with this room's routes, and the real gate. */
async function openPortal(trial: Trial): Promise<AsyncDisposable & { app: App }> {
  const folder = mkdtempSync(join(tmpdir(), 'jikimi-intake-'))
  const read = readConfig({ JIKIMI_DATA: folder })
  if (!read.ok) throw new Error('settings')
  const world = {
    config: read.config,
    clock: trial.clock,
    keys: await openKeys(folder),
    log: silentLog,
  } as unknown as World
  const { app, http } = await openHttp(trial.database, world, gate(trial.database, world))
  await app.register(async (api: App) => routes(api, http), { prefix: '/api' })
  return {
    app,
    async [Symbol.asyncDispose]() {
      await app.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const cookieOf = (answer: { headers: Record<string, unknown> }) =>
  String([answer.headers['set-cookie']].flat()[0]).split(';')[0]!

test('the portal files a report, comes back with the receipt, and reads and writes', async () => {
  await using trial = await openTrial()
  await using portal = await openPortal(trial)
  const { app } = portal
  const key = randomUUID()
  const file = (payload: object, headers = { 'idempotency-key': key }) =>
    app.inject({ method: 'POST', url: '/api/reports', headers, payload })
  const [first, second] = await Promise.all([file(formOf()), file(formOf())])
  expect(first.statusCode).toBe(201)
  expect(second.json()).toEqual(first.json())
  expect(first.headers['cache-control']).toBe('no-store')
  expect((await file(formOf({ story: '바뀐 내용' }))).json()).toMatchObject({ code: 'intake.keyReused' })
  expect((await file(formOf(), {} as never)).statusCode).toBe(400)
  expect((await file({ ...formOf(), name: '홍길동' })).json()).not.toHaveProperty('detail')

  const { receipt } = first.json<{ receipt: string }>()
  const enter = (typed: string) =>
    app.inject({ method: 'POST', url: '/api/receipt-sessions', payload: { receipt: typed } })
  const back = await enter(receipt.replace(/(.{4})/g, '$1-'))
  expect(back.statusCode).toBe(204)
  const cookie = cookieOf(back)
  const own = (method: 'GET' | 'POST', url: string, payload?: object) =>
    app.inject({
      method,
      url: `/api${url}`,
      headers: { cookie },
      ...(payload === undefined ? {} : { payload }),
    })
  expect((await own('GET', '/report')).json()).toMatchObject({ caseState: 'received', unread: 0 })
  expect(
    (await own('POST', '/report/addresses', { addresses: ['https://more.example/1', '그 방'] })).json(),
  ).toMatchObject({
    addresses: [{ canonical: 'https://more.example/1' }],
    refusedAddresses: [{ index: 1 }],
  })
  expect((await own('POST', '/report/messages', { text: '고맙습니다' })).statusCode).toBe(201)
  expect((await own('GET', '/report/messages')).json()).toMatchObject({
    rows: [{ from: 'reporter', text: '고맙습니다' }],
    next: null,
  })
  expect((await own('GET', `/reports/${randomUUID()}`)).statusCode).toBe(401)
  expect((await enter('1234')).json()).toMatchObject({ code: 'intake.receiptUnknown' })
})

test('without a receipt nothing is seen; once closed, the session is gone from the browser', async () => {
  await using trial = await openTrial()
  await using portal = await openPortal(trial)
  for (const url of ['/api/report', '/api/report/messages'])
    expect(
      (
        await portal.app.inject({
          method: 'GET',
          url,
          headers: { cookie: `jikimi_receipt=${randomUUID()}.99999999999999.forged` },
        })
      ).json(),
    ).toMatchObject({ code: 'access.receiptNeeded' })
  const closed = await portal.app.inject({ method: 'DELETE', url: '/api/receipt-sessions' })
  expect(closed.statusCode).toBe(204)
  expect(String(closed.headers['set-cookie'])).toMatch(/jikimi_receipt=;/)
})

test(
  'the largest report that the portal makes is taken whole; a larger one is refused',
  { timeout: 120_000 },
  async () => {
    await using trial = await openTrial()
    await using portal = await openPortal(trial)
    const video: ReportedFingerprint = {
      kind: 'video',
      profile: 'pdq-512/1',
      durationMs: 86_400_000,
      frames: Array.from({ length: framesOfReportMax / fingerprintsMax }, (_, index) => ({
        atMs: 86_300_000 + 2 * index,
        untilMs: 86_300_001 + 2 * index,
        hash,
        quality: 100,
      })),
    }
    const longest = {
      ...video,
      frames: Array.from({ length: framesMax }, (_, atMs) => ({ atMs, hash, quality: 100 })),
    }
    const file = (fingerprints: ReportedFingerprint[]) =>
      portal.app.inject({
        method: 'POST',
        url: '/api/reports',
        headers: { 'idempotency-key': randomUUID() },
        payload: formOf({ fingerprints }),
      })
    const many = (count: number) => Array.from({ length: count }, () => video)
    expect((await file(many(fingerprintsMax))).statusCode).toBe(201)
    expect((await file(many(fingerprintsMax + 1))).statusCode).toBe(400)
    expect((await file([longest])).statusCode).toBe(201)
    expect((await file([longest, longest])).statusCode).toBe(400)
  },
)
