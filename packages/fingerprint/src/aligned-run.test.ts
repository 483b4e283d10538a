import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  compareVideo,
  formatFingerprint,
  videoFingerprint,
  videoMatcher,
  wordsOf,
  type FrameFingerprint,
} from './index.ts'
import { filmFingerprint, syntheticFilm, type SyntheticFilm } from './synthetic-film.ts'

const film = syntheticFilm(1, 180_000)
const banked = filmFingerprint(film)

const join = (...films: SyntheticFilm[]): SyntheticFilm => ({ shots: films.flatMap(each => each.shots) })
const near = (one: number, other: number, byMs = 1000) =>
  expect(Math.abs(one - other)).toBeLessThanOrEqual(byMs)

test('a copy that runs faster or slower is followed from end to end, and its speed is said', () => {
  for (const speed of [0.9, 0.95, 1, 1.04, 1.1]) {
    const found = compareVideo(banked, filmFingerprint(film, { speed, bits: 8, rate: 30, use: 'asked' }))
    expect(found.verdict).toBe('match')
    expect(found.run!.speed).toBeCloseTo(speed, 2)
    near(found.run!.aFromMs, 0)
    near(found.run!.aToMs, 180_000, 2000)
    near(found.run!.bToMs, 180_000 / speed, 2000)
  }
})

test('a trimmed copy behind an intro is found where it lies in both', () => {
  const intro = syntheticFilm(2, 20_000)
  const middle: SyntheticFilm = { shots: film.shots.slice(6, 20) }
  const beforeMs = film.shots.slice(0, 6).reduce((sum, each) => sum + each.lengthMs, 0)
  const middleMs = middle.shots.reduce((sum, each) => sum + each.lengthMs, 0)
  const found = compareVideo(banked, filmFingerprint(join(intro, middle, intro), { bits: 10 }))
  expect(found).toMatchObject({ verdict: 'match' })
  near(found.run!.aFromMs, beforeMs)
  near(found.run!.aToMs, beforeMs + middleMs, 1500)
  near(found.run!.bFromMs, 20_000)
  near(found.run!.bToMs, 20_000 + middleMs, 1500)
})

test('three seconds of a film of two hours are found with their place, whichever is asked for', () => {
  const long = syntheticFilm(3, 7_200_000)
  const fromMs = 4_321_700
  const clip = filmFingerprint(long, { fromMs, toMs: fromMs + 3000, bits: 8, rate: 30 })
  const found = compareVideo(clip, filmFingerprint(long, { use: 'asked' }))
  expect(found).toMatchObject({ verdict: 'match', run: { aFromMs: 0, aToMs: 3000 } })
  near(found.run!.bFromMs, fromMs)
  near(found.run!.bToMs, fromMs + 3000)
  const back = compareVideo(
    filmFingerprint(long),
    filmFingerprint(long, { fromMs, toMs: fromMs + 3000, bits: 8 }),
  )
  expect(back.verdict).toBe('match')
  near(back.run!.aFromMs, fromMs)
})

test('wherever a clip lies and however it was cut, no other film has it', () => {
  const match = videoMatcher(banked)
  const other = syntheticFilm(4, 180_000)
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 170_000 }),
      fc.integer({ min: 4000, max: 30_000 }),
      fc.constantFrom(0.9, 1, 1.1),
      fc.constantFrom(15, 24, 25, 29.97, 60),
      (fromMs, lengthMs, speed, rate) => {
        const edit = { fromMs, toMs: fromMs + lengthMs, speed, rate, bits: 6, use: 'asked' as const }
        const found = match(filmFingerprint(film, edit))
        expect(found.verdict).toBe('match')
        near(found.run!.aFromMs, fromMs, 1500)
        expect(match(filmFingerprint(other, edit))).toMatchObject({ verdict: 'none' })
        expect(match(filmFingerprint(other, edit)).run).toBeUndefined()
      },
    ),
    { numRuns: 40 },
  )
})

