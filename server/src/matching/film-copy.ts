/**
 * How a found film is a copy of a banked one: from where to where, how fast, turned, in which part of its picture.
 *
 * @module
 */
import {
  comparePictureWithVideo,
  qualityMin,
  stepwiseMatcher,
  turns,
  turnWords,
  type AlignedRun,
  type Fingerprint,
  type Turn,
  type VideoComparison,
  type VideoFingerprint,
  type Verdict,
  type Window,
  type Words,
} from '@jikimi/fingerprint'
import type { FilmFrame } from '#platform/film'
import type { Banked } from './bank.ts'
import type { MediaFingerprint } from './fingerprint-media.ts'
import type { Explanation } from './schema.ts'

/** What is kept of a likeness of two films, for the officer's page. */
export interface FilmCopy {
  readonly film: {
    readonly turn: Turn
    /** The part of the found film's picture; the whole where it fills it. */
    readonly window: Window
    /** `a` is the banked film, `b` the found one. */
    readonly run: AlignedRun
  }
}

/** What a comparison with one turn of one part says. */
export interface FilmLikeness {
  readonly verdict: Verdict
  readonly distance: number
  readonly quality: number
  readonly turn: Turn
  readonly share: number | null
  readonly atMs: number
  readonly explanation: FilmCopy | null
}

type FoundFilm = Extract<MediaFingerprint, { kind: 'video' }>

/** Films beside others are shown upright, or mirrored; all eight turns would take four times as long. */
const partTurns: readonly Turn[] = ['identity', 'flipY']

const wholeWindow: Window = { x: 0, y: 0, w: 1, h: 1 }

/** A comparison of one banked fingerprint with one turn of one part of a found film. */
export interface FilmStep {
  /** What it costs: frames of both sides. */
  readonly frames: number
  compare(): Generator<undefined, FilmLikeness>
}

/** The comparisons with a found film, whole and in its parts, in all turns: the likeliest first. */
export function filmSteps(banked: Banked, found: FoundFilm): FilmStep[] {
  return partsOf(found).map(({ window, turn, video }) => {
    if (banked.kind === 'video')
      return {
        frames: banked.video.frames.length + video.frames.length,
        // What is prepared for a comparison takes megabytes: it is not kept from one to the next.
        *compare() {
          return ofFilms(yield* stepwiseMatcher(banked.video)(video), window, turn)
        },
      }
    const { picture } = banked
    return {
      frames: 1 + video.frames.length,
      *compare() {
        yield
        const { verdict, distance, quality, atMs } = comparePictureWithVideo(picture, video)
        return { verdict, distance, quality, turn, share: null, atMs, explanation: null }
      },
    }
  })
}

/** What a film is looked up by: its good frames, whole in all turns, in its parts upright and mirrored. */
export function filmHashes({ frames, parts = [] }: FoundFilm): Fingerprint[] {
  const isGood = (frame: FilmFrame) => frame.quality >= qualityMin
  return [
    ...frames.filter(isGood).flatMap(({ hashes }) => Object.values(hashes) as Fingerprint[]),
    ...parts
      .flatMap(part => part.frames)
      .filter(isGood)
      .flatMap(({ hashes }) => partTurns.map(turn => hashes[turn] as Fingerprint)),
  ]
}

function ofFilms(comparison: VideoComparison, window: Window, turn: Turn): FilmLikeness {
  const { verdict, best, aInB, bInA, run } = comparison
  return {
    verdict,
    distance: best.distance,
    quality: best.quality,
    turn,
    share: Math.max(aInB, bInA),
    atMs: run === undefined ? best.bAtMs : run.bFromMs,
    explanation: run === undefined ? null : { film: { turn, window, run } },
  }
}

interface FoundPart {
  readonly window: Window
  readonly turn: Turn
  readonly video: VideoFingerprint
}

/** One found film meets many banked fingerprints: what is read of it is read once. */
const readParts = new WeakMap<FoundFilm, readonly FoundPart[]>()

