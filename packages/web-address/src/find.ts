import { readOne, withoutInvisible, type Options, type WebAddress } from './read.ts'

// More in one message is a list, and is entered as one.
export const foundMax = 200
const textCharsMax = 200_000

// An address ends at a space, a bracket or quote of any script, or a comma of one that has its own.
const run = /[^\s<>"'`|{}\u2018-\u201f\u3000-\u3003\u3008-\u301b\u300c-\u300f\uff08\uff09\uff0c\u00b7]+/gu

/**
 * Korean particles and endings that are written onto the address without a space: `…/post/1에서`. Longest
 * first. Only these are cut off; other Hangul at the end may belong to the path.
 */
const particles =
  /(?<=[!-~])(?:이라는데요|이라고요|라는데요|이라는|이라고|입니다|인데요|이에요|이예요|에서도|에서는|으로|라는|라고|에서|에도|에는|예요|이고|이랑|하고|부터|까지|이요|이며|인데|에요|에|로|를|을|이|가|은|는|의|와|과|도|요|고|및|랑)$/u

/** Every web address in a text, each once, in the order in which it stands there. Never throws. */
export function findAddresses(text: string, options: Options = {}): readonly WebAddress[] {
  const plain = refang(withoutInvisible(text.slice(0, textCharsMax)))
  const found = new Map<string, WebAddress>()
  for (const [word] of plain.matchAll(run)) {
    for (const part of partsOf(word)) {
      const read = readOne(part, options)
      if (read.ok && !found.has(read.canonical)) found.set(read.canonical, read)
      if (found.size >= foundMax) return [...found.values()]
    }
  }
  return [...found.values()]
}

/** Addresses are often passed on made harmless: `hxxp://board[.]example`. */
function refang(text: string): string {
  return text.replace(/\bhxxp(s?)(?=:)/gi, 'http$1').replace(/\[\.\]|\(\.\)/g, '.')
}

/** One run of characters may hold words before the address, or two addresses without a space between. */
function partsOf(word: string): string[] {
  const starts = [...word.matchAll(/https?:\/\//gi)]
    .map(match => match.index)
    // An address inside the query of another belongs to it: `?url=https://…`.
    .filter((at, place) => place === 0 || !/[=&?/%#:]/.test(word[at - 1] ?? ''))
  if (starts.length > 0) return starts.map((at, place) => trimEnd(word.slice(at, starts[place + 1])))
  const bare = word
    // A label in front: `주소:board.example`.
    .replace(/^[^./]*[:：](?=[^/\d])/u, '')
    .replace(/^[^\p{L}\p{N}[]+/u, '')
    // A Korean word in front that touches it. A name that mixes both scripts needs its scheme.
    .replace(/^[\uac00-\ud7af]+(?=[a-z0-9])/iu, '')
  return bare.includes('.') ? [trimEnd(bare)] : []
}

/** Cuts off what the sentence has put behind the address: points, brackets that nothing opened, particles. */
function trimEnd(word: string): string {
  // Bounded: each turn makes the word shorter.
  for (let present = word; ;) {
    let next = present.replace(/[.,;:!?~\u2026\u3002]+$/u, '').replace(particles, '')
    if (next.endsWith(')') && count(next, ')') > count(next, '(')) next = next.slice(0, -1)
    if (next.endsWith(']') && count(next, ']') > count(next, '[')) next = next.slice(0, -1)
    if (next === present) return present
    present = next
  }
}

const count = (word: string, char: string) => word.split(char).length - 1
