import { z } from 'zod'
import type { Routes } from '#platform/http'
import { ids } from '#platform/ids'
import { setStrengths } from './leave.ts'
import { exposureRoutes } from './exposure-routes.ts'
import { ownRoutes } from './own-routes.ts'
import { rosterRoutes } from './roster-routes.ts'
import { Strengths } from './roster-schema.ts'
import { addAgency, agencies } from './agencies.ts'
import { depart } from './departure.ts'
import { planGround, planOf } from './plan.ts'
import { addOfficer, officers, post, setEstablishment, staffing } from './posting.ts'
import {
  Agency,
  AgencyCode,
  Departure,
  Establishment,
  NewAgency,
  NewOfficer,
  NewPosting,
  OfficerRow,
  Staffing,
  StaffingPlan,
} from './schema.ts'

const tags = ['staffing']

export const routes: Routes = (app, http) => {
  agencyRoutes(app, http)
  officerRoutes(app, http)
  serviceRoutes(app, http)
  planRoutes(app, http)
  rosterRoutes(app, http)
  ownRoutes(app, http)
  exposureRoutes(app, http)
}

const agencyRoutes: Routes = (app, http) => {
  app.get(
    '/agencies',
    {
      config: { right: 'public' },
      schema: { tags, summary: 'The local police agencies', response: { 200: z.array(Agency) } },
    },
    request => http.look(request, agencies),
  )

  app.post(
    '/agencies',
    {
      config: { right: 'staffing.agencies' },
      schema: { tags, summary: 'Adds a local agency', body: NewAgency, response: { 204: z.null() } },
    },
    async (request, reply) => {
      await http.act(request, tx => addAgency(tx, request.body))
      return reply.code(204).send(null)
    },
  )
}

const officerRoutes: Routes = (app, http) => {
  app.get(
    '/officers',
    {
      config: { right: 'staffing.read' },
      schema: {
        tags,
        summary: 'Who serves; least busy first for those who count cases',
        querystring: z.object({ agency: AgencyCode.optional() }),
        response: { 200: z.object({ rows: z.array(OfficerRow) }) },
      },
    },
    // Fifty people in all: no page is needed.
    request => http.look(request, async tx => ({ rows: await officers(tx, request.query.agency) })),
  )

  app.post(
    '/officers',
    {
      config: { right: 'staffing.change' },
      schema: {
        tags,
        summary: 'Adds an officer and posts them',
        body: NewOfficer,
        response: { 201: z.object({ officer: ids.OfficerId }) },
      },
    },
    async (request, reply) => {
      const officer = await http.act(request, tx => addOfficer(tx, request.body))
      return reply.code(201).send({ officer })
    },
  )

  app.post(
    '/officers/:officer/postings',
    {
      config: { right: 'staffing.change' },
      schema: {
        tags,
        summary: 'Posts an officer to another agency',
        params: z.object({ officer: ids.OfficerId }),
        body: NewPosting,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await http.act(request, tx => post(tx, request.params.officer, request.body))
      return reply.code(204).send(null)
    },
  )
}

const serviceRoutes: Routes = (app, http) => {
  app.post(
    '/officers/:officer/departure',
    {
      config: { right: 'staffing.discharge' },
      schema: {
        tags,
        summary: 'An officer leaves the unit: the posting ends, the account is switched off, duties are free',
        params: z.object({ officer: ids.OfficerId }),
        body: Departure,
        response: { 200: z.object({ dutiesFree: z.number().int() }) },
      },
    },
    request => http.act(request, tx => depart(tx, request.params.officer, request.body)),
  )

  app.put(
    '/officers/:officer/strengths',
    {
      config: { right: 'staffing.change' },
      schema: {
        tags,
        summary: 'Notes an officer’s languages and skills',
        params: z.object({ officer: ids.OfficerId }),
        body: Strengths,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await http.act(request, tx => setStrengths(tx, request.params.officer, request.body))
      return reply.code(204).send(null)
    },
  )
}

const planRoutes: Routes = (app, http) => {
  app.get(
    '/staffing',
    {
      config: { right: 'staffing.read' },
      schema: {
        tags,
        summary: 'Each agency’s team, its load, and which rules it breaks',
        response: { 200: Staffing },
      },
    },
    request => http.look(request, staffing),
  )

  app.get(
    '/staffing/plan',
    {
      config: { right: 'staffing.plan' },
      schema: {
        tags,
        summary: 'Who should serve where, by caseload, at fewest moves, with the rule kept: beside today',
        response: { 200: StaffingPlan },
      },
    },
    request => http.look(request, planGround).then(planOf),
  )

  app.put(
    '/staffing/establishment',
    {
      config: { right: 'staffing.establish' },
      schema: {
        tags,
        summary: 'Sets how many officers the unit has in all',
        body: Establishment,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await http.act(request, tx => setEstablishment(tx, request.body))
      return reply.code(204).send(null)
    },
  )
}
