/**
 * The HTTP floor: schemas on every route, a right on every route, problem details in two languages, request
 * ids, limits, security headers. A route without a right stops the start.
 *
 * @module
 */
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyRequest,
  type RawServerDefault,
} from 'fastify'
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Database, ReadTx, Tx } from './database.ts'
import { randomName, randomToken } from './ids.ts'
import { faultOf, placeOf } from './log.ts'
import { problemOf, problemType } from './problems.ts'
import { stopwatch } from './time.ts'
import type { Who } from './who.ts'
import type { World } from './world.ts'

export type App = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may call: a right of the table in `access/rights.ts`, `public`, or `reporter`. */
    right?: string
    /** Whether it asks for an authentication of the last minutes: for what is grave. */
    isFresh?: boolean
  }
  interface FastifyRequest {
    who: Who
    took: () => number
  }
  interface FastifyReply {
    styleNonce: string
  }
}

/** What a room's routes have in hand. */
export interface Http {
  act<T>(request: FastifyRequest, verb: (tx: Tx) => Promise<T>): Promise<T>
  look<T>(request: FastifyRequest, question: (tx: ReadTx) => Promise<T>): Promise<T>
  readonly world: World
  readonly database: Database
}

/** A room's routes. They stand under `/api`. */
export type Routes = (app: App, http: Http) => void

export interface Gate {
  /** Who is asking, from the request's cookie or token. */
  identify(request: FastifyRequest): Promise<Who>
  /** Refuses whoever lacks `right`, or has not authenticated of late where `isFresh` asks for it. @throws Refusal */
  admit(who: Who, right: string, isFresh: boolean): void
}

const bodyBytesMax = 1024 * 1024

/** Makes the server, without routes. */
export async function openHttp(
  database: Database,
  world: World,
  gate: Gate,
): Promise<{
  app: App
  http: Http
  routes: ReadonlyMap<string, string>
  freshRoutes: ReadonlySet<string>
}> {
  const app: App = fastify({
    logger: false,
    bodyLimit: bodyBytesMax,
    genReqId: () => randomName(),
    requestTimeout: 60_000,
    routerOptions: { ignoreTrailingSlash: true },
    trustProxy: [...world.config.proxies],
  }).withTypeProvider<ZodTypeProvider>()
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  app.decorateRequest('who', null as never)
  app.decorateRequest('took', null as never)
  app.decorateReply('styleNonce', '')
  await app.register(cookie)
  await guard(app, world)
  const { routes, freshRoutes } = demandRights(app)
  answerInOneForm(app, world)

  app.addHook('onRequest', async (request, reply) => {
    request.took = stopwatch()
    reply.header('x-request-id', request.id)
    const { right, isFresh = false } = request.routeOptions.config
    if (right === undefined || right === 'public') {
      request.who = { kind: 'anonymous' }
      return
    }
    request.who = await gate.identify(request)
    gate.admit(request.who, right, isFresh)
  })
  app.addHook('onResponse', async (request, reply) => {
    world.log.requestAnswered({
      route: request.routeOptions.url ?? '(none)',
      method: request.method,
      status: reply.statusCode,
      tookMs: request.took(),
      request: request.id,
    })
  })
  const http: Http = {
    database,
    world,
    act: (request, verb) => database.act(request.who, verb),
    look: (request, question) => database.look(request.who, question),
  }
  return { app, http, routes, freshRoutes }
}

/** The style nonce of each answer, by what Node calls it: helmet knows nothing of Fastify's reply. */
const nonces = new WeakMap<object, string>()

/** Headers, limits, and the refusal of requests that another site makes in our visitor's name. */
async function guard(app: App, world: World): Promise<void> {
  const isSecure = world.config.publicUrl?.startsWith('https:') ?? false
  app.addHook('onRequest', async (request, reply) => {
    reply.styleNonce = randomToken(12)
    nonces.set(reply.raw, reply.styleNonce)
    const origin = request.headers.origin
    const isChange = request.method !== 'GET' && request.method !== 'HEAD' && request.method !== 'OPTIONS'
    if (
      isChange &&
      request.headers['sec-fetch-site'] !== undefined &&
      request.headers['sec-fetch-site'] !== 'same-origin' &&
      request.headers['sec-fetch-site'] !== 'none'
    ) {
      throw Object.assign(new Error('cross-site'), { statusCode: 403 })
    }
    if (isChange && origin !== undefined && origin !== 'null' && hostOf(origin) !== request.headers.host) {
      throw Object.assign(new Error('cross-origin'), { statusCode: 403 })
    }
  })
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'", "'wasm-unsafe-eval'"],
        workerSrc: ["'self'"],
        styleSrc: ["'self'", (_, response) => `'nonce-${nonces.get(response) ?? ''}'`],
        imgSrc: ["'self'", 'data:', 'blob:'],
        mediaSrc: ["'self'", 'blob:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        manifestSrc: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
        ...(isSecure ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    strictTransportSecurity: isSecure ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    referrerPolicy: { policy: 'no-referrer' },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    crossOriginEmbedderPolicy: false,
  })
  app.addHook('onRequest', async (request, reply) => {
    // What the API says is about people: no cache on the way or in a shared browser keeps it.
    if (request.url.startsWith('/api/')) reply.header('cache-control', 'no-store')
    reply.header('permissions-policy', 'camera=(), microphone=(), geolocation=(), browsing-topics=()')
  })
  await app.register(rateLimit, {
    global: true,
    max: 600,
    timeWindow: 60_000,
    keyGenerator: request => request.ip,
    errorResponseBuilder: () => Object.assign(new Error('rate limit'), { statusCode: 429 }),
  })
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined
}

/** Notes the right of every route; one without stops the start. And which ask for a fresh authentication. */
function demandRights(app: App) {
  const routes = new Map<string, string>()
  const freshRoutes = new Set<string>()
  app.addHook('onRoute', route => {
    const right = route.config?.right
    if (right === undefined) throw new Error(`Route ${route.url} has no right. Name one in its config.`)
    for (const method of [route.method].flat()) {
      routes.set(`${method} ${route.url}`, right)
      if (route.config?.isFresh === true) freshRoutes.add(`${method} ${route.url}`)
    }
  })
  return { routes, freshRoutes }
}

function answerInOneForm(app: App, world: World): void {
  app.setErrorHandler((error, request, reply) => {
    const problem = problemOf(error, request.headers['accept-language'], request.id)
    if (problem.status >= 500) {
      world.log.requestFailed({
        route: request.routeOptions.url ?? '(none)',
        method: request.method,
        request: request.id,
        fault: faultOf(error),
        at: placeOf(error),
      })
    }
    return reply
      .code(problem.status)
      .header('content-type', problemType)
      .header('cache-control', 'no-store')
      .serializer(JSON.stringify)
      .send(problem)
  })
  app.setNotFoundHandler((request, reply) => {
    const problem = problemOf(
      Object.assign(new Error('not found'), { statusCode: 404 }),
      request.headers['accept-language'],
      request.id,
    )
    return reply.code(404).header('content-type', problemType).serializer(JSON.stringify).send(problem)
  })
}
