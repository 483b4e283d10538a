import sharp, { type Sharp } from 'sharp'
import type { Pixels } from '@jikimi/fingerprint'
import { composed, overlays } from './robustness-overlays.ts'
import { random, type Random } from './robustness-pictures.ts'

/*
 * The 63 everyday edits that a copy of a picture goes through, each saved again as JPEG of quality 85.
 */

export interface Edit {
  readonly group: string
  readonly name: string
  readonly make: (source: Source) => Sharp | Promise<Sharp>
}

export interface Source {
  readonly pixels: Pixels
  readonly width: number
  readonly height: number
  readonly image: () => Sharp
  /** Another picture, for the collage. */
  readonly other: () => Sharp
  readonly next: Random
}

export function sharpOf({ width, height, channels, data }: Pixels): Sharp {
  return sharp(data, { raw: { width, height, channels } })
}

/** One edited copy, decoded again. The same seed gives the same copy. */
export async function edited(edit: Edit, pixels: Pixels, other: Pixels, seed: number): Promise<Pixels> {
  const made = await edit.make({
    pixels,
    width: pixels.width,
    height: pixels.height,
    image: () => sharpOf(pixels),
    other: () => sharpOf(other),
    next: random(seed),
  })
  return decoded(await made.flatten({ background: '#000' }).jpeg({ quality: 85 }).toBuffer())
}

export async function decoded(bytes: Buffer | string): Promise<Pixels> {
  const { data, info } = await sharp(bytes)
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { width: info.width, height: info.height, channels: info.channels as 1 | 3, data }
}

/** Sharp orders its own steps; a step that must see the result of another starts anew from its bytes. */
async function then(image: Sharp): Promise<Sharp> {
  return sharp(await image.png({ compressionLevel: 1 }).toBuffer())
}

const jpeg = (quality: number): Edit => ({
  group: 'JPEG, size, blur, noise, light',
  name: `JPEG ${quality}`,
  make: async ({ image }) => sharp(await image().jpeg({ quality }).toBuffer()),
})

const light = (name: string, make: Edit['make']): Edit => ({
  group: 'JPEG, size, blur, noise, light',
  name,
  make,
})
const turning = (name: string, make: Edit['make']): Edit => ({ group: 'mirror, turns by 90°', name, make })

const photometric: readonly Edit[] = [
  jpeg(10),
  jpeg(30),
  jpeg(50),
  jpeg(75),
  light('half size', ({ image, width }) => image().resize(Math.round(width / 2))),
  light('quarter size', ({ image, width }) => image().resize(Math.round(width / 4))),
  light('blur 1.5', ({ image }) => image().blur(1.5)),
  light('blur 4', ({ image }) => image().blur(4)),
  light('noise', ({ pixels, next }) =>
    sharpOf(mapped(pixels, value => value + (next() + next() + next() - 1.5) * 50)),
  ),
  light('gamma 2', ({ pixels }) => sharpOf(mapped(pixels, value => 255 * (value / 255) ** 2))),
  light('more contrast', ({ image }) => image().linear(1.6, -70)),
  light('half as bright', ({ image }) => image().linear(0.5, 0)),
  light('grey', ({ image }) => image().greyscale()),
  light('vignette', ({ pixels }) => sharpOf(vignette(pixels))),
  light('squashed to 80 %', ({ image, width, height }) =>
    image().resize(Math.round(width * 0.8), height, { fit: 'fill' }),
  ),
]

const dihedralEdits: readonly Edit[] = [
  turning('mirrored', ({ image }) => image().flop()),
  turning('upside down mirrored', ({ image }) => image().flip()),
  turning('turned 90°', ({ image }) => image().rotate(90)),
  turning('turned 180°', ({ image }) => image().rotate(180)),
  turning('turned 270°', ({ image }) => image().rotate(270)),
]

const tilt = (degrees: number): Edit => ({
  group: degrees <= 2 ? 'tilted 1–2°' : 'tilted 4–15°',
  name: `tilted ${degrees}°, black corners`,
  make: ({ image, next }) => image().rotate(next() < 0.5 ? degrees : -degrees, { background: '#000' }),
})

const tiltCropped = (degrees: number): Edit => ({
  group: degrees <= 2 ? 'tilted 1–2°' : 'tilted 4–15°',
  name: `tilted ${degrees}°, corners cut`,
  make: async ({ image, width, height, next }) => {
    const turn = (degrees * Math.PI) / 180
    const shape = Math.max(width, height) / Math.min(width, height)
    const share = 0.99 / (Math.cos(turn) + shape * Math.sin(turn))
    const turned = await then(image().rotate(next() < 0.5 ? degrees : -degrees, { background: '#000' }))
    const size = await turned.metadata()
    const [w, h] = [Math.floor(width * share), Math.floor(height * share)]
    return turned.extract({
      left: Math.floor((size.width - w) / 2),
      top: Math.floor((size.height - h) / 2),
      width: w,
      height: h,
    })
  },
})

