import type { Features } from './features.ts'
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

/** Mostly empty, as pages, screens and chats are: what they share is a template first, so a person looks. */
const emptinessMax = 0.5

/** Whether features alone are sure enough that two pictures are the same to act without a person's eye. */
export function mayAct(
  { isSame, agreeing, contradicting }: Pick<Verified, 'isSame' | 'agreeing' | 'contradicting'>,
  a: Pick<Features, 'emptiness'>,
  b: Pick<Features, 'emptiness'>,
): boolean {
  const isEmpty = Math.max(a.emptiness, b.emptiness) > emptinessMax
  return isSame && !isEmpty && agreeing >= actingShareMin * (agreeing + contradicting)
}

/**
 * What fingerprints and features say together of one stored picture. Features that fit well act by themselves;
 * features that lie over one another and disagree in many places make a strong match one to be looked at: such
 * pictures share a frame, a page, an app. Too few features to say anything leave the fingerprints' word.
 */
export function tierVerified(
  matched: Matched | undefined,
  verified: Verified | undefined,
  a: Pick<Features, 'emptiness'>,
  b: Pick<Features, 'emptiness'>,
): Tier {
  const tier = matched?.tier ?? 'none'
  if (verified === undefined || verified.inliers < inliersMin) return tier
  if (verified.isSame) return tier === 'strong' || mayAct(verified, a, b) ? 'strong' : 'review'
  const share = verified.agreeing / (verified.agreeing + verified.contradicting)
  const isDoubtful = share < agreeingShareMin && (matched?.distance ?? 0) > undoubtedMax
  return tier === 'strong' && isDoubtful ? 'review' : tier
}
