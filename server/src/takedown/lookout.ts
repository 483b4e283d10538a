/**
 * Look-outs: the places from which an address is looked at, and the manners of looking. Two look-outs are two
 * resolvers (JIKIMI_DNS names them; the first two are used). A look-out outside the country, so that a block
 * here is not taken for a removal, is one more line in `lookOutsOf` once a relay abroad stands.
 *
 * @module
 */
import { Resolver } from 'node:dns/promises'
import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'
import type { Config } from '#platform/config'
import type { Log } from '#platform/log'
import { openOutbound, OutboundFault, type Answer, type Outbound } from '#platform/outbound'
import { dayMs, secondMs, stopwatch } from '#platform/time'

export interface LookOut {
  readonly name: string
  readonly resolvers: readonly string[] | undefined
}

/** The look-outs of this installation, at most two. */
export function lookOutsOf(config: Pick<Config, 'resolvers'>): readonly LookOut[] {
  if (config.resolvers === undefined) return [{ name: 'machine', resolvers: undefined }]
  return config.resolvers
    .slice(0, 2)
    .map((resolver, index) => ({ name: `resolver-${index + 1}`, resolvers: [resolver] }))
}

/** Whose turn it is: after a first finding of "down" another than the one that found it, else one after the other. */
export function nextLookOut(lookOuts: readonly LookOut[], looks: number, notThis: string | null): LookOut {
  const others = lookOuts.filter(each => each.name !== notThis)
  const choice = others.length > 0 ? others : lookOuts
  return choice[looks % choice.length]!
}

// One request a second to one host, by this process; each worker process keeps its own count.
const gapMs = secondMs
const hostsMax = 10_000
const machineTime = stopwatch()
const lastAskedMs = new Map<string, number>()
const restUntil = new Map<string, number>()

export interface View {
  /** One polite request. @throws what `Outbound.request` throws */
  ask(url: string, bytesMax: number): Promise<Answer>
  /** Whether the name is gone: a resolver has said so, which a silent one has not. */
  isNameGone(host: string): Promise<boolean>
  close(): Promise<void>
}

/** Opens the view from a look-out. Close it after the look. */
export function openView(lookOut: LookOut, config: Config, log: Log): View {
  const outbound = openOutbound({ resolvers: lookOut.resolvers, outboundAllow: config.outboundAllow }, log)
  return {
    async ask(url, bytesMax) {
      await takeTurn(outbound, new URL(url))
      return outbound.request(url, { bytesMax, timeoutMs: 20_000 })
    },
    isNameGone: host => isNameGone(lookOut, host),
    close: () => outbound.close(),
  }
}

/** Waits until the host may be asked again: at most one request a second. */
async function takeTurn(outbound: Outbound, url: URL): Promise<void> {
  if (await isOwnNetwork(outbound, url.hostname)) return
  if (lastAskedMs.size > hostsMax) lastAskedMs.clear()
  const now = machineTime()
  const turn = Math.max(now, (lastAskedMs.get(url.host) ?? -gapMs) + gapMs)
  lastAskedMs.set(url.host, turn)
  if (turn > now) await new Promise(resolve => setTimeout(resolve, turn - now))
}

/** A trial's stand-ins on our own machine or network, which `outboundAllow` lets us reach: nobody to be polite to. */
async function isOwnNetwork(outbound: Outbound, host: string): Promise<boolean> {
  const found = await outbound.resolve(host).catch(() => [])
  return found.length > 0 && found.every(address => ipaddr.process(address).range() !== 'unicast')
}

async function isNameGone(lookOut: LookOut, host: string): Promise<boolean> {
  if (isIP(host) !== 0) return false
  const resolver = new Resolver({ timeout: 5_000, tries: 2 })
  if (lookOut.resolvers !== undefined) resolver.setServers([...lookOut.resolvers])
  const answers = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)])
  // NXDOMAIN, or a name without addresses. A timeout or SERVFAIL is the resolver's trouble, not the site's end.
  return answers.every(
    each =>
      each.status === 'rejected' &&
      ['ENOTFOUND', 'ENODATA'].includes((each.reason as NodeJS.ErrnoException).code ?? ''),
  )
}

/** What kept us from the page: only what the host or its name says itself counts as its end. */
export async function faultSeen(
  error: unknown,
  view: View,
  host: string,
): Promise<'nameGone' | 'refused' | 'unreachable'> {
  if (error instanceof OutboundFault && error.code === 'unresolved')
    return (await view.isNameGone(host)) ? 'nameGone' : 'unreachable'
  return codesOf(error).includes('ECONNREFUSED') ? 'refused' : 'unreachable'
}

function codesOf(error: unknown): readonly string[] {
  if (!(error instanceof Error)) return []
  const inner = error instanceof AggregateError ? (error.errors as unknown[]) : [error.cause]
  const code = 'code' in error && typeof error.code === 'string' ? [error.code] : []
  return [...code, ...inner.flatMap(each => (each === undefined ? [] : codesOf(each)))]
}

/** Keeps a host's wish to be left alone (Retry-After, RFC 9110, 10.2.3), in the product's time, at most a day. */
export function noteRest(host: string, answer: Answer, now: Date): void {
  const wish = answer.headers['retry-after']
  if ((answer.status !== 429 && answer.status !== 503) || typeof wish !== 'string') return
  const ms = /^\d+$/.test(wish.trim()) ? Number(wish) * secondMs : Date.parse(wish) - now.getTime()
  if (!(ms > 0)) return
  if (restUntil.size > hostsMax) restUntil.clear()
  restUntil.set(host, now.getTime() + Math.min(ms, dayMs))
}

/** Until when the host asked to be left alone, or null. */
export function restsUntil(host: string, now: Date): Date | null {
  const until = restUntil.get(host)
  if (until === undefined) return null
  if (until > now.getTime()) return new Date(until)
  restUntil.delete(host)
  return null
}
