import type { BrowserContext, Request, Response } from 'playwright-core'
import type { Clock } from '#platform/time'
import type { RawHeaders } from './raw-headers.ts'

export type Headers = readonly (readonly [name: string, value: string])[]

/** One request and its answer, as the browser had them. */
export interface Exchange {
  readonly url: string
  readonly at: string
  readonly method: string
  readonly requestHeaders: Headers
  readonly requestBody: Buffer | null
  readonly status: number
  readonly statusText: string
  /** In the case and the number in which they came; in their order where the wire has one (`raw-headers.ts`). */
  readonly responseHeaders: Headers
  /** Without content coding: the browser gives it decoded. */
  readonly body: Buffer
  /** Why there is no body although one was sent. */
  readonly missing: Missing | null
  readonly resourceType: string
  readonly tls: unknown
}

/** `notKept`: the browser no longer had it. `tooLarge`: beyond the bound of the capture. */
export type Missing = 'notKept' | 'tooLarge'

/** A request to which no answer came. */
export interface Failure {
  readonly url: string
  readonly at: string
  readonly reason: string
}

export interface Recorder {
  readonly requests: () => number
  /** All exchanges and failures so far, once every body that is under way is read, at most `withinMs` later. */
  settle(withinMs: number, raw: RawHeaders): Promise<{ exchanges: Exchange[]; failures: Failure[] }>
  /** Bytes of bodies that may still be kept. */
  readonly room: () => number
  keep(exchange: Exchange): void
}

/** Headers between the browser and our proxy: they never reached the page's server. */
const hopHeaders = new Set(['proxy-authorization', 'proxy-connection'])

/** Records what passes in `context`, from the first request on. */
export async function recordExchanges(
  context: BrowserContext,
  clock: Clock,
  bounds: { requestsMax: number; bytesMax: number },
): Promise<Recorder> {
  const exchanges: Exchange[] = []
  const failures: Failure[] = []
  const waiting = new Set<Promise<void>>()
  const begun = new WeakMap<Request, { at: string; order: number }>()
  const orders = new WeakMap<Exchange, number>()
  let begunCount = 0
  let requests = 0
  let room = bounds.bytesMax
  const keep = (exchange: Exchange) => {
    room -= exchange.body.byteLength
    exchanges.push(exchange)
  }
  await context.route('**/*', async route => {
    requests += 1
    if (requests > bounds.requestsMax) return route.abort()
    // A video asked for in parts would lie in the archive in parts: ask for the whole.
    const headers = route.request().headers()
    if (route.request().resourceType() !== 'media' || headers['range'] === undefined) return route.continue()
    const { range: _, ...whole } = headers
    return route.continue({ headers: whole })
  })
  context.on('request', request => {
    begun.set(request, { at: clock.now().toISOString(), order: begunCount++ })
  })
  context.on('requestfailed', request => {
    failures.push({
      url: request.url(),
      at: begun.get(request)?.at ?? '',
      reason: request.failure()?.errorText ?? '',
    })
  })
  context.on('requestfinished', request => {
    const { at, order } = begun.get(request) ?? { at: clock.now().toISOString(), order: begunCount }
    // A page that goes away takes its bodies with it: what was read until then stands.
    const taking = take(request, at, () => room)
      .then(taken => {
        if (taken === undefined) return
        orders.set(taken, order)
        keep(taken)
      })
      .catch(() => void failures.push({ url: request.url(), at, reason: 'gone' }))
      .finally(() => waiting.delete(taking))
    waiting.add(taking)
  })
  return {
    requests: () => requests,
    room: () => room,
    keep,
    async settle(withinMs, raw) {
      await Promise.race([Promise.all(waiting), new Promise(done => setTimeout(done, withinMs).unref())])
      exchanges.sort((one, other) => (orders.get(one) ?? begunCount) - (orders.get(other) ?? begunCount))
      for (const [index, each] of exchanges.entries())
        exchanges[index] = { ...each, responseHeaders: raw.take(each.url) ?? each.responseHeaders }
      return { exchanges, failures }
    },
  }
}

async function take(request: Request, at: string, room: () => number): Promise<Exchange | undefined> {
  const response = await request.response()
  // `data:` and `blob:` never left the browser.
  if (response === null || !/^https?:/.test(request.url())) return undefined
  const { body, missing } = await bodyOf(response, room)
  return {
    url: request.url(),
    at,
    method: request.method(),
    requestHeaders: pairs(await request.headersArray()).filter(
      ([name]) => !hopHeaders.has(name.toLowerCase()),
    ),
    requestBody: request.postDataBuffer(),
    status: response.status(),
    statusText: response.statusText(),
    responseHeaders: pairs(await response.headersArray()),
    body,
    missing,
    resourceType: request.resourceType(),
    tls: await response.securityDetails(),
  }
}

const bodyless = new Set([204, 205, 301, 302, 303, 304, 307, 308])

async function bodyOf(
  response: Response,
  room: () => number,
): Promise<{ body: Buffer; missing: Missing | null }> {
  const none = Buffer.alloc(0)
  if (bodyless.has(response.status())) return { body: none, missing: null }
  try {
    const body = await response.body()
    return body.byteLength > room() ? { body: none, missing: 'tooLarge' } : { body, missing: null }
  } catch {
    return { body: none, missing: 'notKept' }
  }
}

function pairs(headers: readonly { name: string; value: string }[]): Headers {
  return headers.map(({ name, value }) => [name, value] as const)
}
