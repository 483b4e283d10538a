import { execFile } from 'node:child_process'
import { existsSync, globSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

export const dist = fileURLToPath(new URL('../../dist/', import.meta.url))

/** Builds the console where a source is newer than the last build; `npm test` has built it already. */
export async function buildConsole(): Promise<void> {
  const top = fileURLToPath(new URL('../../', import.meta.url))
  const built = join(dist, 'index.html')
  const sources = globSync(['src/**/*.{ts,tsx,css}', 'index.html', '../shared/src/*'], { cwd: top })
  const newest = Math.max(...sources.map(file => statSync(join(top, file)).mtimeMs))
  if (existsSync(built) && statSync(built).mtimeMs > newest) return
  // Two test files may build at the same time: nothing is emptied, and files with hashed names agree.
  const script = "await (await import('vite')).build({ logLevel: 'warn', build: { emptyOutDir: false } })"
  await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
    cwd: top,
    // Under a test's own NODE_ENV the development build of React would come out.
    env: { ...process.env, NODE_ENV: 'production' },
  })
}
