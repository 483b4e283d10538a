import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test, vi } from 'vitest'
import {
  isSignedOut,
  isStopped,
  newIdempotencyKey,
  openApi,
  Problem,
  sentenceOf,
  Unreachable,
} from './api.ts'

afterEach(() => vi.unstubAllGlobals())

/** A server on loopback that answers by `respond`, with the client that asks it. */
async function given(respond: (response: ServerResponse, call: number) => void) {
  const calls: { method: string; language: string | undefined; key: string | undefined }[] = []
  const server = createServer((request, response) => {
    const { 'accept-language': language, 'idempotency-key': key } = request.headers
    calls.push({ method: request.method!, language, key: key?.toString() })
    request.resume().on('end', () => respond(response, calls.length))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  vi.stubGlobal('location', { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })
  return {
    calls,
    api: openApi({ language: () => 'en', timeoutMs: 1000 }),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

const json = (response: ServerResponse, status: number, body: unknown, type = 'application/json') =>
  response.writeHead(status, { 'content-type': type }).end(JSON.stringify(body))

test('an answer is read, and the language goes with the question', async () => {
  await using server = await given(response => json(response, 200, { a: 1 }))
  expect(await server.api.get<{ a: number }>('/x', { query: { limit: 5, after: undefined } })).toEqual({
    a: 1,
  })
  expect(server.calls[0]?.language).toBe('en')
})

test('a refusal carries both sentences', async () => {
  const sentences = { ko: '안 됩니다.', en: 'No.' }
  await using server = await given(response =>
    json(response, 401, { code: 'http.notSignedIn', sentences }, 'application/problem+json; charset=utf-8'),
  )
  const refusal = await server.api.get('/x').catch((error: unknown) => error)
  expect(refusal).toBeInstanceOf(Problem)
  expect(sentenceOf(refusal, 'ko')).toBe('안 됩니다.')
  expect(sentenceOf(refusal, 'en')).toBe('No.')
  expect(isSignedOut(refusal)).toBe(true)
})

test('a refusal by something in between has a sentence all the same', async () => {
  await using server = await given(response =>
    response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>bad</h1>'),
  )
  const refusal = await server.api.get('/x').catch((error: unknown) => error)
  expect(sentenceOf(refusal, 'en')).toContain('(502)')
})

test('a question whose line is cut is asked again', async () => {
  await using server = await given((response, call) =>
    call < 3 ? response.destroy() : json(response, 200, {}),
  )
  await server.api.get('/x')
  expect(server.calls).toHaveLength(3)
})

test('what would be done twice is not sent again, but with a key it is', async () => {
  await using server = await given(response => response.destroy())
  await expect(server.api.post('/x', {})).rejects.toBeInstanceOf(Unreachable)
  expect(server.calls).toHaveLength(1)
  const key = newIdempotencyKey()
  await expect(server.api.post('/x', {}, { idempotencyKey: key })).rejects.toBeInstanceOf(Unreachable)
  expect(server.calls.slice(1).map(each => each.key)).toEqual([key, key, key])
})

test('a server that does not answer in time is unreachable, and is not asked again', async () => {
  await using server = await given(() => {})
  const fault = await server.api.get('/x', { timeoutMs: 50 }).catch((error: unknown) => error)
  expect(fault).toMatchObject({ name: 'Unreachable', reason: 'timeout' })
  expect(server.calls).toHaveLength(1)
})

test('a question that the caller stops is no fault', async () => {
  await using server = await given(() => {})
  const stop = new AbortController()
  const asked = server.api.get('/x', { signal: stop.signal }).catch((error: unknown) => error)
  stop.abort()
  expect(isStopped(await asked)).toBe(true)
})

test('a key is a version 4 UUID also where the browser makes none', () => {
  vi.stubGlobal('crypto', { getRandomValues: crypto.getRandomValues.bind(crypto) })
  expect(newIdempotencyKey()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})
