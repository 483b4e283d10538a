import { linesOf, parseProof, verifyLog, verifyProof } from '@jikimi/tlog'
import { expect, test } from 'vitest'
import { openHttp, type App } from '#platform/http'
import { refusals } from '#platform/refusals'
import { openTrial, silentLog, staff } from '#platform/trial'
import type { Role, Who } from '#platform/who'
import type { World } from '#platform/world'
import { givenLog } from './given.ts'
import { routes } from './routes.ts'

const refused = refusals('trial', { notAllowed: { status: 403, ko: '권한이 없습니다.', en: 'Not allowed.' } })

test('the administrator reads the log page by page and takes it away whole; an officer gets the head and proofs', async () => {
  await using trial = await openTrial()
  const log = await givenLog(trial)
  const entries = [await log.write(), await log.write(), await log.write()]
  await log.settle()
  const seats = new Map<string, Who>([
    ['administrator', staff('administrator', null)],
    ['dataProtectionOfficer', staff('dataProtectionOfficer', null)],
    ['officer', staff('officer', 'seoul')],
  ])
  const world = { config: { proxies: [] }, keys: log.keys, log: silentLog, clock: trial.clock }
  const { app, http } = await openHttp(trial.database, world as unknown as World, {
    identify: async request => seats.get(String(request.headers['x-seat'])) ?? { kind: 'anonymous' },
    admit: (who, right) => {
      if (
        who.kind !== 'staff' ||
        (right === 'audit.read' && !['administrator', 'dataProtectionOfficer'].includes(who.role))
      )
        throw refused.notAllowed()
    },
  })
  await app.register(async (api: App) => routes(api, http), { prefix: '/api' })
  const ask = (role: Role, url: string) => app.inject({ url: `/api${url}`, headers: { 'x-seat': role } })

  const first = await ask('administrator', '/log?limit=2')
  expect(first.json()).toMatchObject({ rows: [{ id: entries[2] }, { id: entries[1] }], next: entries[1] })
  const second = await ask('administrator', `/log?limit=2&after=${entries[1]}`)
  expect(second.json()).toMatchObject({ rows: [{ id: entries[0], treeIndex: 0 }], next: null })
  expect((await ask('officer', '/log')).statusCode).toBe(403)
  expect((await ask('officer', '/log/export')).statusCode).toBe(403)

  expect((await ask('officer', '/log/head')).json()).toMatchObject({ size: 3, waiting: 0 })
  const exported = await ask('administrator', '/log/export')
  expect(exported.headers['content-type']).toBe('application/x-ndjson')
  const report = await verifyLog(linesOf([exported.rawPayload]), { verifier: log.keys.logVerifier })
  expect(report).toMatchObject({ isSound: true, entries: 3 })
  // That it was taken is itself recorded, and waits to enter the tree.
  expect((await ask('officer', '/log/head')).json()).toMatchObject({ size: 3, waiting: 1 })

  // Who reads no case gets of its entries the hashes alone, and the log verifies all the same.
  await log.writeOf(log.newCase())
  await log.settle()
  const outside = (await ask('administrator', '/log/export')).body
  expect(await verifyLog(outside.split('\n').slice(0, -1))).toMatchObject({ isSound: true, hidden: 1 })
  const inside = (await ask('dataProtectionOfficer', '/log/export')).body
  expect(await verifyLog(inside.split('\n').slice(0, -1))).toMatchObject({ isSound: true, hidden: 0 })

  const proof = (await ask('administrator', `/entries/${entries[0]}/proof`)).body
  const shown = await verifyProof(proof, parseProof(proof)!.extra!, log.keys.logVerifier)
  expect(shown?.size).toBeGreaterThanOrEqual(3)
  expect((await ask('officer', `/entries/${entries[0]}/proof`)).statusCode).toBe(404)
  await app.close()
})
