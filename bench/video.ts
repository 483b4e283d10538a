/**
 * Films: how long a fingerprint takes beside bare decoding of the same file in the same run, which edits of a film are
 * found again, and how long a comparison takes.
 *
 *   node bench/video.ts [speed|edits|compare|all]
 *
 * The peer is `ffmpeg -i FILE -f null -` where it is installed, and in any case the browser's own decoder with every
 * frame closed unread. Films are encoded as VP8 by the shipped Chromium.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  compareVideo,
  foldFrames,
  turns,
  videoMatcher,
  type Fingerprint,
  type VideoComparison,
  type VideoFingerprint,
} from '@jikimi/fingerprint'
import { filmFingerprint, syntheticFilm } from '../packages/fingerprint/src/synthetic-film.ts'
import { openFilm, type FilmFrame, type FilmReading } from '../server/src/platform/film.ts'
import { openStudio, type FilmPlan, type Studio } from './video-films.ts'

const rounds = 3
const asked = process.argv[2] ?? 'all'
const wants = (part: string) => asked === part || asked === 'all'

async function speed(studio: Studio): Promise<void> {
  const hasPeer = spawnSync('ffmpeg', ['-version']).status === 0
  if (!hasPeer) console.log('ffmpeg is not installed: the peer is bare decoding in the browser alone.')
  for (const [width, height, seconds] of [
    [854, 480, 60],
    [1280, 720, 30],
  ] as const) {
    const bytes = await studio.film({
      ...plain,
      width,
      height,
      framesPerS: 30,
      bitsPerS: 1_500_000,
      toS: seconds,
    })
    const times = {
      ffmpeg: [] as number[],
      bare: [] as number[],
      whole: [] as number[],
      glance: [] as number[],
    }
    await using film = await openFilm({ browser: undefined })
    await film.fingerprint(bytes)
    for (let round = 0; round < rounds; round++) {
      if (hasPeer) times.ffmpeg.push(ffmpegMs(bytes))
      times.bare.push(await studio.decodeMs(bytes))
      // A copy is another file to the page: nothing is known of it from the round before.
      times.whole.push(await timed(() => film.fingerprint(Buffer.from(bytes))))
      times.glance.push(await timed(() => film.glance(Buffer.from(bytes))))
    }
    const [bare, whole, glance] = [median(times.bare), median(times.whole), median(times.glance)]
    console.log(
      `${width} × ${height}, ${seconds} s, ${(bytes.length / 1e6).toFixed(1)} MB, median of ${rounds} rounds in turns:`,
    )
    if (hasPeer) console.log(`  ffmpeg to nothing        ${cell(median(times.ffmpeg))}`)
    console.log(`  browser's decoder, bare  ${cell(bare)}`)
    const toPeer = hasPeer ? `, ${(whole / median(times.ffmpeg)).toFixed(2)} × ffmpeg` : ''
    console.log(`  whole fingerprint        ${cell(whole)}  ${(whole / bare).toFixed(2)} × bare${toPeer}`)
    console.log(`  key frames first         ${cell(glance)}  ${(whole / glance).toFixed(1)} times sooner`)
  }
}

function ffmpegMs(bytes: Uint8Array): number {
  const folder = mkdtempSync(join(tmpdir(), 'jikimi-bench-'))
  try {
    writeFileSync(join(folder, 'film.webm'), bytes)
    const from = performance.now()
    spawnSync('ffmpeg', ['-v', 'error', '-i', join(folder, 'film.webm'), '-f', 'null', '-'])
    return performance.now() - from
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const plain: FilmPlan = {
  seed: 1,
  width: 640,
  height: 360,
  framesPerS: 20,
  bitsPerS: 1_500_000,
  fromS: 0,
  toS: 30,
  speed: 1,
  layout: 'plain',
  introS: 0,
}

const copies: Readonly<Record<string, Partial<FilmPlan>>> = {
  'encoded again': { bitsPerS: 900_000 },
  'speed 0.9': { speed: 0.9 },
  'speed 1.1': { speed: 1.1 },
  'trimmed by 7.3 s and 5 s': { fromS: 7.3, toS: 25 },
  '4 s cut out': { fromS: 11.2, toS: 15.2 },
  'intro of 8 s': { introS: 8 },
  letterbox: { layout: 'letterbox' },
  mirror: { layout: 'mirror' },
  'side by side': { layout: 'side by side' },
  'a third in a corner': { layout: 'third in a corner' },
  'a quarter of each side covered': { layout: 'corner covered' },
  '480p at 300 kbit/s': { width: 854, height: 480, bitsPerS: 300_000 },
  'trimmed, 1.05, mirror, 300 kbit/s': { fromS: 5, speed: 1.05, layout: 'mirror', bitsPerS: 300_000 },
  'another film': { seed: 2 },
  'another film side by side': { seed: 3, layout: 'side by side' },
}

async function edits(studio: Studio): Promise<void> {
  await using film = await openFilm({ browser: undefined })
  const own = await film.fingerprint(await studio.film(plain))
  if (own === undefined) throw new Error('The made film cannot be read.')
  const match = videoMatcher(videoOf(own.frames, own.durationMs))
  console.log('\n| edit | whole reading | key frames alone | from (film / copy) | speed | place |')
  console.log('| --- | --- | --- | --- | --- | --- |')
  for (const [name, change] of Object.entries(copies)) {
    const bytes = await studio.film({ ...plain, ...change })
    const [whole, glance] = [
      bestOf(match, await film.fingerprint(bytes)),
      bestOf(match, await film.glance(bytes)),
    ]
    const { run } = whole.found
    const place =
      run === undefined ? '' : `${(run.aFromMs / 1000).toFixed(1)} s / ${(run.bFromMs / 1000).toFixed(1)} s`
    const cells = [
      name,
      whole.found.verdict,
      glance.found.verdict,
      place,
      run?.speed ?? '',
      `${whole.part} ${whole.turn}`,
    ]
    console.log(`| ${cells.join(' | ')} |`)
  }
}

interface Best {
  readonly found: VideoComparison
  readonly part: string
  readonly turn: string
}

/** The best answer over the whole and the parts of a found film, in all turns. */
function bestOf(match: (b: VideoFingerprint) => VideoComparison, reading: FilmReading | undefined): Best {
  if (reading === undefined) throw new Error('The made film cannot be read.')
  const rank = { match: 0, review: 1, none: 2 }
  const parts = [
    { name: 'whole', frames: reading.frames },
    ...reading.parts.map(part => ({ name: 'part', ...part })),
  ]
  const answers = parts.flatMap(({ name, frames }) =>
    turns.map(turn => ({ found: match(videoOf(frames, reading.durationMs, turn)), part: name, turn })),
  )
  return answers.toSorted((a, b) => rank[a.found.verdict] - rank[b.found.verdict])[0]!
}

