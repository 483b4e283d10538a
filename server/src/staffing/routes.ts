import { z } from 'zod'
import type { Routes } from '#platform/http'
import { ids } from '#platform/ids'
import { agencies } from './agencies.ts'
import { addOfficer, officers, post, staffing } from './posting.ts'
import { Agency, AgencyCode, NewOfficer, OfficerRow, Staffing } from './schema.ts'

const tags = ['staffing']

export const routes: Routes = (app, http) => {
  app.get(
    '/agencies',
    {
      config: { right: 'public' },
      schema: { tags, summary: 'The local police agencies', response: { 200: z.array(Agency) } },
    },
    async () => [...agencies],
  )

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
        body: z.strictObject({ agency: AgencyCode }),
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await http.act(request, tx => post(tx, request.params.officer, request.body.agency))
      return reply.code(204).send(null)
    },
  )

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
}
