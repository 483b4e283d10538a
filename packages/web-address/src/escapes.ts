/**
 * Percent escapes on bytes. A byte string here is a string whose characters are bytes, 0 to 255: escapes in an
 * address are bytes, and not every run of them is UTF-8.
 *
 * @module
 */

/** The UTF-8 bytes of `text` as a byte string. Half of a surrogate pair becomes U+FFFD. */
export function bytesOf(text: string): string {
  let bytes = ''
  for (const byte of new TextEncoder().encode(text)) bytes += String.fromCharCode(byte)
  return bytes
}

/** The text that the byte string is in UTF-8, or undefined where it is none. */
export function textOf(bytes: string): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      Uint8Array.from(bytes, char => char.charCodeAt(0)),
    )
  } catch {
    return undefined
  }
}

/** Undoes percent escapes until none is left: `%2525` is one percent sign, however often it was wrapped. */
export function unescapeFully(bytes: string): string {
  // Every pass that changes something makes the string shorter, so this ends.
  for (let present = bytes; ;) {
    const next = present.replace(/%([0-9a-f]{2})/gi, (_, hex: string) =>
      String.fromCharCode(parseInt(hex, 16)),
    )
    if (next === present) return present
    present = next
  }
}

/** Escapes what the published rules name: up to space, from DEL on, `#` and `%`; hexadecimal in capitals. */
export function escape(bytes: string): string {
  return bytes.replace(
    // oxlint-disable-next-line no-control-regex -- control characters are what is escaped
    /[\x00-\x20\x7f-\xff#%]/g,
    byte => `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  )
}
