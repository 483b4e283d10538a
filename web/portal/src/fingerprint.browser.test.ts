import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  bankWindows,
  compareVideo,
  distance,
  matchDistanceMax,
  parseFingerprint,
  pdq,
  shareMin,
} from '@jikimi/fingerprint'
import type { Browser, Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ReportedFingerprint } from './api.ts'
import { words } from './report/words.ts'
import { expectHeading, openTrialBrowser, visit } from './trial/browser.ts'
import { madeFilm, madePicture, writeWithHole, type MadeFile } from '@jikimi/shared/trial/media.ts'
import { openTrialServer, type TrialServer } from './trial/server.ts'
import { words as frameWords } from './words.ts'

let browser: Browser
beforeAll(async () => {
  browser = await openTrialBrowser()
})
afterAll(() => browser?.close())

const said = words.ko

async function openFiles(page: Page): Promise<void> {
  await page.getByRole('button', { name: frameWords.ko.report }).click()
  while (!(await page.locator('h1', { hasText: said.files }).isVisible())) {
    await page.getByRole('button', { name: said.next, exact: true }).click()
  }
}

async function send(page: Page, server: TrialServer): Promise<readonly ReportedFingerprint[]> {
  while (!(await page.locator('h1', { hasText: said.check }).isVisible())) {
    await page.getByRole('button', { name: said.next, exact: true }).click()
  }
  await page.getByRole('button', { name: said.send }).click()
  await expectHeading(page, said.received)
  return [...server.reports.values()][0]!.fingerprints
}

