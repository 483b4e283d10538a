import { parse } from 'tldts'
import { expect, test } from 'vitest'
import { critical, shared } from './critical.ts'
import { blockedName, guardsOf } from './guards.ts'

test.each([
  ['board-one.example', []],
  ['www.board-one.example', []],
  ['someone.github.io', []],
  ['a.b.board.co.kr', []],
  // Above names that are listed.
  ['co.kr', ['critical', 'publicSuffix', 'sharedHost']],
  ['github.io', ['publicSuffix']],
  ['s3.amazonaws.com', ['publicSuffix', 'sharedHost']],
  ['blogspot.com', ['publicSuffix']],
  ['kr', ['critical', 'publicSuffix', 'sharedHost', 'notADnsName']],
  ['www.police.go.kr', ['critical']],
  ['online.kbstar.com', ['critical']],
  ['www.amc.seoul.kr', ['critical']],
  ['seoul.kr', ['critical', 'publicSuffix']],
  ['www.snu.ac.kr', ['critical']],
  ['www.youtube.com', ['sharedHost']],
  ['blog.naver.com', ['sharedHost']],
  ['d111.cloudfront.net', ['sharedHost']],
  ['192.0.2.7', ['ipAddress']],
  ['[2001:db8::1]', ['ipAddress']],
  ['under_score.example', ['notADnsName']],
])('what forbids blocking %s: %j', (host, codes) => {
  expect(guardsOf(host)).toEqual(codes)
})

test('a block of www covers the name itself, but never climbs to a suffix', () => {
  expect(blockedName('www.board.example')).toBe('board.example')
  expect(blockedName('www.board.co.kr')).toBe('board.co.kr')
  expect(blockedName('www.co.kr')).toBe('www.co.kr')
  expect(blockedName('cdn.board.example')).toBe('cdn.board.example')
})

test('both lists hold names in their canonical spelling, each once, and no name stands on both', () => {
  for (const name of [...critical, ...shared]) expect(parse(name).hostname).toBe(name)
  expect(new Set(critical).size).toBe(critical.length)
  expect(new Set(shared).size).toBe(shared.length)
  expect(shared.filter(name => critical.includes(name))).toEqual([])
})
