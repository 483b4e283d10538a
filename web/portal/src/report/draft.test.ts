import { expect, test } from 'vitest'
import { addressesIn, formOf, lacksContact, newDraft, stepsOf, without } from './draft.ts'

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
