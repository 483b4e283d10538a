/**
 * The one way out to the world's web: every name is resolved once, every address checked before a connection
 * is made to that very address, so that no page, redirect or rebinding name reaches the inside of our network
 * (SSRF). Captures go through `egressProxy`, all else through `request`.
 *
 * @module
 */
import { lookup as systemLookup, Resolver } from 'node:dns/promises'
import { isIP, type LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'
import { Agent, request as undiciRequest } from 'undici'
import type { Config } from './config.ts'
import type { Log } from './log.ts'

export type OutboundRefusalReason =
  | 'privateNetwork'
  | 'unresolved'
  | 'badScheme'
  | 'tooManyRedirects'
  | 'tooLarge'

/** A connection that was not made, or not finished, with the reason from a closed list. */
export class OutboundFault extends Error {
  override readonly name = 'OutboundFault'
  readonly code: OutboundRefusalReason
  constructor(code: OutboundRefusalReason) {
    super(code)
    this.code = code
  }
}

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  /** At most `bytesMax`; `isWhole` says whether that was all. */
  readonly body: Buffer
  readonly isWhole: boolean
  /** The address that answered last, after redirects. */
  readonly url: string
  /** How many redirects were followed. */
  readonly redirects: number
}

export interface Outbound {
  /**
   * One bounded request; redirects are followed at most `redirectsMax` times, each checked anew.
   * @throws OutboundFault, or the network's own error
   */
  request(
    url: string,
    options?: {
      method?: 'GET' | 'HEAD' | 'POST'
      headers?: Record<string, string>
      body?: string
      bytesMax?: number
      timeoutMs?: number
      redirectsMax?: number
    },
  ): Promise<Answer>
  /** The addresses of `host` that may be reached. @throws OutboundFault */
  resolve(host: string): Promise<readonly string[]>
  close(): Promise<void>
}

const defaults = { bytesMax: 32 * 1024 * 1024, timeoutMs: 20_000, redirectsMax: 5 }
const resolveTimeoutMs = 5_000

/** Who we say that we are, with a page that explains it: politeness to those whose pages we re-check. */
export const userAgent = 'Mozilla/5.0 (compatible; Jikimi/1; removal verification)'

export function openOutbound(config: Pick<Config, 'resolvers' | 'outboundAllow'>, log: Log): Outbound {
  const refuseAs = (reason: OutboundRefusalReason): never => {
    log.outboundRefused({ reason })
    throw new OutboundFault(reason)
  }
  const resolve = checkedResolver(config, refuseAs)
  const lookup: LookupFunction = (host, options, done) => {
    resolve(host).then(
      found => {
        const addresses = found.map(address => ({ address, family: isIP(address) }))
        if (options.all) done(null, addresses)
        else done(null, addresses[0]!.address, addresses[0]!.family)
      },
      (error: NodeJS.ErrnoException) => done(error, ''),
    )
  }
  const agent = new Agent({ connect: { lookup, timeout: 10_000 }, connections: 4, pipelining: 1 })

  const once = async (
    url: URL,
    options: Required<
      Pick<NonNullable<Parameters<Outbound['request']>[1]>, 'method' | 'bytesMax' | 'timeoutMs'>
    > & { headers: Record<string, string>; body?: string },
  ) => {
    if (url.protocol !== 'http:' && url.protocol !== 'https:') return refuseAs('badScheme')
    // A literal address is never looked up by the agent: check it here.
    if (isIP(url.hostname.replace(/^\[|\]$/g, '')) !== 0) await resolve(url.hostname)
    const answer = await undiciRequest(url, {
      method: options.method,
      dispatcher: agent,
      headers: { 'user-agent': userAgent, 'accept-language': 'ko,en;q=0.8', ...options.headers },
      ...(options.body === undefined ? {} : { body: options.body }),
      signal: AbortSignal.timeout(options.timeoutMs),
    })
    return { ...answer, ...(await bounded(answer.body, options.bytesMax)) }
  }

  return {
    resolve,
    close: () => agent.close(),
    async request(start, given = {}) {
      const options = { ...defaults, method: 'GET' as const, headers: {}, ...given }
      let url = new URL(start)
      for (let redirects = 0; redirects <= options.redirectsMax; redirects += 1) {
        const answer = await once(url, options)
        const next = answer.headers['location']
        if (answer.statusCode < 300 || answer.statusCode > 399 || typeof next !== 'string') {
          const { statusCode: status, headers, bytes: body, isWhole } = answer
          return { status, headers, body, isWhole, url: url.href, redirects }
        }
        url = new URL(next, url)
      }
      return refuseAs('tooManyRedirects')
    },
  }
}

/** Resolves a name and checks each of its addresses. */
function checkedResolver(
  config: Pick<Config, 'resolvers' | 'outboundAllow'>,
  refuseAs: (reason: OutboundRefusalReason) => never,
): (host: string) => Promise<readonly string[]> {
  const allowed = config.outboundAllow.map(range => ipaddr.parseCIDR(range))
  const resolver =
    config.resolvers === undefined ? undefined : new Resolver({ timeout: resolveTimeoutMs, tries: 2 })
  if (config.resolvers !== undefined) resolver?.setServers([...config.resolvers])
  const mayReach = (address: string): boolean => {
    const parsed = ipaddr.process(address)
    if (parsed.range() === 'unicast') return true
    return allowed.some(([net, bits]) => net.kind() === parsed.kind() && parsed.match(net, bits))
  }
  const addressesOf = async (host: string): Promise<string[]> => {
    if (isIP(host) !== 0) return [host]
    if (resolver === undefined) return (await systemLookup(host, { all: true })).map(found => found.address)
    const found = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)])
    return found.flatMap(each => (each.status === 'fulfilled' ? each.value : []))
  }
  return async host => {
    const found = await addressesOf(host.replace(/^\[|\]$/g, '')).catch(() => [])
    if (found.length === 0) return refuseAs('unresolved')
    // One private address among public ones is an attack, not an accident: refuse the name whole.
    if (!found.every(mayReach)) return refuseAs('privateNetwork')
    return found
  }
}

async function bounded(
  body: AsyncIterable<Uint8Array> & { destroy(): unknown },
  bytesMax: number,
): Promise<{ bytes: Buffer; isWhole: boolean }> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body) {
    chunks.push(chunk)
    size += chunk.byteLength
    if (size > bytesMax) {
      body.destroy()
      return { bytes: Buffer.concat(chunks).subarray(0, bytesMax), isWhole: false }
    }
  }
  return { bytes: Buffer.concat(chunks), isWhole: true }
}
