import { bitCount } from './fingerprint.ts'
import { angleSteps, featuresOf, inverted, mirrored, type Features } from './features.ts'
import type { Pixels } from './pixels.ts'

/** x' = a x + b y + c, y' = d x + e y + f, in pixels of the two working copies (longer side at most 512). */
export type Transform = readonly [a: number, b: number, c: number, d: number, e: number, f: number]

/** Whether two pictures show the same picture, and how one lies in the other. */
export interface Verified {
  readonly isSame: boolean
  /** Features that agree in place, direction and size, each place counted once. */
  readonly inliers: number
  /** From the first picture (mirrored where `isMirrored`) into the second. */
  readonly transform: Transform | undefined
  readonly isMirrored: boolean
  readonly isNegative: boolean
  /** Fields of a 6 × 6 grid over the common part where features agree, and where both have some but none agree. */
  readonly agreeing: number
  readonly contradicting: number
}

/** Agreeing places that make two pictures the same. Of 100,000 unrelated pairs see ROBUSTNESS.md. */
export const inliersMin = 12
/** Fields where features agree: one logo or one button that two pages share is no copy. */
export const agreeingMin = 4
/** Agreeing share of all fields that can speak: pages made from one template agree at the rim only. */
export const agreeingShareMin = 0.62
/** The same where a picture is mostly empty, as pages, screens and chats are: what they share is a template first. */
export const agreeingShareMinOfEmpty = 0.85
const emptyMin = 0.5

/**
 * Compares two pictures that one holds, by their local features; neither is kept.
 * @throws RangeError when width, height, channels and bytes do not fit together
 */
export function verifySame(a: Pixels, b: Pixels): Verified {
  return verifyFeatures(featuresOf(a), featuresOf(b))
}

/** The same from features alone; tries the picture, its mirror, its negative and both. About 15 ms. */
export function verifyFeatures(a: Features, b: Features): Verified {
  let best: Verified | undefined
  for (const isMirrored of [false, true]) {
    const seen = isMirrored ? mirrored(a) : a
    for (const isNegative of [false, true]) {
      const found = { ...aligned(isNegative ? inverted(seen) : seen, b), isMirrored, isNegative }
      if (!best || rank(found) > rank(best)) best = found
      if (found.isSame && found.inliers >= certainMin) return found
    }
  }
  return best!
}

/** So many agreeing places that the other ways need not be tried. */
const certainMin = 30

function rank({ isSame, inliers }: Verified): number {
  return (isSame ? 1000 : 0) + inliers
}

type Alignment = Omit<Verified, 'isMirrored' | 'isNegative'>

const nothing: Alignment = { isSame: false, inliers: 0, transform: undefined, agreeing: 0, contradicting: 0 }

function aligned(a: Features, b: Features): Alignment {
  const pairs = matches(a, b)
  if (pairs.length < 4) return nothing
  const rough = roughly(a, b, pairs)
  if (!rough) return nothing
  let transform = rough
  let inliers = agreeing(a, b, pairs, transform, 12)
  for (const tolerance of [9, 7, 6]) {
    const finer = inliers.length >= 4 ? fitted(a, b, inliers) : undefined
    if (!finer || !isPlausible(finer)) break
    transform = finer
    inliers = agreeing(a, b, pairs, transform, tolerance)
  }
  const distinct = distinctPlaces(a, b, inliers)
  const fields = fieldsOf(a, b, inliers, transform)
  const shareMin = Math.max(a.emptiness, b.emptiness) > emptyMin ? agreeingShareMinOfEmpty : agreeingShareMin
  const isSame =
    distinct >= inliersMin &&
    fields.agreeing >= agreeingMin &&
    fields.agreeing >= shareMin * (fields.agreeing + fields.contradicting)
  return { isSame, inliers: distinct, transform, ...fields }
}

interface Pair {
  readonly i: number
  readonly k: number
}

/** Bits that a feature may differ from its match, and the share of the next best's that it must stay under (Lowe). */
const matchBitsMax = 72
const ratioMax = 0.86
/** A second corner nearer than this is the same corner on another level, no rival. */
const rivalPixels = 14

