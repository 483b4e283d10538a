import { expect, test } from 'vitest'
import {
  framedCopy,
  grainedPicture,
  mirroredCopy,
  negativeCopy,
  pageWith,
  tiltedCopy,
} from './changed-picture.ts'
import { distance, type Fingerprint } from './fingerprint.ts'
import { queryForms, type FormLevel } from './forms.ts'
import { pdq } from './pdq.ts'
import type { Pixels } from './pixels.ts'

const pictures = [1, 2, 3, 4].map(seed => grainedPicture(seed, 420, 300))

/** The form of a copy that lies nearest to the stored picture. */
function nearest(copy: Pixels, stored: Fingerprint, level: FormLevel = 'base') {
  const forms = queryForms(copy, level).map(form => ({ ...form, bits: distance(form.hash, stored) }))
  return forms.reduce((best, form) => (form.bits < best.bits ? form : best))
}

test('the first form is the picture as it is', () => {
  for (const picture of pictures) {
    expect(queryForms(picture)[0]).toMatchObject({ form: 'whole', turn: 'identity', ...pdq(picture) })
  }
})

test('a frame of any colour is cut away', () => {
  for (const [i, picture] of pictures.entries()) {
    const found = nearest(framedCopy(picture, 40, [0, 255, 120, 60][i]!), pdq(picture).hash)
    expect(found.bits).toBeLessThanOrEqual(31)
    expect(['trimmed', 'part']).toContain(found.form)
  }
})

test('a mirrored copy is found by a turn, a negative by its complement', () => {
  for (const picture of pictures) {
    const { hash } = pdq(picture)
    expect(nearest(mirroredCopy(picture), hash)).toMatchObject({ turn: 'flipY', isNegative: false })
    const negative = nearest(negativeCopy(picture), hash)
    expect(negative).toMatchObject({ form: 'whole', turn: 'identity', isNegative: true })
    expect(negative.bits).toBeLessThanOrEqual(31)
  }
})

test('a picture within a page of text is found in it', () => {
  for (const picture of pictures) {
    const found = nearest(pageWith(picture), pdq(picture).hash)
    expect(found.form).toBe('part')
    expect(found.bits).toBeLessThanOrEqual(31)
  }
})

test('a copy tilted by four to fifteen degrees is turned back', () => {
  for (const degrees of [4, -8, 14]) {
    const found = nearest(tiltedCopy(pictures[0]!, degrees), pdq(pictures[0]!).hash, 'wide')
    expect(found).toMatchObject({ form: 'turned-back', angle: degrees })
    expect(found.bits).toBeLessThanOrEqual(31)
  }
})

test('a flat picture has its whole forms alone, of quality 0', () => {
  const flat: Pixels = { width: 300, height: 200, channels: 1, data: new Uint8Array(60_000).fill(90) }
  const forms = queryForms(flat, 'wide')
  expect(forms).toHaveLength(16)
  expect(forms.every(({ form, quality }) => form === 'whole' && quality === 0)).toBe(true)
})

test('bytes that do not fit the size are refused', () => {
  expect(() => queryForms({ width: 9, height: 9, channels: 3, data: new Uint8Array(9) })).toThrow(RangeError)
})
