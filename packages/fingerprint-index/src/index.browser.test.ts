import { fileURLToPath } from 'node:url'
import { chromium, type Browser } from 'playwright-core'
import { rolldown } from 'rolldown'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { numbersFrom, randomHash, scanned, somePlaces, withFlips } from './given.ts'
import type * as Face from './index.ts'

let browser: Browser

beforeAll(async () => {
  process.env['AWS_LAMBDA_JS_RUNTIME'] ??= 'nodejs22.x' // makes the package unpack its own libraries; read on import
  const { default: shipped } = await import('@sparticuz/chromium')
  const isRoot = process.getuid?.() === 0 // Chromium refuses its sandbox to root
  browser = await chromium.launch({
    executablePath: await shipped.executablePath(),
    args: isRoot ? ['--no-sandbox', '--headless'] : ['--headless'],
  })
})

afterAll(() => browser?.close())

async function pageWith(scripts: string) {
  await using build = await rolldown({ input: fileURLToPath(new URL('./index.ts', import.meta.url)) })
  const { output } = await build.generate({ format: 'iife', name: 'face' })
  const page = await browser.newPage()
  await page.route('**/*', route => {
    const isPage = new URL(route.request().url()).pathname === '/'
    return route.fulfill({
      contentType: isPage ? 'text/html' : 'text/javascript',
      headers: { 'content-security-policy': `default-src 'none'; script-src 'self' ${scripts}` },
      body: isPage ? '<!doctype html><script src="/face.js"></script>' : output[0].code,
    })
  })
  await page.goto('https://page.invalid/')
  return page
}

test.each([
  ["'wasm-unsafe-eval'", 'wasm'],
  ['', 'plain'],
])('a page finds what a linear scan finds (script rule %s: %s)', async (scripts, engine) => {
  const next = numbersFrom(17)
  const hashes = Array.from({ length: 12_000 }, () => randomHash(next))
  const queries = hashes.slice(0, 200).map(hash => withFlips(hash, somePlaces(next, next() % 40)))
  const page = await pageWith(scripts)
  const answered = await page.evaluate(
    ([hashes, queries]) => {
      const { face } = globalThis as unknown as { face: typeof Face }
      const index = face.createIndex()
      for (const [id, hash] of hashes.entries()) index.add(BigInt(id), hash)
      const hits = index.searchMany(queries, { radius: 35 })
      return { engine: index.engine, hits: hits.map(each => each.map(hit => [Number(hit.id), hit.distance])) }
    },
    [hashes, queries] as const,
  )
  expect(answered.engine).toBe(engine)
  const pairs = hashes.map((hash, id) => ({ id: BigInt(id), hash }))
  for (const [at, query] of queries.slice(0, 40).entries()) {
    const expected = scanned(pairs, query, 35).map(hit => [Number(hit.id), hit.distance])
    expect(answered.hits[at]).toEqual(expected)
  }
  await page.close()
})
