import { complement, type Fingerprint } from './fingerprint.ts'
import { turns, type Turn } from './frequencies.ts'
import { dihedral } from './pdq.ts'
import type { Pixels } from './pixels.ts'
import { emptiness, planeOf, sampled, wholeWindow, type Plane, type Window } from './plane.ts'
import { parts, trimmed } from './trim.ts'
import { centred, centreShares, innerShare, sideWindows, smallAngles } from './windows.ts'

/** What was done to the queried picture before it was hashed. */
export const formNames = ['whole', 'trimmed', 'part', 'cut', 'turned-back', 'turned-inside'] as const
export type FormName = (typeof formNames)[number]

/** One fingerprint to look up for a queried picture, and how it was made. */
export interface QueryForm {
  readonly form: FormName
  readonly turn: Turn
  readonly isNegative: boolean
  /** The part of the queried picture that was hashed. */
  readonly window: Window
  /** Degrees it was turned back by before hashing. */
  readonly angle: number
  readonly hash: Fingerprint
  readonly quality: number
  /** Mostly empty, as a page, a screen or a template is: such a form needs more evidence. */
  readonly isEmpty: boolean
}

/** `base`: the whole, trimmed, and parts of a page. `wide`: also cuts, halves, quarters and small rotations. */
export type FormLevel = 'base' | 'wide'

/** Share of empty samples from which a form counts as a page, a screen or a template. */
const emptyMin = 0.5

/** A part of less quality is not looked up: it lies near other dull parts. */
const partQualityMin = 50

/**
 * The fingerprints to look up for one picture, in eight turns each, the negative of whole and trimmed ones too.
 * About 100 (`base`) to 650 (`wide`); the whole comes first and is there whatever its quality.
 * @throws RangeError when width, height, channels and bytes do not fit together
 */
export function queryForms(pixels: Pixels, level: FormLevel = 'base'): QueryForm[] {
  const plane = planeOf(pixels)
  const whole = dihedral(pixels)
  const made = eight(
    'whole',
    { window: wholeWindow, angle: 0 },
    whole,
    isEmptyPart(sampled(plane, { window: wholeWindow, angle: 0 })),
    true,
  )
  for (const { form, window, angle } of places(plane, level)) {
    const part = sampled(plane, { window, angle })
    const hashed = dihedral(part)
    if (hashed.quality < partQualityMin) continue
    made.push(...eight(form, { window, angle }, hashed, isEmptyPart(part), form === 'trimmed'))
  }
  return made
}

function isEmptyPart(part: Pixels): boolean {
  return emptiness(part) > emptyMin
}

function eight(
  form: FormName,
  place: { window: Window; angle: number },
  { hashes, quality }: ReturnType<typeof dihedral>,
  isEmpty: boolean,
  withNegative: boolean,
): QueryForm[] {
  const made: QueryForm[] = turns.map(turn => ({
    form,
    turn,
    isNegative: false,
    ...place,
    hash: hashes[turn],
    quality,
    isEmpty,
  }))
  if (!withNegative) return made
  return [...made, ...made.map(one => ({ ...one, isNegative: true, hash: complement(one.hash) }))]
}

interface Place {
  readonly form: FormName
  readonly window: Window
  readonly angle: number
}

function places(plane: Plane, level: FormLevel): Place[] {
  const upright = (form: FormName, windows: readonly Window[]) =>
    windows.map(window => ({ form, window, angle: 0 }))
  const base = [...upright('trimmed', trims(plane)), ...upright('part', parts(plane))]
  if (level === 'base') return base
  return [...base, ...upright('cut', cuts), ...turnedBack(plane), ...turnedInside(plane)]
}

/** A border inside a border (a frame within a letterbox): cut up to three times. */
function trims(plane: Plane): Window[] {
  const found: Window[] = []
  for (let window = trimmed(plane); window && found.length < 3; window = trimmed(plane, window))
    found.push(window)
  return found
}

/** Halves, thirds and quarters for collages; about the centre and from one side for what was added around. */
const cuts: readonly Window[] = [
  ...[0, 1 / 2].flatMap(x => [
    { x, y: 0, w: 1 / 2, h: 1 },
    { x: 0, y: x, w: 1, h: 1 / 2 },
    ...[0, 1 / 2].map(y => ({ x, y, w: 1 / 2, h: 1 / 2 })),
  ]),
  ...[0, 1 / 3, 2 / 3].flatMap(at => [
    { x: at, y: 0, w: 1 / 3, h: 1 },
    { x: 0, y: at, w: 1, h: 1 / 3 },
  ]),
  ...centreShares.map(centred),
  ...sideWindows(),
]

/** The picture was turned by a few degrees and its canvas grown, corners of one colour: the way back. */
function turnedBack({ width, height }: Plane): Place[] {
  const made: Place[] = []
  for (const angle of smallAngles) {
    const turn = (Math.abs(angle) * Math.PI) / 180
    const [cos, sin] = [Math.cos(turn), Math.sin(turn)]
    const [w, h] = [width * cos - height * sin, height * cos - width * sin].map(
      side => side / (cos * cos - sin * sin),
    )
    if (w! < width / 3 || h! < height / 3) continue
    const window = { x: (1 - w! / width) / 2, y: (1 - h! / height) / 2, w: w! / width, h: h! / height }
    made.push({ form: 'turned-back', window, angle })
  }
  return made
}

/** The picture was turned and its corners cut away: the largest upright part within, a centre crop of the stored one. */
function turnedInside(plane: Plane): Place[] {
  return smallAngles.map(angle => ({
    form: 'turned-inside',
    window: centred(innerShare(plane, angle)),
    angle,
  }))
}
