/**
 * Pictures and films for a test, made by rule and harmless: coloured ellipses.
 *
 * @module
 */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, resolve } from 'node:path'
import type * as Mediabunny from 'mediabunny'
import sharp from 'sharp'
import { openBrowser } from './browser.ts'

/** A picture by rule, no two seeds alike, as an SVG text of 640 × 480. */
function drawing(seed: number): string {
  let state = Math.imul(seed, 2654435761) >>> 0
  const next = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32
  const shapes = Array.from({ length: 60 }, () => {
    const [x, y, r] = [next() * 640, next() * 480, 10 + next() * next() * 160]
    const colour = `rgb(${next() * 255},${next() * 255},${next() * 255})`
    return `<ellipse cx="${x}" cy="${y}" rx="${r}" ry="${r * (0.4 + next())}" fill="${colour}"/>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480"><rect width="640" height="480" fill="#888"/>${shapes.join('')}</svg>`
}

/** A made picture as a JPEG file. */
export async function madePicture(
  seed: number,
  given: { width?: number; quality?: number; isMirrored?: boolean } = {},
): Promise<Buffer> {
  const picture = sharp(Buffer.from(drawing(seed))).resize(given.width ?? 640)
  return (given.isMirrored ? picture.flop() : picture).jpeg({ quality: given.quality ?? 90 }).toBuffer()
}

/**
 * A made picture with grain of three sizes on it, as a JPEG file: smooth ones have fewer corners than any photograph,
 * and count as mostly empty.
 */
export async function madePhotograph(seed: number, given: { isMirrored?: boolean } = {}): Promise<Buffer> {
  const { data, info } = await sharp(Buffer.from(drawing(seed)))
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  const { width, height, channels } = info
  for (let at = 0; at < data.length; at += 1) {
    const place = Math.floor(at / channels)
    const [x, y] = [place % width, Math.floor(place / width)]
    const step = 24 * grain(seed, x, y, 31) + 34 * grain(seed, x, y, 13) + 20 * grain(seed, x, y, 5)
    data[at] = Math.min(255, Math.max(0, data[at]! + step))
  }
  const picture = sharp(data, { raw: { width, height, channels } })
  return (given.isMirrored === true ? picture.flop() : picture).jpeg({ quality: 90 }).toBuffer()
}

/** -0.5 to 0.5, the same over a square of `size` pixels. */
function grain(seed: number, x: number, y: number, size: number): number {
  const mixed =
    Math.imul(Math.floor(x / size) * 73_856_093 + seed, 19_349_663) ^
    Math.imul(Math.floor(y / size) + size, 83_492_791)
  const hash = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d)
  return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32 - 0.5
}

const studio =
  '<!doctype html><script type="module">import * as all from "/mediabunny.js"; globalThis.mediabunny = all</script>'

/** A made film of some seconds, one drawing a second, as WebM, `fromSecond` the same film cut at its start: filmed by the shipped browser itself. */
export async function madeFilm(
  seed: number,
  seconds: number,
  given: { width?: number; isMirrored?: boolean; fromSecond?: number } = {},
): Promise<Buffer> {
  const bundle = resolve(dirname(createRequire(import.meta.url).resolve('mediabunny')), 'mediabunny.mjs')
  const browser = await openBrowser({ browser: undefined })
  try {
    const page = await browser.newPage()
    const origin = 'https://studio.invalid'
    await page.route('**/*', async route => {
      const { pathname } = new URL(route.request().url())
      if (pathname === '/') return route.fulfill({ contentType: 'text/html', body: studio })
      return route.fulfill({ contentType: 'text/javascript', body: await readFile(bundle, 'utf8') })
    })
    await page.goto(origin)
    const from = seed * 1000 + (given.fromSecond ?? 0)
    const drawings = Array.from({ length: seconds }, (_, second) => drawing(from + second))
    const film = await page.evaluate(shoot, {
      drawings,
      width: given.width ?? 320,
      isMirrored: given.isMirrored ?? false,
    })
    return Buffer.from(film, 'base64')
  } finally {
    await browser.close()
  }
}

/** Runs in the page: ten frames a second, each drawing for one second. */
async function shoot(asked: { drawings: string[]; width: number; isMirrored: boolean }): Promise<string> {
  const { mediabunny } = globalThis as unknown as { mediabunny: typeof Mediabunny }
  const { BufferTarget, CanvasSource, Output, WebMOutputFormat } = mediabunny
  const canvas = new OffscreenCanvas(asked.width, (asked.width * 3) / 4)
  const context = canvas.getContext('2d')!
  if (asked.isMirrored) context.setTransform(-1, 0, 0, 1, canvas.width, 0)
  const target = new BufferTarget()
  const output = new Output({ format: new WebMOutputFormat(), target })
  const source = new CanvasSource(canvas, { codec: 'vp8', bitrate: 1_500_000 })
  output.addVideoTrack(source, { frameRate: 10 })
  await output.start()
  for (const [second, svg] of asked.drawings.entries()) {
    const image = new Image()
    image.src = `data:image/svg+xml,${encodeURIComponent(svg)}`
    await image.decode()
    context.drawImage(image, 0, 0, canvas.width, canvas.height)
    for (let frame = 0; frame < 10; frame += 1) await source.add(second + frame / 10, 0.1)
  }
  await output.finalize()
  let text = ''
  const bytes = new Uint8Array(target.buffer!)
  for (let from = 0; from < bytes.length; from += 0x8000)
    text += String.fromCharCode(...bytes.subarray(from, from + 0x8000))
  return btoa(text)
}
