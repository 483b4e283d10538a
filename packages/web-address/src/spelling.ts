/**
 * One spelling for one address, by the published Safe Browsing rules ("URLs and Hashing", canonicalization),
 * with the port kept where it is not the scheme's own.
 *
 * @module
 */
import { bytesOf, escape, unescapeFully } from './escapes.ts'
import { spellHost } from './host.ts'

export interface Spelling {
  readonly scheme: string
  /** True where the text named the scheme itself. */
  readonly hasScheme: boolean
  readonly hasUser: boolean
  readonly host: string
  /** undefined where none is named or it is the scheme's own; NaN where it is none. */
  readonly port: number | undefined
  readonly path: string
  /** Without the question mark; undefined where there is none. */
  readonly query: string | undefined
}

const ownPorts: Readonly<Record<string, number>> = { http: 80, https: 443 }

/** Reads `text` as one address, whatever it is; whether a host can be meant is for the caller to see. */
export function spell(text: string): Spelling {
  const wholly = text.replace(/^[\x20\t\r\n]+|[\x20\t\r\n]+$/g, '').replace(/[\t\r\n]/g, '')
  // Pasted out of another address: its own escapes hide the scheme.
  const bytes = bytesOf(/^https?%3a/i.test(wholly) ? fromUtf8(unescapeFully(bytesOf(wholly))) : wholly)
  const bare = bytes.split('#', 1)[0]!
  const { scheme, rest } = schemeOf(bare)
  const end = rest.search(/[/?\\]/)
  const authority = end < 0 ? rest : rest.slice(0, end)
  const { host, port, hasUser } = readAuthority(authority, scheme ?? 'http')
  const { path, query } = readPath(end < 0 ? '' : rest.slice(end))
  return { scheme: scheme ?? 'http', hasScheme: scheme !== undefined, hasUser, host, port, path, query }
}

/** The spelling as text. */
export function written(spelling: Spelling): string {
  const { scheme, host, port, path, query } = spelling
  return `${scheme}://${host}${port === undefined ? '' : `:${port}`}${path}${query === undefined ? '' : `?${query}`}`
}

function fromUtf8(bytes: string): string {
  return new TextDecoder().decode(Uint8Array.from(bytes, char => char.charCodeAt(0)))
}

function schemeOf(bytes: string): { scheme: string | undefined; rest: string } {
  // Browsers forgive missing and backward slashes after http, and so must we: it opens.
  const web = /^(https?):[/\\]*/i.exec(bytes)
  if (web !== null) return { scheme: web[1]!.toLowerCase(), rest: bytes.slice(web[0].length) }
  const slashed = /^([a-z][a-z0-9+.-]*):\/\//i.exec(bytes)
  if (slashed !== null) return { scheme: slashed[1]!.toLowerCase(), rest: bytes.slice(slashed[0].length) }
  // `host:8080/…` has a port there, `mailto:…` a scheme.
  const other = /^([a-z][a-z0-9+.-]*):(?!\d{1,5}(?:[/?\\]|$))/i.exec(bytes)
  if (other !== null && !other[1]!.includes('.'))
    return { scheme: other[1]!.toLowerCase(), rest: bytes.slice(other[0].length) }
  return { scheme: undefined, rest: bytes.replace(/^[/\\]{2,}/, '') }
}

function readAuthority(
  authority: string,
  scheme: string,
): { host: string; port: number | undefined; hasUser: boolean } {
  const at = authority.lastIndexOf('@')
  const machine = authority.slice(at + 1)
  const colon = /:(\d*)$/.exec(machine)
  const isPort = colon !== null && (!machine.startsWith('[') || machine.includes(']:'))
  const host = spellHost(unescapeFully(isPort ? machine.slice(0, colon.index) : machine))
  if (!isPort || colon[1] === '') return { host, port: undefined, hasUser: at >= 0 }
  const port = Number(colon[1])
  const named = port >= 1 && port <= 65_535 ? port : Number.NaN
  return { host, port: named === ownPorts[scheme] ? undefined : named, hasUser: at >= 0 }
}

function readPath(bytes: string): { path: string; query: string | undefined } {
  const mark = bytes.indexOf('?')
  const whole = unescapeFully(mark < 0 ? bytes : bytes.slice(0, mark))
  const asked = mark < 0 ? undefined : unescapeFully(bytes.slice(mark + 1))
  // An escaped question mark ends the path once it is undone: a second reading would say so, so the first does.
  const late = whole.indexOf('?')
  if (late < 0) return { path: resolve(whole), query: asked === undefined ? undefined : escape(asked) }
  const query = asked === undefined ? whole.slice(late + 1) : `${whole.slice(late + 1)}?${asked}`
  return { path: resolve(whole.slice(0, late)), query: escape(query) }
}

/** Walks the dots, and makes many slashes one. */
function resolve(path: string): string {
  const kept: string[] = []
  const steps = path.replaceAll('\\', '/').split('/')
  for (const step of steps) {
    if (step === '..') kept.pop()
    else if (step !== '' && step !== '.') kept.push(step)
  }
  const last = steps.at(-1)!
  const isFolder = kept.length > 0 && (last === '' || last === '.' || last === '..')
  return `/${kept.map(escape).join('/')}${isFolder ? '/' : ''}`
}
