import { randomDigits, randomToken } from '#platform/ids'

/** The same address with a random last part of the same kind: digits for digits, letters for letters. */
export function siblingAddress(address: string): string {
  const url = new URL(address)
  const last = [...url.searchParams.keys()].at(-1)
  if (last !== undefined) {
    url.searchParams.set(last, alike(url.searchParams.get(last) ?? ''))
    return url.href
  }
  const parts = url.pathname.replace(/\/$/, '').split('/')
  const [, name = '', extension = ''] = /^(.*?)(\.\w{1,5})?$/.exec(parts.at(-1) ?? '') ?? []
  url.pathname = [...parts.slice(0, -1), `${alike(name)}${extension}`].join('/')
  return url.href
}

const alike = (text: string) => (/^\d+$/.test(text) ? `9${randomDigits(text.length + 2)}` : randomToken(12))
