import { z } from 'zod'
import type { Routes } from '#platform/http'
import { ids } from '#platform/ids'
import { addLeave, dropLeave, leave } from './leave.ts'
import { dutiesBetween, dutiesFor, keepRoster, rosterGround } from './roster.ts'
import { DutyPage, DutyRow, LeaveRow, NewLeave, NewRoster, SwapAnswer } from './roster-schema.ts'
import { decideSwap } from './swap.ts'

const tags = ['staffing']
const rowsOf = <T extends z.ZodType>(row: T) => z.object({ rows: z.array(row) })

/** The roster as those who lead make it. */
export const rosterRoutes: Routes = (app, http) => {
  app.post(
    '/rosters',
    {
      config: { right: 'staffing.roster' },
      schema: {
        tags,
        summary:
          'Makes and keeps an on-call roster: rest, leave, a woman for each region; fair. Takes seconds',
        body: NewRoster,
        response: { 201: z.object({ roster: ids.RosterId }) },
      },
    },
    async (request, reply) => {
      const form = request.body
      const duties = await dutiesFor(await http.look(request, tx => rosterGround(tx, form)))
      const roster = await http.act(request, tx => keepRoster(tx, form, duties))
      return reply.code(201).send({ roster })
    },
  )
  app.get(
    '/duties',
    {
      config: { right: 'staffing.read' },
      schema: {
        tags,
        summary: 'Who is on call between two days, two months at most',
        querystring: DutyPage,
        response: { 200: rowsOf(DutyRow) },
      },
    },
    request => http.look(request, async tx => ({ rows: await dutiesBetween(tx, request.query) })),
  )
  app.post(
    '/swaps/:swap/decision',
    {
      config: { right: 'staffing.approve' },
      schema: {
        tags,
        summary: 'Approves or turns down a swap on which both officers agree',
        params: z.object({ swap: ids.SwapId }),
        body: SwapAnswer,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await http.act(request, tx => decideSwap(tx, request.params.swap, request.body.isAgreed))
      return reply.code(204).send(null)
    },
  )
  leaveRoutes(app, http)
}

const leaveRoutes: Routes = (app, http) => {
  app.get(
    '/leave',
    {
      config: { right: 'staffing.lead' },
      schema: { tags, summary: 'The team’s days off from today on', response: { 200: rowsOf(LeaveRow) } },
    },
    request => http.look(request, async tx => ({ rows: await leave(tx) })),
  )
  app.post(
    '/officers/:officer/leave',
    {
      config: { right: 'staffing.lead' },
      schema: {
        tags,
        summary: 'Notes days on which an officer of one’s team cannot be asked. No reason is stored',
        params: z.object({ officer: ids.OfficerId }),
        body: NewLeave,
        response: { 201: z.object({ leave: ids.LeaveId }) },
      },
    },
    async (request, reply) => {
      const added = await http.act(request, tx => addLeave(tx, request.params.officer, request.body))
      return reply.code(201).send({ leave: added })
    },
  )
  app.delete(
    '/leave/:leave',
    {
      config: { right: 'staffing.lead' },
      schema: {
        tags,
        summary: 'Takes days off back',
        params: z.object({ leave: ids.LeaveId }),
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await http.act(request, tx => dropLeave(tx, request.params.leave))
      return reply.code(204).send(null)
    },
  )
}
