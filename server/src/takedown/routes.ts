import { z } from 'zod'
import type { Routes } from '#platform/http'
import { caseClocks } from './clock.ts'
import { handIn, notify } from './notice.ts'
import { directory } from './provider-store.ts'
import { addProvider, changeProvider } from './provider.ts'
import * as shape from './schema.ts'
import { askRecheck, chooseChannel, decide, listTargets, readTarget, withdraw } from './target.ts'

const tags = ['takedown']

export const routes: Routes = (app, http) => {
  targetRoutes(app, http)
  clockRoutes(app, http)
  noticeRoutes(app, http)
  lookRoutes(app, http)
  decisionRoutes(app, http)
  providerRoutes(app, http)
}

const targetRoutes: Routes = (app, http) => {
  app.get(
    '/targets',
    {
      config: { right: 'takedown.read' },
      schema: {
        tags,
        summary: 'Targets that the caller may see, newest first',
        querystring: shape.TargetPage,
        response: { 200: shape.Targets },
      },
    },
    async (request, reply) => {
      const { state, limit, after } = request.query
      const answer = await http.look(request, tx =>
        listTargets(tx, { limit, ...(state && { state }), ...(after && { after }) }),
      )
      return reply.header('cache-control', 'no-store').send(answer)
    },
  )
  app.get(
    '/cases/:case/targets',
    {
      config: { right: 'takedown.read' },
      schema: {
        tags,
        summary: 'Targets of one case, newest first',
        params: shape.CaseParams,
        querystring: shape.TargetPage,
        response: { 200: shape.Targets },
      },
    },
    async (request, reply) => {
      const { state, limit, after } = request.query
      const answer = await http.look(request, tx =>
        listTargets(tx, {
          case: request.params.case,
          limit,
          ...(state && { state }),
          ...(after && { after }),
        }),
      )
      return reply.header('cache-control', 'no-store').send(answer)
    },
  )
  app.get(
    '/targets/:target',
    {
      config: { right: 'takedown.read' },
      schema: {
        tags,
        summary: 'One target with its notices, replies and looks',
        params: shape.TargetParams,
        response: { 200: shape.TargetRead },
      },
    },
    async (request, reply) => {
      const answer = await http.look(request, tx => readTarget(tx, request.params.target))
      return reply.header('cache-control', 'no-store').send(answer)
    },
  )
}

const clockRoutes: Routes = (app, http) => {
  app.get(
    '/case-clocks',
    {
      config: { right: 'takedown.clocks' },
      schema: {
        tags,
        summary:
          'When removal is due next and what is overdue, by case that the caller knows of; no addresses',
        response: { 200: shape.CaseClocks },
      },
    },
    async (request, reply) => {
      const answer = await http.look(request, caseClocks)
      return reply.header('cache-control', 'no-store').send(answer)
    },
  )
}

const nothing = z.null().describe('Nothing to say.')

const noticeRoutes: Routes = (app, http) => {
  app.post(
    '/targets/:target/notices',
    {
      config: { right: 'takedown.notify' },
      schema: {
        tags,
        summary: 'Ask for removal; a second time in one round sends nothing',
        params: shape.TargetParams,
        response: { 202: nothing },
      },
    },
    async (request, reply) => {
      await http.act(request, tx => notify(tx, request.params.target, http.world.config))
      return reply.code(202).send(null)
    },
  )
  app.post(
    '/notices/:notice/sendings',
    {
      config: { right: 'takedown.notify' },
      schema: {
        tags,
        summary: 'A form or letter was handed in by a person',
        params: shape.NoticeParams,
        response: { 204: nothing },
      },
    },
    async (request, reply) => {
      await http.act(request, tx => handIn(tx, request.params.notice))
      return reply.code(204).send(null)
    },
  )
}

const lookRoutes: Routes = (app, http) => {
  app.post(
    '/targets/:target/rechecks',
    {
      config: { right: 'takedown.decide' },
      schema: {
        tags,
        summary: 'Look at the address at once',
        params: shape.TargetParams,
        response: { 202: nothing },
      },
    },
    async (request, reply) => {
      await http.act(request, tx => askRecheck(tx, request.params.target))
      return reply.code(202).send(null)
    },
  )
  app.post(
    '/targets/:target/verdicts',
    {
      config: { right: 'takedown.decide' },
      schema: {
        tags,
        summary: 'What a person has seen on the page',
        params: shape.TargetParams,
        body: shape.PersonsVerdict,
        response: { 204: nothing },
      },
    },
    async (request, reply) => {
      await http.act(request, tx => decide(tx, request.params.target, request.body.verdict))
      return reply.code(204).send(null)
    },
  )
}

const decisionRoutes: Routes = (app, http) => {
  app.put(
    '/targets/:target/channel',
    {
      config: { right: 'takedown.decide' },
      schema: {
        tags,
        summary: 'Choose whom to ask, and ask',
        params: shape.TargetParams,
        body: shape.ChosenChannel,
        response: { 204: nothing },
      },
    },
    async (request, reply) => {
      await http.act(request, tx =>
        chooseChannel(tx, request.params.target, request.body.channel, http.world.config),
      )
      return reply.code(204).send(null)
    },
  )
  app.post(
    '/targets/:target/withdrawal',
    {
      config: { right: 'takedown.decide' },
      schema: {
        tags,
        summary: 'Stop all work on the target',
        params: shape.TargetParams,
        body: shape.Withdrawal,
        response: { 204: nothing },
      },
    },
    async (request, reply) => {
      await http.act(request, tx => withdraw(tx, request.params.target, request.body.reason))
      return reply.code(204).send(null)
    },
  )
}

const providerRoutes: Routes = (app, http) => {
  app.get(
    '/providers',
    {
      config: { right: 'takedown.providers' },
      schema: {
        tags,
        summary: 'The directory of providers and their channels',
        querystring: shape.ProviderPage,
        response: { 200: shape.Providers },
      },
    },
    async (request, reply) => {
      const { limit, after } = request.query
      const rows = await http.look(request, tx => directory(tx, { limit: limit + 1, after }))
      const page = rows.slice(0, limit)
      return reply.send({ rows: page, next: rows.length > limit ? (page.at(-1)?.provider ?? null) : null })
    },
  )
  app.post(
    '/providers',
    {
      config: { right: 'takedown.providers' },
      schema: {
        tags,
        summary: 'Enter a provider',
        body: shape.NewProvider,
        response: { 201: shape.ProviderMade },
      },
    },
    async (request, reply) => {
      const provider = await http.act(request, tx => addProvider(tx, request.body))
      return reply.code(201).send({ provider })
    },
  )
  app.patch(
    '/providers/:provider',
    {
      config: { right: 'takedown.providers' },
      schema: {
        tags,
        summary: 'Change a provider, its domains and channels',
        params: shape.ProviderParams,
        body: shape.ChangedProvider,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await http.act(request, tx => changeProvider(tx, request.params.provider, request.body))
      return reply.code(204).send(null)
    },
  )
}
