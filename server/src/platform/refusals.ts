/**
 * Refusals: the closed set of reasons why a room says no. Each has a code that is never reused, an HTTP
 * status (RFC 9110), and a sentence in Korean and English that says what to do next. They become problem
 * details (RFC 9457) in one place, `http.ts`.
 *
 * @module
 */
import type { z } from 'zod'

/** What may stand in a refusal or a log line: a number, a flag, or an id. A name does not compile. */
export type Safe = number | boolean | (string & z.$brand) | null | undefined

export interface Sentence {
  readonly status: 400 | 401 | 403 | 404 | 409 | 410 | 413 | 415 | 422 | 429 | 503
  readonly ko: string
  readonly en: string
}

/** A refusal on its way to whoever asked. The only class of error that crosses a room's door on purpose. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly code: string
  readonly sentence: Sentence
  readonly detail: Readonly<Record<string, Safe>>

  constructor(code: string, sentence: Sentence, detail: Readonly<Record<string, Safe>>) {
    super(code)
    this.code = code
    this.sentence = sentence
    this.detail = detail
  }
}

type Refused<T> = {
  readonly [K in keyof T]: ((detail?: Readonly<Record<string, Safe>>) => Refusal) & Sentence
}

const everyRefusal = new Map<string, Sentence>()

/** Declares a room's refusals; the code is `room.name`. Codes are never reused. */
export function refusals<const T extends Record<string, Sentence>>(room: string, table: T): Refused<T> {
  const made = Object.entries(table).map(([name, sentence]) => {
    const code = `${room}.${name}`
    everyRefusal.set(code, sentence)
    const make = (detail: Readonly<Record<string, Safe>> = {}) => new Refusal(code, sentence, detail)
    return [name, Object.assign(make, sentence)]
  })
  return Object.fromEntries(made) as Refused<T>
}

/** Every refusal declared so far, by code: for the documents and the tests. */
export function declaredRefusals(): ReadonlyMap<string, Sentence> {
  return everyRefusal
}

/** Says no. Never returns, so it may stand on the right of `??`. */
export function refuse(refusal: Refusal): never {
  throw refusal
}
