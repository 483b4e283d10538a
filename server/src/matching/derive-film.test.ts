import { turns, type Fingerprint } from '@jikimi/fingerprint'
import { expect, test } from 'vitest'
import type { FilmFrame } from '#platform/film'
import { isBanked, recognisedFilm } from './derive-film.ts'
import type { FilmCopy } from './film-copy.ts'

const hashOf = (seed: number) =>
  Array.from({ length: 8 }, (_, word) =>
    (Math.imul(seed * 8 + word + 1, 0x9e3779b1) >>> 0).toString(16).padStart(8, '0'),
  ).join('') as Fingerprint
const frame = (seed: number, atMs: number, untilMs: number, quality = 90): FilmFrame => ({
  atMs,
  untilMs,
  quality,
  hashes: Object.fromEntries(turns.map(turn => [turn, hashOf(seed)])) as unknown as FilmFrame['hashes'],
})
const whole = { x: 0, y: 0, w: 1, h: 1 }
const half = { x: 0.5, y: 0, w: 0.5, h: 1 }
const shots = (seed: number) => Array.from({ length: 6 }, (_, i) => frame(seed + i, i * 1000, i * 1000 + 900))
const found = {
  kind: 'video' as const,
  profile: 'pdq-512/1',
  isPartial: false,
  durationMs: 6000,
  frames: shots(10),
  parts: [{ window: half, frames: shots(50) }],
}
const copyAt = (window: FilmCopy['film']['window'], bFromMs: number, bToMs: number): FilmCopy => ({
  film: {
    turn: 'identity',
    window,
    run: { aFromMs: 0, aToMs: bToMs - bFromMs, bFromMs, bToMs, speed: 1, frames: 4, nearFrames: 4 },
  },
})
const sure = (explanation: FilmCopy | null) => ({ explanation, decided_by: null })

test('of a film behind an intro only the stretch that ran along the known one is banked, from 0 on', () => {
  const film = recognisedFilm(found, sure(copyAt(whole, 1950, 5000)))!
  expect(film.durationMs).toBe(3050)
  expect(film.frames.map(each => each.hash)).toEqual([12, 13, 14, 15].map(hashOf))
  expect(film.frames.map(each => each.atMs)).toEqual([50, 1050, 2050, 3050])
  expect(film.frames[0]).toMatchObject({ untilMs: 950 })
})

test('of a film beside another only its place is banked, and nothing where the place is not there any more', () => {
  const film = recognisedFilm(found, sure(copyAt({ ...half, x: 0.51, w: 0.49 }, 0, 6000)))!
  expect(film.frames.map(each => each.hash)).toEqual([50, 51, 52, 53, 54, 55].map(hashOf))
  expect(recognisedFilm(found, sure(copyAt({ x: 0, y: 0, w: 0.5, h: 1 }, 0, 6000)))).toBeUndefined()
})

test('a film that a still alone has recognised is banked on a person’s word only', () => {
  expect(recognisedFilm(found, sure(null))).toBeUndefined()
  const byPerson = recognisedFilm(found, { explanation: null, decided_by: 'someone' as never })
  expect(byPerson?.frames).toHaveLength(6)
})

test('a stretch with next to nothing to see is not banked', () => {
  expect(recognisedFilm(found, sure(copyAt(whole, 2000, 3000)))).toBeUndefined()
  const dark = { ...found, frames: found.frames.map(each => ({ ...each, quality: 20 })) }
  expect(recognisedFilm(dark, sure(copyAt(whole, 0, 6000)))).toBeUndefined()
})

test('a trimmed copy of what is banked adds nothing; another film does', () => {
  const film = recognisedFilm(found, sure(copyAt(whole, 0, 6000)))!
  const trimmed = recognisedFilm(found, sure(copyAt(whole, 2000, 5000)))!
  const other = recognisedFilm(found, sure(copyAt(half, 0, 6000)))!
  expect(isBanked(trimmed, film, 14)).toBe(true)
  expect(isBanked(film, trimmed, 14)).toBe(false)
  expect(isBanked(other, film, 14)).toBe(false)
})
