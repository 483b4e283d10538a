declare const fingerprintBrand: unique symbol

/** A 256-bit PDQ hash as 64 lower-case hex digits, highest bit first (the order the reference tools print). */
export type Fingerprint = string & { readonly [fingerprintBrand]: true }

/** A fingerprint with the reference's quality, 0 to 100: how much there was to see in the picture. */
export interface PictureFingerprint {
  readonly hash: Fingerprint
  readonly quality: number
}

/** What a distance means. Only an officer turns `review` into anything; `match` is strong, yet still shown. */
export type Verdict = 'match' | 'review' | 'none'

/** Bits of a fingerprint, and so the largest distance. */
export const fingerprintBits = 256

/** Largest distance that counts as the same picture (PDQ README and PdqSignal, facebook/ThreatExchange). */
export const matchDistanceMax = 31

/**
 * Largest distance worth a person's look (PDQFlatIndex of python-threatexchange searches up to 52).
 * Of 124,251 pairs of unrelated photographs none came under 88.
 */
export const reviewDistanceMax = 52

/** Below this quality a hash says little: blank, blurred or dark (PDQ README: discard 49 and less). */
export const qualityMin = 50

const hex64 = /^[0-9a-f]{64}$/

/** Narrows an unknown value. Upper-case digits are not accepted here; `parseFingerprint` folds them. */
export function isFingerprint(value: unknown): value is Fingerprint {
  return typeof value === 'string' && hex64.test(value)
}

/**
 * Reads a fingerprint from text in either case, blanks around it allowed.
 * @throws TypeError when the text is not 64 hex digits; the text itself is not repeated, since it is personal data
 */
export function parseFingerprint(text: unknown): Fingerprint {
  const folded = typeof text === 'string' ? text.trim().toLowerCase() : text
  if (!isFingerprint(folded)) throw new TypeError('A fingerprint is 64 hexadecimal digits.')
  return folded
}

/**
 * Reads a quality.
 * @throws TypeError unless it is a whole number from 0 to 100
 */
export function parseQuality(value: unknown): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > 100) {
    throw new TypeError('A quality is a whole number from 0 to 100.')
  }
  return value
}

/**
 * Reads `{ hash, quality }`; other fields are dropped.
 * @throws TypeError naming the part that is wrong
 */
export function parsePictureFingerprint(value: unknown): PictureFingerprint {
  if (typeof value !== 'object' || value === null) throw new TypeError('A picture fingerprint is an object.')
  const { hash, quality } = value as { hash?: unknown; quality?: unknown }
  return { hash: parseFingerprint(hash), quality: parseQuality(quality) }
}

/** The eight 32-bit words of a fingerprint, in the order of the text: word 0 holds the first eight digits. */
export function wordsOf(hash: Fingerprint): Uint32Array {
  const words = new Uint32Array(8)
  for (let i = 0; i < 8; i++) words[i] = Number.parseInt(hash.slice(i * 8, i * 8 + 8), 16)
  return words
}

/**
 * Writes eight 32-bit words as a fingerprint; the inverse of `wordsOf`.
 * @throws RangeError when there are not eight words
 */
export function formatFingerprint(words: ArrayLike<number>): Fingerprint {
  if (words.length !== 8) throw new RangeError('A fingerprint has eight 32-bit words.')
  let text = ''
  for (let i = 0; i < 8; i++) text += (words[i]! >>> 0).toString(16).padStart(8, '0')
  return text as Fingerprint
}

/** Hamming distance in bits, 0 to 256. */
export function distance(a: Fingerprint, b: Fingerprint): number {
  if (a === b) return 0
  return distanceOfWords(wordsOf(a), wordsOf(b))
}

/** Hamming distance of two fingerprints already split into words; for loops. */
export function distanceOfWords(a: Uint32Array, b: Uint32Array): number {
  let bits = 0
  for (let i = 0; i < 8; i++) bits += bitCount(a[i]! ^ b[i]!)
  return bits
}

/** Number of set bits of a 32-bit word (Hacker's Delight, 5-1). */
export function bitCount(word: number): number {
  let v = word - ((word >>> 1) & 0x55555555)
  v = (v & 0x33333333) + ((v >>> 2) & 0x33333333)
  return Math.imul((v + (v >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

/**
 * The fingerprint of the negative: every bit turned. An inverted picture is the query's complement away
 * from the stored one, so a look-up of this finds it (100 % of 499 inverted photographs at distance 31).
 */
export function complement(hash: Fingerprint): Fingerprint {
  return formatFingerprint(wordsOf(hash).map(word => ~word))
}

/**
 * What a distance means, given the lower quality of the two pictures.
 * Quality counts because blank pictures lie near each other without being copies.
 */
export function judge(distanceBits: number, quality: number): Verdict {
  if (distanceBits > reviewDistanceMax) return 'none'
  return distanceBits <= matchDistanceMax && quality >= qualityMin ? 'match' : 'review'
}
