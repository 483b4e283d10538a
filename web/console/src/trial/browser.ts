/**
 * The shipped Chromium, the built console and the stand-in server, for one test file.
 *
 * @module
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'
import type { Role } from '../access/roles.ts'
import { buildConsole } from './build.ts'
import { openStandIn, type StandIn } from './server.ts'

export interface Trial {
  readonly browser: Browser
  readonly server: StandIn
  close(): Promise<void>
}
export interface Look {
  readonly language?: 'ko' | 'en'
  readonly theme?: 'light' | 'dark'
  readonly width?: 1440 | 390
}

export async function openTrial(): Promise<Trial> {
  await buildConsole()
  process.env['AWS_LAMBDA_JS_RUNTIME'] ??= 'nodejs22.x' // makes the package unpack its own libraries; read on import
  const { default: shipped } = await import('@sparticuz/chromium')
  const isRoot = process.getuid?.() === 0 // Chromium refuses its sandbox to root
  const browser = await chromium.launch({
    executablePath: await shipped.executablePath(),
    args: isRoot ? ['--no-sandbox', '--headless'] : ['--headless'],
  })
  const server = await openStandIn()
  return {
    browser,
    server,
    close: async () => {
      await browser.close()
      await server.close()
    },
  }
}

/** A page of somebody who is signed in as `role`, or of nobody; what the page complains of is collected. */
export async function openPage(
  trial: Trial,
  role: Role | undefined,
  look: Look = {},
): Promise<{ page: Page; context: BrowserContext; complaints: string[] }> {
  const { language = 'ko', theme = 'light', width = 1440 } = look
  const context = await trial.browser.newContext({
    viewport: { width, height: width === 390 ? 844 : 900 },
    locale: language === 'ko' ? 'ko-KR' : 'en-GB',
    timezoneId: 'Asia/Seoul',
    colorScheme: theme,
    reducedMotion: 'reduce',
  })
  if (role !== undefined) await context.addCookies([{ name: 'role', value: role, url: trial.server.url }])
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', error => complaints.push(String(error)))
  page.on('console', message => {
    if (message.type() === 'error' && !/status of 40[13]/.test(message.text()))
      complaints.push(message.text())
  })
  page.on('request', request => {
    if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(trial.server.url))
      complaints.push(`left for ${request.url()}`)
  })
  return { page, context, complaints }
}

/** Keeps a picture where JIKIMI_SHOTS names a folder: for eyes, not for the test. */
export async function shoot(page: Page, name: string): Promise<void> {
  const folder = process.env['JIKIMI_SHOTS']
  if (folder === undefined) return
  mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true })
}
