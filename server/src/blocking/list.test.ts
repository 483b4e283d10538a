import { hashPrefix, expressions } from '@jikimi/web-address'
import { expect, test } from 'vitest'
import { compileHashes, expressionOf, hashesUnder, isHashList, prefixesOf } from './list.ts'

const many = Array.from({ length: 5000 }, (_, place) => `board-${place}.example/`)

test('a list is sorted, without doubles, and its prefixes are four bytes each', () => {
  const hashes = compileHashes([...many, ...many])
  expect(hashes.length).toBe(5000 * 32)
  expect(isHashList(hashes)).toBe(true)
  const prefixes = prefixesOf(hashes)
  expect(prefixes.length % 4).toBe(0)
  const numbers = Array.from({ length: prefixes.length / 4 }, (_, at) => prefixes.readUInt32BE(4 * at))
  expect(numbers.every((number, place) => place === 0 || numbers[place - 1]! < number)).toBe(true)
})

test('a browser finds a blocked host under any of its pages, and a blocked address only there', async () => {
  const hashes = compileHashes([
    expressionOf({ scope: 'host', name: 'board.example' }),
    expressionOf({ scope: 'address', canonical: 'https://shared.example:8443/user/7?clip=1' }),
  ])
  const isListed = async (canonical: string) => {
    for (const each of expressions(canonical)) {
      const prefix = Buffer.from(await hashPrefix(each), 'hex')
      if (hashesUnder(hashes, prefix).some(hash => hash.equals(compileHashes([each])))) return true
    }
    return false
  }
  expect(await isListed('https://cdn.board.example/a/b?c=1')).toBe(true)
  expect(await isListed('http://board.example/')).toBe(true)
  expect(await isListed('https://shared.example/user/7?clip=1')).toBe(true)
  expect(await isListed('https://shared.example/user/7?clip=2')).toBe(false)
  expect(await isListed('https://shared.example/user/7')).toBe(false)
  expect(await isListed('https://shared.example/')).toBe(false)
})

test('every listed hash is found under its own prefix, and nothing under another', () => {
  const hashes = compileHashes(many)
  for (let at = 0; at < hashes.length; at += 32 * 97) {
    const hash = hashes.subarray(at, at + 32)
    expect(hashesUnder(hashes, hash.subarray(0, 4)).some(each => each.equals(hash))).toBe(true)
  }
  expect(hashesUnder(hashes, Buffer.from('00000000', 'hex'))).toEqual([])
  expect(hashesUnder(Buffer.alloc(0), Buffer.from('00000000', 'hex'))).toEqual([])
})

test('a damaged list is none', () => {
  const hashes = compileHashes(many.slice(0, 3))
  expect(isHashList(hashes.subarray(0, 95))).toBe(false)
  expect(isHashList(Buffer.concat([hashes, hashes]))).toBe(false)
})
