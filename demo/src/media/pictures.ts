/**
 * Synthetic, harmless pictures: landscapes drawn from a seed, and the copies that the world makes of them.
 *
 * @module
 */
import sharp from 'sharp'

export interface Media {
  readonly contentType: string
  readonly bytes: Buffer
}

/** Numbers from 0 to 1 that a seed always gives in the same order (mulberry32). */
export function dice(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A landscape as SVG: sky, sun, ridges, trees. Two seeds give two pictures that nobody takes for one another. */
export function landscapeSvg(seed: number, width: number, height: number): string {
  const roll = dice(seed)
  const hue = roll() * 360
  const sun = `<circle cx="${roll() * width}" cy="${(0.1 + roll() * 0.3) * height}" r="${(0.05 + roll() * 0.12) * height}" fill="hsl(${hue + 40} 90% 80%)"/>`
  const ridges = Array.from({ length: 5 }, (_, depth) => {
    const base = height * (0.35 + depth * 0.13)
    const points = Array.from(
      { length: 14 },
      (_, at) => `${(at / 13) * width},${base + (roll() - 0.5) * height * 0.28}`,
    )
    return `<polygon points="0,${height} ${points.join(' ')} ${width},${height}" fill="hsl(${hue + 120 + depth * 25} 45% ${62 - depth * 12}%)"/>`
  })
  const trees = Array.from({ length: 12 }, () => {
    const [x, y, size] = [roll() * width, height * (0.6 + roll() * 0.35), height * (0.04 + roll() * 0.1)]
    return `<polygon points="${x},${y - size} ${x - size / 2},${y} ${x + size / 2},${y}" fill="hsl(${hue + 90} 50% ${15 + roll() * 25}%)"/>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="hsl(${hue} 60% 70%)"/>${sun}${ridges.join('')}${trees.join('')}</svg>`
}

/** The landscape of a seed as a JPEG. */
export async function landscape(seed: number, width = 960, height = 720): Promise<Media> {
  const bytes = await sharp(Buffer.from(landscapeSvg(seed, width, height)))
    .jpeg({ quality: 88 })
    .toBuffer()
  return { contentType: 'image/jpeg', bytes }
}

export const copies = ['encodedAgain', 'mirrored', 'smaller'] as const
export type Copy = (typeof copies)[number]

/** A copy as people make them: saved again, mirrored to evade, made smaller. */
export async function copyOf(picture: Media, how: Copy): Promise<Media> {
  const image = sharp(picture.bytes)
  const changed = {
    encodedAgain: () => image.jpeg({ quality: 55 }),
    mirrored: () => image.flop().jpeg({ quality: 80 }),
    smaller: () => image.resize({ width: 640 }).webp({ quality: 70 }),
  }[how]()
  const bytes = await changed.toBuffer()
  return { contentType: how === 'smaller' ? 'image/webp' : 'image/jpeg', bytes }
}
