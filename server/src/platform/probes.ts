/**
 * What an operator's machines ask: alive, ready, and the numbers (OpenMetrics). Only from the machine itself
 * or its private network, and never through the proxy that the public comes by.
 *
 * @module
 */
import ipaddr from 'ipaddr.js'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { App, Http } from './http.ts'
import { queueLengths } from './jobs.ts'

export function addProbes(app: App, http: Http): void {
  const numbers = metrics(app, http)
  const config = { right: 'public' } as const
  app.get('/healthz', { config, schema: { hide: true } }, async () => ({ alive: true }))
  app.get(
    '/readyz',
    {
      config,
      schema: {
        hide: true,
        response: {
          200: z.object({ ready: z.literal(true) }),
          503: z.object({ ready: z.literal(false), missing: z.string() }),
        },
      },
    },
    async (_, reply) => {
      const missing = await missingPart(http)
      if (missing !== undefined) return reply.code(503).send({ ready: false, missing })
      return { ready: true as const }
    },
  )
  app.get('/metrics', { config, schema: { hide: true } }, async (request, reply) => {
    if (!isNear(request)) return reply.callNotFound()
    return reply.type(numbers.contentType).send(await numbers.metrics())
  })
}

async function missingPart(http: Http): Promise<string | undefined> {
  const database = await http.database.pool.query('select 1').then(
    () => true,
    () => false,
  )
  if (!database) return 'database'
  const objects = await http.world.objects.probe().then(
    () => true,
    () => false,
  )
  return objects ? undefined : 'objects'
}

function isNear(request: FastifyRequest): boolean {
  if (request.headers['x-forwarded-for'] !== undefined || request.headers.forwarded !== undefined)
    return false
  const range = ipaddr.process(request.socket.remoteAddress ?? '0.0.0.0').range()
  return range === 'loopback' || range === 'private' || range === 'uniqueLocal'
}

function metrics(app: App, http: Http): Registry<typeof Registry.OPENMETRICS_CONTENT_TYPE> {
  const registry = new Registry<typeof Registry.OPENMETRICS_CONTENT_TYPE>()
  registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE)
  collectDefaultMetrics({ register: registry })
  const answers = new Histogram({
    name: 'jikimi_http_answer_seconds',
    help: 'Time to answer, by route template, method and status class',
    labelNames: ['route', 'method', 'status'] as const,
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
    registers: [registry],
  })
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? '(none)'
    answers.observe(
      { route, method: request.method, status: `${Math.floor(reply.statusCode / 100)}xx` },
      request.took() / 1000,
    )
  })
  const queues = new Gauge({
    name: 'jikimi_jobs',
    help: 'Jobs by queue and state',
    labelNames: ['queue', 'state'] as const,
    registers: [registry],
    async collect() {
      queues.reset()
      for (const { queue, state, count } of await queueLengths(http.database))
        queues.set({ queue, state }, count)
    },
  })
  return registry
}
