import { createHash } from 'node:crypto'
import { AxeBuilder } from '@axe-core/playwright'
import {
  compareVideo,
  dihedral,
  parseVideoFingerprint,
  pdq,
  videoFingerprint,
  vpdqLines,
  type VideoFingerprint,
} from '@jikimi/fingerprint'
import { madeFilm, madePicture, type MadeFile } from '@jikimi/shared/trial/media.ts'
import type { Page, Route } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { banks } from './trial/banks.ts'
import { openPage, openTrial, shoot, type Trial } from './trial/browser.ts'
import { idOf } from './trial/unit.ts'

let trial: Trial
beforeAll(async () => {
  trial = await openTrial()
}, 120_000)
afterAll(() => trial?.close())
beforeEach(() => {
  trial.server.asked.length = 0
})

// As `controls/act.tsx` has it, and a little.
const restMs = 800
const page = async (width: 390 | 1440 = 1440) => {
  const opened = await openPage(trial, 'officer', { width })
  await opened.page.goto(`${trial.server.url}/console/matching/look-up`)
  return opened
}
const lookups = () =>
  trial.server.asked
    .filter(each => each.path === '/lookups')
    .map(each => each.body as Record<string, unknown>)
const chooseFile = (page: Page, file: MadeFile) => page.locator('input[type=file]').setInputFiles(file)
const digestsOf = (bytes: Buffer) =>
  ['md5', 'sha1', 'sha256'].map(name => createHash(name).update(bytes).digest('hex'))
async function faultsOf(page: Page): Promise<string[]> {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().withTags(tags).analyze()
  return violations.map(each => `${each.id}: ${each.nodes.map(node => node.target.join(' ')).join(' | ')}`)
}

/** A picture each second, of the seeds that `madeFilm` draws (from 50 on). */
async function knownFilm(seeds: readonly number[]): Promise<VideoFingerprint> {
  const frames = []
  for (const [second, seed] of seeds.entries()) {
    const { pixels } = await madePicture(seed, 320, 240)
    frames.push({ atMs: second * 1000, ...pdq(pixels) })
  }
  return videoFingerprint(frames, seeds.length * 1000)
}

/** Answers as the server does, of a bank with one film. */
const answerFrom = (known: VideoFingerprint) => async (route: Route) => {
  const { film } = route.request().postDataJSON() as { film: unknown }
  const asked = parseVideoFingerprint(film)
  const { verdict, run } = compareVideo(known, asked)
  const { fromMs, toMs } = { fromMs: run?.bFromMs ?? 0, toMs: run?.bToMs ?? 0 }
  const sentence = `${Math.round(fromMs / 1000)}–${Math.round(toMs / 1000)}초가 원본의 ${Math.round((run?.aFromMs ?? 0) / 1000)}초부터 이어짐`
  const hit = {
    bank: banks[0]!.bank,
    bankName: banks[0]!.name,
    bankKind: 'national',
    entry: idOf(31, 9),
    algorithm: 'vpdq',
    distance: 4,
    isStrong: true,
    label: null,
    source: null,
    opinion: 'confirmed',
    confidence: null,
    share: 1,
    atMs: fromMs,
    run: {
      knownFromMs: run?.aFromMs,
      knownToMs: run?.aToMs,
      fromMs,
      toMs,
      speed: run?.speed,
      frames: run?.frames,
      turn: 'identity',
      sentence: { ko: sentence, en: sentence },
    },
  }
  await route.fulfill({ json: { hits: verdict === 'match' ? [hit] : [], uncompared: 3 } })
}

test('a film is read on the device, and the answer says where it runs in the known one', async () => {
  const film = await madeFilm(trial.browser, 6)
  const known = await knownFilm([900, 901, 902, 50, 51, 52, 53, 54, 55, 903])
  const { page: opened, complaints } = await page()
  const loaded: string[] = []
  opened.on('request', request => loaded.push(request.url()))
  const sent: Record<string, unknown>[] = []
  await opened.route('**/api/lookups', route => {
    sent.push(route.request().postDataJSON() as Record<string, unknown>)
    return answerFrom(known)(route)
  })
  await chooseFile(opened, film)
  await opened.getByText('1곳에 있습니다').waitFor()
  await opened.getByText(/0–[56]초가 원본의 3초부터 이어짐/).waitFor()
  await opened.getByText('3가지 비교를 하지 못했습니다').waitFor()
  expect(sent).toHaveLength(1)
  expect(Object.keys(sent[0]!)).toEqual(['film', 'digests'])
  expect(sent[0]!['digests']).toEqual(digestsOf(film.buffer))
  expect(JSON.stringify(sent[0]).length, 'hex and times, nothing to look at').toBeLessThan(4000)
  expect(loaded.filter(url => url.includes('/film-file-')).length, 'the demuxers come only now').toBe(1)
  expect(await faultsOf(opened)).toEqual([])
  await shoot(opened, 'look-up-film')
  await opened.setViewportSize({ width: 390, height: 844 })
  await shoot(opened, 'look-up-film-390')
  expect(await opened.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
    0,
  )
  expect(complaints).toEqual([])
}, 60_000)

