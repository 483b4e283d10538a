/**
 * All that answers by HTTP: the rooms under `/api`, the product's own pages, and what an operator's machines
 * ask. Wires; decides nothing.
 *
 * @module
 */
import type { App, Http, Routes } from '#platform/http'
import { addOpenApi, publishOpenApi } from '#platform/open-api'
import { addProbes } from '#platform/probes'
import { addWeb } from '#platform/web'
import { authentication, routes as access } from './access/routes.ts'
import { routes as audit } from './audit/routes.ts'
import { routes as blocking } from './blocking/routes.ts'
import { routes as cases } from './cases/routes.ts'
import { routes as evidence } from './evidence/routes.ts'
import { routes as intake } from './intake/routes.ts'
import { routes as matching } from './matching/routes.ts'
import { routes as operations } from './operations.ts'
import { routes as staffing } from './staffing/routes.ts'
import { routes as statistics } from './statistics/routes.ts'
import { routes as support } from './support/routes.ts'
import { routes as takedown } from './takedown/routes.ts'

const rooms: readonly Routes[] = [
  audit,
  access,
  staffing,
  intake,
  cases,
  support,
  evidence,
  matching,
  takedown,
  blocking,
  statistics,
  operations,
]

export async function addRoutes(app: App, http: Http): Promise<void> {
  await addOpenApi(app)
  await app.register(
    async (api: App) => {
      for (const routes of rooms) routes(api, http)
      await authentication(api, http)
    },
    { prefix: '/api' },
  )
  publishOpenApi(app)
  addProbes(app, http)
  await addWeb(app)
}
