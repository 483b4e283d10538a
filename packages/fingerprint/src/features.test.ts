import fc from 'fast-check'
import { expect, test } from 'vitest'
import { croppedCopy, grainedPicture, mirroredCopy, negativeCopy, tiltedCopy } from './changed-picture.ts'
import { featuresFromBytes, featuresToBytes } from './feature-bytes.ts'
import { featuresMax, featuresOf, inverted, mirrored } from './features.ts'
import { verifyFeatures, verifySame } from './geometry.ts'
import type { Pixels } from './pixels.ts'
import { featureBank, suspects } from './suspects.ts'
import { explainVerified } from './verified-words.ts'

const pictures = [1, 2, 3, 4, 5, 6].map(seed => grainedPicture(seed, 440, 330))
const features = pictures.map(featuresOf)

test('a copy that is cut, mirrored, inverted or tilted is the same picture, and how is said', () => {
  for (const picture of pictures.slice(0, 3)) {
    expect(verifySame(picture, picture)).toMatchObject({ isSame: true, isMirrored: false, isNegative: false })
    expect(verifySame(mirroredCopy(picture), picture)).toMatchObject({ isSame: true, isMirrored: true })
    expect(verifySame(negativeCopy(picture), picture)).toMatchObject({ isSame: true, isNegative: true })
    expect(verifySame(tiltedCopy(picture, 11), picture).isSame).toBe(true)
    expect(verifySame(croppedCopy(picture, 70, 30, 20, 55), picture).isSame).toBe(true)
  }
})

test('the transform says where the copy lies in the stored picture', () => {
  const { transform } = verifySame(croppedCopy(pictures[0]!, 60, 40, 0, 0), pictures[0]!)
  const [a, b, c, d, e, f] = transform!
  expect([a, b, d, e].map(n => Math.round(n * 20) / 20 + 0)).toEqual([1, 0, 0, 1])
  expect(Math.abs(c - 60)).toBeLessThan(4)
  expect(Math.abs(f - 40)).toBeLessThan(4)
})

test('an officer reads how a verified copy lies in the stored picture', () => {
  const said = (copy: Pixels) => {
    const [a, b] = [featuresOf(copy), features[0]!]
    return explainVerified(verifyFeatures(a, b), a, b).en
  }
  expect(said(pictures[0]!)).toMatch(/^the whole picture \(verified, \d+ places agree\)$/)
  expect(said(croppedCopy(pictures[0]!, 110, 0, 0, 66))).toMatch(
    /^cropped 2[45] % on the left, (19|20|21) % at the bottom \(/,
  )
  expect(said(mirroredCopy(croppedCopy(pictures[0]!, 110, 0, 0, 0)))).toMatch(
    /^mirrored, cropped 2[45] % on the left \(/,
  )
  expect(said(tiltedCopy(pictures[0]!, 9))).toMatch(/tilted by about 9°/)
})

test('no two different pictures are the same', () => {
  for (const [i, a] of features.entries()) {
    for (const b of features.slice(i + 1)) expect(verifyFeatures(a, b).isSame).toBe(false)
  }
})

test('pages that share a template and differ in their picture are not the same', () => {
  // The same rim of 60 pixels around two different middles.
  const [rim, middle] = [pictures[4]!, pictures[5]!]
  const made = { ...rim, data: rim.data.slice() }
  for (let y = 60; y < rim.height - 60; y++) {
    const [from, to] = [(y * rim.width + 60) * 4, ((y + 1) * rim.width - 60) * 4]
    made.data.set(middle.data.subarray(from, to), from)
  }
  expect(verifySame(made, rim).isSame).toBe(false)
})

test('features of the mirrored and the inverted picture follow by moving bits', () => {
  const [picture, own] = [pictures[0]!, features[0]!]
  expect(verifyFeatures(mirrored(own), featuresOf(mirroredCopy(picture)))).toMatchObject({
    isSame: true,
    isMirrored: false,
  })
  expect(verifyFeatures(inverted(own), featuresOf(negativeCopy(picture)))).toMatchObject({
    isSame: true,
    isNegative: false,
  })
  expect(mirrored(mirrored(own)).words).toEqual(own.words)
  expect(inverted(inverted(own)).words).toEqual(own.words)
})

test('a flat picture has no features and is the same as nothing', () => {
  const flat = { width: 200, height: 200, channels: 1, data: new Uint8Array(40_000).fill(128) } as const
  expect(featuresOf(flat).count).toBe(0)
  expect(verifySame(flat, flat)).toMatchObject({ isSame: false, inliers: 0 })
})

test('written as bytes they are at most 15.2 KB and verify as before', () => {
  for (const own of features) {
    const bytes = featuresToBytes(own)
    expect(bytes).toHaveLength(12 + own.count * 38)
    expect(own.count).toBeLessThanOrEqual(featuresMax)
    const read = featuresFromBytes(bytes)
    expect(read.words).toEqual(own.words)
    expect(verifyFeatures(read, own).isSame).toBe(true)
    expect(featuresToBytes(read)).toEqual(bytes)
  }
})

test('bytes of strangers are refused or read, never anything else', () => {
  const bytes = featuresToBytes(features[0]!)
  expect(() => featuresFromBytes(bytes.subarray(0, -1))).toThrow(TypeError)
  expect(() => featuresFromBytes(Uint8Array.from(bytes, (byte, i) => (i === 3 ? 9 : byte)))).toThrow(
    /version/,
  )
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.nat(255), (at, value) => {
      const changed = bytes.slice()
      changed[at] = value
      try {
        expect(featuresFromBytes(changed).count).toBe(features[0]!.count)
      } catch (error) {
        expect(error).toBeInstanceOf(TypeError)
      }
    }),
  )
})

test('a bank of features proposes the picture that a copy was made from, first', () => {
  const bank = featureBank(features.map((own, id) => ({ id, features: own })))
  for (const [id, picture] of pictures.entries()) {
    expect(suspects(bank, featuresOf(croppedCopy(mirroredCopy(picture), 50, 40, 60, 10)))[0]?.id).toBe(id)
  }
  const flat = { width: 200, height: 200, channels: 1, data: new Uint8Array(40_000) } as const
  expect(suspects(bank, featuresOf(flat))).toEqual([])
})
