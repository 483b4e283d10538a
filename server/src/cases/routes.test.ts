import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { mayDo } from '#access'
import { readConfig } from '#platform/config'
import { openHttp, type App } from '#platform/http'
import { refusals } from '#platform/refusals'
import { openTrial, silentLog, staff } from '#platform/trial'
import type { Role, Who } from '#platform/who'
import type { World } from '#platform/world'
import { given, opened } from './given.ts'
import { routes } from './routes.ts'

const refused = refusals('trial', { notAllowed: { status: 403, ko: '권한이 없습니다.', en: 'Not allowed.' } })

test('the console lists cases, opens one, reads its time line, assigns and settles', async () => {
  await using trial = await openTrial()
  const { officers } = await given(trial)
  const team = (['officer', 'counsellor', 'leader'] as const).map(role => staff(role, 'seoul'))
  trial.team.push(...team)
  const { id, file } = await opened(trial)
  const read = readConfig({ JIKIMI_DATA: join(tmpdir(), 'jikimi-none') })
  if (!read.ok) throw new Error('settings')
  const seats = new Map<string, Who>(team.map(who => [`${who.role} seoul`, who]))
  const world = { config: read.config, clock: trial.clock, log: silentLog } as unknown as World
  const { app, http } = await openHttp(trial.database, world, {
    identify: async request => seats.get(String(request.headers['x-seat'])) ?? { kind: 'anonymous' },
    admit: (who, right) => {
      if (who.kind !== 'staff' || !mayDo(who.role, right)) throw refused.notAllowed()
    },
  })
  await app.register(async (api: App) => routes(api, http), { prefix: '/api' })
  const ask = async (role: Role, agency: string, method: 'GET' | 'POST', url: string, payload?: object) => {
    const seat = `${role} ${agency}`
    if (!seats.has(seat)) seats.set(seat, staff(role, agency))
    return app.inject({
      method,
      url: `/api${url}`,
      headers: { 'x-seat': seat },
      ...(payload === undefined ? {} : { payload }),
    })
  }
  expect(
    (await ask('officer', 'seoul', 'GET', '/cases?state=open&mine=false&q=&limit=10')).json(),
  ).toMatchObject({ rows: [{ case: id, number: file.number }], next: null })
  const seen = await ask('counsellor', 'seoul', 'GET', `/cases/${id}`)
  expect(seen.json()).toMatchObject({ case: id, matters: [{ kind: 'address' }, { kind: 'address' }] })
  expect((await ask('officer', 'busan', 'GET', `/cases/${id}`)).statusCode).toBe(404)
  expect((await ask('administrator', 'seoul', 'GET', '/cases')).statusCode).toBe(403)
  expect(
    (await ask('officer', 'seoul', 'GET', `/cases/${id}/timeline`))
      .json<{ rows: { kind: string }[] }>()
      .rows.map(row => row.kind),
  ).toEqual([
    'case.opened',
    'case.assigned',
    'matter.opened',
    'matter.opened',
    'member.letIn',
    'member.letIn',
    'member.letIn',
    'case.read',
    'case.read',
  ])
  const other = officers.seoul.find(each => each !== file.officer)
  expect(
    (await ask('officer', 'seoul', 'POST', `/cases/${id}/assignments`, { officer: other })).statusCode,
  ).toBe(403)
  expect(
    (await ask('leader', 'seoul', 'POST', `/cases/${id}/assignments`, { officer: other })).statusCode,
  ).toBe(204)
  const { matters } = seen.json<{ matters: { matter: string }[] }>()
  expect(
    (
      await ask('officer', 'seoul', 'POST', `/matters/${matters[0]!.matter}/settlement`, {
        reason: 'verified',
      })
    ).statusCode,
  ).toBe(400)
  for (const { matter } of matters)
    expect(
      (await ask('officer', 'seoul', 'POST', `/matters/${matter}/settlement`, { reason: 'notYours' }))
        .statusCode,
    ).toBe(204)
  expect((await ask('leader', 'seoul', 'GET', `/cases/${id}`)).json()).toMatchObject({
    state: 'closed',
    officer: { officer: other },
  })
  await app.close()
})
