/**
 * What of a confirmed film is put into the bank of its case: the stretch that was recognised, in the place of the
 * picture where it was. An intro before it and a film beside it are another's, and many films share them.
 *
 * @module
 */
import {
  distanceOfWords,
  foundFramesMin,
  qualityMin,
  thinFrames,
  videoFingerprint,
  wordsOf,
  type Fingerprint,
  type FrameFingerprint,
  type VideoFingerprint,
  type Window,
} from '@jikimi/fingerprint'
import type { FilmFrame } from '#platform/film'
import type { FilmCopy } from './film-copy.ts'
import type { MediaFingerprint } from './fingerprint-media.ts'
import type { MatchRow } from './store.ts'

type FoundFilm = Extract<MediaFingerprint, { kind: 'video' }>

/** Two readings of one film find the places of its picture within some steps of each other. */
const sharedMin = 0.9

/** Frames of a copy that are looked for among those that are banked: enough to tell a resized copy. */
const soughtFramesMax = 64
const knownShareMin = 0.9

/**
 * The stretch of a found film that its match recognised, from 0 on; undefined where it cannot be told, or has next
 * to nothing to see. A film that was recognised by a still alone is taken whole where a person has said that it is
 * the same, and else not at all: one shared frame says nothing of the others.
 */
export function recognisedFilm(
  found: FoundFilm,
  match: Pick<MatchRow, 'explanation' | 'decided_by'>,
): VideoFingerprint | undefined {
  const copy = match.explanation !== null && 'film' in match.explanation ? match.explanation : undefined
  if (copy === undefined && match.decided_by === null) return undefined
  const frames = copy === undefined ? found.frames : framesIn(found, copy.film.window)
  const [fromMs, toMs] =
    copy === undefined ? [0, found.durationMs] : [copy.film.run.bFromMs, copy.film.run.bToMs]
  const cut = frames
    .flatMap(frame => within(frame, fromMs, toMs))
    // A shot that had begun before the stretch may end with its first millisecond.
    .filter((frame, at, all) => frame.atMs !== all[at + 1]?.atMs)
  const good = cut.filter(frame => frame.quality >= qualityMin)
  // A title card or a logo is shared by films that have nothing else in common.
  return good.length < foundFramesMin ? undefined : videoFingerprint(cut, Math.max(1, toMs - fromMs))
}

/** The frames of the place where a film was recognised. */
function framesIn(found: FoundFilm, window: FilmCopy['film']['window']): readonly FilmFrame[] {
  if (window.w * window.h === 1) return found.frames
  return found.parts?.find(part => sharedBy(part.window, window) >= sharedMin)?.frames ?? []
}

/** What two places share, of what they cover together. */
function sharedBy(one: Window, other: Window): number {
  const w = Math.min(one.x + one.w, other.x + other.w) - Math.max(one.x, other.x)
  const h = Math.min(one.y + one.h, other.y + other.h) - Math.max(one.y, other.y)
  const shared = Math.max(0, w) * Math.max(0, h)
  return shared / (one.w * one.h + other.w * other.h - shared)
}

function within(frame: FilmFrame, fromMs: number, toMs: number): FrameFingerprint[] {
  const lastMs = frame.untilMs ?? frame.atMs
  if (lastMs < fromMs || frame.atMs > toMs) return []
  const atMs = Math.round(Math.max(0, frame.atMs - fromMs))
  const untilMs = Math.round(Math.min(toMs, lastMs) - fromMs)
  const made = { atMs, hash: frame.hashes.identity as Fingerprint, quality: frame.quality }
  return [untilMs > atMs ? { ...made, untilMs } : made]
}

/** Whether nine of ten frames of a film hardly differ from a banked one's: as a copy of it adds little to the bank. */
export function isBanked(film: VideoFingerprint, banked: VideoFingerprint, bitsMax: number): boolean {
  const good = film.frames.filter(frame => frame.quality >= qualityMin)
  const known = banked.frames.map(frame => wordsOf(frame.hash))
  const sought = thinFrames(good, soughtFramesMax).map(frame => wordsOf(frame.hash))
  const found = sought.filter(one => known.some(other => distanceOfWords(one, other) <= bitsMax))
  return found.length >= sought.length * knownShareMin
}
