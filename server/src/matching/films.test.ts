import {
  dihedral,
  parseFingerprint,
  turns,
  videoFingerprint,
  vpdqLines,
  type FrameFingerprint,
  type VideoFingerprint,
} from '@jikimi/fingerprint'
import { setTimeout as sleep } from 'node:timers/promises'
import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { mayDo } from '#access'
import { newId } from '#platform/ids'
import { openTrial, staff, type Trial } from '#platform/trial'
import { openTrialFront, type Ask } from '#platform/trial-front'
import { madePicture } from '#platform/trial-media'
import { openTrialWorld, type TrialWorld } from '#platform/trial-world'
import type { Added, Hit } from './bank-schema.ts'
import { compareWithBank, compareWithEach } from './compare.ts'
import { effortOf } from './effort.ts'
import type { MediaFingerprint } from './fingerprint-media.ts'
import { routes } from './routes.ts'

let trial: Trial
let place: TrialWorld
let front: Awaited<ReturnType<typeof openTrialFront>>
beforeAll(async () => {
  trial = await openTrial()
  place = await openTrialWorld(trial)
  front = await openTrialFront(trial, { world: place.world, routes, mayDo })
})
afterAll(async () => {
  await front.close()
  await place[Symbol.asyncDispose]()
  await trial[Symbol.asyncDispose]()
})

// Each test has a minute of its own.
beforeEach(() => trial.clock.advance(60_000))

const leader = staff('leader')
const ask = (method: string, url: string, payload?: object) =>
  front.ask(leader, method as Parameters<Ask>[1], url, payload)
async function newBank(name: string): Promise<string> {
  const made = await ask('POST', '/banks', { name, kind: 'national', source: '경찰청' })
  return made.json<{ bank: string }>().bank
}
const imported = async (bank: string, text: string) =>
  (await ask('POST', `/banks/${bank}/imports`, { algorithm: 'vpdq', text })).json<Added>()
async function lookedUp(asked: object): Promise<{ hits: Hit[]; uncompared: number }> {
  const answer = await ask('POST', '/lookups', asked)
  expect(answer.statusCode, answer.body).toBe(200)
  return answer.json()
}

/** A film with a drawing every second, as it is or mirrored, from one of its seconds on. */
async function drawn(seed: number, given: { seconds: number; from?: number; isMirrored?: boolean }) {
  const frames: FrameFingerprint[] = []
  for (let second = 0; second < given.seconds; second += 1) {
    const file = await madePicture(seed + second + (given.from ?? 0), {
      width: 256,
      quality: 60,
      isMirrored: given.isMirrored === true,
    })
    const { data, info } = await sharp(file).raw().toBuffer({ resolveWithObject: true })
    const { hashes, quality } = dihedral({ ...info, channels: 3, data })
    frames.push({ atMs: second * 1000, hash: hashes.identity, quality })
  }
  return videoFingerprint(frames, given.seconds * 1000)
}

/** A long film, one shot a second, by chance. */
function long(seed: number, seconds: number): VideoFingerprint {
  let state = Math.imul(seed, 2654435761) >>> 0
  const word = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0).toString(16).padStart(8, '0')
  }
  const frames = Array.from({ length: seconds }, (_, second) => ({
    atMs: second * 1000,
    hash: parseFingerprint(Array.from({ length: 8 }, word).join('')),
    quality: 90,
  }))
  return videoFingerprint(frames, seconds * 1000)
}

const bankedFilm = (video: VideoFingerprint) => ({
  banked: newId<'BankedId'>(trial.clock.now()),
  kind: 'video' as const,
  video,
})
/** As it is found: mirrored, where all frames of the known film are its mirrored ones. */
const foundFilm = ({ durationMs, frames }: VideoFingerprint, isMirrored = false): MediaFingerprint => ({
  kind: 'video',
  profile: 'pdq-512/1',
  isPartial: false,
  durationMs,
  frames: frames.map(({ hash, ...frame }, at) => ({
    ...frame,
    hashes: Object.fromEntries(
      turns.map(turn => [
        turn,
        turn === (isMirrored ? 'flipY' : 'identity') ? hash : long(at + 7, 1).frames[0]!.hash,
      ]),
    ) as unknown as Record<(typeof turns)[number], string>,
  })),
})

