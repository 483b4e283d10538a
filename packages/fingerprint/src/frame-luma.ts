/**
 * A decoder's own planes read as the profile `pdq-512/1` reads a picture, without a canvas between: a frame costs
 * the 512 × 512 pixels that are hashed, not the whole picture in colour.
 *
 * @module
 */
import { pixelsMax, sideMax, type Pixels } from './pixels.ts'

/** Orders of brightness and colour that a decoder may give; all others are drawn first. */
export const planeFormats = ['I420', 'I422', 'I444', 'NV12'] as const
export type PlaneFormat = (typeof planeFormats)[number]

/** A decoded frame as its decoder left it (WebCodecs `VideoFrame.copyTo`). */
export interface FramePlanes {
  readonly format: PlaneFormat
  /** Of the visible part, before turning. */
  readonly width: number
  readonly height: number
  readonly data: Uint8Array
  /** Where each plane begins in `data` and how far its rows lie apart, in bytes. */
  readonly layout: readonly { readonly offset: number; readonly stride: number }[]
  /** Degrees clockwise by which a player turns the frame. */
  readonly rotation: 0 | 90 | 180 | 270
  /** Brightness from 0 to 255; else from 16 to 235 (ITU-R BT.601). */
  readonly isFullRange: boolean
  /** Colours weighed as for high definition (ITU-R BT.709); else as BT.601. */
  readonly isHighDefinition: boolean
}

/** Samples of a thumbnail along each side, and of each cell of it. */
const cells = 16
const cellSamples = 4

/**
 * The grey picture that `pdq` reads of this frame: upright, a side above 512 brought to 512 by taking the pixel at
 * floor(i × side / 512). Within rounding the luminance that a canvas would give.
 * @throws RangeError when the planes do not hold the picture
 */
export function lumaOfFrame(frame: FramePlanes): Pixels {
  checkPlanes(frame)
  const isTurned = frame.rotation === 90 || frame.rotation === 270
  const [width, height] = isTurned ? [frame.height, frame.width] : [frame.width, frame.height]
  const isLarge = width > sideMax || height > sideMax
  const [w, h] = isLarge ? [sideMax, sideMax] : [width, height]
  const across = places(w, width, frame.rotation === 180 || frame.rotation === 90)
  const down = places(h, height, frame.rotation === 180 || frame.rotation === 270)
  const [columns, rows] = isTurned ? [down, across] : [across, down]
  const brightness = brightnessOf(frame, { columns, rows, isTurned })
  if (frame.isHighDefinition) addColour(frame, { columns, rows, isTurned }, brightness)
  return { width: w, height: h, channels: 1, data: brightness }
}

/** The pixel that stands for each of `count` places along a side; from the far end where the frame is turned. */
function places(count: number, side: number, isReversed: boolean): Uint32Array {
  return Uint32Array.from({ length: count }, (_, i) => {
    const place = Math.floor((i * side) / count)
    return isReversed ? side - 1 - place : place
  })
}

/** Which columns and rows of the decoder's picture are taken; turned, its columns are the rows that are seen. */
interface Taken {
  readonly columns: Uint32Array
  readonly rows: Uint32Array
  readonly isTurned: boolean
}

/** Where the pixels lie in a plane: the sum of one number for the line that is seen and one for the place in it. */
function parts(
  { columns, rows, isTurned }: Taken,
  stride: number,
  right: number,
  down: number,
  step: number,
) {
  const ofColumn = columns.map(x => (x >> right) * step)
  const ofRow = rows.map(y => (y >> down) * stride)
  return isTurned ? { line: ofColumn, place: ofRow } : { line: ofRow, place: ofColumn }
}

function brightnessOf({ data, layout, isFullRange }: FramePlanes, taken: Taken): Uint8Array {
  const { offset, stride } = layout[0]!
  const { line, place } = parts(taken, stride, 0, 0, 1)
  const made = new Uint8Array(line.length * place.length)
  const level = Uint8Array.from({ length: 256 }, (_, value) =>
    isFullRange ? value : Math.min(255, Math.max(0, Math.round(((value - 16) * 255) / 219))),
  )
  for (let y = 0, at = 0; y < line.length; y++) {
    const from = offset + line[y]!
    for (let x = 0; x < place.length; x++) made[at++] = level[data[from + place[x]!]!]!
  }
  return made
}

