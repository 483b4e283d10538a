import { afterEach, beforeEach, expect, test } from 'vitest'
import { systemClock } from './time.ts'
import { openBareWorld, type BareWorld } from './trial-world.ts'

let place: BareWorld
beforeEach(async () => {
  place = await openBareWorld(systemClock, { outboundAllow: ['127.0.0.1/32'] })
})
afterEach(async () => {
  await place[Symbol.asyncDispose]()
})

test('redirects are followed, each checked, and counted', async () => {
  place.hosts.set(
    'one.example',
    (_, response) => void response.writeHead(302, { location: place.url('two.example') }).end(),
  )
  place.hosts.set(
    'two.example',
    (request, response) =>
      void (request.url === '/end'
        ? response.end('end')
        : response.writeHead(301, { location: '/end' }).end()),
  )
  const answer = await place.world.outbound.request(place.url('one.example'))
  expect(answer).toMatchObject({
    status: 200,
    isWhole: true,
    redirects: 2,
    url: place.url('two.example', '/end'),
  })
  expect(answer.body.toString()).toBe('end')
})

test.each([
  ['to a private address', 'http://10.0.0.1/', 'privateNetwork'],
  ['to loopback beyond what is allowed', 'http://127.0.0.2/', 'privateNetwork'],
  ['to a file', 'file:///etc/passwd', 'badScheme'],
])('a redirect %s is refused', async (_, location, code) => {
  place.hosts.set('leads.example', (_, response) => void response.writeHead(302, { location }).end())
  await expect(place.world.outbound.request(place.url('leads.example'))).rejects.toMatchObject({ code })
})

test('a ring of redirects ends', async () => {
  place.hosts.set('ring.example', (_, response) => void response.writeHead(302, { location: '/again' }).end())
  await expect(place.world.outbound.request(place.url('ring.example'))).rejects.toMatchObject({
    code: 'tooManyRedirects',
  })
})

test('a name of the inside is refused, whatever else it resolves to', async () => {
  place.names.set('inside.test', [['192.168.0.10']])
  place.names.set('mixed.test', [['8.8.8.8', '127.0.0.2']])
  await expect(place.world.outbound.request('http://inside.test/')).rejects.toMatchObject({
    code: 'privateNetwork',
  })
  await expect(place.world.outbound.resolve('mixed.test')).rejects.toMatchObject({ code: 'privateNetwork' })
  await expect(place.world.outbound.resolve('nowhere.test')).rejects.toMatchObject({ code: 'unresolved' })
})

test('a body is cut at its bound, and a host that never answers is given up', async () => {
  place.hosts.set('huge.example', (_, response) => void response.end(Buffer.alloc(300_000)))
  place.hosts.set('slow.example', () => {})
  const cut = await place.world.outbound.request(place.url('huge.example'), { bytesMax: 1000 })
  expect(cut).toMatchObject({ isWhole: false })
  expect(cut.body.byteLength).toBe(1000)
  await expect(
    place.world.outbound.request(place.url('slow.example'), { timeoutMs: 300 }),
  ).rejects.toMatchObject({ name: 'TimeoutError' })
})
