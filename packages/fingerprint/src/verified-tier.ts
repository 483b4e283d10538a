import { inliersMin, agreeingShareMin, type Verified } from './geometry.ts'
import type { Matched, Tier } from './tiers.ts'

/**
 * Agreeing share of the fields that can speak for the verifier to act by itself. Of 1,560 pairs of screens of one app
 * with other pictures in them none came over 0.65, of 945 true copies one in twenty lies below 0.7; what lies between
 * is for a person.
 */
export const actingShareMin = 0.7

/** So near that no contradiction counts: under strong noise or reduction features fail before the fingerprint does. */
export const undoubtedMax = 11

/**
 * What fingerprints and features say together of one stored picture. Features that fit well act by themselves;
 * features that lie over one another and disagree in many places make a strong match one to be looked at: such
 * pictures share a frame, a page, an app. Too few features to say anything leave the fingerprints' word.
 */
export function tierVerified(matched: Matched | undefined, verified: Verified | undefined): Tier {
  const tier = matched?.tier ?? 'none'
  if (verified === undefined || verified.inliers < inliersMin) return tier
  const share = verified.agreeing / (verified.agreeing + verified.contradicting)
  if (verified.isSame) return share >= actingShareMin ? 'strong' : tier === 'strong' ? 'strong' : 'review'
  const isDoubtful = share < agreeingShareMin && (matched?.distance ?? 0) > undoubtedMax
  return tier === 'strong' && isDoubtful ? 'review' : tier
}
