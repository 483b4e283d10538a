import type { Pixels } from '@jikimi/fingerprint'

/*
 * Pictures made by rule for the robustness table. Rich on purpose: sums of a few waves collide in a cosine transform
 * and would flatter or spoil every figure. All harmless; a seed gives the same picture everywhere.
 */

export type Rgb = readonly [number, number, number]
export type Random = () => number

/** 32-bit generator (mulberry32): the same numbers from the same seed on every machine. */
export function random(seed: number): Random {
  let state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

export type Paint = (x: number, y: number) => Rgb

export const kinds = ['landscape', 'texture', 'leaves', 'portrait', 'julia', 'rooms', 'page'] as const
export type Kind = (typeof kinds)[number]

/** Picture `seed` of a kind; its shape (4:3, 3:2, 3:4, 16:9, 1:1) comes from the seed too. */
export function picture(kind: Kind, seed: number): Pixels {
  const next = random(seed * 101 + kinds.indexOf(kind) * 7919)
  const [w, h] = [
    [512, 384],
    [512, 341],
    [384, 512],
    [512, 288],
    [448, 448],
  ][Math.floor(next() * 5)]!
  return painted(w!, h!, painters[kind](next, w! / h!))
}

export function painted(width: number, height: number, paint: Paint): Pixels {
  const data = new Uint8Array(width * height * 3)
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 3) {
      const [r, g, b] = paint((x + 0.5) / width, (y + 0.5) / height)
      data[at] = Math.max(0, Math.min(255, r))
      data[at + 1] = Math.max(0, Math.min(255, g))
      data[at + 2] = Math.max(0, Math.min(255, b))
    }
  }
  return { width, height, channels: 3, data }
}

/** Smooth noise of six octaves, about −1 to 1. */
function fractal(next: Random, roughness = 0.55): (x: number, y: number) => number {
  const size = 64
  const lattice = Float32Array.from({ length: size * size }, () => next() * 2 - 1)
  const value = (x: number, y: number) => {
    const i = Math.floor(x)
    const j = Math.floor(y)
    const u = (x - i) * (x - i) * (3 - 2 * (x - i))
    const v = (y - j) * (y - j) * (3 - 2 * (y - j))
    const above = (j & 63) * size
    const below = ((j + 1) & 63) * size
    const left = i & 63
    const right = (i + 1) & 63
    const upper = lattice[above + left]! * (1 - u) + lattice[above + right]! * u
    return upper * (1 - v) + (lattice[below + left]! * (1 - u) + lattice[below + right]! * u) * v
  }
  return (x, y) => {
    let sum = 0
    for (let octave = 0, share = 1, f = 1; octave < 6; octave++, share *= roughness, f *= 2.03) {
      sum += share * value(x * f + octave * 17, y * f + octave * 31)
    }
    return sum
  }
}

function colour(next: Random): Rgb {
  return [30 + next() * 200, 30 + next() * 200, 30 + next() * 200]
}

function mix(a: Rgb, b: Rgb, share: number): Rgb {
  const t = Math.max(0, Math.min(1, share))
  return [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t]
}