test('a list of films fills a bank, and a trimmed, mirrored copy of one is looked up with where it runs', async () => {
  const bank = await newBank('영상')
  const films = await Promise.all([drawn(100, { seconds: 10 }), drawn(300, { seconds: 12 })])
  const text = films
    .flatMap((film, at) => {
      const lines = vpdqLines(film, 'short').trimEnd().split('\n')
      return lines.map(line => `film ${at}, cut.mp4,${line}`)
    })
    .join('\n')
  const added = await imported(bank, text)
  expect(added).toMatchObject({ read: 2, added: 2, unreadable: [] })

  const copy = await drawn(300, { seconds: 6, from: 4, isMirrored: true })
  for (const asked of [
    { vpdq: vpdqLines(copy) },
    { vpdq: vpdqLines(copy, 'short') },
    { film: copy },
  ] as const) {
    const { hits, uncompared } = await lookedUp(asked)
    expect(uncompared).toBe(0)
    expect(hits).toMatchObject([{ bank, entry: added.entries[1]!.entry, algorithm: 'vpdq', isStrong: true }])
    expect(hits[0]!.share).toBeGreaterThan(0.5)
    const { turn, speed, knownFromMs, fromMs, toMs, sentence } = hits[0]!.run!
    expect(turn).toBe('flipY')
    expect(Math.abs(knownFromMs - fromMs - 4000)).toBeLessThan(600)
    expect(toMs).toBeGreaterThan(4500)
    expect(Math.abs(speed - 1)).toBeLessThan(0.05)
    expect(sentence.ko).toContain('좌우가 뒤집힘')
  }
  expect((await lookedUp({ film: await drawn(800, { seconds: 6 }) })).hits).toEqual([])
})

test('a still of a film is found in it when the film is looked up, with its second', async () => {
  const bank = await newBank('장면')
  const film = await drawn(500, { seconds: 5 })
  const { hash, quality } = film.frames[3]!
  await ask('POST', `/banks/${bank}/entries`, { entries: [{ algorithm: 'pdq', value: hash, quality }] })
  expect((await lookedUp({ film })).hits).toMatchObject([
    { bank, algorithm: 'pdq', distance: 0, isStrong: true, atMs: 3000, run: null },
  ])
})

test('what is no film is refused in words, and its frames count as look-ups by the hundred', async () => {
  const [frame] = (await drawn(1, { seconds: 1 })).frames
  const wrong = {
    durationMs: 5000,
    frames: [
      { ...frame!, atMs: 2000 },
      { ...frame!, atMs: 1000 },
    ],
  }
  for (const asked of [{ film: wrong }, { vpdq: 'no film' }])
    expect((await ask('POST', '/lookups', asked)).json()).toMatchObject({ code: 'matching.noFilm' })
  // Dark frames are counted, and not looked for.
  const { frames, durationMs } = long(9, 9000)
  const film = { durationMs, frames: frames.map(each => ({ ...each, quality: 10 })) }
  expect((await ask('POST', '/lookups', { vpdq: vpdqLines(film, 'short') })).statusCode).toBe(200)
  expect((await ask('POST', '/lookups', { vpdq: vpdqLines(film, 'short') })).json()).toMatchObject({
    code: 'matching.tooManyLookups',
  })
}, 30_000)

test('while a film of two hours is looked up, others are answered', async () => {
  const bank = await newBank('긴 영상')
  const film = long(3, 7000)
  expect(await imported(bank, vpdqLines(film, 'short'))).toMatchObject({ added: 1 })
  const done = new AbortController()
  const asked = lookedUp({ vpdq: vpdqLines(film, 'short') }).finally(() => done.abort())
  let meanwhile = 0
  while (!done.signal.aborted) {
    expect((await ask('GET', '/banks')).statusCode).toBe(200)
    meanwhile += 1
    await sleep(20)
  }
  expect((await asked).hits).toMatchObject([
    { bank, run: { knownFromMs: 0, fromMs: 0, toMs: 6_999_000, turn: 'identity' } },
  ])
  expect(meanwhile).toBeGreaterThan(5)
}, 60_000)

test('where there is no time for all, upright and mirrored come first in all films, and the rest is said', async () => {
  const bank = [1, 2, 3].map(seed => bankedFilm(long(seed, 50)))
  // Each comparison is one of 100 frames: three films upright and mirrored.
  const effort = effortOf(600)
  const mirrored = foundFilm(bank[2]!.video, true)
  expect(await compareWithEach(bank, mirrored, effort)).toMatchObject([
    { verdict: 'none' },
    { verdict: 'none' },
    { verdict: 'match', turn: 'flipY', banked: bank[2]!.banked },
  ])
  expect(effort).toEqual({ left: 0, uncompared: 2 * 6 })
  const tight = effortOf(299)
  expect(await compareWithBank(bank, mirrored, tight)).toMatchObject({ verdict: 'none' })
  expect(tight.uncompared).toBe(3 * 8 - 2)
})
