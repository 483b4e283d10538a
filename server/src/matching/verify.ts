/**
 * Whether a found picture is one that the product holds, by local features: for copies of which the fingerprint
 * says too little, since much was cut off, laid over or put around. It proposes and a person decides: screens of one
 * app around different pictures are taken for the same, and no bounds were found that hold on pictures which they
 * were not chosen on (`node bench/verifier-acts.ts`).
 *
 * @module
 */
import { setImmediate as pause } from 'node:timers/promises'
import {
  explainVerified,
  featureBank,
  suspects,
  verifyFeatures,
  type Features,
  type Transform,
  type Verified,
  type Window,
  type Words,
} from '@jikimi/fingerprint'
import type { BankedId } from '#platform/ids'
import type { BankedFeatures } from './bank.ts'

/** Why a found picture is the same as a held one, and how it lies in it. */
export interface VerifiedCopy {
  readonly verified: Verified
  readonly copy: Size
  readonly stored: Size
}

/** Pixels of a working copy. */
type Size = Pick<Features, 'width' | 'height'>

export interface Recognised {
  readonly banked: BankedId
  readonly explanation: VerifiedCopy
}

/** So many are all compared, 20 to 40 ms each; of more, those that share the most features with what was found. */
const comparedMax = 24

/**
 * Compares what was found with each picture that the bank holds, and says which it is by the most agreeing places;
 * undefined where it is none of them.
 */
export async function recognise(
  bank: readonly BankedFeatures[],
  found: Features,
): Promise<Recognised | undefined> {
  let best: VerifiedCopy | undefined
  let recognised: BankedId | undefined
  for (const { banked, features } of nearest(bank, found)) {
    // Others' requests go on between two comparisons.
    await pause()
    const verified = verifyFeatures(found, features)
    if (!verified.isSame || verified.inliers <= (best?.verified.inliers ?? 0)) continue
    best = { verified, copy: sizeOf(found), stored: sizeOf(features) }
    recognised = banked
  }
  return best && recognised && { banked: recognised, explanation: best }
}

function nearest(bank: readonly BankedFeatures[], found: Features): readonly BankedFeatures[] {
  if (bank.length <= comparedMax) return bank
  const laidOut = featureBank(bank.map(each => ({ id: each, features: each.features })))
  return suspects(laidOut, found, comparedMax).map(({ id }) => id)
}

function sizeOf({ width, height }: Size): Size {
  return { width, height }
}

/** What was done to the copy, in words. */
export function wordsOf({ verified, copy, stored }: VerifiedCopy): Words {
  return explainVerified(verified, copy, stored)
}

/** Degrees, clockwise as seen, by which the copy lies turned. */
export function angleOf({ verified: { transform } }: VerifiedCopy): number {
  if (transform === undefined) return 0
  const [a, b, , d, e] = transform
  return Math.round((Math.atan2(d - b, a + e) * 180) / Math.PI)
}

/** The part of the copy that the stored picture takes up, as far as it is there. */
export function windowOf({ verified, copy, stored }: VerifiedCopy): Window {
  const { transform, isMirrored } = verified
  const back = transform && inverse(transform)
  if (back === undefined) return { x: 0, y: 0, w: 1, h: 1 }
  const corners = [
    [0, 0],
    [stored.width, 0],
    [0, stored.height],
    [stored.width, stored.height],
  ].map(([x, y]) => {
    const [a, b, c, d, e, f] = back
    const across = a * x! + b * y! + c
    return [(isMirrored ? copy.width - across : across) / copy.width, (d * x! + e * y! + f) / copy.height]
  })
  const [left, right] = rangeOf(corners.map(([x]) => x!))
  const [top, bottom] = rangeOf(corners.map(([, y]) => y!))
  return { x: left, y: top, w: right - left, h: bottom - top }
}

/** The least and the largest, kept between 0 and 1. */
function rangeOf(values: readonly number[]): readonly [number, number] {
  const inside = (value: number) => Math.min(1, Math.max(0, value))
  return [inside(Math.min(...values)), inside(Math.max(...values))]
}

function inverse([a, b, c, d, e, f]: Transform): Transform | undefined {
  const det = a * e - b * d
  if (Math.abs(det) < 1e-9) return undefined
  return [e / det, -b / det, (b * f - c * e) / det, -d / det, a / det, (c * d - a * f) / det]
}
