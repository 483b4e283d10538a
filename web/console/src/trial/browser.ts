/**
 * The shipped Chromium, the built console and the stand-in server, for one test file.
 *
 * @module
 */
import { execFile } from 'node:child_process'
import { existsSync, globSync, mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'
import type { Role } from '../access/roles.ts'
import { dist, openStandIn, type StandIn } from './server.ts'

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
  await build()
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

/** Builds the console where a source is newer than the last build; `npm test` has built it already. */
async function build(): Promise<void> {
  const top = fileURLToPath(new URL('../../', import.meta.url))
  const built = join(dist, 'index.html')
  const sources = globSync(['src/**/*.{ts,tsx,css}', 'index.html', '../shared/src/*'], { cwd: top })
  const newest = Math.max(...sources.map(file => statSync(join(top, file)).mtimeMs))
  if (existsSync(built) && statSync(built).mtimeMs > newest) return
  // Two test files may build at the same time: nothing is emptied, and files with hashed names agree.
  const script = "await (await import('vite')).build({ logLevel: 'warn', build: { emptyOutDir: false } })"
  await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
    cwd: top,
    // Under a test's own NODE_ENV the development build of React would come out.
    env: { ...process.env, NODE_ENV: 'production' },
  })
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
