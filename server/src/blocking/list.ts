/**
 * The list for browsers, apps and schools: SHA-256 of expressions, of which subscribers get the first four
 * bytes. Whoever finds an address under one asks for the whole hashes that begin so. Nobody holds the
 * addresses in the clear, and nobody learns which page was asked for.
 *
 * @module
 */
import { createHash } from 'node:crypto'
import { exactExpression, prefixBytes } from '@jikimi/web-address'

const hashBytes = 32

/** The expression under which an order stands on the list: the whole host, or this one address. */
export function expressionOf(
  order: { scope: 'host'; name: string } | { scope: 'address'; canonical: string },
): string {
  return order.scope === 'host' ? `${order.name}/` : exactExpression(order.canonical)
}

/** Sorted SHA-256 of the expressions, 32 bytes each, each once. */
export function compileHashes(expressions: readonly string[]): Buffer {
  const hashes = [...new Set(expressions)].map(each => createHash('sha256').update(each).digest())
  return Buffer.concat(hashes.sort((one, other) => Buffer.compare(one, other)))
}

/** The first four bytes of each hash, sorted, each once. */
export function prefixesOf(hashes: Buffer): Buffer {
  const found: Buffer[] = []
  for (let at = 0; at < hashes.length; at += hashBytes) {
    const prefix = hashes.subarray(at, at + prefixBytes)
    if (found.length === 0 || !found.at(-1)!.equals(prefix)) found.push(prefix)
  }
  return Buffer.concat(found)
}

/** Every whole hash that begins with `prefix`, by bisection. */
export function hashesUnder(hashes: Buffer, prefix: Buffer): readonly Buffer[] {
  let [low, high] = [0, hashes.length / hashBytes]
  while (low < high) {
    const middle = (low + high) >> 1
    const begins = hashes.subarray(middle * hashBytes, middle * hashBytes + prefix.length)
    if (Buffer.compare(begins, prefix) < 0) low = middle + 1
    else high = middle
  }
  const found: Buffer[] = []
  for (let at = low * hashBytes; hashes.subarray(at, at + prefix.length).equals(prefix); at += hashBytes)
    found.push(hashes.subarray(at, at + hashBytes))
  return found
}

/** True for a list as `compileHashes` makes it: whole, sorted, none twice. */
export function isHashList(hashes: Buffer): boolean {
  if (hashes.length % hashBytes !== 0) return false
  for (let at = hashBytes; at < hashes.length; at += hashBytes) {
    if (Buffer.compare(hashes.subarray(at - hashBytes, at), hashes.subarray(at, at + hashBytes)) >= 0)
      return false
  }
  return true
}
