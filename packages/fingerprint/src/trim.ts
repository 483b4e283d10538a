import { wholeWindow, type Plane, type Window } from './plane.ts'

/** Steps of grey that JPEG noise may move a border of one colour. */
const borderStepsMax = 14
/** Share of a row that must have the border's colour. */
const borderShareMin = 0.985
/** What is left must be this much of each side; else the picture itself is of one colour. */
const leftMin = 0.15

/**
 * Cuts a border of one colour, any colour, each side for itself: frames, letterboxes, padding to a shape.
 * Undefined where there is none.
 */
export function trimmed(plane: Plane, within: Window = wholeWindow): Window | undefined {
  const box = boxOf(plane, within)
  const [top, bottom] = cut(plane, box, 'rows')
  const [left, right] = cut(plane, { ...box, top, bottom }, 'columns')
  const found = { left, top, right, bottom }
  const [w, h] = [right - left, bottom - top]
  if (w < leftMin * (box.right - box.left) || h < leftMin * (box.bottom - box.top)) return undefined
  const isWhole = left - box.left + (top - box.top) + (box.right - right) + (box.bottom - bottom) < 2
  return isWhole ? undefined : windowOf(plane, found)
}

/** A box in pixels of the plane; right and bottom are outside. */
interface Box {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

function boxOf({ width, height }: Plane, window: Window): Box {
  return {
    left: Math.round(window.x * width),
    top: Math.round(window.y * height),
    right: Math.round((window.x + window.w) * width),
    bottom: Math.round((window.y + window.h) * height),
  }
}

function windowOf({ width, height }: Plane, { left, top, right, bottom }: Box): Window {
  return { x: left / width, y: top / height, w: (right - left) / width, h: (bottom - top) / height }
}

function cut(plane: Plane, box: Box, axis: 'rows' | 'columns'): [number, number] {
  const [from, to] = axis === 'rows' ? [box.top, box.bottom] : [box.left, box.right]
  let first = from
  const opening = levelOf(plane, box, axis, from)
  while (first < to && isBorder(plane, box, axis, first, opening)) first++
  let last = to
  const closing = levelOf(plane, box, axis, to - 1)
  while (last > first && isBorder(plane, box, axis, last - 1, closing)) last--
  // The line between border and picture is half of each after JPEG: it is left out too.
  if (first > from && first < last) first++
  if (last < to && first < last) last--
  return [first, last]
}

/** The line at `at`: where it begins in the grey, how long it is, and the step along it. */
function lineAt(plane: Plane, box: Box, axis: 'rows' | 'columns', at: number): [number, number, number] {
  return axis === 'rows'
    ? [at * plane.width + box.left, box.right - box.left, 1]
    : [box.top * plane.width + at, box.bottom - box.top, plane.width]
}

function levelOf(plane: Plane, box: Box, axis: 'rows' | 'columns', at: number): number {
  const [from, length, step] = lineAt(plane, box, axis, at)
  const line = Uint8Array.from({ length }, (_, i) => plane.grey[from + i * step]!).sort()
  return line[length >> 1] ?? 0
}

function isBorder(plane: Plane, box: Box, axis: 'rows' | 'columns', at: number, level: number): boolean {
  const [from, length, step] = lineAt(plane, box, axis, at)
  let off = 0
  for (let i = 0; i < length; i++) {
    if (Math.abs(plane.grey[from + i * step]! - level) > borderStepsMax) off++
  }
  return off <= (1 - borderShareMin) * length
}

/** Seams kept per axis; a phone's page has status bar, title, picture and text: four to six. */
const seamsMax = 6
const seamScoreMin = 0.16
/** Steps of grey across a seam that count. */
const seamSteps = 9
/** Parts of a page that are offered, the surest first. */
const partsMax = 20
const partSideMin = 0.12
const partAreaMin = 0.05

interface Seam {
  readonly at: number
  readonly score: number
}

/**
 * Parts of a page, a screen or a collage, or the sharp middle over its own blurred copy: rectangles whose sides are
 * seams, straight lines along which the picture changes for the whole width or height. The surest first, at most 20.
 */
export function parts(plane: Plane): Window[] {
  const whole = boxOf(plane, wholeWindow)
  const found = new Map<string, { box: Box; score: number }>()
  const offer = (box: Box, score: number) => {
    const [w, h] = [box.right - box.left, box.bottom - box.top]
    if (w < partSideMin * plane.width || h < partSideMin * plane.height) return
    const area = (w * h) / (plane.width * plane.height)
    if (area < partAreaMin || area > 0.98) return
    const key = `${box.left} ${box.top} ${box.right} ${box.bottom}`
    if ((found.get(key)?.score ?? -1) < score) found.set(key, { box, score })
  }
  // Bands between two seams of one axis, then the seams of the other axis inside of each band.
  for (const axis of ['rows', 'columns'] as const) {
    const other = axis === 'rows' ? 'columns' : 'rows'
    for (const band of stretches(plane, whole, axis)) {
      offer(band.box, band.score + edgeScore * 2)
      for (const part of stretches(plane, band.box, other)) offer(part.box, band.score + part.score)
    }
  }
  return [...found.values()]
    .toSorted((a, b) => b.score - a.score)
    .slice(0, partsMax)
    .map(({ box }) => windowOf(plane, box))
}

/** What an edge of the picture counts as a side of a part: less than a seam. */
const edgeScore = 0.3

/** The best stretches between two seams, or a seam and an edge; at most 8. */
function stretches(plane: Plane, box: Box, axis: 'rows' | 'columns'): { box: Box; score: number }[] {
  const [from, to] = axis === 'rows' ? [box.top, box.bottom] : [box.left, box.right]
  const sides = [{ at: from, score: edgeScore }, ...seams(plane, box, axis), { at: to, score: edgeScore }]
  const made = []
  for (let i = 0; i < sides.length; i++) {
    for (let k = i + 1; k < sides.length; k++) {
      const [a, b] = [sides[i]!, sides[k]!]
      if (a.at === from && b.at === to) continue
      if (b.at - a.at < (to - from) * partSideMin) continue
      const score = a.score + b.score
      made.push({
        box: axis === 'rows' ? { ...box, top: a.at, bottom: b.at } : { ...box, left: a.at, right: b.at },
        score,
      })
    }
  }
  return made.toSorted((a, b) => b.score - a.score).slice(0, 8)
}

/** Lines along which most of the picture changes, beyond what changes just beside; in order of place. */
function seams(plane: Plane, box: Box, axis: 'rows' | 'columns'): Seam[] {
  const [from, to] = axis === 'rows' ? [box.top, box.bottom] : [box.left, box.right]
  const changing = new Float64Array(to - from)
  for (let at = from + 1; at < to; at++) changing[at - from] = changingShare(plane, box, axis, at)
  const found: Seam[] = []
  for (let i = 3; i < changing.length - 3; i++) {
    const score = changing[i]! - surroundings(changing, i)
    if (score >= seamScoreMin) found.push({ at: from + i, score })
  }
  const kept: Seam[] = []
  for (const seam of found.toSorted((a, b) => b.score - a.score)) {
    if (kept.length === seamsMax) break
    if (kept.every(({ at }) => Math.abs(at - seam.at) > 4)) kept.push(seam)
  }
  return kept.toSorted((a, b) => a.at - b.at)
}

/** Share of the line whose pixels differ from those before the line by more than a few steps, in one direction mostly or not. */
function changingShare(plane: Plane, box: Box, axis: 'rows' | 'columns', at: number): number {
  const [from, length, step] = lineAt(plane, box, axis, at)
  const back = axis === 'rows' ? plane.width : 1
  let changing = 0
  for (let i = 0; i < length; i++) {
    const here = from + i * step
    if (Math.abs(plane.grey[here]! - plane.grey[here - back]!) > seamSteps) changing++
  }
  return changing / length
}

/** The busier side's typical share of change, three to eight lines away. */
function surroundings(changing: Float64Array, i: number): number {
  const near: number[] = []
  for (let k = 3; k <= 8; k++) near.push(changing[i - k] ?? 0, changing[i + k] ?? 0)
  near.sort((a, b) => a - b)
  return near[7]!
}
