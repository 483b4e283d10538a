/**
 * A small world on loopback for a test: a resolver, hosts that answer by HTTP, a store of sealed objects, keys,
 * and the means to work off the queue.
 *
 * @module
 */
import { createSocket } from 'node:dgram'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import dnsPacket from 'dns-packet'
import { readConfig } from './config.ts'
import type { Job, Work } from './jobs.ts'
import { openKeys } from './keys.ts'
import { openPost } from './mail.ts'
import { openObjects } from './objects.ts'
import { openOutbound } from './outbound.ts'
import { openSupportKeys } from './support-keys.ts'
import { machine, silentLog, type Trial } from './trial.ts'
import type { Clock } from './time.ts'
import type { World } from './world.ts'

export type Visit = (request: IncomingMessage, response: ServerResponse) => void

/** The world alone, for what needs no database. */
export interface BareWorld extends AsyncDisposable {
  readonly world: World
  /** By host name: how it answers. Names of `.example` resolve to loopback. */
  readonly hosts: Map<string, Visit>
  /** By host name: other answers of the resolver, the next one first, the last one for ever; none is NXDOMAIN. */
  readonly names: Map<string, string[][]>
  /** What was asked of the hosts: `GET host/path`. */
  readonly asked: string[]
  /** The address of a page on a host. */
  url(host: string, path?: string): string
}

export interface TrialWorld extends BareWorld {
  /** Runs a job as a worker would, on its last attempt or an earlier one. */
  work(room: string, isLastAttempt?: boolean): Work
  /** Works off what is queued for these jobs, until nothing is left. */
  settle(jobs: readonly Job[]): Promise<void>
}

const answersMax = 500
const roundsMax = 50

export async function openTrialWorld(
  trial: Trial,
  given: { outboundAllow?: readonly string[] } = {},
): Promise<TrialWorld> {
  const bare = await openBareWorld(trial.clock, given)
  const work = (room: string, isLastAttempt = true): Work => ({
    act: verb => trial.database.act(machine(room), verb),
    look: question => trial.database.look(machine(room), question),
    log: silentLog,
    world: bare.world,
    signal: new AbortController().signal,
    isLastAttempt,
  })
  return { ...bare, work, settle: jobs => settle(trial, jobs, work) }
}

export async function openBareWorld(
  clock: Clock,
  given: { outboundAllow?: readonly string[] } = {},
): Promise<BareWorld> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'jikimi-trial-'))
  const hosts = new Map<string, Visit>()
  const names = new Map<string, string[][]>()
  const asked: string[] = []
  const resolver = await openResolver(names)
  const server = createServer((request, response) => {
    const host = (request.headers.host ?? '').split(':')[0]!
    if (asked.length < answersMax) asked.push(`${request.method} ${host}${request.url}`)
    const visit = hosts.get(host)
    if (visit === undefined)
      response.writeHead(404, { 'content-type': 'text/html' }).end('<title>404</title>')
    else visit(request, response)
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  const read = readConfig({
    JIKIMI_DATA: dataFolder,
    JIKIMI_OUTBOUND_ALLOW: (given.outboundAllow ?? ['127.0.0.0/8']).join(','),
    JIKIMI_DNS: resolver.at,
  })
  if (!read.ok) throw new Error(read.wrong[0]!.line)
  const { config } = read
  const outbound = openOutbound(config, silentLog)
  const world: World = {
    config,
    clock,
    keys: await openKeys(dataFolder),
    supportKeys: await openSupportKeys(config.supportKeysFolder),
    log: silentLog,
    objects: await openObjects(config.objects),
    outbound,
    post: openPost(config, silentLog),
  }
  return {
    world,
    hosts,
    names,
    asked,
    url: (host, path = '/') => `http://${host}:${port}${path}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise(done => server.close(done))
      resolver.close()
      await outbound.close()
      await rm(dataFolder, { recursive: true, force: true })
    },
  }
}

async function settle(trial: Trial, jobs: readonly Job[], work: (room: string) => Work): Promise<void> {
  for (let round = 0; round < roundsMax; round += 1) {
    const waiting = (await trial.queued()).filter(each => jobs.some(job => job.queue === each.queue))
    if (waiting.length === 0) return
    for (const { queue, payload } of waiting) {
      const job = jobs.find(each => each.queue === queue)!
      await trial.database.pool.query(
        `update pgboss.job set state = 'completed', completed_on = now() where name = $1 and data = $2 and state in ('created', 'retry')`,
        [queue, JSON.stringify(payload)],
      )
      await job.run(work(job.room), job.shape.parse(payload))
    }
  }
  throw new Error(`After ${roundsMax} rounds there is still work.`)
}

async function openResolver(names: ReadonlyMap<string, string[][]>): Promise<{ at: string; close(): void }> {
  const socket = createSocket('udp4')
  socket.on('message', (message, from) => {
    const query = dnsPacket.decode(message)
    const [question] = query.questions ?? []
    if (question === undefined) return
    const turns = names.get(question.name)
    const isAddress = question.type === 'A'
    const addresses =
      turns === undefined ? (question.name.endsWith('.example') ? ['127.0.0.1'] : []) : (turns[0] ?? [])
    if (isAddress && turns !== undefined && turns.length > 1) turns.shift()
    const answers = isAddress
      ? addresses.map(data => ({ type: 'A' as const, name: question.name, ttl: 0, data }))
      : []
    const flags = addresses.length === 0 ? 3 : 0
    socket.send(
      dnsPacket.encode({ type: 'response', id: query.id ?? 0, flags, questions: [question], answers }),
      from.port,
      from.address,
    )
  })
  await new Promise<void>(done => socket.bind(0, '127.0.0.1', done))
  return { at: `127.0.0.1:${socket.address().port}`, close: () => socket.close() }
}
