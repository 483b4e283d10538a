import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compileZone, isZoneName, readZone, sentinel } from './rpz.ts'

test('a zone has its head, the sentinel, and two rules for every name, in order', () => {
  expect(compileZone(['beta.example', 'alpha.example', 'beta.example'], 7).text).toBe(
    [
      '$TTL 60',
      '@ SOA localhost. root.localhost. 7 60 60 2592000 60',
      '@ NS localhost.',
      'sentinel.jikimi.invalid CNAME .',
      '*.sentinel.jikimi.invalid CNAME .',
      'alpha.example CNAME .',
      '*.alpha.example CNAME .',
      'beta.example CNAME .',
      '*.beta.example CNAME .',
      '',
    ].join('\n'),
  )
})

const malformed = [
  '',
  'example',
  'com',
  '*.com',
  '.example',
  'a..example',
  'absolute.example.',
  'http://a.example/x',
  'a.example/x',
  'a.example:8080',
  'a b.example',
  'a\n*.com CNAME .\nb.example',
  'a.example ; note',
  '-a.example',
  'a-.example',
  'a_b.example',
  'A.example',
  'é.example',
  'ab--c.example',
  'xn--.example',
  'xn--99999999.example',
  'xn--a.example',
  '127.0.0.1',
  '8.8.8.8',
  '[2001:db8::1]',
  '@',
  '$INCLUDE',
  `${'a'.repeat(64)}.example`,
  `${'a'.repeat(63)}.${'a'.repeat(63)}.${'a'.repeat(63)}.example`,
]

test.each(malformed)('%j never reaches a zone', name => {
  const { names, unusable, text } = compileZone(['good.example', name], 1)
  expect(names).toEqual(['good.example'])
  expect(unusable).toEqual([name])
  expect(readZone(text).names).toEqual(['good.example'])
})

test('names in other scripts stand there in punycode', () => {
  expect(isZoneName('xn--3e0b707e.example')).toBe(true)
  expect(isZoneName('xn--3e0b707e.xn--3e0b707e')).toBe(true)
})

const label = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,10}[a-z0-9])?$/)
const name = fc.array(label, { minLength: 1, maxLength: 4 }).map(labels => `${labels.join('.')}.example`)
const anything = fc.oneof(name, fc.string({ unit: 'binary', maxLength: 30 }), fc.constantFrom(...malformed))

test('whatever is put in, the zone reads back as the sorted names that are names', () => {
  fc.assert(
    fc.property(
      fc.array(anything, { maxLength: 30 }),
      fc.integer({ min: 1, max: 0xffff_ffff }),
      (names, serial) => {
        const made = compileZone(names, serial)
        expect(readZone(made.text)).toEqual({ serial, names: made.names })
        expect(compileZone(names.toReversed(), serial).text).toBe(made.text)
        // oxlint-disable-next-line no-control-regex -- a zone file is printable ASCII and line feeds
        expect(made.text).toMatch(/^[\x20-\x7e\n]+$/)
      },
    ),
  )
})

test.each([
  ['the last line is cut off', (zone: string) => zone.slice(0, -1)],
  ['a rule is lost', (zone: string) => zone.replace('*.alpha.example CNAME .\n', '')],
  ['a name stands there twice', (zone: string) => `${zone}beta.example CNAME .\n*.beta.example CNAME .\n`],
  ['names are out of order', (zone: string) => `${zone}a.example CNAME .\n*.a.example CNAME .\n`],
  ['the sentinel is gone', (zone: string) => zone.replace(/.*sentinel.*\n/g, '')],
  ['a whole suffix is blocked', (zone: string) => `${zone}com CNAME .\n*.com CNAME .\n`],
  [
    'an action is another',
    (zone: string) => zone.replace('beta.example CNAME .', 'beta.example CNAME rpz-passthru.'),
  ],
  ['a comment is added', (zone: string) => zone.replace('@ NS', '; note\n@ NS')],
  ['another file is drawn in', (zone: string) => `${zone}$INCLUDE /etc/passwd\n`],
  ['the TTL would outlast an unblock', (zone: string) => zone.replace('$TTL 60', '$TTL 86400')],
])('our reader refuses a zone in which %s', (_, damage) => {
  const zone = compileZone(['alpha.example', 'beta.example'], 1).text
  expect(damage(zone)).not.toBe(zone)
  expect(() => readZone(damage(zone))).toThrow()
})

test('the sentinel is listed once, whoever else lists it, and a serial has 32 bits', () => {
  expect(compileZone([sentinel], 1).text).toBe(compileZone([], 1).text)
  expect(() => compileZone([], 0)).toThrow(RangeError)
  expect(() => compileZone([], 2 ** 32)).toThrow(RangeError)
})
