/**
 * The product's HTTP floor with all its routes, over an empty embedded database: what is asked for its own
 * description, in tests and for the generated types.
 *
 * @module
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '../server/src/platform/config.ts'
import { start, type Running } from '../server/src/main.ts'

/** Starts the product in a folder of its own, on a free port, with no work going on. */
export async function startForTest(
  environment: Readonly<Record<string, string>> = {},
): Promise<Running & AsyncDisposable & { folder: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'jikimi-product-'))
  const read = readConfig({
    JIKIMI_DATA: folder,
    JIKIMI_PORT: '0',
    JIKIMI_LOG: 'silent',
    JIKIMI_ROLES: 'web',
    ...environment,
  })
  if (!read.ok) throw new Error(read.wrong.map(each => each.line).join('\n'))
  const running = await start(read.config)
  return {
    ...running,
    folder,
    async [Symbol.asyncDispose]() {
      await running.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The OpenAPI document of the whole API. */
export async function apiDocument(): Promise<object> {
  await using product = await startForTest()
  return product.app.swagger()
}
