/**
 * What tests of this room begin with: a small world on loopback (a resolver, web hosts, a mail server, a
 * registry that answers by RDAP), a case whose bank holds one picture, and the means to let time pass.
 *
 * @module
 */
import { randomUUID } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import dnsPacket from 'dns-packet'
import { simpleParser } from 'mailparser'
import sharp from 'sharp'
import { SMTPServer } from 'smtp-server'
import { pdq, profile } from '@jikimi/fingerprint'
import { openFromReport } from '#cases'
import { fileReport, prepareFiling, reportContent, type ReportForm } from '#intake'
import { bankReport } from '#matching'
import { newId, type AddressId, type CaseId } from '#platform/ids'
import type { Work } from '#platform/jobs'
import { openPost } from '#platform/mail'
import { openOutbound } from '#platform/outbound'
import { hourMs } from '#platform/time'
import { machine, reporter, silentLog, type Trial } from '#platform/trial'
import { trialKeys, trialMailbox } from '#platform/trial-keys'
import type { World } from '#platform/world'
import { addOfficer } from '#staffing'
import { join } from '#trial-case'
import { due } from './due.ts'
import { jobs } from './jobs.ts'
import { openTarget, readTarget } from './target.ts'

export const room = machine('takedown')
const mailFrom = 'takedown@jikimi.example'

export type Answer = {
  status?: number
  type?: string
  body?: string | Buffer
  headers?: Record<string, string>
}
type Host = (path: string) => Answer | undefined

export interface SentMail {
  readonly to: string
  readonly replyTo: string
  readonly subject: string
  readonly text: string
  readonly messageId: string
}

/** A picture by rule, no two seeds alike, as a JPEG of this width. */
export async function picture(seed: number, width = 640, quality = 90): Promise<Buffer> {
  let state = seed * 2654435761
  const next = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32
  const shapes = Array.from({ length: 60 }, () => {
    const [x, y, r] = [next() * 640, next() * 480, 10 + next() * next() * 160]
    return `<ellipse cx="${x}" cy="${y}" rx="${r}" ry="${r * (0.4 + next())}" fill="rgb(${next() * 255},${next() * 255},${next() * 255})"/>`
  })
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480"><rect width="640" height="480" fill="#888"/>${shapes.join('')}</svg>`
  return sharp(Buffer.from(svg)).resize(width).jpeg({ quality }).toBuffer()
}

async function fingerprintOf(bytes: Buffer): Promise<ReportForm['fingerprints'][number]> {
  const { data, info } = await sharp(bytes).ensureAlpha().raw().toBuffer({ resolveWithObject: true })
  const made = pdq({ width: info.width, height: info.height, channels: 4, data: new Uint8ClampedArray(data) })
  return { kind: 'picture', profile, hash: made.hash, quality: made.quality }
}

/** A resolver on loopback: every name but those that are gone is 127.0.0.1. */
async function openResolver(gone: Set<string>): Promise<{ at: string; close(): void }> {
  const socket = createSocket('udp4')
  socket.on('message', (message, from) => {
    const asked = dnsPacket.decode(message)
    const [question] = asked.questions ?? []
    if (question === undefined) return
    const isGone = gone.has(question.name)
    const answers =
      isGone || question.type !== 'A'
        ? []
        : [{ type: 'A' as const, name: question.name, ttl: 1, data: '127.0.0.1' }]
    socket.send(
      dnsPacket.encode({
        type: 'response',
        id: asked.id ?? 0,
        flags: isGone ? 3 : 0,
        questions: [question],
        answers,
      }),
      from.port,
      from.address,
    )
  })
  await new Promise<void>(resolve => socket.bind(0, '127.0.0.1', resolve))
  return { at: `127.0.0.1:${socket.address().port}`, close: () => socket.close() }
}

async function openHosts(hosts: Map<string, Host>) {
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const name = (request.headers.host ?? '').split(':')[0]!
    const answer = hosts.get(name)?.(request.url ?? '/') ?? {
      status: 404,
      body: '<title>404</title>Not here.',
    }
    response.writeHead(answer.status ?? 200, {
      'content-type': answer.type ?? 'text/html; charset=utf-8',
      ...answer.headers,
    })
    response.end(answer.body ?? '')
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    close: () => new Promise<void>(resolve => (server.closeAllConnections(), server.close(() => resolve()))),
  }
}

async function openMailServer(sent: SentMail[], refusing: Map<string, number>) {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onRcptTo(to, _, done) {
      const code = refusing.get(to.address)
      done(code === undefined ? null : Object.assign(new Error('no'), { responseCode: code }))
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        void simpleParser(Buffer.concat(chunks)).then(mail => {
          sent.push({
            to: session.envelope.rcptTo[0]!.address,
            replyTo: mail.replyTo?.value[0]?.address ?? '',
            subject: mail.subject ?? '',
            text: mail.text ?? '',
            messageId: mail.messageId ?? '',
          })
          done()
        })
      })
    },
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    close: () => new Promise<void>(resolve => server.close(() => resolve())),
  }
}

