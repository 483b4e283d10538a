import { expect, test } from 'vitest'
import { croppedCopy, grainedPicture } from './changed-picture.ts'
import { distance } from './fingerprint.ts'
import { pdq } from './pdq.ts'
import { planeOf, sampled } from './plane.ts'
import { bankWindows, placed, windowLevels } from './windows.ts'

const picture = grainedPicture(11, 480, 320)

test('the levels have 33, 313, 625 and 49 places, none twice', () => {
  const counts = windowLevels.map(level => {
    const places = placed(level, picture).map(({ window: { x, y, w, h }, angle }) =>
      [x, y, w, h, angle].map(n => n.toFixed(3)).join(),
    )
    expect(new Set(places).size).toBe(places.length)
    return places.length
  })
  expect(counts).toEqual([33, 313, 625, 49])
})

test('every window lies inside of the picture', () => {
  for (const level of windowLevels) {
    for (const { window } of placed(level, picture)) {
      expect(window.x).toBeGreaterThanOrEqual(0)
      expect(window.y).toBeGreaterThanOrEqual(0)
      expect(window.x + window.w).toBeLessThanOrEqual(1 + 1e-9)
      expect(window.y + window.h).toBeLessThanOrEqual(1 + 1e-9)
    }
  }
})

test('the first row is the whole picture as every other tool hashes it', () => {
  for (const level of windowLevels) expect(bankWindows(picture, level)[0]).toMatchObject(pdq(picture))
})

test('a window sampled from the table lies within 16 bits of the pixels cut out', () => {
  const plane = planeOf(picture)
  for (const [left, top, right, bottom] of [
    [48, 0, 0, 0],
    [24, 16, 24, 16],
    [0, 64, 96, 0],
  ] as const) {
    const cut = pdq(croppedCopy(picture, left, top, right, bottom))
    const window = {
      x: left / 480,
      y: top / 320,
      w: (480 - left - right) / 480,
      h: (320 - top - bottom) / 320,
    }
    expect(distance(cut.hash, pdq(sampled(plane, { window, angle: 0 })).hash)).toBeLessThanOrEqual(16)
  }
})

test('a crop of a tenth on one side is within the strong distance of a light window', () => {
  const rows = bankWindows(picture)
  for (const sides of [
    [48, 0, 0, 0],
    [0, 32, 0, 0],
    [0, 0, 48, 0],
    [0, 0, 0, 32],
  ] as const) {
    const { hash } = pdq(croppedCopy(picture, sides[0], sides[1], sides[2], sides[3]))
    expect(Math.min(...rows.map(row => distance(row.hash, hash)))).toBeLessThanOrEqual(31)
  }
})

test('of a flat picture only the whole is kept, and of a page no empty part', () => {
  const flat = { width: 300, height: 200, channels: 1, data: new Uint8Array(60_000).fill(90) } as const
  expect(bankWindows(flat, 'free-aspect')).toEqual([expect.objectContaining({ quality: 0 })])
})