const painters: Record<Kind, (next: Random, shape: number) => Paint> = {
  landscape(next) {
    const [sky, haze] = [colour(next), colour(next)]
    const cloud = fractal(next)
    const grain = fractal(next, 0.8)
    const ridges = Array.from({ length: 4 }, (_, i) => ({
      at: 0.25 + i * 0.17 + next() * 0.1,
      of: fractal(next),
      rgb: colour(next),
      f: 2 + next() * 4,
    }))
    return (x, y) => {
      let rgb = mix(sky, haze, y * 1.5 + 0.4 * cloud(x * 3, y * 5))
      for (const ridge of ridges) {
        if (y > ridge.at + 0.13 * ridge.of(x * ridge.f, 0.5))
          rgb = mix(ridge.rgb, [20, 25, 20], 0.35 + 0.5 * grain(x * 14, y * 14))
      }
      return rgb
    }
  },
  texture(next) {
    const [a, b, c] = [colour(next), colour(next), colour(next)]
    const [warp, grain] = [fractal(next), fractal(next, 0.7)]
    const [fx, fy] = [2 + next() * 7, 2 + next() * 7]
    return (x, y) => {
      const bend = warp(x * 3, y * 3)
      const value = grain(x * fx + bend, y * fy - bend)
      return mix(mix(a, b, value + 0.5), c, warp(y * 4 + 9, x * 4))
    }
  },
  leaves: next => discs(next, 220, 0.02, 0.2),
  portrait(next) {
    const [ground, skin, hair, cloth] = [
      colour(next),
      mix([120, 80, 60], [235, 195, 170], next()),
      colour(next),
      colour(next),
    ]
    const [cx, cy, r] = [0.3 + next() * 0.4, 0.32 + next() * 0.12, 0.13 + next() * 0.09]
    const [blur, grain] = [fractal(next), fractal(next, 0.75)]
    const light = next() * 2 - 1
    return (x, y) => {
      const g = grain(x * 18, y * 18)
      const [u, v] = [(x - cx) / r, (y - cy) / (r * 1.35)]
      let rgb = mix(ground, [255 - ground[0], 128, ground[2]], 0.5 + 0.7 * blur(x * 3, y * 3))
      if (Math.hypot((x - cx) / (r * 2.3), (y - cy - r * 3.2) / (r * 2)) < 1)
        rgb = mix(cloth, [0, 0, 0], 0.3 + 0.4 * blur(x * 9, y * 4))
      if (Math.hypot(u / 1.25, (v + 0.25) / 1.2) < 1) rgb = mix(hair, [0, 0, 0], 0.4 + 0.5 * g)
      if (Math.hypot(u, v) < 1) rgb = mix(skin, [40, 20, 15], 0.25 + 0.3 * light * u + 0.12 * g)
      for (const side of [-1, 1])
        if (Math.hypot((u - side * 0.38) / 0.17, (v + 0.12) / 0.08) < 1) rgb = [25, 25, 35]
      if (Math.hypot(u / 0.36, (v - 0.5) / 0.09) < 1) rgb = [150, 50, 60]
      return rgb
    }
  },
  julia(next) {
    const turn = next() * 2 * Math.PI
    const [re, im] = [0.7885 * Math.cos(turn), 0.7885 * Math.sin(turn)]
    const [zoom, ox, oy] = [1.2 + next() * 1.6, next() - 0.5, next() - 0.5]
    const [a, b, c] = [colour(next), colour(next), colour(next)]
    const grain = fractal(next)
    return (x, y) => {
      let [p, q] = [(x - 0.5 + ox * 0.3) * zoom * 1.3, (y - 0.5 + oy * 0.3) * zoom]
      let n = 0
      for (; n < 60 && p * p + q * q < 16; n++) [p, q] = [p * p - q * q + re, 2 * p * q + im]
      return mix(mix(a, b, n / 24), c, 0.5 * grain(x * 4, y * 4) + (n === 60 ? 0.5 : 0))
    }
  },
  rooms(next) {
    const blocks = Array.from({ length: 46 }, () => ({
      x: next(),
      y: next(),
      w: 0.03 + next() * next() * 0.5,
      h: 0.03 + next() * next() * 0.5,
      slant: next() * 0.6 - 0.3,
      rgb: colour(next),
    }))
    const grain = fractal(next, 0.7)
    return (x, y) => {
      let rgb: Rgb = [200, 195, 185]
      for (const { x: left, y: top, w, h, slant, rgb: paint } of blocks) {
        const [u, v] = [(x - left) / w, (y - top + slant * (x - left)) / h]
        if (u > 0 && u < 1 && v > 0 && v < 1) rgb = mix(paint, [10, 10, 10], 0.25 * u + 0.2 * v)
      }
      return mix(rgb, [0, 0, 0], 0.12 + 0.12 * grain(x * 12, y * 12))
    }
  },
  page: (next, shape) => pageOf(next, shape),
}

/** Dead leaves: discs of all sizes that cover each other, the statistics of natural scenes (Ruderman). */
function discs(next: Random, count: number, least: number, most: number): Paint {
  const grain = fractal(next, 0.7)
  const all = Array.from({ length: count }, () => ({
    x: next(),
    y: next(),
    r: least * (most / least) ** (next() * next() * 1.2),
    rgb: colour(next),
  }))
  return (x, y) => {
    let rgb: Rgb = [90, 100, 90]
    for (const leaf of all) if ((x - leaf.x) ** 2 + (y - leaf.y) ** 2 < leaf.r ** 2) rgb = leaf.rgb
    return mix(rgb, [0, 0, 0], 0.2 + 0.2 * grain(x * 10, y * 10))
  }
}

/** Lines of words, a heading, one figure: no two pages have the same words or the same layout. */
function pageOf(next: Random, shape: number): Paint {
  const lines = 14 + Math.floor(next() * 16)
  const [left, top] = [0.05 + next() * 0.1, 0.05 + next() * 0.1]
  const words = Array.from({ length: lines }, () => Array.from({ length: 40 }, () => (next() < 0.2 ? 0 : 1)))
  const strokes = Array.from({ length: 4096 }, () => next() < 0.55)
  const ends = Array.from({ length: lines }, () => 0.5 + next() * 0.45)
  const figure = {
    x: 0.1 + next() * 0.4,
    y: 0.15 + next() * 0.4,
    w: 0.25 + next() * 0.3,
    h: 0.2 + next() * 0.2,
  }
  const inFigure = discs(next, 40, 0.05, 0.4)
  return (x, y) => {
    const [u, v] = [(x - figure.x) / figure.w, (y - figure.y) / figure.h]
    if (u > 0 && u < 1 && v > 0 && v < 1) return inFigure(u, v)
    const row = Math.floor(((y - top) / (0.94 - top)) * lines)
    const inRow = (((y - top) / (0.94 - top)) * lines) % 1
    if (row < 0 || row >= lines || x < left || x > ends[row]! || inRow > 0.55) return [246, 245, 240]
    const column = Math.floor((x - left) * 40)
    if (words[row]![column] === 0) return [246, 245, 240]
    return strokes[
      (row * 397 + Math.floor((x - left) * 160 * shape) * 13 + Math.floor(inRow * 9) * 101) & 4095
    ]
      ? [40, 40, 45]
      : [225, 224, 220]
  }
}

