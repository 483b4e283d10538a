/**
 * A picture file as pixels for the fingerprint: turned by its EXIF, laid over white, as the product does it.
 *
 * @module
 */
import { dihedral, pixelsMax, type Dihedral } from '@jikimi/fingerprint'
import { ending, endWith } from './ending.ts'

/** The fingerprint of a picture file in all eight turns; ends the command where it cannot be read. */
export async function fingerprintFile(path: string): Promise<Dihedral> {
  // Only here: the decoders take longer to load than all other commands need.
  const { default: sharp } = await import('sharp')
  try {
    const { data, info } = await sharp(path, { limitInputPixels: pixelsMax })
      .rotate()
      .flatten({ background: '#fff' })
      .toColourspace('srgb')
      .raw()
      .toBuffer({ resolveWithObject: true })
    const channels = info.channels === 3 ? 3 : 1
    return dihedral({ width: info.width, height: info.height, channels, data })
  } catch {
    return endWith(
      ending.wrongUse,
      `${path} cannot be read as a picture. This command takes JPEG, PNG, WebP, AVIF, GIF and TIFF; videos are fingerprinted in the portal and by the server.`,
    )
  }
}
