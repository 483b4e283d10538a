import {
  comparePictureWithVideo,
  compareVideo,
  distance,
  judge,
  turns,
  videoFingerprint,
  type Fingerprint,
  type Turn,
  type Verdict,
  type VideoFingerprint,
} from '@jikimi/fingerprint'
import type { BankedId } from '#platform/ids'
import type { Bank, Banked } from './bank.ts'
import type { MediaFingerprint } from './fingerprint-media.ts'

/** The nearest fingerprint of a bank to something found, and how near it lies. */
export interface Likeness {
  readonly verdict: Verdict
  /** Null where the bank is empty. */
  readonly distance: number | null
  readonly quality: number | null
  readonly banked: BankedId | null
  readonly turn: Turn | null
  /** For two videos: the larger share of one that is found in the other. */
  readonly share: number | null
  /** Where in the found video. */
  readonly atMs: number | null
}

const unlike: Likeness = {
  verdict: 'none',
  distance: null,
  quality: null,
  banked: null,
  turn: null,
  share: null,
  atMs: null,
}

/** Compares something found with a whole bank; the strongest verdict counts, then the smallest distance. */
export function compareWithBank(bank: Bank, found: MediaFingerprint): Likeness {
  return bank.reduce((best, banked) => nearer(best, compareWithOne(banked, found)), unlike)
}

function compareWithOne(banked: Banked, found: MediaFingerprint): Likeness {
  let best = unlike
  for (const turn of turns) {
    best = nearer(best, compareTurned(banked, found, turn))
    // Two long videos take 13 ms a turn: what is found is found.
    if (best.verdict === 'match') break
  }
  return best
}

function compareTurned(banked: Banked, found: MediaFingerprint, turn: Turn): Likeness {
  const common = { banked: banked.banked, turn, share: null, atMs: null }
  if (found.kind === 'picture') {
    const picture = { hash: found.hashes[turn], quality: found.quality }
    if (banked.kind === 'picture') {
      const bits = distance(banked.picture.hash, picture.hash)
      const quality = Math.min(banked.picture.quality, picture.quality)
      return { ...common, verdict: judge(bits, quality), distance: bits, quality }
    }
    const { verdict, distance: bits, quality } = comparePictureWithVideo(picture, banked.video)
    return { ...common, verdict, distance: bits, quality }
  }
  const video = turned(found, turn)
  if (banked.kind === 'picture') {
    const { verdict, distance: bits, quality, atMs } = comparePictureWithVideo(banked.picture, video)
    return { ...common, verdict, distance: bits, quality, atMs }
  }
  const { verdict, best, aInB, bInA } = compareVideo(banked.video, video)
  return {
    ...common,
    verdict,
    distance: best.distance,
    quality: best.quality,
    share: Math.max(aInB, bInA),
    atMs: best.bAtMs,
  }
}

function turned(found: Extract<MediaFingerprint, { kind: 'video' }>, turn: Turn): VideoFingerprint {
  const frames = found.frames.map(({ atMs, quality, hashes }) => ({
    atMs,
    quality,
    hash: hashes[turn] as Fingerprint,
  }))
  return videoFingerprint(frames, found.durationMs)
}

const rank: Record<Verdict, number> = { match: 0, review: 1, none: 2 }

function nearer(one: Likeness, other: Likeness): Likeness {
  if (one.verdict !== other.verdict) return rank[one.verdict] < rank[other.verdict] ? one : other
  return (other.distance ?? Infinity) < (one.distance ?? Infinity) ? other : one
}