/** For each feature the nearest of the other picture, where no rival elsewhere is about as near. */
function matches(a: Features, b: Features): Pair[] {
  const found: Pair[] = []
  const bits = new Uint16Array(b.count)
  for (let i = 0; i < a.count; i++) {
    let best = 256
    let k = -1
    for (let j = 0; j < b.count; j++) {
      const differ = bitsBetween(a.words, i * 8, b.words, j * 8)
      bits[j] = differ
      if (differ < best) {
        best = differ
        k = j
      }
    }
    if (best > matchBitsMax) continue
    const [x, y] = [b.x[k]!, b.y[k]!]
    let rival = 256
    for (let j = 0; j < b.count; j++) {
      if (bits[j]! < rival && Math.abs(b.x[j]! - x) + Math.abs(b.y[j]! - y) > rivalPixels) rival = bits[j]!
    }
    if (best <= ratioMax * rival) found.push({ i, k })
  }
  return found
}

function bitsBetween(a: Uint32Array, i: number, b: Uint32Array, j: number): number {
  let bits = 0
  for (let w = 0; w < 8; w++) bits += bitCount(a[i + w]! ^ b[j + w]!)
  return bits
}

const triesMax = 1200

/** The similarity through two pairs that most others agree with; draws are seeded, so that an answer can be repeated. */
function roughly(a: Features, b: Features, pairs: readonly Pair[]): Transform | undefined {
  let state = 12345
  const draw = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return pairs[Math.floor((state / 2 ** 32) * pairs.length)]!
  }
  let best: Transform | undefined
  let most = 3
  // Enough tries to miss a set of that size once in a thousand (Fischler and Bolles).
  let tries = triesMax
  for (let n = 0; n < tries; n++) {
    const transform = through(a, b, draw(), draw())
    if (!transform) continue
    const count = agreeing(a, b, pairs, transform, 12).length
    if (count > most) {
      most = count
      best = transform
      const share = (most / pairs.length) ** 2
      tries = share >= 1 ? n : Math.min(triesMax, Math.ceil(Math.log(0.001) / Math.log(1 - share)))
    }
  }
  return best
}

/** Turning and scaling through two pairs, if directions and sizes of the corners say about the same. */
function through(a: Features, b: Features, p: Pair, q: Pair): Transform | undefined {
  const [ax, ay] = [a.x[q.i]! - a.x[p.i]!, a.y[q.i]! - a.y[p.i]!]
  const [bx, by] = [b.x[q.k]! - b.x[p.k]!, b.y[q.k]! - b.y[p.k]!]
  const length = ax * ax + ay * ay
  if (length < 400 || bx * bx + by * by < 100) return undefined
  const cos = (ax * bx + ay * by) / length
  const sin = (ax * by - ay * bx) / length
  const made: Transform = [
    cos,
    -sin,
    b.x[p.k]! - cos * a.x[p.i]! + sin * a.y[p.i]!,
    sin,
    cos,
    b.y[p.k]! - sin * a.x[p.i]! - cos * a.y[p.i]!,
  ]
  const motion = motionOf(made)
  return isPlausible(made) && fits(a, b, p, motion) && fits(a, b, q, motion) ? made : undefined
}

interface Motion {
  readonly scale: number
  readonly steps: number
}

function motionOf([a, b, , d, e]: Transform): Motion {
  const turn = Math.atan2(d - b, a + e)
  return { scale: Math.sqrt(Math.abs(a * e - b * d)), steps: (turn / (2 * Math.PI)) * angleSteps }
}

/** Direction within 30 degrees, size within two levels of the pyramid. */
function fits(a: Features, b: Features, { i, k }: Pair, { scale, steps }: Motion): boolean {
  let off = (b.angle[k]! - a.angle[i]! - steps) % angleSteps
  if (off < 0) off += angleSteps
  if (off > 2.5 && off < angleSteps - 2.5) return false
  const size = b.scale[k]! / (a.scale[i]! * scale)
  return size > 0.58 && size < 1.72
}

/** Pairs that the transform brings within `tolerance` pixels, with direction and size. */
function agreeing(
  a: Features,
  b: Features,
  pairs: readonly Pair[],
  transform: Transform,
  tolerance: number,
): Pair[] {
  const motion = motionOf(transform)
  const most = tolerance * tolerance
  const [p, q, r, s, t, u] = transform
  return pairs.filter(pair => {
    const [x, y] = [a.x[pair.i]!, a.y[pair.i]!]
    const dx = p * x + q * y + r - b.x[pair.k]!
    const dy = s * x + t * y + u - b.y[pair.k]!
    return dx * dx + dy * dy <= most && fits(a, b, pair, motion)
  })
}

/** No mirror, no more than six times larger or smaller, no more than 2.2 times longer one way than the other. */
function isPlausible([a, b, , d, e]: Transform): boolean {
  const det = a * e - b * d
  if (det < 1 / 36 || det > 36) return false
  const sum = a * a + b * b + d * d + e * e
  const larger = (sum + Math.sqrt(Math.max(0, sum * sum - 4 * det * det))) / 2
  return larger / det <= 2.2
}

