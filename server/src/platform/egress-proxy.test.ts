import { createServer, request as httpRequest } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { egressProxy, type EgressProxy } from './egress-proxy.ts'
import { systemClock } from './time.ts'
import { openBareWorld, type BareWorld } from './trial-world.ts'

let place: BareWorld
beforeEach(async () => {
  place = await openBareWorld(systemClock, { outboundAllow: ['127.0.0.1/32'] })
})
afterEach(async () => {
  await place[Symbol.asyncDispose]()
})

/** A request through the proxy, as a browser makes one. */
function ask(
  proxy: EgressProxy,
  url: string,
  password = proxy.password,
): Promise<{ status: number; body: string }> {
  const at = new URL(proxy.server)
  const authorization = `Basic ${Buffer.from(`${proxy.username}:${password}`).toString('base64')}`
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      {
        host: at.hostname,
        port: at.port,
        path: url,
        agent: false,
        headers: { host: new URL(url).host, 'proxy-authorization': authorization },
      },
      answer => {
        let body = ''
        answer.setEncoding('utf8')
        answer.on('data', chunk => (body += chunk))
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body }))
        answer.on('error', reject)
      },
    )
    request.on('error', reject)
    request.end()
  })
}

function openTunnel(proxy: EgressProxy, authority: string): Promise<string> {
  const at = new URL(proxy.server)
  const authorization = Buffer.from(`${proxy.username}:${proxy.password}`).toString('base64')
  return new Promise((resolve, reject) => {
    const socket = connect(Number(at.port), at.hostname, () =>
      socket.write(
        `CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\nProxy-Authorization: Basic ${authorization}\r\n\r\n`,
      ),
    )
    socket.once('data', chunk => (socket.destroy(), resolve(chunk.toString('latin1').split('\r\n')[0]!)))
    socket.once('error', reject)
  })
}

test('a page is fetched, and whom we reached is remembered', async () => {
  await using proxy = await egressProxy(place.world.outbound)
  place.hosts.set('host.example', (_, response) => void response.end('here'))
  expect(await ask(proxy, place.url('host.example'))).toEqual({ status: 200, body: 'here' })
  expect(proxy.contacts.get('host.example')).toEqual({ answers: ['127.0.0.1'], address: '127.0.0.1' })
  expect(proxy.received()).toBeGreaterThan(0)
})

test('without the password of this capture nobody gets out', async () => {
  await using proxy = await egressProxy(place.world.outbound)
  expect((await ask(proxy, place.url('host.example'), 'guess')).status).toBe(407)
  expect(place.asked).toEqual([])
})

test.each([
  ['a private address', 'http://10.0.0.1/'],
  ['link-local, where clouds keep their secrets', 'http://169.254.169.254/latest/meta-data'],
  ['loopback beyond what is allowed', 'http://127.0.0.2/'],
  ['loopback written as one number', 'http://2130706434/'],
  ['an IPv6 loopback', 'http://[::1]/'],
  ['a private address mapped into IPv6', 'http://[::ffff:10.0.0.1]/'],
])('the inside is refused: %s', async (_, url) => {
  await using proxy = await egressProxy(place.world.outbound)
  await expect(ask(proxy, url)).rejects.toThrow()
  expect([...proxy.faults.values()]).toEqual(['privateNetwork'])
  expect(await openTunnel(proxy, new URL(url).host)).toBe('HTTP/1.1 403 Forbidden')
})

test('a name with one private address among public ones is refused whole', async () => {
  await using proxy = await egressProxy(place.world.outbound)
  place.names.set('mixed.test', [['8.8.8.8', '10.0.0.1']])
  await expect(ask(proxy, 'http://mixed.test/')).rejects.toThrow()
  expect(proxy.faults.get('mixed.test')).toBe('privateNetwork')
})

test('a name that turns to the inside after the check is not followed there', async () => {
  let inside = 0
  const secret = createServer((_, response) => ((inside += 1), response.end('secret')))
  const { port } = new URL(place.url('x.example'))
  await new Promise<void>(done => secret.listen(Number(port), '127.0.0.2', done))
  try {
    await using proxy = await egressProxy(place.world.outbound)
    place.hosts.set('rebinds.test', (_, response) => void response.end('outside'))
    place.names.set('rebinds.test', [['127.0.0.1'], ['127.0.0.2']])
    // One look-up serves check and connection: the second answer of the resolver is not asked for.
    expect((await ask(proxy, place.url('rebinds.test'))).body).toBe('outside')
    await expect(ask(proxy, place.url('rebinds.test'))).rejects.toThrow()
    expect(inside).toBe(0)
    expect((secret.address() as AddressInfo).address).toBe('127.0.0.2')
  } finally {
    await new Promise(done => secret.close(done))
  }
})

test('a name that does not resolve, and a port where nobody listens, are told apart', async () => {
  await using proxy = await egressProxy(place.world.outbound)
  await expect(ask(proxy, 'http://nowhere.test/')).rejects.toThrow()
  await expect(ask(proxy, 'http://closed.example:9/')).rejects.toThrow()
  expect(Object.fromEntries(proxy.faults)).toEqual({
    'nowhere.test': 'unresolved',
    'closed.example': 'noConnection',
  })
})

test('after its bytes are used up nothing more comes in', async () => {
  await using proxy = await egressProxy(place.world.outbound, { bytesMax: 100_000 })
  place.hosts.set('huge.example', (_, response) => void response.end(Buffer.alloc(400_000)))
  place.hosts.set('small.example', (_, response) => void response.end('x'))
  await expect(ask(proxy, place.url('huge.example'))).rejects.toThrow()
  expect(proxy.faults.get('huge.example')).toBe('tooLarge')
  await expect(ask(proxy, place.url('small.example'))).rejects.toThrow()
})
