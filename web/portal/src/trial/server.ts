/**
 * A small server that stands in for the product's: the built portal under the product's content policy, and
 * the API as the portal knows it, with faults on demand.
 *
 * @module
 */
import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { furnish, newIdentity, openLetter, recipientOf, sealLetter, type Mailbox } from '@jikimi/seal/mailbox'
import type { Message, OwnConsents, Progress, ReportForm } from '../api.ts'

const built = fileURLToPath(new URL('../../dist/', import.meta.url))
// As server/src/platform/http.ts sets it.
const policy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "style-src 'self' 'nonce-trial'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join(';')
const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

export const receipt = '4821073395160042'
/** A second word, of the server that is opened with it. */
export const secondWord = '봄날'

// One unit for all tests: a key takes a moment to make.
const unit = await newIdentity()
const unitRecipient = await recipientOf(unit)
const plain = await furnish(receipt, '', unitRecipient)
const worded = await furnish(receipt, secondWord, unitRecipient)

export interface TrialServer {
  readonly url: string
  /** Every body that arrived, as it arrived. */
  readonly bodies: Buffer[]
  readonly calls: { readonly method: string; readonly path: string; readonly key: string | undefined }[]
  /** Distinct reports, by idempotency key. */
  readonly reports: Map<string, ReportForm>
  readonly messages: Message[]
  progress: Progress
  consents: OwnConsents['rows']
  /** Of the report that is open now. */
  mailbox: Mailbox
  /** Whether the second word is still missing. */
  isCovered: boolean
  isOpen: boolean
  isFirstReturn: boolean
  /** What befalls every call to a path until it is taken back: the line is cut before the work or after it. */
  readonly faults: Map<string, 'cutAfter' | 'cutBefore'>
  [Symbol.asyncDispose](): Promise<void>
}

/** What was said in a filed form, as the team reads it. */
export async function readForm({ mailbox, story, ...form }: ReportForm) {
  return { ...form, story: story === null ? '' : await openAsTeam(mailbox, story) }
}

/** What the reporter has written, as the team reads it. */
export function readMessages(server: TrialServer): Promise<string[]> {
  const own = server.messages.filter(each => each.from === 'reporter')
  return Promise.all(own.map(each => openAsTeam(server.mailbox, each.letter!)))
}

async function openAsTeam({ teamSealed }: Mailbox, letter: string): Promise<string> {
  return openLetter(letter, [await openLetter(teamSealed, [unit])])
}

export async function openTrialServer(hasWord = false): Promise<TrialServer> {
  const listener = createServer((request, response) => {
    answer(server, request, response).catch(() => response.destroy())
  })
  await new Promise<void>(resolve => listener.listen(0, '127.0.0.1', resolve))
  const server: TrialServer = {
    url: `http://127.0.0.1:${(listener.address() as AddressInfo).port}/`,
    bodies: [],
    calls: [],
    reports: new Map(),
    messages: [],
    progress: sampleProgress(),
    consents: (['removal', 'investigation', 'banks', 'abroad'] as const).map(purpose => ({
      purpose,
      isGiven: purpose === 'removal' ? true : null,
      isByLaw: false,
      saidAt: purpose === 'removal' ? '2026-11-20T05:30:00.000Z' : null,
      stopped: 'nothing' as const,
    })),
    mailbox: hasWord ? worded.mailbox : plain.mailbox,
    isCovered: hasWord,
    isOpen: false,
    isFirstReturn: false,
    faults: new Map(),
    async [Symbol.asyncDispose]() {
      listener.closeAllConnections()
      await new Promise(resolve => listener.close(resolve))
    },
  }
  return server
}

async function answer(
  server: TrialServer,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { pathname: path, searchParams } = new URL(request.url ?? '/', 'http://trial')
  response.setHeader('content-security-policy', policy)
  response.setHeader('x-content-type-options', 'nosniff')
  response.setHeader('referrer-policy', 'no-referrer')
  if (!path.startsWith('/api/')) return sendFile(path, response)
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const body = Buffer.concat(chunks)
  if (body.length > 0) server.bodies.push(body)
  const name = `${request.method} ${path.slice('/api'.length)}`
  const key = request.headers['idempotency-key']?.toString()
  server.calls.push({ method: request.method!, path, key })
  const fault = server.faults.get(name)
  if (fault === 'cutBefore') return void response.destroy()
  const [status, content] = api(server, name, body, { key, after: searchParams.get('after') })
  if (fault === 'cutAfter') return void response.destroy()
  response.statusCode = status
  const isProblem = status >= 400
  response.setHeader(
    'content-type',
    isProblem ? 'application/problem+json; charset=utf-8' : 'application/json',
  )
  response.setHeader('cache-control', 'no-store')
  response.end(status === 204 ? undefined : JSON.stringify(content))
}

interface Asked {
  readonly key: string | undefined
  readonly after: string | null
}

