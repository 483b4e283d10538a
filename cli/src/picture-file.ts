/**
 * A picture file as pixels for the fingerprint: turned by its EXIF, laid over white, as the product does it.
 *
 * @module
 */
import { dihedral, pixelsMax, sampleTimes, type Dihedral, type Pixels } from '@jikimi/fingerprint'
import type { Metadata, Sharp } from 'sharp'
import { ending, endWith } from './ending.ts'

/** A file that is no picture, or cannot be read as one. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable'

  constructor(path: string, cause?: unknown) {
    super(
      `${path} cannot be read as a picture. This command takes JPEG, PNG, WebP, AVIF, GIF and TIFF; videos are fingerprinted in the portal and by the server.`,
      { cause },
    )
  }
}

/** What a file shows: one picture, or the pages of a moving GIF or WebP at the times that a video is sampled at. */
export type Seen =
  | { readonly kind: 'picture'; readonly pixels: Pixels }
  | {
      readonly kind: 'video'
      readonly durationMs: number
      readonly frames: readonly { readonly atMs: number; readonly pixels: Pixels }[]
    }

// What browsers make of a page without a time of its own, or with one below 20 ms.
const unstatedDelayMs = 100
const delayMinMs = 20

/** Reads a file. @throws Unreadable */
export async function readFile(path: string): Promise<Seen> {
  // Only here: the decoders take longer to load than all other commands need.
  const { default: sharp } = await import('sharp')
  try {
    const said = await sharp(path, { limitInputPixels: pixelsMax }).metadata()
    const isMoving = (said.format === 'gif' || said.format === 'webp') && (said.pages ?? 1) > 1
    if (!isMoving)
      return {
        kind: 'picture',
        pixels: await pixelsOf(sharp(path, { limitInputPixels: pixelsMax }).rotate()),
      }
    return pagesOf(said, await pixelsOf(sharp(path, { limitInputPixels: pixelsMax, pages: -1 })))
  } catch (cause) {
    throw new Unreadable(path, cause)
  }
}

/** The fingerprint of a picture file in all eight turns; ends the command where it cannot be read. */
export async function fingerprintFile(path: string): Promise<Dihedral> {
  try {
    const seen = await readFile(path)
    return dihedral(seen.kind === 'picture' ? seen.pixels : seen.frames[0]!.pixels)
  } catch (error) {
    return endWith(ending.wrongUse, error instanceof Unreadable ? error.message : String(error))
  }
}

async function pixelsOf(picture: Sharp): Promise<Pixels> {
  const { data, info } = await picture
    .flatten({ background: '#fff' })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { width: info.width, height: info.height, channels: info.channels === 3 ? 3 : 1, data }
}

/** The strip of all pages, one below the other, as frames. */
function pagesOf(said: Metadata, { width, height, channels, data }: Pixels): Seen {
  const pages = said.pages ?? 1
  const pageHeight = said.pageHeight ?? height / pages
  const size = width * pageHeight * channels
  const delays = Array.from({ length: pages }, (_, page) => {
    const ms = said.delay?.[page]
    return ms === undefined || ms < delayMinMs ? unstatedDelayMs : ms
  })
  const durationMs = delays.reduce((sum, each) => sum + each, 0)
  const frames = sampleTimes(durationMs / 1000).map(atMs => {
    let [page, start] = [0, 0]
    while (page < pages - 1 && start + delays[page]! <= atMs) start += delays[page++]!
    const pixels = {
      width,
      height: pageHeight,
      channels,
      data: data.subarray(page * size, (page + 1) * size),
    }
    return { atMs, pixels }
  })
  return { kind: 'video', durationMs, frames }
}
