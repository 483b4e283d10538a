/**
 * The built portal at `/` and console at `/console/`: files with hashed names are kept by the browser, the
 * page itself never, and each page gets its own style nonce.
 *
 * @module
 */
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import type { FastifyReply } from 'fastify'
import type { App } from './http.ts'

const built = (app: string) => fileURLToPath(new URL(`../../../web/${app}/dist/`, import.meta.url))
const config = { right: 'public', rateLimit: { max: 3000 } } as const

export async function addWeb(app: App): Promise<void> {
  await app.register(fastifyStatic, { root: built('portal'), serve: false, preCompressed: true })
  const pages = { portal: pageOf('portal'), console: pageOf('console') }
  // With and without the slash: the router takes both for one, so a redirect would go in circles.
  app.get('/console', { config, schema: { hide: true } }, async (_, reply) =>
    sendPage(reply, await pages.console()),
  )
  for (const [name, prefix] of [
    ['console', '/console/'],
    ['portal', '/'],
  ] as const) {
    app.get(`${prefix}assets/*`, { config, schema: { hide: true } }, (request, reply) => {
      const file = (request.params as { '*': string })['*']
      return reply
        .header('cache-control', 'public, max-age=31536000, immutable')
        .sendFile(`assets/${file}`, built(name), { cacheControl: false })
    })
    app.get(`${prefix}*`, { config, schema: { hide: true } }, async (request, reply) => {
      const file = (request.params as { '*': string })['*']
      // Anything with an ending is a file beside the page (icon, manifest); anything else is a place in it.
      if (/\.[a-z0-9]+$/.test(file))
        return reply.header('cache-control', 'no-cache').sendFile(file, built(name), { cacheControl: false })
      if (file.startsWith('api/')) return reply.callNotFound()
      return sendPage(reply, await pages[name]())
    })
  }
}

function pageOf(name: string): () => Promise<string> {
  let page: Promise<string> | undefined
  return () => (page ??= readFile(`${built(name)}index.html`, 'utf8'))
}

function sendPage(reply: FastifyReply, page: string) {
  return reply
    .type('text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(page.replaceAll('__NONCE__', reply.styleNonce))
}
