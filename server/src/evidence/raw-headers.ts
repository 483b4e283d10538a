import type { CDPSession } from 'playwright-core'
import type { Headers } from './exchange.ts'

/**
 * The heads of answers as they came over the wire, by address: Chromium's protocol sorts the headers in all
 * other places. Over HTTP/2 and 3 there is no such text, and frames of other sites have a session of their own.
 */
export interface RawHeaders {
  /** The next head of this address, in the order of the answers. */
  take(url: string): Headers | undefined
}

export async function listenForHeads(session: CDPSession): Promise<RawHeaders> {
  const addresses = new Map<string, string[]>()
  const heads = new Map<string, string[]>()
  const noted = (map: Map<string, string[]>, id: string, text: string) =>
    void map.set(id, [...(map.get(id) ?? []), text])
  session.on('Network.requestWillBeSent', ({ requestId, request }) =>
    noted(addresses, requestId, request.url),
  )
  session.on('Network.responseReceivedExtraInfo', ({ requestId, headersText }) =>
    noted(heads, requestId, headersText ?? ''),
  )
  await session.send('Network.enable')
  const taken = new Map<string, number>()
  return {
    take(url) {
      // One request id has as many answers as redirects, in their order.
      const found = [...addresses].flatMap(([id, urls]) =>
        urls.flatMap((each, turn) => (each === bare(url) ? [heads.get(id)?.[turn] ?? ''] : [])),
      )
      const turn = taken.get(url) ?? 0
      taken.set(url, turn + 1)
      const text = found[turn]
      return text === undefined || text === '' ? undefined : parsed(text)
    },
  }
}

/** RFC 9112, 5: one field a line, a name, a colon, a value with blanks around it. */
function parsed(head: string): Headers {
  return head
    .split(/\r?\n/)
    .slice(1)
    .flatMap(line => {
      const colon = line.indexOf(':')
      return colon <= 0 ? [] : [[line.slice(0, colon), line.slice(colon + 1).trim()] as const]
    })
}

/** The protocol names addresses without their fragment. */
function bare(url: string): string {
  const hash = url.indexOf('#')
  return hash < 0 ? url : url.slice(0, hash)
}
