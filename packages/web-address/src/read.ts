import { parse } from 'tldts'
import { hostKind, isPrivateHost, type HostKind } from './host.ts'
import { spell, written, type Spelling } from './spelling.ts'

// RFC 9110, 4.1 asks servers for 8,000 octets at least; nothing that people exchange comes near.
export const addressCharsMax = 8192

export interface WebAddress {
  readonly ok: true
  /** One spelling for one address: what is compared, counted and blocked. */
  readonly canonical: string
  /** What a browser opens: the address as it was given, with the escapes that its server expects. */
  readonly openable: string
  readonly scheme: 'http' | 'https'
  readonly host: string
  readonly hostKind: HostKind
  /** Where it is not the scheme's own. */
  readonly port: number | undefined
  readonly path: string
  readonly query: string | undefined
  /** The name that somebody registered, counting `user.github.io` as one; null for an IP address or a suffix. */
  readonly registrable: string | null
  /** The suffix under which others register, private ones too; null for an IP address. */
  readonly publicSuffix: string | null
}

export const notCanonicalCodes = [
  'notAnAddress',
  'badScheme',
  'privateNetwork',
  'tooLong',
  'several',
] as const
export type NotCanonicalCode = (typeof notCanonicalCodes)[number]

export interface NotCanonical {
  readonly ok: false
  readonly code: NotCanonicalCode
}

export interface Options {
  /** For trials: hosts of a private network are taken as well. */
  readonly allowPrivate?: boolean
}

/** Characters that show nothing and come along when pasting: zero-width ones, direction marks, the soft hyphen. */
export function withoutInvisible(text: string): string {
  return text.replace(/[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g, '')
}

/** Reads `text` as an address and nothing beside it. */
export function readOne(text: string, options: Options): WebAddress | NotCanonical {
  if (text.length > addressCharsMax) return { ok: false, code: 'tooLong' }
  const spelling = spell(text)
  const { scheme, host, port, path, query } = spelling
  if (scheme !== 'http' && scheme !== 'https') return { ok: false, code: 'badScheme' }
  // A space inside is no part of an address that anyone can have meant.
  if (/\s/.test(text.trim().replace(/[\t\r\n]/g, ''))) return { ok: false, code: 'notAnAddress' }
  const kind = hostKind(host)
  if (kind === undefined || Number.isNaN(port)) return { ok: false, code: 'notAnAddress' }
  if (!spelling.hasScheme && !looksLikeHost(spelling, kind)) return { ok: false, code: 'notAnAddress' }
  if (isPrivateHost(host, kind) && options.allowPrivate !== true) return { ok: false, code: 'privateNetwork' }
  const canonical = written(spelling)
  return {
    ok: true,
    canonical,
    openable: openableOf(text, canonical),
    scheme,
    host,
    hostKind: kind,
    port,
    path,
    query,
    ...ownership(host, kind),
  }
}

/** To whom a name belongs. `allowPrivateDomains`, or one `user.github.io` would stand for all of GitHub's. */
export function ownership(
  host: string,
  kind: HostKind = 'name',
): { registrable: string | null; publicSuffix: string | null } {
  if (kind !== 'name') return { registrable: null, publicSuffix: null }
  const { domain, publicSuffix } = parse(host, { allowPrivateDomains: true, validateHostname: false })
  return { registrable: domain, publicSuffix }
}

// Reserved names (RFC 2606, 6761, 7686) are in no list of suffixes and yet are meant when written.
const reserved = /\.(example|test|onion|localhost)$/

/** Without a scheme, `note.txt` and `kim@mail.example` are no addresses: the last label must be a known one. */
function looksLikeHost(spelling: Spelling, kind: HostKind): boolean {
  if (spelling.hasUser) return false
  if (kind !== 'name') return kind === 'ipv4' || spelling.port !== undefined
  if (reserved.test(spelling.host) || spelling.host === 'localhost') return true
  const { isIcann, isPrivate, domain } = parse(spelling.host, {
    allowPrivateDomains: true,
    validateHostname: false,
  })
  return spelling.host.includes('.') && domain !== null && (isIcann === true || isPrivate === true)
}

function openableOf(text: string, canonical: string): string {
  const bare = text.trim().replace(/[\t\r\n]/g, '')
  const read = URL.parse(/^https?:/i.test(bare) ? bare : `http://${bare.replace(/^[/\\]+/, '')}`)
  if (read === null || (read.protocol !== 'http:' && read.protocol !== 'https:')) return canonical
  read.username = ''
  read.password = ''
  return read.href
}
