/**
 * What officers' decisions say of a bank's limits: how many of its hits up to a distance were right, and how many
 * of the right ones lie within it. It proposes; a person changes the limit.
 *
 * @module
 */
import type { Tally } from './bank-store.ts'

export interface CurvePoint {
  readonly distance: number
  readonly found: number
  readonly confirmed: number
  readonly reversed: number
  /** Of what was decided up to here, the share that was confirmed; null where nothing was. */
  readonly precisionUpTo: number | null
  /** What that share is at least, as far as so few decisions can say. */
  readonly precisionAtLeast: number | null
  /** Of all that was confirmed, the share up to here; null where nothing was. */
  readonly recallUpTo: number | null
}

export interface Proposal {
  /** Bits up to which a hit may be called strong. */
  readonly matchMax: number
  readonly precisionAtLeast: number
  readonly recall: number
  /** Decisions that it rests on. */
  readonly decided: number
}

/** A hit is called strong where at least this share of such hits was right: nine of ten. */
export const precisionWanted = 0.9

// One-sided 95 %: what is asked is how low the share may lie, never how high.
const z = 1.6449

/**
 * The lower end of Wilson's score interval (1927) for a share seen in a few cases: 3 of 3 is no proof of always.
 * Null where nothing was seen.
 */
export function shareAtLeast(hits: number, misses: number): number | null {
  const n = hits + misses
  if (n === 0) return null
  const share = hits / n
  const middle = share + z ** 2 / (2 * n)
  const reach = z * Math.sqrt((share * (1 - share)) / n + z ** 2 / (4 * n ** 2))
  return Math.max(0, (middle - reach) / (1 + z ** 2 / n))
}

/** The numbers up to each distance at which there was a hit, nearest first. */
export function curveOf(tallies: readonly Tally[]): CurvePoint[] {
  const ordered = tallies.toSorted((one, other) => one.distance - other.distance)
  const all = ordered.reduce((sum, each) => sum + each.confirmed, 0)
  let [confirmed, reversed] = [0, 0]
  return ordered.map(each => {
    confirmed += each.confirmed
    reversed += each.reversed
    const decided = confirmed + reversed
    return {
      distance: each.distance,
      found: each.found,
      confirmed: each.confirmed,
      reversed: each.reversed,
      precisionUpTo: decided === 0 ? null : confirmed / decided,
      precisionAtLeast: shareAtLeast(confirmed, reversed),
      recallUpTo: all === 0 ? null : confirmed / all,
    }
  })
}

/**
 * The widest distance within `reviewMax` up to which nine of ten hits are right; null where too little was
 * decided to say so of any. The last one that was decided upon, not the gap behind it: of that nothing is known.
 */
export function proposalOf(curve: readonly CurvePoint[], reviewMax: number): Proposal | null {
  let decided = 0
  let best: Proposal | null = null
  for (const { distance, confirmed, reversed, precisionAtLeast, recallUpTo } of curve) {
    decided += confirmed + reversed
    if (confirmed + reversed === 0 || distance > reviewMax) continue
    if ((precisionAtLeast ?? 0) >= precisionWanted)
      best = { matchMax: distance, precisionAtLeast: precisionAtLeast!, recall: recallUpTo!, decided }
  }
  return best
}
