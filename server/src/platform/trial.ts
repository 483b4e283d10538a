/**
 * A real database for a test, in a fraction of a second: a clone of one migrated template, embedded or on the
 * PostgreSQL that the test run has started. And the small words in which tests are told.
 *
 * @module
 */
import { readFileSync } from 'node:fs'
import { Pool } from 'pg'
import { databaseOver, type Database, type ReadTx, type Tx } from './database.ts'
import { openInMemory } from './embedded-database.ts'
import { wireJobs, type Job, type Listener } from './jobs.ts'
import { openLog, type Log } from './log.ts'
import { newId, randomName, type ReportId } from './ids.ts'
import { setClock, type SetClock } from './time.ts'
import { lender } from './trial-photograph.ts'
import { system, type Role, type Staff, type Who } from './who.ts'

export interface Trial extends AsyncDisposable {
  readonly database: Database
  readonly clock: SetClock
  /** Who is joined to the team of each case that the rooms’ beginnings open. More may be added as the test goes on. */
  readonly team: Staff[]
  /** In the name of `who`: `as(detective).do(tx => …)`, `as(detective).see(tx => …)`. */
  /** What waits in the queues, oldest first: `[{ queue, payload }]`. */
  queued(): Promise<readonly { queue: string; payload: unknown }[]>
  as(who: Who): {
    do<T>(verb: (tx: Tx) => Promise<T>): Promise<T>
    see<T>(question: (tx: ReadTx) => Promise<T>): Promise<T>
  }
}

/** Where the run's global set-up left the migrated template: a file for PGlite, a database name for PostgreSQL. */
export const templateVariable = 'JIKIMI_TEST_TEMPLATE'
export const postgresVariable = 'JIKIMI_TEST_POSTGRES'

/**
 * Opens a fresh, migrated database with a clock that stands still at `at`. Events go to the queues of the
 * given lines of the timetable; nothing works them off until the test says so.
 */
export async function openTrial(
  given: {
    at?: string
    procedure?: readonly Listener[]
    jobs?: readonly Job[]
    team?: readonly Staff[]
  } = {},
): Promise<Trial> {
  const clock = setClock(given.at ?? '2026-11-23T09:00:00+09:00')
  const database =
    process.env[postgresVariable] === undefined
      ? await embeddedTrial(clock)
      : await postgresTrial(process.env[postgresVariable], clock)
  const boss = await wireJobs(
    database,
    { procedure: given.procedure ?? [], jobs: given.jobs ?? [], clocks: [] },
    silentLog,
  )
  return {
    database,
    clock,
    team: [...(given.team ?? [])],
    as: who => ({ do: verb => database.act(who, verb), see: question => database.look(who, question) }),
    queued: async () => {
      const { rows } = await database.pool.query<{ queue: string; payload: unknown }>(
        `select name as queue, data as payload from pgboss.job where state in ('created', 'retry') order by created_on, id`,
      )
      return rows
    },
    async [Symbol.asyncDispose]() {
      await boss.stop({ graceful: false })
      await database.close()
    },
  }
}

export const silentLog: Log = openLog('silent')

const lend = lender(() => {
  const path = process.env[templateVariable]
  if (path === undefined)
    throw new Error(
      'The test run has no template database: run tests through vitest with the project’s configuration.',
    )
  return openInMemory(new Blob([readFileSync(path)]))
})

async function embeddedTrial(clock: SetClock): Promise<Database> {
  const { pool, close } = await lend()
  return databaseOver(pool, { isEmbedded: true, clock, close })
}

async function postgresTrial(url: string, clock: SetClock): Promise<Database> {
  const name = `trial_${randomName()}`
  const admin = new Pool({ connectionString: url, max: 1 })
  await admin.query(`create database ${name} template jikimi_template`)
  await admin.end()
  const own = new URL(url)
  own.pathname = `/${name}`
  const pool = new Pool({ connectionString: own.href, max: 8 })
  return databaseOver(pool, { isEmbedded: false, clock, close: () => pool.end() })
}

/** A member of staff for a test. */
export function staff(
  role: Role,
  agency: string | null = 'seoul',
  clock: SetClock = setClock('2026-11-23T09:00:00+09:00'),
): Extract<Who, { kind: 'staff' }> {
  const isOfficer = role === 'officer' || role === 'leader' || role === 'commander'
  return {
    kind: 'staff',
    role,
    agency,
    account: newId<'AccountId'>(clock.now()),
    officer: isOfficer ? newId<'OfficerId'>(clock.now()) : null,
  }
}

export const reporter = (report: ReportId): Who => ({ kind: 'reporter', report })
export const machine = system
