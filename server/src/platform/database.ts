/**
 * The database: one driver (`pg`), one query builder (Kysely), PostgreSQL or its embedded twin. Work reaches
 * it only through `act` and `look`, which open a transaction under a role that row-level security binds, and
 * which tell the database who is asking.
 *
 * @module
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely'
import { Pool, types } from 'pg'
import { openEmbedded } from './embedded-database.ts'
import type { Clock } from './time.ts'
import type { Who } from './who.ts'

/** Every room adds its own tables here, in its `store.ts`, as `'room.table'`. */
// oxlint-disable-next-line typescript/no-empty-object-type -- filled by declaration merging
export interface Tables {}

/** What reads: no verb that writes is in reach of a `db` that only selects. */
export interface ReadTx {
  readonly db: Pick<Transaction<Tables>, 'selectFrom'>
  readonly who: Who
  readonly now: Date
}

/** What writes: the first argument of every verb. */
export interface Tx extends ReadTx {
  readonly db: Transaction<Tables>
  /** Runs `effect` once the transaction has committed, in this process only: a nudge, never a duty. */
  readonly afterCommit: (effect: () => void) => void
}

export interface Database {
  readonly pool: Pool
  readonly kysely: Kysely<Tables>
  readonly isEmbedded: boolean
  readonly clock: Clock
  /** Runs `verb` in a transaction in the name of `who`. Everything in it commits, or nothing does. */
  act<T>(who: Who, verb: (tx: Tx) => Promise<T>): Promise<T>
  /** Runs `question` in a read-only transaction in the name of `who`: PostgreSQL itself refuses a write. */
  look<T>(who: Who, question: (tx: ReadTx) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** The role under which every transaction runs: no superuser, no owner, no way around row-level security. */
export const boundRole = 'jikimi_app'

// PostgreSQL's bigint, as a number where that is exact; the product counts nothing near 2^53.
types.setTypeParser(types.builtins.INT8, text => {
  const number = Number(text)
  if (!Number.isSafeInteger(number)) throw new RangeError('A count in the database is too large.')
  return number
})

/** Opens PostgreSQL at `url`, or the embedded database in `folder` where no URL is set. */
export async function openDatabase(options: {
  url: string | undefined
  folder: string
  clock: Clock
}): Promise<Database> {
  if (options.url === undefined) {
    const embedded = await openEmbedded(options.folder)
    return databaseOver(embedded.pool, { isEmbedded: true, clock: options.clock, close: embedded.close })
  }
  const pool = new Pool({
    connectionString: options.url,
    max: 20,
    connectionTimeoutMillis: 10_000,
    application_name: 'jikimi',
  })
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => {})
  return databaseOver(pool, { isEmbedded: false, clock: options.clock, close: () => pool.end() })
}

/** The same face over any pool. */
export function databaseOver(
  pool: Pool,
  options: { isEmbedded: boolean; clock: Clock; close: () => Promise<void> },
): Database {
  const kysely = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  const within = new AsyncLocalStorage<true>()

  const run = async <T>(who: Who, isReading: boolean, work: (tx: Tx) => Promise<T>): Promise<T> => {
    // On the embedded database a second transaction inside the first waits for ever; say so at once instead.
    if (within.getStore())
      throw new Error('A transaction is open already: pass its tx on instead of opening another.')
    const effects: (() => void)[] = []
    const answer = await within.run(true, () =>
      kysely
        .transaction()
        .setAccessMode(isReading ? 'read only' : 'read write')
        .execute(async db => {
          const now = options.clock.now()
          await identify(db, who, now)
          return work({ db, who, now, afterCommit: effect => void effects.push(effect) })
        }),
    )
    for (const effect of effects) effect()
    return answer
  }

  return {
    pool,
    kysely,
    isEmbedded: options.isEmbedded,
    clock: options.clock,
    act: (who, verb) => run(who, false, verb),
    look: (who, question) => run(who, true, question),
    close: async () => options.close(),
  }
}

/** Binds the transaction to the role that cannot bypass row-level security, and names who is asking. */
async function identify(db: Transaction<Tables>, who: Who, now: Date): Promise<void> {
  const staff = who.kind === 'staff' ? who : undefined
  await sql`select
    set_config('jikimi.kind', ${who.kind}, true),
    set_config('jikimi.account', ${staff?.account ?? ''}, true),
    set_config('jikimi.officer', ${staff?.officer ?? ''}, true),
    set_config('jikimi.agency', ${staff?.agency ?? ''}, true),
    set_config('jikimi.role', ${staff?.role ?? ''}, true),
    set_config('jikimi.now', ${now.toISOString()}, true),
    set_config('jikimi.report', ${who.kind === 'reporter' ? who.report : ''}, true),
    set_config('role', ${boundRole}, true)`.execute(db)
}
