import type { Target } from './api.ts'

/** Whose clock runs out first stands first; those without a clock last. */
export function byClock(rows: readonly Target[]): readonly Target[] {
  const end = (row: Target) => (row.clockEndsAt === null ? Infinity : Date.parse(row.clockEndsAt))
  return [...rows].sort((a, b) => {
    const [first, second] = [end(a), end(b)]
    return first === second ? 0 : first - second
  })
}
