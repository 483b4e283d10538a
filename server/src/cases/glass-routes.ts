import { z } from 'zod'
import type { Routes } from '#platform/http'
import { breakGlass, listGlasses, reviewGlass } from './glass.ts'
import { CaseParams, GlassBroken, Glasses, GlassParams, GlassQuery, GlassReview, NewGlass } from './schema.ts'

const tags = ['cases']

/** Breaking the glass, and its review. */
export const glassRoutes: Routes = (app, http) => {
  // The number stands in the body: an address lies in histories and logs.
  app.post(
    '/glasses',
    {
      config: { right: 'cases.breakGlass' },
      schema: {
        tags,
        summary: 'Opens a case to the caller for an hour, at once; two people are told',
        body: NewGlass,
        response: { 201: GlassBroken },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await http.act(request, tx => breakGlass(tx, request.body))),
  )

  app.get(
    '/glasses',
    {
      config: { right: 'cases.reviewGlass' },
      schema: {
        tags,
        summary: 'Broken glass that the caller reviews, newest first',
        querystring: GlassQuery,
        response: { 200: Glasses },
      },
    },
    request => http.look(request, tx => listGlasses(tx, request.query)),
  )

  app.get(
    '/cases/:case/glasses',
    {
      config: { right: 'cases.read' },
      schema: {
        tags,
        summary: 'Who broke the glass of a case, when and why',
        params: CaseParams,
        querystring: GlassQuery,
        response: { 200: Glasses },
      },
    },
    request => http.look(request, tx => listGlasses(tx, { ...request.query, case: request.params.case })),
  )

  app.post(
    '/glasses/:glass/review',
    {
      config: { right: 'cases.reviewGlass' },
      schema: {
        tags,
        summary: 'Says whether breaking the glass was right; never by whoever broke it',
        params: GlassParams,
        body: GlassReview,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await http.act(request, tx => reviewGlass(tx, request.params.glass, request.body.verdict))
      return reply.code(204).send(null)
    },
  )
}
