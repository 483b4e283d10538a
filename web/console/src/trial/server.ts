/**
 * A stand-in for the product's server on loopback, for the browser tests: the built console under the same
 * content policy, and answers from `rows.ts`. It keeps what was asked, so that a test can say what was sent.
 *
 * @module
 */
import { createHash, randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import sharp from 'sharp'
import { roles, type Role } from '../access/roles.ts'
import { answerTo } from './answers.ts'
import { dist } from './build.ts'
import { addedOf, banks, hitsOf } from './banks.ts'
import { referralText } from './support.ts'
import { accountOf, idOf } from './unit.ts'

export const totpCode = '123456'
export const recoveryCode = 'k3v9q-2xw7m'
export const password = 'correct horse battery staple'
export const token = 'invitation-token-for-the-tests'

export interface Asked {
  readonly method: string
  readonly path: string
  readonly body: unknown
}
export interface StandIn {
  readonly url: string
  readonly asked: Asked[]
  /** How long a change takes, to leave time for a second press. */
  slowMs: number
  lockAfterS: number
  /** True where an agency has an identity provider; its page sends the browser back at once. */
  hasAgency: boolean
  close(): Promise<void>
}

export async function openStandIn(): Promise<StandIn> {
  const asked: Asked[] = []
  const standIn = { url: '', asked, slowMs: 0, lockAfterS: 600, hasAgency: false, close: async () => {} }
  const server = createServer((request, response) => {
    handle(standIn, request, response).catch((error: unknown) => response.writeHead(500).end(String(error)))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  // By name, not by number: WebAuthn knows no address as a party to rely on.
  standIn.url = `http://localhost:${(server.address() as AddressInfo).port}`
  standIn.close = () =>
    new Promise(resolve => {
      server.closeAllConnections()
      server.close(() => resolve())
    })
  return standIn
}

async function handle(standIn: StandIn, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', standIn.url)
  if (!url.pathname.startsWith('/api/')) return sendFile(url.pathname, response)
  const path = url.pathname.slice('/api'.length)
  const body = await bodyOf(request)
  const method = request.method ?? 'GET'
  standIn.asked.push({ method, path, body })
  if (method !== 'GET' && standIn.slowMs > 0)
    await new Promise(resolve => setTimeout(resolve, standIn.slowMs))
  if (path.startsWith('/auth/') && path !== '/auth/passkey/list-user-passkeys')
    return signIn(path, body, request, response)
  if (path === '/enrolments') return json(response, 201, { email: (body as { email: string }).email })
  if (path.startsWith('/identity-providers')) return visitAgency(standIn, path, response)
  if (path === '/session/locks') {
    response.setHeader('set-cookie', 'locked=1; Path=/')
    return void response.writeHead(204).end()
  }
  if (cookieOf(request, 'locked') === '1')
    return problem(response, 401, 'access.sessionLocked', '화면이 잠겨 있습니다.', 'This session is locked.')
  const role = roleOf(request)
  if (role === undefined) {
    return problem(
      response,
      401,
      'access.notSignedIn',
      '로그인이 필요합니다. 다시 로그인해 주세요.',
      'You are not signed in. Please sign in again.',
    )
  }
  if (path === '/session')
    return json(response, 200, {
      ...accountOf(role),
      needsSecondFactor: cookieOf(request, 'half') === '1',
      isFresh: true,
      lockAfterS: standIn.lockAfterS,
    })
  // Signed in long ago, as a test says by this cookie: what is grave is refused until somebody has confirmed.
  if (method === 'POST' && path.endsWith('/approvals') && cookieOf(request, 'stale') === '1')
    return problem(
      response,
      403,
      'access.authenticationStale',
      '본인 확인이 한 번 더 필요합니다.',
      'Please confirm that it is you.',
    )
  if (/^\/exhibits\/[^/]+\/(preview|viewings)$/.test(path)) return sendPicture(path, response)
  if (method === 'GET') return answer(response, answerTo(path, url.searchParams, role))
  if (path === '/invitations') return json(response, 201, { link: `${standIn.url}/console/enrol#${token}` })
  if (/^\/account-resets\/[^/]+\/approvals$/.test(path))
    return json(response, 201, { link: `${standIn.url}/console/enrol#${token}` })
  if (path === '/subscribers') return json(response, 201, { token: 'subscriber-token-for-the-tests' })
  if (path === '/match-feeds')
    return json(response, 201, { feed: idOf(32, 3), secret: 'secret-for-the-tests' })
  if (path === '/lookups') return json(response, 200, { hits: hitsOf(body), uncompared: 0 })
  if (path.endsWith('/referral-drafts')) return json(response, 200, { text: referralText })
  if (path === '/banks') return json(response, 201, { bank: banks[2]!.bank })
  if (/^\/banks\/[^/]+\/imports$/.test(path)) return json(response, 200, addedOf(body))
  response.writeHead(204).end()
}

function answer(response: ServerResponse, content: unknown): void {
  if (content === undefined)
    return problem(response, 404, 'http.notFound', '찾을 수 없습니다.', 'There is nothing here.')
  return json(response, 200, content)
}

function visitAgency(standIn: StandIn, path: string, response: ServerResponse): void {
  const title = { ko: '서울경찰청', en: 'Seoul police' }
  if (path === '/identity-providers')
    return json(response, 200, { rows: standIn.hasAgency ? [{ name: 'seoul', title }] : [] })
  if (!path.endsWith('/returns'))
    return json(response, 201, {
      location: `${standIn.url}/console/identity-providers/seoul?code=once&state=mine&iss=agency`,
    })
  response.setHeader('set-cookie', ['role=officer; Path=/', 'locked=; Path=/; Max-Age=0'])
  return json(response, 200, { outcome: 'signedIn' })
}

function signIn(path: string, body: unknown, request: IncomingMessage, response: ServerResponse): void {
  const form = body as { email?: string; password?: string; code?: string }
  const enter = (role: string) =>
    response.setHeader('set-cookie', [
      `role=${role}; Path=/`,
      'half=; Path=/; Max-Age=0',
      'locked=; Path=/; Max-Age=0',
      'stale=; Path=/; Max-Age=0',
    ])
  switch (path) {
    case '/auth/sign-in/email': {
      const role = form.email?.split('@')[0] ?? ''
      const isNew = form.email === 'new@police.example'
      if (form.password !== password || !(isNew || roles.some(each => each === role)))
        return problem(
          response,
          401,
          'access.signInRefused',
          '이메일이나 비밀번호가 맞지 않습니다.',
          'The e-mail address or the password is not right.',
        )
      response.setHeader(
        'set-cookie',
        isNew ? ['role=officer; Path=/', 'half=1; Path=/'] : `pending=${role}; Path=/`,
      )
      return json(response, 200, { twoFactorRedirect: !isNew })
    }
    case '/auth/two-factor/verify-totp':
    case '/auth/two-factor/verify-backup-code':
      if (form.code !== totpCode && form.code !== recoveryCode)
        return problem(
          response,
          401,
          'access.codeWrong',
          '인증번호가 맞지 않습니다.',
          'The code is not right.',
        )
      enter(cookieOf(request, 'pending') ?? 'officer')
      return json(response, 200, {})
    case '/auth/two-factor/enable':
      return json(response, 200, {
        totpURI: 'otpauth://totp/Jikimi:new@police.example?secret=JBSWY3DPEHPK3PXP&issuer=Jikimi',
        backupCodes: Array.from({ length: 10 }, (_, index) => `k3v9q-2xw${index}m`),
      })
    case '/auth/passkey/generate-authenticate-options':
      return json(response, 200, {
        challenge: challenge(),
        rpId: 'localhost',
        userVerification: 'required',
        timeout: 5000,
      })
    case '/auth/passkey/generate-register-options':
      return json(response, 200, registration())
    case '/auth/passkey/verify-authentication':
    case '/auth/passkey/verify-registration':
      enter('officer')
      return json(response, 200, {})
    case '/auth/sign-out':
      response.setHeader('set-cookie', 'role=; Path=/; Max-Age=0')
      return json(response, 200, {})
    default:
      return json(response, 200, { status: true })
  }
}

const challenge = () => randomBytes(32).toString('base64url')
function registration() {
  return {
    challenge: challenge(),
    rp: { id: 'localhost', name: 'Jikimi' },
    user: { id: challenge(), name: 'new@police.example', displayName: 'New' },
    pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    timeout: 5000,
  }
}

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

/** The page and its files, under the content policy of the product's `platform/http.ts`. */
async function sendFile(path: string, response: ServerResponse): Promise<void> {
  const nonce = randomBytes(12).toString('base64url')
  response.setHeader(
    'content-security-policy',
    [
      "default-src 'none'",
      "script-src 'self' 'wasm-unsafe-eval'",
      "worker-src 'self'",
      `style-src 'self' 'nonce-${nonce}'`,
      "img-src 'self' data: blob:",
      "media-src 'self' blob:",
      "font-src 'self'",
      "connect-src 'self'",
      "manifest-src 'self'",
      "form-action 'self'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
    ].join(';'),
  )
  const file = path.replace(/^\/console\/?/, '')
  const type = types[extname(file)]
  if (!path.startsWith('/console') || file.includes('..')) return void response.writeHead(404).end()
  if (type !== undefined)
    return void response.writeHead(200, { 'content-type': type }).end(await readFile(join(dist, file)))
  const page = await readFile(join(dist, 'index.html'), 'utf8')
  response
    .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
    .end(page.replaceAll('__NONCE__', nonce))
}

/** A harmless pattern: soft bars whose turn follows the path. */
async function sendPicture(path: string, response: ServerResponse): Promise<void> {
  const seed = createHash('sha256').update(path).digest()
  const bars = Array.from({ length: 7 }, (_, index) => {
    const grey = seed[index]!
    return `<rect x="${index * 46}" width="46" height="180" fill="rgb(${grey},${grey},${grey})"/>`
  })
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="320" height="180">${bars.join('')}</svg>`
  const picture = await sharp(Buffer.from(svg)).blur(9).jpeg().toBuffer()
  response.writeHead(200, { 'content-type': 'image/jpeg' }).end(picture)
}

function json(response: ServerResponse, status: number, content: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(content))
}

function problem(response: ServerResponse, status: number, code: string, ko: string, en: string): void {
  response.writeHead(status, { 'content-type': 'application/problem+json' }).end(
    JSON.stringify({
      type: `urn:jikimi:problem:${code}`,
      title: ko,
      status,
      code,
      sentences: { ko, en },
      request: 'r-1',
    }),
  )
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  const text = Buffer.concat(parts).toString()
  return text === '' ? undefined : JSON.parse(text)
}

function cookieOf(request: IncomingMessage, name: string): string | undefined {
  return new RegExp(`(?:^|; )${name}=([^;]+)`).exec(request.headers.cookie ?? '')?.[1]
}

function roleOf(request: IncomingMessage): Role | undefined {
  return roles.find(role => role === cookieOf(request, 'role'))
}
