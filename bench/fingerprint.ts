import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import {
  compareVideo,
  dihedral,
  pdq,
  ready,
  videoFingerprint,
  type PictureFingerprint,
  type Pixels,
} from '@jikimi/fingerprint'
import { kernelNow } from '../packages/fingerprint/src/kernel.ts'
import { inTypeScript } from '../packages/fingerprint/src/pdq.ts'
import { syntheticPicture } from '../packages/fingerprint/src/synthetic-picture.ts'
import { textbookPdq } from './fingerprint-textbook.ts'

/*
 * Time of one fingerprint from pixels in memory, beside a peer on the same pixels in the same run, as medians
 * of rounds taken in turns. Every answer is compared first. Run: node bench/fingerprint.ts
 *
 * The peer is the textbook implementation of fingerprint-textbook.ts, or the reference C++ where
 * JIKIMI_PDQ_REFERENCE names a program around it (facebook/ThreatExchange, pdq/cpp, g++ -O3) that reads from
 * standard input, for each picture, width, height and channels (1, 3 or 4) as 32-bit whole numbers, low byte
 * first, and then the bytes of the rows; and answers each with a line `hash quality milliseconds`, the time that
 * fillFloatLumaFromRGB (or FromGrey) and pdqHash256FromFloatLuma took together at full resolution.
 */

const rounds = 15
const profile = 'pdq-full/1'

interface Peer extends AsyncDisposable {
  readonly name: string
  /** The peer's answer, and its time in milliseconds. */
  hash(pixels: Pixels): Promise<PictureFingerprint & { readonly ms: number }>
}

await using peer = openPeer(process.env['JIKIMI_PDQ_REFERENCE'])
console.log(`fingerprints in ${await ready()}, one thread, median of ${rounds} rounds; peer: ${peer.name}`)
console.log('pixels in memory                peer ms     pdq ms        ×   eight turns ms   fold alone ms')
for (const [width, height] of [
  [512, 512],
  [1024, 1024],
  [4000, 3000],
] as const) {
  const rgba = syntheticPicture(width, width, height)
  await measure('RGBA', rgba)
  await measure('RGB', { ...rgba, channels: 3, data: rgba.data.filter((_, i) => i % 4 < 3) })
  await measure('luminance', { ...rgba, channels: 1, data: rgba.data.filter((_, i) => i % 4 === 1) })
}
await others()

async function measure(kind: string, pixels: Pixels): Promise<void> {
  const expected = await peer.hash(pixels)
  for (const exact of [true, false]) {
    const { hash, quality } = pdq(pixels, { profile, exact })
    if (hash !== expected.hash || quality !== expected.quality)
      throw new Error('The two implementations differ.')
  }
  const times = {
    peer: [] as number[],
    exact: [] as number[],
    eight: [] as number[],
    fold: [] as number[],
  }
  const each = Math.max(1, Math.round(2e6 / (pixels.width * pixels.height)))
  for (let round = 0; round < rounds; round++) {
    times.peer.push((await peer.hash(pixels)).ms)
    times.exact.push(timed(() => pdq(pixels, { profile }), each))
    times.eight.push(timed(() => dihedral(pixels, { profile }), each))
    times.fold.push(timed(() => kernelNow()?.fold(pixels), each))
  }
  const [theirs, exact, eight, fold] = Object.values(times).map(median) as [number, number, number, number]
  const name = `${pixels.width} × ${pixels.height} ${kind}`.padEnd(28)
  console.log(
    `${name} ${cell(theirs, 10)} ${cell(exact, 10)} ${(theirs / exact).toFixed(1).padStart(8)} ${cell(eight, 16)} ${cell(fold, 15)}`,
  )
}

async function others(): Promise<void> {
  const pictures = Array.from({ length: 40 }, (_, seed) => syntheticPicture(seed + 1, 512, 512))
  const large = syntheticPicture(9, 4000, 3000)
  const times = (work: () => unknown, count: number) =>
    median(Array.from({ length: rounds }, () => timed(work, count)))
  const plain = (isExact: boolean) => () =>
    pictures.forEach(pixels => inTypeScript({ pixels, luma: 'f32', wanted: 1, isExact }))
  const rows: readonly (readonly [string, () => void])[] = [
    ['kernel', () => pictures.forEach(picture => pdq(picture))],
    ['kernel, exact: false', () => pictures.forEach(picture => pdq(picture, { exact: false }))],
    ['TypeScript', plain(true)],
    ['TypeScript, exact: false', plain(false)],
    ['textbook', () => pictures.forEach(textbookPdq)],
  ]
  console.log('\n40 synthetic pictures of 512 × 512 RGBA, each:')
  for (const [name, work] of rows) console.log(`  ${name.padEnd(26)} ${cell(times(work, 1) / 40)} ms`)
  console.log(
    `4000 × 3000 RGBA after pdq-512/1, its reduction included: ${cell(times(() => pdq(large), 1))} ms`,
  )
  const frames = pictures.map(picture => pdq(picture))
  const long = (shift: number) =>
    videoFingerprint(
      Array.from({ length: 600 }, (_, i) => ({ ...frames[(i + shift) % frames.length]!, atMs: i * 1000 })),
      600_000,
    )
  const [a, b] = [long(0), long(7)]
  console.log(`two videos of ten minutes, 600 × 600 frames: ${cell(times(() => compareVideo(a, b), 1))} ms`)
}

function timed(work: () => unknown, count: number): number {
  const from = performance.now()
  for (let i = 0; i < count; i++) work()
  return (performance.now() - from) / count
}

function median(times: readonly number[]): number {
  return times.toSorted((x, y) => x - y)[Math.floor(times.length / 2)]!
}

function cell(ms: number, width = 0): string {
  return ms.toFixed(3).padStart(width)
}

function openPeer(program: string | undefined): Peer {
  if (program === undefined) {
    return {
      name: 'textbook implementation in TypeScript (JIKIMI_PDQ_REFERENCE names no reference program)',
      async hash(pixels) {
        const from = performance.now()
        const answer = textbookPdq(pixels)
        return { ...(answer as PictureFingerprint), ms: performance.now() - from }
      },
      async [Symbol.asyncDispose]() {},
    }
  }
  const child = spawn(program, { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    name: 'reference C++',
    async hash({ width, height, channels, data }) {
      child.stdin.write(new Uint8Array(Int32Array.of(width, height, channels).buffer))
      child.stdin.write(data)
      const { value } = await lines.next()
      const [hash, quality, ms] = String(value).split(' ')
      return { hash: hash as PictureFingerprint['hash'], quality: Number(quality), ms: Number(ms) }
    },
    async [Symbol.asyncDispose]() {
      child.stdin.end()
    },
  }
}
