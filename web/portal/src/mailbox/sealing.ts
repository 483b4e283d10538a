/**
 * The worker that makes keys, seals and opens, asked as if it were here. Fetched when it is first needed; leaving the
 * page ends it, and with it every key it holds.
 *
 * @module
 */
import { Unreachable } from '@jikimi/shared/api.ts'
import { onLeave } from '../leave.ts'
import type { Answered, Asked, Verbs } from './worker.ts'

interface Waiting {
  readonly take: (made: unknown) => void
  readonly fail: (error: Error) => void
}

let worker: Worker | undefined
let lastId = 0
const waiting = new Map<number, Waiting>()

onLeave(() => stop(new Error('left')))

function stop(error: Error): void {
  worker?.terminate()
  worker = undefined
  for (const { fail } of waiting.values()) fail(error)
  waiting.clear()
}

function start(): Worker {
  const started = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
  started.addEventListener('message', ({ data }: MessageEvent<Answered>) => {
    const asked = waiting.get(data.id)
    waiting.delete(data.id)
    if ('fault' in data) asked?.fail(new Error(data.fault))
    else asked?.take(data.made)
  })
  // It catches everything itself: what is heard here is that its code did not come.
  started.addEventListener('error', event => stop(new Unreachable('network', event)))
  return started
}

function ask<V extends keyof Verbs>(verb: V) {
  return (...given: Parameters<Verbs[V]>): Promise<Awaited<ReturnType<Verbs[V]>>> =>
    new Promise((take, fail) => {
      worker ??= start()
      const id = ++lastId
      waiting.set(id, { take: take as (made: unknown) => void, fail })
      worker.postMessage({ id, verb, given } satisfies Asked)
    })
}

/** Fetches the worker's code while there is time for it. */
export function warmUp(): void {
  worker ??= start()
}

export const newReceipt = ask('newReceipt')
export const furnish = ask('furnish')
export const keysOfReceipt = ask('keysOfReceipt')
export const keysOfWord = ask('keysOfWord')
export const proveWork = ask('proveWork')
export const sealLetter = ask('sealLetter')
export const openLetter = ask('openLetter')
