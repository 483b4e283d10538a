import { pdq, planeMaker, profile, qualityMin, windowsOfPlane, type BankWindow } from '@jikimi/fingerprint'
import { rasterOf } from '@jikimi/shared/raster.ts'
import { Unfit } from '@jikimi/shared/unfit.ts'
import type { ReportedPicture } from '../api.ts'

export interface Made<T> {
  readonly fingerprint: T
  /** So little to see in it that a copy may be missed. */
  readonly isWeak: boolean
}

/**
 * The fingerprint of a picture file, turned as its camera says, and those of parts of it, so that a copy that was
 * cropped is found too. The parts are fingerprints like the whole: nothing else of the picture is kept.
 */
export async function pictureFingerprint(file: Blob): Promise<Made<ReportedPicture>> {
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch((cause: unknown) => {
    throw new Unfit('unreadable', cause)
  })
  try {
    const { width, height } = bitmap
    const plane = planeMaker(width, height)
    const pixels = rasterOf(
      {
        width,
        height,
        draw: (context, top, rows) => context.drawImage(bitmap, 0, top, width, rows, 0, 0, width, rows),
      },
      band => plane.add(band),
    )
    const { hash, quality } = pdq(pixels)
    const [, ...parts] = windowsOfPlane(plane.done(), { hash, quality })
    return {
      fingerprint: { kind: 'picture', profile, hash, quality, windows: parts.map(partOf) },
      isWeak: quality < qualityMin,
    }
  } finally {
    bitmap.close()
  }
}

function partOf({ window: { x, y, w, h }, hash, quality }: BankWindow) {
  return { x, y, w, h, hash, quality }
}
