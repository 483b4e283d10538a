/**
 * A proxy on loopback through which the capture browser reaches the web. The browser itself resolves nothing;
 * the proxy resolves, checks and connects to the checked addresses only, for every redirect and sub-resource.
 * It remembers whom it reached and whom it refused, and it has an end: after `bytesMax` nothing more comes in.
 *
 * @module
 */
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http'
import { connect, isIP, type AddressInfo, type LookupFunction, type Socket } from 'node:net'
import { randomToken } from './ids.ts'
import { OutboundFault, type Outbound } from './outbound.ts'

/** Why the proxy did not bring an answer. */
export type EgressFault = 'privateNetwork' | 'unresolved' | 'badScheme' | 'noConnection' | 'tooLarge'

export interface Contact {
  /** What the name resolved to. */
  readonly answers: readonly string[]
  /** Where we connected, one of `answers`. */
  readonly address: string
}

export interface EgressProxy extends AsyncDisposable {
  /** For the browser: server, username, password. The password keeps other programs of the machine out. */
  readonly server: string
  readonly username: string
  readonly password: string
  /** By host name: whom the browser reached through us. */
  readonly contacts: ReadonlyMap<string, Contact>
  /** By host name: whom it did not reach, and why. */
  readonly faults: ReadonlyMap<string, EgressFault>
  /** Bytes that came in from the web so far. */
  readonly received: () => number
}

interface Way {
  readonly outbound: Outbound
  readonly expected: string
  readonly contacts: Map<string, Contact>
  readonly faults: Map<string, EgressFault>
  /** Counts what comes in; false once there is no more room. */
  readonly take: (bytes: number) => boolean
  readonly isFull: () => boolean
}

const idleMs = 30_000
const noBound = Number.POSITIVE_INFINITY

/** Starts a proxy on a free loopback port; it ends with the capture that it serves. */
export async function egressProxy(
  outbound: Outbound,
  bounds: { bytesMax?: number } = {},
): Promise<EgressProxy> {
  const password = randomToken(18)
  const sockets = new Set<Socket>()
  let received = 0
  const way: Way = {
    outbound,
    expected: `Basic ${Buffer.from(`capture:${password}`).toString('base64')}`,
    contacts: new Map(),
    faults: new Map(),
    take: bytes => (received += bytes) <= (bounds.bytesMax ?? noBound),
    isFull: () => received > (bounds.bytesMax ?? noBound),
  }
  const server = createServer((request, response) => void forward(way, request, response))
  server.on(
    'connect',
    (request: IncomingMessage, socket: Socket, head: Buffer) => void tunnel(way, request, socket, head),
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
    contacts: way.contacts,
    faults: way.faults,
    received: () => received,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise(done => server.close(done))
    },
  }
}

/** Resolves and checks once; what is connected afterwards is one of these answers, whatever the name says then. */
async function checked(
  way: Way,
  host: string,
): Promise<{ lookup: LookupFunction; note: (socket: Socket) => void }> {
  if (way.isFull()) throw new OutboundFault('tooLarge')
  const answers = await way.outbound.resolve(host)
  return {
    lookup: (_, options, done) => {
      const found = answers.map(address => ({ address, family: isIP(address) }))
      if (options.all) done(null, found)
      else done(null, found[0]!.address, found[0]!.family)
    },
    note: socket => void way.contacts.set(host, { answers, address: socket.remoteAddress ?? answers[0]! }),
  }
}

function counted(way: Way, host: string, from: Socket | IncomingMessage, stop: () => void): void {
  from.on('data', (chunk: Buffer) => {
    if (way.take(chunk.byteLength)) return
    way.faults.set(host, 'tooLarge')
    stop()
  })
}

async function forward(way: Way, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.headers['proxy-authorization'] !== way.expected) {
    response.writeHead(407, { 'proxy-authenticate': 'Basic realm="capture"' }).end()
    return
  }
  const url = URL.canParse(request.url ?? '') ? new URL(request.url ?? '') : undefined
  const host = bare(url?.hostname ?? '')
  try {
    if (url === undefined || url.protocol !== 'http:') throw new OutboundFault('badScheme')
    const { lookup, note } = await checked(way, host)
    const { 'proxy-authorization': _, 'proxy-connection': __, ...headers } = request.headers
    const onward = httpRequest(
      {
        host,
        port: url.port || 80,
        method: request.method,
        path: url.pathname + url.search,
        headers: { ...headers, host: url.host },
        agent: false,
        lookup,
        timeout: idleMs,
      },
      answer => {
        response.writeHead(answer.statusCode ?? 502, answer.rawHeaders)
        counted(way, host, answer, () => (onward.destroy(), response.destroy()))
        answer.pipe(response)
      },
    )
    onward.on('socket', socket => socket.once('connect', () => note(socket)))
    onward.on('timeout', () => onward.destroy())
    onward.on('error', () => {
      if (!way.faults.has(host)) way.faults.set(host, 'noConnection')
      response.destroy()
    })
    response.on('close', () => onward.destroy())
    request.pipe(onward)
  } catch (error) {
    way.faults.set(host, faultOf(error))
    // No answer at all: one of ours would stand in the archive as the host's.
    response.destroy()
  }
}

async function tunnel(way: Way, request: IncomingMessage, socket: Socket, head: Buffer): Promise<void> {
  if (request.headers['proxy-authorization'] !== way.expected) {
    socket.end(
      'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="capture"\r\n\r\n',
    )
    return
  }
  const authority = `https://${request.url ?? ''}`
  const target = URL.canParse(authority) ? new URL(authority) : undefined
  const host = bare(target?.hostname ?? '')
  try {
    if (target === undefined) throw new OutboundFault('badScheme')
    const { lookup, note } = await checked(way, host)
    const onward = connect({ host, port: Number(target.port || 443), lookup, timeout: idleMs }, () => {
      note(onward)
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      if (head.length > 0) onward.write(head)
      counted(way, host, onward, () => (onward.destroy(), socket.destroy()))
      onward.pipe(socket)
      socket.pipe(onward)
    })
    onward.on('timeout', () => onward.destroy())
    onward.on('error', () => {
      if (!way.faults.has(host)) way.faults.set(host, 'noConnection')
      socket.destroy()
    })
    socket.on('close', () => onward.destroy())
  } catch (error) {
    way.faults.set(host, faultOf(error))
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n')
  }
}

function faultOf(error: unknown): EgressFault {
  if (!(error instanceof OutboundFault)) return 'noConnection'
  return error.code === 'tooManyRedirects' ? 'noConnection' : error.code
}

/** A host as `net` wants it: an IPv6 address without its brackets. */
function bare(host: string): string {
  return host.replace(/^\[|\]$/g, '')
}
