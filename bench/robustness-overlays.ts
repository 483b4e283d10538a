import sharp, { type Sharp } from 'sharp'
import type { Pixels } from '@jikimi/fingerprint'
import { letters } from './drawn-letters.ts'
import type { Edit, Source } from './robustness-edits.ts'

/*
 * What is laid over a picture, and what a picture is laid into: half of the 63 edits' hard ones.
 */

const svg = (width: number, height: number, inner: string) =>
  Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${inner}</svg>`)

const over = (name: string, draw: (source: Source) => string): Edit => ({
  group: 'marks, emoji, mosaic, banner',
  name,
  make: source => source.image().composite([{ input: svg(source.width, source.height, draw(source)) }]),
})

const emoji = (cx: number, cy: number, r: number) =>
  `<circle cx="${cx}" cy="${cy}" r="${r}" fill="#ffd83b" stroke="#b98b00" stroke-width="${r / 12}"/>` +
  `<circle cx="${cx - r * 0.35}" cy="${cy - r * 0.2}" r="${r * 0.12}"/><circle cx="${cx + r * 0.35}" cy="${cy - r * 0.2}" r="${r * 0.12}"/>` +
  `<path d="M ${cx - r * 0.5} ${cy + r * 0.25} Q ${cx} ${cy + r * 0.8} ${cx + r * 0.5} ${cy + r * 0.25}" fill="none" stroke="#333" stroke-width="${r / 9}"/>`

/** Radius of a disc that covers this share of the picture. */
const radius = ({ width, height }: Source, share: number) => Math.sqrt((width * height * share) / Math.PI)

const smallMark = ({ width, height }: Source) =>
  letters(
    'free-clips.example',
    width * 0.6,
    height * 0.95,
    width / 28,
    'fill="#fff" stroke="#000" stroke-width="0.6"',
  )

export const overlays: readonly Edit[] = [
  over('small text mark', smallMark),
  over('diagonal mark, half clear', ({ width, height }) =>
    letters(
      'PREVIEW ONLY',
      width / 2,
      height / 2,
      width / 8,
      `fill="#fff" fill-opacity="0.5" transform="rotate(-28 ${width / 2} ${height / 2})"`,
      'middle',
    ),
  ),
  over('tiled mark', ({ width, height }) =>
    Array.from({ length: 24 }, (_, i) =>
      letters(
        'sample.example',
        (i % 4) * (width / 4) + 8,
        Math.floor(i / 4) * (height / 6) + 40,
        width / 40,
        'fill="#fff" fill-opacity="0.45"',
      ),
    ).join(''),
  ),
  over('logo 4 %', source => {
    const side = Math.sqrt(source.width * source.height * 0.04)
    return `<g transform="translate(${source.width - side - 12} 12)"><rect width="${side}" height="${side}" rx="${side / 6}" fill="#d11"/><path d="M ${side * 0.3} ${side * 0.2} L ${side * 0.8} ${side / 2} L ${side * 0.3} ${side * 0.8} Z" fill="#fff"/></g>`
  }),
  over('emoji 6 %', source => emoji(source.width / 2, source.height * 0.42, radius(source, 0.06))),
  over('emoji 15 %', source => emoji(source.width / 2, source.height * 0.45, radius(source, 0.15))),
  {
    group: 'marks, emoji, mosaic, banner',
    name: 'mosaic 10 %',
    make: async ({ image, width, height }) => {
      const [w, h] = [Math.round(width * 0.32), Math.round(height * 0.32)]
      const [left, top] = [Math.round(width * 0.34), Math.round(height * 0.22)]
      const small = await image()
        .extract({ left, top, width: w, height: h })
        .resize(8, 8, { fit: 'fill' })
        .png()
        .toBuffer()
      const tiles = await sharp(small).resize(w, h, { fit: 'fill', kernel: 'nearest' }).png().toBuffer()
      return image().composite([{ input: tiles, left, top }])
    },
  },
  over(
    'banner over the lowest 15 %',
    ({ width, height }) =>
      `<rect y="${height * 0.85}" width="${width}" height="${height * 0.15}" fill="#111"/>` +
      letters('JOIN THE CHANNEL', width * 0.05, height * 0.95, height * 0.07, 'fill="#fd0"'),
  ),
]

const laidInto = (name: string, make: Edit['make']): Edit => ({
  group: 'inside of something else',
  name,
  make,
})

export const composed: readonly Edit[] = [
  laidInto('9:16 over its blurred copy', async ({ image, width }) => {
    const tall = Math.round((width * 16) / 9)
    const ground = await image().resize(width, tall, { fit: 'cover' }).png().toBuffer()
    const middle = await image().png().toBuffer()
    return sharp(await sharp(ground).blur(18).linear(0.8, 0).png().toBuffer()).composite([{ input: middle }])
  }),
  laidInto('caption above, + 20 %', async ({ image, width, height }) => {
    const band = Math.round(height * 0.2)
    const text = svg(
      width,
      band,
      letters(
        'WHEN THE BUS IS LATE',
        width / 2,
        band * 0.65,
        Math.min(band * 0.42, width / 14),
        '',
        'middle',
      ),
    )
    const wide = await image().extend({ top: band, background: '#fff' }).png().toBuffer()
    return sharp(wide).composite([{ input: text, left: 0, top: 0 }])
  }),
  laidInto('screenshot of a phone', phoneScreen),
  laidInto('two side by side', async ({ image, other, width, height }) => {
    const right = await other().resize(width, height, { fit: 'cover' }).png().toBuffer()
    const wide = await image().extend({ right: width, background: '#000' }).png().toBuffer()
    return sharp(wide).composite([{ input: right, left: width, top: 0 }])
  }),
  laidInto('filmed off a screen', ({ pixels, next }) => filmed(pixels, next)),
  laidInto('mirrored, crop 10 %, JPEG 50', async ({ image, width, height }) => {
    const cut = image().extract({
      left: Math.round(width * 0.05),
      top: Math.round(height * 0.05),
      width: Math.floor(width * 0.9),
      height: Math.floor(height * 0.9),
    })
    return sharp(await cut.flop().jpeg({ quality: 50 }).toBuffer())
  }),
  laidInto('frame 10 %, mark, JPEG 50', async source => {
    const marked = await source
      .image()
      .composite([{ input: svg(source.width, source.height, smallMark(source)) }])
      .png()
      .toBuffer()
    const rim = Math.round(source.width * 0.1)
    return sharp(
      await sharp(marked)
        .extend({ left: rim, right: rim, top: rim, bottom: rim, background: '#1d2b1a' })
        .jpeg({ quality: 50 })
        .toBuffer(),
    )
  }),
]

async function phoneScreen({ image, next }: Source): Promise<Sharp> {
  const [w, h] = [540, 1140]
  const inner = await image()
    .resize({ width: w, height: 620, fit: 'inside' })
    .png()
    .toBuffer({ resolveWithObject: true })
  const top = 200 + Math.round(next() * 60)
  const below = top + inner.info.height
  const page =
    `<rect width="${w}" height="44" fill="#111"/>` +
    letters('09:41', 20, 31, 22, 'fill="#fff"') +
    `<circle cx="46" cy="110" r="28" fill="#88a"/>` +
    letters('somebody, 2 h', 90, 118, 24, '') +
    letters('1,204 likes, 87 comments', 20, below + 50, 24, '') +
    letters('what a day it was, see the rest', 20, below + 100, 20, 'fill="#555"') +
    `<rect y="1060" width="${w}" height="80" fill="#eee"/>`
  return sharp({ create: { width: w, height: h, channels: 3, background: '#fff' } }).composite([
    { input: svg(w, h, page) },
    { input: inner.data, left: Math.round((w - inner.info.width) / 2), top },
  ])
}

/** A screen seen from the side: four corners moved by up to 6 %, a dark room around, fine stripes, less contrast. */
function filmed({ width, height, channels, data }: Pixels, next: () => number): Sharp {
  const corner = () => 0.03 + next() * 0.06
  const [ax, ay, bx, by, cx, cy, dx, dy] = Array.from({ length: 8 }, corner) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  // Corners of the screen in the photograph, clockwise from the top left.
  const quad = [ax, ay, 1 - bx, by, 1 - cx, 1 - cy, dx, 1 - dy] as const
  const inverse = squareFrom(quad)
  const out = new Uint8Array(width * height * 3)
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 3) {
      const [u, v] = inverse((x + 0.5) / width, (y + 0.5) / height)
      const isInside = u >= 0 && u < 1 && v >= 0 && v < 1
      const from = (Math.floor(v * height) * width + Math.floor(u * width)) * channels
      const stripe = 6 * Math.sin(x * 0.9 + y * 0.13)
      for (let c = 0; c < 3; c++)
        out[at + c] = isInside ? 22 + 0.8 * data[from + (channels === 1 ? 0 : c)]! + stripe : 18 + 8 * next()
    }
  }
  return sharp(out, { raw: { width, height, channels: 3 } }).blur(0.7)
}

/** From a point of the quadrilateral to the unit square (Heckbert's square-to-quadrilateral map, inverted). */
function squareFrom([x0, y0, x1, y1, x2, y2, x3, y3]: readonly [
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
]): (x: number, y: number) => [number, number] {
  const [dx1, dx2, sx] = [x1 - x2, x3 - x2, x0 - x1 + x2 - x3]
  const [dy1, dy2, sy] = [y1 - y2, y3 - y2, y0 - y1 + y2 - y3]
  const det = dx1 * dy2 - dx2 * dy1
  const g = (sx * dy2 - dx2 * sy) / det
  const h = (dx1 * sy - sx * dy1) / det
  const [a, b, c] = [x1 - x0 + g * x1, x3 - x0 + h * x3, x0]
  const [d, e, f] = [y1 - y0 + g * y1, y3 - y0 + h * y3, y0]
  return (x, y) => {
    // Solve (a − g x) u + (b − h x) v = x − c, and the same for y.
    const [p, q, r, s] = [a - g * x, b - h * x, d - g * y, e - h * y]
    const over = p * s - q * r
    return [((x - c) * s - q * (y - f)) / over, (p * (y - f) - r * (x - c)) / over]
  }
}
