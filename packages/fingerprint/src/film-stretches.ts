/**
 * Stretches of a film that are decoded side by side and joined in order. Which frames are looked at follows from
 * their times alone, so a stretch need not know what the one before it showed.
 *
 * @module
 */
import type { Pixels } from './pixels.ts'
import { frameSampler } from './frame-sampler.ts'

/** A frame that was looked at: its time, its thumbnail, and the pixels that would be hashed. */
export interface LookedAt {
  readonly atMs: number
  readonly thumbnail: Uint8Array
  readonly pixels: Pixels
}

const nothing = new Uint8Array(0)

/**
 * The times at which a film is looked at, the same as `followFilm` has.
 * @param timesMs of all frames, ascending
 */
export function lookTimes(timesMs: Iterable<number>, intervalMs: number): Set<number> {
  const sampler = frameSampler(intervalMs)
  const looked = new Set<number>()
  let lastMs = -1
  for (const atMs of timesMs) {
    if (atMs <= lastMs || !sampler.wantsLook(atMs)) continue
    lastMs = atMs
    sampler.look(atMs, nothing)
    looked.add(atMs)
  }
  return looked
}

/** What `made` gives for each sampled frame of these looks, in order of time. */
export async function followLooks<T>(
  looks: AsyncIterable<LookedAt>,
  { intervalMs, made }: { intervalMs: number; made: (atMs: number, pixels: Pixels) => T },
): Promise<T[]> {
  const sampler = frameSampler(intervalMs)
  const kept: T[] = []
  for await (const { atMs, thumbnail, pixels } of looks)
    if (sampler.look(atMs, thumbnail)) kept.push(made(atMs, pixels))
  return kept
}

/** Where to cut, in seconds: at key frames, each at least `apartS` after the one before. */
export function cutsAt(keysS: Iterable<number>, startS: number, apartS: number): number[] {
  const cuts: number[] = []
  for (const keyS of keysS) if (keyS - (cuts.at(-1) ?? startS) >= apartS) cuts.push(keyS)
  return cuts
}

/**
 * Gives what the stretches give, the first one's before the second's and so on, while `atOnce` of them are at work.
 * Each waits when `aheadMax` of its own are not taken yet. All are ended when the reader stops, or one fails.
 */
export async function* joined<T>(
  stretches: readonly (() => AsyncIterable<T>)[],
  { atOnce, aheadMax }: { atOnce: number; aheadMax: number },
): AsyncGenerator<T> {
  const running: Worker<T>[] = []
  let started = 0
  const start = () => {
    if (started < stretches.length) running.push(workerOf(stretches[started++]!, aheadMax))
  }
  try {
    for (let i = 0; i < atOnce; i++) start()
    for (let first = running[0]; first !== undefined; first = running[0]) {
      yield* first.taken()
      running.shift()
      start()
    }
  } finally {
    for (const worker of running) worker.stop()
  }
}

interface Worker<T> {
  taken(): AsyncGenerator<T>
  stop(): void
}

function workerOf<T>(stretch: () => AsyncIterable<T>, aheadMax: number): Worker<T> {
  const made: T[] = []
  const state = { isOver: false, isStopped: false }
  let failure: { readonly error: unknown } | undefined
  let wake = () => {}
  /** Until the other side has done something. */
  const change = () => new Promise<void>(done => (wake = done))
  const work = async () => {
    try {
      for await (const each of stretch()) {
        if (state.isStopped) return
        made.push(each)
        wake()
        while (made.length >= aheadMax && !state.isStopped) await change()
      }
    } catch (error) {
      failure = { error }
    } finally {
      state.isOver = true
      wake()
    }
  }
  void work()
  return {
    async *taken() {
      for (;;) {
        const each = made.shift()
        if (each !== undefined) {
          wake()
          yield each
        } else if (failure !== undefined) throw failure.error
        else if (state.isOver) return
        else await change()
      }
    },
    stop() {
      state.isStopped = true
      wake()
    },
  }
}
