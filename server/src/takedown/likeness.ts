/**
 * Whether two pages are the same page for what is not there: title, length, and a simhash of the words
 * (Charikar 2002; for soft 404s Bar-Yossef et al. 2004).
 *
 * @module
 */
export interface Text {
  readonly title: string
  readonly text: string
}

const bits = 64
const mask = (1n << 64n) - 1n
const wordsMax = 20_000
// Below this many words a simhash is noise; such pages are compared word by word.
const shortWords = 40

/** From 0 (nothing alike) to 1 (the same). */
export function likeness(one: Text, other: Text): number {
  const [these, those] = [wordsOf(one.text), wordsOf(other.text)]
  if (these.length === 0 && those.length === 0) return one.title === other.title ? 1 : 0
  const ratio = Math.min(these.length, those.length) / Math.max(these.length, those.length)
  const alike =
    Math.min(these.length, those.length) < shortWords
      ? shared(these, those)
      : nearness(simhash(these), simhash(those))
  return alike * Math.sqrt(ratio) * (one.title === other.title ? 1 : 0.95)
}

function wordsOf(text: string): string[] {
  // Numbers differ from page to page (ids, times, counters) and say nothing of its kind.
  return (text.toLowerCase().match(/\p{L}+/gu) ?? []).slice(0, wordsMax)
}

/** Share of the words that both have (Jaccard). */
function shared(these: readonly string[], those: readonly string[]): number {
  const [left, right] = [new Set(these), new Set(those)]
  const both = left.intersection(right).size
  return both === 0 ? 0 : both / left.union(right).size
}

/** 64-bit simhash of the runs of three words. */
export function simhash(words: readonly string[]): bigint {
  const weights = Array.from({ length: bits }, () => 0)
  for (let index = 0; index + 2 < words.length; index += 1) {
    const hash = fnv1a(`${words[index]} ${words[index + 1]} ${words[index + 2]}`)
    for (let bit = 0; bit < bits; bit += 1) weights[bit]! += (hash >> BigInt(bit)) & 1n ? 1 : -1
  }
  return weights.reduce((made, weight, bit) => (weight > 0 ? made | (1n << BigInt(bit)) : made), 0n)
}

function nearness(one: bigint, other: bigint): number {
  let differing = 0
  for (let left = one ^ other; left > 0n; left &= left - 1n) differing += 1
  // Unrelated texts differ in half of the bits.
  return Math.max(0, 1 - differing / (bits / 2))
}

function fnv1a(text: string): bigint {
  let hash = 0xcbf29ce484222325n
  for (let index = 0; index < text.length; index += 1)
    hash = ((hash ^ BigInt(text.charCodeAt(index))) * 0x100000001b3n) & mask
  return hash
}
