/**
 * Follows a film from its first to its last decoded frame, in the portal and in the server's page alike: which
 * frames are looked at, which are hashed, and how their pixels are read. The decoder is the caller's.
 *
 * @module
 */
import { lumaOfFrame, planeFormats, thumbnailOfFrame, thumbnailOfPixels } from './frame-luma.ts'
import type { FramePlanes, PlaneFormat } from './frame-luma.ts'
import { frameSampler } from './frame-sampler.ts'
import type { Pixels } from './pixels.ts'

/** A decoded frame as mediabunny gives it (`VideoSample`, around a `VideoFrame` of WebCodecs). */
export interface DecodedFrame {
  /** Seconds. */
  readonly timestamp: number
  readonly format: string | null
  readonly visibleRect: { readonly width: number; readonly height: number }
  readonly rotation: number
  readonly flip: boolean
  readonly colorSpace: { readonly matrix: string | null; readonly fullRange: boolean | null }
  allocationSize(): number
  copyTo(destination: Uint8Array): Promise<readonly { readonly offset: number; readonly stride: number }[]>
  close(): void
}

export interface Following<F extends DecodedFrame, T> {
  /** Seconds at which the film begins: 0 of the times given. */
  readonly startS: number
  readonly intervalMs: number
  /** The pixels of a frame whose planes cannot be had: a format that is not known, or a frame with alpha. */
  readonly drawn: (frame: F) => Pixels
  /** What is kept of a sampled frame: grey pixels, or drawn ones. */
  readonly made: (atMs: number, pixels: Pixels) => T
  /** Heard at every look. */
  readonly progress?: (atMs: number) => void
}

/** What `made` gave for each sampled frame, in order of time; every frame is closed. */
export async function followFilm<F extends DecodedFrame, T>(
  frames: AsyncIterable<F>,
  { startS, intervalMs, drawn, made, progress }: Following<F, T>,
): Promise<T[]> {
  const sampler = frameSampler(intervalMs)
  const read = frameReader(drawn)
  const kept: T[] = []
  let lastMs = -1
  for await (const frame of frames) {
    try {
      const atMs = Math.max(0, Math.round((frame.timestamp - startS) * 1000))
      if (atMs <= lastMs || !sampler.wantsLook(atMs)) continue
      lastMs = atMs
      const { thumbnail, pixels } = await read(frame)
      if (sampler.look(atMs, thumbnail)) kept.push(made(atMs, pixels()))
      progress?.(atMs)
    } finally {
      frame.close()
    }
  }
  return kept
}

/** What a look at a frame gives: its thumbnail, and its pixels where they are asked for. */
export interface FrameLook {
  readonly thumbnail: Uint8Array
  readonly pixels: () => Pixels
}

/**
 * Reads frames one after the other; `pixels` must be called before the next one is read. The bytes of one frame are
 * held, whatever the length of the film.
 */
export function frameReader<F extends DecodedFrame>(
  drawn: (frame: F) => Pixels,
): (frame: F) => Promise<FrameLook> {
  let buffer = new Uint8Array(0)
  return async frame => {
    if (hasPlanes(frame)) {
      const bytes = frame.allocationSize()
      if (buffer.length < bytes) buffer = new Uint8Array(bytes)
      const planes = planesOf(frame, buffer, await frame.copyTo(buffer))
      return { thumbnail: thumbnailOfFrame(planes), pixels: () => lumaOfFrame(planes) }
    }
    const picture = drawn(frame)
    return { thumbnail: thumbnailOfPixels(picture), pixels: () => picture }
  }
}

function hasPlanes({ format, flip }: DecodedFrame): boolean {
  return !flip && (planeFormats as readonly (string | null)[]).includes(format)
}

function planesOf(frame: DecodedFrame, data: Uint8Array, layout: FramePlanes['layout']): FramePlanes {
  const { width, height } = frame.visibleRect
  const { matrix, fullRange } = frame.colorSpace
  return {
    format: frame.format as PlaneFormat,
    width,
    height,
    data,
    layout,
    rotation: frame.rotation as FramePlanes['rotation'],
    isFullRange: fullRange === true,
    // Where a file says nothing, players take its height as the sign; and 10 bits of difference are no loss.
    isHighDefinition: matrix === 'bt709' || (matrix === null && height >= 720),
  }
}