/** Steps that a share of a colour's difference adds to the brightness of BT.601, in 65,536ths. */
const redShare = 12851
const blueShare = 6658

/**
 * Luminance is 0.299 R + 0.587 G + 0.114 B of a pixel, which under BT.601 is the brightness itself. Under BT.709, with
 * R = Y + 1.5748 Cr, G = Y − 0.1873 Cb − 0.4681 Cr, B = Y + 1.8556 Cb, it is Y + 0.1961 Cr + 0.1016 Cb.
 */
function addColour({ data, layout, format, isFullRange }: FramePlanes, taken: Taken, made: Uint8Array): void {
  const isPaired = format === 'NV12'
  const blue = layout[1]!
  const right = format === 'I444' ? 0 : 1
  const down = format === 'I420' || isPaired ? 1 : 0
  const { line, place } = parts(taken, blue.stride, right, down, isPaired ? 2 : 1)
  const scale = isFullRange ? 1 : 255 / 224
  const [redSteps, blueSteps] = [Math.round(redShare * scale), Math.round(blueShare * scale)]
  const red = isPaired ? { offset: blue.offset + 1, stride: blue.stride } : layout[2]!
  const ofRed = parts(taken, red.stride, right, down, isPaired ? 2 : 1)
  for (let y = 0, at = 0; y < line.length; y++) {
    const [blueFrom, redFrom] = [blue.offset + line[y]!, red.offset + ofRed.line[y]!]
    for (let x = 0; x < place.length; x++, at++) {
      const b = data[blueFrom + place[x]!]! - 128
      const r = data[redFrom + ofRed.place[x]!]! - 128
      const value = made[at]! + ((r * redSteps + b * blueSteps + 32768) >> 16)
      made[at] = value < 0 ? 0 : value > 255 ? 255 : value
    }
  }
}

/**
 * A frame in 16 × 16 steps of grey, not turned, each the mean of 16 samples: enough to tell whether the shot has
 * changed, and a thousandth of the work of a fingerprint.
 */
export function thumbnailOfFrame(frame: FramePlanes): Uint8Array {
  checkPlanes(frame)
  const { offset, stride } = frame.layout[0]!
  return thumbnail(frame.width, frame.height, (x, y) => frame.data[offset + y * stride + x]!)
}

/** The same of pixels, where a decoder gives no planes. */
export function thumbnailOfPixels({ width, height, channels, data }: Pixels): Uint8Array {
  if (channels === 1) return thumbnail(width, height, (x, y) => data[y * width + x]!)
  return thumbnail(width, height, (x, y) => {
    const at = (y * width + x) * channels
    return (data[at]! * 77 + data[at + 1]! * 150 + data[at + 2]! * 29) >> 8
  })
}

function thumbnail(width: number, height: number, luma: (x: number, y: number) => number): Uint8Array {
  const side = cells * cellSamples
  const place = (i: number, length: number) => Math.floor(((i + 0.5) * length) / side)
  const columns = Uint32Array.from({ length: side }, (_, i) => place(i, width))
  const sums = new Uint16Array(cells * cells)
  for (let i = 0; i < side; i++) {
    const y = place(i, height)
    const row = Math.floor(i / cellSamples) * cells
    for (let j = 0; j < side; j++) sums[row + Math.floor(j / cellSamples)]! += luma(columns[j]!, y)
  }
  return Uint8Array.from(sums, sum => Math.round(sum / cellSamples ** 2))
}

function checkPlanes({ format, width, height, data, layout }: FramePlanes): void {
  if (!(width >= 1 && height >= 1 && width * height <= pixelsMax)) {
    throw new RangeError('A frame has at least one pixel, and no more than a picture may have.')
  }
  const planes = format === 'NV12' ? 2 : 3
  if (layout.length < planes) throw new RangeError(`A frame of this format has ${planes} planes.`)
  const halfRows = format === 'I420' || format === 'NV12' ? 2 : 1
  const halfColumns = format === 'I444' ? 1 : 2
  const colourBytes = Math.ceil(width / halfColumns) * (format === 'NV12' ? 2 : 1)
  for (const [i, { offset, stride }] of layout.slice(0, planes).entries()) {
    const rows = i === 0 ? height : Math.ceil(height / halfRows)
    const row = i === 0 ? width : colourBytes
    if (stride < row || offset < 0 || offset + (rows - 1) * stride + row > data.length) {
      throw new RangeError('The planes of a frame do not hold its picture.')
    }
  }
}
