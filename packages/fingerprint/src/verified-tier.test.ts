import { expect, test } from 'vitest'
import { grainedPicture, pageWith } from './changed-picture.ts'
import { featuresOf } from './features.ts'
import { verifyFeatures, type Verified } from './geometry.ts'
import type { Matched } from './tiers.ts'
import { mayAct, tierVerified } from './verified-tier.ts'

const verified = (agreeing: number, contradicting: number, inliers = 30): Verified => ({
  isSame: inliers >= 12 && agreeing >= 0.62 * (agreeing + contradicting),
  inliers,
  transform: [1, 0, 0, 0, 1, 0],
  isMirrored: false,
  isNegative: false,
  agreeing,
  contradicting,
})
const full = { emptiness: 0.3 }
const whole = { x: 0, y: 0, w: 1, h: 1 }
const matched = (tier: Matched['tier'], distance: number): Matched => ({
  tier,
  distance,
  quality: 100,
  profile: 'pdq-512/1',
  query: { form: 'whole', turn: 'identity', isNegative: false, window: whole, angle: 0, isEmpty: false },
  stored: { window: whole, angle: 0 },
})

test('features that fit well act by themselves; those that fit in parts ask for a look', () => {
  expect(tierVerified(undefined, verified(20, 2), full, full)).toBe('strong')
  expect(tierVerified(matched('review', 50), verified(20, 2), full, full)).toBe('strong')
  expect(tierVerified(undefined, verified(13, 7), full, full)).toBe('review')
  expect(tierVerified(undefined, verified(8, 8), full, full)).toBe('none')
})

test('a strong match whose features contradict it is for a person, unless it is all but equal', () => {
  expect(tierVerified(matched('strong', 22), verified(11, 13), full, full)).toBe('review')
  expect(tierVerified(matched('strong', 8), verified(11, 13), full, full)).toBe('strong')
})

test('what is mostly empty is a page or a screen: a person looks', () => {
  const empty = { emptiness: 0.51 }
  expect([mayAct(verified(30, 0), empty, full), mayAct(verified(30, 0), full, empty)]).toEqual([false, false])
  expect(mayAct(verified(30, 0), full, full)).toBe(true)
  expect(tierVerified(undefined, verified(30, 0), empty, full)).toBe('review')
})

test('without features, or with too few to say anything, the fingerprints have the word', () => {
  expect(tierVerified(matched('strong', 31), undefined, full, full)).toBe('strong')
  expect(tierVerified(matched('review', 31), verified(1, 9, 5), full, full)).toBe('review')
  expect(tierVerified(undefined, undefined, full, full)).toBe('none')
})

test('one frame around another picture, or around nothing, is another picture', () => {
  const [one, other] = [grainedPicture(3, 480, 360), grainedPicture(4, 480, 360)]
  const blank = { ...one, data: new Uint8Array(one.data.length).fill(128) }
  const framed = featuresOf(pageWith(one))
  for (const inside of [other, blank])
    expect(
      tierVerified(undefined, verifyFeatures(featuresOf(pageWith(inside)), framed), full, full),
    ).not.toBe('strong')
})
