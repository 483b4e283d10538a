import { expect, test } from 'vitest'
import { dihedral, distance, matchDistanceMax, pdq, qualityMin, turnedFingerprint, turns } from './index.ts'
import { syntheticPicture } from './synthetic-picture.ts'

test('the fingerprint of a turned picture, made from the fingerprint alone, lies well within a match of the true one', () => {
  const bits: number[] = []
  for (let seed = 1; seed <= 60; seed++) {
    const { hashes, quality } = dihedral(syntheticPicture(seed, 320, 240))
    if (quality < qualityMin) continue
    for (const turn of turns) bits.push(distance(turnedFingerprint(hashes.identity, turn), hashes[turn]))
  }
  bits.sort((a, b) => a - b)
  expect(bits.length).toBeGreaterThan(300)
  expect(bits[Math.floor(bits.length / 2)]).toBeLessThanOrEqual(6)
  expect(bits.at(-1)).toBeLessThanOrEqual(matchDistanceMax - 8)
})

test('turned there and back it is the same to the bit', () => {
  const { hash } = pdq(syntheticPicture(7, 320, 240))
  const back = { rotate90: 'rotate270', rotate270: 'rotate90' } as const
  for (const turn of turns) {
    const again = turn === 'rotate90' || turn === 'rotate270' ? back[turn] : turn
    expect(turnedFingerprint(turnedFingerprint(hash, turn), again)).toBe(hash)
  }
})
