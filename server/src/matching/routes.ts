import { z } from 'zod'
import type { Routes } from '#platform/http'
import { bankRoutes } from './bank-routes.ts'
import { feedRoutes } from './feed-routes.ts'
import { readBank } from './bank.ts'
import { decideMatch } from './decision.ts'
import { listMatches } from './list.ts'
import { takeBack } from './reversal.ts'
import { BankRead, CaseParams, Decision, Matches, MatchParams, MatchQuery, NewReversal } from './schema.ts'

const tags = ['matching']

export const routes: Routes = (app, http) => {
  addMatches(app, http)
  addDecisions(app, http)
  bankRoutes(app, http)
  feedRoutes(app, http)
}

const addMatches: Routes = (app, http) => {
  app.get(
    '/matches',
    {
      config: { right: 'matching.read' },
      schema: {
        tags,
        summary: 'Matches of the cases of one’s agency, newest first',
        querystring: MatchQuery,
        response: { 200: Matches },
      },
    },
    request => http.look(request, tx => listMatches(tx, request.query)),
  )

  app.get(
    '/cases/:case/matches',
    {
      config: { right: 'matching.read' },
      schema: {
        tags,
        summary: 'Matches of a case, newest first',
        params: CaseParams,
        querystring: MatchQuery,
        response: { 200: Matches },
      },
    },
    request => http.look(request, tx => listMatches(tx, { ...request.query, case: request.params.case })),
  )

  app.get(
    '/cases/:case/fingerprints',
    {
      config: { right: 'matching.read' },
      schema: {
        tags,
        summary: 'What the bank of a case holds, in numbers',
        params: CaseParams,
        response: { 200: BankRead },
      },
    },
    request => http.look(request, tx => readBank(tx, http.world.keys, request.params.case)),
  )
}

const addDecisions: Routes = (app, http) => {
  app.post(
    '/matches/:match/decisions',
    {
      config: { right: 'matching.decide' },
      schema: {
        tags,
        summary: 'An officer says whether the material is the victim’s',
        params: MatchParams,
        body: Decision,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await http.act(request, tx => decideMatch(tx, request.params.match, request.body.verdict))
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/matches/:match/reversal',
    {
      config: { right: 'matching.decide' },
      schema: {
        tags,
        summary: 'Takes a confirmed match back: it was wrong, and what follows from it ends',
        params: MatchParams,
        body: NewReversal,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await http.act(request, tx => takeBack(tx, request.params.match, request.body))
      return reply.code(204).send(null)
    },
  )
}
