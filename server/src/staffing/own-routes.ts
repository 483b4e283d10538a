import { z } from 'zod'
import type { Routes } from '#platform/http'
import { ids } from '#platform/ids'
import { system } from '#platform/who'
import { calendarOf, closeCalendar, openCalendar } from './calendar.ts'
import { NewSwap, SwapAnswer, SwapRow } from './roster-schema.ts'
import { Wish } from './schema.ts'
import { answerSwap, askSwap, openSwaps } from './swap.ts'
import { openWishes } from './wish.ts'

const tags = ['staffing']

/** What an officer does with their own duties. */
export const ownRoutes: Routes = (app, http) => {
  app.get(
    '/swaps',
    {
      config: { right: 'staffing.read' },
      schema: {
        tags,
        summary: 'Swaps that wait for an answer or an approval, as far as the caller is concerned',
        response: { 200: z.object({ rows: z.array(SwapRow) }) },
      },
    },
    request => http.look(request, async tx => ({ rows: await openSwaps(tx) })),
  )
  app.post(
    '/duties/:duty/swaps',
    {
      config: { right: 'staffing.own' },
      schema: {
        tags,
        summary: 'Asks a colleague to take a duty of one’s own',
        params: z.object({ duty: ids.DutyId }),
        body: NewSwap,
        response: { 201: z.object({ swap: ids.SwapId }) },
      },
    },
    async (request, reply) => {
      const swap = await http.act(request, tx => askSwap(tx, request.params.duty, request.body.officer))
      return reply.code(201).send({ swap })
    },
  )
  app.post(
    '/swaps/:swap/answer',
    {
      config: { right: 'staffing.own' },
      schema: {
        tags,
        summary: 'Agrees to take a colleague’s duty, or does not',
        params: z.object({ swap: ids.SwapId }),
        body: SwapAnswer,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await http.act(request, tx => answerSwap(tx, request.params.swap, request.body.isAgreed))
      return reply.code(204).send(null)
    },
  )
  app.get(
    '/wishes',
    {
      config: { right: 'staffing.own' },
      schema: {
        tags,
        summary:
          'Wishes for a woman officer that the team cannot keep: one’s agency’s, or those one was called for',
        response: { 200: z.object({ rows: z.array(Wish) }) },
      },
    },
    request => http.look(request, async tx => ({ rows: await openWishes(tx) })),
  )
  calendarRoutes(app, http)
}

const calendarRoutes: Routes = (app, http) => {
  app.post(
    '/calendar',
    {
      config: { right: 'staffing.own' },
      schema: {
        tags,
        summary: 'Gives one’s duty calendar a new secret address; the one before ends',
        response: { 201: z.object({ path: z.string().describe('Shown this once.') }) },
      },
    },
    async (request, reply) => {
      const secret = await http.act(request, openCalendar)
      return reply.code(201).send({ path: `/api/calendars/${secret}` })
    },
  )
  app.delete(
    '/calendar',
    {
      config: { right: 'staffing.own' },
      schema: { tags, summary: 'Takes the address of one’s calendar back', response: { 204: z.null() } },
    },
    async (request, reply) => {
      await http.act(request, closeCalendar)
      return reply.code(204).send(null)
    },
  )
  app.get(
    '/calendars/:secret',
    {
      config: { right: 'public' },
      schema: {
        tags,
        summary: 'An officer’s duties as iCalendar (RFC 5545): when, and nothing else',
        params: z.object({ secret: z.string().regex(/^[\w-]{43}$/) }),
        response: { 200: z.string() },
      },
    },
    async (request, reply) => {
      const text = await http.database.look(system('staffing'), tx => calendarOf(tx, request.params.secret))
      return reply.header('content-type', 'text/calendar; charset=utf-8').send(text)
    },
  )
}
