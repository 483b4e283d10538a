/**
 * The only clock of the server. Everything that asks for the time asks here, so that tests set it and the
 * demo country may live a week in a minute.
 *
 * @module
 */

export interface Clock {
  /** The present moment. */
  now(): Date
}

export const systemClock: Clock = { now: () => new Date() }

/**
 * A clock that runs `speed` times faster than the machine's, starting from `startsAt` at the machine time
 * `since`. Two processes given the same three values agree, also after a restart.
 */
export function fastClock(startsAt: Date, since: Date, speed: number): Clock {
  return { now: () => new Date(startsAt.getTime() + (Date.now() - since.getTime()) * speed) }
}

export interface SetClock extends Clock {
  set(at: Date | string): void
  advance(ms: number): void
}

/** A clock that stands still until it is told to move: for tests. */
export function setClock(at: Date | string): SetClock {
  let present = new Date(at)
  return {
    now: () => new Date(present),
    set: next => void (present = new Date(next)),
    advance: ms => void (present = new Date(present.getTime() + ms)),
  }
}

/** The moment `ms` milliseconds after `from`. */
export function after(from: Date, ms: number): Date {
  return new Date(from.getTime() + ms)
}

/** Reads a moment written as RFC 3339. @throws RangeError on anything else */
export function momentOf(text: string): Date {
  const moment = new Date(text)
  if (Number.isNaN(moment.getTime())) throw new RangeError('A moment is written as in RFC 3339.')
  return moment
}

export const secondMs = 1000
export const minuteMs = 60 * secondMs
export const hourMs = 60 * minuteMs
export const dayMs = 24 * hourMs

/** Milliseconds of the machine's monotonic clock: for spans that are measured, never for dates. */
export function stopwatch(): () => number {
  const start = performance.now()
  return () => Math.round(performance.now() - start)
}
