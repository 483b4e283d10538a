import { rowWords } from './bands.ts'
import { segmentRowsMax } from './layout.ts'
import { isDead, stepRows, type Content, type Engine, type Tier } from './tier.ts'

/** A merge takes in segments up to that many times what it has: each row is moved once per power of it. */
const growth = 8

/** Living postings. */
export const living = (tier: Tier): number => tier.postings - tier.removed

/**
 * Which tiers should become one: those that are full tails, then segments from the smallest on while the merge
 * is not small beside them, so that sizes grow by eight and few are searched; or one that is mostly taken out.
 */
export function planMerge(fullTails: readonly Tier[], segments: readonly Tier[]): Tier[] {
  const bySize = segments.toSorted((a, b) => living(a) - living(b))
  const chosen = [...fullTails]
  let total = chosen.reduce((sum, tier) => sum + living(tier), 0)
  for (const segment of bySize) {
    if (total === 0) total = living(segment)
    else if (living(segment) >= total * growth || total + living(segment) > segmentRowsMax) break
    else total += living(segment)
    chosen.push(segment)
  }
  if (chosen.length > 1 || fullTails.length > 0) return chosen
  return bySize.filter(tier => tier.removed * 4 > tier.postings).slice(0, 1)
}

/** Builds one segment of the living postings of several tiers, which stay as they are; nothing where none lives. */
export function* merge(engine: Engine, tiers: readonly Tier[]): Generator<undefined, Tier | undefined> {
  const total = tiers.reduce((sum, tier) => sum + living(tier), 0)
  if (total === 0) return undefined
  const staged = engine.stage(total, 'bands')
  let at = 0
  for (const tier of tiers) {
    const { content } = tier
    for (let row = 0; row < content.rowCount; row += stepRows) {
      at = copyLiving(content, row, Math.min(content.rowCount, row + stepRows), staged, at)
      yield
    }
  }
  return at === 0 ? undefined : yield* staged.build(at)
}

/** Copies the living postings of some rows behind the first `at`; gives how many there are then. */
export function copyLiving(
  content: Content,
  fromRow: number,
  toRow: number,
  into: { readonly rows: Uint32Array; readonly ids: BigUint64Array },
  at: number,
): number {
  const { rows, ids, starts } = content
  for (let row = fromRow; row < toRow; row++) {
    const end = starts?.[row + 1] ?? row + 1
    for (let posting = starts?.[row] ?? row; posting < end; posting++) {
      if (isDead(content, posting)) continue
      for (let word = 0; word < rowWords; word++)
        into.rows[at * rowWords + word] = rows[row * rowWords + word]!
      into.ids[at++] = ids[posting]!
    }
  }
  return at
}
