/**
 * Later work: pg-boss, on the same database and in the same transaction as what caused it. A job that was
 * written with a change commits with it or not at all (the outbox); a killed worker's job runs again; one that
 * keeps failing ends in a list that an administrator sees and may retry.
 *
 * @module
 */
import { sql } from 'kysely'
import { PgBoss, fromKysely } from 'pg-boss'
import { events, type EventName, type EventOf } from '#events'
import { boundRole, type Database, type ReadTx, type Tx } from './database.ts'
import { faultOf, placeOf, type Log } from './log.ts'
import { stopwatch } from './time.ts'
import { system } from './who.ts'
import type { World } from './world.ts'
import type { z } from 'zod'

/** What a worker has in hand: transactions in the name of its room, and the log. */
export interface Work {
  act<T>(verb: (tx: Tx) => Promise<T>): Promise<T>
  look<T>(question: (tx: ReadTx) => Promise<T>): Promise<T>
  readonly log: Log
  /** What lies outside the database: never used inside `act` or `look`. */
  readonly world: World
  /** Ends when the program is asked to stop. */
  readonly signal: AbortSignal
  /** True on the last attempt: a job may then leave a finding instead of failing. */
  readonly isLastAttempt: boolean
}

export interface Job<T extends z.ZodType = z.ZodType> {
  readonly room: string
  readonly name: string
  readonly queue: string
  readonly shape: T
  readonly attempts: number
  readonly retryAfterS: number
  readonly timeoutS: number
  readonly run: (work: Work, payload: z.infer<T>) => Promise<void>
}

/** Declares work private to a room, to be asked for with `later`. A job may run twice; its effect happens once. */
export function job<T extends z.ZodType>(
  room: string,
  name: string,
  shape: T,
  run: (work: Work, payload: z.infer<T>) => Promise<void>,
  bounds: { attempts?: number; retryAfterS?: number; timeoutS?: number } = {},
): Job<T> {
  return {
    room,
    name,
    queue: `${room}/${name}`,
    shape,
    run,
    attempts: bounds.attempts ?? 5,
    retryAfterS: bounds.retryAfterS ?? 2,
    timeoutS: bounds.timeoutS ?? 120,
  }
}

/** One line of the timetable: `event` is heard by `room`, in a transaction of its own. */
export interface Listener {
  readonly event: EventName
  readonly room: string
  readonly verb: (tx: Tx, event: never) => Promise<unknown>
}

export function on<N extends EventName>(
  event: N,
  room: string,
  verb: (tx: Tx, event: EventOf<N>) => Promise<unknown>,
): Listener {
  return { event, room, verb }
}

/** One line of the clocks: `tick` runs every `everyS` seconds of machine time, in one process at a time. */
export interface ClockLine {
  readonly name: string
  readonly room: string
  readonly everyS: number
  readonly tick: (work: Work) => Promise<unknown>
}

export function every(
  everyS: number,
  room: string,
  name: string,
  tick: (work: Work) => Promise<unknown>,
): ClockLine {
  return { everyS, room, name: `${room}/${name}`, tick }
}

export interface Timetable {
  readonly procedure: readonly Listener[]
  readonly clocks: readonly ClockLine[]
  readonly jobs: readonly Job[]
}

const poisonQueue = 'poison'
const retryLimit = 5
// Between two looks at an empty queue; work written by this very process is begun at once, without waiting.
const pollS = 2

let wired: { boss: PgBoss; timetable: Timetable; wake: (queue: string) => void } | undefined

function listenerQueue(listener: Listener): string {
  return `${listener.event}/${listener.room}`
}

/** Tells the later rooms what has happened. The event commits with the transaction, or not at all. */
export async function emit<N extends EventName>(tx: Tx, name: N, event: EventOf<N>): Promise<void> {
  const payload = events[name].parse(event) as object
  for (const listener of timetable().procedure) {
    if (listener.event === name) await send(tx, listenerQueue(listener), payload)
  }
}

/** Asks for a job. It commits with the transaction, or not at all. `payload` holds ids and numbers only. */
export async function later<T extends z.ZodType>(tx: Tx, asked: Job<T>, payload: z.infer<T>): Promise<void> {
  await send(tx, asked.queue, asked.shape.parse(payload) as object)
}

