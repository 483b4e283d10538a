/**
 * Fingerprints as the victim's own device makes them: from pixels, with the same package that runs in the
 * browser.
 *
 * @module
 */
import sharp from 'sharp'
import { pdq, profile, sampleTimes, videoFingerprint, type PictureFingerprint } from '@jikimi/fingerprint'
import { landscapeSvg, type Media } from './pictures.ts'

/** Size of the films of `films.ts`. */
export const filmSize = { width: 480, height: 360 }

/** Of a picture file. */
export async function ofPicture(picture: Media): Promise<object> {
  return { kind: 'picture', profile, ...(await fingerprintOf(picture.bytes)) }
}

/** Of the film that `films.ts` makes of this seed, one scene a second. */
export async function ofFilm(seed: number, scenes: number): Promise<object> {
  const { width, height } = filmSize
  const frames = await Promise.all(
    sampleTimes(scenes).map(async atMs => {
      const svg = landscapeSvg(seed * 1000 + Math.floor(atMs / 1000), width, height)
      return { atMs, ...(await fingerprintOf(Buffer.from(svg))) }
    }),
  )
  return { kind: 'video', profile, ...videoFingerprint(frames, scenes * 1000) }
}

async function fingerprintOf(bytes: Buffer): Promise<PictureFingerprint> {
  const { data, info } = await sharp(bytes)
    .rotate()
    .flatten({ background: '#fff' })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true })
  return pdq({ width: info.width, height: info.height, channels: info.channels === 3 ? 3 : 1, data })
}
