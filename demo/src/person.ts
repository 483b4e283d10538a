/**
 * Somebody who uses the product over HTTP: a victim with a receipt, or a member of staff who signs in. Reads
 * and idempotent writes are asked again when the product is away for a moment, as a browser's user would.
 *
 * @module
 */
import { setTimeout as pause } from 'node:timers/promises'

/** The product said no: status and code of the problem (RFC 9457). */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly status: number
  readonly code: string
  constructor(status: number, code: string) {
    super(`${status} ${code}`)
    this.status = status
    this.code = code
  }
}

const awayMs = 180_000
const againMs = 200

export interface Person {
  get<T>(path: string): Promise<T>
  post<T = void>(path: string, body?: object, headers?: Record<string, string>): Promise<T>
  /** Sends, and sends again while nobody answers: only for what may safely be done twice. */
  send<T>(method: string, path: string, body?: object, headers?: Record<string, string>): Promise<T>
  /** Sends once. @throws Refused, or the network's own error */
  once<T>(method: string, path: string, body?: object, headers?: Record<string, string>): Promise<T>
}

/** A person with a browser of their own; `url` is asked at each call, since the product may have moved. */
export function personAt(
  url: () => string,
  /** How somebody signs in again where the product asks for it: it was idle for long, or the step is grave. */
  again?: (once: Person['once']) => Promise<void>,
): Person {
  const cookies = new Map<string, string>()

  const once = async <T>(
    method: string,
    path: string,
    body?: object,
    headers: Record<string, string> = {},
  ) => {
    const answer = await fetch(`${url()}/api${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        origin: url(),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    keep(cookies, answer.headers.getSetCookie())
    const text = await answer.text()
    if (!answer.ok) throw new Refused(answer.status, codeOf(text))
    // The log's export is many lines of JSON and is read as text.
    const isJson = /^application\/(problem\+)?json\b/.test(answer.headers.get('content-type') ?? '')
    return (isJson && text !== '' ? JSON.parse(text) : text) as T
  }

  const send = async <T>(
    method: string,
    path: string,
    body?: object,
    headers: Record<string, string> = {},
  ) => {
    const started = performance.now()
    for (;;) {
      try {
        return await once<T>(method, path, body, headers)
      } catch (error) {
        if (again !== undefined && isToConfirm(error)) {
          await again(once)
          continue
        }
        const isAway = !(error instanceof Refused) || error.status === 503 || error.status === 429
        if (!isAway || performance.now() - started > awayMs) throw error
        await pause(error instanceof Refused && error.status === 429 ? 5_000 : againMs)
      }
    }
  }

  return {
    once,
    send,
    get: path => send('GET', path),
    post: (path, body = {}, headers = {}) => send('POST', path, body, headers),
  }
}

const isToConfirm = (error: unknown): boolean =>
  error instanceof Refused &&
  (error.code === 'access.sessionLocked' || error.code === 'access.authenticationStale')

function keep(cookies: Map<string, string>, set: readonly string[]): void {
  for (const line of set) {
    const [pair = ''] = line.split(';')
    const at = pair.indexOf('=')
    const [name, value] = [pair.slice(0, at), pair.slice(at + 1)]
    if (value === '' || /max-age=0/i.test(line)) cookies.delete(name)
    else cookies.set(name, value)
  }
}

function codeOf(text: string): string {
  try {
    const { code } = JSON.parse(text) as { code?: string }
    return code ?? 'unknown'
  } catch {
    return 'unknown'
  }
}
