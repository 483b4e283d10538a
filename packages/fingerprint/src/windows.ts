import { qualityMin, type PictureFingerprint } from './fingerprint.ts'
import { pdq } from './pdq.ts'
import type { Pixels } from './pixels.ts'
import { emptiness, planeOf, sampled, wholeWindow, type Plane, type Window } from './plane.ts'

/** A part of a stored picture with its fingerprint: one row of the bank. */
export interface BankWindow extends PictureFingerprint {
  readonly window: Window
  /** Degrees the part was turned by before hashing; only `turned` has others than 0. */
  readonly angle: number
}

/**
 * How many parts of a stored picture are hashed: `light` 33, `same-aspect` 313, `free-aspect` 625,
 * `turned` 49 (`light` and 16 small rotations). A row is 32 bytes and a number.
 */
export const windowLevels = ['light', 'same-aspect', 'free-aspect', 'turned'] as const
export type WindowLevel = (typeof windowLevels)[number]

/** A part with more empty samples than this says too little about the picture that it was cut from. */
const emptinessMax = 0.6

/** The window itself and turned ones: what a level hashes, before the empty ones are left out. */
export interface Placed {
  readonly window: Window
  readonly angle: number
}

/**
 * The rows that a bank holds of one picture: the whole first, as `pdq` has it, then parts of it, so that a crop finds
 * one of them. Parts of low quality and empty parts are left out; the whole stays, whatever its quality.
 * Only for pictures one holds: the victim's device makes them where the picture is.
 * @throws RangeError when width, height, channels and bytes do not fit together
 */
export function bankWindows(pixels: Pixels, level: WindowLevel = 'light'): BankWindow[] {
  return windowsOfPlane(planeOf(pixels), pdq(pixels), level)
}

/** The same from a plane and the fingerprint of the whole, where the picture was read band by band. */
export function windowsOfPlane(
  plane: Plane,
  whole: PictureFingerprint,
  level: WindowLevel = 'light',
): BankWindow[] {
  const rows: BankWindow[] = [{ window: wholeWindow, angle: 0, ...whole }]
  for (const { window, angle } of placed(level, plane).slice(1)) {
    const part = sampled(plane, { window, angle })
    if (emptiness(part) > emptinessMax) continue
    const found = pdq(part)
    if (found.quality >= qualityMin) rows.push({ window, angle, ...found })
  }
  return rows
}

/** The places of a level, the whole first. The square depends on the picture's shape. */
export function placed(level: WindowLevel, plane: Pick<Plane, 'width' | 'height'>): Placed[] {
  const upright = (windows: readonly Window[]) => windows.map(window => ({ window, angle: 0 }))
  if (level === 'light') return upright(lightWindows(plane))
  if (level === 'same-aspect') return upright(sameAspectWindows(plane))
  if (level === 'free-aspect') return upright(freeAspectWindows)
  return [...upright(lightWindows(plane)), ...turnedWindows(plane)]
}

export const centreShares = [0.95, 0.9, 0.85, 0.8, 0.7, 0.6, 0.5] as const
const sideShares = [0.05, 0.1, 0.15, 0.2, 0.25, 0.33] as const

/** 1 whole, 7 about the centre, the central square, 24 with one side cut. */
function lightWindows(plane: Pick<Plane, 'width' | 'height'>): Window[] {
  return [wholeWindow, ...centreShares.map(centred), squareOf(plane), ...sideWindows()]
}

export function centred(share: number): Window {
  return { x: (1 - share) / 2, y: (1 - share) / 2, w: share, h: share }
}

/** The largest square in the middle; of a square picture, two thirds of it. */
function squareOf({ width, height }: Pick<Plane, 'width' | 'height'>): Window {
  const side = Math.min(width, height)
  if (Math.max(width, height) < side * 1.05) return centred(2 / 3)
  const [w, h] = [side / width, side / height]
  return { x: (1 - w) / 2, y: (1 - h) / 2, w, h }
}

export function sideWindows(): Window[] {
  return sideShares.flatMap(cut => [
    { x: cut, y: 0, w: 1 - cut, h: 1 },
    { x: 0, y: 0, w: 1 - cut, h: 1 },
    { x: 0, y: cut, w: 1, h: 1 - cut },
    { x: 0, y: 0, w: 1, h: 1 - cut },
  ])
}

/** 1 whole, 284 on a 5 % grid at 95 to 60 % of each side, 24 with one side cut, 3 smaller in the middle, the square. */
function sameAspectWindows(plane: Pick<Plane, 'width' | 'height'>): Window[] {
  const steps = (cuts: number) => Array.from({ length: cuts + 1 }, (_, i) => i * 0.05)
  const grid = [1, 2, 3, 4, 5, 6, 7, 8].flatMap(cuts =>
    steps(cuts).flatMap(y => steps(cuts).map(x => ({ x, y, w: 1 - cuts * 0.05, h: 1 - cuts * 0.05 }))),
  )
  return [wholeWindow, ...grid, ...sideWindows(), ...[0.55, 0.5, 0.4].map(centred), squareOf(plane)]
}

/** 25 stretches of each axis, 100 to 60 % on a 5 % grid, each with each. */
const freeAspectWindows: readonly Window[] = (() => {
  const stretches = [0, 2, 4, 6, 8].flatMap(cuts =>
    Array.from({ length: cuts + 1 }, (_, i) => [i * 0.05, 1 - cuts * 0.05] as const),
  )
  return stretches.flatMap(([y, h]) => stretches.map(([x, w]) => ({ x, y, w, h })))
})()

/** Degrees of the small rotations that are looked for: ±2 to ±16 in steps of 2, which is as far as a fingerprint reaches. */
export const smallAngles = [-16, -14, -12, -10, -8, -6, -4, -2, 2, 4, 6, 8, 10, 12, 14, 16] as const

/** What remains when the picture is turned and its empty corners are cut away, shape kept. */
function turnedWindows(plane: Pick<Plane, 'width' | 'height'>): Placed[] {
  return smallAngles.map(angle => ({ window: centred(innerShare(plane, angle)), angle }))
}

/** Share of each side of the largest part of equal shape that lies inside the turned picture. */
export function innerShare({ width, height }: Pick<Plane, 'width' | 'height'>, angle: number): number {
  const turn = (Math.abs(angle) * Math.PI) / 180
  const shape = Math.max(width, height) / Math.min(width, height)
  return 1 / (Math.cos(turn) + shape * Math.sin(turn))
}
