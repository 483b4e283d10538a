/**
 * The list for resolvers: a response policy zone (draft-vixie-dnsop-dns-rpz-00), and its own reader. One
 * profile only, NXDOMAIN by `CNAME .`, which BIND, Unbound, PowerDNS and Knot Resolver all obey; Knot ignores
 * a CNAME to a stop page, which would leave a name unblocked in silence.
 *
 * A single malformed line is enough for Unbound to drop the whole policy on a reload, or to end at a cold
 * start, and for BIND to start without it. So every name is checked before it is written, and every zone is
 * read again before it goes out.
 *
 * @module
 */
import { domainToASCII, domainToUnicode } from 'node:url'

/** Always on the list: a subscriber asks for it to see that the policy is active. No such name exists (RFC 6761). */
export const sentinel = 'sentinel.jikimi.invalid'

// RFC 1035 allows 253; the zone's own name is put behind ours, and `*.` before.
const nameCharsMax = 190
// So that a block that is lifted ends within a minute.
const ttlS = 60
// SOA timers: a secondary looks every minute and keeps the policy for 30 days when we are away.
const timers = '60 60 2592000 60'

export interface Compiled {
  readonly text: string
  /** Names in the zone, without the sentinel, in its order. */
  readonly names: readonly string[]
  /** Names that are no DNS names: they stay out, and are reported. */
  readonly unusable: readonly string[]
}

/** True for a name that may stand in a zone: letters, digits, hyphens (RFC 952, 1123), true punycode, two labels. */
export function isZoneName(name: string): boolean {
  const labels = name.split('.')
  return (
    name.length <= nameCharsMax &&
    labels.length >= 2 &&
    labels.every(isLabel) &&
    // The last one of an IPv4 address is a number: no name.
    !/^\d+$/.test(labels.at(-1)!)
  )
}

function isLabel(label: string): boolean {
  if (!/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(label)) return false
  if (!/^..--/.test(label)) return true
  // RFC 5890: two hyphens there are for `xn--` alone, and what follows must be what it says.
  if (!label.startsWith('xn--')) return false
  const text = domainToUnicode(label)
  return text !== label && domainToASCII(text) === label
}

/** Compiles a zone of `names`. The same names give the same zone, whatever their order. */
export function compileZone(names: readonly string[], serial: number): Compiled {
  if (!Number.isInteger(serial) || serial < 1 || serial > 0xffff_ffff)
    throw new RangeError('A serial has 32 bits.')
  const wanted = [...new Set(names)].filter(name => name !== sentinel)
  const usable = wanted.filter(isZoneName).sort(byName)
  const lines = [
    `$TTL ${ttlS}`,
    `@ SOA localhost. root.localhost. ${serial} ${timers}`,
    '@ NS localhost.',
    ...[sentinel, ...usable].flatMap(rulesFor),
  ]
  return {
    text: `${lines.join('\n')}\n`,
    names: usable,
    unusable: wanted.filter(name => !isZoneName(name)).sort(byName),
  }
}

/** A rule for a name does not cover what is below it, nor the other way round: both are written. */
function rulesFor(name: string): string[] {
  return [`${name} CNAME .`, `*.${name} CNAME .`]
}

/** By code point, so that no locale reorders a list. */
export function byName(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}

/** What is wrong with a zone. Never quotes it. */
export class ZoneFault extends Error {
  override readonly name = 'ZoneFault'
}

const head = /^\$TTL (\d+)\n@ SOA localhost\. root\.localhost\. (\d+) (\d+ \d+ \d+ \d+)\n@ NS localhost\.\n/

/**
 * Reads a zone as strictly as the strictest resolver.
 * @throws ZoneFault anything in it that the compiler would not write
 */
export function readZone(text: string): { serial: number; names: readonly string[] } {
  const begin = head.exec(text)
  if (begin === null) throw new ZoneFault('The zone does not begin as it must.')
  if (Number(begin[1]) > 300) throw new ZoneFault('The TTL is above five minutes.')
  const serial = Number(begin[2])
  if (serial < 1 || serial > 0xffff_ffff) throw new ZoneFault('The serial has more than 32 bits.')
  const rest = text.slice(begin[0].length)
  if (!rest.endsWith('\n')) throw new ZoneFault('The last line is cut off.')
  const lines = rest.slice(0, -1).split('\n')
  if (lines.length % 2 !== 0) throw new ZoneFault('A name lacks its second rule.')
  const names = Array.from({ length: lines.length / 2 }, (_, place) => {
    const [exact, below] = [lines[2 * place]!, lines[2 * place + 1]!]
    const name = exact.slice(0, -' CNAME .'.length)
    const [wantedExact, wantedBelow] = rulesFor(name)
    if (!isZoneName(name) || exact !== wantedExact || below !== wantedBelow)
      throw new ZoneFault('A rule is malformed.')
    return name
  })
  if (names[0] !== sentinel) throw new ZoneFault('The sentinel is missing.')
  const listed = names.slice(1)
  if (listed.some((name, place) => place > 0 && byName(listed[place - 1]!, name) >= 0))
    throw new ZoneFault('Names are out of order, or stand there twice.')
  return { serial, names: listed }
}
