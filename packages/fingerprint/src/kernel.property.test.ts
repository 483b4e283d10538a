import fc from 'fast-check'
import { expect, test } from 'vitest'
import { blurToGrid } from './blur.ts'
import { boxWidth } from './box-filter.ts'
import { foldToGrid } from './fold.ts'
import { bitsOf, frequenciesOf, turned, turns } from './frequencies.ts'
import { dihedral, profiles, type Pixels } from './index.ts'
import { kernelNow } from './kernel.ts'
import { frequencyGapMin, gridDriftMax, inTypeScript } from './pdq.ts'
import { pack, reduce } from './pixels.ts'
import { qualityOf, qualityOfSteps } from './quality.ts'

const kernel = kernelNow()!

/** Small and large, odd and even, and the sizes at which the box grows. */
const side = (max: number) =>
  fc.oneof(
    fc.integer({ min: 5, max: Math.min(max, 160) }),
    fc.integer({ min: 5, max }),
    fc
      .integer({ min: 1, max: Math.floor(max / 128) })
      .chain(n => fc.constantFrom(128 * n - 1, 128 * n, 128 * n + 1)),
  )

/** Ways to fill a picture; the last three are those whose running sums drift most. */
const kinds = ['waves', 'noise', 'patches', 'bright', 'slope', 'stripes'] as const

interface Recipe {
  readonly width: number
  readonly height: number
  readonly channels: 1 | 3 | 4
  readonly kind: (typeof kinds)[number]
  readonly seed: number
  readonly noise: number
}

const recipe = (max: number): fc.Arbitrary<Recipe> =>
  fc.record({
    width: side(max),
    height: side(max),
    channels: fc.constantFrom(1, 3, 4),
    kind: fc.constantFrom(...kinds),
    seed: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
    noise: fc.constantFrom(0, 1, 30),
  })

function make({ width, height, channels, kind, seed, noise }: Recipe): Pixels {
  let state = Math.imul(seed, 2654435761) >>> 0
  const next = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32
  const palette = Array.from({ length: 32 }, () => 256 * next())
  const [period, high] = [1 + Math.floor(40 * next()), next()]
  const [fx, fy] = [(30 * next()) / width, (30 * next()) / height]
  const at: Record<Recipe['kind'], (x: number, y: number, c: number) => number> = {
    waves: (x, y, c) => 128 + 90 * Math.sin(x * fx + c) * Math.cos(y * fy),
    noise: () => 256 * next(),
    patches: (x, y, c) => palette[(Math.floor(x * fx) * 7 + Math.floor(y * fy) * 13 + c * 5) % 32]!,
    bright: (x, y) => 255 - (Math.floor(x * y * high) % 7 === 0 ? 1 : 0),
    slope: (x, y, c) => (255 * (c === 0 ? x : y)) / (c === 0 ? width : height),
    stripes: (x, y, c) => palette[(x % period < high * period ? c : c + 3) + (y % period < 2 ? 6 : 0)]!,
  }
  const fill = at[kind]
  const data = new Uint8ClampedArray(width * height * channels)
  for (let i = 0, pixel = 0; i < data.length; pixel++) {
    const [x, y] = [pixel % width, Math.floor(pixel / width)]
    for (let c = 0; c < channels; c++) data[i++] = fill(x, y, c) + (noise && noise * (next() - 0.5))
  }
  return { width, height, channels, data }
}

test('the kernel’s four passes give every float of the TypeScript ones, and the same frequencies, bits and quality', () => {
  fc.assert(
    fc.property(recipe(900), fc.constantFrom('f32', 'f64'), (from, luma) => {
      const pixels = make(from)
      const grid = blurToGrid(pack(pixels), luma)
      expect(kernel.blur(pixels, luma)).toBe(true)
      expect(kernel.grid()).toEqual(grid)
      const low = frequenciesOf(grid)
      kernel.transform()
      expect(kernel.frequencies()).toEqual(low)
      turns.forEach((turn, i) => {
        const { hash, gap } = bitsOf(i === 0 ? low : turned(low, turn))
        expect(kernel.hash(i)).toEqual({ hash, gap: Math.fround(gap) })
      })
      for (const drift of [0, 0.005, 0.1]) {
        const found = qualityOfSteps(kernel.steps((200 * drift) / 255))
        // The kernel reckons the slack in 32 bits: a step that lies within its last digit may count either way.
        const near = [drift * (1 - 1e-5), drift * (1 + 1e-5)].map(each => qualityOf(grid, each))
        expect(near).toContainEqual(found)
      }
    }),
    {
      numRuns: 150,
      // Where the two were once apart.
      examples: [
        [{ width: 5, height: 640, channels: 1, kind: 'stripes', seed: 1_908_448_635, noise: 0 }, 'f32'],
      ],
    },
  )
})

test('the kernel’s fold is that of TypeScript but for the last digits', () => {
  fc.assert(
    fc.property(recipe(512), from => {
      const pixels = make(from)
      expect(kernel.fold(pixels)).toBe(true)
      const [grid, oracle] = [kernel.grid(), foldToGrid(pack(pixels))]
      oracle.forEach((value, i) => expect(Math.abs(value - grid[i]!)).toBeLessThan(2e-4))
    }),
    { numRuns: 60 },
  )
})

test('the shorter way gives the fingerprints and quality of the reference passes in every profile, for every size', () => {
  fc.assert(
    fc.property(recipe(1500), from => {
      const pixels = make(from)
      for (const profile of profiles) {
        expect(dihedral(pixels, { profile, exact: false })).toEqual(dihedral(pixels, { profile }))
      }
    }),
    { numRuns: 150 },
  )
})

test('TypeScript alone gives what the kernel gives', () => {
  fc.assert(
    fc.property(recipe(700), fc.boolean(), (from, isExact) => {
      const pixels = make(from)
      for (const profile of profiles) {
        const { hashes, quality } = inTypeScript({
          pixels: profile === 'pdq-512/1' ? reduce(pixels) : pixels,
          luma: profile === 'pdq-full64/1' ? 'f64' : 'f32',
          wanted: turns.length,
          isExact,
        })
        const found = dihedral(pixels, { profile })
        expect(Object.values(found.hashes)).toEqual(hashes)
        expect(found.quality).toBe(quality)
      }
    }),
    { numRuns: 50 },
  )
})

test('no drift of the running sums exceeds what the shorter way allows for', () => {
  fc.assert(
    fc.property(recipe(3000), fc.constantFrom('f32', 'f64'), (from, luma) => {
      const pixels = make(from)
      kernel.blur(pixels, luma)
      const grid = kernel.grid()
      kernel.transform()
      const low = kernel.frequencies()
      kernel.fold(pixels)
      kernel.transform()
      const box = Math.max(boxWidth(pixels.width), boxWidth(pixels.height))
      expect(largest(grid, kernel.grid())).toBeLessThan(gridDriftMax(box))
      expect(2 * largest(low, kernel.frequencies())).toBeLessThan(frequencyGapMin(box))
    }),
    { numRuns: 60 },
  )
})

function largest(a: Float32Array, b: Float32Array): number {
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0)
}
