import { z } from 'zod'
import type { App, Http, Routes } from '#platform/http'
import { counsellingRoutes } from './counselling-routes.ts'
import { noteRoutes } from './note-routes.ts'
import { referralRoutes } from './referral-routes.ts'
import { listPromises, makePromise, settlePromise } from './promise.ts'
import {
  CaseParams,
  NewPromise,
  PromisedLines,
  PromiseParams,
  PromiseQuery,
  PromiseSettlement,
} from './schema.ts'

const tags = ['support']

export const routes: Routes = (app, http) => {
  carePlan(app, http)
  counsellingRoutes(app, http)
  noteRoutes(app, http)
  referralRoutes(app, http)
}

function carePlan(app: App, http: Http): void {
  app.get(
    '/promises',
    {
      config: { right: 'support.read' },
      schema: {
        tags,
        summary: 'What was promised to the people of the cases that one sees into; overdue ones first',
        querystring: PromiseQuery,
        response: { 200: PromisedLines },
      },
    },
    request => http.look(request, tx => listPromises(tx, request.query)),
  )

  app.post(
    '/cases/:case/promises',
    {
      config: { right: 'support.promise' },
      schema: {
        tags,
        summary: 'Writes down what was promised, by whom and until when',
        params: CaseParams,
        body: NewPromise,
        response: { 201: PromiseParams },
      },
    },
    async (request, reply) => {
      const promise = await http.act(request, tx => makePromise(tx, request.params.case, request.body))
      return reply.code(201).send({ promise })
    },
  )

  app.post(
    '/promises/:promise/settlement',
    {
      config: { right: 'support.promise' },
      schema: {
        tags,
        summary: 'Says that a promise was kept, or why it is withdrawn',
        params: PromiseParams,
        body: PromiseSettlement,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await http.act(request, tx => settlePromise(tx, request.params.promise, request.body))
      return reply.code(204).send(null)
    },
  )
}