function api(server: TrialServer, name: string, body: Buffer, asked: Asked): readonly [number, unknown] {
  const sent = (body.length > 0 ? JSON.parse(body.toString()) : {}) as Record<string, unknown>
  switch (name) {
    case 'GET /mailbox-key':
      return [200, { unit: unitRecipient }]
    case 'POST /receipt-challenges':
      return [
        201,
        { challenge: `a challenge of this trial ${server.calls.length}`, bits: 1, asksDigits: false },
      ]
    case 'GET /agencies':
      return [200, agencies]
    case 'POST /reports':
      return fileReport(server, sent as unknown as ReportForm, asked.key)
    case 'POST /receipt-sessions':
      if (sent['token'] !== server.mailbox.token)
        return problem(
          404,
          'intake.receiptUnknown',
          '접수번호가 맞지 않습니다.',
          'This receipt is not known.',
        )
      server.isOpen = true
      return [200, { isFirstReturn: server.isFirstReturn, hasWord: server.mailbox.wordToken !== null }]
    case 'DELETE /receipt-sessions':
      server.isOpen = false
      return [204, undefined]
  }
  if (!server.isOpen)
    return problem(401, 'http.notSignedIn', '로그인이 필요합니다.', 'You are not signed in.')
  switch (name) {
    case 'GET /report':
      return [200, progressOf(server)]
    case 'POST /report/words':
      if (sent['token'] !== server.mailbox.wordToken)
        return problem(
          404,
          'intake.wordUnknown',
          '‘나만 아는 말’이 맞지 않습니다.',
          'This is not the word that you chose.',
        )
      server.isCovered = false
      return [204, undefined]
    case 'GET /report/consents':
      return [200, { rows: server.consents, maySwitch: true }]
    case 'PUT /report/consents/removal':
    case 'PUT /report/consents/banks':
      return switchConsent(server, name.slice(name.lastIndexOf('/') + 1), sent['isGiven'] === true)
    case 'GET /report/readers':
      return [
        200,
        { rows: [{ role: 'officer', agency: 'seoul', times: 3, lastAt: '2026-11-23T01:00:00.000Z' }] },
      ]
    case 'POST /report/addresses':
      return [201, addressesOf(sent['addresses'] as string[])]
    case 'GET /report/messages': {
      const from = asked.after === null ? 0 : server.messages.findIndex(each => each.id === asked.after) + 1
      const rows = server.messages.slice(from, from + messagesOnAPage)
      return [200, { rows, next: from + rows.length < server.messages.length ? rows.at(-1)!.id : null }]
    }
    case 'POST /report/messages':
      return [201, putMessage(server, 'reporter', sent['letter'] as string, sent['key'] as string)]
  }
  return problem(404, 'http.notFound', '찾을 수 없습니다.', 'There is nothing here.')
}

function switchConsent(server: TrialServer, purpose: string, isGiven: boolean): readonly [number, unknown] {
  const stopped = isGiven ? 'nothing' : 'underWay'
  server.consents = server.consents.map(each =>
    each.purpose === purpose ? { ...each, isGiven, stopped } : each,
  )
  return [204, undefined]
}

const messagesOnAPage = 3

/** A message of staff, sealed as the console seals it. */
export async function addMessage(
  server: TrialServer,
  from: 'officer' | 'counsellor',
  text: string,
): Promise<Message> {
  const { team, answers } = server.mailbox
  return putMessage(server, from, await sealLetter(text, [team, answers]), crypto.randomUUID())
}

const keys = new WeakMap<TrialServer, Map<string, Message>>()

function putMessage(server: TrialServer, from: Message['from'], letter: string, key: string): Message {
  const known = keys.get(server) ?? new Map<string, Message>()
  keys.set(server, known)
  const id = `0199-${String(server.messages.length).padStart(4, '0')}`
  const before = known.get(key)
  if (before !== undefined) return before
  const message = { id, from, text: null, letter, writtenAt: '2026-11-24T06:05:00.000Z', readAt: null }
  known.set(key, message)
  server.messages.push(message)
  return message
}

function progressOf(server: TrialServer): Progress {
  const { team, own, answers } = server.mailbox
  const { isCovered, progress } = server
  const addresses = isCovered
    ? progress.addresses.map(each => ({ ...each, canonical: null }))
    : progress.addresses
  return { ...progress, addresses, isCovered, recipients: { team, own, answers } }
}

function fileReport(
  server: TrialServer,
  form: ReportForm,
  key: string | undefined,
): readonly [number, unknown] {
  if (key === undefined || !isForm(form))
    return problem(400, 'http.badRequest', '형식이 맞지 않습니다.', 'Not the expected form.')
  const before = server.reports.get(key)
  if (before !== undefined && JSON.stringify(before) !== JSON.stringify(form)) {
    return problem(
      409,
      'intake.keyReused',
      '이 신고는 이미 접수되었습니다.',
      'This report was received already.',
    )
  }
  server.reports.set(key, form)
  server.isOpen = true
  server.mailbox = form.mailbox
  server.isCovered = false
  return [201, { ...addressesOf(form.addresses) }]
}

