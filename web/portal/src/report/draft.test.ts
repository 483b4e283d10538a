import { expect, test } from 'vitest'
import { addressesIn, formOf, lacksContact, newDraft, stepsOf, without, type Draft } from './draft.ts'

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
  expect(formOf({ ...draft, ...without('contact', draft) }, [], 'ko').contact).toEqual({ way: 'receiptOnly' })
})

test('who says that a child is concerned is not asked for the age, and it counts as under 18', () => {
  const draft = { ...newDraft(), concern: 'minor' as const }
  expect(stepsOf(draft)).not.toContain('age')
  expect(formOf(draft, [], 'en').ageUnder18).toBe(true)
})

test('each way asks what fits it, and nothing twice', () => {
  const asked = (part: Partial<Draft>) => stepsOf({ ...newDraft(), ...part })
  expect(asked({ concern: 'threat' })).toEqual(
    expect.arrayContaining(['demand', 'deadline', 'isSpread', 'suspect']),
  )
  expect(asked({ concern: 'threat' })).not.toContain('hasPaid')
  expect(asked({ concern: 'threat', particulars: { demand: 'money' } })).toContain('hasPaid')
  // Where nothing is spread there is no address to name.
  expect(asked({ concern: 'threat', particulars: { isSpread: false } })).not.toContain('addresses')
  expect(asked({ concern: 'leak', particulars: { isSpread: false } })).toContain('addresses')
  expect(asked({ concern: 'hiddenCamera' })).toEqual(expect.arrayContaining(['place', 'mayStillFilm']))
  expect(asked({ concern: 'deepfake' })).toContain('faceFrom')
  expect(asked({ relation: 'helper' })).toEqual(expect.arrayContaining(['actsAs', 'personKnows']))
  const bystander = asked({ relation: 'other', concern: 'threat' })
  for (const each of ['files', 'consents', 'woman', 'suspect', 'demand'] as const)
    expect(bystander).not.toContain(each)
})

test('a young person is asked whether a guardian may know; who reports for a child is not', () => {
  const young = { ...newDraft(), isUnder18: true }
  expect(stepsOf(young)).toEqual(expect.arrayContaining(['guardianMayKnow', 'guardianIsSuspect']))
  expect(stepsOf({ ...young, relation: 'guardian' })).not.toContain('guardianMayKnow')
})

test('an answer to what is no longer asked is not sent', () => {
  const draft = { ...newDraft(), concern: 'threat' as const, particulars: { demand: 'money' as const } }
  expect(formOf(draft, [], 'ko').particulars).toEqual({ demand: 'money' })
  expect(formOf({ ...draft, concern: 'leak' }, [], 'ko').particulars).toEqual({})
})

test('a report is the wish for removal unless that is switched off; what was not switched on was not said', () => {
  const nothing = { removal: true, investigation: null, banks: null, abroad: null }
  expect(formOf(newDraft(), [], 'ko').consents).toEqual(nothing)
  expect(formOf({ ...newDraft(), consents: { removal: false, banks: true } }, [], 'ko').consents).toEqual({
    ...nothing,
    removal: false,
    banks: true,
  })
  expect(formOf({ ...newDraft(), relation: 'other' }, [], 'ko').consents).toEqual({
    ...nothing,
    removal: null,
  })
})
