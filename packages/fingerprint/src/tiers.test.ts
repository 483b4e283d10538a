import { expect, test } from 'vitest'
import { croppedCopy, grainedPicture, mirroredCopy, turnedRight } from './changed-picture.ts'
import { queryForms } from './forms.ts'
import type { Pixels } from './pixels.ts'
import { explain, matchForms, tierOf } from './tiers.ts'
import { bankWindows } from './windows.ts'

const picture = grainedPicture(21, 480, 320)
const rows = bankWindows(picture)
const whole = { x: 0, y: 0, w: 1, h: 1 }

function said(copy: Pixels): string {
  const match = matchForms(queryForms(copy), rows)
  expect(match?.tier).toBe('strong')
  expect(explain(match!).ko).toMatch(/강한 일치/)
  return explain(match!).en
}

test('an officer reads what was done to the copy', () => {
  expect(said(picture)).toBe('the whole picture (strong match, 0 of 256 bits differ)')
  expect(said(mirroredCopy(croppedCopy(picture, 48, 0, 0, 0)))).toMatch(
    /^mirrored, cropped 10 % on the left \(/,
  )
  expect(said(turnedRight(picture))).toMatch(/^turned 90° to the right \(/)
  expect(said(turnedRight(turnedRight(turnedRight(picture))))).toMatch(/^turned 90° to the left \(/)
})

test('31 bits are strong, 60 are for a look, 61 are nothing', () => {
  const query = { form: 'whole', quality: 100, isEmpty: false } as const
  const stored = { window: whole, quality: 100 }
  expect([31, 32, 60, 61].map(bits => tierOf(bits, query, stored))).toEqual([
    'strong',
    'review',
    'review',
    'none',
  ])
})

test('a dull picture is never strong, a page or a template needs to be nearer', () => {
  const stored = { window: whole, quality: 100 }
  expect(tierOf(0, { form: 'whole', quality: 49, isEmpty: false }, stored)).toBe('review')
  expect(tierOf(0, { form: 'whole', quality: 100, isEmpty: false }, { ...stored, quality: 10 })).toBe(
    'review',
  )
  expect(tierOf(16, { form: 'whole', quality: 49, isEmpty: false }, stored)).toBe('none')
  const page = { form: 'whole', quality: 100, isEmpty: true } as const
  expect([23, 24, 44, 45].map(bits => tierOf(bits, page, stored))).toEqual([
    'strong',
    'review',
    'review',
    'none',
  ])
})

test('a part against a part is reviewed up to 46 bits', () => {
  const query = { form: 'cut', quality: 100, isEmpty: false } as const
  const half = { window: { ...whole, w: 0.5 }, quality: 100 }
  expect([46, 47].map(bits => tierOf(bits, query, half))).toEqual(['review', 'none'])
})

test('another picture is no match', () => {
  for (let seed = 30; seed < 36; seed++) {
    expect(matchForms(queryForms(grainedPicture(seed, 480, 320)), rows)).toBeUndefined()
  }
})
