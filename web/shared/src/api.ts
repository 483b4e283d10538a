/**
 * The way to the server: JSON over fetch, same origin, every wait bounded, every refusal a `Problem` with both
 * sentences, and a server that cannot be reached told apart from one that says no.
 *
 * `openApi` answers by types that the caller names (`api.get<Progress>('/report')`), `guardedFetch` is the same
 * care as a plain fetch, for a client that is generated.
 *
 * @module
 */
import { dictionary, say, type Language } from './words.ts'

/** A refusal of the server (problem details, RFC 9457), with its sentence in both languages. */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly status: number
  readonly code: string
  readonly sentences: Readonly<Record<Language, string>>
  readonly detail: Readonly<Record<string, string | number | boolean | null>>
  /** Where the request does not fit its schema. */
  readonly wrong: readonly { readonly at: string; readonly what: string }[]
  /** Names the request to whoever is asked for help. */
  readonly request: string | undefined

  constructor(status: number, body: Partial<ProblemBody>) {
    super(body.code ?? `http.${status}`)
    this.status = status
    this.code = body.code ?? `http.${status}`
    this.sentences = body.sentences ?? {
      ko: say(words, 'ko', 'unexpected', { status }),
      en: say(words, 'en', 'unexpected', { status }),
    }
    this.detail = body.detail ?? {}
    this.wrong = body.wrong ?? []
    this.request = body.request
  }
}

/** No answer came: no network, no server, or none in time. What was sent may or may not have arrived. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable'
  readonly reason: 'network' | 'timeout'

  constructor(reason: 'network' | 'timeout', cause: unknown) {
    super(reason, { cause })
    this.reason = reason
  }
}

interface ProblemBody {
  code: string
  sentences: Record<Language, string>
  detail: Record<string, string | number | boolean | null>
  wrong: { at: string; what: string }[]
  request: string
}

export type QueryValue = string | number | boolean | undefined | null

export interface Ask {
  readonly query?: Readonly<Record<string, QueryValue>>
  readonly body?: unknown
  /** Makes a POST safe to repeat: the server does it once for each key. */
  readonly idempotencyKey?: string
  readonly signal?: AbortSignal
  readonly timeoutMs?: number
  /** Lets the request outlive the page. */
  readonly keepalive?: boolean
}

export interface ApiSettings {
  readonly language: () => Language
  readonly base?: string
  readonly timeoutMs?: number
  /** Headers of every request, as they are when it goes out. */
  readonly headers?: () => Readonly<Record<string, string>>
}

export interface Api {
  get<T>(path: string, ask?: Ask): Promise<T>
  post<T>(path: string, body?: unknown, ask?: Ask): Promise<T>
  put<T>(path: string, body?: unknown, ask?: Ask): Promise<T>
  patch<T>(path: string, body?: unknown, ask?: Ask): Promise<T>
  delete<T>(path: string, ask?: Ask): Promise<T>
  /** The answer itself, for what is not JSON (a picture, a sealed file). Refusals are thrown all the same. */
  raw(method: string, path: string, ask?: Ask): Promise<Response>
}

const timeoutMsDefault = 20_000
// Pauses before another try. Only what is safe to repeat is tried again, and only where no answer came at all.
const pausesMs = [400, 1500]

export function openApi(settings: ApiSettings): Api {
  const raw = (method: string, path: string, ask: Ask = {}) => send(settings, method, path, ask)
  const json = async <T>(method: string, path: string, ask?: Ask) =>
    (await contentOf(await raw(method, path, ask))) as T
  return {
    raw,
    get: (path, ask) => json('GET', path, ask),
    post: (path, body, ask) => json('POST', path, { ...ask, body }),
    put: (path, body, ask) => json('PUT', path, { ...ask, body }),
    patch: (path, body, ask) => json('PATCH', path, { ...ask, body }),
    delete: (path, ask) => json('DELETE', path, ask),
  }
}

/** The sentence that `error` is to whoever sees the page. */
export function sentenceOf(error: unknown, language: Language): string {
  if (error instanceof Problem) return error.sentences[language]
  if (error instanceof Unreachable) return say(words, language, error.reason)
  return say(words, language, 'broken')
}

/** True where the session is over or was never there. */
export function isSignedOut(error: unknown): boolean {
  return error instanceof Problem && error.status === 401
}

