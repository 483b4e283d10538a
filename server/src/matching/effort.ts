/**
 * Comparing long films takes long: this bounds it, and lets others' requests go on meanwhile.
 *
 * @module
 */
import { setImmediate as pause } from 'node:timers/promises'

/** What may still be compared of films, in frames of both sides together, and what had to be left. */
export interface Effort {
  left: number
  /** Comparisons of two films, in one turn of one place each, that were not made. */
  uncompared: number
}

export const effortOf = (framesMax: number): Effort => ({ left: framesMax, uncompared: 0 })

/** Takes a comparison of so many frames from what may be compared; false, and counted, where that is too little. */
export function isAffordable(effort: Effort, frames: number): boolean {
  if (frames <= effort.left) {
    effort.left -= frames
    return true
  }
  effort.uncompared += 1
  return false
}

/** A request that comes meanwhile waits no longer than this, and the one step that is under way. */
const sliceMs = 4

/** Takes all steps, and lets others go on every few milliseconds. */
export async function inSlices<T>(steps: Generator<undefined, T>): Promise<T> {
  let from = performance.now()
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
    if (performance.now() - from < sliceMs) continue
    await pause()
    from = performance.now()
  }
}
