import { pixelsMax, sideMax, type Pixels } from '@jikimi/fingerprint'
import { Unfit } from './unfit.ts'

/** Anything that can be drawn: `draw` puts the rows from `top` on at the upper edge of the canvas. */
export interface Drawable {
  readonly width: number
  readonly height: number
  draw(context: OffscreenCanvasRenderingContext2D, top: number, rows: number): void
}

// A band of a 200-megapixel picture takes 16 MB here; the whole would take 800 MB, more than a phone has and
// more than Safari's largest canvas.
const bandPixelsMax = 4 * 1024 * 1024

/**
 * The pixels that the profile `pdq-512/1` reads, taken band by band: a side above 512 is brought to 512 by
 * taking the pixel at floor(i × side / 512), over a white ground. The same bits as from the whole picture.
 * `onBand` is given every row once, from the top, a band at a time.
 */
export function rasterOf(picture: Drawable, onBand?: (band: Pixels) => void): Pixels {
  const { width, height } = picture
  if (width < 1 || height < 1) throw new Unfit('unreadable')
  if (width * height > pixelsMax) throw new Unfit('tooLarge')
  const isLarge = width > sideMax || height > sideMax
  const [w, h] = isLarge ? [sideMax, sideMax] : [width, height]
  const columns = Uint32Array.from({ length: w }, (_, x) => Math.floor((x * width) / w))
  const rows = Uint32Array.from({ length: h }, (_, y) => Math.floor((y * height) / h))
  const bandRows = Math.max(1, Math.min(height, Math.floor(bandPixelsMax / width)))
  const context = new OffscreenCanvas(width, bandRows).getContext('2d', { willReadFrequently: true })
  if (context === null) throw new Unfit('tooLarge')
  const data = new Uint8ClampedArray(w * h * 4)
  const to = new Uint32Array(data.buffer)
  for (let top = 0, y = 0; top < height; top += bandRows) {
    const band = Math.min(bandRows, height - top)
    context.fillStyle = '#fff'
    context.fillRect(0, 0, width, bandRows)
    picture.draw(context, top, band)
    const bytes = context.getImageData(0, 0, width, band).data
    onBand?.({ width, height: band, channels: 4, data: bytes })
    const read = new Uint32Array(bytes.buffer)
    for (; y < h && rows[y]! < top + band; y++) {
      const start = (rows[y]! - top) * width
      for (let x = 0; x < w; x++) to[y * w + x] = read[start + columns[x]!]!
    }
  }
  return { width: w, height: h, channels: 4, data }
}
