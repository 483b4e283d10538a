import { fileURLToPath } from 'node:url'
import { chromium, type Browser } from 'playwright-core'
import { rolldown } from 'rolldown'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type * as Face from './index.ts'
import { dihedral, pdq } from './index.ts'
import { syntheticPicture } from './synthetic-picture.ts'

let browser: Browser

beforeAll(async () => {
  process.env['AWS_LAMBDA_JS_RUNTIME'] ??= 'nodejs22.x' // makes the package unpack its own libraries; read on import
  const { default: shipped } = await import('@sparticuz/chromium')
  const isRoot = process.getuid?.() === 0 // Chromium refuses its sandbox to root
  browser = await chromium.launch({
    executablePath: await shipped.executablePath(),
    args: isRoot ? ['--no-sandbox', '--headless'] : ['--headless'],
  })
})

afterAll(() => browser?.close())

async function bundle(file: string, name: string): Promise<string> {
  await using build = await rolldown({ input: fileURLToPath(new URL(file, import.meta.url)) })
  const { output } = await build.generate({ format: 'iife', name })
  return output[0].code
}

const sizes = [
  [512, 512],
  [300, 211],
  [64, 64],
  [40, 500],
  [1300, 700],
  [513, 6],
] as const

test('the browser gives the same fingerprints as the server, on made pixels and on those of its own canvas', async () => {
  const page = await browser.newPage()
  await page.addScriptTag({ content: await bundle('./index.ts', 'face') })
  await page.addScriptTag({ content: await bundle('./synthetic-picture.ts', 'synthetic') })
  const found = await page.evaluate(list => {
    const { face, synthetic } = globalThis as unknown as {
      face: typeof Face
      synthetic: { syntheticPicture: typeof syntheticPicture }
    }
    return list.map(([width, height], seed) => {
      const picture = synthetic.syntheticPicture(seed + 1, width, height)
      const canvas = new OffscreenCanvas(width, height).getContext('2d')!
      canvas.putImageData(new ImageData(new Uint8ClampedArray(picture.data), width, height), 0, 0)
      const { data } = canvas.getImageData(0, 0, width, height)
      return { made: face.dihedral(picture), drawn: face.pdq({ width, height, channels: 4, data }) }
    })
  }, sizes)
  expect(found).toHaveLength(sizes.length)
  sizes.forEach(([width, height], seed) => {
    const picture = syntheticPicture(seed + 1, width, height)
    expect(found[seed]!.made).toEqual(dihedral(picture))
    expect(found[seed]!.drawn).toEqual(pdq(picture))
  })
})
