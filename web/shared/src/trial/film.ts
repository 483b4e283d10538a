import { BufferTarget, CanvasSource, Mp4OutputFormat, Output, WebMOutputFormat } from 'mediabunny'
import { syntheticPicture } from '../../../../packages/fingerprint/src/synthetic-picture.ts'

const framesPerS = 10
const [width, height] = [320, 240]

/** Runs in a browser: a film whose picture changes every second, as WebM, or as MP4 with its contents at the end, in base64. */
export async function shoot(seconds: number, isMp4 = false): Promise<string> {
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d')!
  const target = new BufferTarget()
  const format = isMp4 ? new Mp4OutputFormat({ fastStart: false }) : new WebMOutputFormat()
  const output = new Output({ format, target })
  const source = new CanvasSource(canvas, { codec: isMp4 ? 'vp9' : 'vp8', bitrate: 1_000_000 })
  output.addVideoTrack(source, { frameRate: framesPerS })
  await output.start()
  for (let frame = 0; frame < seconds * framesPerS; frame++) {
    const made = syntheticPicture(50 + Math.floor(frame / framesPerS), width, height)
    context.putImageData(new ImageData(rgba(made.data, made.channels), width, height), 0, 0)
    await source.add(frame / framesPerS, 1 / framesPerS)
  }
  await output.finalize()
  return base64(new Uint8Array(target.buffer!))
}

function rgba(data: Uint8Array | Uint8ClampedArray, channels: number): Uint8ClampedArray<ArrayBuffer> {
  const all = new Uint8ClampedArray(width * height * 4).fill(255)
  for (let i = 0; i < width * height; i++) {
    for (let c = 0; c < 3; c++) all[i * 4 + c] = data[i * channels + (channels === 1 ? 0 : c)]!
  }
  return all
}

function base64(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 0x8000) {
    text += String.fromCharCode(...bytes.subarray(at, at + 0x8000))
  }
  return btoa(text)
}
