import { findAddresses } from './find.ts'
import {
  addressCharsMax,
  readOne,
  withoutInvisible,
  type NotCanonical,
  type Options,
  type WebAddress,
} from './read.ts'

/**
 * Reads what somebody typed or pasted as one web address. A missing scheme is `http`; words around it are
 * tolerated as long as they hold no second address. Never throws.
 */
export function canonicalize(text: string, options: Options = {}): WebAddress | NotCanonical {
  if (text.length > addressCharsMax) return { ok: false, code: 'tooLong' }
  const plain = withoutInvisible(text).trim()
  const read = readOne(plain, options)
  if (read.ok || !/[\s<>()[\]"'\u1100-\u11ff\u3000-\u318f\uac00-\ud7af]/.test(plain)) return read
  const found = findAddresses(plain, options)
  if (found.length > 1) return { ok: false, code: 'several' }
  return found[0] ?? read
}
