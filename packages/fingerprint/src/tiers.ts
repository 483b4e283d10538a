import { distanceOfWords, matchDistanceMax, qualityMin, wordsOf, type Fingerprint } from './fingerprint.ts'
import type { QueryForm } from './forms.ts'
import type { Turn } from './frequencies.ts'
import { profile } from './pixels.ts'
import type { Window } from './plane.ts'
import type { BankWindow } from './windows.ts'

/**
 * What a distance is worth. `strong` acts by itself. `review` goes to a person or to `verifyFeatures`.
 * `none` is no match.
 */
export type Tier = 'strong' | 'review' | 'none'

/**
 * Largest distance for a look. Of unrelated photographs none came under 80; what lies between is for a person
 * or for the verifier. Lists that were made by others are searched up to `reviewDistanceMax` of the plain comparison.
 */
export const tierReviewMax = 60

/** A page, a screen or a template: less may differ, since what repeats in all such pictures agrees already. */
export const emptyStrongMax = 23
export const emptyReviewMax = 44

/** A part against a part: so many are tried (650 by 33) that chance alone comes nearer. */
export const partsReviewMax = 46

/** Blank, blurred or dark pictures lie near each other: only what is nearly equal is worth a look. */
const dullReviewMax = 15

/** Why a stored picture was found: how the query was read, what it was found in, and how near they lie. */
export interface Matched {
  readonly tier: Exclude<Tier, 'none'>
  readonly distance: number
  readonly quality: number
  readonly profile: string
  readonly query: Pick<QueryForm, 'form' | 'turn' | 'isNegative' | 'window' | 'angle' | 'isEmpty'>
  readonly stored: Pick<BankWindow, 'window' | 'angle'>
}

/**
 * The tier of one comparison. Of low quality on either side (blank, blurred, dark) nothing is strong and only what is
 * nearly equal is reviewed; mostly empty queries need a smaller distance; so does a part against a part.
 */
export function tierOf(
  distance: number,
  query: Pick<QueryForm, 'form' | 'quality' | 'isEmpty'>,
  stored: Pick<BankWindow, 'window' | 'quality'>,
): Tier {
  const isDull = query.quality < qualityMin || stored.quality < qualityMin
  if (isDull) return distance <= dullReviewMax ? 'review' : 'none'
  const isPart = query.form !== 'whole' && query.form !== 'trimmed' && stored.window.w * stored.window.h < 1
  const [strong, widest] = query.isEmpty
    ? [emptyStrongMax, emptyReviewMax]
    : [matchDistanceMax, tierReviewMax]
  const review = isPart ? Math.min(partsReviewMax, widest) : widest
  return distance <= strong ? 'strong' : distance <= review ? 'review' : 'none'
}

/** The best comparison of all forms with all rows of one stored picture: by tier, then by distance. */
export function matchForms(forms: readonly QueryForm[], rows: readonly BankWindow[]): Matched | undefined {
  const stored = rows.map(row => ({ row, words: read(row) }))
  let best: Matched | undefined
  for (const form of forms) {
    const words = read(form)
    for (const { row, words: other } of stored) {
      const bits = distanceOfWords(words, other)
      if (bits > tierReviewMax) continue
      const tier = tierOf(bits, form, row)
      if (tier !== 'none' && isBetter(tier, bits, best)) best = matched(tier, bits, form, row)
    }
  }
  return best
}

/** Words of forms and rows, read from their text once: one query meets many pictures, and reading costs more than comparing. */
const known = new WeakMap<{ readonly hash: Fingerprint }, Uint32Array>()

function read(hashed: { readonly hash: Fingerprint }): Uint32Array {
  const words = known.get(hashed) ?? wordsOf(hashed.hash)
  known.set(hashed, words)
  return words
}

/** Strong before review, then the nearer; at a draw the earlier, plainer form stays. */
function isBetter(tier: Matched['tier'], bits: number, best: Matched | undefined): boolean {
  if (!best) return true
  return best.tier === tier ? bits < best.distance : tier === 'strong'
}

