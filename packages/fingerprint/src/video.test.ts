import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  comparePictureWithVideo,
  compareVideo,
  formatFingerprint,
  framesMax,
  parseVideoFingerprint,
  sampleTimes,
  samplesMin,
  videoFingerprint,
  wordsOf,
  type Fingerprint,
  type FrameFingerprint,
} from './index.ts'

/** A fingerprint of its own for each number: unrelated ones lie far above 52 bits. */
function hashOf(seed: number): Fingerprint {
  let state = Math.imul(seed + 1, 2654435761) >>> 0
  const word = () => {
    let value = 0
    for (let i = 0; i < 4; i++) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0
      value = (value << 8) | (state >>> 24)
    }
    return value >>> 0
  }
  return formatFingerprint(Uint32Array.from({ length: 8 }, word))
}

function flipped(hash: Fingerprint, bits: number): Fingerprint {
  const words = wordsOf(hash)
  for (let k = 0; k < bits; k++) words[(k * 7) >> 5]! ^= 1 << ((k * 7) & 31)
  return formatFingerprint(words)
}

function clip(from: number, count: number, bits = 0, quality = 90): FrameFingerprint[] {
  return Array.from({ length: count }, (_, i) => ({
    atMs: i * 1000 + 500,
    hash: flipped(hashOf(from + i), bits),
    quality,
  }))
}

const video = (frames: FrameFingerprint[]) => videoFingerprint(frames, 600_000)

test('sample times are one a second, at least 5, at most 600, rising, and inside the video', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.04, max: 86_400, noNaN: true }), durationS => {
      const times = sampleTimes(durationS)
      expect(times.length).toBe(Math.min(600, Math.max(samplesMin, Math.ceil(durationS))))
      times.forEach((atMs, i) =>
        expect(Number.isInteger(atMs) && (i === 0 || atMs > times[i - 1]!)).toBe(true),
      )
      expect(times.at(-1)!).toBeLessThan(durationS * 1000)
    }),
  )
  expect(sampleTimes(10)).toEqual([500, 1500, 2500, 3500, 4500, 5500, 6500, 7500, 8500, 9500])
})

test('a video without a known end is refused', () => {
  for (const durationS of [0, -1, NaN, Infinity, 90_000])
    expect(() => sampleTimes(durationS)).toThrow(RangeError)
})

test('a stretch without change is kept once', () => {
  const still = [0, 1, 2, 3].map(i => ({ atMs: i * 1000, hash: hashOf(i < 3 ? 1 : 2), quality: 80 }))
  const { frames } = videoFingerprint(still.toReversed(), 4000)
  expect(frames.map(frame => [frame.atMs, frame.untilMs])).toEqual([
    [0, 2000],
    [3000, undefined],
  ])
})

test('near-equal neighbours are folded into the first, but a slow change is not folded away', () => {
  const near = [0, 4, 8, 4].map((bits, i) => ({ atMs: i * 250, hash: flipped(hashOf(1), bits), quality: 80 }))
  expect(videoFingerprint(near, 1000).frames).toEqual([{ ...near[0]!, untilMs: 750 }])
  const pan = Array.from({ length: 12 }, (_, i) => ({
    atMs: i * 250,
    hash: flipped(hashOf(1), i * 3),
    quality: 80,
  }))
  const { frames } = videoFingerprint(pan, 5000)
  expect(frames).toHaveLength(4)
  // Folding what is folded changes nothing.
  expect(videoFingerprint(frames, 5000).frames).toEqual(frames)
})

test('a day of film is thinned to as many frames as a fingerprint holds', () => {
  const frames = Array.from({ length: 30_000 }, (_, i) => ({
    atMs: i * 2880,
    hash: hashOf(i),
    quality: 80,
  }))
  const made = videoFingerprint(frames, 86_400_000)
  expect(made.frames).toHaveLength(framesMax)
  expect(made.frames[0]!.atMs).toBe(0)
  expect(made.frames.at(-1)!.atMs).toBeGreaterThan(86_390_000)
  // What a report may be large: hashes as text, times and the rest of the JSON.
  expect(JSON.stringify(made).length).toBeLessThan(framesMax * 130)
})

test('a re-encoded copy is a match with both shares at 1', () => {
  const found = compareVideo(video(clip(0, 30)), video(clip(0, 30, 20)))
  expect(found).toMatchObject({ verdict: 'match', aInB: 1, bInA: 1, aFrames: 30, bFrames: 30 })
  expect(found.best).toEqual({ aAtMs: 500, bAtMs: 500, distance: 20, quality: 90 })
})

test('a short clip out of a long video is a match, whichever is asked for', () => {
  const [long, short] = [video(clip(0, 100)), video(clip(40, 10, 12))]
  expect(compareVideo(short, long)).toMatchObject({ verdict: 'match', aInB: 1, bInA: 0.1 })
  expect(compareVideo(long, short)).toMatchObject({ verdict: 'match', aInB: 0.1, bInA: 1 })
  expect(compareVideo(long, short).best).toMatchObject({ aAtMs: 40_500, bAtMs: 500, distance: 12 })
})

