/**
 * The HTTP floor for a test of one room's routes: who asks is named by the test, what they may do is asked of
 * the table of rights that the test hands in.
 *
 * @module
 */
import type { LightMyRequestResponse } from 'fastify'
import { openHttp, type App, type Routes } from './http.ts'
import { refusals } from './refusals.ts'
import type { Trial } from './trial.ts'
import type { Role, Who } from './who.ts'
import type { World } from './world.ts'

const refused = refusals('trial', { notAllowed: { status: 403, ko: '권한이 없습니다.', en: 'Not allowed.' } })

export type Ask = (
  who: Who,
  method: 'GET' | 'POST',
  url: string,
  payload?: object,
) => Promise<LightMyRequestResponse>

export async function openTrialFront(
  trial: Trial,
  given: { world: World; routes: Routes; mayDo: (role: Role, right: string) => boolean },
): Promise<{ ask: Ask; close(): Promise<void> }> {
  const seats: Who[] = []
  const { app, http } = await openHttp(trial.database, given.world, {
    identify: async request => seats[Number(request.headers['x-seat'])] ?? { kind: 'anonymous' },
    admit: (who, right) => {
      if (right === 'subscriber' && who.kind === 'subscriber') return
      if (who.kind !== 'staff' || !given.mayDo(who.role, right)) throw refused.notAllowed()
    },
  })
  await app.register(async (api: App) => given.routes(api, http), { prefix: '/api' })
  return {
    close: () => app.close(),
    ask: (who, method, url, payload) => {
      if (!seats.includes(who)) seats.push(who)
      const headers = { 'x-seat': String(seats.indexOf(who)) }
      return app.inject({ method, url: `/api${url}`, headers, ...(payload === undefined ? {} : { payload }) })
    },
  }
}
