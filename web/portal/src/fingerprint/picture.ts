import { pdq, profile, qualityMin } from '@jikimi/fingerprint'
import type { ReportedPicture } from '../api.ts'
import { Unfit } from './messages.ts'
import { rasterOf } from './raster.ts'

export interface Made<T> {
  readonly fingerprint: T
  /** So little to see in it that a copy may be missed. */
  readonly isWeak: boolean
}

/** The fingerprint of a picture file, turned as its camera says. */
export async function pictureFingerprint(file: Blob): Promise<Made<ReportedPicture>> {
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch((cause: unknown) => {
    throw new Unfit('unreadable', cause)
  })
  try {
    const { hash, quality } = pdq(
      rasterOf({
        width: bitmap.width,
        height: bitmap.height,
        draw: (context, top, rows) =>
          context.drawImage(bitmap, 0, top, bitmap.width, rows, 0, 0, bitmap.width, rows),
      }),
    )
    return { fingerprint: { kind: 'picture', profile, hash, quality }, isWeak: quality < qualityMin }
  } finally {
    bitmap.close()
  }
}
