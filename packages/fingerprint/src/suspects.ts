import { bitCount } from './fingerprint.ts'
import { inverted, mirrored, type Features } from './features.ts'

/** Stored features of many pictures, laid out so that the likely ones are found without comparing with each. */
export interface FeatureBank<Id> {
  readonly ids: readonly Id[]
  /** Which picture a row belongs to. */
  readonly owners: Uint32Array
  readonly words: Uint32Array
  readonly tables: readonly Table[]
}

/** Rows by sixteen of their bits: the rows of value v stand from `starts[v]` to `starts[v + 1]`. */
interface Table {
  readonly bits: readonly number[]
  readonly starts: Uint32Array
  readonly rows: Uint32Array
}

/** A stored picture that shares local features with the query: worth `verifyFeatures`, no more. */
export interface Suspect<Id> {
  readonly id: Id
  readonly votes: number
}

const tablesCount = 12
const keyBits = 16
/** Bits that two features may differ to count as one vote. */
const voteBitsMax = 60
/** Fewer shared features are found by chance. */
const votesMin = 2

/**
 * Lays out the features of the stored pictures: 32 bytes a feature and 48 for the tables, 32 KB a picture of 400.
 * Meant for the pictures that one holds, up to about 10,000.
 */
export function featureBank<Id>(stored: readonly { id: Id; features: Features }[]): FeatureBank<Id> {
  const count = stored.reduce((sum, { features }) => sum + features.count, 0)
  const words = new Uint32Array(count * 8)
  const owners = new Uint32Array(count)
  let row = 0
  stored.forEach(({ features }, owner) => {
    words.set(features.words, row * 8)
    owners.fill(owner, row, row + features.count)
    row += features.count
  })
  const tables = drawnBits().map(bits => tableOf(bits, words, count))
  return { ids: stored.map(({ id }) => id), owners, words, tables }
}

/** Which bits each table reads; drawn once, the same everywhere. */
function drawnBits(): number[][] {
  let state = 77
  const next = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32
  return Array.from({ length: tablesCount }, () => {
    const bits = new Set<number>()
    while (bits.size < keyBits) bits.add(Math.floor(next() * 256))
    return [...bits]
  })
}

function tableOf(bits: readonly number[], words: Uint32Array, count: number): Table {
  const keys = Uint16Array.from({ length: count }, (_, row) => keyOf(bits, words, row * 8))
  const starts = new Uint32Array(2 ** keyBits + 1)
  for (const key of keys) starts[key + 1]!++
  for (let key = 0; key < 2 ** keyBits; key++) starts[key + 1]! += starts[key]!
  const next = starts.slice()
  const rows = new Uint32Array(count)
  keys.forEach((key, row) => (rows[next[key]!++] = row))
  return { bits, starts, rows }
}

function keyOf(bits: readonly number[], words: Uint32Array, at: number): number {
  let key = 0
  for (const bit of bits) key = (key << 1) | ((words[at + (bit >> 5)]! >>> (bit & 31)) & 1)
  return key
}

/**
 * The stored pictures that share the most features with the query, seen also mirrored and inverted; the likeliest
 * first, at most `most`. It only proposes: `verifyFeatures` decides.
 */
export function suspects<Id>(bank: FeatureBank<Id>, query: Features, most = 8): Suspect<Id>[] {
  const best = new Float32Array(bank.ids.length)
  for (const seen of [query, mirrored(query), inverted(query), inverted(mirrored(query))]) {
    votesOf(bank, seen).forEach((votes, owner) => (best[owner] = Math.max(best[owner]!, votes)))
  }
  return [...best]
    .map((votes, owner) => ({ id: bank.ids[owner]!, votes }))
    .filter(({ votes }) => votes >= votesMin)
    .toSorted((a, b) => b.votes - a.votes)
    .slice(0, most)
}

/** Each feature has one vote, shared by the pictures that hold one about as near as the nearest: common corners say little. */
function votesOf<Id>(bank: FeatureBank<Id>, query: Features): Float32Array {
  const votes = new Float32Array(bank.ids.length)
  const nearest = new Uint8Array(bank.ids.length).fill(far)
  for (let i = 0; i < query.count; i++) {
    const owners: number[] = []
    let least = far
    for (const { bits, starts, rows } of bank.tables) {
      const key = keyOf(bits, query.words, i * 8)
      const end = Math.min(starts[key + 1]!, starts[key]! + rowsMax)
      for (let at = starts[key]!; at < end; at++) {
        const row = rows[at]!
        const owner = bank.owners[row]!
        const differ = bitsBetween(bank.words, row * 8, query.words, i * 8)
        if (differ > voteBitsMax || differ >= nearest[owner]!) continue
        if (nearest[owner] === far) owners.push(owner)
        nearest[owner] = differ
        if (differ < least) least = differ
      }
    }
    const sharing = owners.filter(owner => nearest[owner]! <= least + alikeBits)
    for (const owner of sharing) votes[owner]! += 1 / sharing.length
    for (const owner of owners) nearest[owner] = far
  }
  return votes
}

/** Rows read of one value of a table; corners of plain shapes crowd into few values. */
const rowsMax = 400
const far = 255
/** A feature this much farther than the nearest is still about as near. */
const alikeBits = 8

function bitsBetween(a: Uint32Array, i: number, b: Uint32Array, j: number): number {
  let bits = 0
  for (let w = 0; w < 8; w++) bits += bitCount(a[i + w]! ^ b[j + w]!)
  return bits
}
