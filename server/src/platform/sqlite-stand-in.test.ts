import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { sqliteStandIn, standInName } from './sqlite-stand-in.ts'

test.runIf(process.platform === 'linux')('the stand-in is a library that this machine loads', () => {
  const folder = mkdtempSync(join(tmpdir(), 'jikimi-stand-in-'))
  try {
    const path = join(folder, standInName)
    writeFileSync(path, sqliteStandIn(process.arch))
    // Loaded, and found to be no add-on of Node's; what cannot be loaded is refused in other words.
    expect(() => process.dlopen({ exports: {} }, path)).toThrow(/did not self-register/)
    writeFileSync(`${path}.other`, sqliteStandIn(process.arch === 'x64' ? 'arm64' : 'x64'))
    expect(() => process.dlopen({ exports: {} }, `${path}.other`)).toThrow(/cannot open|wrong|ELF/i)
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('it is made for the processors that the shipped browser runs on', () => {
  expect(sqliteStandIn('arm64').readUInt16LE(18)).toBe(183)
  expect(sqliteStandIn('x64').readUInt16LE(18)).toBe(62)
  expect(() => sqliteStandIn('s390x')).toThrow(RangeError)
})
