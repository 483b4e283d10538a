import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { base64, sha256 } from './search.wasm.ts'

test('the WebAssembly that is kept is what its sources build, byte for byte', async () => {
  const kept = await readFile(new URL('search.wasm.ts', import.meta.url), 'utf8')
  const builder = fileURLToPath(new URL('../build-search.ts', import.meta.url))
  const built = await promisify(execFile)(process.execPath, [builder, '--print'], { maxBuffer: 1 << 20 })
  expect(built.stdout).toBe(kept)
  expect(createHash('sha256').update(Buffer.from(base64, 'base64')).digest('hex')).toBe(sha256)
})
