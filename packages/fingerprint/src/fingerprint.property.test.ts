import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  complement,
  distance,
  formatFingerprint,
  isFingerprint,
  judge,
  parseFingerprint,
  parsePictureFingerprint,
  wordsOf,
} from './index.ts'

const words = fc.uint32Array({ minLength: 8, maxLength: 8 })
const fingerprint = words.map(formatFingerprint)

test('a fingerprint written and read again is the same, in either case', () => {
  fc.assert(
    fc.property(words, value => {
      const text = formatFingerprint(value)
      expect(wordsOf(parseFingerprint(text))).toEqual(value)
      expect(parseFingerprint(` ${text.toUpperCase()}\n`)).toBe(text)
    }),
  )
})

test('what is not 64 hexadecimal digits is refused without being repeated', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.integer(), fc.constant(null)), value => {
      fc.pre(!(typeof value === 'string' && isFingerprint(value.trim().toLowerCase())))
      expect(() => parseFingerprint(value)).toThrow('A fingerprint is 64 hexadecimal digits.')
    }),
  )
})

test('distance is a metric', () => {
  fc.assert(
    fc.property(fingerprint, fingerprint, fingerprint, (a, b, c) => {
      expect(distance(a, a)).toBe(0)
      expect(distance(a, b) === 0).toBe(a === b)
      expect(distance(a, b)).toBe(distance(b, a))
      expect(distance(a, c)).toBeLessThanOrEqual(distance(a, b) + distance(b, c))
      expect(distance(a, complement(b))).toBe(256 - distance(a, b))
    }),
  )
})

test('distance counts the bits that differ', () => {
  fc.assert(
    fc.property(words, fc.uniqueArray(fc.integer({ min: 0, max: 255 })), (value, flips) => {
      const other = value.slice()
      for (const bit of flips) other[bit >> 5]! ^= 1 << (bit & 31)
      expect(distance(formatFingerprint(value), formatFingerprint(other))).toBe(flips.length)
    }),
  )
})

test('up to 31 bits at quality 50 is a match, up to 52 or at low quality a person looks, beyond it is none', () => {
  expect([
    judge(0, 50),
    judge(31, 50),
    judge(31, 49),
    judge(32, 100),
    judge(52, 100),
    judge(53, 100),
  ]).toEqual(['match', 'match', 'review', 'review', 'review', 'none'])
})

test('a picture fingerprint from outside is checked part by part', () => {
  const hash = 'ab'.repeat(32)
  expect(parsePictureFingerprint({ hash, quality: 7, other: 1 })).toEqual({ hash, quality: 7 })
  expect(() => parsePictureFingerprint({ hash, quality: 101 })).toThrow(
    'A quality is a whole number from 0 to 100.',
  )
  expect(() => parsePictureFingerprint({ hash: 'ab', quality: 1 })).toThrow(TypeError)
  expect(() => parsePictureFingerprint(null)).toThrow(TypeError)
})
