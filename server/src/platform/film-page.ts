/**
 * Runs in the page of `film.ts`, never in Node: its types are taken off when it is served. The only file it can
 * reach is the one in hand, at `/file`.
 *
 * @module
 */
import {
  dihedral,
  filmWindows,
  foldFrames,
  followFilm,
  frameReader,
  framesMax,
  planeOf,
  ready,
  sampled,
  sampleIntervalMs,
  thinFrames,
  type Fingerprint,
  type Pixels,
  type Window,
} from '@jikimi/fingerprint'
import {
  ALL_FORMATS,
  BlobSource,
  EncodedPacketSink,
  Input,
  VideoSampleSink,
  type InputVideoTrack,
  type VideoSample,
} from 'mediabunny'
import type { FilmFrame, FilmReading } from './film.ts'

/** Frames from which the places of other films in the picture are told. */
const surveyFrames = 12
/** Key frames that are read for a first answer. */
const glanceFrames = 120
/** A film this short may be decoded for the survey where it has too few key frames. */
const surveyDecodesUpToS = 120

interface OpenFile {
  readonly track: InputVideoTrack
  readonly sink: VideoSampleSink
  readonly startS: number
  readonly lengthS: number
  /** Places of other films in the picture, once they were looked for. */
  windows: readonly Window[] | undefined
}

/** The file in hand: a glance and the whole reading come one after the other, and it is fetched for both once. */
let held: { readonly number: number; readonly file: OpenFile | undefined } | undefined

async function opened(number: number): Promise<OpenFile | undefined> {
  if (held?.number !== number) held = { number, file: await openFile() }
  return held.file
}

async function openFile(): Promise<OpenFile | undefined> {
  const blob = await (await fetch('/file')).blob()
  const input = new Input({ formats: ALL_FORMATS, source: new BlobSource(blob) })
  const track = await input.getPrimaryVideoTrack()
  if (track === null || !(await track.canDecode())) return undefined
  const startS = await track.getFirstTimestamp()
  const lengthS = (await track.computeDuration()) - startS
  return lengthS > 0
    ? { track, sink: new VideoSampleSink(track), startS, lengthS, windows: undefined }
    : undefined
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

/** Times of key frames, evenly over the film, in seconds. They are found without decoding anything. */
async function keyTimes({ track, startS, lengthS }: OpenFile, countMax: number): Promise<number[]> {
  const sink = new EncodedPacketSink(track)
  const times: number[] = []
  for (let i = 0; i < countMax; i++) {
    const packet = await sink.getKeyPacket(startS + ((i + 0.5) * lengthS) / countMax, { metadataOnly: true })
    if (packet !== null && packet.timestamp > (times.at(-1) ?? -Infinity)) times.push(packet.timestamp)
  }
  return times
}

/** Fingerprints of one sampled frame: of the whole and of each part. */
interface Sampled {
  readonly atMs: number
  readonly whole: FilmFrame
  readonly parts: readonly FilmFrame[]
}

function sampledFrame(atMs: number, pixels: Pixels, windows: readonly Window[]): Sampled {
  const plane = windows.length > 0 ? planeOf(pixels) : undefined
  const parts = windows.map(window => ({ atMs, ...dihedral(sampled(plane!, { window, angle: 0 })) }))
  return { atMs, whole: { atMs, ...dihedral(pixels) }, parts }
}

/** A frame that was read, and when it is seen. */
interface Look {
  readonly atMs: number
  readonly pixels: Pixels
}

/** Reads the frames at these times; a time that is a key frame's costs one frame's decoding. */
async function* framesAt(file: OpenFile, timesS: readonly number[]): AsyncGenerator<Look> {
  const read = frameReader(drawn)
  for await (const sample of file.sink.samplesAtTimestamps(timesS)) {
    if (sample === null) continue
    try {
      const look = await read(sample)
      yield { atMs: Math.max(0, Math.round((sample.timestamp - file.startS) * 1000)), pixels: look.pixels() }
    } finally {
      sample.close()
    }
  }
}

/** Frames of the film for the survey, where it has too few key frames: a short film may be decoded for them. */
async function surveyed(file: OpenFile): Promise<Pixels[]> {
  const between = file.lengthS / surveyFrames
  const times = Array.from({ length: surveyFrames }, (_, i) => file.startS + (i + 0.5) * between)
  return (await looksAt(file, times)).map(look => look.pixels)
}

async function looksAt(file: OpenFile, timesS: readonly number[]): Promise<Look[]> {
  const looks: Look[] = []
  for await (const look of framesAt(file, timesS))
    if (look.atMs > (looks.at(-1)?.atMs ?? -1)) looks.push(look)
  return looks
}

async function windowsOf(file: OpenFile, looks: readonly Look[]): Promise<readonly Window[]> {
  if (file.windows !== undefined) return file.windows
  const isEnough = looks.length >= 4 || file.lengthS > surveyDecodesUpToS
  const pictures = isEnough ? thinFrames(looks, surveyFrames).map(look => look.pixels) : await surveyed(file)
  file.windows = filmWindows(pictures.map(picture => planeOf(picture)))
  return file.windows
}

function readingOf(
  file: OpenFile,
  windows: readonly Window[],
  frames: readonly Sampled[],
): FilmReading | null {
  if (frames.length === 0) return null
  const kept = (each: readonly FilmFrame[]) =>
    thinFrames(
      foldFrames(each, frame => frame.hashes.identity as Fingerprint),
      framesMax,
    )
  return {
    durationMs: Math.max(Math.round(file.lengthS * 1000), frames.at(-1)!.atMs, 1),
    frames: kept(frames.map(frame => frame.whole)),
    parts: windows.map((window, i) => ({ window, frames: kept(frames.map(frame => frame.parts[i]!)) })),
  }
}

/** The whole film. */
async function fingerprint(number: number): Promise<FilmReading | null> {
  const file = await opened(number)
  if (file === undefined) return null
  await ready()
  const windows =
    file.windows ?? (await windowsOf(file, await looksAt(file, await keyTimes(file, surveyFrames))))
  const frames = await followFilm(file.sink.samples(), {
    startS: file.startS,
    intervalMs: sampleIntervalMs(Math.round(file.lengthS * 1000), 'asked'),
    drawn,
    made: (atMs, pixels) => sampledFrame(atMs, pixels, windows),
  })
  return readingOf(file, windows, frames)
}

/** Its key frames alone: what a first answer can be had from, many times sooner. */
async function glance(number: number): Promise<FilmReading | null> {
  const file = await opened(number)
  if (file === undefined) return null
  await ready()
  const looks = await looksAt(file, await keyTimes(file, glanceFrames))
  const windows = await windowsOf(file, looks)
  return readingOf(
    file,
    windows,
    looks.map(({ atMs, pixels }) => sampledFrame(atMs, pixels, windows)),
  )
}

async function still(number: number): Promise<string | null> {
  const file = await opened(number)
  using sample = file === undefined ? null : await file.sink.getSample(file.startS + file.lengthS / 3)
  if (sample === null) return null
  const png = await drawnOn(sample).canvas.convertToBlob({ type: 'image/png' })
  const bytes = new Uint8Array(await png.arrayBuffer())
  let text = ''
  for (let from = 0; from < bytes.length; from += 0x8000)
    text += String.fromCharCode(...bytes.subarray(from, from + 0x8000))
  return btoa(text)
}

Object.assign(globalThis, { film: { fingerprint, glance, still } })
