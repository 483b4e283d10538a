import type { Answer } from '#platform/outbound'
import { readPage, type Page } from './page.ts'

const pageBytesMax = 4 * 1024 * 1024

export const typeOf = (answer: Answer) =>
  String(answer.headers['content-type'] ?? '')
    .split(';')[0]!
    .trim()
    .toLowerCase()
export const isMediaType = (type: string) => /^(image|video)\//.test(type) && type !== 'image/svg+xml'

/** The page in an answer, in the character set that its header names. */
export function pageOf(answer: Answer): Page {
  const charset = /charset=["']?([\w-]+)/i.exec(String(answer.headers['content-type'] ?? ''))?.[1] ?? 'utf-8'
  const html = decoderFor(charset).decode(answer.body.subarray(0, pageBytesMax))
  return readPage(html, answer.url)
}

function decoderFor(charset: string): TextDecoder {
  try {
    return new TextDecoder(charset)
  } catch {
    return new TextDecoder('utf-8')
  }
}