/** Pictures that lie near each other without being copies: for the false matches only. */
export const hardKinds = ['flat', 'gradient', 'template', 'screen', 'chat'] as const
export type HardKind = (typeof hardKinds)[number]

/** Flat ones, slopes, pages of one template, phone screens of one app, chats: the same frame, other content. */
export function hardPicture(kind: HardKind, seed: number): Pixels {
  const next = random(seed * 31 + 5_000_000 + hardKinds.indexOf(kind) * 104_729)
  const isPhone = kind === 'screen' || kind === 'chat'
  return isPhone ? painted(288, 512, hardPainters[kind](next)) : painted(512, 320, hardPainters[kind](next))
}

const hardPainters: Record<HardKind, (next: Random) => Paint> = {
  flat(next) {
    const rgb = colour(next)
    const grain = fractal(next)
    return (x, y) => mix(rgb, [255, 255, 255], 0.02 * grain(x * 30, y * 30))
  },
  gradient(next) {
    const [a, b] = [colour(next), colour(next)]
    const turn = next() * 7
    return (x, y) => mix(a, b, 0.5 + (x - 0.5) * Math.cos(turn) + (y - 0.5) * Math.sin(turn))
  },
  // One site: the same bar, the same column of boxes, the same foot; text and one picture differ.
  template(next) {
    const inside = discs(next, 60, 0.03, 0.3)
    const lengths = Array.from({ length: 12 }, () => next())
    return (x, y) => {
      if (y < 0.12) return x < 0.2 && y > 0.03 && y < 0.09 ? [240, 200, 40] : [30, 50, 90]
      if (y > 0.92) return [210, 210, 215]
      if (x > 0.74)
        return Math.floor(y * 12) % 2 === 0 && x > 0.76 && x < 0.97 ? [225, 230, 240] : [250, 250, 250]
      if (x > 0.05 && x < 0.4 && y > 0.2 && y < 0.6) return inside((x - 0.05) / 0.35, (y - 0.2) / 0.4)
      const line = Math.floor(y * 24)
      const isText = (y * 24) % 1 < 0.4 && x > 0.43 && x < 0.5 + 0.22 * lengths[line % 12]!
      return isText ? [70, 70, 75] : [250, 250, 250]
    }
  },
  // One app: bars and buttons alike, the picture in the middle another one.
  screen(next) {
    const inside = painters[kinds[Math.floor(next() * 6)]!](next, 1)
    return (x, y) => {
      if (y < 0.04) return [20, 20, 25]
      if (y < 0.11) return Math.hypot(x - 0.08, (y - 0.075) * 1.8) < 0.04 ? [120, 130, 220] : [245, 245, 248]
      if (y > 0.93)
        return Math.abs(((x * 5) % 1) - 0.5) < 0.15 && y > 0.945 && y < 0.985
          ? [90, 90, 100]
          : [245, 245, 248]
      if (y > 0.2 && y < 0.76) return inside(x, (y - 0.2) / 0.56)
      return (y * 40) % 1 < 0.4 && y > 0.78 && x > 0.05 && x < 0.3 + ((Math.floor(y * 40) * 37) % 50) / 80
        ? [60, 60, 65]
        : [255, 255, 255]
    }
  },
  // One messenger: bubbles left and right, of other lengths and other words.
  chat(next) {
    const bubbles = Array.from({ length: 9 }, () => ({ isMine: next() < 0.5, length: 0.2 + next() * 0.55 }))
    const strokes = Array.from({ length: 8192 }, () => next() < 0.55)
    return (x, y) => {
      if (y < 0.1) return [60, 90, 160]
      if (y > 0.93) return [235, 235, 238]
      const bubble = bubbles[Math.floor((y - 0.1) * 10.8) % 9]!
      const at = bubble.isMine ? 1 - x : x
      if (((y - 0.1) * 10.8) % 1 > 0.75 || at < 0.04 || at > bubble.length) return [220, 228, 235]
      const isLine = (y * 50) % 1 < 0.5 && at > 0.07 && at < bubble.length - 0.03
      const stroke =
        (Math.floor(y * 50) * 331 + Math.floor(x * 110) * 7 + Math.floor((y * 50 * 9) % 9) * 61) & 8191
      if (isLine && strokes[stroke]) return [70, 70, 70]
      return bubble.isMine ? [255, 235, 120] : [255, 255, 255]
    }
  },
}
