import fc from 'fast-check'
import { expect, test } from 'vitest'
import { concerns } from '#intake'
import { composeReferral, type Known } from './compose.ts'
import { facts, ReferralDraft, type Fact } from './referral-schema.ts'

// Marks of their own, so that what is found in the text can only have come from there.
const mark = (name: string) => fc.stringMatching(/^[a-z]{12}$/).map(text => `${name}-${text}`)
const situation = fc.record({
  facts: fc.uniqueArray(fc.constantFrom(...facts)),
  language: fc.constantFrom('ko' as const, 'en' as const),
  wishedName: mark('name'),
  words: mark('words'),
  value: mark('value'),
  note: mark('note'),
  region: mark('region'),
  concern: fc.constantFrom(...concerns),
  addressCount: fc.integer({ min: 7000, max: 9000 }),
  tongue: fc.constantFrom('ko' as const, 'en' as const),
})

const known = (of: Omit<Known, 'contact'> & { value: string; note: string }): Known => ({
  ...of,
  contact: { way: 'email', value: of.value, note: of.note },
})

test('no fact is told that the victim does not allow, and each that is allowed is told', () => {
  fc.assert(
    fc.property(situation, ({ value, note, region, concern, addressCount, tongue, ...of }) => {
      const draft = ReferralDraft.parse({ body: 'hotline-1366', ...of })
      const here = known({
        value,
        note,
        region: { ko: region, en: region },
        concern,
        addressCount,
        language: tongue,
      })
      const text = composeReferral(draft, here)
      const marks: readonly (readonly [Fact, string])[] = [
        ['wishedName', of.wishedName],
        ['words', of.words],
        ['contact', value],
        ['contact', note],
        ['region', region],
        ['addressCount', String(addressCount)],
      ]
      for (const [fact, marked] of marks)
        expect(text.includes(marked), `${fact}: ${marked}`).toBe(of.facts.includes(fact))
    }),
    { numRuns: 300 },
  )
})

test('what is not allowed changes no letter of the text, whatever it is', () => {
  fc.assert(
    fc.property(situation, situation, (one, other) => {
      const draftOf = (of: typeof one) =>
        ReferralDraft.parse({
          body: 'hotline-1366',
          facts: one.facts,
          language: one.language,
          wishedName: of.wishedName,
          words: of.words,
        })
      const knownOf = (of: typeof one) =>
        known({
          value: of.value,
          note: of.note,
          region: { ko: of.region, en: of.region },
          concern: of.concern,
          addressCount: of.addressCount,
          language: of.tongue,
        })
      // Where only what is not allowed differs, the text is the same.
      const mixed = Object.fromEntries(
        Object.entries(other).map(([name, value]) => {
          const fact = { value: 'contact', note: 'contact', tongue: 'language' }[name] ?? name
          return [name, one.facts.includes(fact as Fact) ? one[name as keyof typeof one] : value]
        }),
      ) as typeof one
      expect(composeReferral(draftOf(mixed), knownOf(mixed))).toBe(
        composeReferral(draftOf(one), knownOf(one)),
      )
    }),
    { numRuns: 300 },
  )
})
