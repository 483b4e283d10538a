import { expect, test } from 'vitest'
import { distance, filmWindows, pdq, planeOf, type Pixels, type Window } from './index.ts'
import { sampled } from './plane.ts'
import { syntheticPicture } from './synthetic-picture.ts'

const [width, height] = [480, 320]
const frames = Array.from({ length: 8 }, (_, i) => syntheticPicture(i + 300, 240, 160))
const others = Array.from({ length: 8 }, (_, i) => syntheticPicture(i + 900, 240, 160))

/** A picture put into a place of another, in pixels. */
function put(onto: Pixels, picture: Pixels, [x, y, w, h]: readonly [number, number, number, number]): void {
  for (let row = 0; row < h; row++) {
    for (let column = 0; column < w; column++) {
      const from =
        (Math.floor((row * picture.height) / h) * picture.width + Math.floor((column * picture.width) / w)) *
        4
      const to = ((y + row) * onto.width + x + column) * 4
      for (let channel = 0; channel < 3; channel++) onto.data[to + channel] = picture.data[from + channel]!
    }
  }
}

const empty = (level = 0): Pixels => ({
  width,
  height,
  channels: 4,
  data: new Uint8ClampedArray(width * height * 4).fill(level),
})

function shown(layout: (onto: Pixels, i: number) => void, level = 0): Pixels[] {
  return frames.map((_, i) => {
    const onto = empty(level)
    layout(onto, i)
    return onto
  })
}

/** How many frames of the film are recognised in one of the parts. */
function recognised(pictures: readonly Pixels[]): { windows: Window[]; found: number } {
  const planes = pictures.map(picture => planeOf(picture))
  const windows = filmWindows(planes)
  const nearest = planes.map((plane, i) =>
    Math.min(
      256,
      ...windows.map(window =>
        distance(pdq(sampled(plane, { window, angle: 0 })).hash, pdq(frames[i]!).hash),
      ),
    ),
  )
  // Making a picture smaller by leaving pixels out, as `put` does, turns up to 34 bits by itself.
  return { windows, found: nearest.filter(bits => bits <= 34).length }
}

const layouts: Record<string, Pixels[]> = {
  letterbox: shown((onto, i) => put(onto, frames[i]!, [0, 40, 480, 240])),
  'white frame': shown((onto, i) => put(onto, frames[i]!, [60, 40, 360, 240]), 255),
  'side by side': shown((onto, i) => {
    put(onto, others[i]!, [0, 0, 240, 320])
    put(onto, frames[i]!, [240, 0, 240, 320])
  }),
  'one above the other': shown((onto, i) => {
    put(onto, frames[i]!, [0, 0, 480, 160])
    put(onto, others[i]!, [0, 160, 480, 160])
  }),
  'side by side in a letterbox': shown((onto, i) => {
    put(onto, frames[i]!, [0, 80, 240, 160])
    put(onto, others[i]!, [240, 80, 240, 160])
  }),
  'a third in a corner': shown((onto, i) => {
    put(onto, others[i]!, [0, 0, 480, 320])
    put(onto, frames[i]!, [320, 212, 160, 108])
  }),
  'a third inside': shown((onto, i) => {
    put(onto, others[i]!, [0, 0, 480, 320])
    put(onto, frames[i]!, [300, 190, 160, 108])
  }),
}

test.each(Object.entries(layouts))('a film is found in its place: %s', (_, pictures) => {
  const { windows, found } = recognised(pictures)
  expect(windows.length).toBeLessThanOrEqual(4)
  expect(found).toBeGreaterThanOrEqual(7)
})

test('a film that fills its picture has no other place, and two frames are too few to tell', () => {
  expect(filmWindows(frames.map(frame => planeOf(frame)))).toEqual([])
  expect(filmWindows(layouts['letterbox']!.slice(0, 2).map(frame => planeOf(frame)))).toEqual([])
})
