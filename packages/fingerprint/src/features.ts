import { cornersOf, patchReach, pyramid, spread, type Corner, type Level } from './corners.ts'
import type { Pixels } from './pixels.ts'
import { emptiness, planeOf, sampled, wholeWindow } from './plane.ts'

/**
 * Local features of a picture: corners at several scales, each with 256 comparisons of grey around it (after Rublee and
 * others, "ORB", 2011, with our own pattern). They say whether two pictures show the same scene content, cut, turned, mirrored or
 * covered in part. From them the edges and shapes of the picture can be partly drawn again: personal data, like the picture.
 */
export interface Features {
  /** Size of the working copy that the places refer to, at most 512. */
  readonly width: number
  readonly height: number
  readonly count: number
  readonly x: Float32Array
  readonly y: Float32Array
  /** Orientation in 1/30 of a turn. */
  readonly angle: Uint8Array
  /** Pixels of the working copy per pixel of the level where the corner was found: 1 to 4.8. */
  readonly scale: Float32Array
  /** Eight words for each. */
  readonly words: Uint32Array
  /** Share of the picture that is empty, 0 to 1: pages and screens that share a template need more evidence. */
  readonly emptiness: number
}

/** Features kept of a picture. */
export const featuresMax = 400

/** Steps of grey of a corner; the second is for pictures that gave few with the first. */
const thresholds = [14, 6] as const
const enough = 200

/**
 * The features of a picture, at most 400, in about 50 ms at 512 pixels.
 * @throws RangeError when width, height, channels and bytes do not fit together
 */
export function featuresOf(pixels: Pixels): Features {
  const plane = planeOf(pixels)
  const { grey, width, height } = plane
  const levels = pyramid(grey, width, height)
  const found = detect(levels, thresholds[0])
  const count = found.reduce((sum, { corners }) => sum + corners.length, 0)
  const described = describedAll(count >= enough ? found : detect(levels, thresholds[1]), width, height)
  return { ...described, emptiness: emptiness(sampled(plane, { window: wholeWindow, angle: 0 })) }
}

interface LevelCorners {
  readonly level: Level
  readonly corners: readonly Corner[]
}

/** Each level gets its share of the places by its area's root: small levels keep what blur and reduction leave. */
function detect(levels: readonly Level[], threshold: number): LevelCorners[] {
  const total = levels.reduce((sum, { scale }) => sum + 1 / scale, 0)
  return levels.map(level => {
    const quota = Math.floor(featuresMax / level.scale / total)
    return { level, corners: spread(cornersOf(level, threshold), level, quota) }
  })
}

function describedAll(
  found: readonly LevelCorners[],
  width: number,
  height: number,
): Omit<Features, 'emptiness'> {
  const count = found.reduce((sum, { corners }) => sum + corners.length, 0)
  const made = {
    width,
    height,
    count,
    x: new Float32Array(count),
    y: new Float32Array(count),
    angle: new Uint8Array(count),
    scale: new Float32Array(count),
    words: new Uint32Array(count * 8),
  }
  let i = 0
  for (const { level, corners } of found) {
    const smooth = smoothed(level)
    for (const { x, y } of corners) {
      const at = y * level.width + x
      made.x[i] = (x + 0.5) * level.scale
      made.y[i] = (y + 0.5) * level.scale
      made.scale[i] = level.scale
      made.angle[i] = orientation(level, at)
      describe(smooth, level.width, at, made.angle[i]!, made.words.subarray(i * 8, i * 8 + 8))
      i++
    }
  }
  return made
}

/** Mean of 5 × 5 pixels: single pixels are noise. */
function smoothed({ grey, width, height }: Level): Uint8Array {
  const rows = new Uint16Array(grey.length)
  for (let y = 0; y < height; y++) {
    for (let x = 2, at = y * width + 2; x < width - 2; x++, at++) {
      rows[at] = grey[at - 2]! + grey[at - 1]! + grey[at]! + grey[at + 1]! + grey[at + 2]!
    }
  }
  const made = new Uint8Array(grey.length)
  for (let at = 2 * width; at < grey.length - 2 * width; at++) {
    made[at] =
      (rows[at - 2 * width]! + rows[at - width]! + rows[at]! + rows[at + width]! + rows[at + 2 * width]!) / 25
  }
  return made
}

