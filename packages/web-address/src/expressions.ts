/**
 * Looking an address up in a list of hashes: the expressions under which it may stand there, and their SHA-256
 * ("URLs and Hashing", suffix/prefix expressions and hash prefix computations).
 *
 * @module
 */
import { hostKind } from './host.ts'
import { spell } from './spelling.ts'

export const hostSuffixesMax = 5
export const pathPrefixesMax = 6
export const prefixBytes = 4

/** At most 5 host suffixes × 6 path prefixes of a canonical address, the most exact first. Scheme and port do not count. */
export function expressions(canonical: string): readonly string[] {
  const { host, path, query } = spell(canonical)
  const paths = pathPrefixes(path, query)
  return hostSuffixes(host).flatMap(suffix => paths.map(prefix => suffix + prefix))
}

/** The one expression that names exactly this address. */
export function exactExpression(canonical: string): string {
  const { host, path, query } = spell(canonical)
  return `${host}${path}${query === undefined ? '' : `?${query}`}`
}

function hostSuffixes(host: string): string[] {
  if (hostKind(host) !== 'name') return [host]
  const labels = host.split('.')
  const last = labels.slice(-hostSuffixesMax)
  const shorter = last
    .map((_, start) => last.slice(start).join('.'))
    .filter(name => name.includes('.') && name !== host)
  return [host, ...shorter.slice(0, hostSuffixesMax - 1)]
}

function pathPrefixes(path: string, query: string | undefined): string[] {
  const folders = path.split('/').slice(1, -1)
  const starts = ['/', ...folders.map((_, end) => `/${folders.slice(0, end + 1).join('/')}/`)].slice(0, 4)
  return [...new Set([...(query === undefined ? [] : [`${path}?${query}`]), path, ...starts])]
}

/** SHA-256 of an expression, 32 bytes. */
export async function hashOf(expression: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(expression)))
}

/** The first four bytes of the expression's SHA-256, in hexadecimal: what a list holds. */
export async function hashPrefix(expression: string): Promise<string> {
  return hexOf((await hashOf(expression)).slice(0, prefixBytes))
}

export function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')
}
