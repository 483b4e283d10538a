import { Entry } from '#audit'
import type { App, Http, Routes } from '#platform/http'
import { ids } from '#platform/ids'
import { z } from 'zod'
import { assignOfficer } from './assignment.ts'
import { consentRoutes } from './consent-routes.ts'
import { handoverRoutes } from './handover-routes.ts'
import { glassRoutes } from './glass-routes.ts'
import { caseLine, listCases } from './list.ts'
import { settleByHand } from './matter.ts'
import { candidates, endMember, letIn, membersOf } from './member.ts'
import { readerRoutes } from './reader-routes.ts'
import { readCase, readTimeLine } from './reading.ts'
import {
  Candidates,
  CaseLine,
  CaseLines,
  CaseParams,
  CaseQuery,
  CaseRead,
  MatterParams,
  MemberParams,
  Members,
  NewAssignment,
  NewMember,
  Settlement,
  TimelineQuery,
} from './schema.ts'

const tags = ['cases']
const TimeLine = z.object({ rows: z.array(Entry), next: ids.EntryId.nullable() }).meta({ id: 'TimeLine' })

export const routes: Routes = (app, http) => {
  reading(app, http)
  changing(app, http)
  people(app, http)
  handoverRoutes(app, http)
  glassRoutes(app, http)
  readerRoutes(app, http)
  consentRoutes(app, http)
}

function reading(app: App, http: Http): void {
  app.get(
    '/cases',
    {
      config: { right: 'cases.read' },
      schema: {
        tags,
        summary:
          'The cases that one needs to know, newest first; a leader also those of the agency, from outside',
        querystring: CaseQuery,
        response: { 200: CaseLines },
      },
    },
    async (request, reply) => {
      const answer = await http.look(request, tx => listCases(tx, request.query))
      return reply.header('cache-control', 'no-store').send(answer)
    },
  )

  // Reading a case writes: who read it, and when, is in the log in the same transaction.
  app.get(
    '/cases/:case',
    {
      config: { right: 'cases.read' },
      schema: {
        tags,
        summary: 'A case with its matters and addresses',
        params: CaseParams,
        response: { 200: CaseRead },
      },
    },
    async (request, reply) => {
      const answer = await http.act(request, tx => readCase(tx, request.params.case))
      return reply.header('cache-control', 'no-store').send(answer)
    },
  )

  app.get(
    '/cases/:case/outside',
    {
      config: { right: 'cases.read' },
      schema: {
        tags,
        summary: 'What a leader sees of a case of the agency: number, kind, state, who has it',
        params: CaseParams,
        response: { 200: CaseLine },
      },
    },
    request => http.look(request, tx => caseLine(tx, request.params.case)),
  )

  app.get(
    '/cases/:case/timeline',
    {
      config: { right: 'cases.read' },
      schema: {
        tags,
        summary: 'What was done, by whom and when',
        params: CaseParams,
        querystring: TimelineQuery,
        response: { 200: TimeLine },
      },
    },
    async (request, reply) => {
      const answer = await http.act(request, tx => readTimeLine(tx, request.params.case, request.query))
      return reply.header('cache-control', 'no-store').send(answer)
    },
  )
}

function changing(app: App, http: Http): void {
  app.post(
    '/cases/:case/assignments',
    {
      config: { right: 'cases.assign' },
      schema: {
        tags,
        summary: 'Gives the case to an officer of its agency',
        params: CaseParams,
        body: NewAssignment,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await http.act(request, tx => assignOfficer(tx, request.params.case, request.body.officer))
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/matters/:matter/settlement',
    {
      config: { right: 'cases.settle' },
      schema: {
        tags,
        summary: 'Says that a matter is done with, and why',
        params: MatterParams,
        body: Settlement,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await http.act(request, tx => settleByHand(tx, request.params.matter, request.body.reason))
      return reply.code(204).send(null)
    },
  )
}

function people(app: App, http: Http): void {
  app.get(
    '/cases/:case/members',
    {
      config: { right: 'cases.read' },
      schema: {
        tags,
        summary: 'Who sees the case beside its officer, and who did',
        params: CaseParams,
        response: { 200: Members },
      },
    },
    request => http.look(request, tx => membersOf(tx, request.params.case)),
  )

  app.get(
    '/cases/:case/candidates',
    {
      config: { right: 'cases.letIn' },
      schema: {
        tags,
        summary: 'Who could be let into the case',
        params: CaseParams,
        response: { 200: Candidates },
      },
    },
    request => http.look(request, tx => candidates(tx, request.params.case)),
  )

  app.post(
    '/cases/:case/members',
    {
      config: { right: 'cases.letIn' },
      schema: {
        tags,
        summary: 'Lets somebody into the case, for a reason and until a time',
        params: CaseParams,
        body: NewMember,
        response: { 201: MemberParams },
      },
    },
    async (request, reply) => {
      const member = await http.act(request, tx => letIn(tx, request.params.case, request.body))
      return reply.code(201).send({ member })
    },
  )

  app.delete(
    '/case-members/:member',
    {
      config: { right: 'cases.read' },
      schema: {
        tags,
        summary: 'Ends somebody’s part in a case; one’s own, too',
        params: MemberParams,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await http.act(request, tx => endMember(tx, request.params.member))
      return reply.code(204).send(null)
    },
  )
}
