import { createSecureContext } from 'node:tls'
import { expect, test } from 'vitest'
import { selfSigned } from './trial-certificate.ts'

test('a certificate of any length is one that TLS takes', () => {
  // Its last line of text may be full: one blank line more and OpenSSL refuses it.
  for (let length = 1; length <= 64; length += 1) {
    const pair = selfSigned('a'.repeat(length))
    expect(() => createSecureContext(pair)).not.toThrow()
  }
})
