import { createHash } from 'node:crypto'
import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core'
import sharp from 'sharp'
import { openBrowser } from '#platform/browser'
import { egressProxy, type EgressProxy } from '#platform/egress-proxy'
import type { CaptureId } from '#platform/ids'
import { stopwatch } from '#platform/time'
import type { World } from '#platform/world'
import { recordExchanges, type Exchange, type Failure, type Recorder } from './exchange.ts'
import type { Piece } from './exhibit.ts'
import { fetchMissing } from './fetch-media.ts'
import { mediaOf, namedVideos } from './media.ts'
import { listenForHeads, type RawHeaders } from './raw-headers.ts'
import type { Fault } from './schema.ts'
import { certificatesOf, faultOf, NotCaptured, statusFault } from './visit-fault.ts'
import { packWacz } from './wacz.ts'
import { indexWarc, writeWarc } from './warc.ts'

export interface CaptureBounds {
  readonly timeMs: number
  readonly answerMs: number
  readonly bytesMax: number
  readonly requestsMax: number
}

/** One page with its pictures and a few minutes of video; a forum's longest page. */
export const captureBounds: CaptureBounds = {
  timeMs: 45_000,
  answerMs: 25_000,
  bytesMax: 64 * 1024 * 1024,
  requestsMax: 500,
}

export type Captured =
  | { readonly ok: true; readonly pieces: readonly Piece[]; readonly tools: Tools; readonly requests: number }
  | { readonly ok: false; readonly fault: Fault }

export interface Tools {
  readonly product: string
  readonly chromium: string
  readonly sharp: string
  readonly node: string
  readonly formats: string
}

/**
 * Captures one page in a browser of its own that reaches the web through the egress proxy alone. What the page
 * does is bounded in time, bytes and requests; what was not captured for that is listed in `capture.json`.
 */
export async function capturePage(
  world: World,
  asked: { capture: CaptureId; url: string },
  bounds: CaptureBounds = captureBounds,
): Promise<Captured> {
  if (!URL.canParse(asked.url) || !/^https?:$/.test(new URL(asked.url).protocol))
    return { ok: false, fault: 'badAddress' }
  await using proxy = await egressProxy(world.outbound, { bytesMax: bounds.bytesMax })
  const browser = await openBrowser(world.config, { proxy, log: world.log }).catch(() => undefined)
  if (browser === undefined) return { ok: false, fault: 'browser' }
  try {
    // A certificate that cannot be trusted does not protect a page from removal: looked at again, and noted.
    const strict = await visit({ world, browser, proxy, asked, bounds, trustsAll: false })
    if (strict.ok || strict.fault !== 'secureConnection') return strict
    return await visit({ world, browser, proxy, asked, bounds, trustsAll: true })
  } finally {
    await browser.close()
  }
}

interface Visit {
  readonly world: World
  readonly browser: Browser
  readonly proxy: EgressProxy
  readonly asked: { capture: CaptureId; url: string }
  readonly bounds: CaptureBounds
  readonly trustsAll: boolean
}

async function visit(given: Visit): Promise<Captured> {
  const { world, browser, bounds } = given
  const context = await browser.newContext({
    acceptDownloads: false,
    ignoreHTTPSErrors: given.trustsAll,
    locale: 'ko-KR',
    timezoneId: 'Asia/Seoul',
    viewport: { width: 1280, height: 1000 },
    serviceWorkers: 'block',
    permissions: [],
    userAgent: userAgentOf(browser),
  })
  // Whatever hangs in the page ends with the context.
  let isLate = false
  const end = setTimeout(() => {
    isLate = true
    void context.close().catch(() => {})
  }, bounds.timeMs + bounds.answerMs)
  try {
    const recorder = await recordExchanges(context, world.clock, bounds)
    const page = await context.newPage()
    context.on('page', other => void (other === page ? undefined : other.close().catch(() => {})))
    page.on('dialog', dialog => void dialog.dismiss().catch(() => {}))
    const session = await context.newCDPSession(page)
    const raw = await listenForHeads(session)
    const seen = await look(given, context, page, { recorder, raw, session })
    return await piecesOf(given, seen, recorder.requests())
  } catch (error) {
    if (error instanceof NotCaptured) return { ok: false, fault: error.fault }
    if (isLate) return { ok: false, fault: 'timeout' }
    return { ok: false, fault: faultOf(error, given.proxy, given.asked.url) }
  } finally {
    clearTimeout(end)
    await context.close().catch(() => {})
  }
}

/** What the browser has seen of the page. */
interface Seen {
  readonly at: string
  readonly title: string
  readonly url: string
  readonly status: number | null
  readonly picture: Buffer
  readonly dom: Buffer
  readonly exchanges: readonly Exchange[]
  readonly failures: readonly Failure[]
  readonly again: readonly string[]
  readonly certificates: Readonly<Record<string, readonly string[]>>
}

interface Ears {
  readonly recorder: Recorder
  readonly raw: RawHeaders
  readonly session: CDPSession
}

