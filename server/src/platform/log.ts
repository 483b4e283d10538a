/**
 * Logs: structured, one typed event each, without personal data. A field is a number, a flag, an id or one
 * of a fixed set of words; free text does not compile.
 *
 * @module
 */
import pino from 'pino'
import type { Safe } from './refusals.ts'

/** A word that the source code itself fixes (a queue, a state, a code), never one that came from outside. */
export type Word = string & { readonly __word?: never }

interface LogEvents {
  started: { port: number; tookMs: number; embedded: boolean }
  stopping: { signal: Word }
  stopped: { tookMs: number }
  migrated: { applied: number; tookMs: number }
  requestAnswered: { route: Word; method: Word; status: number; tookMs: number; request: Word }
  requestFailed: { route: Word; method: Word; request: Word; fault: Word; at: Word }
  jobFailed: { queue: Word; job: Word; attempt: number; fault: Word; at: Word }
  jobPoisoned: { queue: Word; job: Word }
  jobDone: { queue: Word; tookMs: number }
  clockFailed: { clock: Word; fault: Word; at: Word }
  databaseFault: { fault: Word }
  mailSent: { tookMs: number }
  mailReceived: { attached: boolean; bytes: number }
  mailFailed: { fault: Word }
  captureDone: { exhibit: Safe; tookMs: number; requests: number }
  captureFailed: { address: Safe; fault: Word }
  outboundRefused: { reason: Word }
  sandboxMissing: { reason: Word }
  noticeSent: { target: Safe; round: number; tookMs: number }
  recheckDone: { target: Safe; verdict: Word; tookMs: number }
  publicationMade: { serial: number; names: number }
  signInRefused: { reason: Word }
}

const levels: Partial<Record<keyof LogEvents, 'debug' | 'warn' | 'error'>> = {
  requestAnswered: 'debug',
  jobDone: 'debug',
  requestFailed: 'error',
  jobFailed: 'warn',
  jobPoisoned: 'error',
  clockFailed: 'error',
  databaseFault: 'error',
  mailFailed: 'warn',
  captureFailed: 'warn',
  outboundRefused: 'warn',
  sandboxMissing: 'warn',
  signInRefused: 'warn',
}

export type Log = { readonly [K in keyof LogEvents]: (fields: LogEvents[K]) => void }

/** Opens the log at `level`, as JSON lines on the standard error, so that the standard output stays for people. */
export function openLog(level: string, destination?: pino.DestinationStream): Log {
  const logger = pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    destination ?? pino.destination(2),
  )
  return new Proxy({} as Log, {
    get: (_, name: keyof LogEvents) => (fields: object) =>
      logger[levels[name] ?? 'info']({ event: name, ...fields }),
  })
}

/** What may be logged about a fault: its class and system code, never its message, which may quote data. */
export function faultOf(error: unknown): Word {
  if (!(error instanceof Error)) return 'unknown'
  const code =
    'code' in error && (typeof error.code === 'string' || typeof error.code === 'number')
      ? `:${String(error.code).slice(0, 40)}`
      : ''
  return `${error.name}${code}`
}

/** Where in our own sources a fault arose: file and line of the first frame outside node_modules. */
export function placeOf(error: unknown): Word {
  if (!(error instanceof Error) || error.stack === undefined) return ''
  const frame = error.stack.split('\n').find(line => line.includes('/src/') && !line.includes('node_modules'))
  return /([\w-]+\/src\/[\w./-]+:\d+)/.exec(frame ?? '')?.[1] ?? ''
}