async function send(tx: Tx, queue: string, payload: object): Promise<void> {
  const { boss, wake } = wiring()
  await boss.send(queue, payload, { db: fromKysely(tx.db) })
  tx.afterCommit(() => wake(queue))
}

function wiring() {
  if (wired === undefined) throw new Error('Jobs are not wired: call wireJobs first.')
  return wired
}
const timetable = () => wiring().timetable

/**
 * Makes the queues of the timetable and lets transactions write to them. Called once, before the first
 * request, in every process; the work itself begins with `startWorkers`.
 */
export async function wireJobs(database: Database, table: Timetable, log: Log): Promise<PgBoss> {
  const boss = new PgBoss({
    backend: database.isEmbedded ? 'pglite' : 'postgres',
    db: { executeSql: (text, values) => database.pool.query(text, values as unknown[]) },
    schema: 'pgboss',
    supervise: true,
    schedule: false,
    reindex: false,
    monitorVacuum: false,
  })
  boss.on('error', error => log.databaseFault({ fault: faultOf(error) }))
  await boss.start()
  await boss.createQueue(poisonQueue, { retryLimit: 0, retentionSeconds: 365 * 86_400 })
  const queues = [
    ...table.procedure.map(line => ({
      name: listenerQueue(line),
      attempts: retryLimit,
      retryAfterS: 1,
      timeoutS: 60,
    })),
    ...table.jobs.map(each => ({
      name: each.queue,
      attempts: each.attempts,
      retryAfterS: each.retryAfterS,
      timeoutS: each.timeoutS,
    })),
  ]
  for (const queue of queues) {
    await boss.createQueue(queue.name, {
      retryLimit: queue.attempts,
      retryDelay: queue.retryAfterS,
      retryBackoff: true,
      retryDelayMax: 300,
      expireInSeconds: queue.timeoutS,
      deadLetter: poisonQueue,
    })
  }
  await database.pool.query(`grant usage on schema pgboss to ${boundRole};
    grant select, insert on all tables in schema pgboss to ${boundRole};
    grant execute on all functions in schema pgboss to ${boundRole}`)
  const workers = new Map<string, string[]>()
  wired = {
    boss,
    timetable: table,
    wake: queue => {
      for (const worker of workers.get(queue) ?? []) boss.notifyWorker(worker)
    },
  }
  workersOf.set(boss, workers)
  return boss
}

const workersOf = new WeakMap<PgBoss, Map<string, string[]>>()

/** Begins to work off the queues of `rooms` (all of them where none are given) and to tick the clocks. */
export async function startWorkers(
  database: Database,
  world: World,
  options: { rooms?: readonly string[]; notRooms?: readonly string[] } = {},
): Promise<() => Promise<void>> {
  const { boss, timetable: table, wake } = wiring()
  const { log } = world
  const stopping = new AbortController()
  const isOurs = (room: string) =>
    (options.rooms?.includes(room) ?? true) && !(options.notRooms?.includes(room) ?? false)
  const workers = workersOf.get(boss)!
  const workFor = (room: string, isLastAttempt: boolean): Work => ({
    act: verb => database.act(system(room), verb),
    look: question => database.look(system(room), question),
    log,
    world,
    signal: stopping.signal,
    isLastAttempt,
  })

  const begin = async (
    queue: string,
    room: string,
    attempts: number,
    run: (work: Work, payload: unknown) => Promise<void>,
  ) => {
    const worker = await boss.work<
      object,
      void,
      { includeMetadata: true; batchSize: 1; pollingIntervalSeconds: number }
    >(queue, { includeMetadata: true, batchSize: 1, pollingIntervalSeconds: pollS }, async ([taken]) => {
      if (taken === undefined) return
      // Where there was one job there may be more: look again at once, not after the pause.
      wake(queue)
      const isLastAttempt = taken.retryCount >= attempts
      await attempt(queue, taken, isLastAttempt, log, () => run(workFor(room, isLastAttempt), taken.data))
    })
    workers.set(queue, [...(workers.get(queue) ?? []), worker])
  }

  for (const line of table.procedure) {
    if (!isOurs(line.room)) continue
    await begin(listenerQueue(line), line.room, retryLimit, async (work, payload) => {
      const event = events[line.event].parse(payload)
      await work.act(tx => line.verb(tx, event as never))
    })
  }
  for (const each of table.jobs) {
    if (isOurs(each.room))
      await begin(each.queue, each.room, each.attempts, (work, payload) =>
        each.run(work, each.shape.parse(payload)),
      )
  }
  const clocks = table.clocks
    .filter(line => isOurs(line.room))
    .map(line => startClock(line, workFor(line.room, false), log, stopping.signal))
  return async () => {
    stopping.abort()
    await Promise.all(clocks)
    await boss.stop({ graceful: true, timeout: 10_000 })
  }
}