const formKeys = [
  'language',
  'concern',
  'relation',
  'ageUnder18',
  'particulars',
  'consents',
  'region',
  'mailbox',
  'story',
  'wantsWoman',
  'contact',
  'addresses',
  'fingerprints',
]
const particularKeys =
  'suspect demand deadline hasPaid isSpread place mayStillFilm faceFrom actsAs personKnows guardianMayKnow guardianIsSuspect'.split(
    ' ',
  )
const isText = (value: unknown, pattern: RegExp) => typeof value === 'string' && pattern.test(value)
const isHash = (value: unknown) => isText(value, /^[0-9a-f]{64}$/)

/** The server's schema, written plainly: every key known, nothing more. */
function isForm(form: ReportForm): boolean {
  return (
    Object.keys(form).every(key => formKeys.includes(key)) &&
    isText(form.language, /^(ko|en)$/) &&
    isText(form.concern, /^(leak|hiddenCamera|deepfake|threat|minor|other)$/) &&
    isText(form.relation, /^(self|guardian|helper|other)$/) &&
    [true, false, null].includes(form.ageUnder18) &&
    Object.keys(form.consents ?? {}).join() === 'removal,investigation,banks,abroad' &&
    Object.keys(form.particulars ?? {}).every(key => particularKeys.includes(key)) &&
    (form.region === null || isText(form.region, /^[a-z][a-z-]{1,30}$/)) &&
    Object.keys(form.mailbox).toSorted().join() === 'answers,own,team,teamSealed,token,wordToken' &&
    isHash(form.mailbox.token) &&
    (form.story === null || isText(form.story, /^[A-Za-z0-9+/]{1,26000}={0,2}$/)) &&
    typeof form.wantsWoman === 'boolean' &&
    Object.keys(form.contact).every(key => ['way', 'value', 'note'].includes(key)) &&
    isText(form.contact.way, /^(receiptOnly|email|phone|text)$/) &&
    form.addresses.length <= 50 &&
    form.addresses.every(each => isText(each, /^[^]{0,2048}$/)) &&
    form.fingerprints.length <= 40 &&
    form.fingerprints.every(each =>
      each.kind === 'picture'
        ? Object.keys(each).join() === 'kind,profile,hash,quality,windows' &&
          isHash(each.hash) &&
          each.windows!.length <= 32 &&
          each.windows!.every(
            part => Object.keys(part).join() === 'x,y,w,h,hash,quality' && isHash(part.hash),
          )
        : Object.keys(each).join() === 'kind,profile,durationMs,frames' &&
          each.frames.every(frame => isHash(frame.hash)),
    )
  )
}

function addressesOf(texts: readonly string[]) {
  const isAddress = (text: string) => /^(https?:\/\/)?[\w-]+(\.[\w-]+)+/.test(text)
  return {
    addresses: texts.filter(isAddress).map((text, i) => ({ address: `a${i}`, canonical: text })),
    refusedAddresses: texts.flatMap((text, index) =>
      isAddress(text) ? [] : [{ index, code: 'notAnAddress' }],
    ),
  }
}

function problem(status: number, code: string, ko: string, en: string): readonly [number, unknown] {
  return [
    status,
    { type: `urn:jikimi:problem:${code}`, title: ko, status, code, sentences: { ko, en }, request: 'trial' },
  ]
}

async function sendFile(path: string, response: ServerResponse): Promise<void> {
  const file = extname(path) === '' ? 'index.html' : path.slice(1)
  if (file.includes('..')) return void response.destroy()
  const bytes = await readFile(built + file).catch(() => undefined)
  response.statusCode = bytes === undefined ? 404 : 200
  response.setHeader('content-type', types[extname(file)] ?? 'application/octet-stream')
  response.end(bytes)
}

const agencies = [
  { code: 'seoul', ko: '서울경찰청', en: 'Seoul Metropolitan Police' },
  { code: 'busan', ko: '부산경찰청', en: 'Busan Metropolitan Police' },
  { code: 'gyeonggi-nambu', ko: '경기남부경찰청', en: 'Gyeonggi Nambu Provincial Police' },
]

function sampleProgress(): Progress {
  const at = (day: number) => `2026-11-${day}T05:30:00.000Z`
  return {
    filedAt: at(20),
    language: 'ko',
    caseState: 'working',
    officer: { isWoman: true },
    isCovered: false,
    recipients: null,
    unread: 1,
    addresses: [
      {
        address: 'a1',
        canonical: 'https://clips.example/watch/8f3k2',
        source: 'reported',
        now: 'verified',
        steps: (['received', 'captured', 'recognised', 'requested', 'removed', 'verified'] as const).map(
          (step, i) => ({ step, at: at(20 + (i >> 1)) }),
        ),
      },
      {
        address: 'a2',
        canonical: 'https://board.example/t/2231?page=4&sort=a-rather-long-parameter-that-goes-on-and-on',
        source: 'reported',
        now: 'requested',
        steps: [
          { step: 'received', at: at(20) },
          { step: 'requested', at: at(21) },
        ],
      },
      {
        address: 'a3',
        canonical: 'https://mirror.example/v/55',
        source: 'found',
        now: 'returned',
        steps: [{ step: 'returned', at: at(22) }],
      },
    ],
  }
}
