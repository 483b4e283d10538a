import { distanceOfWords, formatFingerprint, wordsOf, type Fingerprint } from '@jikimi/fingerprint'
import { add, buildIndex, search } from '@jikimi/fingerprint-index'
import { VPTree } from 'mnemonist'
import { bandsOf } from '../packages/fingerprint-index/src/bands.ts'
import { scan } from '../packages/fingerprint-index/src/segment.ts'

/*
 * Exact radius search beside a linear scan and a vantage-point tree (mnemonist, the metric-space tree of the
 * registry), same rows, same queries, same run; every answer is compared.
 * Run: node bench/fingerprint-index.ts [rows, default 1000000]
 */

const size = Number(process.argv[2] ?? 1_000_000)
const treeSize = Math.min(size, 100_000) // the tree takes minutes to build beyond
const next = splitMix(20261124)
const hashes = Array.from({ length: size }, () => formatFingerprint(Uint32Array.from({ length: 8 }, next)))
const rows = hashes.map((hash, ref) => ({ hash, ref }))

const builtFrom = performance.now()
const index = buildIndex(rows)
const builtMs = performance.now() - builtFrom
console.log(
  `${size} random rows, built in ${builtMs.toFixed(0)} ms (${((builtMs * 1000) / size).toFixed(2)} µs a row)`,
)

for (const radius of [0, 20, 31, 52]) {
  const queries = Array.from({ length: 2000 }, (_, i) => near(hashes[next() % size]!, i % (radius + 1)))
  const scanned = queries.slice(0, 10)
  for (const query of queries.slice(0, 200)) search(index, query, radius)
  const [found, ms] = timed(queries, query => search(index, query, radius))
  const [expected, scanMs] = timed(scanned, query => linear(query, radius))
  compare(found, expected)
  if (found.some(hits => hits.length === 0)) throw new Error('A planted row was missed.')
  print(`radius ${radius}: index`, ms)
  print(`radius ${radius}: linear scan`, scanMs, scanMs / ms)
}

const some = buildIndex(rows.slice(0, treeSize))
const tree = VPTree.from(hashes.slice(0, treeSize).map(wordsOf), distanceOfWords)
const queries = Array.from({ length: 2000 }, (_, i) => near(hashes[next() % treeSize]!, i % 32))
for (const query of queries.slice(0, 500)) search(some, query, 31)
const [found, ms] = timed(queries, query => search(some, query, 31))
const [expected, treeMs] = timed(queries.slice(0, 10), query => tree.neighbors(31, wordsOf(query)))
compare(found, expected)
print(`${treeSize} rows, radius 31: index`, ms)
print(`${treeSize} rows, radius 31: VP tree`, treeMs, treeMs / ms)

const addedFrom = performance.now()
for (let i = 0; i < 10_000; i++) add(some, rows[i]!)
const addedMs = performance.now() - addedFrom
const [, tailMs] = timed(queries.slice(0, 500), query => search(some, query, 31))
console.log(
  `adding a row ${((addedMs * 1000) / 10_000).toFixed(2)} µs; a search with 10,000 rows in the tail ${tailMs.toFixed(3)} ms`,
)

/** Every row compared, over flat memory and leaving each row at half where it can: the quickest scan we have. */
function linear(query: Fingerprint, radius: number): number[] {
  const hits: number[] = []
  scan(index.settled.rows, size, bandsOf(query), radius, id => hits.push(id))
  return hits
}

/** All answers, and the mean milliseconds of one. */
function timed<Answer>(
  queries: readonly Fingerprint[],
  ask: (query: Fingerprint) => Answer,
): [Answer[], number] {
  const from = performance.now()
  const answers = queries.map(ask)
  return [answers, (performance.now() - from) / queries.length]
}

function compare(found: readonly (readonly unknown[])[], expected: readonly (readonly unknown[])[]): void {
  expected.forEach((hits, i) => {
    if (hits.length !== found[i]!.length) throw new Error('The answers differ.')
  })
}

function print(name: string, ms: number, ratio?: number): void {
  const times = ratio === undefined ? '' : `  the index is ${ratio.toFixed(1)} × faster`
  console.log(
    `${name.padEnd(36)} ${ms.toFixed(4).padStart(10)} ms  ${Math.round(1000 / ms)
      .toString()
      .padStart(7)} /s${times}`,
  )
}

function near(hash: Fingerprint, flips: number): Fingerprint {
  const turned = wordsOf(hash)
  const chosen = new Set<number>()
  while (chosen.size < flips) chosen.add(next() % 256)
  for (const bit of chosen) turned[bit >> 5]! ^= 1 << (bit & 31)
  return formatFingerprint(turned)
}

/** Numbers from a seed, so that every run sees the same rows (splitmix32). */
function splitMix(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x9e3779b9) >>> 0
    let z = Math.imul(state ^ (state >>> 16), 0x21f0aaad)
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97)
    return (z ^ (z >>> 15)) >>> 0
  }
}
