import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Browser } from 'playwright-core'
import { openBrowser } from './browser.ts'
import { egressProxy } from './egress-proxy.ts'
import { systemClock } from './time.ts'
import { openBareWorld } from './trial-world.ts'

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser({ browser: undefined })
}, 120_000)
afterAll(() => browser.close())

test('a browser without a way out reaches nothing, not even this machine', async () => {
  let asked = 0
  const server = createServer((_, response) => ((asked += 1), response.end('inside')))
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  const page = await browser.newPage()
  await expect(page.goto(`http://127.0.0.1:${port}/`)).rejects.toThrow('ERR_PROXY_CONNECTION_FAILED')
  await expect(page.goto(`http://localhost:${port}/`)).rejects.toThrow('ERR_PROXY_CONNECTION_FAILED')
  await page.close()
  await new Promise(done => server.close(done))
  expect(asked).toBe(0)
})

test('Korean text has glyphs, also where a page asks for a font of another system', async () => {
  const page = await browser.newPage()
  await page.setContent(
    '<span style="font:40px Gulim,serif">지킴이</span><br><span style="font:40px sans-serif">가나다</span>',
  )
  const session = await page.context().newCDPSession(page)
  await session.send('DOM.enable')
  await session.send('CSS.enable')
  const { root } = await session.send('DOM.getDocument', { depth: -1 })
  const { nodeIds } = await session.send('DOM.querySelectorAll', { nodeId: root.nodeId, selector: 'span' })
  for (const nodeId of nodeIds) {
    const { fonts } = await session.send('CSS.getPlatformFontsForNode', { nodeId })
    expect(fonts.map(font => font.familyName)).toEqual(['Pretendard Variable'])
  }
  await page.close()
})

test('through its proxy the browser asks for the addresses of the page and for nothing else', async () => {
  await using place = await openBareWorld(systemClock)
  place.hosts.set('page.example', (request, response) => {
    if (request.url === '/')
      response
        .writeHead(200, { 'content-type': 'text/html' })
        .end('<img src="/a.png"><script>new WebSocket("ws://page.example:1/")</script>')
    else response.writeHead(204).end()
  })
  await using proxy = await egressProxy(place.world.outbound)
  const guarded = await openBrowser({ browser: undefined }, { proxy })
  try {
    const page = await guarded.newPage()
    await page.goto(place.url('page.example'), { waitUntil: 'networkidle' })
    // Chromium asks for its updates, if at all, in the first seconds.
    await page.waitForTimeout(2_000)
  } finally {
    await guarded.close()
  }
  expect(new Set([...proxy.contacts.keys(), ...proxy.faults.keys()])).toEqual(new Set(['page.example']))
  expect(place.asked.filter(line => !line.endsWith('/favicon.ico'))).toEqual([
    'GET page.example/',
    'GET page.example/a.png',
  ])
})

test('what the browser is told of our process holds none of its settings', async () => {
  process.env['JIKIMI_TEST_SECRET'] = 'a secret'
  const told = await openBrowser({ browser: undefined })
  try {
    const { readdirSync, readFileSync } = await import('node:fs')
    const children = readdirSync('/proc').filter(name => /^\d+$/.test(name))
    const environments = children.flatMap(id => {
      try {
        return readFileSync(`/proc/${id}/cmdline`, 'utf8').includes('jikimi-browser')
          ? [readFileSync(`/proc/${id}/environ`, 'utf8')]
          : []
      } catch {
        return []
      }
    })
    expect(environments.length).toBeGreaterThan(0)
    expect(environments.filter(each => each.includes('JIKIMI_TEST_SECRET'))).toEqual([])
  } finally {
    delete process.env['JIKIMI_TEST_SECRET']
    await told.close()
  }
})
