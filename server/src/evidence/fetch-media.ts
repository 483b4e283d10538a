import type { BrowserContext } from 'playwright-core'
import type { World } from '#platform/world'
import type { Exchange, Headers, Recorder } from './exchange.ts'

interface Wanted {
  readonly videos: readonly string[]
  /** The recorder's own list: what is fetched here joins it. */
  readonly exchanges: readonly Exchange[]
  readonly recorder: Recorder
  readonly referer: string
  readonly withinMs: number
}

/**
 * Fetches whole what the browser has seen only in part: a player drops what it has shown, and asks for no more
 * than it shows. With the page's own cookies, by the same checked way out.
 * @returns the addresses that were fetched a second time
 */
export async function fetchMissing(world: World, context: BrowserContext, wanted: Wanted): Promise<string[]> {
  const { exchanges, recorder } = wanted
  const whole = new Set(
    exchanges.filter(each => each.status === 200 && each.missing === null).map(each => each.url),
  )
  const partial = exchanges
    .filter(each => each.missing === 'notKept' && each.resourceType === 'media')
    .map(each => each.url)
  const again: string[] = []
  const until = performance.now() + wanted.withinMs
  for (const url of new Set([...wanted.videos, ...partial])) {
    const leftMs = until - performance.now()
    if (whole.has(url) || recorder.room() <= 0 || leftMs < 500) continue
    const fetched = await fetchOne(world, context, url, {
      referer: wanted.referer,
      bytesMax: recorder.room(),
      timeoutMs: leftMs,
    })
    if (fetched === undefined) continue
    recorder.keep(fetched)
    again.push(url)
  }
  return again
}

async function fetchOne(
  world: World,
  context: BrowserContext,
  url: string,
  bounds: { referer: string; bytesMax: number; timeoutMs: number },
): Promise<Exchange | undefined> {
  const cookies = (await context.cookies(url)).map(({ name, value }) => `${name}=${value}`).join('; ')
  const headers = { referer: bounds.referer, ...(cookies === '' ? {} : { cookie: cookies }) }
  const at = world.clock.now().toISOString()
  try {
    const answer = await world.outbound.request(url, {
      headers,
      bytesMax: bounds.bytesMax,
      timeoutMs: Math.floor(bounds.timeoutMs),
    })
    if (!answer.isWhole) return undefined
    return {
      url,
      at,
      method: 'GET',
      requestHeaders: Object.entries(headers),
      requestBody: null,
      status: answer.status,
      statusText: '',
      responseHeaders: Object.entries(answer.headers).flatMap(([name, value]): Headers =>
        [value ?? []].flat().map(each => [name, each] as const),
      ),
      body: answer.body,
      missing: null,
      resourceType: 'media',
      tls: null,
    }
  } catch {
    return undefined
  }
}
