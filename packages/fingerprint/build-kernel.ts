import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/*
 * Compiles assembly/ to WebAssembly with SIMD and writes it, as text, to src/kernel-wasm.ts. The same sources
 * and the same pinned compiler give the same bytes; a test builds again and compares.
 * Run: node packages/fingerprint/build-kernel.ts
 */

const home = dirname(fileURLToPath(import.meta.url))
const target = join(home, 'src', 'kernel-wasm.ts')
// A program of its own: its types would lay AssemblyScript's globals over those of the whole repository.
const compiler = createRequire(import.meta.url).resolve('assemblyscript/bin/asc.js')
const settings = ['--runtime', 'stub', '-O3', '--converge', '--noAssert', '--enable', 'simd']

/**
 * Compiles the kernel.
 * @throws Error with the compiler's messages
 */
export function compileKernel(): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), 'kernel-'))
  try {
    const file = join(folder, 'kernel.wasm')
    execFileSync(process.execPath, [compiler, 'index.ts', '--outFile', file, ...settings], {
      cwd: join(home, 'assembly'),
      stdio: 'pipe',
    })
    return readFileSync(file)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** The module that carries the kernel: its bytes in base64 and their SHA-256. */
export function kernelSource(binary: Uint8Array): string {
  const sha256 = createHash('sha256').update(binary).digest('hex')
  return [
    '// Made by build-kernel.ts from assembly/; a test builds it again and compares. Do not edit.',
    `export const kernelSha256 = '${sha256}'`,
    'export const kernelBase64 =',
    `  '${Buffer.from(binary).toString('base64')}'`,
    '',
  ].join('\n')
}

/** The module as it is committed. */
export function committedKernel(): string {
  return readFileSync(target, 'utf8')
}

if (import.meta.main) {
  const binary = compileKernel()
  writeFileSync(target, kernelSource(binary))
  console.log(`${binary.length} bytes`)
}