function videoOf(
  frames: readonly FilmFrame[],
  durationMs: number,
  turn: (typeof turns)[number] = 'identity',
): VideoFingerprint {
  const made = frames.map(frame => ({ ...frame, hash: frame.hashes[turn] as Fingerprint }))
  return { durationMs, frames: foldFrames(made, frame => frame.hash) }
}

function compareTimes(): void {
  const twoHoursMs = 7_200_000
  const film = syntheticFilm(3, twoHoursMs)
  const kept = filmFingerprint(film)
  const copy = filmFingerprint(film, { bits: 8, speed: 1.05, use: 'asked' })
  const other = filmFingerprint(syntheticFilm(4, twoHoursMs), { use: 'asked' })
  const clip = filmFingerprint(film, { fromMs: 4_321_000, toMs: 4_324_000, bits: 8 })
  const pairs = [
    ['two hours with their copy, 5 % faster', kept, copy],
    ['two hours with another two hours', kept, other],
    ['3 s with the two hours they are from', clip, filmFingerprint(film, { use: 'asked' })],
    ['two hours with 3 s of them', kept, clip],
  ] as const
  console.log('comparisons of one turn, median of 5:')
  for (const [name, a, b] of pairs) {
    const times = Array.from({ length: 5 }, () => {
      const from = performance.now()
      // Copies, so that nothing is known of them from the round before.
      compareVideo({ ...a }, { ...b })
      return performance.now() - from
    })
    const { verdict, run } = compareVideo(a, b)
    const place = run === undefined ? '' : `, at ${(run.bFromMs / 1000).toFixed(1)} s`
    console.log(
      `  ${name.padEnd(40)} ${String(a.frames.length).padStart(6)} × ${String(b.frames.length).padStart(6)} frames ${cell(median(times))}  ${verdict}${place}`,
    )
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now()
  await work()
  return performance.now() - from
}

function median(times: readonly number[]): number {
  return times.toSorted((x, y) => x - y)[Math.floor(times.length / 2)]!
}

function cell(ms: number): string {
  return `${ms.toFixed(0).padStart(7)} ms`
}

if (wants('compare')) compareTimes()
if (wants('speed') || wants('edits')) {
  await using studio = await openStudio()
  if (wants('speed')) await speed(studio)
  if (wants('edits')) await edits(studio)
}
