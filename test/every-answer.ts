/**
 * Asks every route of the OpenAPI document in somebody's name, and writes the answers down so that they can be
 * compared byte by byte.
 *
 * @module
 */
import { openings, mayDo } from '../server/src/access/rights.ts'
import { openHttp, type App } from '../server/src/platform/http.ts'
import { newId } from '../server/src/platform/ids.ts'
import { refusals } from '../server/src/platform/refusals.ts'
import type { Trial } from '../server/src/platform/trial.ts'
import type { Who } from '../server/src/platform/who.ts'
import type { World } from '../server/src/platform/world.ts'
import { addRoutes } from '../server/src/routes.ts'

const refused = refusals('trial', { notAllowed: { status: 403, ko: '권한이 없습니다.', en: 'Not allowed.' } })

interface Shape {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly format?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly minLength?: number
  readonly minimum?: number
  readonly minItems?: number
  readonly items?: Shape
  readonly properties?: Readonly<Record<string, Shape>>
  readonly required?: readonly string[]
  readonly anyOf?: readonly Shape[]
  readonly oneOf?: readonly Shape[]
  readonly allOf?: readonly Shape[]
}

export interface Route {
  readonly method: string
  /** With its parameters in braces, below `/api`. */
  readonly path: string
  readonly parameters: readonly string[]
  readonly queries: ReadonlySet<string>
  readonly body: Shape | undefined
}

interface Document {
  readonly paths: Readonly<
    Record<
      string,
      Readonly<
        Record<
          string,
          {
            readonly parameters?: readonly { readonly in: string; readonly name: string }[]
            readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Shape }>> }
          }
        >
      >
    >
  >
  readonly components?: { readonly schemas?: Readonly<Record<string, Shape>> }
}

/** The product's whole HTTP floor over a trial's database; who asks is named at each call. */
export async function openFloor(trial: Trial, world: World) {
  const seats: Who[] = []
  const { app, http } = await openHttp(trial.database, world, {
    identify: async request => seats[Number(request.headers['x-seat'])] ?? { kind: 'anonymous' },
    admit(who, right) {
      const isOpening = (openings as readonly string[]).includes(right)
      const may = isOpening
        ? right === 'public' ||
          who.kind === (right === 'reporter' || right === 'subscriber' ? right : 'staff')
        : who.kind === 'staff' && mayDo(who.role, right)
      if (!may) throw refused.notAllowed()
    },
  })
  await addRoutes(app, http)
  await app.ready()
  const document = app.swagger() as unknown as Document
  const seatOf = (who: Who) => {
    if (!seats.includes(who)) seats.push(who)
    return String(seats.indexOf(who))
  }
  return {
    routes: routesOf(document),
    sample: (shape: Shape) => sampleOf(shape, document),
    ask: (who: Who, method: string, url: string, payload?: unknown) =>
      written(app, seatOf(who), method, url, payload),
    close: () => app.close(),
  }
}
export type Floor = Awaited<ReturnType<typeof openFloor>>

let asked = 0

/** Status, headers and body as text; what differs from one answer to the next of the same question is masked. */
async function written(
  app: App,
  seat: string,
  method: string,
  url: string,
  payload: unknown,
): Promise<string> {
  asked += 1
  const answer = await app.inject({
    method: method as 'GET',
    url: `/api${url}`,
    headers: { 'x-seat': seat },
    // An address each: the limit on requests is counted by address.
    remoteAddress: `10.${(asked >> 16) & 255}.${(asked >> 8) & 255}.${asked & 255}`,
    ...(payload === undefined ? {} : { payload: payload as object }),
  })
  const request = String(answer.headers['x-request-id'])
  const headers = Object.entries(answer.headers)
    .filter(
      ([name]) =>
        !/^(x-request-id|content-security-policy|x-ratelimit|date|connection|keep-alive)/.test(name),
    )
    .map(([name, value]) => `${name}: ${String(value)}`)
    .toSorted()
  return [String(answer.statusCode), ...headers, '', answer.body.replaceAll(request, '(request)')].join('\n')
}

function routesOf(document: Document): readonly Route[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(() => path.startsWith('/api/'))
      .map(([method, about]) => ({
        method: method.toUpperCase(),
        path: path.slice('/api'.length),
        parameters: [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!),
        queries: new Set(about.parameters?.filter(each => each.in === 'query').map(each => each.name)),
        body: about.requestBody?.content['application/json']?.schema,
      })),
  )
}

/** Something that fits the shape: a form that reaches the verb behind the route. */
function sampleOf(shape: Shape, document: Document): unknown {
  const inner = (of: Shape) => sampleOf(of, document)
  if (shape.$ref !== undefined)
    return inner(document.components?.schemas?.[shape.$ref.replace(/^.*\//, '')] ?? {})
  if (shape.const !== undefined) return shape.const
  if (shape.enum !== undefined) return shape.enum[0]
  const one = shape.anyOf?.[0] ?? shape.oneOf?.[0]
  if (one !== undefined) return inner(one)
  if (shape.allOf !== undefined) return Object.assign({}, ...shape.allOf.map(inner)) as unknown
  const type = typeof shape.type === 'string' ? shape.type : shape.type?.[0]
  if (type === 'object')
    return Object.fromEntries(
      Object.entries(shape.properties ?? {})
        .filter(([name]) => shape.required?.includes(name))
        .map(([name, of]) => [name, inner(of)]),
    )
  if (type === 'array') return Array.from({ length: shape.minItems ?? 1 }, () => inner(shape.items ?? {}))
  if (type === 'integer' || type === 'number') return shape.minimum ?? 1
  if (type === 'boolean') return true
  if (shape.format === 'uuid') return newId(new Date('2026-11-23T09:00:00+09:00'))
  if (shape.format === 'date-time') return '2026-11-24T00:00:00Z'
  if (shape.format === 'email') return 'somebody@person.example'
  return 'x'.repeat(Math.max(3, shape.minLength ?? 0))
}
