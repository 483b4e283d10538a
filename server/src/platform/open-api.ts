/**
 * The API described by its own schemas: OpenAPI 3.1 at `/openapi.json`, and a page that a person can read at
 * `/docs`.
 *
 * @module
 */
import swagger from '@fastify/swagger'
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'
import type { OpenAPIV3_1 } from 'openapi-types'
import type { App } from './http.ts'

export async function addOpenApi(app: App): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Jikimi',
        version: '1',
        description: 'From a victim’s report to a verified removal. Errors are problem details (RFC 9457).',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      components: {
        securitySchemes: {
          staff: { type: 'apiKey', in: 'cookie', name: 'jikimi.session_token' },
          receipt: { type: 'apiKey', in: 'cookie', name: 'jikimi_receipt' },
          subscriber: { type: 'http', scheme: 'bearer' },
        },
      },
    },
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  })
}

export function publishOpenApi(app: App): void {
  const config = { right: 'public' } as const
  app.get('/openapi.json', { config, schema: { hide: true } }, (_, reply) =>
    reply.type('application/json').serializer(JSON.stringify).send(app.swagger()),
  )
  app.get('/docs.css', { config, schema: { hide: true } }, (_, reply) => reply.type('text/css').send(look))
  app.get('/docs', { config, schema: { hide: true } }, (_, reply) =>
    reply.type('text/html; charset=utf-8').send(page(app.swagger() as OpenAPIV3_1.Document)),
  )
}

const look = `body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1c2733;background:#fff}
h2{margin-top:2.5rem;text-transform:capitalize}article{border-top:1px solid #d5dde5;padding:.75rem 0}h3{margin:0;font-size:1rem;font-weight:600}
code{font:14px ui-monospace,monospace}p{margin:.25rem 0}pre{overflow:auto;background:#f3f6f9;padding:.75rem;border-radius:.5rem}summary{cursor:pointer}
@media (prefers-color-scheme:dark){body{color:#e4eaf0;background:#12181f}article{border-color:#2c3945}pre{background:#1b242e}a{color:#8cc4ff}}`

function page(api: OpenAPIV3_1.Document): string {
  const routes = Object.entries(api.paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods ?? {}).map(([method, route]) => ({
      path,
      method,
      route: route as OpenAPIV3_1.OperationObject,
    })),
  )
  const rooms = [...new Set(routes.map(each => each.route.tags?.[0] ?? 'other'))]
  const body = rooms
    .map(
      room =>
        `<h2>${safe(room)}</h2>${routes
          .filter(each => (each.route.tags?.[0] ?? 'other') === room)
          .map(article)
          .join('')}`,
    )
    .join('')
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Jikimi API</title>
<link rel="stylesheet" href="/docs.css"><main><h1>Jikimi API</h1><p>${safe(api.info.description ?? '')} Machine-readable: <a href="/openapi.json">openapi.json</a>.</p>${body}</main></html>`
}

function article({
  path,
  method,
  route,
}: {
  path: string
  method: string
  route: OpenAPIV3_1.OperationObject
}): string {
  const shapes = { parameters: route.parameters, requestBody: route.requestBody, responses: route.responses }
  return `<article><h3><code>${method.toUpperCase()} ${safe(path)}</code></h3><p>${safe(route.summary ?? '')}</p>
<details><summary>Shapes</summary><pre>${safe(JSON.stringify(shapes, null, 2))}</pre></details></article>`
}

function safe(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
