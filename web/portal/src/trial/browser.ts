import { AxeBuilder } from '@axe-core/playwright'
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'
import { expect } from 'vitest'

/** Starts the Chromium that comes with the product. */
export async function openTrialBrowser(): Promise<Browser> {
  process.env['AWS_LAMBDA_JS_RUNTIME'] ??= 'nodejs22.x' // makes the package unpack its own libraries; read on import
  const { default: shipped } = await import('@sparticuz/chromium')
  const isRoot = process.getuid?.() === 0 // Chromium refuses its sandbox to root
  return chromium.launch({
    executablePath: await shipped.executablePath(),
    args: isRoot ? ['--no-sandbox', '--headless'] : ['--headless'],
  })
}

/** A visitor on a phone, with everything the page asked for written down. */
export interface Visit {
  readonly page: Page
  readonly requests: { readonly method: string; readonly url: string }[]
  /** Errors and refusals of the content policy that the browser has named. */
  readonly complaints: string[]
  [Symbol.asyncDispose](): Promise<void>
}

export async function visit(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<Visit> {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    locale: 'ko-KR',
    timezoneId: 'Asia/Seoul',
    ...options,
  })
  const page = await context.newPage()
  const requests: Visit['requests'] = []
  const complaints: string[] = []
  page.on('request', request => requests.push({ method: request.method(), url: request.url() }))
  page.on('pageerror', error => complaints.push(error.message))
  page.on('console', message => {
    // A refusal of the server is written here by the browser itself; anything else is ours.
    const isOurs = message.type() === 'error' && !/Failed to load resource/.test(message.text())
    if (isOurs) complaints.push(message.text())
  })
  await page.goto(url)
  await page.locator('h1').waitFor()
  return { page, requests, complaints, [Symbol.asyncDispose]: () => context.close() }
}

/** Presses Tab until the element with this name has the focus. */
export async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const stepsMax = 40
  for (let step = 0; step < stepsMax; step++) {
    await page.keyboard.press('Tab')
    const focused = await page.evaluate(() => {
      const { activeElement: element } = document
      if (element === null) return ''
      const labels = (element as HTMLInputElement).labels ?? []
      return (
        element.getAttribute('aria-label') ??
        (Array.from(labels, each => each.textContent).join(' ') || element.textContent || '')
      )
    })
    if (typeof name === 'string' ? focused.trim() === name : name.test(focused)) return
  }
  throw new Error(`Tab does not lead to ${String(name)}.`)
}

/** Waits for a page of the portal by its heading, which has the focus. */
export async function expectHeading(page: Page, text: string): Promise<void> {
  await page.locator('h1', { hasText: text }).waitFor()
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1')
}

/** Waits until colours on their way have arrived: measured halfway they are of neither theme. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (let frames = 0; frames < 2; frames++) await new Promise(requestAnimationFrame)
    const transitions = document.getAnimations().filter(each => each instanceof CSSTransition)
    await Promise.all(transitions.map(each => each.finished.catch(() => undefined)))
  })
}

/** What axe finds wrong, by rule and place: all rules in light, or the contrasts alone in dark. */
export async function axeFaults(page: Page, theme: 'light' | 'dark'): Promise<string[]> {
  await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
  await settled(page)
  const axe = new AxeBuilder({ page }).setLegacyMode() // the page has no frames
  if (theme === 'dark') axe.withRules('color-contrast')
  else axe.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
  const { violations } = await axe.analyze()
  return violations.map(
    ({ id, nodes }) => `${theme}: ${id} at ${nodes.map(node => node.target.join(' ')).join(', ')}`,
  )
}

/** True where the page is wider than the window: someone would have to scroll sideways. */
export function isTooWide(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)
}

/** Targets smaller than 44 by 44 pixels, but for links inside a sentence and inputs that have a large label. */
export function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [
      ...document.querySelectorAll(
        'button, a, select, textarea, summary, label:has(input), input:not([type=radio], [type=file])',
      ),
    ]
      .map(element => ({ element, box: element.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 0 && (box.height < 43.9 || box.width < 43.9))
      .map(({ element, box }) => `${element.tagName} ${element.textContent} ${box.width}×${box.height}`),
  )
}

/** Whatever the page has left in the browser that outlives it. */
export function traces(page: Page): Promise<Record<string, unknown>> {
  return page.evaluate(async () => ({
    local: localStorage.length,
    session: sessionStorage.length,
    cookies: document.cookie,
    databases: (await indexedDB.databases()).length,
    caches: (await caches.keys()).length,
    workers: (await navigator.serviceWorker.getRegistrations()).length,
    address: location.pathname + location.search + location.hash,
    state: history.state as unknown,
    title: document.title,
  }))
}

/** Keeps a picture where JIKIMI_SHOTS names a folder: for eyes, not for the test. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  const folder = process.env['JIKIMI_SHOTS']
  if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true })
}
