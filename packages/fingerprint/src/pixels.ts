/** Decoded pixels, rows from the top, no padding. Turn by EXIF and lay over a ground before: alpha is ignored. */
export interface Pixels {
  readonly width: number
  readonly height: number
  /** Grey (1 channel), RGB (3) or RGBA (4, as a canvas gives it). */
  readonly channels: 1 | 3 | 4
  readonly data: Uint8Array | Uint8ClampedArray
}

/** Pixels as the TypeScript passes read them, one 32-bit word each: R | G << 8 | B << 16. */
export interface Packed {
  readonly width: number
  readonly height: number
  readonly isGrey: boolean
  readonly words: Uint32Array
}

/**
 * Names and versions of what happens to the pixels before the hash; the fingerprints of one profile are not
 * those of another, so the name is stored beside every fingerprint.
 *
 * - `pdq-512/1`: a picture with a side above 512 is brought to 512 × 512 whatever its shape, taking the pixel
 *   at floor(i × side / 512), as the reference's command-line tool does. It needs no canvas and no codec, so
 *   browser and server give the same bits from the same pixels.
 * - `pdq-full/1`: every pixel at full resolution, luma in 32-bit floats, as the reference's C++ interface.
 * - `pdq-full64/1`: every pixel, luma in 64-bit floats rounded once, as the Python package pdqhash and with it
 *   Hasher-Matcher-Actioner.
 */
export const profiles = ['pdq-512/1', 'pdq-full/1', 'pdq-full64/1'] as const
export type Profile = (typeof profiles)[number]

/** The profile where none is named. */
export const profile = 'pdq-512/1' satisfies Profile

/** How luma is rounded; grey is its own luma either way. */
export type Luma = 'f32' | 'f64'

/** Longest side that `pdq-512/1` hashes as it is. */
export const sideMax = 512

/** Pictures beyond this are refused before any memory is taken: 268 megapixels, more than any phone makes. */
export const pixelsMax = 2 ** 28

const isLittleEndian = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1

/**
 * Checks the shape of decoded pixels.
 * @throws RangeError when size, channels and bytes do not fit together
 */
export function checkPixels(pixels: Pixels): void {
  const { width, height, channels, data } = pixels
  if (!Number.isInteger(width) || !Number.isInteger(height) || width < 1 || height < 1) {
    throw new RangeError('Width and height must be whole numbers above 0.')
  }
  if (width * height > pixelsMax) throw new RangeError(`A picture may have at most ${pixelsMax} pixels.`)
  if (channels !== 1 && channels !== 3 && channels !== 4) {
    throw new RangeError('Pixels have 1 (grey), 3 (RGB) or 4 (RGBA) channels.')
  }
  if (data.length !== width * height * channels) {
    throw new RangeError('The bytes of a picture must be width × height × channels.')
  }
}

/** What `pdq-512/1` makes of a picture with a long side: 512 × 512 pixels, grey or RGBA. */
export function reduce(pixels: Pixels): Pixels {
  const { width, height, channels, data } = pixels
  if (width <= sideMax && height <= sideMax) return pixels
  const columns = Uint32Array.from({ length: sideMax }, (_, x) => Math.floor((x * width) / sideMax))
  const rows = Uint32Array.from({ length: sideMax }, (_, y) => Math.floor((y * height) / sideMax) * width)
  const shape = { width: sideMax, height: sideMax }
  if (channels === 1)
    return { ...shape, channels, data: sampled(data, new Uint8Array(sideMax ** 2), rows, columns) }
  const words = new Uint32Array(sideMax ** 2)
  if (isReadAsWords(pixels)) sampled(wordsOf(pixels), words, rows, columns)
  else sampledBytes(data, channels, words, rows, columns)
  return { ...shape, channels: 4, data: bytesOf(words) }
}

function sampled<T extends Uint8Array | Uint8ClampedArray | Uint32Array>(
  from: ArrayLike<number>,
  to: T,
  rows: Uint32Array,
  columns: Uint32Array,
): T {
  for (let y = 0, at = 0; y < sideMax; y++) {
    const row = rows[y]!
    for (let x = 0; x < sideMax; x++) to[at++] = from[row + columns[x]!]!
  }
  return to
}

function sampledBytes(
  data: Pixels['data'],
  channels: number,
  words: Uint32Array,
  rows: Uint32Array,
  columns: Uint32Array,
): void {
  for (let y = 0, at = 0; y < sideMax; y++) {
    const row = rows[y]!
    for (let x = 0; x < sideMax; x++) {
      const from = (row + columns[x]!) * channels
      words[at++] = data[from]! | (data[from + 1]! << 8) | (data[from + 2]! << 16)
    }
  }
}

function bytesOf(words: Uint32Array): Uint8Array {
  const bytes = new Uint8Array(words.buffer)
  if (isLittleEndian) return bytes
  const view = new DataView(words.buffer)
  words.forEach((word, i) => view.setUint32(i * 4, word, true))
  return bytes
}

function isReadAsWords({ channels, data }: Pixels): boolean {
  return channels === 4 && isLittleEndian && data.byteOffset % 4 === 0
}

function wordsOf({ width, height, data }: Pixels): Uint32Array {
  return new Uint32Array(data.buffer, data.byteOffset, width * height)
}

/** Brings pixels into the one form the TypeScript passes read; RGBA is only looked at, not copied. */
export function pack(pixels: Pixels): Packed {
  const { width, height, channels, data } = pixels
  const isGrey = channels === 1
  if (isReadAsWords(pixels)) return { width, height, isGrey, words: wordsOf(pixels) }
  const words = new Uint32Array(width * height)
  const green = isGrey ? 0 : 1
  const blue = isGrey ? 0 : 2
  for (let at = 0, from = 0; at < words.length; at++, from += channels) {
    words[at] = data[from]! | (data[from + green]! << 8) | (data[from + blue]! << 16)
  }
  return { width, height, isGrey, words }
}
