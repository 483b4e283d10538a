import { z } from 'zod'
import type { Routes } from '#platform/http'
import { ids } from '#platform/ids'
import { availability, extendBudget, ownExposure } from './exposure.ts'
import { Availability, Exposure, NewExtension } from './exposure-schema.ts'

const tags = ['staffing']

export const exposureRoutes: Routes = (app, http) => {
  app.get(
    '/exposure',
    {
      config: { right: 'staffing.own' },
      schema: {
        tags,
        summary: 'One’s own count of distressing content, by day and week',
        response: { 200: Exposure },
      },
    },
    request => http.look(request, ownExposure),
  )
  app.get(
    '/availability',
    {
      config: { right: 'staffing.lead' },
      schema: {
        tags,
        summary: 'Who of one’s team is available for content; no figure about anybody',
        response: { 200: z.object({ rows: z.array(Availability) }) },
      },
    },
    request => http.look(request, async tx => ({ rows: await availability(tx) })),
  )
  app.post(
    '/officers/:officer/extensions',
    {
      config: { right: 'staffing.lead' },
      schema: {
        tags,
        summary: 'Lets an officer of one’s team look at content until the end of the day',
        params: z.object({ officer: ids.OfficerId }),
        body: NewExtension,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await http.act(request, tx => extendBudget(tx, request.params.officer, request.body.reason))
      return reply.code(204).send(null)
    },
  )
}
