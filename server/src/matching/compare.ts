import {
  matchForms,
  type BankWindow,
  type Matched,
  type PictureFingerprint,
  type Turn,
  type Verdict,
} from '@jikimi/fingerprint'
import type { BankedId, BankEntryId } from '#platform/ids'
import type { Bank, Banked } from './bank.ts'
import { effortOf, inSlices, isAffordable, type Effort } from './effort.ts'
import { filmSteps, type FilmCopy } from './film-copy.ts'
import type { MediaFingerprint } from './fingerprint-media.ts'

/** The nearest fingerprint of a bank to something found, and how near it lies. */
export interface Likeness {
  readonly verdict: Verdict
  /** Null where the bank is empty, or holds nothing like it. */
  readonly distance: number | null
  readonly quality: number | null
  /** The row of the case's bank, or the entry of another bank. */
  readonly banked: BankedId | BankEntryId | null
  readonly turn: Turn | null
  /** For two videos: the larger share of one that is found in the other. */
  readonly share: number | null
  /** Where in the found video. */
  readonly atMs: number | null
  /** For a found picture: in which of its forms it was recognised; for two videos: where and how. */
  readonly explanation: Matched | FilmCopy | null
}

/** Like nothing. */
export const unlike: Likeness = {
  verdict: 'none',
  distance: null,
  quality: null,
  banked: null,
  turn: null,
  share: null,
  atMs: null,
  explanation: null,
}

/** Frames of films that are compared for one file where nothing else is said: about a minute. */
export const comparedFramesMax = 6_000_000

/** Compares something found with a whole bank; the strongest verdict counts, then the smallest distance. */
export async function compareWithBank(
  bank: Bank,
  found: MediaFingerprint,
  effort = effortOf(comparedFramesMax),
): Promise<Likeness> {
  const likenesses = await inSlices(likenessesOf(bank, found, { effort, isFirstEnough: true }))
  return likenesses.reduce(nearer, unlike)
}

/** Compares something found, in all its forms and turns, with each of these. */
export function compareWithEach(
  bank: readonly Banked[],
  found: MediaFingerprint,
  effort = effortOf(comparedFramesMax),
): Promise<readonly Likeness[]> {
  return inSlices(likenessesOf(bank, found, { effort, isFirstEnough: false }))
}

interface Bounds {
  readonly effort: Effort
  /** Whether one match answers the question. */
  readonly isFirstEnough: boolean
}

/**
 * In the order of the bank. Films are compared turn by turn, each turn with the whole bank: where there is no time
 * for all of it, what is left out is the least likely.
 */
function* likenessesOf(
  bank: readonly Banked[],
  found: MediaFingerprint,
  { effort, isFirstEnough }: Bounds,
): Generator<undefined, Likeness[]> {
  const best: Likeness[] = bank.map(({ banked }) => ({ ...unlike, banked }))
  if (found.kind === 'picture') {
    for (const [at, banked] of bank.entries()) {
      best[at] = comparePicture(banked, found)
      yield
    }
    return best
  }
  const steps = bank.map(banked => filmSteps(banked, found))
  for (let round = 0; round < (steps[0]?.length ?? 0); round += 1) {
    for (const [at, before] of best.entries()) {
      const step = steps[at]![round]!
      if (before.verdict === 'match' || !isAffordable(effort, step.frames)) continue
      best[at] = nearer(before, { ...before, ...(yield* step.compare()) })
      yield
    }
    if (isFirstEnough && best.some(each => each.verdict === 'match')) break
  }
  return best
}

function comparePicture(banked: Banked, found: Extract<MediaFingerprint, { kind: 'picture' }>): Likeness {
  const stored =
    banked.kind === 'picture'
      ? [wholeOf(banked.picture), ...(banked.windows ?? [])]
      : banked.video.frames.map(wholeOf)
  const matched = matchForms(found.forms, stored)
  if (matched === undefined) return { ...unlike, banked: banked.banked }
  return {
    ...unlike,
    verdict: matched.tier === 'strong' ? 'match' : 'review',
    distance: matched.distance,
    quality: matched.quality,
    banked: banked.banked,
    turn: matched.query.turn,
    explanation: matched,
  }
}

const wholeWindow = { x: 0, y: 0, w: 1, h: 1 }

function wholeOf({ hash, quality }: PictureFingerprint): BankWindow {
  return { hash, quality, window: wholeWindow, angle: 0 }
}

const rank: Record<Verdict, number> = { match: 0, review: 1, none: 2 }

function nearer(one: Likeness, other: Likeness): Likeness {
  if (one.verdict !== other.verdict) return rank[one.verdict] < rank[other.verdict] ? one : other
  return (other.distance ?? Infinity) < (one.distance ?? Infinity) ? other : one
}
