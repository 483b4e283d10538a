import { expect, test } from 'vitest'
import { totp } from './totp.ts'

// RFC 6238, appendix B: the secret is the ASCII text 12345678901234567890; the last six of the eight digits.
const address = 'otpauth://totp/x?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'

test.each([
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_234_567_890, '005924'],
  [20_000_000_000, '353130'],
])('the code at second %d is the one of the RFC', (second, code) => {
  expect(totp(address, second * 1000)).toBe(code)
})
