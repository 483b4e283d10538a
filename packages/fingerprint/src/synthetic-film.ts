import { formatFingerprint, type Fingerprint } from './fingerprint.ts'
import { frameSampler, sampleIntervalMs } from './frame-sampler.ts'
import { videoFingerprint, type FrameFingerprint, type VideoFingerprint } from './video.ts'

/** A film for tests and benches: shots that move, as what a sampler and a comparison see of them, without a pixel. */
export interface SyntheticFilm {
  readonly shots: readonly { readonly seed: number; readonly lengthMs: number }[]
}

/** What was done to a copy. */
export interface FilmEdit {
  /** What is left of the film, in its own time. */
  readonly fromMs?: number
  readonly toMs?: number
  /** How many times as fast it runs. */
  readonly speed?: number
  /** Bits of each fingerprint that re-encoding turned. */
  readonly bits?: number
  readonly rate?: number
  readonly use?: 'kept' | 'asked'
}

function randomOf(seed: number): () => number {
  let state = (Math.imul(seed + 1, 2654435761) ^ 0x9e3779b9) >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A film of shots of 2 to 9 seconds; no two seeds alike. */
export function syntheticFilm(seed: number, lengthMs: number): SyntheticFilm {
  const next = randomOf(seed)
  const shots = []
  for (let left = lengthMs; left > 0;) {
    const length = Math.min(left, 2000 + Math.floor(7000 * next()))
    shots.push({ seed: Math.floor(next() * 2 ** 31), lengthMs: length })
    left -= length
  }
  return { shots }
}

/** Ten bits a second differ in a shot that moves as most do. */
const bitsPerSecond = 10

/** The fingerprint of a shot at a time into it: bits turn in an order of its own. */
function hashAt(seed: number, atMs: number, noise: () => number, bits: number): Fingerprint {
  const next = randomOf(seed)
  const words = Uint32Array.from({ length: 8 }, () => next() * 2 ** 32)
  const turn = (bit: number) => (words[bit >> 5]! ^= 1 << (bit & 31))
  for (let moved = Math.floor((atMs * bitsPerSecond) / 1000); moved > 0; moved--)
    turn(Math.floor(next() * 256))
  for (let left = bits; left > 0; left--) turn(Math.floor(noise() * 256))
  return formatFingerprint(words)
}

function thumbnailAt(seed: number, atMs: number): Uint8Array {
  const next = randomOf(seed)
  const sway = 2 * Math.sin(atMs / 700)
  return Uint8Array.from({ length: 256 }, () => 40 + 170 * next() + sway)
}

/** The fingerprint of a film or of a copy of it, sampled as films are. */
export function filmFingerprint({ shots }: SyntheticFilm, edit: FilmEdit = {}): VideoFingerprint {
  const { fromMs = 0, speed = 1, bits = 0, rate = 25, use = 'kept' } = edit
  const wholeMs = shots.reduce((sum, each) => sum + each.lengthMs, 0)
  const toMs = Math.min(edit.toMs ?? wholeMs, wholeMs)
  const durationMs = Math.round((toMs - fromMs) / speed)
  const sampler = frameSampler(sampleIntervalMs(durationMs, use))
  const noise = randomOf(bits + 77)
  const frames: FrameFingerprint[] = []
  let [shot, shotFromMs] = [0, 0]
  for (let frame = 0; ; frame++) {
    const fileMs = (frame * 1000) / rate
    const filmMs = fromMs + fileMs * speed
    if (fileMs >= durationMs || filmMs >= toMs) break
    while (filmMs >= shotFromMs + shots[shot]!.lengthMs) shotFromMs += shots[shot++]!.lengthMs
    const { seed } = shots[shot]!
    if (!sampler.wantsLook(fileMs) || !sampler.look(fileMs, thumbnailAt(seed, filmMs - shotFromMs))) continue
    frames.push({
      atMs: Math.round(fileMs),
      hash: hashAt(seed, filmMs - shotFromMs, noise, bits),
      quality: 90,
    })
  }
  return videoFingerprint(frames, durationMs)
}