/** Upright and mirrored first, whole and in parts; then the turns that few take the trouble to make. */
function partsOf(found: FoundFilm): readonly FoundPart[] {
  const known = readParts.get(found)
  if (known !== undefined) return known
  const part = (window: Window, frames: readonly FilmFrame[], inTurns: readonly Turn[]) =>
    inTurns
      .filter(() => frames.length > 0)
      .map(turn => ({ window, turn, video: turned(frames, found.durationMs, turn) }))
  const others = turns.filter(turn => !partTurns.includes(turn))
  const parts = [
    ...part(wholeWindow, found.frames, partTurns),
    ...(found.parts ?? []).flatMap(({ window, frames }) => part(window, frames, partTurns)),
    ...part(wholeWindow, found.frames, others),
  ]
  readParts.set(found, parts)
  return parts
}

function turned(frames: readonly FilmFrame[], durationMs: number, turn: Turn): VideoFingerprint {
  const made = frames.map(({ atMs, untilMs, quality, hashes }) => ({
    atMs,
    quality,
    hash: hashes[turn] as Fingerprint,
    ...(untilMs === undefined ? {} : { untilMs }),
  }))
  return { durationMs, frames: made }
}

/** The same for the officer's page, in words. */
export function filmExplanation({ film: { turn, window, run } }: FilmCopy): Explanation {
  const isWhole = window.w * window.h === 1
  const said = [runWords(run), ...turnWords(turn), ...speedWords(run.speed), ...partWords(window)]
  const sentence = {
    ko: said.map(({ ko }) => ko).join(', '),
    en: said.map(({ en }) => en).join(', '),
  }
  return { form: isWhole ? 'whole' : 'part', window, angle: 0, isNegative: false, places: null, sentence }
}

function runWords({ aFromMs, aToMs, bFromMs, bToMs, frames }: AlignedRun): Words {
  const [a, b] = [`${clock(aFromMs)}–${clock(aToMs)}`, `${clock(bFromMs)}–${clock(bToMs)}`]
  return {
    ko: `찾은 영상의 ${b} 구간이 원본의 ${a} 구간과 이어짐(서로 다른 장면 ${frames}개 일치)`,
    en: `${b} of the found video runs along ${a} of the known one (${frames} different frames agree)`,
  }
}

/** What a frame's own spacing may feign: two samples of a short clip lie some per cent apart. */
const speedStepMin = 0.02

function speedWords(speed: number): Words[] {
  const percent = Math.round(Math.abs(speed - 1) * 100)
  if (Math.abs(speed - 1) < speedStepMin) return []
  return speed > 1
    ? [{ ko: `약 ${percent} % 빠르게 재생됨`, en: `about ${percent} % faster` }]
    : [{ ko: `약 ${percent} % 느리게 재생됨`, en: `about ${percent} % slower` }]
}

function partWords({ w, h }: Window): Words[] {
  const percent = Math.round(w * h * 100)
  if (percent >= 100) return []
  return [
    {
      ko: `화면의 일부(${percent} %)에 나옴: 테두리가 있거나 다른 영상과 함께 있음`,
      en: `shown in ${percent} % of the picture: with a border, or beside another video`,
    },
  ]
}

/** What of a film was not looked at. */
export function leftOutWords(uncompared: number, isPartial: boolean): Words {
  const said = [
    ...(isPartial
      ? [
          {
            ko: '시간이 부족하거나 파일이 손상되어 영상을 끝까지 읽지 못했습니다. 일부 장면만 비교했거나 비교하지 못한 영상이 있을 수 있으니 직접 확인해 주세요.',
            en: 'Not every video could be read to its end, for want of time or because its file is damaged. Some were compared by some of their frames, or not at all: please look yourself.',
          },
        ]
      : []),
    ...(uncompared > 0
      ? [
          {
            ko: `영상이 길거나 많아 ${uncompared}가지 비교를 하지 못했습니다. 뒤집거나 돌린 복사본은 놓쳤을 수 있으니 직접 확인해 주세요.`,
            en: `Films are long or many: ${uncompared} comparisons were not made. A turned or mirrored copy may have been missed: please look yourself.`,
          },
        ]
      : []),
  ]
  return { ko: said.map(({ ko }) => ko).join(' '), en: said.map(({ en }) => en).join(' ') }
}

/** Hours, minutes and seconds, as a player shows them. */
function clock(ms: number): string {
  const seconds = Math.round(ms / 1000)
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  return parts.map(part => String(part).padStart(2, '0')).join(':')
}
