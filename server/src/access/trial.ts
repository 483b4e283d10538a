/**
 * Signing in for tests: the HTTP floor with this room's routes over a trial database, and a browser's cookies.
 *
 * @module
 */
import { createHmac } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '#platform/config'
import { openHttp, type App, type Http, type Routes } from '#platform/http'
import { openKeys } from '#platform/keys'
import { systemClock } from '#platform/time'
import { openTrial, silentLog, type Trial } from '#platform/trial'
import type { World } from '#platform/world'
import { gate } from './gate.ts'
import { firstInvitation } from './invitation.ts'
import { authentication, routes as access } from './routes.ts'

export interface Front extends AsyncDisposable {
  readonly trial: Trial
  readonly world: World
  readonly app: App
  readonly http: Http
  /** A browser of its own, with an empty cookie jar and an address of its own for the limits. */
  browser(): Browser
}

export interface Answer {
  readonly status: number
  readonly body: Record<string, unknown>
  readonly cookies: readonly string[]
}

export interface Browser {
  get(path: string): Promise<Answer>
  post(path: string, body: object): Promise<Answer>
  send(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: object): Promise<Answer>
  readonly jar: Map<string, string>
}

/** The HTTP floor with the routes of this room, and of `rooms`, in an empty product. */
export async function openFront(
  rooms: readonly Routes[] = [],
  settings: Record<string, string> = {},
): Promise<Front> {
  const trial = await openTrial()
  const folder = mkdtempSync(join(tmpdir(), 'jikimi-front-'))
  const read = readConfig({ JIKIMI_DATA: folder, ...settings })
  if (!read.ok) throw new Error('settings')
  const { clock } = trial.database
  const world = { config: read.config, clock, keys: await openKeys(folder), log: silentLog } as World
  const { app, http } = await openHttp(trial.database, world, gate(trial.database, world))
  await app.register(
    async (api: App) => {
      for (const routes of [access, ...rooms]) routes(api, http)
      await authentication(api, http)
    },
    { prefix: '/api' },
  )
  return {
    trial,
    world,
    app,
    http,
    browser: () => browserOf(app, nextAddress()),
    async [Symbol.asyncDispose]() {
      await app.close()
      await trial[Symbol.asyncDispose]()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

// The limits on sign-in are counted in the process: no two browsers of a test file share an address.
let browsers = 0
function nextAddress(): string {
  browsers += 1
  return `198.51.${100 + Math.floor(browsers / 250)}.${1 + (browsers % 250)}`
}

function browserOf(app: App, address: string): Browser {
  const jar = new Map<string, string>()
  const send: Browser['send'] = async (method, path, body) => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await app.inject({
      method,
      url: `/api${path}`,
      headers: {
        'x-forwarded-for': address,
        host: 'localhost',
        origin: 'http://localhost',
        ...(cookie === '' ? {} : { cookie }),
      },
      ...(body === undefined ? {} : { payload: body }),
    })
    const cookies = [answer.headers['set-cookie'] ?? []].flat()
    for (const each of cookies) keep(jar, each)
    return {
      status: answer.statusCode,
      body: answer.body === '' ? {} : (answer.json() as Answer['body']),
      cookies,
    }
  }
  return { jar, send, get: path => send('GET', path), post: (path, body) => send('POST', path, body) }
}

/** Puts a Set-Cookie line into the jar, as a browser does: an age of nought takes the cookie away. */
export function keep(jar: Map<string, string>, line: string): void {
  const [pair = ''] = line.split(';')
  const name = pair.slice(0, pair.indexOf('='))
  if (/max-age=0/i.test(line)) jar.delete(name)
  else jar.set(name, pair.slice(name.length + 1))
}

export const password = 'a long pass phrase'

/** Makes an account from an invitation and signs in fully; the browser keeps the session. */
export async function enrolFully(
  browser: Browser,
  token: string,
  email: string,
): Promise<{ totpURI: string; backupCodes: string[] }> {
  await browser.post('/enrolments', { token, name: '홍길동', email, password })
  await browser.post('/auth/sign-in/email', { email, password })
  const begun = await browser.post('/auth/two-factor/enable', { password })
  const { totpURI, backupCodes } = begun.body as { totpURI: string; backupCodes: string[] }
  await browser.post('/auth/two-factor/verify-totp', { code: freshTotp(totpURI) })
  return { totpURI, backupCodes }
}

/** A browser in which the first administrator is signed in fully. */
export async function administrator(front: Front): Promise<Browser> {
  const browser = front.browser()
  const token = await firstInvitation(front.trial.database, front.world)
  await enrolFully(browser, token!, 'admin@example.org')
  return browser
}

const lastSteps = new Map<string, number>()

/**
 * A code that was not used yet, as each is accepted once: that of the step before now, of now, or after now. A fourth
 * within half a minute is one that no server accepts.
 */
export function freshTotp(uri: string): string {
  const step = Math.floor(systemClock.now().getTime() / stepMs)
  const next = Math.max(step - 1, (lastSteps.get(uri) ?? 0) + 1)
  lastSteps.set(uri, next)
  return totp(uri, new Date(next * stepMs))
}

const stepMs = 30_000

/** The code that an authenticator app shows now (RFC 6238, over RFC 4226: SHA-1, 6 digits, 30 seconds). */
export function totp(uri: string, at: Date = systemClock.now()): string {
  const secret = base32(new URL(uri).searchParams.get('secret') ?? '')
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(at.getTime() / stepMs)))
  const mac = createHmac('sha1', secret).update(counter).digest()
  const offset = mac[19]! & 0xf
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

/** RFC 4648, section 6. */
function base32(text: string): Buffer {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = Array.from(text.replace(/=+$/, ''))
    .map(letter => alphabet.indexOf(letter).toString(2).padStart(5, '0'))
    .join('')
  return Buffer.from(bits.match(/.{8}/g)?.map(byte => Number.parseInt(byte, 2)) ?? [])
}
