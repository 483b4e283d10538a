/**
 * The tree of RFC 6962, section 2.1: how leaves and nodes are hashed, the root, and both kinds of proof.
 * A proof is checked by the arithmetic of RFC 9162, 2.1.3.2 and 2.1.4.2, which needs no tree.
 *
 * @module
 */
import { sha256 } from './sha256.ts'

const leafPrefix = Uint8Array.of(0)
const nodePrefix = Uint8Array.of(1)
export const hashBytes = 32

export function leafHash(entry: Uint8Array): Uint8Array {
  return sha256(leafPrefix, entry)
}

export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  return sha256(nodePrefix, left, right)
}

/** The root over `leaves`, themselves hashes. Of no leaves: the hash of nothing. */
export function rootOf(leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return sha256()
  if (leaves.length === 1) return leaves[0]!
  const split = splitOf(leaves.length)
  return nodeHash(rootOf(leaves.slice(0, split)), rootOf(leaves.slice(split)))
}

/** The largest power of two below `size`. */
export function splitOf(size: number): number {
  let split = 1
  while (split * 2 < size) split *= 2
  return split
}

/** Where the hash of the complete or partial subtree over the leaves `from` up to `to` comes from. */
export type Subtree = (from: number, to: number) => Uint8Array

/** Subtrees computed from all leaf hashes: for small trees and tests. */
export function subtreesOf(leaves: readonly Uint8Array[]): Subtree {
  return (from, to) => rootOf(leaves.slice(from, to))
}

/**
 * The hashes from the leaf's neighbour up to the root's child, for the leaf `index` in the tree of `size`.
 * @throws RangeError where the tree has no such leaf
 */
export function inclusionProof(index: number, size: number, subtree: Subtree): Uint8Array[] {
  return inclusionRanges(index, size).map(([from, to]) => subtree(from, to))
}

/** Which subtrees an inclusion proof consists of, from the leaf upward. */
export function inclusionRanges(index: number, size: number): [number, number][] {
  if (!isIndex(index) || !isIndex(size) || index >= size) throw new RangeError('The tree has no such leaf.')
  const ranges: [number, number][] = []
  let from = 0
  let to = size
  while (to - from > 1) {
    const split = from + splitOf(to - from)
    if (index < split) {
      ranges.push([split, to])
      to = split
    } else {
      ranges.push([from, split])
      from = split
    }
  }
  return ranges.toReversed()
}

/** True where `leaf` is at `index` in the tree of `size` whose root is `root`. */
export function verifyInclusion(
  claim: { index: number; size: number; leaf: Uint8Array; root: Uint8Array },
  proof: readonly Uint8Array[],
): boolean {
  const { index, size, leaf, root } = claim
  if (!isIndex(index) || !isIndex(size) || index >= size) return false
  if (![leaf, root, ...proof].every(isHash)) return false
  let node = index
  let last = size - 1
  let hash = leaf
  for (const sibling of proof) {
    if (last === 0) return false
    if (isOdd(node) || node === last) {
      hash = nodeHash(sibling, hash)
      while (!isOdd(node) && node !== 0) {
        node = half(node)
        last = half(last)
      }
    } else hash = nodeHash(hash, sibling)
    node = half(node)
    last = half(last)
  }
  return last === 0 && isEqual(hash, root)
}

/**
 * The hashes that show that the tree of `oldSize` is the beginning of the tree of `size`. From the empty
 * tree, and from a tree to itself, there is nothing to show.
 * @throws RangeError where `oldSize` is larger
 */
export function consistencyProof(oldSize: number, size: number, subtree: Subtree): Uint8Array[] {
  if (!isIndex(oldSize) || !isIndex(size) || oldSize > size) throw new RangeError('A log only grows.')
  if (oldSize === 0) return []
  const proof: Uint8Array[] = []
  let from = 0
  let to = size
  // RFC 6962, 2.1.2, SUBPROOF: whether the subtree at hand is one whose hash the asker already knows.
  let isKnown = true
  while (oldSize !== to) {
    const split = from + splitOf(to - from)
    if (oldSize <= split) {
      proof.push(subtree(split, to))
      to = split
    } else {
      proof.push(subtree(from, split))
      from = split
      isKnown = false
    }
  }
  if (!isKnown) proof.push(subtree(from, to))
  return proof.toReversed()
}

interface Growth {
  readonly oldSize: number
  readonly size: number
  readonly oldRoot: Uint8Array
  readonly root: Uint8Array
}

/**
 * True where the tree of `oldSize` is the beginning of the tree of `size`. The empty tree is the beginning of
 * every tree, but nothing can be proven from it, so a proof that starts there is refused here; a witness, who
 * must accept it (C2SP tlog-witness), asks `verifyFirstSight`.
 */
export function verifyConsistency(growth: Growth, proof: readonly Uint8Array[]): boolean {
  const { oldSize, size, oldRoot, root } = growth
  if (!isIndex(oldSize) || !isIndex(size) || oldSize < 1 || oldSize > size) return false
  if (oldSize === size) return proof.length === 0 && isEqual(oldRoot, root)
  if (![oldRoot, root, ...proof].every(isHash)) return false
  const path = isPowerOfTwo(oldSize) ? [oldRoot, ...proof] : [...proof]
  const first = path.shift()
  if (first === undefined || proof.length === 0) return false
  let node = oldSize - 1
  let last = size - 1
  while (isOdd(node)) {
    node = half(node)
    last = half(last)
  }
  let oldHash = first
  let hash = first
  for (const sibling of path) {
    if (last === 0) return false
    if (isOdd(node) || node === last) {
      oldHash = nodeHash(sibling, oldHash)
      hash = nodeHash(sibling, hash)
      while (!isOdd(node) && node !== 0) {
        node = half(node)
        last = half(last)
      }
    } else hash = nodeHash(hash, sibling)
    node = half(node)
    last = half(last)
  }
  return last === 0 && isEqual(oldHash, oldRoot) && isEqual(hash, root)
}

/** The first look of one who knows nothing of the log yet: no proof is asked, and none may be given. */
export function verifyFirstSight(root: Uint8Array, size: number, proof: readonly Uint8Array[]): boolean {
  if (proof.length > 0 || !isIndex(size) || !isHash(root)) return false
  return size > 0 || isEqual(root, sha256())
}

export function isEqual(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at])
}

const isHash = (bytes: Uint8Array) => bytes.length === hashBytes
const isIndex = (count: number) => Number.isSafeInteger(count) && count >= 0
// Division, not shifts: a log may outgrow 32 bits.
const half = (count: number) => Math.floor(count / 2)
const isOdd = (count: number) => count % 2 === 1
const isPowerOfTwo = (count: number) =>
  Number.isInteger(Math.log2(count)) && 2 ** Math.round(Math.log2(count)) === count