export async function openPlace(trial: Trial) {
  const hosts = new Map<string, Host>()
  const gone = new Set<string>()
  const sent: SentMail[] = []
  const refusing = new Map<string, number>()
  const [one, other, web, mail] = [
    await openResolver(gone),
    await openResolver(gone),
    await openHosts(hosts),
    await openMailServer(sent, refusing),
  ]
  const config = {
    mailFrom,
    smtpUrl: mail.url,
    mailListen: undefined,
    resolvers: [one.at, other.at],
    outboundAllow: ['127.0.0.0/8'],
    rdapUrl: `http://rdap.example:${web.port}`,
  }
  const outbound = openOutbound(config, silentLog)
  const world = {
    config,
    clock: trial.clock,
    keys: trialKeys,
    log: silentLog,
    outbound,
    post: openPost(config, silentLog),
  } as unknown as World
  const work: Work = { ...workOf(trial, world), isLastAttempt: true }
  return {
    hosts,
    gone,
    sent,
    refusing,
    world,
    work,
    port: web.port,
    /** Works off what is queued and due now. */
    async settle() {
      for (let count = 0; count < 20; count += 1) {
        await due(work)
        if ((await workOff(trial, work)) === 0) return
      }
      throw new Error('The work does not come to rest.')
    },
    /** Lets `hours` pass in strides, all due work done after each. */
    async pass(hours: number, stride = 1) {
      for (let hour = 0; hour < hours; hour += stride) {
        trial.clock.advance(stride * hourMs)
        await this.settle()
      }
    },
    async [Symbol.asyncDispose]() {
      one.close()
      other.close()
      await outbound.close()
      await web.close()
      await mail.close()
    },
  }
}
export type Place = Awaited<ReturnType<typeof openPlace>>

function workOf(trial: Trial, world: World): Work {
  return {
    act: verb => trial.as(room).do(verb),
    look: question => trial.as(room).see(question),
    log: silentLog,
    world,
    signal: new AbortController().signal,
    isLastAttempt: false,
  }
}

/** Runs each queued job of this room once, as a worker would, and says how many there were. */
async function workOff(trial: Trial, work: Work): Promise<number> {
  const { rows } = await trial.database.pool.query<{ id: string; name: string; data: unknown }>(
    `select id, name, data from pgboss.job where state = 'created' and name like 'takedown/%' order by created_on, id`,
  )
  for (const row of rows) {
    await trial.database.pool.query('delete from pgboss.job where id = $1', [row.id])
    const asked = jobs.find(each => each.queue === row.name)!
    await asked.run(work, asked.shape.parse(row.data))
  }
  return rows.length
}

/** A case in Seoul with this address; its bank holds the picture. */
export async function openCase(
  trial: Trial,
  urls: readonly string[],
  bytes: Buffer,
  change: Partial<ReportForm> = {},
): Promise<{ case: CaseId; addresses: AddressId[] }> {
  await trial
    .as(machine('staffing'))
    .do(tx => addOfficer(tx, { name: '김수사', isWoman: true, isLeader: false, agency: 'seoul' }))
  const form: ReportForm = {
    language: 'ko',
    concern: 'leak',
    relation: 'self',
    ageUnder18: false,
    region: 'seoul',
    mailbox: trialMailbox(),
    story: null,
    wantsWoman: false,
    contact: { way: 'receiptOnly' },
    addresses: [...urls],
    fingerprints: [await fingerprintOf(bytes)],
    ...change,
  }
  const ready = prepareFiling(trialKeys, trial.clock.now(), form, randomUUID())
  const report = await trial.as(reporter(ready.report)).do(tx => fileReport(tx, ready))
  const id = await trial.as(machine('cases')).do(tx => openFromReport(tx, { report }))
  await join(trial, id, ...trial.team)
  await trial.as(machine('matching')).do(tx => bankReport(tx, trialKeys, { case: id, report }))
  const { addresses } = await trial.as(room).see(tx => reportContent(tx, report))
  return { case: id, addresses: addresses.map(each => each.address) }
}

/** Opens a target for the first address of a new case, as a confirmed match would. */
export async function openOne(trial: Trial, url: string, bytes: Buffer, change: Partial<ReportForm> = {}) {
  const opened = await openCase(trial, [url], bytes, change)
  const address = opened.addresses[0]!
  const match = newId<'MatchId'>(trial.clock.now())
  const target = await trial.as(room).do(tx => openTarget(tx, { case: opened.case, match, address }))
  return { ...opened, address, target, read: () => trial.as(room).see(tx => readTarget(tx, target)) }
}

/** A picture host: its page at `/p/1`, its file at `/f/1.jpg`, for as long as `isUp` says so. */
export function pictureHost(
  isUp: () => boolean,
  file: () => Buffer,
  gonePage: Answer = { status: 404, body: 'Not found' },
): Host {
  return path => {
    if (path === '/p/1')
      return isUp() ? { body: '<title>A board</title><p>See here.</p><img src="/f/1.jpg">' } : gonePage
    if (path === '/f/1.jpg' && isUp()) return { type: 'image/jpeg', body: file() }
    return undefined
  }
}