/** True where the caller itself has stopped the request: nothing to tell anyone. */
export function isStopped(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError'
}

/**
 * fetch with a time limit, the language header, and refusals thrown.
 * @throws Problem the server said no
 * @throws Unreachable no answer came
 */
export async function guardedFetch(settings: ApiSettings, request: Request): Promise<Response> {
  const limit = AbortSignal.timeout(settings.timeoutMs ?? timeoutMsDefault)
  const headers = new Headers(request.headers)
  headers.set('accept-language', settings.language())
  for (const [name, value] of Object.entries(settings.headers?.() ?? {})) headers.set(name, value)
  let response: Response
  try {
    response = await fetch(request, {
      headers,
      credentials: 'same-origin',
      cache: 'no-store',
      redirect: 'error',
      signal: AbortSignal.any([limit, request.signal]),
    })
  } catch (cause) {
    if (request.signal.aborted) throw new DOMException('Stopped by the caller.', 'AbortError')
    throw new Unreachable(limit.aborted ? 'timeout' : 'network', cause)
  }
  if (!response.ok) throw new Problem(response.status, await problemBody(response))
  return response
}

async function send(settings: ApiSettings, method: string, path: string, ask: Ask): Promise<Response> {
  const url = new URL(`${settings.base ?? '/api'}${path}`, location.origin)
  for (const [name, value] of Object.entries(ask.query ?? {})) {
    if (value !== undefined && value !== null) url.searchParams.set(name, String(value))
  }
  const timeoutMs = ask.timeoutMs ?? settings.timeoutMs ?? timeoutMsDefault
  const mayRepeat = method === 'GET' || ask.idempotencyKey !== undefined
  for (let attempt = 0; ; attempt++) {
    try {
      return await guardedFetch({ ...settings, timeoutMs }, requestOf(url, method, ask))
    } catch (error) {
      const pauseMs = pausesMs[attempt]
      const isWorthIt = error instanceof Unreachable && error.reason === 'network' && mayRepeat
      if (!isWorthIt || pauseMs === undefined) throw error
      await pause(pauseMs, ask.signal)
    }
  }
}

function requestOf(url: URL, method: string, ask: Ask): Request {
  const hasBody = ask.body !== undefined
  return new Request(url, {
    method,
    headers: {
      accept: 'application/json, application/problem+json',
      ...(hasBody ? { 'content-type': 'application/json' } : {}),
      ...(ask.idempotencyKey === undefined ? {} : { 'idempotency-key': ask.idempotencyKey }),
    },
    ...(hasBody ? { body: JSON.stringify(ask.body) } : {}),
    ...(ask.signal === undefined ? {} : { signal: ask.signal }),
    keepalive: ask.keepalive ?? false,
  })
}

async function contentOf(response: Response): Promise<unknown> {
  if (response.status === 204) return undefined
  const text = await response.text().catch((cause: unknown) => {
    throw new Unreachable('network', cause)
  })
  return text === '' ? undefined : (JSON.parse(text) as unknown)
}

async function problemBody(response: Response): Promise<Partial<ProblemBody>> {
  if (!response.headers.get('content-type')?.includes('json')) return {}
  return (await response.json().catch(() => ({}))) as Partial<ProblemBody>
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer)
      reject(new DOMException('Stopped by the caller.', 'AbortError'))
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop)
      resolve()
    }, ms)
    signal?.addEventListener('abort', stop, { once: true })
  })
}

/** A key for one form, made once: sending it again does nothing twice. Works without a secure context too. */
export function newIdempotencyKey(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID()
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = (bytes[6]! & 0x0f) | 0x40
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

const words = dictionary(
  {
    network: '인터넷에 연결되지 않았습니다. 연결을 확인하고 다시 눌러 주세요.',
    timeout: '응답이 늦어지고 있습니다. 잠시 뒤 다시 눌러 주세요.',
    broken: '화면에 문제가 생겼습니다. 다시 시도해 주세요.',
    unexpected: '지금 처리하지 못했습니다. 잠시 뒤 다시 시도해 주세요. ({status})',
  },
  {
    network: 'There is no connection. Check the connection and try again.',
    timeout: 'The answer is taking too long. Please try again in a moment.',
    broken: 'Something went wrong on this page. Please try again.',
    unexpected: 'This could not be done now. Please try again in a moment. ({status})',
  },
)
