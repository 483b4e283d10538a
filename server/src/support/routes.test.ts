import { expect, test } from 'vitest'
import { mayDo } from '#access'
import { openHttp, type App } from '#platform/http'
import { refusals } from '#platform/refusals'
import { openTrialWorld } from '#platform/trial-world'
import type { Role, Who } from '#platform/who'
import { caseOf, enrolled, given, inDays, logOf } from './given.ts'
import { routes } from './routes.ts'

const refused = refusals('trial', { notAllowed: { status: 403, ko: '권한이 없습니다.', en: 'Not allowed.' } })

test('over HTTP: a session, a note that its counsellor alone opens, and a referral that its body answers', async () => {
  await using trial = await given()
  await using place = await openTrialWorld(trial)
  const { case: id } = await caseOf(trial)
  const seats = new Map<string, Who>(Object.entries(trial.people))
  for (const role of ['partnerAgent', 'administrator'] as const)
    seats.set(role, await enrolled(trial, role, null))
  const { app, http } = await openHttp(trial.database, place.world, {
    identify: async request => seats.get(String(request.headers['x-seat'])) ?? { kind: 'anonymous' },
    admit: (who, right) => {
      if (who.kind !== 'staff' || !mayDo(who.role, right)) throw refused.notAllowed()
    },
  })
  await app.register(async (api: App) => routes(api, http), { prefix: '/api' })
  const ask = async (role: Role, method: 'GET' | 'POST' | 'PUT', url: string, payload?: object) => {
    const answer = await app.inject({
      method,
      url: `/api${url}`,
      headers: { 'x-seat': role },
      ...(payload === undefined ? {} : { payload }),
    })
    const body = answer.body === '' ? {} : answer.json<Record<string, string>>()
    return { status: answer.statusCode, body }
  }

  const session = await ask('counsellor', 'POST', `/cases/${id}/counselling-sessions`, {
    way: 'phone',
    at: inDays(trial, 1),
  })
  expect(session.status).toBe(201)
  const counselling = session.body['counselling']!
  const form = { kind: 'note', text: '우리끼리', counselling }
  const note = (await ask('counsellor', 'POST', `/cases/${id}/notes`, form)).body['note']!
  expect(await ask('counsellor', 'GET', `/notes/${note}`)).toMatchObject({
    status: 200,
    body: { text: '우리끼리', counselling },
  })
  for (const role of ['officer', 'leader', 'administrator', 'partnerAgent'] as const)
    expect((await ask(role, 'GET', `/notes/${note}`)).status, role).toBe(403)
  const badScreen = { kind: 'screen', screen: 'phq9', answers: [1] }
  expect((await ask('counsellor', 'POST', `/cases/${id}/notes`, badScreen)).status).toBe(400)
  expect((await ask('counsellor', 'GET', '/screens')).body['rows']).toHaveLength(3)

  const agent = (seats.get('partnerAgent') as { account: string }).account
  const body = 'women-lawyers'
  expect((await ask('administrator', 'PUT', `/partner-agents/${agent}`, { body })).status).toBe(204)
  const draft = { body, facts: ['concern'], words: '전하지 않을 말' }
  const shown = await ask('officer', 'POST', `/cases/${id}/referral-drafts`, draft)
  expect(shown.body['text']).not.toContain('전하지 않을 말')
  // Nothing goes out that the victim has not seen or heard.
  expect((await ask('officer', 'POST', `/cases/${id}/referrals`, draft)).status).toBe(400)
  const sent = await ask('officer', 'POST', `/cases/${id}/referrals`, { ...draft, isAllowed: true })
  const { referral } = sent.body
  expect(await ask('partnerAgent', 'GET', `/own-referrals/${referral}`)).toEqual({
    status: 200,
    body: shown.body,
  })
  const withdrawal = { to: 'withdrawn', reason: 'mistake' }
  expect((await ask('partnerAgent', 'POST', `/own-referrals/${referral}/answers`, withdrawal)).status).toBe(
    400,
  )
  expect(
    (await ask('partnerAgent', 'POST', `/own-referrals/${referral}/answers`, { to: 'accepted' })).status,
  ).toBe(204)
  expect((await logOf(trial, id)).map(each => each.kind)).toEqual([
    'counselling.planned',
    'supportNote.written',
    'supportNote.read',
    'referral.sent',
    'referral.read',
    'referral.accepted',
  ])
  await app.close()
})