/** A picture that stands: its samples differ by what an encoder does. */
function standing(seed: number, fromMs: number, toMs: number): FrameFingerprint[] {
  const words = Uint32Array.from({ length: 8 }, (_, i) => Math.imul(seed * 8 + i + 1, 0x9e3779b1) >>> 0)
  const frames: FrameFingerprint[] = []
  for (let atMs = fromMs, i = 0; atMs < toMs; atMs += 1000, i++) {
    const moved = words.slice()
    for (let bit = 0; bit < 4 + (i % 3) * 3; bit++)
      moved[(bit * 37 + i) & 7]! ^= 1 << ((bit * 11 + i * 5) & 31)
    frames.push({ atMs, hash: formatFingerprint(moved), quality: 95 })
  }
  return frames
}

test('title cards, logos and a black screen that two films share are no match, however long they stand', () => {
  const later = (frames: readonly FrameFingerprint[], byMs: number) =>
    frames.map(({ atMs, hash, quality }) => ({ atMs: atMs + byMs, hash, quality }))
  const cards = [...standing(1, 0, 30_000), ...standing(2, 30_000, 60_000)]
  const black = standing(3, 60_000, 90_000).map(frame => ({ ...frame, quality: 5 }))
  const withFilm = (seed: number) => {
    const own = filmFingerprint(syntheticFilm(seed, 120_000))
    return videoFingerprint([...cards, ...black, ...later(own.frames, 90_000)], 210_000)
  }
  const found = compareVideo(withFilm(10), withFilm(11))
  expect(found.verdict).toBe('review')
  expect(found.run?.frames ?? 0).toBeLessThanOrEqual(2)
  // Half of the shorter one is the shared card.
  const short = videoFingerprint(
    [...cards, ...later(filmFingerprint(syntheticFilm(12, 20_000)).frames, 60_000)],
    80_000,
  )
  expect(compareVideo(short, withFilm(13)).verdict).toBe('review')
})

test('a moving emblem of four seconds that a site puts before all its films is for a person to look at', () => {
  const emblem = syntheticFilm(20, 4000)
  const one = filmFingerprint(join(emblem, syntheticFilm(21, 90_000)))
  const other = filmFingerprint(join(emblem, syntheticFilm(22, 90_000)))
  expect(compareVideo(one, other)).toMatchObject({ verdict: 'review', run: { aFromMs: 0, bFromMs: 0 } })
})

test('frames that are covered in part agree in order: for a person to look at, with the place', () => {
  const clip = filmFingerprint(film, { fromMs: 60_000, toMs: 90_000 })
  const covered = clip.frames.map(({ atMs, hash, quality }) => {
    const words = wordsOf(hash)
    for (let bit = 0; bit < 40; bit++) words[bit & 7]! ^= 1 << ((bit >> 3) * 6 + 1)
    return { atMs, hash: formatFingerprint(words), quality }
  })
  const found = compareVideo(banked, videoFingerprint(covered, 30_000))
  expect(found.verdict).toBe('review')
  near(found.run!.aFromMs, 60_000)
  expect(found.run!.nearFrames).toBeGreaterThan(10)
})

test('many frames are compared as few are: bands miss nothing within 31 bits', () => {
  const long = filmFingerprint(syntheticFilm(30, 900_000))
  const copy = filmFingerprint(syntheticFilm(30, 900_000), { bits: 25 })
  expect(long.frames.length * copy.frames.length).toBeGreaterThan(1_500_000)
  const found = compareVideo(long, copy)
  // Each alone, so that every frame is compared with every frame.
  const slices = Array.from({ length: Math.ceil(copy.frames.length / 300) }, (_, i) =>
    compareVideo(long, { ...copy, frames: copy.frames.slice(i * 300, i * 300 + 300) }),
  )
  const bInA = slices.reduce((sum, each) => sum + each.bInA * each.bFrames, 0) / copy.frames.length
  expect(found.bInA).toBeCloseTo(bInA, 10)
  expect(found.verdict).toBe('match')
})
