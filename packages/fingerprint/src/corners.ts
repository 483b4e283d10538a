/** A corner of a picture: place and strength in pixels of its level of the pyramid. */
export interface Corner {
  readonly x: number
  readonly y: number
  readonly strength: number
}

/** One level of the pyramid. */
export interface Level {
  readonly width: number
  readonly height: number
  readonly grey: Uint8Array
  /** Pixels of the first level that one pixel here spans. */
  readonly scale: number
}

/** Distance of a corner from the edge, so that its whole patch lies inside. */
export const patchReach = 16

const pyramidStep = 1.25
const levelsMax = 8

/** The picture and smaller ones, each 1.25 times smaller, by area mean; at most 8, none that cannot hold a patch. */
export function pyramid(grey: Uint8Array, width: number, height: number): Level[] {
  let last: Level = { width, height, grey, scale: 1 }
  const levels = [last]
  while (levels.length < levelsMax) {
    const scale = pyramidStep ** levels.length
    const [w, h] = [Math.round(width / scale), Math.round(height / scale)]
    if (Math.min(w, h) < patchReach * 2 + 8) break
    last = { width: w, height: h, grey: shrunk(last, w, h), scale: width / w }
    levels.push(last)
  }
  return levels
}

function shrunk(from: Level, w: number, h: number): Uint8Array {
  const grey = new Uint8Array(w * h)
  const [stepX, stepY] = [from.width / w, from.height / h]
  const columns = Int32Array.from({ length: w }, (_, x) => Math.floor(x * stepX))
  const shares = Float32Array.from({ length: w }, (_, x) => shareOf(x, stepX))
  for (let y = 0, at = 0; y < h; y++) {
    const row = Math.floor(y * stepY) * from.width
    const below = Math.min(row + from.width, (from.height - 1) * from.width)
    const down = shareOf(y, stepY)
    for (let x = 0; x < w; x++, at++) {
      const left = columns[x]!
      const right = Math.min(left + 1, from.width - 1)
      const share = shares[x]!
      const upper = from.grey[row + left]! * (1 - share) + from.grey[row + right]! * share
      const lower = from.grey[below + left]! * (1 - share) + from.grey[below + right]! * share
      grey[at] = upper * (1 - down) + lower * down + 0.5
    }
  }
  return grey
}

/** Weight of the second of the two pixels under a pixel of the smaller picture, whose centre lies between them. */
function shareOf(i: number, step: number): number {
  const centre = (i + 0.5) * step - 0.5
  return Math.max(0, Math.min(1, centre - Math.floor(i * step)))
}

/** The circle of 16 pixels at radius 3 (Rosten and Drummond, "Machine learning for high-speed corner detection"). */
const circle = [
  [0, -3],
  [1, -3],
  [2, -2],
  [3, -1],
  [3, 0],
  [3, 1],
  [2, 2],
  [1, 3],
  [0, 3],
  [-1, 3],
  [-2, 2],
  [-3, 1],
  [-3, 0],
  [-3, -1],
  [-2, -2],
  [-1, -3],
] as const

/** Pixels in a row on the circle that are all brighter or all darker. */
const arcMin = 9

/**
 * FAST-9 corners, the strongest of each 3 × 3 neighbourhood, strength by Harris' measure: FAST alone
 * also answers along edges, where a place is not certain.
 */
export function cornersOf(level: Level, threshold: number): Corner[] {
  const { width, height, grey } = level
  const offsets = Int32Array.from(circle, ([x, y]) => y * width + x)
  const strengths = new Float32Array(width * height)
  const found: number[] = []
  for (let y = patchReach; y < height - patchReach; y++) {
    for (let x = patchReach, at = y * width + x; x < width - patchReach; x++, at++) {
      if (!isCorner(grey, at, offsets, threshold)) continue
      const strength = harris(grey, width, at)
      if (strength <= 0) continue
      strengths[at] = strength
      found.push(at)
    }
  }
  const kept: Corner[] = []
  for (const at of found) {
    if (isStrongest(strengths, width, at))
      kept.push({ x: at % width, y: Math.floor(at / width), strength: strengths[at]! })
  }
  return kept
}

function isCorner(grey: Uint8Array, at: number, offsets: Int32Array, threshold: number): boolean {
  const bright = grey[at]! + threshold
  const dark = grey[at]! - threshold
  // Of four pixels a quarter turn apart an arc of nine holds at least two.
  let brighter = 0
  let darker = 0
  for (let i = 0; i < 16; i += 4) {
    const value = grey[at + offsets[i]!]!
    if (value > bright) brighter++
    else if (value < dark) darker++
  }
  if (brighter < 2 && darker < 2) return false
  let brightRun = 0
  let darkRun = 0
  for (let i = 0; i < 16 + arcMin - 1; i++) {
    const value = grey[at + offsets[i & 15]!]!
    brightRun = value > bright ? brightRun + 1 : 0
    darkRun = value < dark ? darkRun + 1 : 0
    if (brightRun >= arcMin || darkRun >= arcMin) return true
  }
  return false
}

/** det − 0.04 trace² of the gradients in 7 × 7 pixels (Harris and Stephens). */
function harris(grey: Uint8Array, width: number, at: number): number {
  let xx = 0
  let yy = 0
  let xy = 0
  for (let dy = -3; dy <= 3; dy++) {
    for (let k = at + dy * width - 3; k <= at + dy * width + 3; k++) {
      const gx = grey[k + 1]! - grey[k - 1]!
      const gy = grey[k + width]! - grey[k - width]!
      xx += gx * gx
      yy += gy * gy
      xy += gx * gy
    }
  }
  return xx * yy - xy * xy - 0.04 * (xx + yy) ** 2
}

function isStrongest(strengths: Float32Array, width: number, at: number): boolean {
  const here = strengths[at]!
  for (let dy = -width; dy <= width; dy += width) {
    for (let k = at + dy - 1; k <= at + dy + 1; k++) {
      const there = strengths[k]!
      if (there > here || (there === here && k < at)) return false
    }
  }
  return true
}

const cellsPerSide = 10

/**
 * The strongest corners, spread over the picture: each cell of a 10 × 10 grid gives its best in turn, so that a caption
 * or a frame of patterns cannot take all places.
 */
export function spread(corners: readonly Corner[], { width, height }: Level, count: number): Corner[] {
  const cells = Array.from({ length: cellsPerSide ** 2 }, (): Corner[] => [])
  for (const corner of corners) {
    const column = Math.floor((corner.x * cellsPerSide) / width)
    const row = Math.floor((corner.y * cellsPerSide) / height)
    cells[row * cellsPerSide + column]!.push(corner)
  }
  for (const cell of cells) cell.sort((a, b) => b.strength - a.strength)
  const kept: Corner[] = []
  for (let rank = 0; kept.length < count; rank++) {
    const round = cells
      .flatMap(cell => cell.slice(rank, rank + 1))
      .toSorted((a, b) => b.strength - a.strength)
    if (round.length === 0) break
    kept.push(...round.slice(0, count - kept.length))
  }
  return kept
}
