import type { MatchState } from './schema.ts'

/**
 * A decision is made once. The first of two who agree leaves it pending. A confirmed one that was wrong is taken
 * back, and that is its end: who looks once more captures once more.
 */
export const next = {
  pending: ['confirmed', 'refuted'],
  confirmed: ['reversed'],
  refuted: [],
  reversed: [],
} as const satisfies Record<MatchState, readonly MatchState[]>

export function mayBecome(from: MatchState, to: MatchState): boolean {
  return (next[from] as readonly MatchState[]).includes(to)
}
