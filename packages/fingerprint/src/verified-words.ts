import type { Features } from './features.ts'
import type { Verified } from './geometry.ts'
import { angleWords, cropWords, mirroredWords, negativeWords, type Words } from './tiers.ts'

type Size = Pick<Features, 'width' | 'height'>

/**
 * How a verified copy lies in the stored picture, in words: "mirrored, tilted by about 7°, cropped 22 % on the left".
 * `copy` and `stored` are the features, or their sizes.
 */
export function explainVerified(verified: Verified, copy: Size, stored: Size): Words {
  const { transform, isMirrored, isNegative, inliers, isSame } = verified
  const said: Words[] = []
  if (isNegative) said.push(negativeWords)
  if (isMirrored) said.push(mirroredWords)
  if (transform && isSame) {
    const [a, b, c, d, e, f] = transform
    const corners = [
      [0, 0],
      [copy.width, 0],
      [0, copy.height],
      [copy.width, copy.height],
    ].map(([x, y]) => [(a * x! + b * y! + c) / stored.width, (d * x! + e * y! + f) / stored.height] as const)
    said.push(...angleWords((Math.atan2(d - b, a + e) * 180) / Math.PI))
    said.push(...sidesWords(corners))
  }
  if (said.length === 0) said.push({ ko: '전체가 같음', en: 'the whole picture' })
  return {
    ko: `${said.map(({ ko }) => ko).join(', ')} (${isSame ? '확인됨' : '같지 않음'}, 특징점 ${inliers}개 일치)`,
    en: `${said.map(({ en }) => en).join(', ')} (${isSame ? 'verified' : 'not the same'}, ${inliers} places agree)`,
  }
}

/** Sides by the mean of two corners: less than 3 % is the fit's own error; a negative share is content that was added. */
function sidesWords(corners: readonly (readonly [number, number])[]): Words[] {
  const xs = corners.map(([x]) => x).toSorted((p, q) => p - q)
  const ys = corners.map(([, y]) => y).toSorted((p, q) => p - q)
  const middle = (values: readonly number[], i: number) => (values[i]! + values[i + 1]!) / 2
  const [left, right, top, bottom] = [middle(xs, 0), middle(xs, 2), middle(ys, 0), middle(ys, 2)]
  const kept = (share: number) => (share < 0.03 ? 0 : share)
  const [x, y] = [kept(left), kept(top)]
  const words = cropWords({ x, y, w: 1 - x - kept(1 - right), h: 1 - y - kept(1 - bottom) })
  if (Math.min(left, top, 1 - right, 1 - bottom) > -0.03) return words
  return [{ ko: '둘레에 다른 내용이 붙음', en: 'other content was added around it' }, ...words]
}
