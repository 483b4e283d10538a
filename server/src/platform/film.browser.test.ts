import { distance, matchDistanceMax, pdq, type Fingerprint } from '@jikimi/fingerprint'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openFilm, type Film, type FilmFrame } from './film.ts'
import { madeFilm, madePicture } from './trial-media.ts'

let film: Film
let bytes: Buffer
beforeAll(async () => {
  film = await openFilm({ browser: undefined })
  bytes = await madeFilm(31, 8)
}, 120_000)
afterAll(async () => film[Symbol.asyncDispose]())

const seconds = (frames: readonly FilmFrame[]) => new Set(frames.map(frame => Math.floor(frame.atMs / 1000)))

test('each drawing of a film is kept once or twice, in order, until the next one', async () => {
  const reading = (await film.fingerprint(bytes))!
  expect(reading.durationMs).toBe(8000)
  expect(seconds(reading.frames).size).toBe(8)
  expect(reading.frames.length).toBeLessThanOrEqual(20)
  reading.frames.forEach((frame, i) => {
    const next = reading.frames[i + 1]
    expect(frame.untilMs ?? frame.atMs).toBeLessThan(next?.atMs ?? 8000)
    expect(Object.keys(frame.hashes)).toHaveLength(8)
  })
  expect(reading.parts).toEqual([])
})

test('its fingerprints lie within half of a match of what was drawn, as the portal’s do', async () => {
  const { frames } = (await film.fingerprint(bytes))!
  for (const { atMs, hashes } of frames) {
    const drawing = sharp(await madePicture(31_000 + Math.floor(atMs / 1000), { width: 320 }))
    const { data, info } = await drawing.raw().toBuffer({ resolveWithObject: true })
    const { hash } = pdq({ width: info.width, height: info.height, channels: 3, data })
    expect(distance(hash, hashes.identity as Fingerprint)).toBeLessThanOrEqual(matchDistanceMax / 2)
  }
})

test('a glance gives frames of the whole reading, from key frames alone', async () => {
  const [glance, reading] = [(await film.glance(bytes))!, (await film.fingerprint(bytes))!]
  expect(glance.durationMs).toBe(reading.durationMs)
  expect(glance.frames.length).toBeGreaterThan(0)
  expect(glance.frames.length).toBeLessThanOrEqual(reading.frames.length)
  for (const { hashes } of glance.frames) {
    const nearest = Math.min(
      ...reading.frames.map(frame =>
        distance(frame.hashes.identity as Fingerprint, hashes.identity as Fingerprint),
      ),
    )
    expect(nearest).toBeLessThanOrEqual(31)
  }
})

test('what is no film, or ends early, takes nothing down with it', async () => {
  for (const broken of [Buffer.from('no film'), bytes.subarray(0, 400), Buffer.alloc(0)]) {
    expect(await film.fingerprint(broken)).toBeUndefined()
    expect(await film.glance(broken)).toBeUndefined()
  }
  expect((await film.fingerprint(bytes))!.frames.length).toBeGreaterThan(7)
})
