/**
 * Films for the video bench: shots of moving ellipses, drawn and encoded in the shipped Chromium, and the edits that
 * copies go through. Harmless, and the same in every run but for the encoder.
 *
 * @module
 */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, resolve } from 'node:path'
import type * as Mediabunny from 'mediabunny'
import type { Page } from 'playwright-core'
import { openBrowser } from '../server/src/platform/browser.ts'

export type Layout =
  | 'plain'
  | 'mirror'
  | 'letterbox'
  | 'side by side'
  | 'third in a corner'
  | 'corner covered'

/** What a film shows, and what was done to it. */
export interface FilmPlan {
  readonly seed: number
  readonly width: number
  readonly height: number
  readonly framesPerS: number
  readonly bitsPerS: number
  /** What is left of the film, in its own seconds. */
  readonly fromS: number
  readonly toS: number
  readonly speed: number
  readonly layout: Layout
  /** Seconds of another film before it. */
  readonly introS: number
}

export interface Studio extends AsyncDisposable {
  film(plan: FilmPlan): Promise<Buffer>
  /** Milliseconds for which the browser's decoder works on all frames, each closed unread. */
  decodeMs(bytes: Uint8Array): Promise<number>
}

/** Opens the browser in which films are made; closed with it. */
export async function openStudio(): Promise<Studio> {
  const bundle = resolve(dirname(createRequire(import.meta.url).resolve('mediabunny')), 'mediabunny.mjs')
  const browser = await openBrowser({ browser: undefined })
  const page = await browser.newPage()
  let file = Buffer.alloc(0)
  await page.route('**/*', async route => {
    const { pathname } = new URL(route.request().url())
    if (pathname === '/file') return route.fulfill({ body: file })
    if (pathname === '/mediabunny.js')
      return route.fulfill({ contentType: 'text/javascript', body: await readFile(bundle, 'utf8') })
    return route.fulfill({
      contentType: 'text/html',
      body: '<!doctype html><script type="module">import * as all from "/mediabunny.js"; globalThis.mediabunny = all</script>',
    })
  })
  await page.goto('https://studio.invalid')
  await page.waitForFunction(() => 'mediabunny' in globalThis)
  return {
    film: plan => shot(page, plan),
    async decodeMs(bytes) {
      file = Buffer.from(bytes)
      return page.evaluate(decode)
    },
    [Symbol.asyncDispose]: () => browser.close(),
  }
}

async function shot(page: Page, plan: FilmPlan): Promise<Buffer> {
  return Buffer.from(await page.evaluate(shoot, plan), 'base64')
}

/** Runs in the page. */
async function decode(): Promise<number> {
  const { mediabunny } = globalThis as unknown as { mediabunny: typeof Mediabunny }
  const blob = await (await fetch('/file')).blob()
  const from = performance.now()
  const source = new mediabunny.BlobSource(blob)
  const input = new mediabunny.Input({ formats: mediabunny.ALL_FORMATS, source })
  const track = (await input.getPrimaryVideoTrack())!
  for await (const sample of new mediabunny.VideoSampleSink(track).samples()) sample.close()
  return performance.now() - from
}

/** Runs in the page: everything it needs is in it. */
async function shoot(plan: FilmPlan): Promise<string> {
  const { mediabunny } = globalThis as unknown as { mediabunny: typeof Mediabunny }
  const { width, height, framesPerS } = plan
  const random = (seed: number) => {
    let state = Math.imul(seed + 1, 2654435761) >>> 0
    return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32
  }
  // A shot of 2 to 5 seconds at each place in time; ellipses drift, each its own way.
  const shotAt = (seed: number, atS: number) => {
    const next = random(seed)
    for (let [startS, number] = [0, 0]; ; number++) {
      const lengthS = 2 + 3 * next()
      if (atS < startS + lengthS) return { seed: seed * 1000 + number, intoS: atS - startS }
      startS += lengthS
    }
  }
  const scene = new OffscreenCanvas(width, height)
  const draw = (filmSeed: number, atS: number) => {
    const context = scene.getContext('2d')!
    const { seed, intoS } = shotAt(filmSeed, atS)
    const next = random(seed)
    context.fillStyle = `rgb(${80 + 90 * next()},${80 + 90 * next()},${80 + 90 * next()})`
    context.fillRect(0, 0, width, height)
    for (let i = 0; i < 50; i++) {
      const size = height * (0.03 + 0.25 * next() * next())
      const [x, y] = [next() + (next() - 0.5) * 0.08 * intoS, next() + (next() - 0.5) * 0.08 * intoS]
      context.fillStyle = `rgb(${255 * next()},${255 * next()},${255 * next()})`
      context.beginPath()
      context.ellipse(x * width, y * height, size * (0.5 + next()), size, next() * 3, 0, 7)
      context.fill()
    }
    return scene
  }
  const canvas = new OffscreenCanvas(width, height)
  const onto = canvas.getContext('2d')!
  const lay = (atS: number) => {
    onto.setTransform(1, 0, 0, 1, 0, 0)
    onto.fillStyle = '#000'
    onto.fillRect(0, 0, width, height)
    const other = () => onto.drawImage(draw(plan.seed + 500, atS), 0, 0, width, height)
    const own = () => draw(plan.seed, atS)
    switch (plan.layout) {
      case 'plain':
        return onto.drawImage(own(), 0, 0)
      case 'mirror':
        onto.setTransform(-1, 0, 0, 1, width, 0)
        return onto.drawImage(own(), 0, 0)
      case 'letterbox':
        return onto.drawImage(own(), 0, height * 0.12, width, height * 0.76)
      case 'side by side':
        other()
        return onto.drawImage(own(), width / 2, 0, width / 2, height)
      case 'third in a corner':
        other()
        return onto.drawImage(own(), (width * 2) / 3, (height * 2) / 3, width / 3, height / 3)
      case 'corner covered':
        onto.drawImage(own(), 0, 0)
        return onto.drawImage(draw(plan.seed + 500, atS), width * 0.75, height * 0.75, width / 4, height / 4)
    }
  }
  const target = new mediabunny.BufferTarget()
  const output = new mediabunny.Output({ format: new mediabunny.WebMOutputFormat(), target })
  const source = new mediabunny.CanvasSource(canvas, { codec: 'vp8', bitrate: plan.bitsPerS })
  output.addVideoTrack(source, { frameRate: framesPerS })
  await output.start()
  const lengthS = plan.introS + (plan.toS - plan.fromS) / plan.speed
  for (let frame = 0; frame < Math.floor(lengthS * framesPerS); frame++) {
    const fileS = frame / framesPerS
    if (fileS < plan.introS) onto.drawImage(draw(plan.seed + 900, fileS), 0, 0)
    else lay(plan.fromS + (fileS - plan.introS) * plan.speed)
    await source.add(fileS, 1 / framesPerS)
  }
  await output.finalize()
  const bytes = new Uint8Array(target.buffer!)
  let text = ''
  for (let from = 0; from < bytes.length; from += 0x8000)
    text += String.fromCharCode(...bytes.subarray(from, from + 0x8000))
  return btoa(text)
}