/** Steps of a full turn. Even, so that a mirrored and an inverted corner have a step of their own. */
export const angleSteps = 30

const discReach = 14
const discRows = Array.from({ length: discReach * 2 + 1 }, (_, i) =>
  Math.floor(Math.sqrt(discReach ** 2 - (i - discReach) ** 2)),
)

/** The direction from the corner to the centre of brightness around it. */
function orientation({ grey, width }: Level, at: number): number {
  let mx = 0
  let my = 0
  for (let dy = -discReach; dy <= discReach; dy++) {
    const reach = discRows[dy + discReach]!
    const row = at + dy * width
    for (let dx = -reach; dx <= reach; dx++) {
      const value = grey[row + dx]!
      mx += dx * value
      my += dy * value
    }
  }
  return Math.round((Math.atan2(my, mx) / (2 * Math.PI)) * angleSteps + angleSteps) % angleSteps
}

/** Offsets of 256 pairs for each step: x, y, x, y. */
const patterns = makePatterns()

/**
 * 64 pairs, drawn once from a bell curve, and their images under the two mirrors and the half turn. So the
 * features of the mirrored and of the inverted picture follow from those of the picture by moving blocks of bits.
 */
function makePatterns(): Int8Array[] {
  const reach = patchReach - 3
  let state = 20260101
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
  const bell = () => (next() + next() + next() + next() - 2) * 11
  const point = (): [number, number] => {
    for (;;) {
      const [x, y] = [bell(), bell()]
      if (Math.hypot(x, y) <= reach) return [x, y]
    }
  }
  const pairs: [number, number, number, number][] = []
  while (pairs.length < 64) {
    const pair = [...point(), ...point()] as [number, number, number, number]
    if (Math.hypot(pair[0] - pair[2], pair[1] - pair[3]) > 4) pairs.push(pair)
  }
  const images = [
    [1, 1],
    [1, -1],
    [-1, -1],
    [-1, 1],
  ] as const
  const all = images.flatMap(([sx, sy]) =>
    pairs.map(([ax, ay, bx, by]) => [ax * sx, ay * sy, bx * sx, by * sy] as const),
  )
  return Array.from({ length: angleSteps }, (_, step) => {
    const [cos, sin] = [
      Math.cos((step * 2 * Math.PI) / angleSteps),
      Math.sin((step * 2 * Math.PI) / angleSteps),
    ]
    const turned = (x: number, y: number) => [Math.round(x * cos - y * sin), Math.round(x * sin + y * cos)]
    return Int8Array.from(all.flatMap(([ax, ay, bx, by]) => [...turned(ax, ay), ...turned(bx, by)]))
  })
}

function describe(smooth: Uint8Array, width: number, at: number, angle: number, words: Uint32Array): void {
  const pattern = patterns[angle]!
  for (let word = 0, k = 0; word < 8; word++) {
    let bits = 0
    for (let bit = 0; bit < 32; bit++, k += 4) {
      const a = smooth[at + pattern[k + 1]! * width + pattern[k]!]!
      const b = smooth[at + pattern[k + 3]! * width + pattern[k + 2]!]!
      if (a < b) bits |= 1 << bit
    }
    words[word] = bits
  }
}

/** The features of the mirrored picture (left and right changed), from those of the picture alone. */
export function mirrored(features: Features): Features {
  const half = angleSteps / 2
  return {
    ...features,
    x: features.x.map(x => features.width - x),
    angle: features.angle.map(angle => (half - angle + angleSteps) % angleSteps),
    words: moved(features.words, [2, 3, 0, 1, 6, 7, 4, 5], 0),
  }
}

/** The features of the inverted picture: its centres of brightness lie opposite, and every comparison is turned. */
export function inverted(features: Features): Features {
  return {
    ...features,
    angle: features.angle.map(angle => (angle + angleSteps / 2) % angleSteps),
    words: moved(features.words, [4, 5, 6, 7, 0, 1, 2, 3], 0xffffffff),
  }
}

function moved(words: Uint32Array, order: readonly number[], flip: number): Uint32Array {
  const made = new Uint32Array(words.length)
  for (let i = 0; i < words.length; i++) made[i] = words[(i & ~7) + order[i & 7]!]! ^ flip
  return made
}
