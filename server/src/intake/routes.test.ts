import { mkdtempSync, rmSync } from 'node:fs'
import { randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { framesMax } from '@jikimi/fingerprint'
import { furnish, newReceipt, openLetter, proveWork, sealLetter } from '@jikimi/seal/mailbox'
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

/** As the portal does it: works for a challenge, and enters the token. */
async function enter(app: App, token: string, ip = '127.0.0.1') {
  const asked = await app.inject({ method: 'POST', url: '/api/receipt-challenges', remoteAddress: ip })
  const { challenge, bits } = asked.json<{ challenge: string; bits: number }>()
  const work = { challenge, found: await proveWork(challenge, bits) }
  const payload = { token, work }
  return app.inject({ method: 'POST', url: '/api/receipt-sessions', remoteAddress: ip, payload })
}

/** A call of who holds a cookie. */
const calls = (app: App, cookie: string) => (method: 'GET' | 'POST', url: string, payload?: object) =>
  app.inject({
    method,
    url: `/api${url}`,
    headers: { cookie },
    ...(payload === undefined ? {} : { payload }),
  })

test('the portal files a report, comes back with the receipt, and reads and writes', async () => {
  await using trial = await openTrial()
  await using portal = await openPortal(trial)
  const { app } = portal
  const { unit } = (await app.inject({ url: '/api/mailbox-key' })).json<{ unit: string }>()
  const receipt = '4821073395160042'
  const { mailbox, own: ownKeys } = await furnish(receipt, '', unit)
  const form = formOf({
    mailbox,
    story: await sealLetter('헤어진 사람이 올렸어요.', [mailbox.team, mailbox.own]),
  })
  const key = randomUUID()
  const file = (payload: object, headers = { 'idempotency-key': key }) =>
    app.inject({ method: 'POST', url: '/api/reports', headers, payload })
  const [first, second] = await Promise.all([file(form), file(form)])
  expect(first.statusCode).toBe(201)
  expect(second.json()).toEqual(first.json())
  expect(first.headers['cache-control']).toBe('no-store')
  expect((await file({ ...form, story: null })).json()).toMatchObject({ code: 'intake.keyReused' })
  expect((await file(form, {} as never)).statusCode).toBe(400)
  expect((await file({ ...form, name: '홍길동' })).json()).not.toHaveProperty('detail')
  const stranger = await furnish(receipt, '', (await furnish(receipt, '', unit)).mailbox.team)
  expect((await file({ ...form, mailbox: stranger.mailbox })).json()).toMatchObject({
    code: 'intake.mailboxUnsound',
  })

  const back = await enter(app, mailbox.token)
  expect(back.json()).toEqual({ isFirstReturn: true, hasWord: false })
  const own = calls(app, cookieOf(back))
  expect((await own('GET', '/report')).json()).toMatchObject({
    caseState: 'received',
    unread: 0,
    isCovered: false,
    recipients: { team: mailbox.team, own: mailbox.own, answers: mailbox.answers },
  })
  expect(
    (await own('POST', '/report/addresses', { addresses: ['https://more.example/1', '그 방'] })).json(),
  ).toMatchObject({
    addresses: [{ canonical: 'https://more.example/1' }],
    refusedAddresses: [{ index: 1 }],
  })
  const letter = await sealLetter('고맙습니다', [mailbox.team, mailbox.own])
  expect((await own('POST', '/report/messages', { letter, key: randomUUID() })).statusCode).toBe(201)
  expect((await own('POST', '/report/messages', { text: '봉인하지 않은 말' })).statusCode).toBe(400)
  const shown = (await own('GET', '/report/messages')).json<{ rows: { letter: string }[] }>()
  expect(shown).toMatchObject({ rows: [{ from: 'reporter', text: null }], next: null })
  expect(await openLetter(shown.rows[0]!.letter, [ownKeys.identity])).toBe('고맙습니다')
  expect((await own('GET', `/reports/${randomUUID()}`)).statusCode).toBe(401)
  expect((await enter(app, 'f0'.repeat(32))).json()).toMatchObject({ code: 'intake.receiptUnknown' })
})

test('neither the database nor a log has what was said: a dump of every table is searched', async () => {
  await using trial = await openTrial()
  await using portal = await openPortal(trial)
  const { app } = portal
  const { unit } = (await app.inject({ url: '/api/mailbox-key' })).json<{ unit: string }>()
  const { mailbox } = await furnish('4821073395160042', '봄날', unit)
  const sealed = (text: string) => sealLetter(text, [mailbox.team, mailbox.own])
  const filed = await app.inject({
    method: 'POST',
    url: '/api/reports',
    headers: { 'idempotency-key': randomUUID() },
    payload: formOf({ mailbox, story: await sealed('바닷가에서 찍은 이야기') }),
  })
  const own = calls(app, cookieOf(filed))
  await own('POST', '/report/messages', {
    letter: await sealed('아무에게도 말하지 못한 말'),
    key: randomUUID(),
  })
  const { rows } = await trial.database.pool.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname not in ('pg_catalog', 'information_schema')`,
  )
  for (const { name } of rows) {
    const dump = await trial.database.pool.query<{ row: string }>(`select t::text as row from ${name} t`)
    const text = dump.rows.map(each => each.row).join()
    for (const said of [
      '바닷가',
      '아무에게도',
      '봄날',
      '4821073395160042',
      mailbox.token,
      mailbox.wordToken!,
      'AGE-SECRET',
    ])
      expect(text.includes(said), `${said} in ${name}`).toBe(false)
  }
})

test('with the digits alone a report with a second word opens covered, and with the word whole', async () => {
  await using trial = await openTrial()
  await using portal = await openPortal(trial)
  const { app } = portal
  const { unit } = (await app.inject({ url: '/api/mailbox-key' })).json<{ unit: string }>()
  const { mailbox } = await furnish('4821073395160042', '봄날', unit)
  const headers = { 'idempotency-key': randomUUID() }
  await app.inject({ method: 'POST', url: '/api/reports', headers, payload: formOf({ mailbox }) })
  const back = await enter(app, mailbox.token)
  expect(back.json()).toEqual({ isFirstReturn: true, hasWord: true })
  const own = calls(app, cookieOf(back))
  expect((await own('GET', '/report')).body).not.toContain('clips.example')
  const asked = await own('POST', '/receipt-challenges')
  const { challenge, bits } = asked.json<{ challenge: string; bits: number }>()
  const work = { challenge, found: await proveWork(challenge, bits) }
  const uncovered = await own('POST', '/report/words', { token: mailbox.wordToken, work })
  expect(uncovered.statusCode).toBe(204)
  const whole = await calls(app, cookieOf(uncovered))('GET', '/report')
  expect(whole.body).toContain('clips.example')
  expect((await own('POST', '/report/words', { token: mailbox.wordToken, work })).json()).toMatchObject({
    code: 'intake.workMissing',
  })
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
          headers: { cookie: `jikimi_receipt=${randomUUID()}.99999999999999.open.forged` },
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
    const { unit } = (await portal.app.inject({ url: '/api/mailbox-key' })).json<{ unit: string }>()
    const file = async (fingerprints: ReportedFingerprint[]) => {
      const { mailbox } = await furnish(newReceipt(), '', unit)
      return portal.app.inject({
        method: 'POST',
        url: '/api/reports',
        headers: { 'idempotency-key': randomUUID() },
        payload: formOf({ fingerprints, mailbox }),
      })
    }
    const many = (count: number) => Array.from({ length: count }, () => video)
    expect((await file(many(fingerprintsMax))).statusCode).toBe(201)
    expect((await file(many(fingerprintsMax + 1))).statusCode).toBe(400)
    expect((await file([longest])).statusCode).toBe(201)
    expect((await file([longest, longest])).statusCode).toBe(400)
  },
)
