import { z } from 'zod'
import type { App, Http, Routes } from '#platform/http'
import { ids } from '#platform/ids'
import {
  caseReaders,
  listFlags,
  markKnown,
  readersTold,
  readingRule,
  seeFlag,
  setReadingRule,
} from './readers.ts'
import { CaseParams, FlagQuery, Flags, Readers, ReadersTold, ReadingRule } from './schema.ts'

const tags = ['cases']
const nothing = z.null().describe('Done.')

/** Who has looked at a case, and looking that is out of the ordinary. */
export const readerRoutes: Routes = (app, http) => {
  told(app, http)
  flagRoutes(app, http)
}

function told(app: App, http: Http): void {
  app.get(
    '/cases/:case/readers',
    {
      config: { right: 'cases.readers' },
      schema: {
        tags,
        summary: 'Who has looked at the case, the latest first',
        params: CaseParams,
        response: { 200: Readers },
      },
    },
    request => http.look(request, tx => caseReaders(tx, request.params.case)),
  )

  app.get(
    '/report/readers',
    {
      config: { right: 'reporter' },
      schema: {
        tags,
        summary: 'Who has looked at one’s own report, by role and agency',
        response: { 200: ReadersTold },
      },
    },
    request => http.look(request, readersTold),
  )

  app.put(
    '/cases/:case/known-person',
    {
      config: { right: 'cases.settle' },
      schema: {
        tags,
        summary: 'Marks a case as of somebody whom many know, or no longer',
        params: CaseParams,
        body: z.strictObject({ isKnown: z.boolean() }),
        response: { 204: nothing },
      },
    },
    async (request, reply) => {
      await http.act(request, tx => markKnown(tx, request.params.case, request.body.isKnown))
      return reply.code(204).send(null)
    },
  )
}

function flagRoutes(app: App, http: Http): void {
  const config = { right: 'audit.protect' } as const
  app.get(
    '/reading-flags',
    {
      config,
      schema: {
        tags,
        summary: 'Readings that were out of the ordinary, newest first',
        querystring: FlagQuery,
        response: { 200: Flags },
      },
    },
    request => http.look(request, tx => listFlags(tx, request.query)),
  )

  app.post(
    '/reading-flags/:flag/review',
    {
      config,
      schema: {
        tags,
        summary: 'Says that a flag was looked into',
        params: z.object({ flag: ids.FlagId }),
        response: { 204: nothing },
      },
    },
    async (request, reply) => {
      await http.act(request, tx => seeFlag(tx, request.params.flag))
      return reply.code(204).send(null)
    },
  )

  app.get(
    '/reading-rule',
    {
      config,
      schema: { tags, summary: 'What counts as out of the ordinary', response: { 200: ReadingRule } },
    },
    request => http.look(request, readingRule),
  )

  app.put(
    '/reading-rule',
    {
      config,
      schema: {
        tags,
        summary: 'Sets what counts as out of the ordinary',
        body: ReadingRule,
        response: { 204: nothing },
      },
    },
    async (request, reply) => {
      await http.act(request, tx => setReadingRule(tx, request.body))
      return reply.code(204).send(null)
    },
  )
}
