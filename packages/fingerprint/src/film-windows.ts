/**
 * Where in its picture a film may show another film: within a border, beside another one, in a corner. What is shown
 * moves, the sides of its place do not: lines along which neighbouring pixels differ in most frames.
 *
 * @module
 */
import { qualityMin } from './fingerprint.ts'
import { pdq } from './pdq.ts'
import { sampled, type Plane, type Window } from './plane.ts'

/** Steps of grey across a line that count. */
const lineSteps = 9
/** Share of the frames in which a pixel of a line must show them: some scenes are as dark as the border. */
const lineFramesMin = 0.6
/** Lines shorter than this share of the picture are no side of a part. */
const partSideMin = 0.12
/** A side must be a line for this share of its length. */
const sideShareMin = 0.8
const partAreaMin = 0.04
const partAreaMax = 0.98
/** Longest lines kept of each direction. */
const linesMax = 12
/** What a side counts that is the picture's own edge. */
const edgeScore = 0.3
/** Parts of one film that are hashed: a border, two halves, a corner. Each costs as much as the whole. */
export const filmWindowsMax = 4

/** A straight line of a picture, in pixels of its plane. */
interface Line {
  readonly at: number
  readonly from: number
  readonly to: number
  readonly isEdge: boolean
}

/**
 * The parts of a film that stand still while what they show moves, from a dozen frames spread over it, all of one size;
 * the surest first, at most four, none of them empty. Nothing for fewer than three frames.
 */
export function filmWindows(planes: readonly Plane[]): Window[] {
  const [first] = planes
  if (first === undefined || planes.length < 3) return []
  const { width, height } = first
  const same = planes.filter(plane => plane.width === width && plane.height === height)
  const columns = [...linesOf(same, 'columns'), edge(0, height), edge(width, height)]
  const rows = [...linesOf(same, 'rows'), edge(0, width), edge(height, width)]
  const kept: { window: Window; score: number }[] = []
  for (const one of boxesOf(columns, rows, width, height).toSorted((a, b) => b.score - a.score)) {
    if (kept.length === filmWindowsMax) break
    if (kept.some(other => overlap(one.window, other.window) > 0.85)) continue
    if (showsSomething(same, one.window)) kept.push(one)
  }
  return kept.map(({ window }) => window)
}

const edge = (at: number, length: number): Line => ({ at, from: 0, to: length, isEdge: true })

/** The lines of one direction that most frames have, the longest and clearest first. */
function linesOf(planes: readonly Plane[], direction: 'columns' | 'rows'): Line[] {
  const { width, height } = planes[0]!
  const [count, length] = direction === 'columns' ? [width, height] : [height, width]
  const [across, along] = direction === 'columns' ? [1, width] : [width, 1]
  const found: (Line & { readonly weight: number })[] = []
  const shows = new Uint8Array(length)
  for (let at = 1; at < count; at++) {
    shows.fill(0)
    for (const { grey } of planes) {
      for (let i = 0, pixel = at * across; i < length; i++, pixel += along)
        if (Math.abs(grey[pixel]! - grey[pixel - across]!) > lineSteps) shows[i]!++
    }
    const line = longestStretch(shows, planes.length * lineFramesMin)
    if (line.to - line.from < partSideMin * length) continue
    const weight = shows.subarray(line.from, line.to).reduce((sum, each) => sum + each, 0)
    found.push({ at, ...line, isEdge: false, weight })
  }
  const kept: Line[] = []
  for (const line of found.toSorted((a, b) => b.weight - a.weight)) {
    if (kept.length === linesMax) break
    // A blurred side shows on two or three lines: the clearest of them is where it lies.
    const isKnown = (other: Line) =>
      Math.abs(other.at - line.at) <= 3 && other.from < line.to && line.from < other.to
    if (!kept.some(isKnown)) kept.push(line)
  }
  return kept
}

/** Pixels in a row that are not on the line and do not end it: what lies on both sides is alike for a moment. */
const holeMax = 10

function longestStretch(shows: Uint8Array, framesMin: number): { from: number; to: number } {
  let best = { from: 0, to: 0 }
  let [from, on, hole] = [0, 0, 0]
  for (let i = 0; i <= shows.length; i++) {
    const isOn = i < shows.length && shows[i]! >= framesMin
    if (isOn) {
      if (on === 0) from = i
      on++
      hole = 0
    } else hole++
    if (on === 0 || (hole <= holeMax && i < shows.length)) continue
    const to = i - hole + 1
    if (to - from > best.to - best.from && on >= sideShareMin * (to - from)) best = { from, to }
    on = 0
  }
  return best
}

function boxesOf(columns: readonly Line[], rows: readonly Line[], width: number, height: number) {
  const boxes: { window: Window; score: number }[] = []
  for (const [left, right] of couples(columns, partSideMin * width)) {
    for (const [top, bottom] of couples(rows, partSideMin * height)) {
      const sides = [
        sideScore(left, top.at, bottom.at),
        sideScore(right, top.at, bottom.at),
        sideScore(top, left.at, right.at),
        sideScore(bottom, left.at, right.at),
      ]
      const area = ((right.at - left.at) * (bottom.at - top.at)) / (width * height)
      if (sides.includes(0) || area < partAreaMin || area > partAreaMax) continue
      const score = sides.reduce((sum, each) => sum + each, 0)
      boxes.push({ window: windowOf({ left, right, top, bottom }, width, height), score })
    }
  }
  return boxes
}

function couples(lines: readonly Line[], apartMin: number): [Line, Line][] {
  return lines.flatMap(one =>
    lines.filter(other => other.at - one.at >= apartMin).map((other): [Line, Line] => [one, other]),
  )
}

/** Share of the side that the line runs along; 0 where it is too little. */
function sideScore(line: Line, from: number, to: number): number {
  if (line.isEdge) return edgeScore
  const covered = (Math.min(line.to, to) - Math.max(line.from, from)) / (to - from)
  return covered >= sideShareMin ? covered : 0
}

function windowOf(
  { left, right, top, bottom }: Record<'left' | 'right' | 'top' | 'bottom', Line>,
  width: number,
  height: number,
): Window {
  const [w, h] = [right.at - left.at, bottom.at - top.at]
  return { x: left.at / width, y: top.at / height, w: w / width, h: h / height }
}

/** Shared area by joint area. */
function overlap(one: Window, other: Window): number {
  const w = Math.min(one.x + one.w, other.x + other.w) - Math.max(one.x, other.x)
  const h = Math.min(one.y + one.h, other.y + other.h) - Math.max(one.y, other.y)
  const shared = Math.max(0, w) * Math.max(0, h)
  return shared / (one.w * one.h + other.w * other.h - shared)
}

function showsSomething(planes: readonly Plane[], window: Window): boolean {
  const good = planes.filter(plane => pdq(sampled(plane, { window, angle: 0 })).quality >= qualityMin)
  return good.length >= planes.length / 2
}
