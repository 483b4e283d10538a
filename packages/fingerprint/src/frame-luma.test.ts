import { expect, test } from 'vitest'
import {
  distance,
  lumaOfFrame,
  pdq,
  thumbnailOfFrame,
  thumbnailOfPixels,
  type FramePlanes,
  type Pixels,
} from './index.ts'
import { mirroredCopy, turnedRight } from './changed-picture.ts'
import { syntheticPicture } from './synthetic-picture.ts'

/** Planes as a decoder gives them, colours at half the places, rows with a rim. */
function planesOf(picture: Pixels, told: Partial<FramePlanes> & Pick<FramePlanes, 'format'>): FramePlanes {
  const { width, height, data: rgba } = picture
  const { isFullRange = false, isHighDefinition = false } = told
  const [kr, kb] = isHighDefinition ? [0.2126, 0.0722] : [0.299, 0.114]
  const at = (x: number, y: number) => {
    const from = (Math.min(y, height - 1) * width + Math.min(x, width - 1)) * 4
    const [r, g, b] = [rgba[from]!, rgba[from + 1]!, rgba[from + 2]!]
    const y0 = kr * r + (1 - kr - kb) * g + kb * b
    return [y0, (b - y0) / (2 - 2 * kb), (r - y0) / (2 - 2 * kr)] as const
  }
  const bright = (value: number) => (isFullRange ? value : 16 + (value * 219) / 255)
  const colour = (value: number) => 128 + (isFullRange ? value : (value * 224) / 255)
  const isPaired = told.format === 'NV12'
  const right = told.format === 'I444' ? 1 : 2
  const down = told.format === 'I420' || isPaired ? 2 : 1
  const [columns, rows] = [Math.ceil(width / right), Math.ceil(height / down)]
  const strideY = width + 6
  const strideC = (isPaired ? columns * 2 : columns) + 4
  const layout = [
    { offset: 0, stride: strideY },
    { offset: strideY * height, stride: strideC },
    ...(isPaired ? [] : [{ offset: strideY * height + strideC * rows, stride: strideC }]),
  ]
  const data = new Uint8Array(strideY * height + strideC * rows * (isPaired ? 1 : 2))
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) data[y * strideY + x] = Math.round(bright(at(x, y)[0]))
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      const [, b, r] = at(x * right, y * down)
      const base = layout[1]!.offset + y * strideC
      data[isPaired ? base + x * 2 : base + x] = Math.round(colour(b))
      data[isPaired ? base + x * 2 + 1 : layout[2]!.offset + y * strideC + x] = Math.round(colour(r))
    }
  }
  return { width, height, data, layout, rotation: 0, isFullRange, isHighDefinition, ...told }
}

const sizes = [
  [320, 240],
  [853, 480],
] as const

test('planes of every kind give the fingerprint of the picture', () => {
  for (const [width, height] of sizes) {
    const picture = syntheticPicture(width, width, height)
    const own = pdq(picture)
    for (const format of ['I420', 'I422', 'I444', 'NV12'] as const) {
      for (const isHighDefinition of [false, true]) {
        for (const isFullRange of [false, true]) {
          const luma = lumaOfFrame(planesOf(picture, { format, isHighDefinition, isFullRange }))
          const made = pdq(luma)
          expect(distance(made.hash, own.hash)).toBeLessThanOrEqual(8)
          expect(Math.abs(made.quality - own.quality)).toBeLessThanOrEqual(3)
        }
      }
    }
  }
})

test('a frame that a player turns is turned', () => {
  const picture = syntheticPicture(5, 640, 360)
  const right = turnedRight(picture)
  const over = turnedRight(right)
  const expected = [
    [90, right],
    [180, over],
    [270, turnedRight(over)],
  ] as const
  for (const [rotation, turned] of expected) {
    const luma = lumaOfFrame(planesOf(picture, { format: 'I420', rotation }))
    expect(distance(pdq(luma).hash, pdq(turned).hash)).toBeLessThanOrEqual(4)
  }
  const mirrored = pdq(lumaOfFrame(planesOf(mirroredCopy(picture), { format: 'I420' })))
  expect(distance(mirrored.hash, pdq(picture).hash)).toBeGreaterThan(60)
})

test('a thumbnail is the same from planes and from pixels, but for range and rounding', () => {
  const picture = syntheticPicture(8, 640, 360)
  const planes = thumbnailOfFrame(planesOf(picture, { format: 'I420', isFullRange: true }))
  const pixels = thumbnailOfPixels(picture)
  planes.forEach((level, i) => expect(Math.abs(level - pixels[i]!)).toBeLessThanOrEqual(2))
})

test('planes that do not hold their picture are refused', () => {
  const good = planesOf(syntheticPicture(1, 64, 48), { format: 'I420' })
  const wrong: Partial<FramePlanes>[] = [
    { width: 0 },
    { height: 49 },
    { layout: good.layout.slice(0, 2) },
    { data: good.data.subarray(0, good.data.length - 20) },
    { layout: good.layout.map(plane => ({ ...plane, stride: 10 })) },
  ]
  for (const change of wrong) {
    expect(() => lumaOfFrame({ ...good, ...change })).toThrow(RangeError)
    expect(() => thumbnailOfFrame({ ...good, ...change })).toThrow(RangeError)
  }
})