/** The affine map of least squares. */
function fitted(a: Features, b: Features, pairs: readonly Pair[]): Transform | undefined {
  const n = pairs.length
  let [mx, my, mu, mv] = [0, 0, 0, 0]
  for (const { i, k } of pairs) {
    mx += a.x[i]! / n
    my += a.y[i]! / n
    mu += b.x[k]! / n
    mv += b.y[k]! / n
  }
  let [xx, xy, yy, xu, yu, xv, yv] = [0, 0, 0, 0, 0, 0, 0]
  for (const { i, k } of pairs) {
    const [x, y, u, v] = [a.x[i]! - mx, a.y[i]! - my, b.x[k]! - mu, b.y[k]! - mv]
    xx += x * x
    xy += x * y
    yy += y * y
    xu += x * u
    yu += y * u
    xv += x * v
    yv += y * v
  }
  const det = xx * yy - xy * xy
  if (det < 1e-6 * (xx + yy) ** 2) return undefined
  const [p, q] = [(xu * yy - yu * xy) / det, (yu * xx - xu * xy) / det]
  const [s, t] = [(xv * yy - yv * xy) / det, (yv * xx - xv * xy) / det]
  return [p, q, mu - p * mx - q * my, s, t, mv - s * mx - t * my]
}

/** Pairs counted once for each place of 10 pixels in either picture: one corner is found on several levels. */
function distinctPlaces(a: Features, b: Features, pairs: readonly Pair[]): number {
  const inA = new Set<number>()
  const inB = new Set<number>()
  let count = 0
  for (const { i, k } of pairs) {
    const placeA = Math.floor(a.y[i]! / 10) * 64 + Math.floor(a.x[i]! / 10)
    const placeB = Math.floor(b.y[k]! / 10) * 64 + Math.floor(b.x[k]! / 10)
    if (inA.has(placeA) || inB.has(placeB)) continue
    inA.add(placeA)
    inB.add(placeB)
    count++
  }
  return count
}

const fieldsPerSide = 6
/**
 * Agreeing features that a field should have, by the density in the fields that agree, to speak against when it has
 * none: after blur or reduction few agree anywhere, and an empty field says nothing.
 */
const expectedMin = 1.5

/**
 * Looks at the common part of both in 6 × 6 fields of the second picture's frame. The richer side of a field counts:
 * where one picture shows much and the other nothing, they differ, as two screens of one app do.
 */
function fieldsOf(
  a: Features,
  b: Features,
  inliers: readonly Pair[],
  transform: Transform,
): { agreeing: number; contradicting: number } {
  const fields = fieldsPerSide ** 2
  const [fromA, fromB, agree] = [new Int32Array(fields), new Int32Array(fields), new Int32Array(fields)]
  const [p, q, r, s, t, u] = transform
  const place = (x: number, y: number) =>
    Math.floor((y * fieldsPerSide) / b.height) * fieldsPerSide + Math.floor((x * fieldsPerSide) / b.width)
  for (let i = 0; i < a.count; i++) {
    const [x, y] = [p * a.x[i]! + q * a.y[i]! + r, s * a.x[i]! + t * a.y[i]! + u]
    if (x >= 0 && y >= 0 && x < b.width && y < b.height) fromA[place(x, y)]!++
  }
  const det = p * t - q * s
  for (let k = 0; k < b.count; k++) {
    const [x, y] = [b.x[k]! - r, b.y[k]! - u]
    // Back into the first picture: what lies outside of it was cropped away, and says nothing.
    const [backX, backY] = [(t * x - q * y) / det, (p * y - s * x) / det]
    if (backX >= 0 && backY >= 0 && backX < a.width && backY < a.height) fromB[place(b.x[k]!, b.y[k]!)]!++
  }
  for (const { k } of inliers) agree[place(b.x[k]!, b.y[k]!)]!++
  const richer = fromA.map((count, field) => Math.max(count, fromB[field]!, agree[field]!))
  const inAgreeing = richer.reduce((sum, count, field) => sum + (agree[field]! > 0 ? count : 0), 0)
  const density = inliers.length / Math.max(1, inAgreeing)
  let [agreeing, contradicting] = [0, 0]
  for (let field = 0; field < fields; field++) {
    if (agree[field]! > 0) agreeing++
    else if (richer[field]! * density >= expectedMin) contradicting++
  }
  return { agreeing, contradicting }
}