test('a moving picture is a film of all its pages, a standing one a picture', async () => {
  const pages = await Promise.all(
    [50, 51, 52, 53].map(async seed => (await madePicture(seed, 320, 240)).file.buffer),
  )
  const moving = await sharp(pages, { join: { animated: true } })
    .gif({ delay: [500, 700, 300, 500] })
    .toBuffer()
  const webp = await sharp(pages, { join: { animated: true } })
    .webp({ delay: [400, 400, 400, 400], lossless: true })
    .toBuffer()
  const still = await sharp(pages[0]).webp({ lossless: true }).toBuffer()
  const { page: opened, complaints } = await page()
  const choose = async (name: string, buffer: Buffer) => {
    await opened.waitForTimeout(restMs)
    // What the name says counts for nothing.
    await chooseFile(opened, { name, mimeType: 'image/jpeg', buffer })
    await opened.getByText(`${name} 조회 결과`).waitFor()
    return lookups().at(-1)!
  }
  const known = await knownFilm([50, 51, 52, 53])
  for (const [name, buffer, times, durationMs] of [
    ['a.gif', moving, [0, 500, 1200, 1500], 2000],
    ['b.webp', webp, [0, 400, 800, 1200], 1600],
  ] as const) {
    const asked = await choose(name, buffer)
    const film = parseVideoFingerprint(asked['film'])
    expect(film.durationMs).toBe(durationMs)
    expect(film.frames.map(each => each.atMs)).toEqual(times)
    expect(compareVideo(known, film)).toMatchObject({ verdict: 'match', bInA: 1 })
  }
  const { data } = await sharp(pages[0]).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  const made = dihedral({ width: 320, height: 240, channels: 3, data })
  expect(await choose('c.webp', still)).toEqual({
    file: {
      digests: digestsOf(still),
      turns: [...new Set(Object.values(made.hashes))],
      quality: made.quality,
    },
  })
  expect(complaints).toEqual([])
}, 60_000)

test('where the codec is missing the page says so, and asks by the file’s digests', async () => {
  const { buffer } = await madeFilm(trial.browser, 2)
  const strange = Buffer.from(buffer.toString('latin1').replaceAll('V_VP8', 'V_XYZ'), 'latin1')
  const { page: opened } = await page(390)
  await chooseFile(opened, { name: 'x.webm', mimeType: 'video/webm', buffer: strange })
  await opened.getByText('코덱을 풀지 못해, 같은 파일만 찾았습니다').waitFor()
  expect(lookups()).toEqual([{ file: { digests: digestsOf(strange), turns: [] } }])
  await shoot(opened, 'look-up-no-codec-390')
}, 60_000)

test('a film that is being read can be stopped, and then nothing is asked', async () => {
  const film = await madeFilm(trial.browser, 20)
  const { page: opened } = await page()
  // From within the page, the moment that the button is there: a quick machine has read the film before a press from
  // outside arrives.
  await opened.evaluate(() => {
    const seen = { isPressed: false }
    Object.assign(globalThis, { seen })
    new MutationObserver(() => {
      const isReading = document.body.textContent.includes('영상의 장면을 보는 중')
      const stop = [...document.querySelectorAll('button')].find(each => each.textContent === '멈추기')
      if (seen.isPressed || !isReading || stop === undefined) return
      seen.isPressed = true
      stop.click()
    }).observe(document.body, { subtree: true, childList: true, characterData: true })
  })
  await chooseFile(opened, film)
  await opened.waitForFunction(
    () => (globalThis as unknown as { seen: { isPressed: boolean } }).seen.isPressed,
  )
  await opened.getByRole('button', { name: '멈추기' }).waitFor({ state: 'detached' })
  await opened.waitForTimeout(restMs)
  expect(lookups()).toEqual([])
  expect(await opened.getByRole('button', { name: '파일 고르기' }).first().isEnabled()).toBe(true)
}, 60_000)

test('pasted lines are known as a film; the first wrong one is named', async () => {
  const film = await knownFilm([50, 51, 52])
  const { page: opened } = await page(390)
  const field = opened.getByLabel('식별값 또는 해시')
  await field.fill(`${vpdqLines(film)}and something else,1\n`)
  await opened.getByText('4번째 줄을 읽을 수 없습니다').waitFor()
  expect(await opened.getByRole('button', { name: '조회', exact: true }).isDisabled()).toBe(true)
  await field.fill(vpdqLines(film, 'short'))
  await opened.getByText('장면 3개, 길이 0:02').waitFor()
  await shoot(opened, 'look-up-lines-390')
  expect(await faultsOf(opened)).toEqual([])
  await opened.getByRole('button', { name: '조회', exact: true }).click()
  await opened.getByText('장면 3개인 영상 조회 결과').waitFor()
  expect(lookups()).toEqual([{ film: { durationMs: 2000, frames: film.frames }, digests: [] }])
  // One hash is asked for by Enter, as before.
  await opened.waitForTimeout(restMs)
  await field.fill('a'.repeat(40))
  await field.press('Enter')
  await opened.getByText('aaaaaaaaaaaa… 조회 결과').waitFor()
  expect(lookups()[1]).toEqual({ digest: 'a'.repeat(40) })
}, 60_000)
