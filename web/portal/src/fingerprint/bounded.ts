import { thinFrames } from '@jikimi/fingerprint'
import { framesOfReportMax, type ReportedFingerprint } from '../api.ts'

/**
 * The fingerprints of a report within the server's bound: where all videos together have too many frames, the longest
 * are thinned evenly, so that short clips keep all of theirs.
 */
export function boundedFingerprints(
  fingerprints: readonly ReportedFingerprint[],
  countMax = framesOfReportMax,
): readonly ReportedFingerprint[] {
  const counts = fingerprints.flatMap(each => (each.kind === 'video' ? [each.frames.length] : []))
  const most = shareOf(counts, countMax)
  return fingerprints.map(each =>
    each.kind === 'video' && each.frames.length > most
      ? { ...each, frames: thinFrames(each.frames, most) }
      : each,
  )
}

/** How many each may have, so that together they have `countMax` at most: what short ones leave goes to the long. */
function shareOf(counts: readonly number[], countMax: number): number {
  let left = countMax
  const rising = counts.toSorted((a, b) => a - b)
  for (const [i, count] of rising.entries()) {
    const share = Math.floor(left / (rising.length - i))
    if (count > share) return share
    left -= count
  }
  return Infinity
}