const choose = (page: Page, files: MadeFile[]) => page.getByLabel(said.filesChoose).setInputFiles(files)
/** Smooth parts are left out: with stripes across it, a made picture has none. */
async function madeWithStripes(seed: number, width: number, height: number) {
  const { file, pixels } = await madePicture(seed, width, height)
  const period = Math.max(9, Math.round(Math.max(width, height) / 37))
  const data = Uint8Array.from(pixels.data, (value, at) => {
    const place = Math.floor(at / 3)
    const across = (place % width) + 2 * Math.floor(place / width)
    return Math.min(255, Math.round(value * 0.7 + 70 * ((across % period) / period)))
  })
  const buffer = await sharp(data, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer()
  return { file: { ...file, buffer }, pixels: { ...pixels, data } }
}
const rows = (page: Page) => page.locator('.files li')

test('pictures small, odd and large give the same bits here as on the server', async () => {
  await using server = await openTrialServer()
  await using visitor = await visit(browser, server.url)
  const { page } = visitor
  // The last is read in bands: it has more pixels than one band holds.
  const sizes = [
    [300, 211],
    [40, 700],
    [1300, 700],
    [3000, 2100],
  ] as const
  const made = await Promise.all(sizes.map(([width, height], i) => madeWithStripes(i + 20, width, height)))
  await openFiles(page)
  await choose(
    page,
    made.map(each => each.file),
  )
  await expect.poll(() => page.getByText(said.fileDone, { exact: true }).count(), { timeout: 30_000 }).toBe(4)
  const sent = await send(page, server)
  expect(sent).toEqual(
    made.map(({ pixels }) => {
      const [whole, ...parts] = bankWindows(pixels)
      const windows = parts.map(({ window, hash, quality }) => ({ ...window, hash, quality }))
      return { kind: 'picture', profile: 'pdq-512/1', hash: whole!.hash, quality: whole!.quality, windows }
    }),
  )
  expect(pdq(made[3]!.pixels).hash).toBe(sent[3]!.kind === 'picture' && sent[3]!.hash)
  // Parts of the picture, each with a fingerprint; nothing that could be looked at.
  expect(sent.map(each => each.kind === 'picture' && each.windows!.length >= 20)).toEqual([
    true,
    true,
    true,
    true,
  ])
  expect(server.bodies[0]!.length).toBeLessThan(4 * 7000)
})

test('a photograph is turned as its camera says, and what is transparent lies over white', async () => {
  await using server = await openTrialServer()
  await using visitor = await visit(browser, server.url)
  const { page } = visitor
  const { file, pixels } = await madePicture(31, 640, 480)
  const turned = await sharp(file.buffer)
    .rotate(90)
    .jpeg({ quality: 95 })
    .withMetadata({ orientation: 8 })
    .toBuffer()
  const pierced = await sharp(file.buffer)
    .composite([
      {
        input: Buffer.from([0, 0, 0, 255]),
        raw: { width: 1, height: 1, channels: 4 },
        tile: true,
        blend: 'dest-in',
      },
    ])
    .ensureAlpha(0.4)
    .png()
    .toBuffer()
  const flat = await sharp(pierced).flatten({ background: '#fff' }).raw().toBuffer()
  await openFiles(page)
  await choose(page, [
    { name: 'a.jpg', mimeType: 'image/jpeg', buffer: turned },
    { name: 'b.png', mimeType: 'image/png', buffer: pierced },
  ])
  await expect.poll(() => rows(page).filter({ hasText: '다 됐어요' }).count(), { timeout: 30_000 }).toBe(2)
  const [photograph, transparent] = await send(page, server)
  const far = (one: ReportedFingerprint | undefined, other: string) =>
    one?.kind === 'picture' ? distance(parseFingerprint(one.hash), parseFingerprint(other)) : 256
  expect(far(photograph, pdq(pixels).hash)).toBeLessThanOrEqual(matchDistanceMax)
  const onWhite = pdq({ width: 640, height: 480, channels: 3, data: flat })
  expect(far(transparent, onWhite.hash)).toBeLessThanOrEqual(4)
})

test('a film is read where it lies, with progress, and only its sampled frames are told', async () => {
  await using server = await openTrialServer()
  await using visitor = await visit(browser, server.url)
  const { page } = visitor
  const film = await madeFilm(browser, 8)
  await openFiles(page)
  expect(visitor.requests.some(each => each.url.includes('/video-'))).toBe(false)
  await choose(page, [film])
  await expect.poll(() => page.getByText(said.fileDone, { exact: true }).count(), { timeout: 30_000 }).toBe(1)
  const [sent] = await send(page, server)
  if (sent?.kind !== 'video') throw new Error('No video was sent.')
  expect(sent.durationMs).toBe(8000)
  // A picture a second, each kept once, from the moment at which it has settled.
  expect(sent.frames.length).toBeGreaterThanOrEqual(8)
  expect(sent.frames.length).toBeLessThanOrEqual(20)
  // Half of a match from the picture itself; the server's page is held to the same, so the two lie within a match.
  for (const { atMs, hash } of sent.frames) {
    const { pixels } = await madePicture(50 + Math.floor(atMs / 1000), 320, 240)
    expect(distance(parseFingerprint(hash), pdq(pixels).hash)).toBeLessThanOrEqual(matchDistanceMax / 2)
  }
  const own = {
    durationMs: sent.durationMs,
    frames: sent.frames.map(({ untilMs, ...each }) => ({
      ...each,
      hash: parseFingerprint(each.hash),
      ...(untilMs === undefined ? {} : { untilMs }),
    })),
  }
  expect(compareVideo(own, own).verdict).toBe('match')
  expect(shareMin).toBeGreaterThan(0)
  expect(server.bodies).toHaveLength(1)
  expect(JSON.stringify(sent).length).toBeLessThan(4000)
  expect(visitor.complaints).toEqual([])
})

test('a file of more than four gigabytes is read in slices, its list of pictures at the end', async () => {
  await using server = await openTrialServer()
  await using visitor = await visit(browser, server.url)
  const { page } = visitor
  const film = await madeFilm(browser, 4, 'large.mp4')
  const folder = mkdtempSync(join(tmpdir(), 'jikimi-large-'))
  try {
    const path = join(folder, 'large.mp4')
    writeWithHole(path, film.buffer, 2 ** 32 + 1_000_000)
    await openFiles(page)
    await page.getByLabel(said.filesChoose).setInputFiles(path)
    await page.getByText(said.fileDone, { exact: true }).waitFor({ timeout: 60_000 })
    const [sent] = await send(page, server)
    if (sent?.kind !== 'video') throw new Error('No video was sent.')
    expect(sent.durationMs).toBe(4000)
    expect(new Set(sent.frames.map(each => Math.floor(each.atMs / 1000))).size).toBe(4)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

test('a file that cannot be read is told gently and left out', async () => {
  await using server = await openTrialServer()
  await using visitor = await visit(browser, server.url)
  const { page } = visitor
  const { file } = await madePicture(40, 400, 300)
  const plain = await sharp({ create: { width: 400, height: 300, channels: 3, background: '#777' } })
    .png()
    .toBuffer()
  await openFiles(page)
  await choose(page, [
    { name: 'broken.jpg', mimeType: 'image/jpeg', buffer: file.buffer.subarray(0, 40) },
    { name: 'broken.mp4', mimeType: 'video/mp4', buffer: Buffer.alloc(5000, 7) },
    { name: 'plain.png', mimeType: 'image/png', buffer: plain },
    file,
  ])
  await rows(page).nth(1).getByText(said.faultUnreadable).waitFor()
  await rows(page).nth(0).getByText(said.faultUnreadable).waitFor()
  await rows(page).nth(2).getByText(said.fileWeak).waitFor()
  await rows(page).nth(3).getByText(said.fileDone, { exact: true }).waitFor()
  await page.getByRole('button', { name: 'broken.jpg 빼기' }).click()
  expect(await rows(page).count()).toBe(3)
  while (!(await page.locator('h1', { hasText: said.check }).isVisible())) {
    await page.getByRole('button', { name: said.next, exact: true }).click()
  }
  await page.getByText('열지 못한 파일 1개는 빼고 보내요').waitFor()
  expect(await send(page, server)).toHaveLength(2)
})

test('a file taken out while it is read stops, and the next one goes on', async () => {
  await using server = await openTrialServer()
  await using visitor = await visit(browser, server.url)
  const { page } = visitor
  const film = await madeFilm(browser, 20, 'long.webm')
  const { file } = await madePicture(41, 400, 300)
  await openFiles(page)
  await choose(page, [film, file])
  await rows(page).nth(0).locator('progress').waitFor()
  await page.getByRole('button', { name: 'long.webm 빼기' }).click()
  await page.getByText(said.fileDone, { exact: true }).waitFor()
  expect(await send(page, server)).toHaveLength(1)
})

test('a second choice of the same file is not counted, and what is too many is told', async () => {
  await using server = await openTrialServer()
  await using visitor = await visit(browser, server.url)
  const { page } = visitor
  const { file } = await madePicture(42, 64, 64)
  const many = Array.from({ length: 42 }, (_, i) => ({ ...file, name: `${i}.png` }))
  await openFiles(page)
  await choose(page, many)
  await page.getByText('2개는 넣지 못했어요').waitFor()
  expect(await rows(page).count()).toBe(40)
  expect(await send(page, server)).toHaveLength(40)
})