const cropped = ({ image, width, height }: Source, x: number, y: number, w: number, h: number): Sharp =>
  image().extract({
    left: Math.round(x * width),
    top: Math.round(y * height),
    width: Math.floor(w * width),
    height: Math.floor(h * height),
  })

const centreCrop = (percent: number): Edit => ({
  group: percent <= 10 ? 'crop about the centre 2–10 %' : 'crop about the centre 20–50 %',
  name: `centre crop ${percent} %`,
  make: source => cropped(source, percent / 200, percent / 200, 1 - percent / 100, 1 - percent / 100),
})

const sideCrop = (percent: number): Edit => ({
  group: 'crop of one side 5–33 %',
  name: `one side cut ${percent} %`,
  make: source => {
    const cut = percent / 100
    const side = Math.floor(source.next() * 4)
    if (side < 2) return cropped(source, side * cut, 0, 1 - cut, 1)
    return cropped(source, 0, (side - 2) * cut, 1, 1 - cut)
  },
})

const crops: readonly Edit[] = [
  ...[2, 5, 10, 20, 30, 50].map(centreCrop),
  ...[5, 10, 20, 33].map(sideCrop),
  {
    group: 'crop at any place',
    name: 'any place, 60–95 %, shape kept',
    make: source => {
      const share = 0.6 + source.next() * 0.35
      return cropped(source, source.next() * (1 - share), source.next() * (1 - share), share, share)
    },
  },
  {
    group: 'crop at any place',
    name: 'any place, 60–95 % each way',
    make: source => {
      const [w, h] = [0.6 + source.next() * 0.35, 0.6 + source.next() * 0.35]
      return cropped(source, source.next() * (1 - w), source.next() * (1 - h), w, h)
    },
  },
  {
    group: 'crop at any place',
    name: 'square from the centre',
    make: source => {
      const side = Math.min(source.width, source.height) * (source.width === source.height ? 0.7 : 1)
      const [w, h] = [side / source.width, side / source.height]
      return cropped(source, (1 - w) / 2, (1 - h) / 2, w, h)
    },
  },
]

const framed = (
  name: string,
  make: (source: Source) => { x: number; y: number; background: string },
): Edit => ({
  group: 'frame, letterbox, padding',
  name,
  make: source => {
    const { x, y, background } = make(source)
    return source.image().extend({ left: x, right: x, top: y, bottom: y, background })
  },
})

const toSquare = ({ width, height }: Source) => ({
  x: Math.max(10, Math.round((height - width) / 2)),
  y: Math.max(10, Math.round((width - height) / 2)),
})

const frames: readonly Edit[] = [
  framed('letterbox 10 %', ({ height }) => ({ x: 0, y: Math.round(height * 0.1), background: '#000' })),
  framed('letterbox 20 %', ({ height }) => ({ x: 0, y: Math.round(height * 0.2), background: '#000' })),
  framed('white frame 5 %', ({ width }) => ({
    x: Math.round(width * 0.05),
    y: Math.round(width * 0.05),
    background: '#fff',
  })),
  framed('coloured frame 10 %', ({ width }) => ({
    x: Math.round(width * 0.1),
    y: Math.round(width * 0.1),
    background: '#b0305a',
  })),
  framed('square on black', source => ({ ...toSquare(source), background: '#000' })),
  framed('square on white', source => ({ ...toSquare(source), background: '#fff' })),
]

function mapped(pixels: Pixels, value: (value: number) => number): Pixels {
  return { ...pixels, data: Uint8Array.from(pixels.data, v => Math.max(0, Math.min(255, value(v)))) }
}

function vignette(pixels: Pixels): Pixels {
  const { width, height, channels } = pixels
  const data = new Uint8Array(pixels.data.length)
  for (let i = 0; i < data.length; i++) {
    const pixel = Math.floor(i / channels)
    const [x, y] = [(pixel % width) / width - 0.5, Math.floor(pixel / width) / height - 0.5]
    data[i] = pixels.data[i]! * (1 - 1.2 * (x * x + y * y))
  }
  return { ...pixels, data }
}

/** All 63, in the order of the table. */
export const edits: readonly Edit[] = [
  ...photometric,
  { group: 'negative', name: 'colours inverted', make: ({ image }) => image().negate({ alpha: false }) },
  ...dihedralEdits,
  ...[1, 2].map(tilt),
  tiltCropped(2),
  ...[4, 8, 15].map(tilt),
  ...[5, 10].map(tiltCropped),
  ...crops,
  ...frames,
  ...overlays,
  ...composed,
]
