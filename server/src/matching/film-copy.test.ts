import {
  dihedral,
  filmWindows,
  planeOf,
  sampled,
  type FrameFingerprint,
  type Pixels,
} from '@jikimi/fingerprint'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import type { FilmFrame } from '#platform/film'
import { madePicture } from '#platform/trial-media'
import { compareWithBank } from './compare.ts'
import { filmExplanation, type FilmCopy } from './film-copy.ts'
import type { MediaFingerprint } from './fingerprint-media.ts'

type FoundFilm = Extract<MediaFingerprint, { kind: 'video' }>

const [width, height] = [240, 180]
const picturesFrom = (seed: number, count: number) =>
  Promise.all(Array.from({ length: count }, (_, i) => pictureOf(seed + i)))

async function pictureOf(seed: number): Promise<Pixels> {
  const data = await sharp(await madePicture(seed, { width }))
    .ensureAlpha()
    .raw()
    .toBuffer()
  return { width, height, channels: 4, data }
}

const scenes = await picturesFrom(2000, 8)

/** The banked film: a scene every two seconds. */
const banked = {
  banked: 'one' as never,
  kind: 'video' as const,
  video: {
    durationMs: 16_000,
    frames: scenes.map((scene, i): FrameFingerprint => {
      const { hashes, quality } = dihedral(scene)
      return { atMs: i * 2000, untilMs: i * 2000 + 1800, hash: hashes.identity, quality }
    }),
  },
}

/** A found film as the server's page reads it, its scenes `everyMs` apart. */
function found(pictures: readonly Pixels[], everyMs: number, startMs = 0): FoundFilm {
  const planes = pictures.map(picture => planeOf(picture))
  const at = (i: number) => ({ atMs: startMs + i * everyMs, untilMs: startMs + (i + 0.9) * everyMs })
  return {
    kind: 'video',
    profile: 'pdq-512/1',
    isPartial: false,
    durationMs: startMs + pictures.length * everyMs,
    frames: pictures.map((picture, i): FilmFrame => ({ ...at(i), ...dihedral(picture) })),
    parts: filmWindows(planes).map(window => ({
      window,
      frames: planes.map((plane, i) => ({ ...at(i), ...dihedral(sampled(plane, { window, angle: 0 })) })),
    })),
  }
}

/** Another film on the left, the mirrored banked one on the right. */
async function besideAnother(): Promise<Pixels[]> {
  const others = await picturesFrom(5000, scenes.length)
  return scenes.map((scene, i) => {
    const other = others[i]!
    const data = new Uint8ClampedArray(width * 2 * height * 4)
    for (let y = 0; y < height; y++) {
      data.set(other.data.subarray(y * width * 4, (y + 1) * width * 4), y * width * 8)
      for (let x = 0; x < width; x++) {
        const from = (y * width + width - 1 - x) * 4
        data.set(scene.data.subarray(from, from + 4), (y * width * 2 + width + x) * 4)
      }
    }
    return { width: width * 2, height, channels: 4, data }
  })
}

test('a faster copy behind an intro is a match, with its place and speed in both languages', async () => {
  const intro = await picturesFrom(7000, 2)
  const likeness = await compareWithBank([banked], found([...intro, ...scenes], 1818))
  expect(likeness).toMatchObject({ verdict: 'match', turn: 'identity' })
  expect(Math.abs(likeness.atMs! - 3636)).toBeLessThan(500)
  const { sentence, form } = filmExplanation(likeness.explanation as FilmCopy)
  expect(form).toBe('whole')
  expect(sentence.ko).toContain('찾은 영상의 00:00:04–00:00:18 구간')
  expect(sentence.ko).toContain('약 10 % 빠르게')
  expect(sentence.en).toContain('about 10 % faster')
})

test('a mirrored copy beside another film is a match in its half of the picture', async () => {
  const likeness = await compareWithBank([banked], found(await besideAnother(), 2000))
  expect(likeness).toMatchObject({ verdict: 'match', turn: 'flipY' })
  const { window, sentence, form } = filmExplanation(likeness.explanation as FilmCopy)
  expect(form).toBe('part')
  expect(window.x).toBeCloseTo(0.5, 2)
  expect(window.w).toBeCloseTo(0.5, 2)
  expect(sentence.ko).toMatch(/좌우가 뒤집힘.*화면의 일부\(50 %\)/)
})

test('another film is none, in all its turns and parts', async () => {
  const others = await picturesFrom(9000, 8)
  expect(await compareWithBank([banked], found(others, 2000))).toMatchObject({
    verdict: 'none',
    explanation: null,
  })
})
