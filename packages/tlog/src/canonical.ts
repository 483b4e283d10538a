/** What JSON can say. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/**
 * One text per value (RFC 8785): keys in the order of their UTF-16 units, no spaces, numbers as ECMAScript
 * writes them. What is hashed is this text.
 * @throws TypeError on what JSON cannot say: undefined, infinite numbers, half a surrogate pair
 */
export function canonical(value: unknown): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError('JSON has no infinite number.')
    return JSON.stringify(value)
  }
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw new TypeError('JSON text must be whole characters.')
    return JSON.stringify(value)
  }
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value === 'object') {
    const keys = Object.keys(value).sort()
    const pairs = keys.map(key => `${canonical(key)}:${canonical((value as Record<string, unknown>)[key])}`)
    return `{${pairs.join(',')}}`
  }
  throw new TypeError(`JSON has no ${typeof value}.`)
}
