import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  dihedral,
  distance,
  matchDistanceMax,
  pdq,
  qualityMin,
  reviewDistanceMax,
  turns,
  type Pixels,
  type Turn,
} from './index.ts'
import { inTypeScript } from './pdq.ts'
import { syntheticPicture } from './synthetic-picture.ts'

const seed = fc.integer({ min: 1, max: 2 ** 31 - 1 })
const side = fc.integer({ min: 5, max: 512 })

/** Where pixel (x, y) of the turned picture comes from, for a square of side n; x to the right, y down. */
const origin: Record<Turn, (x: number, y: number, n: number) => readonly [number, number]> = {
  identity: (x, y) => [x, y],
  rotate90: (x, y, n) => [n - 1 - y, x],
  rotate180: (x, y, n) => [n - 1 - x, n - 1 - y],
  rotate270: (x, y, n) => [y, n - 1 - x],
  flipX: (x, y, n) => [x, n - 1 - y],
  flipY: (x, y, n) => [n - 1 - x, y],
  flipPlus1: (x, y) => [y, x],
  flipMinus1: (x, y, n) => [n - 1 - y, n - 1 - x],
}

function turnPicture(picture: Pixels, turn: Turn): Pixels {
  const n = picture.width
  const from = new Uint32Array(picture.data.slice().buffer)
  const to = new Uint32Array(n * n)
  for (let y = 0; y < n; y++) {
    for (let x = 0; x < n; x++) {
      const [sx, sy] = origin[turn](x, y, n)
      to[y * n + x] = from[sy * n + sx]!
    }
  }
  return { ...picture, data: new Uint8ClampedArray(to.buffer) }
}

test('the folded path gives the fingerprint and quality of the four reference passes, for every size', () => {
  fc.assert(
    fc.property(seed, side, side, fc.integer({ min: 0, max: 255 }), (from, width, height, noise) => {
      const picture = syntheticPicture(from, width, height)
      picture.data.forEach((value, i) => {
        if (i % 4 < 3) picture.data[i] = value + ((Math.imul(i, 2654435761) >>> 24) * noise) / 512
      })
      const slow = inTypeScript({ pixels: picture, luma: 'f32', wanted: 1, isExact: true })
      const fast = inTypeScript({ pixels: picture, luma: 'f32', wanted: 1, isExact: false })
      const found = pdq(picture)
      expect(fast).toEqual(slow)
      expect(found).toEqual({ hash: slow.hashes[0], quality: slow.quality })
    }),
    { numRuns: 60 },
  )
})

test('a mirrored or turned picture lies nearest to the turned fingerprint of that name', () => {
  fc.assert(
    fc.property(seed, fc.constantFrom(...turns), (from, turn) => {
      const picture = syntheticPicture(from, 512, 512)
      const { hashes, quality } = dihedral(picture)
      fc.pre(quality >= qualityMin)
      const found = pdq(turnPicture(picture, turn))
      const distances = turns.map(name => distance(found.hash, hashes[name]))
      const right = distances[turns.indexOf(turn)]!
      // An even box lies off its centre, so a turned picture is not quite the turned fingerprint: 14 to 20 bits,
      // one in a thousand just above 31.
      expect(right).toBeLessThanOrEqual(reviewDistanceMax)
      expect(Math.min(...distances)).toBe(right)
    }),
    { numRuns: 24 },
  )
})

test('the fingerprint survives brightness, contrast and noise', () => {
  fc.assert(
    fc.property(
      seed,
      fc.integer({ min: -20, max: 20 }),
      fc.double({ min: 0.7, max: 1.1, noNaN: true }),
      fc.integer({ min: 0, max: 24 }),
      (from, brightness, contrast, noise) => {
        const picture = syntheticPicture(from, 256, 320)
        const before = pdq(picture)
        fc.pre(before.quality >= qualityMin)
        const data = picture.data.map(
          (value, i) =>
            128 +
            (value - 128) * contrast +
            brightness +
            (((Math.imul(i ^ from, 2246822519) >>> 16) % 256) / 255 - 0.5) * noise,
        )
        expect(distance(before.hash, pdq({ ...picture, data }).hash)).toBeLessThanOrEqual(matchDistanceMax)
      },
    ),
    { numRuns: 30 },
  )
})

test('different pictures are no match', () => {
  fc.assert(
    fc.property(seed, seed, (a, b) => {
      fc.pre(a !== b)
      expect(
        distance(pdq(syntheticPicture(a, 160, 120)).hash, pdq(syntheticPicture(b, 160, 120)).hash),
      ).toBeGreaterThan(52)
    }),
    { numRuns: 40 },
  )
})

test('the profile shrinks alike from grey, RGB and RGBA, and a flat picture has no quality', () => {
  const large = syntheticPicture(5, 900, 640)
  const rgb = new Uint8Array(900 * 640 * 3).map((_, i) => large.data[Math.floor(i / 3) * 4 + (i % 3)]!)
  expect(pdq({ width: 900, height: 640, channels: 3, data: rgb })).toEqual(pdq(large))
  expect(pdq({ width: 600, height: 30, channels: 1, data: new Uint8Array(18_000).fill(200) }).quality).toBe(0)
})
