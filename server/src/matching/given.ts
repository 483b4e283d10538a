/**
 * What tests of this room begin with: fingerprints as a victim's device makes them.
 *
 * @module
 */
import { profile, videoFingerprint, type Fingerprint } from '@jikimi/fingerprint'
import type { ReportedFingerprint } from '#intake'
import type { World } from '#platform/world'
import { fingerprintMedia } from './fingerprint-media.ts'

/** The fingerprint that the portal would send for this file. */
export async function reported(
  world: World,
  contentType: string,
  bytes: Buffer,
): Promise<ReportedFingerprint> {
  const made = await fingerprintMedia({ world }, { contentType, bytes })
  if (made === undefined) throw new Error('The made file cannot be read.')
  if (made.kind === 'picture')
    return { kind: 'picture', profile, hash: made.hashes.identity, quality: made.quality }
  const frames = made.frames.map(({ atMs, quality, hashes }) => ({
    atMs,
    quality,
    hash: hashes.identity as Fingerprint,
  }))
  const { durationMs, frames: kept } = videoFingerprint(frames, made.durationMs)
  return { kind: 'video', profile, durationMs, frames: [...kept] }
}
