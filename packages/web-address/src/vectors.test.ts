/**
 * The vectors that Google publishes with the rules: "URLs and Hashing", Safe Browsing v4, canonicalization and
 * suffix/prefix expressions; the same ones stand in the Web Risk documentation.
 */
import { expect, test } from 'vitest'
import { exactExpression, expressions, hashOf, hashPrefix, hexOf } from './index.ts'
import { spell, written } from './spelling.ts'

const published: readonly (readonly [string, string])[] = [
  ['http://host/%25%32%35', 'http://host/%25'],
  ['http://host/%25%32%35%25%32%35', 'http://host/%25%25'],
  ['http://host/%2525252525252525', 'http://host/%25'],
  ['http://host/asdf%25%32%35asd', 'http://host/asdf%25asd'],
  ['http://host/%%%25%32%35asd%%', 'http://host/%25%25%25asd%25%25'],
  ['http://www.google.com/', 'http://www.google.com/'],
  [
    'http://%31%36%38%2e%31%38%38%2e%39%39%2e%32%36/%2E%73%65%63%75%72%65/%77%77%77%2E%65%62%61%79%2E%63%6F%6D/',
    'http://168.188.99.26/.secure/www.ebay.com/',
  ],
  [
    'http://195.127.0.11/uploads/%20%20%20%20/.verify/.eBaysecure=updateuserdataxplimnbqmn-xplmvalidateinfoswqpcmlx=hgplmcx/',
    'http://195.127.0.11/uploads/%20%20%20%20/.verify/.eBaysecure=updateuserdataxplimnbqmn-xplmvalidateinfoswqpcmlx=hgplmcx/',
  ],
  [
    'http://host%23.com/%257Ea%2521b%2540c%2523d%2524e%25f%255E00%252611%252A22%252833%252944_55%252B',
    'http://host%23.com/~a!b@c%23d$e%25f^00&11*22(33)44_55+',
  ],
  ['http://3279880203/blah', 'http://195.127.0.11/blah'],
  ['http://www.google.com/blah/..', 'http://www.google.com/'],
  ['www.google.com/', 'http://www.google.com/'],
  ['www.google.com', 'http://www.google.com/'],
  ['http://www.evil.com/blah#frag', 'http://www.evil.com/blah'],
  ['http://www.GOOgle.com/', 'http://www.google.com/'],
  ['http://www.google.com.../', 'http://www.google.com/'],
  ['http://www.google.com/foo\tbar\rbaz\n2', 'http://www.google.com/foobarbaz2'],
  ['http://www.google.com/q?', 'http://www.google.com/q?'],
  ['http://www.google.com/q?r?', 'http://www.google.com/q?r?'],
  ['http://www.google.com/q?r?s', 'http://www.google.com/q?r?s'],
  ['http://evil.com/foo#bar#baz', 'http://evil.com/foo'],
  ['http://evil.com/foo;', 'http://evil.com/foo;'],
  ['http://evil.com/foo?bar;', 'http://evil.com/foo?bar;'],
  // Published in bytes, \x01\x80; here as the escapes of these bytes.
  ['http://%01%80.com/', 'http://%01%80.com/'],
  ['http://notrailingslash.com', 'http://notrailingslash.com/'],
  ['  http://www.google.com/  ', 'http://www.google.com/'],
  ['http:// leadingspace.com/', 'http://%20leadingspace.com/'],
  ['http://%20leadingspace.com/', 'http://%20leadingspace.com/'],
  ['%20leadingspace.com/', 'http://%20leadingspace.com/'],
  ['https://www.securesite.com/', 'https://www.securesite.com/'],
  ['http://host.com/ab%23cd', 'http://host.com/ab%23cd'],
  ['http://host.com//twoslashes?more//slashes', 'http://host.com/twoslashes?more//slashes'],
]

test.each(published)('the published vector %j is spelled %j', (given, canonical) => {
  expect(written(spell(given))).toBe(canonical)
})

test('the published vector with a port keeps it here, and drops it where a list is asked', () => {
  // v3 of the rules kept it, v4 drops it. Two ports of one host are two sites to a victim and to a provider.
  expect(written(spell('http://www.gotaport.com:1234/'))).toBe('http://www.gotaport.com:1234/')
  expect(exactExpression('http://www.gotaport.com:1234/')).toBe('www.gotaport.com/')
})

// Chromium's older list of the same rules (canonical_url tests of the v2 specification).
test.each([
  ['http%3A%2F%2Fwackyurl.com:80/', 'http://wackyurl.com/'],
  ['http://i.have.way.too.many.dots.com/', 'http://i.have.way.too.many.dots.com/'],
])('the older vector %j is spelled %j', (given, canonical) => {
  expect(written(spell(given))).toBe(canonical)
})

test('the expressions of the published examples', () => {
  expect(new Set(expressions('http://a.b.c/1/2.html?param=1'))).toEqual(
    new Set([
      'a.b.c/1/2.html?param=1',
      'a.b.c/1/2.html',
      'a.b.c/',
      'a.b.c/1/',
      'b.c/1/2.html?param=1',
      'b.c/1/2.html',
      'b.c/',
      'b.c/1/',
    ]),
  )
  expect(new Set(expressions('http://a.b.c.d.e.f.g/1.html'))).toEqual(
    new Set([
      'a.b.c.d.e.f.g/1.html',
      'a.b.c.d.e.f.g/',
      'c.d.e.f.g/1.html',
      'c.d.e.f.g/',
      'd.e.f.g/1.html',
      'd.e.f.g/',
      'e.f.g/1.html',
      'e.f.g/',
      'f.g/1.html',
      'f.g/',
    ]),
  )
  expect(new Set(expressions('http://1.2.3.4/1/'))).toEqual(new Set(['1.2.3.4/1/', '1.2.3.4/']))
  expect(new Set(expressions('http://a.b/saw-cgi/eBayISAPI.dll/'))).toEqual(
    new Set(['a.b/saw-cgi/eBayISAPI.dll/', 'a.b/saw-cgi/', 'a.b/']),
  )
})

// FIPS 180-2, appendix B.1 and B.2, which the published hash tests repeat.
test('the published hashes', async () => {
  expect(hexOf(await hashOf('abc'))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  expect(await hashPrefix('abc')).toBe('ba7816bf')
  expect(await hashPrefix('abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq')).toBe('248d6a61')
})
