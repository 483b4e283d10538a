import fc from 'fast-check'
import { expect, test } from 'vitest'
import { frameSampler, sampleIntervalMs } from './index.ts'

/** A frame of shot `shot`, `atMs` into it: a thumbnail that moves a little, its first 100 ms blurred by an encoder. */
function thumbnailOf(shot: number, atMs: number): Uint8Array {
  let state = Math.imul(shot + 1, 2654435761) >>> 0
  const next = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32
  return Uint8Array.from({ length: 256 }, () => {
    const level = 40 + 170 * next()
    return atMs < 100 ? level * 0.8 + 25 : level + 2 * Math.sin(atMs / 700)
  })
}

interface Film {
  /** Lengths of the shots in milliseconds. */
  readonly shots: readonly number[]
}

/** Times, into the shots, at which a film from `startMs` on is sampled, at so many frames a second. */
function sampled({ shots }: Film, intervalMs: number, rate: number, startMs = 0) {
  const starts = shots.map((_, i) => shots.slice(0, i).reduce((sum, each) => sum + each, 0))
  const endMs = shots.reduce((sum, each) => sum + each, 0)
  const sampler = frameSampler(intervalMs)
  const taken: { shot: number; atMs: number; fileMs: number }[] = []
  let looks = 0
  for (let frame = Math.ceil((startMs * rate) / 1000); (frame * 1000) / rate < endMs; frame++) {
    const filmMs = (frame * 1000) / rate
    const fileMs = filmMs - startMs
    if (!sampler.wantsLook(fileMs)) continue
    looks++
    const shot = starts.findLastIndex(start => start <= filmMs)
    const atMs = filmMs - starts[shot]!
    if (sampler.look(fileMs, thumbnailOf(shot, atMs))) taken.push({ shot, atMs, fileMs })
  }
  return { taken, looks, lengthMs: endMs - startMs }
}

const films = fc.record({
  shots: fc.array(fc.integer({ min: 1500, max: 9000 }), { minLength: 2, maxLength: 8 }),
})
const rates = fc.constantFrom(15, 24, 25, 29.97, 30, 50, 60)

test('no stretch of a film is without a sample, and their number is bounded', () => {
  fc.assert(
    fc.property(films, rates, fc.constantFrom(250, 500, 1000), (film, rate, intervalMs) => {
      const { taken, looks, lengthMs } = sampled(film, intervalMs, rate)
      const times = taken.map(each => each.fileMs)
      // A look may come a tenth of a second and a frame after a sample is due.
      const slackMs = 100 + 1000 / rate
      expect(times[0]).toBe(0)
      for (const [i, atMs] of times.entries())
        expect((times[i + 1] ?? lengthMs) - atMs).toBeLessThanOrEqual(intervalMs + slackMs)
      expect(times.length).toBeLessThanOrEqual((3 * lengthMs) / intervalMs + 3)
      expect(looks).toBeLessThanOrEqual((lengthMs / 1000) * 12 + 2)
    }),
    { numRuns: 40 },
  )
})

test('each shot gives its first settled frame, never one of the blur before', () => {
  fc.assert(
    fc.property(films, rates, (film, rate) => {
      const { taken } = sampled(film, 1000, rate)
      film.shots.forEach((_, shot) => {
        const ofShot = taken.filter(each => each.shot === shot).map(each => each.atMs)
        expect(ofShot.some(atMs => atMs >= 150 && atMs <= 450)).toBe(true)
      })
    }),
    { numRuns: 40 },
  )
})

test('a copy whose beginning is cut off is sampled at the same frames from its first cut on', () => {
  fc.assert(
    fc.property(films, rates, fc.integer({ min: 1, max: 1400 }), (film, rate, cutMs) => {
      const whole = sampled(film, 500, rate).taken
      const copy = sampled(film, 500, rate, cutMs).taken
      const after = (samples: typeof whole) => samples.filter(each => each.shot > 0 && each.atMs >= 150)
      for (const { shot, atMs } of after(copy)) {
        // At its end one file may have room for a sample that the other has not.
        if (atMs > film.shots[shot]! - 250) continue
        const nearest = Math.min(
          ...after(whole).map(each => (each.shot === shot ? Math.abs(each.atMs - atMs) : 1e9)),
        )
        // The looks of the two files fall differently by a tenth of a second, at the cut and at the settled frame.
        expect(nearest).toBeLessThanOrEqual(200 + 1000 / rate)
      }
    }),
    { numRuns: 40 },
  )
})

test('flicker is no reason to take every frame', () => {
  const sampler = frameSampler(1000)
  let taken = 0
  for (let atMs = 0; atMs < 60_000; atMs += 100) {
    if (sampler.look(atMs, thumbnailOf(Math.floor(atMs / 100) % 2, 500))) taken++
  }
  expect(taken).toBeGreaterThanOrEqual(60)
  expect(taken).toBeLessThanOrEqual(180)
})

test('a day of film has a bounded number of samples; a found film is sampled no more thinly than a kept one', () => {
  expect(86_400_000 / sampleIntervalMs(86_400_000)).toBeLessThanOrEqual(18_000)
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 86_400_000 }), durationMs => {
      expect(sampleIntervalMs(durationMs, 'asked')).toBeLessThanOrEqual(sampleIntervalMs(durationMs, 'kept'))
      if (durationMs <= 5 * 3_600_000) expect(sampleIntervalMs(durationMs)).toBeLessThanOrEqual(1000)
    }),
  )
  expect(() => frameSampler(0)).toThrow(RangeError)
})
