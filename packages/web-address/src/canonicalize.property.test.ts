import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalize, exactExpression, expressions, findAddresses, hostKind } from './index.ts'
import { spell, written } from './spelling.ts'

const runs = { numRuns: 3000 }
const piece = fc.constantFrom(
  'http://',
  'https://',
  '//',
  '/',
  '\\',
  '%',
  '%25',
  '%2e',
  '%2F',
  '%3F',
  '%23',
  '%5C',
  '?',
  '#',
  ':',
  '@',
  '.',
  '..',
  '[',
  ']',
  '::1',
  '0x7f',
  '017',
  '3279880203',
  'board',
  'example',
  'co.kr',
  'xn--',
  '한국',
  '에서',
  ' ',
  '\t',
  '\u200b',
  '\ud800',
  '\u0080',
  'é',
  ':80',
  ':99999',
  'a',
  '=',
  '&',
  ';',
  '。',
  '%EA%B0%80',
  '%ff',
)
const pasted = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.array(piece, { maxLength: 14 }).map(pieces => pieces.join('')),
  fc.array(piece, { maxLength: 14 }).map(pieces => `http://board.example/${pieces.join('')}`),
  fc.webUrl({ withFragments: true, withQueryParameters: true }),
)

test('a canonical address is its own canonical form, whatever was typed', () => {
  fc.assert(
    fc.property(pasted, text => {
      const read = canonicalize(text, { allowPrivate: true })
      if (!read.ok) return
      expect(canonicalize(read.canonical, { allowPrivate: true })).toMatchObject({
        ok: true,
        canonical: read.canonical,
        host: read.host,
        registrable: read.registrable,
      })
    }),
    runs,
  )
})

test('nothing that is typed makes the reader throw, and every host it names is one', () => {
  fc.assert(
    fc.property(pasted, text => {
      for (const read of [canonicalize(text), ...findAddresses(text)]) {
        if (!read.ok) continue
        expect(hostKind(read.host)).toBe(read.hostKind)
        expect(URL.canParse(read.openable)).toBe(true)
        // oxlint-disable-next-line no-control-regex -- nothing but visible ASCII may be left
        expect(read.canonical).toMatch(/^https?:\/\/[\x21-\x7e]+$/)
      }
    }),
    runs,
  )
})

test('a browser and this reader see the same host', () => {
  fc.assert(
    fc.property(pasted, text => {
      const read = canonicalize(text, { allowPrivate: true })
      const browser = URL.parse(read.ok ? read.canonical : 'http://board.example/')
      if (read.ok) expect(browser?.hostname).toBe(read.host)
    }),
    runs,
  )
})

test('the spelling is stable even where no host can be meant', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 10 }), pieces => {
      const once = written(spell(`http://board.example/${pieces.join('')}`))
      expect(written(spell(once))).toBe(once)
    }),
    runs,
  )
})

test('an address is always found under its own exact expression, and never under more than thirty', () => {
  fc.assert(
    fc.property(pasted, text => {
      const read = canonicalize(text)
      if (!read.ok) return
      const all = expressions(read.canonical)
      expect(all).toContain(exactExpression(read.canonical))
      expect(all.length).toBeLessThanOrEqual(30)
      expect(new Set(all).size).toBe(all.length)
    }),
    runs,
  )
})
