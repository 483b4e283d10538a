import type { MatchState } from './schema.ts'

/** A decision is made once; taking it back is a new capture. The first of two who agree leaves it pending. */
export const next = {
  pending: ['confirmed', 'refuted'],
  confirmed: [],
  refuted: [],
} as const satisfies Record<MatchState, readonly MatchState[]>

export function mayBecome(from: MatchState, to: MatchState): boolean {
  return (next[from] as readonly MatchState[]).includes(to)
}
