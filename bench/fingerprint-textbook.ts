import type { Pixels } from '@jikimi/fingerprint'

/**
 * PDQ as it is written down in the reference (facebook/ThreatExchange pdq/cpp): luma, two box passes each
 * way over the whole picture, decimation, transform, median. Peer for the bench; no TypeScript or JavaScript
 * package of it was in the registry (pdq-wasm, pdqhash, pdqhash-node: not found). Full resolution.
 */
export function textbookPdq({ width, height, channels, data }: Pixels): { hash: string; quality: number } {
  const a = new Float32Array(width * height)
  const b = new Float32Array(width * height)
  for (let i = 0, at = 0; i < a.length; i++, at += channels) {
    const r = data[at]!
    a[i] = channels === 1 ? r : lumaOf(r, data[at + 1]!, data[at + 2]!)
  }
  for (let pass = 0; pass < 2; pass++) {
    for (let y = 0; y < height; y++) box(a, b, y * width, 1, width)
    for (let x = 0; x < width; x++) box(b, a, x, width, height)
  }
  const grid = new Float32Array(64 * 64)
  for (let i = 0; i < 64; i++) {
    for (let j = 0; j < 64; j++) {
      const y = Math.floor(((i + 0.5) * height) / 64)
      grid[i * 64 + j] = a[y * width + Math.floor(((j + 0.5) * width) / 64)]!
    }
  }
  return { hash: bits(transform(grid)), quality: quality(grid) }
}

const [redShare, greenShare, blueShare] = [Math.fround(0.299), Math.fround(0.587), Math.fround(0.114)]

function lumaOf(r: number, g: number, b: number): number {
  return Math.fround(Math.fround(redShare * r) + Math.fround(greenShare * g)) + Math.fround(blueShare * b)
}

function box(from: Float32Array, to: Float32Array, start: number, stride: number, length: number): void {
  const window = Math.ceil(length / 128)
  const ahead = (window + 2) >> 1
  let sum = Math.fround(0)
  let count = 0
  for (let i = 0; i < length + ahead - 1; i++) {
    if (i < length) {
      sum = Math.fround(sum + from[start + i * stride]!)
      count++
    }
    if (i >= window) {
      sum = Math.fround(sum - from[start + (i - window) * stride]!)
      count--
    }
    if (i >= ahead - 1) to[start + (i - ahead + 1) * stride] = sum / count
  }
}

const matrix = Float32Array.from({ length: 16 * 64 }, (_, at) => {
  const [i, j] = [Math.floor(at / 64), at % 64]
  return Math.fround(Math.sqrt(2 / 64)) * Math.cos((Math.PI / 2 / 64) * (i + 1) * (2 * j + 1))
})

function transform(grid: Float32Array): Float32Array {
  const half = new Float32Array(16 * 64)
  const low = new Float32Array(16 * 16)
  for (let i = 0; i < 16; i++) {
    for (let j = 0; j < 64; j++) {
      let sum = Math.fround(0)
      for (let k = 0; k < 64; k++)
        sum = Math.fround(sum + Math.fround(matrix[i * 64 + k]! * grid[k * 64 + j]!))
      half[i * 64 + j] = sum
    }
  }
  for (let i = 0; i < 16; i++) {
    for (let j = 0; j < 16; j++) {
      let sum = Math.fround(0)
      for (let k = 0; k < 64; k++)
        sum = Math.fround(sum + Math.fround(half[i * 64 + k]! * matrix[j * 64 + k]!))
      low[i * 16 + j] = sum
    }
  }
  return low
}

function bits(low: Float32Array): string {
  const median = low.slice().sort()[127]!
  let hex = ''
  for (let nibble = 63; nibble >= 0; nibble--) {
    let value = 0
    for (let bit = 3; bit >= 0; bit--) value = value * 2 + (low[nibble * 4 + bit]! > median ? 1 : 0)
    hex += value.toString(16)
  }
  return hex
}

function quality(grid: Float32Array): number {
  let sum = 0
  for (let i = 0; i < 64; i++) {
    for (let j = 0; j < 64; j++) {
      if (i < 63) sum += Math.abs(Math.trunc(((grid[i * 64 + j]! - grid[i * 64 + 64 + j]!) * 100) / 255))
      if (j < 63) sum += Math.abs(Math.trunc(((grid[i * 64 + j]! - grid[i * 64 + j + 1]!) * 100) / 255))
    }
  }
  return Math.min(100, Math.floor(sum / 90))
}
