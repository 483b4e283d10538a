import { readFileSync } from 'node:fs'
import { Validator } from '@seriousme/openapi-schema-validator'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { digestOf, typesPath } from './api-types.ts'
import { startForTest } from './product.ts'

let product: Awaited<ReturnType<typeof startForTest>>
beforeAll(async () => {
  product = await startForTest()
})
afterAll(() => product[Symbol.asyncDispose]())

test('the API describes itself by a valid OpenAPI document, and the web apps’ types are made from it', async () => {
  const answer = await fetch(`http://127.0.0.1:${product.port}/openapi.json`)
  const document = (await answer.json()) as { openapi: string }
  expect(document.openapi).toBe('3.1.0')
  expect(await new Validator().validate(structuredClone(document))).toMatchObject({ valid: true })
  const [head] = readFileSync(typesPath, 'utf8').split('\n')
  expect(head, 'run `npm run api`').toBe(`// OpenAPI sha256 ${digestOf(product.app.swagger())}`)
})

test('the page that describes the API can be read without a script', async () => {
  const page = await (await fetch(`http://127.0.0.1:${product.port}/docs`)).text()
  expect(page).toContain('POST /api/reports')
  expect(page).not.toContain('<script')
})

test('probes answer, and the numbers are kept from strangers', async () => {
  const at = (path: string, headers = {}) => fetch(`http://127.0.0.1:${product.port}${path}`, { headers })
  expect((await at('/healthz')).status).toBe(200)
  expect((await at('/readyz')).status).toBe(200)
  expect(await (await at('/metrics')).text()).toContain('jikimi_jobs')
  expect((await at('/metrics', { 'x-forwarded-for': '203.0.113.9' })).status).toBe(404)
})

test('every answer carries the headers that keep scripts, frames and other hosts out', async () => {
  const { headers } = await fetch(`http://127.0.0.1:${product.port}/api/agencies`)
  const policy = headers.get('content-security-policy') ?? ''
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("frame-ancestors 'none'")
  expect(policy).not.toContain('unsafe-inline')
  const page = await fetch(`http://127.0.0.1:${product.port}/console/`)
  const [, nonce] = /'nonce-([\w-]{16})'/.exec(page.headers.get('content-security-policy') ?? '') ?? []
  expect(await page.text(), 'the page carries the nonce of its own policy').toContain(`content="${nonce}"`)
  expect(headers.get('referrer-policy')).toBe('no-referrer')
  expect(headers.get('x-content-type-options')).toBe('nosniff')
})

test('what another site sends in a visitor’s name is refused', async () => {
  const answer = await fetch(`http://127.0.0.1:${product.port}/api/receipt-sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: 'https://elsewhere.example' },
    body: JSON.stringify({ token: '0'.repeat(64) }),
  })
  expect(answer.status).toBe(403)
})
