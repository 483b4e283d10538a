import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Routes } from '#platform/http'
import type { AccountId } from '#platform/ids'
import { approve, liftByHand, listOrders, request as ask, turnDown } from './order.ts'
import { listPublications, release } from './publish.ts'
import * as shape from './schema.ts'
import { confirm, servedPrefixes, servedZone, type Served } from './subscription.ts'

const tags = ['blocking']
const nothing = z.null().describe('Done.')

export const routes: Routes = (app, http) => {
  readRoutes(app, http)
  decisionRoutes(app, http)
  publicationRoutes(app, http)
  subscriberRoutes(app, http)
}

const readRoutes: Routes = (app, http) => {
  app.get(
    '/block-orders',
    {
      config: { right: 'blocking.read' },
      schema: {
        tags,
        summary: 'Block orders that the caller may see, newest first',
        querystring: shape.OrderPage,
        response: { 200: shape.BlockOrders },
      },
    },
    request => http.look(request, tx => listOrders(tx, request.query)),
  )
  app.get(
    '/cases/:case/block-orders',
    {
      config: { right: 'blocking.read' },
      schema: {
        tags,
        summary: 'Block orders of one case, newest first',
        params: shape.CaseParams,
        querystring: shape.OrderPage,
        response: { 200: shape.BlockOrders },
      },
    },
    request => http.look(request, tx => listOrders(tx, { case: request.params.case, ...request.query })),
  )
}

const decisionRoutes: Routes = (app, http) => {
  app.post(
    '/block-orders/:order/requests',
    {
      config: { right: 'blocking.request' },
      schema: {
        tags,
        summary: 'Asks for the block, with scope and legal basis',
        params: shape.OrderParams,
        body: shape.BlockRequest,
        response: { 204: nothing },
      },
    },
    async (request, reply) => {
      await http.act(request, tx => ask(tx, request.params.order, request.body, accountOf(request)))
      return reply.code(204).send(null)
    },
  )
  app.post(
    '/block-orders/:order/approvals',
    {
      config: { right: 'blocking.approve', isFresh: true },
      schema: {
        tags,
        summary: 'Approves what another person has requested',
        params: shape.OrderParams,
        response: { 204: nothing },
      },
    },
    async (request, reply) => {
      await http.act(request, tx => approve(tx, request.params.order, accountOf(request)))
      return reply.code(204).send(null)
    },
  )
  app.post(
    '/block-orders/:order/refusals',
    {
      config: { right: 'blocking.approve' },
      schema: {
        tags,
        summary: 'Turns a proposal or a request down',
        params: shape.OrderParams,
        body: shape.BlockRefusal,
        response: { 204: nothing },
      },
    },
    async (request, reply) => {
      await http.act(request, tx => turnDown(tx, request.params.order, request.body.reason))
      return reply.code(204).send(null)
    },
  )
  app.post(
    '/block-orders/:order/liftings',
    {
      config: { right: 'blocking.lift' },
      schema: {
        tags,
        summary: 'Lifts the block; the next publication leaves it out',
        params: shape.OrderParams,
        body: shape.BlockLifting,
        response: { 204: nothing },
      },
    },
    async (request, reply) => {
      await http.act(request, tx => liftByHand(tx, request.params.order, request.body.reason))
      return reply.code(204).send(null)
    },
  )
}

const publicationRoutes: Routes = (app, http) => {
  app.get(
    '/publications',
    {
      config: { right: 'blocking.read' },
      schema: {
        tags,
        summary: 'What went out, newest first, and what waits for a person',
        querystring: shape.PublicationPage,
        response: { 200: shape.Publications },
      },
    },
    request => http.look(request, tx => listPublications(tx, request.query)),
  )
  app.post(
    '/publication-holds/:hold/releases',
    {
      config: { right: 'blocking.approve', isFresh: true },
      schema: {
        tags,
        summary: 'Lets a held list go out',
        params: shape.HoldParams,
        response: { 204: nothing },
      },
    },
    async (request, reply) => {
      await http.act(request, tx => release(tx, request.params.hold, accountOf(request)))
      return reply.code(204).send(null)
    },
  )
}

const subscriberRoutes: Routes = (app, http) => {
  const Known = z.object({ 'if-none-match': z.string().max(1000).optional() })
  app.get(
    '/blocklists/rpz',
    {
      config: { right: 'subscriber' },
      schema: {
        tags,
        summary: 'The response policy zone for resolvers (text/dns), with an ETag',
        headers: Known,
        response: { 200: z.string(), 304: nothing },
      },
    },
    async (request, reply) => {
      const served = await http.look(request, tx => servedZone(tx, request.headers['if-none-match']))
      return answer(reply, served, 'text/dns; charset=us-ascii')
    },
  )
  app.get(
    '/blocklists/hashes',
    {
      config: { right: 'subscriber' },
      schema: {
        tags,
        summary: 'First four bytes of the SHA-256 of every blocked expression, sorted, with an ETag',
        headers: Known,
        response: { 200: z.any().describe('Four bytes each, without anything between.'), 304: nothing },
      },
    },
    async (request, reply) => {
      const served = await http.look(request, tx => servedPrefixes(tx, request.headers['if-none-match']))
      return answer(reply, served, 'application/octet-stream')
    },
  )
  app.post(
    '/blocklists/hashes/confirmations',
    {
      config: { right: 'subscriber' },
      schema: {
        tags,
        summary: 'The whole hashes behind four bytes',
        body: shape.HashQuestion,
        response: { 200: shape.HashAnswer },
      },
    },
    request => http.look(request, tx => confirm(tx, request.body.prefix)),
  )
}

function answer(reply: FastifyReply, served: Served, type: string): FastifyReply {
  void reply
    .header('etag', served.etag)
    .header('cache-control', 'private, no-cache')
    .header('x-jikimi-serial', served.serial)
  if (served.body === undefined) return reply.code(304).send()
  // As bytes: a string would be put into quotation marks.
  return reply
    .code(200)
    .type(type)
    .serializer((body: unknown) => body as string)
    .send(Buffer.from(served.body as string))
}

/** The rights of these routes are staff's alone. */
function accountOf(request: FastifyRequest): AccountId {
  if (request.who.kind !== 'staff') throw new Error('A decision needs a person.')
  return request.who.account
}
