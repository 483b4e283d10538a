import fc from 'fast-check'
import { expect, test } from 'vitest'
import { blurToGrid } from './blur.ts'
import { foldToGrid } from './fold.ts'
import { frequenciesOf } from './frequencies.ts'
import {
  dihedral,
  distance,
  matchDistanceMax,
  pdq,
  qualityMin,
  turns,
  type Pixels,
  type Turn,
} from './index.ts'
import { exact } from './pdq.ts'
import { pack } from './pixels.ts'
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
      const slow = exact(pack(picture), ['identity'])
      const fast = pdq(picture)
      expect(fast.hash).toBe(slow.hashes[0])
      expect(fast.quality).toBe(slow.quality)
    }),
    { numRuns: 60 },
  )
})

test('the fold stays well inside the drift that sends a picture down the slow path', () => {
  fc.assert(
    fc.property(seed, side, side, (from, width, height) => {
      const picture = pack(syntheticPicture(from, width, height))
      const [fold, blur] = [foldToGrid(picture), blurToGrid(picture)]
      fold.forEach((value, i) => expect(Math.abs(value - blur[i]!)).toBeLessThan(5e-3))
      const [low, lowSlow] = [frequenciesOf(fold), frequenciesOf(blur)]
      low.forEach((value, i) => expect(Math.abs(value - lowSlow[i]!)).toBeLessThan(0.015))
    }),
    { numRuns: 25 },
  )
})

test('a mirrored or turned picture matches the turned fingerprint of that name, and no other so well', () => {
  fc.assert(
    fc.property(seed, fc.constantFrom(...turns), (from, turn) => {
      const picture = syntheticPicture(from, 512, 512)
      const { hashes, quality } = dihedral(picture)
      fc.pre(quality >= qualityMin)
      const found = pdq(turnPicture(picture, turn))
      const distances = turns.map(name => distance(found.hash, hashes[name]))
      const right = distances[turns.indexOf(turn)]!
      expect(right).toBeLessThanOrEqual(matchDistanceMax)
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
