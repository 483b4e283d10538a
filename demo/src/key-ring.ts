/**
 * The key ring: a page of the demo's own on loopback that shows who can sign in, with the one-time code that
 * each one's authenticator app would show now.
 *
 * @module
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { SignIn } from './people.ts'
import { totp } from './totp.ts'

/** Serves the page on a free port of loopback. */
export async function openKeyRing(
  people: readonly SignIn[],
  victim: { readonly receipt: string; readonly url: string },
): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.setHeader('cache-control', 'no-store')
    response.end(page(people, victim, performance.timeOrigin + performance.now()))
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () => new Promise(done => (server.closeAllConnections(), server.close(() => done()))),
  }
}

function page(
  people: readonly SignIn[],
  victim: { readonly receipt: string; readonly url: string },
  nowMs: number,
): string {
  const rows = people
    .map(
      each => `<tr><td>${each.title}<td><code>${each.email}</code><td><code>${each.password}</code>
        <td><b>${totp(each.totpAddress, nowMs)}</b>`,
    )
    .join('')
  const leftS = 30 - (Math.floor(nowMs / 1000) % 30)
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
    <meta http-equiv="refresh" content="5"><title>Key ring of the demo</title>
    <style>body{font:16px/1.5 system-ui;margin:2rem auto;max-width:52rem;padding:0 1rem}td,th{padding:.4rem 1rem .4rem 0;text-align:left}b{font-size:1.3rem;letter-spacing:.1em}</style>
    <h1>Key ring of the demo</h1><p>Sign in at <a href="${victim.url}/console/">${victim.url}/console/</a>. The codes change in ${leftS} s.</p>
    <table><tr><th>who<th>e-mail<th>password<th>code now${rows}</table>
    <p>The victim opens <a href="${victim.url}/">${victim.url}/</a> with the receipt <code>${victim.receipt}</code>.</p></html>`
}
