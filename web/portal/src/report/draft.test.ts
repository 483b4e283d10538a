import { expect, test } from 'vitest'
import type { ReportedVideo } from '../api.ts'
import { addressesIn, fitted, formOf, lacksContact, newDraft, stepsOf, without } from './draft.ts'

test.each([
  ['https://a.example/1\nhttps://b.example/2', ['https://a.example/1', 'https://b.example/2']],
  ['  a.example/x  \r\n\r\n', ['a.example/x']],
  ['보세요: https://a.example/1.', ['https://a.example/1']],
  ['(https://a.example/1) https://b.example/2,', ['https://a.example/1', 'https://b.example/2']],
  ['https://a.example/1\nhttps://a.example/1', ['https://a.example/1']],
  ['어떤 앱의 abc', ['어떤 앱의 abc']],
  [`https://a.example/${'x'.repeat(3000)}`, []],
  ['', []],
])('addresses are taken out of %j', (text, found) => {
  expect(addressesIn(text)).toEqual(found)
})

test('a way of contact other than the receipt needs a number or an address', () => {
  const draft = newDraft()
  expect(lacksContact(draft)).toBe(false)
  expect(lacksContact({ ...draft, way: 'receiptOnly' })).toBe(false)
  expect(lacksContact({ ...draft, way: 'phone' })).toBe(true)
  expect(lacksContact({ ...draft, way: 'phone', contact: '010-0000-0000' })).toBe(false)
  expect(lacksContact({ ...draft, way: 'email', contact: '010-0000-0000' })).toBe(true)
  expect(lacksContact({ ...draft, way: 'email', contact: 'a@a.example' })).toBe(false)
})

test('an answer that is passed over is taken out whole', () => {
  const draft = { ...newDraft(), way: 'text' as const, contact: '01000000000', note: 'at noon' }
  expect(formOf({ ...draft, ...without('contact') }, [], 'ko').contact).toEqual({ way: 'receiptOnly' })
})

test('who says that a child is concerned is not asked for the age, and it counts as under 18', () => {
  const draft = { ...newDraft(), concern: 'minor' as const }
  expect(stepsOf(draft)).not.toContain('age')
  expect(formOf(draft, [], 'en').ageUnder18).toBe(true)
})

test('what is too large for one request is thinned, the longest video first, and nothing is dropped', () => {
  const video = (frames: number): ReportedVideo => ({
    kind: 'video',
    profile: 'pdq-512/1',
    durationMs: frames * 1000,
    frames: Array.from({ length: frames }, (_, i) => ({
      atMs: i * 1000,
      hash: '0'.repeat(64),
      quality: 100,
    })),
  })
  const many = Array.from({ length: 40 }, (_, i) => video(i === 0 ? 5 : 600))
  const sent = fitted(many, 960 * 1024)
  expect(JSON.stringify(sent).length).toBeLessThanOrEqual(960 * 1024)
  expect(sent).toHaveLength(40)
  expect(sent[0]).toEqual(many[0])
})
