import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Pixels } from './pixels.ts'
import { planeMaker, planeOf } from './plane.ts'

const shapes = fc.record({
  width: fc.integer({ min: 1, max: 1100 }),
  height: fc.integer({ min: 1, max: 1100 }),
  channels: fc.constantFrom(1 as const, 3 as const, 4 as const),
  seed: fc.nat(),
  cuts: fc.array(fc.integer({ min: 1, max: 400 }), { maxLength: 8 }),
})

function noise(width: number, height: number, channels: 1 | 3 | 4, seed: number): Pixels {
  const data = new Uint8Array(width * height * channels)
  let state = seed >>> 0
  for (let at = 0; at < data.length; at++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    data[at] = state >>> 24
  }
  return { width, height, channels, data }
}

const rowsOf = ({ width, channels, data }: Pixels, top: number, height: number): Pixels => ({
  width,
  height,
  channels,
  data: data.subarray(top * width * channels, (top + height) * width * channels),
})

/** As its definition says: each sample is the mean of its box of pixels. */
function byDefinition({ width: w, height: h, channels, data }: Pixels): number[] {
  const shrink = Math.min(1, 512 / Math.max(w, h))
  const [across, down] = [w, h].map(side => Math.max(1, Math.round(side * shrink))) as [number, number]
  const sums = new Float64Array(across * down)
  const counts = new Uint32Array(across * down)
  for (let row = 0; row < h; row++) {
    let y = 0
    while (row >= Math.max(1, Math.floor(((y + 1) * h) / down))) y++
    for (let x = 0; x < w; x++) {
      const [r, g, b] = [0, 1, 2].map(of => data[(row * w + x) * channels + (channels === 1 ? 0 : of)]!)
      const at = y * across + Math.floor((x * across) / w)
      sums[at]! += channels === 1 ? r! : (r! * 19595 + g! * 38470 + b! * 7471 + 32768) >> 16
      counts[at]!++
    }
  }
  return Array.from(sums, (sum, at) => Math.round(sum / counts[at]!))
}

test('a plane made band by band is the one made at once, and each sample is the mean of its pixels', () => {
  fc.assert(
    fc.property(shapes, ({ width, height, channels, seed, cuts }) => {
      const pixels = noise(width, height, channels, seed)
      const maker = planeMaker(width, height)
      let top = 0
      for (const rows of [...cuts, height]) {
        const taken = Math.min(rows, height - top)
        if (taken > 0) maker.add(rowsOf(pixels, top, taken))
        top += taken
      }
      const made = maker.done()
      expect(made).toEqual(planeOf(pixels))
      expect([...made.grey]).toEqual(byDefinition(pixels))
    }),
    { numRuns: 12 },
  )
})

test('rows that are missing, too many or of another width are refused', () => {
  const pixels = noise(20, 30, 3, 1)
  const maker = planeMaker(20, 30)
  maker.add(rowsOf(pixels, 0, 29))
  expect(() => maker.done()).toThrow(RangeError)
  expect(() => maker.add(rowsOf(pixels, 0, 2))).toThrow(RangeError)
  expect(() => maker.add(noise(21, 1, 3, 1))).toThrow(RangeError)
  maker.add(rowsOf(pixels, 29, 1))
  expect(maker.done().height).toBe(30)
})
