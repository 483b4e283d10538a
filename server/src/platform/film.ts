/**
 * Reads videos in a page of the browser that has no way out: mediabunny takes the file apart, the browser's own
 * decoders (WebCodecs) make the frames. A hostile file meets a sandboxed process, not the server.
 *
 * @module
 */
import { readFile } from 'node:fs/promises'
import { createRequire, stripTypeScriptTypes } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page, Route } from 'playwright-core'
import type { Turn, Window } from '@jikimi/fingerprint'
import { openBrowser, type BrowserOptions } from './browser.ts'
import type { Config } from './config.ts'

/** A frame with its eight fingerprints, as the page makes them. */
export interface FilmFrame {
  readonly atMs: number
  /** Until when the picture stayed nearly equal, where it did. */
  readonly untilMs?: number
  readonly hashes: Readonly<Record<Turn, string>>
  readonly quality: number
}

/** A place of the picture that stands still while it shows something else: within a border, beside another film. */
export interface FilmPart {
  readonly window: Window
  readonly frames: readonly FilmFrame[]
}

export interface FilmReading {
  readonly durationMs: number
  readonly frames: readonly FilmFrame[]
  readonly parts: readonly FilmPart[]
}

export interface Film extends AsyncDisposable {
  /**
   * The whole film: the first frame of each shot and one in each stretch of time; undefined for what cannot be
   * decoded, or not in `withinMs`. After the latter the page may still be at work: close it.
   */
  fingerprint(bytes: Uint8Array, withinMs?: number): Promise<FilmReading | undefined>
  /** The key frames alone, at most 120: sooner by as much as a film has frames between them; undefined as above. */
  glance(bytes: Uint8Array, withinMs?: number): Promise<FilmReading | undefined>
  /** One frame from the first third, as PNG; undefined for what cannot be decoded. */
  still(bytes: Uint8Array): Promise<Buffer | undefined>
}

// Below the time that the jobs have which ask. Beyond it the file is given up, not the job: its key frames are left.
const readingMaxMs = 240_000
const origin = 'https://film.invalid'
const here = import.meta.dirname
const modules = dirname(fileURLToPath(import.meta.resolve('@jikimi/fingerprint')))
const mediabunny = resolve(dirname(createRequire(import.meta.url).resolve('mediabunny')), 'mediabunny.mjs')

const importMap = JSON.stringify({
  imports: { mediabunny: '/mediabunny.js', '@jikimi/fingerprint': '/fingerprint/index.ts' },
})

/** Opens a page for videos; `await using` closes its browser. */
export async function openFilm(
  config: Pick<Config, 'browser'>,
  options: Pick<BrowserOptions, 'log'> = {},
): Promise<Film> {
  const browser = await openBrowser(config, options)
  try {
    const page = await browser.newPage()
    const waiting = new Map<string, Uint8Array>()
    // By what the page knows a file that it was given before.
    const numbers = new WeakMap<Uint8Array, number>()
    let last = 0
    await page.route('**/*', route => serve(route, waiting))
    await page.goto(`${origin}/`)
    const read = async <T>(
      verb: 'fingerprint' | 'glance' | 'still',
      bytes: Uint8Array,
      withinMs = readingMaxMs,
    ): Promise<T | undefined> => {
      waiting.set('/file', bytes)
      const number = numbers.get(bytes) ?? ++last
      numbers.set(bytes, number)
      try {
        return await bounded(page, { verb, number, withinMs })
      } finally {
        waiting.clear()
      }
    }
    return {
      fingerprint: (bytes, withinMs) => read<FilmReading>('fingerprint', bytes, withinMs),
      glance: (bytes, withinMs) => read<FilmReading>('glance', bytes, withinMs),
      async still(bytes) {
        const picture = await read<string>('still', bytes)
        return picture === undefined ? undefined : Buffer.from(picture, 'base64')
      },
      [Symbol.asyncDispose]: () => browser.close(),
    }
  } catch (error) {
    await browser.close()
    throw error
  }
}

async function bounded<T>(
  page: Page,
  { verb, number, withinMs }: { verb: string; number: number; withinMs: number },
): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<undefined>(done => {
    timer = setTimeout(done, Math.min(withinMs, readingMaxMs), undefined)
  })
  const reading = page.evaluate(
    ([name, file]) =>
      (globalThis as unknown as { film: Record<string, (file: number) => Promise<unknown>> }).film[name]!(
        file,
      ),
    [verb, number] as const,
  )
  try {
    return ((await Promise.race([reading, late])) as T | null | undefined) ?? undefined
  } catch {
    // A file that cannot be decoded, or that took the page down with it.
    return undefined
  } finally {
    clearTimeout(timer)
    reading.catch(() => {})
  }
}

/** What the page may load: itself, mediabunny, the fingerprint package, the file in hand. All else is refused. */
async function serve(route: Route, waiting: ReadonlyMap<string, Uint8Array>): Promise<void> {
  const url = new URL(route.request().url())
  if (url.origin !== origin) return route.abort()
  const script = (body: string) => route.fulfill({ contentType: 'text/javascript', body })
  if (url.pathname === '/')
    return route.fulfill({
      contentType: 'text/html',
      body: `<!doctype html><script type="importmap">${importMap}</script><script type="module" src="/film.js"></script>`,
    })
  if (url.pathname === '/film.js')
    return script(stripTypeScriptTypes(await readFile(join(here, 'film-page.ts'), 'utf8')))
  if (url.pathname === '/mediabunny.js') return script(await readFile(mediabunny, 'utf8'))
  const module = /^\/fingerprint\/([a-z-]+\.ts)$/.exec(url.pathname)?.[1]
  if (module !== undefined) return script(stripTypeScriptTypes(await readFile(join(modules, module), 'utf8')))
  const bytes = waiting.get(url.pathname)
  if (bytes === undefined) return route.fulfill({ status: 404, body: '' })
  return route.fulfill({ contentType: 'application/octet-stream', body: Buffer.from(bytes) })
}
