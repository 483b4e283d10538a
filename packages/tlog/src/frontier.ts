import { fromBase64, toBase64 } from './base64.ts'
import { hashBytes, nodeHash } from './merkle.ts'
import { sha256 } from './sha256.ts'

/** A complete subtree that has just been finished: over the leaves `index · 2^level` up to the next. */
export interface FinishedNode {
  readonly level: number
  readonly index: number
  readonly hash: Uint8Array
}

/** The right edge of a growing tree: all that is needed to append, at most one hash for each bit of the size. */
export interface Frontier {
  readonly size: number
  /** Adds one leaf hash, and tells which complete subtrees it finished, from the leaf itself upward. */
  append(leaf: Uint8Array): readonly FinishedNode[]
  root(): Uint8Array
  toString(): string
}

export const Frontier = {
  empty: (): Frontier => growing(0, []),

  /**
   * Reads what `toString` wrote: the size, then the hashes from the largest subtree to the smallest.
   * @throws Error on anything else
   */
  parse(text: string): Frontier {
    const [count = '', ...written] = text.split(' ')
    const size = /^(0|[1-9]\d*)$/.test(count) ? Number(count) : Number.NaN
    const hashes = written.map(fromBase64)
    const isWhole =
      Number.isSafeInteger(size) &&
      hashes.length === bitsOf(size) &&
      hashes.every(hash => hash?.length === hashBytes)
    if (!isWhole) throw new Error('The edge of the log is damaged.')
    return growing(size, hashes as Uint8Array[])
  },
}

function growing(startSize: number, startHashes: readonly Uint8Array[]): Frontier {
  const hashes = [...startHashes]
  let size = startSize
  return {
    get size() {
      return size
    },
    append(leaf) {
      const finished: FinishedNode[] = [{ level: 0, index: size, hash: leaf }]
      // Each trailing 1 of the size is a complete subtree that the new one pairs with.
      let hash = leaf
      for (let level = 1, rest = size; rest % 2 === 1; level++) {
        rest = Math.floor(rest / 2)
        hash = nodeHash(hashes.pop()!, hash)
        finished.push({ level, index: rest, hash })
      }
      hashes.push(hash)
      size += 1
      return finished
    },
    root() {
      if (hashes.length === 0) return sha256()
      return hashes.reduceRight((right, left) => nodeHash(left, right))
    },
    toString: () => [String(size), ...hashes.map(toBase64)].join(' '),
  }
}

function bitsOf(size: number): number {
  let bits = 0
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) bits += rest % 2
  return bits
}
