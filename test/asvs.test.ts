import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const table = readFileSync('docs/asvs.md', 'utf8')
const rows = table.split('\n').filter(line => /^\| \d/.test(line))

test('each row of the ASVS table names a test that exists, a place, or says why there is none', () => {
  for (const row of rows) {
    const [, , , held = ''] = row.split('|')
    const named = [...held.matchAll(/`([^`]+\.test\.ts)` “([^”]+)”/g)]
    for (const [, path = '', title = ''] of named) {
      expect(existsSync(path), `${path} of: ${row}`).toBe(true)
      expect(readFileSync(path, 'utf8'), row).toContain(title)
    }
    if (named.length === 0) expect(held, row).toMatch(/not met|met, by|met by reading|not used|above|`server/)
  }
})

test('levels 1 and 2 of the three chapters are there, each once', () => {
  const ids = rows.map(row => row.split('|')[1]!.trim())
  expect(new Set(ids).size).toBe(ids.length)
  // ASVS 5.0.0: V6 has 35 requirements of levels 1 and 2, V7 18, V8 7.
  const of = (chapter: string) => ids.filter(id => id.startsWith(chapter)).length
  expect([of('6.'), of('7.'), of('8.')]).toEqual([35, 18, 7])
})
