import { featuresOf, type Pixels } from '@jikimi/fingerprint'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { newId } from '#platform/ids'
import { setClock } from '#platform/time'
import { madePhotograph } from '#platform/trial-media'
import type { BankedFeatures } from './bank.ts'
import { stillPixels } from './fingerprint-media.ts'
import { angleOf, recognise, windowOf } from './verify.ts'

const clock = setClock('2026-11-24T09:00:00+09:00')

async function pixels(bytes: Buffer): Promise<Pixels> {
  return (await stillPixels(bytes))!
}

async function held(seed: number): Promise<BankedFeatures> {
  return {
    banked: newId<'BankedId'>(clock.now()),
    features: featuresOf(await pixels(await madePhotograph(seed))),
  }
}

test('a picture within a page is recognised as the held one, and where that lies in it is told', async () => {
  const bank = await Promise.all([301, 302, 303].map(held))
  const page = await sharp({ create: { width: 800, height: 600, channels: 3, background: '#35607a' } })
    .composite([{ input: await madePhotograph(302), left: 72, top: 52 }])
    .jpeg()
    .toBuffer()
  const found = (await recognise(bank, featuresOf(await pixels(page))))!
  expect(found.banked).toBe(bank[1]!.banked)
  expect(angleOf(found.explanation)).toBe(0)
  const { x, y, w, h } = windowOf(found.explanation)
  for (const [is, should] of [
    [x, 72 / 800],
    [y, 52 / 600],
    [w, 640 / 800],
    [h, 480 / 600],
  ] as const)
    expect(Math.abs(is - should)).toBeLessThan(0.03)
  expect(await recognise(bank, featuresOf(await pixels(await madePhotograph(399))))).toBeUndefined()
  expect(await recognise([], featuresOf(await pixels(page)))).toBeUndefined()
})

test('of a bank too large to compare each, those that share features are compared', async () => {
  const bank: BankedFeatures[] = []
  for (let seed = 500; seed < 526; seed += 1) bank.push(await held(seed))
  const copy = await sharp(await madePhotograph(517, { isMirrored: true }))
    .extract({ left: 90, top: 70, width: 420, height: 330 })
    .jpeg({ quality: 60 })
    .toBuffer()
  const found = (await recognise(bank, featuresOf(await pixels(copy))))!
  expect(found.banked).toBe(bank[17]!.banked)
  expect(found.explanation.verified.isMirrored).toBe(true)
  const { x, w } = windowOf(found.explanation)
  expect([x, w]).toEqual([0, 1])
})
