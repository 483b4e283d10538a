import { expect, test } from 'vitest'
import { dihedral, pdq, profiles, ready } from './index.ts'
import { inTypeScript } from './pdq.ts'
import { syntheticPicture } from './synthetic-picture.ts'

test('fingerprints are computed in WebAssembly here', async () => {
  expect(await ready()).toBe('wasm')
})

test('64 × 64 pixels are the grid as they are, but pass the filter where all turns are wanted, as in the reference', () => {
  const pixels = syntheticPicture(4, 64, 64)
  for (const luma of ['f32', 'f64'] as const) {
    const profile = luma === 'f32' ? 'pdq-full/1' : 'pdq-full64/1'
    const plain = inTypeScript({ pixels, luma, wanted: 1, isExact: true })
    expect(pdq(pixels, { profile })).toEqual({ hash: plain.hashes[0], quality: plain.quality })
    const turned = inTypeScript({ pixels, luma, wanted: 8, isExact: true })
    expect(Object.values(dihedral(pixels, { profile }).hashes)).toEqual(turned.hashes)
  }
})

test('a picture wider than the kernel takes is hashed all the same', () => {
  const width = 2 ** 17 + 3
  const data = new Uint8Array(width * 6).map((_, i) => 128 + 100 * Math.sin((i % width) / 5000) + (i % 7))
  const pixels = { width, height: 6, channels: 1 as const, data }
  const { hashes, quality } = inTypeScript({ pixels, luma: 'f32', wanted: 1, isExact: true })
  expect(pdq(pixels, { profile: 'pdq-full/1' })).toEqual({ hash: hashes[0], quality })
})

test('a picture of four rows and a long side has a fingerprint after the reduction, as from the reference’s tool', () => {
  const pixels = syntheticPicture(3, 537, 4)
  expect(pdq(pixels).quality).toBeGreaterThan(0)
  expect(pdq(pixels, { profile: 'pdq-full/1' })).toEqual({ hash: '0'.repeat(64), quality: 0 })
})

test('profiles are not the same fingerprint on a large picture, and one that is unknown is refused', () => {
  const pixels = syntheticPicture(8, 1400, 900)
  const [small, full] = profiles.map(profile => pdq(pixels, { profile }).hash)
  expect(small).not.toBe(full)
  expect(() => pdq(pixels, { profile: 'pdq-512/2' as 'pdq-512/1' })).toThrow(RangeError)
})
