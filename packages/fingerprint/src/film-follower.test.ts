import { expect, test } from 'vitest'
import { distance, followFilm, pdq, type DecodedFrame, type FrameFingerprint, type Pixels } from './index.ts'
import { syntheticPicture } from './synthetic-picture.ts'

const [width, height] = [96, 64]
const pictures = [0, 1, 2].map(seed => syntheticPicture(seed + 40, width, height))

type Frame = DecodedFrame & { readonly at: number }

/** A film of three pictures, one every two seconds, at 25 frames a second, whose decoder gives planes or none. */
async function* film(format: string | null, closed: { count: number }): AsyncGenerator<Frame> {
  for (let frame = 0; frame < 150; frame++) {
    const { data } = pictures[Math.floor(frame / 50)]!
    const luma = Uint8Array.from({ length: width * height }, (_, i) =>
      Math.round(0.299 * data[i * 4]! + 0.587 * data[i * 4 + 1]! + 0.114 * data[i * 4 + 2]!),
    )
    yield {
      at: frame,
      // The first frame of many files does not lie at 0.
      timestamp: 7 + frame / 25,
      format,
      visibleRect: { width, height },
      rotation: 0,
      flip: false,
      colorSpace: { matrix: 'smpte170m', fullRange: true },
      allocationSize: () => (width * height * 3) / 2,
      async copyTo(to) {
        to.fill(128)
        to.set(luma)
        return [
          { offset: 0, stride: width },
          { offset: width * height, stride: width / 2 },
          { offset: (width * height * 5) / 4, stride: width / 2 },
        ]
      },
      close: () => closed.count++,
    }
  }
}

const drawn = ({ at }: Frame): Pixels => pictures[Math.floor(at / 50)]!

test('planes and drawn pixels are sampled at the same times and give the same fingerprints; every frame is closed', async () => {
  const followed: FrameFingerprint[][] = []
  for (const format of ['I420', null]) {
    const closed = { count: 0 }
    let heard = 0
    const kept = await followFilm<Frame, FrameFingerprint>(film(format, closed), {
      startS: 7,
      intervalMs: 1000,
      drawn,
      made: (atMs, pixels) => ({ atMs, ...pdq(pixels) }),
      progress: atMs => (heard = atMs),
    })
    expect(closed.count).toBe(150)
    expect(heard).toBeGreaterThan(5800)
    followed.push(kept)
  }
  const [planes, pixels] = followed as [FrameFingerprint[], FrameFingerprint[]]
  expect(planes.map(each => each.atMs)).toEqual(pixels.map(each => each.atMs))
  expect(planes.length).toBeGreaterThanOrEqual(6)
  planes.forEach(({ hash, atMs }, i) => {
    expect(distance(hash, pixels[i]!.hash)).toBeLessThanOrEqual(4)
    if (i > 0) expect(atMs).toBeGreaterThan(planes[i - 1]!.atMs)
    expect(distance(hash, pdq(pictures[Math.floor(atMs / 2000)]!).hash)).toBeLessThanOrEqual(4)
  })
})

test('frames are closed where the work on one of them fails', async () => {
  const closed = { count: 0 }
  const failing = followFilm(film('I420', closed), {
    startS: 7,
    intervalMs: 1000,
    drawn,
    made: () => {
      throw new Error('no room')
    },
  })
  await expect(failing).rejects.toThrow('no room')
  expect(closed.count).toBe(1)
})
