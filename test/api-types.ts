/**
 * Types of the API for the web apps and the demo, made from the OpenAPI document that the server generates
 * from its own schemas. The digest in the first line lets a test say when they are out of date.
 *
 *   npm run api
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { apiDocument } from './product.ts'

export const typesPath = 'web/shared/src/api.gen.ts'

/** Digest of an OpenAPI document, for the first line of the generated types. */
export function digestOf(document: object): string {
  return createHash('sha256').update(JSON.stringify(document)).digest('hex')
}

if (import.meta.main) {
  const document = await apiDocument()
  const folder = mkdtempSync(join(tmpdir(), 'jikimi-api-'))
  const [from, to] = [join(folder, 'openapi.json'), join(folder, 'types.ts')]
  writeFileSync(from, JSON.stringify(document))
  // It needs the JavaScript interface of TypeScript 5, which the project's own compiler no longer has.
  const tools = ['--yes', '-p', 'openapi-typescript@7.13.0', '-p', 'typescript@5.9.3']
  const made = spawnSync('npx', [...tools, 'openapi-typescript', from, '-o', to, '--root-types'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    cwd: folder,
  })
  if (made.status === 0)
    writeFileSync(typesPath, `// OpenAPI sha256 ${digestOf(document)}\n${readFileSync(to, 'utf8')}`)
  rmSync(folder, { recursive: true, force: true })
  process.exit(made.status ?? 1)
}
