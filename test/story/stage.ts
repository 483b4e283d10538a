/**
 * The stage of the story: the product as an operator runs it, the world of stand-in hosts, the people, and a
 * browser for each of them that writes down all it asks for.
 *
 * @module
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { assemble, type Cast } from '../../demo/src/cast.ts'
import { openBrowser, openStudio, type Studio } from '../../demo/src/media/films.ts'
import { startProduct, type Product } from '../../demo/src/product.ts'
import { openWorld, type World } from '../../demo/src/world.ts'

export interface Sent {
  readonly method: string
  readonly url: string
  readonly body: Buffer | null
}

export interface Visitor {
  readonly page: Page
  readonly context: BrowserContext
  /** Everything that this browser has asked for. */
  readonly sent: readonly Sent[]
}

export interface StoryStage extends AsyncDisposable {
  readonly product: Product
  readonly world: World
  readonly studio: Studio
  readonly cast: Cast
  readonly folder: string
  readonly settings: Readonly<Record<string, string>>
  /** What the product has logged so far. */
  log(): string
  visitor(width?: number): Promise<Visitor>
}

/** Opens everything; the product's time runs `speed` times as fast. */
export async function openStage(speed: number): Promise<StoryStage> {
  const folder = mkdtempSync(join(tmpdir(), 'jikimi-story-'))
  const world = await openWorld({ speed })
  const now = new Date(performance.timeOrigin + performance.now()).toISOString()
  const settings = {
    ...world.settings,
    JIKIMI_DATA: join(folder, 'data'),
    JIKIMI_CLOCK: `${now}@${now}@${speed}`,
    JIKIMI_LOG: 'debug',
  }
  const logFile = join(folder, 'product.log')
  const product = await startProduct({ settings, logFile })
  world.reachProduct(product.mailPort)
  const cast = await assemble(() => product.url, product.firstLink ?? '')
  const studio = await openStudio()
  const browser = await openBrowser()
  return {
    product,
    world,
    studio,
    cast,
    folder,
    settings,
    log: () => readFileSync(logFile, 'utf8'),
    visitor: (width = 1440) => newVisitor(browser, width),
    async [Symbol.asyncDispose]() {
      await browser.close()
      await studio[Symbol.asyncDispose]()
      await product.stop()
      await world[Symbol.asyncDispose]()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function newVisitor(browser: Browser, width: number): Promise<Visitor> {
  const context = await browser.newContext({
    viewport: { width, height: width < 500 ? 844 : 900 },
    locale: 'ko-KR',
    timezoneId: 'Asia/Seoul',
  })
  const sent: Sent[] = []
  context.on('request', request => {
    sent.push({ method: request.method(), url: request.url(), body: request.postDataBuffer() })
  })
  return { page: await context.newPage(), context, sent }
}