async function look(given: Visit, context: BrowserContext, page: Page, ears: Ears): Promise<Seen> {
  const { recorder, raw, session } = ears
  const { world, asked, bounds } = given
  const took = stopwatch()
  const leftMs = () => Math.max(1, bounds.timeMs - took())
  const at = world.clock.now().toISOString()
  const timeout = Math.min(bounds.answerMs, leftMs())
  const answer = await page.goto(asked.url, { waitUntil: 'domcontentloaded', timeout })
  const fault = statusFault(answer?.status() ?? 200)
  if (fault !== undefined) throw new NotCaptured(fault)
  await page.waitForLoadState('load', { timeout: Math.min(15_000, leftMs()) }).catch(() => {})
  await scrollThrough(page, leftMs)
  await page.waitForLoadState('networkidle', { timeout: Math.min(3_000, leftMs()) }).catch(() => {})
  const picture = await picturePage(page, leftMs())
  const dom = Buffer.from(await page.content())
  const title = (await page.title()).slice(0, 500)
  const [videos, url] = [await namedVideos(page), page.url()]
  const { exchanges, failures } = await recorder.settle(Math.min(5_000, leftMs()), raw)
  const wanted = { videos, exchanges, recorder, referer: url, withinMs: leftMs() }
  const again = await fetchMissing(world, context, wanted)
  const certificates = await certificatesOf(session, exchanges)
  const status = answer?.status() ?? null
  return { at, title, url, status, picture, dom, exchanges, failures, again, certificates }
}

async function piecesOf(given: Visit, seen: Seen, requests: number): Promise<Captured> {
  const { url } = given.asked
  const tools = toolsOf(given.browser)
  const archive = await archiveOf(given, seen, tools, factsOf(given, seen, tools, requests))
  const media = await mediaOf(seen.exchanges)
  return {
    ok: true,
    requests,
    tools,
    pieces: [
      { kind: 'archive', place: 0, url, contentType: 'application/wacz', bytes: archive },
      { kind: 'picture', place: 0, url, contentType: 'image/png', bytes: seen.picture },
      ...media.map((medium, place): Piece => {
        const { url, contentType, bytes } = medium
        return { kind: 'media', place, url, contentType, bytes }
      }),
    ],
  }
}

const scrollsMax = 40
const scrollPauseMs = 120

/** Goes down the page once, so that pictures that load late are loaded. */
async function scrollThrough(page: Page, leftMs: () => number): Promise<void> {
  for (let step = 0; step < scrollsMax && leftMs() > 5_000; step += 1) {
    const isEnd = await page
      .evaluate(() => {
        window.scrollBy(0, window.innerHeight * 0.9)
        return window.scrollY + window.innerHeight >= document.documentElement.scrollHeight - 2
      })
      .catch(() => true)
    await page.waitForTimeout(scrollPauseMs)
    if (isEnd) break
  }
  await page.evaluate(() => window.scrollTo(0, 0)).catch(() => {})
}

// Taller than this Chromium does not draw in one picture.
const pictureHeightMax = 15_000

async function picturePage(page: Page, timeout: number): Promise<Buffer> {
  const height = await page.evaluate(() => document.documentElement.scrollHeight).catch(() => 1000)
  const bounded = Math.min(pictureHeightMax, Math.max(1000, height))
  const clip = { x: 0, y: 0, width: 1280, height: bounded }
  return page.screenshot({ type: 'png', fullPage: true, clip, timeout, animations: 'disabled' })
}

/** All that a court may ask about the capture: clock, addresses, certificates, headers as they came, what is missing. */
function factsOf(given: Visit, seen: Seen, tools: Tools, requests: number): object {
  const { asked, world, proxy, bounds, trustsAll, browser } = given
  return {
    v: 1,
    capture: asked.capture,
    url: asked.url,
    finalUrl: seen.url,
    title: seen.title,
    status: seen.status,
    begunAt: seen.at,
    endedAt: world.clock.now().toISOString(),
    tools,
    userAgent: userAgentOf(browser),
    bounds,
    certificateIsTrusted: !trustsAll,
    certificates: seen.certificates,
    dns: Object.fromEntries(proxy.contacts),
    notReached: Object.fromEntries(proxy.faults),
    requests,
    received: proxy.received(),
    failures: seen.failures,
    fetchedAgain: seen.again,
    bodies:
      'Kept without content coding and transfer coding, as the browser gives them; Content-Length is written anew.',
    exchanges: seen.exchanges.map(({ body, requestBody, ...rest }) => ({
      ...rest,
      size: body.byteLength,
      sha256: createHash('sha256').update(body).digest('hex'),
      requestSize: requestBody?.byteLength ?? 0,
    })),
  }
}

async function archiveOf(given: Visit, seen: Seen, tools: Tools, facts: object): Promise<Uint8Array> {
  const { proxy } = given
  const { capture, url } = given.asked
  const { at, title } = seen
  const software = `${tools.product} (Chromium ${tools.chromium})`
  const urn = (name: string) => `urn:jikimi:capture:${capture}:${name}`
  const json = Buffer.from(JSON.stringify(facts))
  const warc = await writeWarc({
    at,
    software,
    exchanges: seen.exchanges,
    addressOf: from => proxy.contacts.get(new URL(from).hostname.replace(/^\[|\]$/g, ''))?.address,
    resources: [
      { urn: urn('picture'), contentType: 'image/png', bytes: seen.picture },
      { urn: urn('dom'), contentType: 'text/html; charset=utf-8', bytes: seen.dom },
      { urn: urn('capture.json'), contentType: 'application/json', bytes: json },
    ],
  })
  return packWacz({ warc, cdx: await indexWarc(warc), page: { id: capture, url, title, at }, software })
}

/** The browser's true name without the word that it has no window: hosts that hide from such are hosts we look for. */
function userAgentOf(browser: Browser): string {
  const major = browser.version().split('.')[0]
  return `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${major}.0.0.0 Safari/537.36`
}

function toolsOf(browser: Browser): Tools {
  return {
    product: 'Jikimi 0.1.0',
    chromium: browser.version(),
    sharp: sharp.versions.sharp ?? sharp.versions.vips,
    node: process.versions.node,
    formats: 'WARC 1.1, WACZ 1.1.1, CDXJ',
  }
}
