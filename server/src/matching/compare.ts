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
import { filmLikenesses, type FilmCopy } from './film-copy.ts'
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

/** Compares something found with a whole bank; the strongest verdict counts, then the smallest distance. */
export function compareWithBank(bank: Bank, found: MediaFingerprint): Likeness {
  return bank.reduce((best, banked) => nearer(best, compareWithOne(banked, found)), unlike)
}

/** Compares something found, in all its forms and turns, with one fingerprint. */
export function compareWithOne(banked: Banked, found: MediaFingerprint): Likeness {
  if (found.kind === 'picture') return comparePicture(banked, found)
  let best = unlike
  for (const likeness of filmLikenesses(banked, found)) {
    best = nearer(best, { ...unlike, banked: banked.banked, ...likeness })
    // Two films of two hours take a tenth of a second a turn: what is found is found.
    if (best.verdict === 'match') break
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
