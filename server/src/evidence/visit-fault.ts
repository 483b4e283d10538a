import type { CDPSession } from 'playwright-core'
import type { EgressFault, EgressProxy } from '#platform/egress-proxy'
import type { Exchange } from './exchange.ts'
import type { Fault } from './schema.ts'

/** The page is not there to be captured. */
export class NotCaptured extends Error {
  override readonly name = 'NotCaptured'
  readonly fault: Fault
  constructor(fault: Fault) {
    super(fault)
    this.fault = fault
  }
}

const byEgress = {
  privateNetwork: 'privateNetwork',
  unresolved: 'unresolved',
  badScheme: 'badAddress',
  noConnection: 'noConnection',
  tooLarge: 'tooLarge',
} as const satisfies Record<EgressFault, Fault>

/** What a page's own status says; undefined where there is a page to look at, a wall included. */
export function statusFault(status: number): Fault | undefined {
  if (status === 404 || status === 410 || status === 451) return 'gone'
  return status === 429 || status >= 500 ? 'serverFault' : undefined
}

/** Chromium's words for what went wrong (net/base/net_error_list.h), as a fault of ours. */
const said: readonly [RegExp, Fault][] = [
  [/Download is starting|ERR_ABORTED/, 'download'],
  [/ERR_CERT_|ERR_SSL_|ERR_BAD_SSL/, 'secureConnection'],
  [/Timeout|ERR_TIMED_OUT|ERR_CONNECTION_TIMED_OUT/, 'timeout'],
  [/ERR_NAME_NOT_RESOLVED/, 'unresolved'],
  [
    /ERR_UNKNOWN_URL_SCHEME|ERR_INVALID_URL|ERR_UNSAFE_PORT|ERR_UNSAFE_REDIRECT|ERR_DISALLOWED_URL_SCHEME/,
    'badAddress',
  ],
  [/ERR_TOO_MANY_REDIRECTS/, 'gone'],
  [/ERR_/, 'noConnection'],
]

export function faultOf(error: unknown, proxy: EgressProxy, url: string): Fault {
  const message = error instanceof Error ? error.message : ''
  // A redirect may have led elsewhere before it was stopped: Chromium names where.
  const stopped = egressFaultOf(proxy, / at (https?:\S+)/.exec(message)?.[1] ?? url) ?? lastFault(proxy)
  const found = said.find(([words]) => words.test(message))?.[1]
  if (stopped !== undefined && (found === 'noConnection' || found === undefined || stopped === 'tooLarge'))
    return byEgress[stopped]
  return found ?? 'browser'
}

function egressFaultOf(proxy: EgressProxy, url: string): EgressFault | undefined {
  return URL.canParse(url) ? proxy.faults.get(new URL(url).hostname.replace(/^\[|\]$/g, '')) : undefined
}

function lastFault(proxy: EgressProxy): EgressFault | undefined {
  return [...proxy.faults.values()].at(-1)
}

const originsMax = 20

/** The certificate chain of each secure origin, DER as base64, from the capturing connections themselves. */
export async function certificatesOf(
  session: CDPSession,
  exchanges: readonly Exchange[],
): Promise<Record<string, readonly string[]>> {
  const secure = exchanges.filter(({ url }) => url.startsWith('https:'))
  const origins = new Set(secure.map(({ url }) => new URL(url).origin))
  const found: [string, readonly string[]][] = []
  for (const origin of [...origins].slice(0, originsMax)) {
    const answer = await session.send('Network.getCertificate', { origin }).catch(() => undefined)
    if (answer !== undefined) found.push([origin, answer.tableNames])
  }
  return Object.fromEntries(found)
}
