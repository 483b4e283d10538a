/**
 * Moving GIF and WebP pictures as the films that they are, made where the file lies. Needs the browser's own
 * `ImageDecoder`; where it is missing, `animationTypeOf` still tells what one has.
 *
 * @module
 */
import {
  pdq,
  ready,
  thinFrames,
  videoFingerprint,
  type FrameFingerprint,
  type VideoFingerprint,
} from '@jikimi/fingerprint'
import { rasterOf } from './raster.ts'
import { Unfit } from './unfit.ts'

export type AnimationType = 'image/gif' | 'image/webp'

/** By the file's first bytes, since a name proves nothing: a kind of picture that may move. */
export async function animationTypeOf(file: Blob): Promise<AnimationType | undefined> {
  const head = new Uint8Array(await file.slice(0, 12).arrayBuffer())
  const text = String.fromCharCode(...head)
  if (/^GIF8[79]a/.test(text)) return 'image/gif'
  return text.startsWith('RIFF') && text.endsWith('WEBP') ? 'image/webp' : undefined
}

// As the server has it: two minutes at ten pages a second, and of more so many evenly.
const pagesMax = 1200

/**
 * The fingerprint of all its pages; undefined where there is only one, or this browser cannot take pages one by one.
 * @throws Unfit no page can be read, or one is too large
 */
export async function animationFingerprint(
  file: Blob,
  type: AnimationType,
  progress: (share: number) => void,
): Promise<VideoFingerprint | undefined> {
  if (typeof ImageDecoder === 'undefined' || !(await ImageDecoder.isTypeSupported(type))) return undefined
  const decoder = new ImageDecoder({ data: file.stream(), type, preferAnimation: true })
  try {
    // How many pages there are is known only at the end of the file.
    await decoder.completed
    const count = decoder.tracks.selectedTrack?.frameCount ?? 0
    if (count < 2) return undefined
    await ready()
    const frames: FrameFingerprint[] = []
    let endMs = 0
    for (const page of thinFrames([...Array(count).keys()], pagesMax)) {
      const read = await pageOf(decoder, page)
      // What is broken off is taken as far as it goes.
      if (read === undefined) break
      endMs = read.endMs
      if (read.frame.atMs > (frames.at(-1)?.atMs ?? -1)) frames.push(read.frame)
      progress(page / count)
    }
    if (frames.length === 0) throw new Unfit('unreadable')
    return videoFingerprint(frames, Math.max(1, endMs))
  } finally {
    decoder.close()
  }
}

async function pageOf(
  decoder: ImageDecoder,
  frameIndex: number,
): Promise<{ frame: FrameFingerprint; endMs: number } | undefined> {
  const decoded = await decoder.decode({ frameIndex }).catch(() => undefined)
  if (decoded === undefined) return undefined
  using image = closing(decoded.image)
  const { displayWidth: width, displayHeight: height, timestamp, duration } = image.frame
  const pixels = rasterOf({
    width,
    height,
    draw: (context, top, rows) => context.drawImage(image.frame, 0, top, width, rows, 0, 0, width, rows),
  })
  const atMs = Math.round(timestamp / 1000)
  return { frame: { atMs, ...pdq(pixels) }, endMs: Math.round((timestamp + (duration ?? 0)) / 1000) }
}

const closing = (frame: VideoFrame) => ({ frame, [Symbol.dispose]: () => frame.close() })
