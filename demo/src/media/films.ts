/**
 * Synthetic films: a landscape for each scene, encoded by the shipped Chromium. A film is given with the
 * pictures that it was made of, so that its maker can fingerprint it as a victim's own device would.
 *
 * @module
 */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type * as Mediabunny from 'mediabunny'
import { chromium, type Browser } from 'playwright-core'
import { filmSize } from './fingerprints.ts'
import { landscapeSvg, type Media } from './pictures.ts'

const { width, height } = filmSize
const framesPerS = 5

export interface Studio extends AsyncDisposable {
  /** A film of `scenes` seconds as WebM, one scene a second. `quality` in bit/s: a lower one is another file. */
  film(seed: number, scenes: number, bitsPerS?: number): Promise<Media>
}

const studioPage = `<!doctype html><title>studio</title>
<script type="module">import * as mediabunny from '/mediabunny.mjs'; globalThis.mediabunny = mediabunny</script>`

/** Opens the studio: one browser, closed with it. */
export async function openStudio(): Promise<Studio> {
  const browser = await openBrowser()
  const page = await browser.newPage()
  // The entry for Node lies beside the one for browsers.
  const bundles = dirname(createRequire(import.meta.url).resolve('mediabunny'))
  const library = await readFile(join(bundles, 'mediabunny.mjs'), 'utf8')
  await page.route('https://studio.example/**', route =>
    route.request().url().endsWith('.mjs')
      ? route.fulfill({ contentType: 'text/javascript', body: library })
      : route.fulfill({ contentType: 'text/html', body: studioPage }),
  )
  await page.goto('https://studio.example/')
  await page.waitForFunction(() => 'mediabunny' in globalThis)
  return {
    async film(seed, scenes, bitsPerS = 900_000) {
      const pictures = Array.from({ length: scenes }, (_, scene) =>
        landscapeSvg(seed * 1000 + scene, width, height),
      )
      const encoded = await page.evaluate(shoot, { pictures, width, height, framesPerS, bitsPerS })
      return { contentType: 'video/webm', bytes: Buffer.from(encoded, 'base64') }
    },
    [Symbol.asyncDispose]: () => browser.close(),
  }
}

/** The shipped Chromium: unpacks its own libraries, so that a bare machine can run it. */
export async function openBrowser(): Promise<Browser> {
  process.env['AWS_LAMBDA_JS_RUNTIME'] ??= 'nodejs22.x' // read when the package is imported
  const { default: shipped } = await import('@sparticuz/chromium')
  const isRoot = process.getuid?.() === 0 // Chromium refuses its sandbox to root
  return chromium.launch({
    executablePath: await shipped.executablePath(),
    args: [
      '--headless',
      '--disable-quic',
      '--disable-background-networking',
      ...(isRoot ? ['--no-sandbox'] : []),
    ],
  })
}

interface Script {
  readonly pictures: readonly string[]
  readonly width: number
  readonly height: number
  readonly framesPerS: number
  readonly bitsPerS: number
}

/** Runs in the page. */
async function shoot({ pictures, width, height, framesPerS, bitsPerS }: Script): Promise<string> {
  const { BufferTarget, CanvasSource, Output, WebMOutputFormat } = (
    globalThis as unknown as { mediabunny: typeof Mediabunny }
  ).mediabunny
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d')!
  const target = new BufferTarget()
  const output = new Output({ format: new WebMOutputFormat(), target })
  const frames = new CanvasSource(canvas, { codec: 'vp8', bitrate: bitsPerS })
  output.addVideoTrack(frames, { frameRate: framesPerS })
  await output.start()
  for (const [scene, svg] of pictures.entries()) {
    const image = new Image()
    image.src = `data:image/svg+xml;base64,${btoa(svg)}`
    await image.decode()
    for (let frame = 0; frame < framesPerS; frame += 1) {
      context.drawImage(image, 0, 0, width, height)
      await frames.add(scene + frame / framesPerS, 1 / framesPerS)
    }
  }
  await output.finalize()
  const bytes = new Uint8Array(target.buffer!)
  let text = ''
  for (let at = 0; at < bytes.length; at += 0x8000)
    text += String.fromCharCode(...bytes.subarray(at, at + 0x8000))
  return btoa(text)
}
