import { profile, qualityMin } from '@jikimi/fingerprint'
import { filmFingerprint } from '@jikimi/shared/film-file.ts'
import type { ReportedVideo } from '../api.ts'
import type { Made } from './picture.ts'

/** The fingerprint of a video file, as a report takes it. */
export async function videoFingerprint(
  file: Blob,
  progress: (share: number) => void,
): Promise<Made<ReportedVideo>> {
  const { durationMs, frames } = await filmFingerprint(file, progress)
  return {
    fingerprint: { kind: 'video', profile, durationMs, frames },
    isWeak: frames.every(frame => frame.quality < qualityMin),
  }
}
