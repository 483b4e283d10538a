import { parseFingerprint, videoFingerprint, vpdqForms, vpdqLines } from '@jikimi/fingerprint'
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { askable, pastedIn } from './pasted.ts'

const hash = (seed: number) => parseFingerprint(createHash('sha256').update(`${seed}`).digest('hex'))
const film = (count: number) =>
  videoFingerprint(
    Array.from({ length: count }, (_, second) => ({ atMs: second * 1000, hash: hash(second), quality: 100 })),
    Math.max(1, (count - 1) * 1000),
  )

test('a hash is known by its length, whatever spaces it came with', () => {
  for (const digits of [32, 40, 64]) {
    const value = 'ab'.repeat(digits / 2)
    expect(pastedIn(value)).toEqual({ kind: 'value', value })
    expect(pastedIn(` ${value.slice(0, 10).toUpperCase()}\r\n${value.slice(10)}\n`)).toEqual({
      kind: 'value',
      value,
    })
  }
  expect(pastedIn(' \n')).toEqual({ kind: 'nothing' })
  expect(pastedIn('ab'.repeat(31))).toEqual({ kind: 'wrongValue' })
})

test('lines of a film are known in either form, and the first wrong one is named', () => {
  for (const form of vpdqForms) {
    const lines = vpdqLines(film(30), form)
    expect(pastedIn(`# a film\r\n\n${lines.replaceAll('\n', '\r\n')}`)).toEqual({
      kind: 'film',
      film: film(30),
    })
    expect(pastedIn(`${lines}${hash(1)},200,31.0\n`)).toEqual({ kind: 'wrongLine', line: 31 })
  }
  expect(pastedIn(`${hash(1)},90`)).toEqual({ kind: 'wrongLine', line: 1 })
})

test('the longest film that can be pasted is asked for within what the server takes', () => {
  const long = askable(film(20_000))
  const still = long.frames.map(frame => ({ ...frame, atMs: 86_000_000, untilMs: 86_000_001 }))
  expect(JSON.stringify({ film: { ...long, frames: still }, digests: [] }).length).toBeLessThan(1024 * 1024)
  expect(long.frames[0]!.atMs).toBe(0)
  expect(long.durationMs).toBe(19_999_000)
  expect(askable(film(30))).toEqual(film(30))
})
