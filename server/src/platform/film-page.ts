/**
 * Runs in the page of `film.ts`, never in Node: its types are taken off when it is served. The only file it can
 * reach is the one in hand, at `/file`.
 *
 * @module
 */
import {
  dihedral,
  foldFrames,
  followFilm,
  framesMax,
  ready,
  sampleIntervalMs,
  thinFrames,
  type Fingerprint,
  type Pixels,
} from '@jikimi/fingerprint'
import { ALL_FORMATS, BlobSource, Input, VideoSampleSink, type VideoSample } from 'mediabunny'
import type { FilmFrame, FilmReading } from './film.ts'

async function opened() {
  const blob = await (await fetch('/file')).blob()
  const input = new Input({ formats: ALL_FORMATS, source: new BlobSource(blob) })
  const track = await input.getPrimaryVideoTrack()
  if (track === null || !(await track.canDecode())) return undefined
  const startS = await track.getFirstTimestamp()
  const lengthS = (await track.computeDuration()) - startS
  return lengthS > 0 ? { track, sink: new VideoSampleSink(track), startS, lengthS } : undefined
}

let canvas: OffscreenCanvasRenderingContext2D | undefined

/** As upright as a player shows it, over white. */
function drawnOn(sample: VideoSample): OffscreenCanvasRenderingContext2D {
  const { displayWidth: width, displayHeight: height } = sample
  if (canvas?.canvas.width !== width || canvas.canvas.height !== height)
    canvas = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })!
  canvas.fillStyle = '#fff'
  canvas.fillRect(0, 0, width, height)
  sample.draw(canvas, 0, 0, width, height)
  return canvas
}

function drawn(sample: VideoSample): Pixels {
  const context = drawnOn(sample)
  const { width, height } = context.canvas
  return { width, height, channels: 4, data: context.getImageData(0, 0, width, height).data }
}

async function fingerprint(): Promise<FilmReading | null> {
  const file = await opened()
  if (file === undefined) return null
  await ready()
  const lengthMs = Math.round(file.lengthS * 1000)
  const frames = await followFilm(file.sink.samples(), {
    startS: file.startS,
    intervalMs: sampleIntervalMs(lengthMs, 'asked'),
    drawn,
    made: (atMs, pixels): FilmFrame => ({ atMs, ...dihedral(pixels) }),
  })
  if (frames.length === 0) return null
  const kept = thinFrames(
    foldFrames(frames, frame => frame.hashes.identity as Fingerprint),
    framesMax,
  )
  return { durationMs: Math.max(lengthMs, frames.at(-1)!.atMs, 1), frames: kept }
}

async function still(): Promise<string | null> {
  const file = await opened()
  using sample = file === undefined ? null : await file.sink.getSample(file.startS + file.lengthS / 3)
  if (sample === null) return null
  const png = await drawnOn(sample).canvas.convertToBlob({ type: 'image/png' })
  const bytes = new Uint8Array(await png.arrayBuffer())
  let text = ''
  for (let from = 0; from < bytes.length; from += 0x8000)
    text += String.fromCharCode(...bytes.subarray(from, from + 0x8000))
  return btoa(text)
}

Object.assign(globalThis, { film: { fingerprint, still } })
