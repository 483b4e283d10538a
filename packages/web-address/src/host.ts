/**
 * The host of an address: dots and case, the many spellings of an IPv4 address, IPv6, names in other scripts;
 * and which hosts nobody outside a private network can mean.
 *
 * @module
 */
import { escape, textOf } from './escapes.ts'

export type HostKind = 'name' | 'ipv4' | 'ipv6'

/** The canonical spelling of a host, given as the byte string that is left when all escapes are undone. */
export function spellHost(bytes: string): string {
  if (bytes.startsWith('[')) return spellIpv6(bytes) ?? escape(bytes.toLowerCase())
  const dotted = trimDots(idnOf(bytes) ?? bytes.toLowerCase())
  return spellIpv4(dotted) ?? escape(dotted)
}

/** What a canonically spelled host is, or undefined where no machine can have it. */
export function hostKind(host: string): HostKind | undefined {
  if (host.startsWith('[')) return spellIpv6(host) === host ? 'ipv6' : undefined
  if (spellIpv4(host) === host) return 'ipv4'
  const labels = host.split('.')
  const last = labels.at(-1)!
  // RFC 1035, 2.3.4. Underscores and hyphens at an edge occur in living names, and browsers open them; on labels
  // that begin with xn-- and are no punycode they disagree, so these pass here.
  const isName =
    host.length <= 253 &&
    labels.every(label => /^[a-z0-9_-]{1,63}$/.test(label)) &&
    !/^(\d+|0x[0-9a-f]*)$/.test(last)
  return isName ? 'name' : undefined
}

const privateSuffixes = ['localhost', 'local', 'internal', 'home.arpa', 'lan', 'intranet', 'corp', 'home']

/** True for a host that only a private network knows: its own machine, its neighbours, or a bare word. */
export function isPrivateHost(host: string, kind: HostKind): boolean {
  if (kind === 'ipv4') return isPrivateIpv4(host)
  if (kind === 'ipv6') return isPrivateIpv6(host)
  return !host.includes('.') || privateSuffixes.some(suffix => host === suffix || host.endsWith(`.${suffix}`))
}

function trimDots(host: string): string {
  return host.replace(/\.{2,}/g, '.').replace(/^\.|\.$/g, '')
}

/** ASCII of a name in another script (UTS 46), or undefined where it is ASCII already or no such name. */
function idnOf(bytes: string): string | undefined {
  if (!/[\x80-\xff]/.test(bytes)) return undefined
  const text = textOf(bytes)
  if (text === undefined) return undefined
  // Only one label at a time: a fault in one must not be answered with an IPv4 address made of the others.
  const labels = text.split(/[.\u3002\uff0e\uff61]/).map(label => {
    if (label === '' || /^[\x21-\x7e]*$/.test(label)) return label.toLowerCase()
    const read = URL.parse(`http://${encodeURIComponent(label)}.example/`)
    return read === null ? undefined : read.hostname.slice(0, -'.example'.length)
  })
  return labels.includes(undefined) ? undefined : labels.join('.')
}

/** Four decimal numbers of any legal spelling: octal, hexadecimal, fewer than four parts (inet_aton). */
function spellIpv4(host: string): string | undefined {
  const parts = host.split('.')
  if (parts.length > 4) return undefined
  const numbers = parts.map(numberOf)
  if (numbers.includes(undefined)) return undefined
  const leading = (numbers as number[]).slice(0, -1)
  const last = numbers.at(-1)!
  const room = 4 - leading.length
  if (leading.some(number => number > 255) || last >= 256 ** room) return undefined
  const tail = Array.from({ length: room }, (_, place) => Math.floor(last / 256 ** (room - 1 - place)) % 256)
  return [...leading, ...tail].join('.')
}

function numberOf(part: string): number | undefined {
  if (/^0x[0-9a-f]+$/i.test(part)) return parseInt(part, 16)
  if (/^0[0-7]*$/.test(part)) return parseInt(part, 8)
  return /^[1-9]\d*$/.test(part) ? parseInt(part, 10) : undefined
}

/** Shortest spelling (RFC 5952); an IPv4 address in IPv6 clothes is that IPv4 address. */
function spellIpv6(host: string): string | undefined {
  if (!/^\[[0-9a-f:.]+\]$/i.test(host)) return undefined
  const short = URL.parse(`http://${host}/`)?.hostname
  if (short === undefined) return undefined
  // ::ffff:0:0/96 (RFC 4291, mapped) and 64:ff9b::/96 (RFC 6052, translated) both stand for the IPv4 host.
  const clothed = /^\[(?:::ffff:|64:ff9b::)([0-9a-f]{1,4}):([0-9a-f]{1,4})\]$/.exec(short)
  if (clothed === null) return short
  const [high, low] = [parseInt(clothed[1]!, 16), parseInt(clothed[2]!, 16)]
  return [high >> 8, high & 255, low >> 8, low & 255].join('.')
}

// IANA's registries of special-purpose addresses: what no public page can lie on.
const privateIpv4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const

const asNumber = (ip: string) => ip.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)

function isPrivateIpv4(ip: string): boolean {
  return privateIpv4.some(([network, bits]) => {
    const size = 2 ** (32 - bits)
    return Math.floor(asNumber(ip) / size) === Math.floor(asNumber(network) / size)
  })
}

function isPrivateIpv6(host: string): boolean {
  const ip = host.slice(1, -1)
  // Unspecified, loopback, unique local (fc00::/7), link local (fe80::/10), multicast (ff00::/8).
  return ip === '::' || ip === '::1' || /^(f[cd][0-9a-f]{2}|fe[89ab][0-9a-f]|ff[0-9a-f]{2}):/.test(ip)
}
