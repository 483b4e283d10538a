/**
 * Settings → database → rooms → HTTP and jobs. Wires; decides nothing.
 *
 * @module
 */
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { firstInvitation, gate } from '#access'
import { readConfig, type Config } from '#platform/config'
import { openDatabase, type Database } from '#platform/database'
import { openHttp, type App } from '#platform/http'
import { reclaimJobs, startWorkers, wireJobs } from '#platform/jobs'
import { bindKeys, openKeys } from '#platform/keys'
import { openLog } from '#platform/log'
import { openPost } from '#platform/mail'
import { migrate, migrationsIn } from '#platform/migrations'
import { openObjects } from '#platform/objects'
import { openOutbound } from '#platform/outbound'
import { bindSupportKeys, openSupportKeys } from '#platform/support-keys'
import { fastClock, momentOf, stopwatch, systemClock, type Clock } from '#platform/time'
import type { World } from '#platform/world'
import { receiveMail } from '#takedown'
import { openControl } from './control.ts'
import { timetable } from './procedure.ts'
import { addRoutes } from './routes.ts'

export type StartStep = 'database' | 'migrations' | 'keys' | 'rooms' | 'listening'

export interface Running {
  readonly port: number
  readonly url: string
  /** Under this link the first administrator is made; undefined once there is an account. */
  readonly firstLink: string | undefined
  readonly mailPort: number | undefined
  readonly database: Database
  readonly world: World
  readonly app: App
  /** The right of every route, by method and path. */
  readonly rights: ReadonlyMap<string, string>
  /** The routes that ask for a fresh authentication, by method and path. */
  readonly freshRoutes: ReadonlySet<string>
  stop(): Promise<void>
}

/** Starts the product as `config` says. `onStep` is told what is being done, for a progress display. */
export async function start(config: Config, onStep: (step: StartStep) => void = () => {}): Promise<Running> {
  const took = stopwatch()
  const log = openLog(config.logLevel)
  const clock = clockOf(config)
  onStep('database')
  const database = await openDatabase({ url: config.databaseUrl, folder: config.dataFolder, clock })
  onStep('migrations')
  const migrated = stopwatch()
  const applied = await migrate(database.pool, migrationsIn(fileURLToPath(new URL('.', import.meta.url))))
  log.migrated({ applied, tookMs: migrated() })
  onStep('keys')
  const keys = await openKeys(config.dataFolder)
  await bindKeys(database.pool, keys)
  const supportKeys = await openSupportKeys(config.supportKeysFolder)
  await bindSupportKeys(database.pool, supportKeys)
  onStep('rooms')
  const outbound = openOutbound(config, log)
  const world: World = {
    config,
    clock,
    keys,
    supportKeys,
    log,
    outbound,
    post: openPost(config, log),
    objects: await openObjects(config.objects),
  }
  await wireJobs(database, timetable, log)
  if (database.isEmbedded) await reclaimJobs(database)
  const { app, http, routes, freshRoutes } = await openHttp(database, world, gate(database, world))
  await addRoutes(app, http)
  onStep('listening')
  const isWeb = config.roles.includes('web')
  if (isWeb) await app.listen({ host: config.host, port: config.port })
  const port = isWeb ? (app.server.address() as AddressInfo).port : 0
  const stopWorkers = await startWorkers(database, world, roomsOf(config))
  const mail = config.roles.includes('worker')
    ? await world.post.listen((raw, to) => receiveMail({ database, world }, raw, to))
    : undefined
  const control = await openControl(join(config.dataFolder, 'control.sock'), { database, world })
  const url = config.publicUrl ?? `http://localhost:${port}`
  const token = isWeb ? await firstInvitation(database, world) : undefined
  log.started({ port, tookMs: took(), embedded: database.isEmbedded })
  return {
    port,
    url,
    firstLink: token === undefined ? undefined : `${url}/console/enrol#${token}`,
    mailPort: mail?.port,
    database,
    world,
    app,
    rights: routes,
    freshRoutes,
    async stop() {
      await app.close()
      await control.close()
      await mail?.close()
      await stopWorkers()
      await outbound.close()
      await database.close()
    },
  }
}

/** Which rooms' work this process does: the matcher takes matching alone, the worker all else. */
function roomsOf(config: Config): { rooms?: readonly string[]; notRooms?: readonly string[] } {
  const isWorker = config.roles.includes('worker')
  const isMatcher = config.roles.includes('matcher')
  if (isWorker && isMatcher) return {}
  if (isWorker) return { notRooms: ['matching'] }
  return { rooms: isMatcher ? ['matching'] : [] }
}

function clockOf(config: Config): Clock {
  if (config.clock === undefined) return systemClock
  const [startsAt = '', since = '', speed = '1'] = config.clock.split('@')
  return fastClock(momentOf(startsAt), momentOf(since), Number(speed))
}

/** Starts from the environment, says where the product is, and stops when asked to. */
async function run(): Promise<void> {
  const read = readConfig(process.env)
  if (!read.ok) {
    for (const wrong of read.wrong) console.error(wrong.line)
    process.exit(2)
  }
  const running = await start(read.config, step => process.send?.({ step }))
  process.send?.({
    step: 'ready',
    port: running.port,
    url: running.url,
    firstLink: running.firstLink,
    mailPort: running.mailPort,
  })
  const stop = (signal: string) => {
    running.world.log.stopping({ signal })
    running.stop().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
  // Under a parent that is gone nobody would ever stop us.
  process.once('disconnect', () => stop('disconnect'))
}

if (import.meta.main) {
  run().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error))
    process.exit(1)
  })
}