function matched(tier: Matched['tier'], distance: number, form: QueryForm, row: BankWindow): Matched {
  const { form: name, turn, isNegative, window, angle, isEmpty } = form
  return {
    tier,
    distance,
    quality: Math.min(form.quality, row.quality),
    profile,
    query: { form: name, turn, isNegative, window, angle, isEmpty },
    stored: { window: row.window, angle: row.angle },
  }
}

/** A sentence of the officer's page in both languages. */
export interface Words {
  readonly ko: string
  readonly en: string
}

/**
 * How the found picture differs from the stored one, in words: "mirrored, cropped 10 % on the left".
 * With the distance last, since an officer decides by what was done, not by bits.
 */
export function explain({ query, stored, distance, tier }: Matched): Words {
  const said = [
    ...(query.isNegative ? [negativeWords] : []),
    ...turnWords(query.turn),
    ...formWords(query),
    ...angleWords(query.angle - stored.angle),
    ...cropWords(stored.window),
  ]
  if (said.length === 0) said.push({ ko: '전체가 같음', en: 'the whole picture' })
  const end =
    tier === 'strong' ? { ko: '강한 일치', en: 'strong match' } : { ko: '확인 필요', en: 'needs a look' }
  return {
    ko: `${said.map(({ ko }) => ko).join(', ')} (${end.ko}, 256비트 중 ${distance}비트 차이)`,
    en: `${said.map(({ en }) => en).join(', ')} (${end.en}, ${distance} of 256 bits differ)`,
  }
}

export const negativeWords: Words = { ko: '색이 뒤집힘(네거티브)', en: 'colours inverted' }
export const mirroredWords: Words = { ko: '좌우가 뒤집힘', en: 'mirrored' }

/** What was done to the copy; the turn of a form is the way back. */
const turned: Record<Turn, Words | undefined> = {
  identity: undefined,
  rotate90: { ko: '오른쪽으로 90° 돌아감', en: 'turned 90° to the right' },
  rotate180: { ko: '180° 돌아감', en: 'turned upside down' },
  rotate270: { ko: '왼쪽으로 90° 돌아감', en: 'turned 90° to the left' },
  flipX: { ko: '위아래가 뒤집힘', en: 'flipped top to bottom' },
  flipY: mirroredWords,
  flipPlus1: { ko: '좌우가 뒤집히고 90° 돌아감', en: 'mirrored and turned by 90°' },
  flipMinus1: { ko: '좌우가 뒤집히고 90° 돌아감', en: 'mirrored and turned by 90°' },
}

export function turnWords(turn: Turn): Words[] {
  const words = turned[turn]
  return words ? [words] : []
}

function formWords({ form, window }: Matched['query']): Words[] {
  const share = percent(window.w * window.h)
  if (form === 'trimmed') return [{ ko: '테두리가 붙음', en: 'a border was added' }]
  if (form === 'part') {
    return [{ ko: `화면이나 페이지의 일부(${share} %)`, en: `a part of a page or screen (${share} % of it)` }]
  }
  if (form === 'cut') {
    return [
      {
        ko: `다른 내용이 붙음(사진은 ${share} %)`,
        en: `other content was added (the picture is ${share} % of it)`,
      },
    ]
  }
  return []
}

export function angleWords(degrees: number): Words[] {
  const size = Math.round(Math.abs(degrees))
  if (size === 0) return []
  return [{ ko: `약 ${size}° 기울어짐`, en: `tilted by about ${size}°` }]
}

export function cropWords({ x, y, w, h }: Window): Words[] {
  const sides = [
    { share: x, ko: '왼쪽', en: 'on the left' },
    { share: 1 - x - w, ko: '오른쪽', en: 'on the right' },
    { share: y, ko: '위쪽', en: 'at the top' },
    { share: 1 - y - h, ko: '아래쪽', en: 'at the bottom' },
  ].filter(({ share }) => percent(share) > 0)
  if (sides.length === 0) return []
  return [
    {
      ko: `${sides.map(({ ko, share }) => `${ko} ${percent(share)} %`).join('·')} 잘림`,
      en: `cropped ${sides.map(({ en, share }) => `${percent(share)} % ${en}`).join(', ')}`,
    },
  ]
}

function percent(share: number): number {
  return Math.round(share * 100)
}
