import { fileURLToPath } from 'node:url'
import { chromium, type Browser } from 'playwright-core'
import { rolldown } from 'rolldown'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type * as Face from './index.ts'
import { dihedral, pdq, profiles } from './index.ts'
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

/** A page under the script rules of the portal and the console, or without WebAssembly at all. */
async function pageWith(scripts: string) {
  const page = await browser.newPage()
  await page.route('**/*', async route => {
    const { pathname } = new URL(route.request().url())
    const policy = `default-src 'none'; script-src 'self' ${scripts}; worker-src 'self'`
    if (pathname === '/') {
      const body = '<!doctype html><script src="/face.js"></script><script src="/synthetic.js"></script>'
      return route.fulfill({ contentType: 'text/html', headers: { 'content-security-policy': policy }, body })
    }
    const name = pathname === '/synthetic.js' ? 'synthetic' : 'face'
    const code = await bundle(name === 'face' ? './index.ts' : './synthetic-picture.ts', name)
    const work =
      'onmessage = e => postMessage(e.data.profiles.map(p => face.dihedral(e.data.picture, { profile: p })))'
    const wait = 'face.ready().then(engine => postMessage(engine))'
    const body = pathname === '/worker.js' ? `${code}\n${work}\n${wait}` : code
    return route.fulfill({
      contentType: 'text/javascript',
      headers: { 'content-security-policy': policy },
      body,
    })
  })
  await page.goto('https://page.invalid/')
  return page
}

/** In the page: every picture and profile on its main thread, over its own canvas, and in a worker. */
async function hashed([list, profiles]: [typeof sizes, typeof Face.profiles]) {
  const { face, synthetic } = globalThis as unknown as {
    face: typeof Face
    synthetic: { syntheticPicture: typeof syntheticPicture }
  }
  const worker = new Worker('/worker.js')
  const heard = () =>
    new Promise<unknown>(done => worker.addEventListener('message', e => done(e.data), { once: true }))
  const inWorker = await heard()
  const before = face.dihedral(synthetic.syntheticPicture(1, ...list[0]))
  const inPage = await face.ready()
  const found = []
  for (const [seed, [width, height]] of list.entries()) {
    const picture = synthetic.syntheticPicture(seed + 1, width, height)
    const canvas = new OffscreenCanvas(width, height).getContext('2d')!
    canvas.putImageData(new ImageData(new Uint8ClampedArray(picture.data), width, height), 0, 0)
    const { data } = canvas.getImageData(0, 0, width, height)
    worker.postMessage({ picture, profiles })
    found.push({
      made: profiles.map(profile => face.dihedral(picture, { profile })),
      drawn: face.pdq({ width, height, channels: 4, data }),
      worked: await heard(),
    })
  }
  return { inPage, inWorker, before, found }
}

test.each([
  ['wasm', "'wasm-unsafe-eval'"],
  ['typescript', ''],
])('page and worker give the same fingerprints as the server, in %s', async (engine, scripts) => {
  const page = await pageWith(scripts)
  const { inPage, inWorker, before, found } = await page.evaluate(hashed, [sizes, profiles] as [
    typeof sizes,
    typeof profiles,
  ])
  expect([inPage, inWorker]).toEqual([engine, engine])
  expect(before, 'before the kernel was ready').toEqual(dihedral(syntheticPicture(1, ...sizes[0])))
  expect(found).toHaveLength(sizes.length)
  sizes.forEach(([width, height], seed) => {
    const picture = syntheticPicture(seed + 1, width, height)
    const all = profiles.map(profile => dihedral(picture, { profile }))
    expect(found[seed]!.made).toEqual(all)
    expect(found[seed]!.worked).toEqual(all)
    expect(found[seed]!.drawn).toEqual(pdq(picture))
  })
})
