import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { dihedral, distance, parseFingerprint, pdq, turns, type Pixels } from './index.ts'

const folder = resolve(process.env['JIKIMI_CONFORMANCE'] ?? '../shared/conformance', 'pdq')
const isAbsent = !existsSync(join(folder, 'reference.csv'))

interface Line {
  readonly file: string
  readonly quality: number
  readonly hashes: readonly string[]
}

function readReference(): Line[] {
  if (isAbsent) return []
  const lines = readFileSync(join(folder, 'reference.csv'), 'utf8').trim().split('\n').slice(1)
  return lines.map(line => {
    const [file, quality, ...hashes] = line.split(',')
    return { file: file!, quality: Number(quality), hashes }
  })
}

async function decode(file: string): Promise<Pixels> {
  const { data, info } = await sharp(join(folder, file)).raw().toBuffer({ resolveWithObject: true })
  return { width: info.width, height: info.height, channels: info.channels as 1 | 3 | 4, data }
}

describe.skipIf(isAbsent)('the reference pictures of ThreatExchange', () => {
  const reference = readReference()

  test('there are 28 of them', () => {
    expect(reference).toHaveLength(28)
  })

  test.each(reference)(
    '$file has the reference fingerprint, bit for bit, and the reference quality',
    async line => {
      const found = pdq(await decode(line.file))
      expect(distance(found.hash, parseFingerprint(line.hashes[0]))).toBe(0)
      expect(found.quality).toBe(line.quality)
    },
  )

  test('of 224 turned fingerprints 222 are the reference ones, and two of the smallest picture are 2 bits off', async () => {
    const off: string[] = []
    for (const line of reference) {
      const found = dihedral(await decode(line.file))
      turns.forEach((turn, i) => {
        const bits = distance(found.hashes[turn], parseFingerprint(line.hashes[i]))
        expect(bits).toBeLessThanOrEqual(10) // the reference's own rule for a port with another decoder
        if (bits > 0) off.push(`${line.file} ${turn} ${bits}`)
      })
    }
    // 34 × 42 pixels: there the middle frequencies lie 0.03 apart, and two JPEG decoders differ by more.
    expect(off).toEqual(['misc-images/wee.jpg rotate90 2', 'misc-images/wee.jpg flipY 2'])
  })

  test('a really turned copy lies near the turned fingerprint of the same name', async () => {
    const original = dihedral(await decode('dih/bridge-1-original.jpg'))
    const copies = reference.filter(line => line.file.startsWith('dih/'))
    expect(copies).toHaveLength(turns.length)
    for (const [i, copy] of copies.entries()) {
      const found = pdq(await decode(copy.file))
      expect(distance(found.hash, original.hashes[turns[i]!])).toBeLessThanOrEqual(31)
    }
  })
})

test('a picture under five pixels has the zero fingerprint and quality 0, as in the reference', () => {
  const found = pdq({ width: 4, height: 90, channels: 1, data: new Uint8Array(360).fill(7) })
  expect(found).toEqual({ hash: '0'.repeat(64), quality: 0 })
})

test('bytes that do not fit the size are refused', () => {
  expect(() => pdq({ width: 8, height: 8, channels: 4, data: new Uint8Array(64) })).toThrow(RangeError)
  expect(() => pdq({ width: 8.5, height: 8, channels: 1, data: new Uint8Array(68) })).toThrow(RangeError)
  expect(() => pdq({ width: 8, height: 8, channels: 2 as 1, data: new Uint8Array(128) })).toThrow(RangeError)
  expect(() => pdq({ width: 2 ** 20, height: 2 ** 20, channels: 1, data: new Uint8Array(1) })).toThrow(
    /at most/,
  )
})

test('grey, RGB and RGBA of the same picture give the same fingerprint, wherever the bytes lie', () => {
  const [width, height] = [300, 200]
  const grey = new Uint8Array(width * height)
  for (let i = 0; i < grey.length; i++) {
    grey[i] = 128 + 60 * Math.sin(((i % width) * i) / 90_000) + 50 * Math.cos(Math.floor(i / width) / 9)
  }
  const rgb = new Uint8Array(grey.length * 3)
  const shifted = new Uint8ClampedArray(grey.length * 4 + 1).subarray(1)
  grey.forEach((v, i) => {
    rgb.fill(v, i * 3, i * 3 + 3)
    shifted.set([v, v, v, i % 256], i * 4)
  })
  const aligned = shifted.slice()
  const found = pdq({ width, height, channels: 1, data: grey })
  expect(found.quality).toBeGreaterThan(50)
  expect(pdq({ width, height, channels: 3, data: rgb })).toEqual(found)
  expect(pdq({ width, height, channels: 4, data: shifted })).toEqual(found)
  expect(pdq({ width, height, channels: 4, data: aligned })).toEqual(found)
})
