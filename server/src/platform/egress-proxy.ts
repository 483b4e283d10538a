/**
 * A proxy on loopback through which the capture browser reaches the web. The browser itself resolves nothing;
 * the proxy resolves, checks and connects to the checked address, for every redirect and sub-resource.
 *
 * @module
 */
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http'
import { connect, type AddressInfo, type Socket } from 'node:net'
import { randomToken } from './ids.ts'
import type { Outbound } from './outbound.ts'

export interface EgressProxy extends AsyncDisposable {
  /** For the browser: server, username, password. The password keeps other programs of the machine out. */
  readonly server: string
  readonly username: string
  readonly password: string
}

const idleMs = 30_000

/** Starts a proxy on a free loopback port; it ends with the capture that it serves. */
export async function egressProxy(outbound: Outbound): Promise<EgressProxy> {
  const password = randomToken(18)
  const expected = `Basic ${Buffer.from(`capture:${password}`).toString('base64')}`
  const sockets = new Set<Socket>()
  const server = createServer((request, response) => void forward(outbound, expected, request, response))
  server.on(
    'connect',
    (request: IncomingMessage, socket: Socket, head: Buffer) =>
      void tunnel(outbound, expected, request, socket, head),
  )
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  return {
    server: `http://127.0.0.1:${port}`,
    username: 'capture',
    password,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise(done => server.close(done))
    },
  }
}

async function forward(
  outbound: Outbound,
  expected: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.headers['proxy-authorization'] !== expected) {
    response.writeHead(407, { 'proxy-authenticate': 'Basic realm="capture"' }).end()
    return
  }
  try {
    const url = new URL(request.url ?? '')
    if (url.protocol !== 'http:') throw new Error('badScheme')
    const [address] = await outbound.resolve(url.hostname)
    const { 'proxy-authorization': _, 'proxy-connection': __, ...headers } = request.headers
    const onward = httpRequest(
      {
        host: address!,
        port: url.port || 80,
        method: request.method,
        path: url.pathname + url.search,
        headers: { ...headers, host: url.host },
        timeout: idleMs,
      },
      answer => {
        response.writeHead(answer.statusCode ?? 502, answer.rawHeaders)
        answer.pipe(response)
      },
    )
    onward.on('timeout', () => onward.destroy())
    onward.on('error', () => (response.headersSent ? response.destroy() : response.writeHead(502).end()))
    request.pipe(onward)
  } catch {
    if (!response.headersSent) response.writeHead(403).end()
  }
}

async function tunnel(
  outbound: Outbound,
  expected: string,
  request: IncomingMessage,
  socket: Socket,
  head: Buffer,
): Promise<void> {
  if (request.headers['proxy-authorization'] !== expected) {
    socket.end(
      'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="capture"\r\n\r\n',
    )
    return
  }
  try {
    const target = new URL(`https://${request.url ?? ''}`)
    const [address] = await outbound.resolve(target.hostname)
    const onward = connect({ host: address!, port: Number(target.port || 443), timeout: idleMs }, () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      if (head.length > 0) onward.write(head)
      onward.pipe(socket)
      socket.pipe(onward)
    })
    onward.on('timeout', () => onward.destroy())
    onward.on('error', () => socket.destroy())
    socket.on('close', () => onward.destroy())
  } catch {
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n')
  }
}
