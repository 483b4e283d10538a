import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { rolldown } from 'rolldown'
import sharp from 'sharp'
import { syntheticPicture } from '../../../../packages/fingerprint/src/synthetic-picture.ts'
import type * as Film from './film.ts'

export interface MadeFile {
  readonly name: string
  readonly mimeType: string
  readonly buffer: Buffer
}

/** A made picture as a PNG file, and its pixels. */
export async function madePicture(seed: number, width: number, height: number, name = `made-${seed}.png`) {
  const { data, channels } = syntheticPicture(seed, width, height)
  const buffer = await sharp(data, { raw: { width, height, channels } }).png().toBuffer()
  const decoded = await sharp(buffer).removeAlpha().raw().toBuffer()
  return {
    file: { name, mimeType: 'image/png', buffer } satisfies MadeFile,
    pixels: { width, height, channels: 3 as const, data: decoded },
  }
}

/** A made film of some seconds, filmed by the browser itself. */
export async function madeFilm(browser: Browser, seconds: number, name = 'made.webm'): Promise<MadeFile> {
  const page = await browser.newPage()
  // A page of this machine: only there is an encoder given.
  await page.route('http://localhost/', route =>
    route.fulfill({ contentType: 'text/html', body: '<p>film</p>' }),
  )
  await page.goto('http://localhost/')
  const input = fileURLToPath(new URL('./film.ts', import.meta.url))
  await using build = await rolldown({ input, platform: 'browser' })
  const { output } = await build.generate({ format: 'iife', name: 'film', codeSplitting: false })
  await page.addScriptTag({ content: output[0].code })
  const base64 = await page.evaluate(async length => {
    const { film } = globalThis as unknown as { film: typeof Film }
    return film.shoot(length)
  }, seconds)
  await page.close()
  return { name, mimeType: 'video/webm', buffer: Buffer.from(base64, 'base64') }
}
