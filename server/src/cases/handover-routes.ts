import { z } from 'zod'
import type { Routes } from '#platform/http'
import { ids } from '#platform/ids'
import { handOver, handovers, noteHandover } from './handover.ts'
import { CaseParams, Handover, HandoverParams, NewHandover } from './schema.ts'

const tags = ['cases']

export const handoverRoutes: Routes = (app, http) => {
  app.post(
    '/cases/:case/handovers',
    {
      config: { right: 'cases.handOver' },
      schema: {
        tags,
        summary:
          'Hands the case over to another officer or agency; it is carried out at once after the answer',
        params: CaseParams,
        body: NewHandover,
        response: { 202: HandoverParams },
      },
    },
    async (request, reply) => {
      const handover = await http.act(request, tx => handOver(tx, request.params.case, request.body))
      return reply.code(202).send({ handover })
    },
  )

  app.get(
    '/handovers',
    {
      config: { right: 'cases.read' },
      schema: {
        tags,
        summary: 'Handovers of a case; without one, those of which the asking leader has not taken note',
        querystring: z.object({ case: ids.CaseId.optional() }),
        response: { 200: z.object({ rows: z.array(Handover) }) },
      },
    },
    async (request, reply) => {
      const rows = await http.look(request, tx => handovers(tx, request.query.case))
      return reply.header('cache-control', 'no-store').send({ rows })
    },
  )

  app.post(
    '/handovers/:handover/notes',
    {
      config: { right: 'cases.handOver' },
      schema: {
        tags,
        summary: 'The leader who takes the case over has taken note',
        params: HandoverParams,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await http.act(request, tx => noteHandover(tx, request.params.handover))
      return reply.code(204).send(null)
    },
  )
}