test('one shared title card alone is for a person to look at', () => {
  const card = clip(7, 1)
  const after = (frames: FrameFingerprint[]) => frames.map(frame => ({ ...frame, atMs: frame.atMs + 1000 }))
  const a = video([...card, ...after(clip(100, 20))])
  const b = video([...card, ...after(clip(200, 20))])
  expect(compareVideo(a, b).verdict).toBe('review')
  expect(compareVideo(video(card), b).verdict).toBe('review')
})

test('a still picture published as a video matches its copy', () => {
  expect(compareVideo(video(clip(3, 1)), video(clip(3, 1, 9))).verdict).toBe('match')
})

test('unrelated videos are none', () => {
  expect(compareVideo(video(clip(0, 40)), video(clip(1000, 40)))).toMatchObject({
    verdict: 'none',
    aInB: 0,
    bInA: 0,
  })
})

test('near frames beyond 31 bits are for a person to look at', () => {
  expect(compareVideo(video(clip(0, 10)), video(clip(0, 10, 36)))).toMatchObject({
    verdict: 'review',
    aInB: 0,
  })
})

test('black frames do not count as found, however alike', () => {
  const black = { atMs: 0, hash: hashOf(9), quality: 0 }
  const after = (frames: FrameFingerprint[]) => frames.map(frame => ({ ...frame, atMs: frame.atMs + 1000 }))
  const a = video([black, ...after(clip(0, 9))])
  const b = video([black, ...after(clip(500, 9))])
  expect(compareVideo(a, b)).toMatchObject({ verdict: 'none', aFrames: 9, bFrames: 9 })
  expect(compareVideo(video([black]), video([black]))).toMatchObject({
    verdict: 'review',
    aInB: 0,
    aFrames: 0,
  })
})

test('comparing is symmetric', () => {
  const frames = fc.array(
    fc.tuple(
      fc.integer({ min: 0, max: 12 }),
      fc.integer({ min: 0, max: 60 }),
      fc.integer({ min: 30, max: 100 }),
    ),
    {
      minLength: 1,
      maxLength: 12,
    },
  )
  const made = frames.map(list =>
    video(
      list.map(([seed, bits, quality], i) => ({
        atMs: i * 1000,
        hash: flipped(hashOf(seed), bits),
        quality,
      })),
    ),
  )
  fc.assert(
    fc.property(made, made, (a, b) => {
      const [there, back] = [compareVideo(a, b), compareVideo(b, a)]
      expect([there.verdict, there.aInB, there.bInA, there.best.distance]).toEqual([
        back.verdict,
        back.bInA,
        back.aInB,
        back.best.distance,
      ])
    }),
  )
})

test('a picture is found in a video at the frame it was taken from', () => {
  const found = comparePictureWithVideo({ hash: flipped(hashOf(14), 8), quality: 70 }, video(clip(0, 30)))
  expect(found).toEqual({ verdict: 'match', atMs: 14_500, distance: 8, quality: 70 })
  expect(comparePictureWithVideo({ hash: hashOf(999), quality: 70 }, video(clip(0, 30))).verdict).toBe('none')
})

test('a good frame at 20 bits comes before a blank one at none', () => {
  const frames = [
    { atMs: 0, hash: hashOf(1), quality: 3 },
    { atMs: 1000, hash: flipped(hashOf(1), 20), quality: 88 },
  ]
  expect(comparePictureWithVideo({ hash: hashOf(1), quality: 88 }, video(frames))).toMatchObject({
    verdict: 'match',
    atMs: 1000,
  })
})

test('a video fingerprint from outside is checked part by part', () => {
  const frame = { atMs: 0, hash: hashOf(1), quality: 80 }
  const good = { durationMs: 5000, frames: [frame, { ...frame, atMs: 5000 }] }
  expect(parseVideoFingerprint({ ...good, extra: true })).toEqual(good)
  const wrong: [unknown, RegExp][] = [
    [null, /object/],
    [{ ...good, durationMs: 0 }, /durationMs/],
    [{ ...good, frames: 'none' }, /list/],
    [{ ...good, frames: [] }, /1 to 20000/],
    [
      { ...good, frames: Array.from({ length: framesMax + 1 }, (_, i) => ({ ...frame, atMs: i })) },
      /1 to 20000/,
    ],
    [{ ...good, frames: [{ ...frame, untilMs: 0.5 }] }, /untilMs/],
    [{ ...good, frames: [{ ...frame, atMs: 9, untilMs: 8 }] }, /untilMs/],
    [{ ...good, frames: [{ ...frame, untilMs: 5001 }] }, /until the next/],
    [
      {
        ...good,
        frames: [
          { ...frame, untilMs: 7 },
          { ...frame, atMs: 6 },
        ],
      },
      /until the next/,
    ],
    [{ ...good, frames: [frame, frame] }, /order of time/],
    [{ ...good, frames: [{ ...frame, atMs: 5001 }] }, /beyond the end/],
    [{ ...good, frames: [{ ...frame, atMs: 0.5 }] }, /atMs/],
    [{ ...good, frames: [{ ...frame, hash: 'f' }] }, /64 hexadecimal/],
    [{ ...good, frames: [7] }, /object/],
  ]
  for (const [value, message] of wrong) expect(() => parseVideoFingerprint(value)).toThrow(message)
})
