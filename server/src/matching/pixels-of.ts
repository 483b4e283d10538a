import type { Pixels } from '@jikimi/fingerprint'
import sharp, { type Metadata, type Sharp } from 'sharp'

// A decoded picture of this size takes 300 MB for a moment; phones make no larger ones.
export const picturePixelsMax = 100_000_000

export interface Decoded {
  readonly overWhite: Pixels
  /** Where the picture is see-through and looks different over black. */
  readonly overBlack: Pixels | undefined
  /** The file ends early: what there is of it was read. */
  readonly isPartial: boolean
}

/** The pixels of a picture as it is seen: upright, sRGB, 8 bits; undefined for what cannot be decoded at all. */
export async function pixelsOf(bytes: Uint8Array, said: Metadata): Promise<Decoded | undefined> {
  const whole = await decode(bytes, said, 'truncated')
  if (whole !== undefined) return { ...whole, isPartial: false }
  const part = await decode(bytes, said, 'none')
  return part === undefined ? undefined : { ...part, isPartial: true }
}

async function decode(bytes: Uint8Array, said: Metadata, failOn: 'truncated' | 'none') {
  try {
    const raw = await rawOf(sharp(bytes, { limitInputPixels: picturePixelsMax, failOn }).rotate())
    if (!said.hasAlpha || raw.channels !== 4) return { overWhite: raw, overBlack: undefined }
    return {
      overWhite: flattened(raw, 255),
      overBlack: isSeeThrough(raw) ? flattened(raw, 0) : undefined,
    }
  } catch {
    return undefined
  }
}

/** CMYK, grey and 16 bits become sRGB of 8 bits, by the file's own colour profile where it has one. */
async function rawOf(picture: Sharp): Promise<Pixels> {
  const { data, info } = await picture
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
  const { width, height, channels } = info
  if (channels === 2) return withAlpha({ width, height, data })
  return { width, height, channels, data }
}

/** Grey with alpha, as four channels. */
function withAlpha({ width, height, data }: { width: number; height: number; data: Uint8Array }): Pixels {
  const rgba = new Uint8Array(width * height * 4)
  for (let at = 0; at < width * height; at += 1) {
    rgba.fill(data[at * 2]!, at * 4, at * 4 + 3)
    rgba[at * 4 + 3] = data[at * 2 + 1]!
  }
  return { width, height, channels: 4, data: rgba }
}

function isSeeThrough({ data }: Pixels): boolean {
  for (let at = 3; at < data.length; at += 4) if (data[at]! < 255) return true
  return false
}

/** Four channels over one grey, as three. */
export function flattened({ width, height, data }: Pixels, ground: number): Pixels {
  const rgb = new Uint8Array(width * height * 3)
  for (let from = 0, to = 0; from < data.length; from += 4, to += 3) {
    const alpha = data[from + 3]!
    const rest = ground * (255 - alpha)
    for (let channel = 0; channel < 3; channel += 1)
      rgb[to + channel] = Math.round((data[from + channel]! * alpha + rest) / 255)
  }
  return { width, height, channels: 3, data: rgb }
}
