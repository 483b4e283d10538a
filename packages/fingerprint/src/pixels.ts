/** Decoded pixels, rows from the top, no padding. Turn by EXIF and lay over a ground before: alpha is ignored. */
export interface Pixels {
  readonly width: number
  readonly height: number
  /** Grey (1 channel), RGB (3) or RGBA (4, as a canvas gives it). */
  readonly channels: 1 | 3 | 4
  readonly data: Uint8Array | Uint8ClampedArray
}

/** Pixels no larger than the profile's side, one 32-bit word each: R | G << 8 | B << 16. */
export interface Packed {
  readonly width: number
  readonly height: number
  readonly isGrey: boolean
  readonly words: Uint32Array
}

/**
 * Name and version of what happens to the pixels before the hash; store it beside every fingerprint.
 * `pdq-512/1`: a picture with a side above 512 is brought to 512 × 512 whatever its shape, taking the pixel
 * at floor(i × side / 512), as the reference's command-line tool does. It needs no canvas and no codec,
 * so browser and server give the same bits from the same pixels.
 */
export const profile = 'pdq-512/1'

/** Longest side that is hashed as it is. */
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

/** Brings pixels into the one form the hash reads; RGBA of 512 and less is only looked at, not copied. */
export function pack(pixels: Pixels): Packed {
  const { width, height, channels, data } = pixels
  const isGrey = channels === 1
  const isLarge = width > sideMax || height > sideMax
  if (!isLarge && channels === 4 && isLittleEndian && data.byteOffset % 4 === 0) {
    return { width, height, isGrey, words: new Uint32Array(data.buffer, data.byteOffset, width * height) }
  }
  const w = isLarge ? sideMax : width
  const h = isLarge ? sideMax : height
  const column = new Uint32Array(w)
  for (let x = 0; x < w; x++) column[x] = Math.floor((x * width) / w) * channels
  const words = new Uint32Array(w * h)
  const green = isGrey ? 0 : 1
  const blue = isGrey ? 0 : 2
  for (let y = 0, at = 0; y < h; y++) {
    const row = Math.floor((y * height) / h) * width * channels
    for (let x = 0; x < w; x++, at++) {
      const from = row + column[x]!
      words[at] = data[from]! | (data[from + green]! << 8) | (data[from + blue]! << 16)
    }
  }
  return { width: w, height: h, isGrey, words }
}
