import { dihedral, foldFrames, profile, thinFrames, type Fingerprint, type Pixels } from '@jikimi/fingerprint'
import sharp, { type Metadata } from 'sharp'
import type { FilmFrame } from '#platform/film'
import type { MediaFingerprint } from './fingerprint-media.ts'
import { flattened, picturePixelsMax } from './pixels-of.ts'

// What browsers make of a page without a time of its own, or with one below 20 ms.
const unstatedDelayMs = 100
const delayMinMs = 20

// Two minutes at ten pages a second. Of an animation with more, so many evenly: a small file may hold 100,000.
const pagesMax = 1200

/**
 * A moving GIF or WebP, as the video that it is: each of its pages, those that stand still once. Of one that would
 * take more memory than a large picture, the first pages.
 */
export async function animationFingerprint(
  bytes: Uint8Array,
  said: Metadata,
): Promise<MediaFingerprint | undefined> {
  const all = said.pages ?? 1
  const pageHeight = said.pageHeight ?? said.height
  const pages = Math.max(1, Math.min(all, Math.floor(picturePixelsMax / (said.width * pageHeight))))
  const strip =
    (await decode(bytes, pages, 'truncated')) ?? (await decode(bytes, pages, 'none', true)) ?? undefined
  if (strip === undefined) return undefined
  const delays = Array.from({ length: strip.pages.length }, (_, page) => delayOf(said.delay?.[page]))
  const durationMs = delays.reduce((sum, each) => sum + each, 0)
  let sum = 0
  const starts = delays.map(delay => (sum += delay) - delay)
  const frames = thinFrames([...strip.pages.entries()], pagesMax).map(([i, page]): FilmFrame => ({
    atMs: starts[i]!,
    ...dihedral(page),
  }))
  return {
    kind: 'video',
    profile,
    isPartial: strip.isPartial || strip.pages.length < all,
    durationMs,
    frames: foldFrames(frames, frame => frame.hashes.identity as Fingerprint),
  }
}

const delayOf = (ms: number | undefined) => (ms === undefined || ms < delayMinMs ? unstatedDelayMs : ms)

async function decode(
  bytes: Uint8Array,
  pages: number,
  failOn: 'truncated' | 'none',
  isPartial = false,
): Promise<{ pages: Pixels[]; isPartial: boolean } | undefined> {
  try {
    const { data, info } = await sharp(bytes, { pages, limitInputPixels: picturePixelsMax, failOn })
      .toColourspace('srgb')
      .ensureAlpha()
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true })
    const height = info.pageHeight ?? Math.floor(info.height / pages)
    const size = info.width * height * 4
    const cut = Array.from({ length: Math.floor(data.length / size) }, (_, page) =>
      flattened(
        {
          width: info.width,
          height,
          channels: 4,
          data: data.subarray(page * size, (page + 1) * size),
        },
        255,
      ),
    )
    return { pages: cut, isPartial }
  } catch {
    return undefined
  }
}
