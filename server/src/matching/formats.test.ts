import { crc32 } from 'node:zlib'
import sharp, { type Sharp } from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { distance, matchDistanceMax, type Matched } from '@jikimi/fingerprint'
import { setClock } from '#platform/time'
import { madePicture } from '#platform/trial-media'
import { openBareWorld, type BareWorld } from '#platform/trial-world'
import { compareWithBank } from './compare.ts'
import { fingerprintMedia, type MediaFingerprint } from './fingerprint-media.ts'

let place: BareWorld
let original: Buffer
let whole: Extract<MediaFingerprint, { kind: 'picture' }>
beforeAll(async () => {
  place = await openBareWorld(setClock('2026-11-23T09:00:00+09:00'))
  original = await madePicture(5, { quality: 95 })
  whole = await pictureOf(original)
})
afterAll(() => place[Symbol.asyncDispose]())

const read = (bytes: Uint8Array) =>
  fingerprintMedia(place, { contentType: 'application/octet-stream', bytes })
async function pictureOf(bytes: Uint8Array) {
  const found = await read(bytes)
  if (found?.kind !== 'picture') throw new Error('a picture was made')
  return found
}
const made = (change: (picture: Sharp) => Sharp) => change(sharp(original)).toBuffer()

const forms: readonly [string, (picture: Sharp) => Sharp][] = [
  ['TIFF', picture => picture.tiff()],
  ['AVIF', picture => picture.avif({ quality: 70, effort: 0 })],
  ['WebP', picture => picture.webp({ quality: 80 })],
  ['PNG of 16 bits', picture => picture.toColourspace('rgb16').png()],
  ['CMYK JPEG', picture => picture.toColourspace('cmyk').jpeg({ quality: 90 })],
  ['CMYK TIFF', picture => picture.toColourspace('cmyk').tiff()],
  ['grey PNG', picture => picture.toColourspace('b-w').png()],
  ['palette PNG', picture => picture.png({ palette: true })],
  ['GIF of one page', picture => picture.gif()],
]

test.each(forms)('%s has the picture’s fingerprint', async (_, change) => {
  const found = await pictureOf(await made(change))
  expect(found.isPartial).toBe(false)
  // Strong colours lose much as ink or as grey; the copy is a sure match all the same.
  expect(distance(found.hashes.identity, whole.hashes.identity)).toBeLessThanOrEqual(matchDistanceMax)
})

test('a picture is hashed upright, as its camera says', async () => {
  const lying = await sharp(original)
    .rotate(90)
    .withMetadata({ orientation: 8 })
    .jpeg({ quality: 95 })
    .toBuffer()
  const found = await pictureOf(lying)
  expect(distance(found.hashes.identity, whole.hashes.identity)).toBeLessThanOrEqual(10)
})

test('what is see-through is looked up over white and over black', async () => {
  // The same drawing with its right half see-through, as a sticker has it.
  const mask = await sharp({ create: { width: 320, height: 480, channels: 4, background: '#000' } })
    .png()
    .toBuffer()
  const sticker = await sharp(original)
    .ensureAlpha()
    .composite([{ input: mask, left: 320, top: 0, blend: 'dest-out' }])
    .png()
    .toBuffer()
  const found = await pictureOf(sticker)
  for (const background of ['#fff', '#000']) {
    const seen = await pictureOf(await sharp(sticker).flatten({ background }).png().toBuffer())
    const bank = [{ banked: 'one' as never, kind: 'picture' as const, picture: pictureIn(seen) }]
    expect(await compareWithBank(bank, found)).toMatchObject({ verdict: 'match', distance: 0 })
  }
  const opaque = await pictureOf(await sharp(original).ensureAlpha().png().toBuffer())
  expect(opaque.forms).toHaveLength((await pictureOf(await sharp(original).png().toBuffer())).forms.length)
})
const pictureIn = ({ hashes, quality }: typeof whole) => ({ hash: hashes.identity, quality })

test.each(['gif', 'webp'] as const)('a moving %s is a video, its still is found in it', async format => {
  const pages = await Promise.all([5, 6, 7].map(seed => madePicture(seed, { width: 320 })))
  const moving = await sharp(pages, { join: { animated: true } })
    .toFormat(format, { delay: [400, 400, 1200], loop: 0 })
    .toBuffer()
  const found = await read(moving)
  expect(found).toMatchObject({ kind: 'video', durationMs: 2000, isPartial: false })
  const bank = [{ banked: 'one' as never, kind: 'picture' as const, picture: pictureIn(whole) }]
  expect(await compareWithBank(bank, found!)).toMatchObject({ verdict: 'match', atMs: 0 })
  const other = [{ ...bank[0]!, picture: pictureIn(await pictureOf(await madePicture(8))) }]
  expect(await compareWithBank(other, found!)).toMatchObject({ verdict: 'none' })
})

test('a file that claims to be huge is refused by its head, and so is none that is not', async () => {
  const small = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#123' } })
    .png()
    .toBuffer()
  const claims = Buffer.from(small)
  claims.writeUInt32BE(60_000, 16)
  claims.writeUInt32BE(60_000, 20)
  claims.writeUInt32BE(crc32(claims.subarray(12, 29)), 29)
  expect((await sharp(claims, { limitInputPixels: false }).metadata()).width).toBe(60_000)
  expect(await read(claims)).toBeUndefined()
  expect(await read(small)).toMatchObject({ kind: 'picture' })
})

test('a file that ends early is hashed as far as it goes, and says so', async () => {
  const cut = await pictureOf(original.subarray(0, Math.floor(original.length * 0.8)))
  expect(cut.isPartial).toBe(true)
  const bank = [{ banked: 'one' as never, kind: 'picture' as const, picture: pictureIn(whole) }]
  expect((await compareWithBank(bank, cut)).verdict).not.toBe('none')
  expect(await read(original.subarray(0, 40))).toBeUndefined()
  const png = await sharp(original).png().toBuffer()
  expect(await pictureOf(png.subarray(0, Math.floor(png.length * 0.9)))).toMatchObject({ isPartial: true })
})

test('a border, a screen around it and a negative are seen through, and what was done is told', async () => {
  const bank = [{ banked: 'one' as never, kind: 'picture' as const, picture: pictureIn(whole) }]
  const framed = await made(picture =>
    picture.extend({ top: 90, bottom: 90, left: 0, right: 0, background: '#000' }).jpeg({ quality: 85 }),
  )
  const seen = await compareWithBank(bank, await pictureOf(framed))
  expect(seen).toMatchObject({ verdict: 'match', distance: expect.any(Number) })
  const { query } = seen.explanation as Matched
  expect(['trimmed', 'part']).toContain(query.form)
  expect(query.window.h).toBeCloseTo(480 / 660, 1)
  const negative = await compareWithBank(bank, await pictureOf(await made(picture => picture.negate())))
  expect(negative).toMatchObject({ verdict: 'match', explanation: { query: { isNegative: true } } })
})
