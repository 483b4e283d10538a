import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  canonical,
  consistencyProof,
  formatProof,
  Frontier,
  inclusionProof,
  leafHash,
  parseProof,
  rootOf,
  subtreesOf,
  verifyConsistency,
  verifyFirstSight,
  verifyInclusion,
} from './index.ts'

const leavesOf = (count: number) =>
  Array.from({ length: count }, (_, index) => leafHash(new TextEncoder().encode(`entry ${index}`)))
const size = fc.integer({ min: 1, max: 300 })

test('the edge of the tree has the root of the whole tree, and survives being written down', () => {
  let frontier = Frontier.empty()
  const leaves = leavesOf(200)
  expect(frontier.root()).toEqual(rootOf([]))
  leaves.forEach((leaf, index) => {
    frontier.append(leaf)
    expect(frontier.root()).toEqual(rootOf(leaves.slice(0, index + 1)))
    frontier = Frontier.parse(frontier.toString())
    expect(frontier.size).toBe(index + 1)
  })
})

test('a subtree that is told as finished has the hash of its leaves', () => {
  const leaves = leavesOf(70)
  const frontier = Frontier.empty()
  for (const leaf of leaves) {
    for (const { level, index, hash } of frontier.append(leaf)) {
      const width = 2 ** level
      expect(hash).toEqual(rootOf(leaves.slice(index * width, (index + 1) * width)))
    }
  }
})

test('a damaged edge is refused', () => {
  const frontier = Frontier.empty()
  for (const leaf of leavesOf(11)) frontier.append(leaf)
  const text = frontier.toString()
  for (const wrong of [
    '',
    '11',
    text.replace('11', '10'),
    `${text} `,
    text.slice(0, -2),
    text.replace('11', '011'),
  ])
    expect(() => Frontier.parse(wrong)).toThrow('damaged')
})

test('every leaf has a proof, and no proof serves another leaf, size or root', () => {
  fc.assert(
    fc.property(size, fc.nat(), fc.nat(), (count, one, other) => {
      const leaves = leavesOf(count)
      const index = one % count
      const root = rootOf(leaves)
      const proof = inclusionProof(index, count, subtreesOf(leaves))
      const claim = { index, size: count, leaf: leaves[index]!, root }
      expect(verifyInclusion(claim, proof)).toBe(true)
      expect(verifyInclusion({ ...claim, index: (index + 1 + (other % count)) % (count + 1) }, proof)).toBe(
        (index + 1 + (other % count)) % (count + 1) === index,
      )
      expect(verifyInclusion(claim, [...proof, root])).toBe(false)
      expect(verifyInclusion(claim, proof.slice(1))).toBe(proof.length === 0)
      expect(verifyInclusion({ ...claim, leaf: leafHash(root) }, proof)).toBe(false)
    }),
  )
})

test('every tree is shown to be the beginning of a later one, and of no other', () => {
  fc.assert(
    fc.property(size, size, (one, other) => {
      const [oldSize, count] = one < other ? [one, other] : [other, one]
      const leaves = leavesOf(count)
      const growth = {
        oldSize,
        size: count,
        oldRoot: rootOf(leaves.slice(0, oldSize)),
        root: rootOf(leaves),
      }
      const proof = consistencyProof(oldSize, count, subtreesOf(leaves))
      expect(verifyConsistency(growth, proof)).toBe(true)
      const changed = leaves.with(0, leafHash(leaves[0]!))
      expect(verifyConsistency({ ...growth, root: rootOf(changed) }, proof)).toBe(false)
      expect(verifyConsistency({ ...growth, oldRoot: rootOf(changed.slice(0, oldSize)) }, proof)).toBe(false)
      expect(verifyConsistency(growth, [...proof, growth.root])).toBe(false)
    }),
  )
})

test('from the empty tree nothing is proven, yet a first sight needs no proof', () => {
  const leaves = leavesOf(3)
  const growth = { oldSize: 0, size: 3, oldRoot: rootOf([]), root: rootOf(leaves) }
  expect(consistencyProof(0, 3, subtreesOf(leaves))).toEqual([])
  expect(verifyConsistency(growth, [])).toBe(false)
  expect(verifyFirstSight(growth.root, 3, [])).toBe(true)
  expect(verifyFirstSight(growth.root, 3, [growth.root])).toBe(false)
  expect(verifyFirstSight(growth.root, 0, [])).toBe(false)
})

test('a proof reads back as it was written', () => {
  fc.assert(
    fc.property(
      fc.nat(),
      fc.array(fc.uint8Array({ minLength: 32, maxLength: 32 }), { maxLength: 60 }),
      fc.option(fc.uint8Array({ maxLength: 300 }), { nil: undefined }),
      (index, hashes, extra) => {
        const proof = { index, hashes, checkpoint: 'x\n1\nz\n\n— x y\n', ...(extra && { extra }) }
        expect(parseProof(formatProof(proof))).toEqual(proof)
      },
    ),
  )
})

test('one value has one text, whatever the order of its keys', () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false, maxDepth: 4 }), value => {
      const text = canonical(value)
      expect(canonical(JSON.parse(text))).toBe(text)
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)))
    }),
  )
  expect(canonical({ b: 1, a: { d: [], c: null } })).toBe('{"a":{"c":null,"d":[]},"b":1}')
  // RFC 8785, 3.2.3: in the order of UTF-16 units, not of code points.
  expect(canonical({ '\uff5e': 1, '\u{1f600}': 2, '€': 3 })).toBe('{"€":3,"😀":2,"～":1}')
  expect(() => canonical({ a: undefined })).toThrow(TypeError)
  expect(() => canonical([Number.NaN])).toThrow(TypeError)
  expect(() => canonical('\ud800')).toThrow(TypeError)
})
