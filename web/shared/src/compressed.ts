/**
 * Compresses what a build has written, beside each file: on a slow network the portal's first page is 85 kB
 * or 30. The server hands out whichever the browser takes (`platform/web.ts`).
 *
 * @module
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

// Below this a compressed file saves no packet. Fonts and pictures are compressed as they are.
const bytesMin = 1024
const isText = (name: string) => /\.(js|css|svg)$/.test(name)

/** A plugin for Vite: `x.js` gets `x.js.br` and `x.js.gz`. */
export function compressed() {
  return {
    name: 'jikimi-compressed',
    apply: 'build' as const,
    writeBundle({ dir }: { dir?: string | undefined }) {
      const files = readdirSync(dir ?? 'dist', { recursive: true, encoding: 'utf8' }).filter(isText)
      for (const file of files) {
        const path = join(dir ?? 'dist', file)
        const bytes = readFileSync(path)
        if (bytes.length < bytesMin) continue
        writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }))
        writeFileSync(
          `${path}.br`,
          brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
        )
      }
    },
  }
}
