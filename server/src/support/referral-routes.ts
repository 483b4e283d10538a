import { z } from 'zod'
import type { App, Http, Routes } from '#platform/http'
import { addBody, closeBody, listAgents, listBodies, nameAgent } from './body.ts'
import {
  draftReferral,
  listReferrals,
  openReferral,
  ownReferrals,
  sealReferral,
  sendReferral,
  stepReferral,
  takeReferral,
} from './referral.ts'
import {
  AgentParams,
  Agents,
  Bodies,
  BodyParams,
  NamedAgent,
  NewBody,
  NewReferral,
  OwnReferrals,
  ReferralAnswer,
  ReferralDraft,
  ReferralParams,
  ReferralQuery,
  Referrals,
  ReferralStep,
  ReferralText,
} from './referral-schema.ts'
import { CaseParams } from './schema.ts'

const tags = ['support']
const done = { 204: z.null() }

export const referralRoutes: Routes = (app, http) => {
  directory(app, http)
  agents(app, http)
  referring(app, http)
  goingOn(app, http)
  answering(app, http)
}

function directory(app: App, http: Http): void {
  app.get(
    '/bodies',
    {
      config: { right: 'support.directory' },
      schema: {
        tags,
        summary: 'The bodies that help, with region, languages and accessibility',
        response: { 200: Bodies },
      },
    },
    request => http.look(request, listBodies),
  )

  app.post(
    '/bodies',
    {
      config: { right: 'support.keepDirectory' },
      schema: {
        tags,
        summary: 'Adds a body to the directory',
        body: NewBody,
        response: { 201: BodyParams },
      },
    },
    async (request, reply) => {
      const body = await http.act(request, tx => addBody(tx, request.body))
      return reply.code(201).send({ body })
    },
  )

  app.post(
    '/bodies/:body/closure',
    {
      config: { right: 'support.keepDirectory' },
      schema: {
        tags,
        summary: 'Closes a body that was added: nobody is referred to it any more',
        params: BodyParams,
        response: done,
      },
    },
    async (request, reply) => {
      await http.act(request, tx => closeBody(tx, request.params.body))
      return reply.code(204).send(null)
    },
  )
}

function agents(app: App, http: Http): void {
  app.get(
    '/partner-agents',
    {
      config: { right: 'support.agents' },
      schema: { tags, summary: 'Which agent of a partner answers for which body', response: { 200: Agents } },
    },
    request => http.look(request, listAgents),
  )

  app.put(
    '/partner-agents/:account',
    {
      config: { right: 'support.agents' },
      schema: {
        tags,
        summary: 'Says for which body a partner’s agent answers; null for none',
        params: AgentParams,
        body: NamedAgent,
        response: done,
      },
    },
    async (request, reply) => {
      await http.act(request, tx => nameAgent(tx, request.params.account, request.body.body))
      return reply.code(204).send(null)
    },
  )
}

function referring(app: App, http: Http): void {
  app.post(
    '/cases/:case/referral-drafts',
    {
      config: { right: 'support.refer' },
      schema: {
        tags,
        summary: 'Shows what a body would be told; nothing is sent or kept',
        params: CaseParams,
        body: ReferralDraft,
        response: { 200: ReferralText },
      },
    },
    async (request, reply) => {
      const { text } = await http.look(request, tx => draftReferral(tx, request.params.case, request.body))
      return reply.send({ text })
    },
  )

  app.post(
    '/cases/:case/referrals',
    {
      config: { right: 'support.refer' },
      schema: {
        tags,
        summary: 'Refers the victim to a body, with what the victim allows',
        params: CaseParams,
        body: NewReferral,
        response: { 201: ReferralParams },
      },
    },
    async (request, reply) => {
      const { isAllowed: _, ...draft } = request.body
      const { supportKeys, clock } = http.world
      const drafted = await http.look(request, tx => draftReferral(tx, request.params.case, draft))
      const ready = await sealReferral(supportKeys, clock.now(), drafted)
      const referral = await http.act(request, tx => sendReferral(tx, ready))
      return reply.code(201).send({ referral })
    },
  )
}

function goingOn(app: App, http: Http): void {
  app.get(
    '/referrals',
    {
      config: { right: 'support.read' },
      schema: {
        tags,
        summary: 'Referrals of the cases that one sees into; what is overdue first',
        querystring: ReferralQuery,
        response: { 200: Referrals },
      },
    },
    request => http.look(request, tx => listReferrals(tx, request.query)),
  )

  app.get(
    '/referrals/:referral/text',
    {
      config: { right: 'support.refer' },
      schema: {
        tags,
        summary: 'What a body was told, for who sent it and the counsellors of the case',
        params: ReferralParams,
        response: { 200: ReferralText },
      },
    },
    async (request, reply) => {
      const taken = await http.act(request, tx => takeReferral(tx, request.params.referral))
      return reply.send(await openReferral(http.world.supportKeys, taken))
    },
  )

  app.post(
    '/referrals/:referral/steps',
    {
      config: { right: 'support.refer' },
      schema: {
        tags,
        summary: 'Writes down what the body has answered, or withdraws the referral',
        params: ReferralParams,
        body: ReferralStep,
        response: done,
      },
    },
    async (request, reply) => {
      await http.act(request, tx => stepReferral(tx, request.params.referral, request.body))
      return reply.code(204).send(null)
    },
  )
}

function answering(app: App, http: Http): void {
  app.get(
    '/own-referrals',
    {
      config: { right: 'support.answer' },
      schema: {
        tags,
        summary: 'What was referred to the body of the asking agent',
        response: { 200: OwnReferrals },
      },
    },
    request => http.look(request, ownReferrals),
  )

  app.get(
    '/own-referrals/:referral',
    {
      config: { right: 'support.answer' },
      schema: {
        tags,
        summary: 'What the body is told, while it has to do with it; the reading is in the log',
        params: ReferralParams,
        response: { 200: ReferralText },
      },
    },
    async (request, reply) => {
      const taken = await http.act(request, tx => takeReferral(tx, request.params.referral))
      return reply.send(await openReferral(http.world.supportKeys, taken))
    },
  )

  app.post(
    '/own-referrals/:referral/answers',
    {
      config: { right: 'support.answer' },
      schema: {
        tags,
        summary: 'The body accepts, declines, or says that it is done',
        params: ReferralParams,
        body: ReferralAnswer,
        response: done,
      },
    },
    async (request, reply) => {
      await http.act(request, tx => stepReferral(tx, request.params.referral, request.body))
      return reply.code(204).send(null)
    },
  )
}