/** One attempt at a job, told to the log by class and place of the fault, never by its message. */
async function attempt(
  queue: string,
  taken: { id: string; retryCount: number },
  isLastAttempt: boolean,
  log: Log,
  run: () => Promise<void>,
): Promise<void> {
  const took = stopwatch()
  try {
    await run()
    log.jobDone({ queue, tookMs: took() })
  } catch (error) {
    const fault = faultOf(error)
    log.jobFailed({ queue, job: taken.id, attempt: taken.retryCount, fault, at: placeOf(error) })
    if (isLastAttempt) log.jobPoisoned({ queue, job: taken.id })
    throw withoutMessage(fault)
  }
}

/** What pg-boss keeps with a failed job: the class of the fault only, since its message may quote personal data. */
function withoutMessage(fault: string): Error {
  const bare = new Error(fault)
  bare.stack = ''
  return bare
}

async function startClock(line: ClockLine, work: Work, log: Log, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await pause(line.everyS * 1000, signal)
    if (signal.aborted) return
    try {
      await line.tick(work)
    } catch (error) {
      log.clockFailed({ clock: line.name, fault: faultOf(error), at: placeOf(error) })
    }
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true })
  })
}

/**
 * Takes the lock of this name for the rest of the transaction, or says that another process has it. For
 * clocks that must not tick twice at once.
 */
export async function hasTurn(tx: Tx, name: string): Promise<boolean> {
  const { rows } = await sql<{
    taken: boolean
  }>`select pg_try_advisory_xact_lock(hashtextextended(${name}, 0)) as taken`.execute(tx.db)
  return rows[0]?.taken === true
}

/** A job that failed on every attempt. Its payload is ids only. */
export interface PoisonJob {
  readonly id: string
  readonly queue: string
  readonly failedAt: Date
  readonly attempts: number
  readonly fault: string
}

/** Jobs that failed for good, newest first, at most `limit`. */
export async function poisonJobs(database: Database, limit = 200): Promise<readonly PoisonJob[]> {
  const { rows } = await database.pool.query<{
    id: string
    name: string
    completed_on: Date
    retry_count: number
    output: { message?: string } | null
  }>(
    `select id, name, completed_on, retry_count, output from pgboss.job
      where state = 'failed' and name <> $1 order by completed_on desc limit $2`,
    [poisonQueue, limit],
  )
  return rows.map(row => ({
    id: row.id,
    queue: row.name,
    failedAt: row.completed_on,
    attempts: row.retry_count + 1,
    fault: row.output?.message ?? 'unknown',
  }))
}

/** Gives a poison job one more round. Asking twice is harmless: the second finds it no longer failed. */
export async function retryPoison(queue: string, id: string): Promise<void> {
  const { boss, wake } = wiring()
  await boss.retry(queue, id)
  wake(queue)
}

/**
 * Gives back at once what a killed process was working on. Only for the embedded database, where no other
 * process can be at work; elsewhere such a job returns when its time is up.
 */
export async function reclaimJobs(database: Database): Promise<void> {
  // Without `started_on` the interrupted attempt does not count as a failed one.
  await database.pool.query(
    `update pgboss.job set state = 'retry', started_on = null, start_after = now() where state = 'active'`,
  )
}

/** How many jobs wait, run and have failed, by queue: for the metrics and the operations page. */
export async function queueLengths(
  database: Database,
): Promise<readonly { queue: string; state: string; count: number }[]> {
  const { rows } = await database.pool.query<{ queue: string; state: string; count: number }>(
    `select name as queue, state::text, count(*) as count from pgboss.job
      where state in ('created','retry','active','failed') and name <> $1 group by 1, 2 order by 1, 2`,
    [poisonQueue],
  )
  return rows
}
