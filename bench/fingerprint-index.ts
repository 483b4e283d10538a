import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { distanceOfWords, wordsOf, type Fingerprint } from '@jikimi/fingerprint'
import { createIndex, share, type Hit, type LiveIndex } from '@jikimi/fingerprint-index'
import { aes256Gcm, open } from '@jikimi/fingerprint-index/store'
import { VPTree } from 'mnemonist'
import {
  bytesOf,
  numbersFrom,
  pictureHashes,
  scattered,
  withFlips,
} from '../packages/fingerprint-index/src/given.ts'
import { scan } from '../packages/fingerprint-index/src/segment.ts'

/*
 * Exact radius search, beside a linear scan, FAISS (where g++ and FAISS are installed) and a vantage-point tree:
 * same rows, same queries, same run; every answer is compared.
 *
 *   node bench/fingerprint-index.ts [rows, default 1000000] [part: search, threads, store, all]
 */

const size = Number(process.argv[2] ?? 1_000_000)
const part = process.argv[3] ?? 'all'
const radius = 31
const treeSize = Math.min(size, 50_000) // the tree takes minutes to build beyond
const rounds = 5
const next = numbersFrom(20261124)
const folder = mkdtempSync(join(tmpdir(), 'bench-'))

// As bytes: ten million texts would weigh more than the index.
const rows = new Uint8Array(size * 32)
const words = new Uint32Array(rows.buffer)
for (let i = 0; i < words.length; i++) words[i] = next()
const ids = new BigUint64Array(size)
for (let i = 0; i < size; i++) ids[i] = BigInt(i)
const queries = Array.from({ length: 2000 }, (_, i) =>
  withFlips(hashAt(next() % size), scattered(next, i % 32, 256)),
)

try {
  if (part === 'all' || part === 'search') {
    measureSearch()
    measureLive()
    measureTree()
  }
  if (part === 'all' || part === 'threads') await measureThreads()
  if (part === 'all' || part === 'store') await measureStore()
} finally {
  rmSync(folder, { recursive: true })
}

function measureSearch(): void {
  const touching = timeOf(() => new Uint8Array(size * 120).fill(1))
  const index = createIndex()
  const building = timeOf(() => index.addMany(ids, rows))
  const touched = `(touching ${Math.round(size * 120e-6)} MB of fresh memory alone: ${touching.toFixed(0)} ms)`
  line('build', `${building.toFixed(0)} ms, ${((building * 1000) / size).toFixed(3)} µs a row ${touched}`)
  line('memory', `${(index.bytes / 1e6).toFixed(0)} MB, ${(index.bytes / size).toFixed(0)} bytes a row`)
  const found = queries.map(hash => index.search(hash, { radius }))
  if (!found.every(hits => hits.length > 0)) throw new Error('A planted row was missed.')

  const faiss = runFaiss()
  const few = queries.slice(0, 20)
  const peers: { name: string; rate: number }[] = []
  const scanning = median(few, hash => linear(hash).length)
  compare(
    found,
    few.map(linear).map(hits => hits.length),
    'linear scan',
  )
  peers.push({ name: 'linear scan, plain TypeScript', rate: scanning.rate })
  for (const { name, built, took, hits } of faiss) {
    compare(found, hits, name)
    const label =
      name === 'scan' ? 'scan by g++ -march=native' : `FAISS ${name}, built in ${built.toFixed(1)} s`
    peers.push({ name: label, rate: hits.length / took })
  }
  const own = median(queries, hash => index.search(hash, { radius }))
  line(`search, radius ${radius}`, `${rate(own.rate)}, median ${micro(own.p50)}, p99 ${micro(own.p99)}`)
  for (const peer of peers)
    line(`  ${peer.name}`, `${rate(peer.rate)}: the index is ${(own.rate / peer.rate).toFixed(0)} ×`)
  line('  any match (limit 1)', rate(median(queries, hash => index.search(hash, { radius, limit: 1 })).rate))
  for (const wider of [0, 20, 40, 47, 60]) {
    const asked = queries.slice(0, wider > 40 ? 100 : 1000)
    line(`search, radius ${wider}`, rate(median(asked, hash => index.search(hash, { radius: wider })).rate))
  }
  measureRemoval(index)
  index.close()
}

function measureRemoval(index: LiveIndex): void {
  const taken = Array.from({ length: 20 }, () => BigInt(next() % size))
  line(
    'remove an id',
    `${(timeOf(() => taken.forEach(id => index.remove(id))) / taken.length).toFixed(2)} ms`,
  )
}

/** A small bank as real ones are: near-duplicates of generated pictures, many equal; then rows added one by one. */
function measureLive(): void {
  const index = createIndex()
  const some = Array.from({ length: 60_000 }, (_, i) => hashAt(i % size))
  const adding = timeOf(() => some.forEach((hash, i) => index.add(BigInt(i), hash)))
  line('add a row', micro(adding / some.length))
  const near = queries.slice(0, 1000)
  line('search of a full mutable tier', rate(median(near, hash => index.search(hash, { radius })).rate))
  index.close()
  const pictures = pictureHashes(2000)
  const bank = pictures.flatMap(hash =>
    Array.from({ length: 50 }, (_, i) => withFlips(hash, scattered(next, i % 25, 256))),
  )
  const skewed = createIndex()
  skewed.addMany(BigUint64Array.from(bank.keys(), BigInt), bytesOf(bank))
  const asked = median(
    near.map((_, i) => bank[(i * 37) % bank.length]!),
    hash => skewed.search(hash, { radius }),
  )
  line(
    '100,000 rows of pictures, skewed',
    `${rate(asked.rate)}, ${micro(asked.p50)}, p99 ${micro(asked.p99)}`,
  )
  skewed.close()
}

function measureTree(): void {
  const index = createIndex()
  index.addMany(ids.subarray(0, treeSize), rows.subarray(0, treeSize * 32))
  const hashes = Array.from({ length: treeSize }, (_, i) => hashAt(i))
  const tree = VPTree.from(hashes.map(wordsOf), distanceOfWords)
  const asked = Array.from({ length: 10 }, (_, i) =>
    withFlips(hashes[next() % treeSize]!, scattered(next, i * 3, 256)),
  )
  const own = median(asked, hash => index.search(hash, { radius }))
  const peer = median(asked, hash => tree.neighbors(radius, wordsOf(hash)))
  compare(
    asked.map(hash => index.search(hash, { radius })),
    asked.map(hash => tree.neighbors(radius, wordsOf(hash)).length),
    'vantage-point tree',
  )
  line(
    `${treeSize} rows: vantage-point tree`,
    `${rate(peer.rate)}: the index is ${(own.rate / peer.rate).toFixed(0)} ×`,
  )
  index.close()
}

/** One thread, then two over the same memory, in turns. */
async function measureThreads(): Promise<void> {
  const index = createIndex({ isShared: true })
  index.addMany(ids, rows)
  const source = new URL('../packages/fingerprint-index/src/given-searcher.ts', import.meta.url)
  const workers = [1, 2].map(thread => new Worker(source, { workerData: share(index, thread) }))
  const asked = [...queries, ...queries, ...queries, ...queries]
  const ask = async (some: readonly Worker[]) => {
    const from = performance.now()
    await Promise.all(
      some.map(worker => {
        worker.postMessage({ queries: asked, radius })
        return once(worker, 'message')
      }),
    )
    return performance.now() - from
  }
  await ask(workers)
  const [one, two]: [number[], number[]] = [[], []]
  for (let round = 0; round < rounds; round++) {
    one.push(await ask(workers.slice(0, 1)))
    two.push(await ask(workers))
  }
  const gain = (2 * middle(one)) / middle(two)
  line(
    'two threads, one memory',
    `${rate((2000 * asked.length) / middle(two))}: ${gain.toFixed(2)} × one thread`,
  )
  await Promise.all(workers.map(worker => worker.terminate()))
  index.close()
}

async function measureStore(): Promise<void> {
  const path = join(folder, 'store')
  const cipher = aes256Gcm(new Uint8Array(32).fill(7))
  let store = await open(path, { cipher })
  const one = await timeOfEach(50, i => store.add(BigInt(size + i), queries[i]!))
  const many = performance.now()
  await Promise.all(Array.from({ length: 1000 }, (_, i) => store.add(BigInt(size + i), queries[i]!)))
  line(
    'add, durable',
    `${one.toFixed(2)} ms alone, ${(performance.now() - many).toFixed(1)} ms for 1,000 together`,
  )
  const step = 1_000_000
  for (let from = 0; from < size; from += step) {
    await store.addMany(ids.subarray(from, from + step), rows.subarray(from * 32, (from + step) * 32))
  }
  await store.index.settle()
  const writing = performance.now()
  await store.snapshot()
  line('snapshot, enciphered', `${(performance.now() - writing).toFixed(0)} ms`)
  await store.close()
  const from = performance.now()
  store = await open(path, { cipher })
  line('open, enciphered', `${(performance.now() - from).toFixed(0)} ms for ${store.size} rows`)
  if (store.search(queries[0]!).length === 0) throw new Error('A stored row was missed.')
  await store.close()
}

interface FaissLine {
  readonly name: string
  readonly built: number
  readonly took: number
  readonly hits: readonly number[]
}

/** Builds and runs the peer; says so where it cannot. */
function runFaiss(): FaissLine[] {
  const program = join(folder, 'faiss')
  const source = fileURLToPath(new URL('fingerprint-index-faiss.cpp', import.meta.url))
  const compiled = spawnSync(
    'g++',
    ['-O3', '-march=native', '-fopenmp', source, '-o', program, '-lfaiss', '-llapack', '-lblas'],
    { encoding: 'utf8' },
  )
  if (compiled.status !== 0) {
    line('FAISS', 'absent here (g++ and libfaiss-dev): not compared')
    return []
  }
  writeFileSync(join(folder, 'rows'), rows)
  writeFileSync(join(folder, 'queries'), bytesOf(queries.slice(0, 500)))
  const flatAsked = String(Math.max(10, Math.min(500, Math.round(3e8 / size))))
  const args = [join(folder, 'rows'), join(folder, 'queries'), String(radius), flatAsked]
  const ran = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 26 })
  if (ran.status !== 0) throw new Error(`FAISS failed: ${ran.stderr}`)
  return ran.stdout
    .trim()
    .split('\n')
    .map(text => {
      const [name, built, took, , ...hits] = text.split(' ')
      return { name: name!, built: Number(built), took: Number(took), hits: hits.map(Number) }
    })
}

/** Every row compared, in the quickest plain loop we have; the order of the bits is no matter to a distance. */
function linear(hash: Fingerprint): number[] {
  const hits: number[] = []
  const asked = new Uint16Array(bytesOf([hash]).buffer)
  scan(words, size, asked, radius, row => hits.push(row))
  return hits
}

function hashAt(row: number): Fingerprint {
  return Buffer.from(rows.buffer, row * 32, 32).toString('hex') as Fingerprint
}

/** Throws unless each question has as many answers as the peer gives. */
function compare(found: readonly (readonly Hit[])[], counts: readonly number[], peer: string): void {
  counts.forEach((count, i) => {
    if (count !== found[i]!.length)
      throw new Error(`${peer} answers ${count}, the index ${found[i]!.length}.`)
  })
}

interface Measured {
  /** Answers a second. */
  readonly rate: number
  readonly p50: number
  readonly p99: number
}

/** Of several rounds over all questions, the middle one's rate; the times of single answers are of all rounds. */
function median(asked: readonly Fingerprint[], ask: (hash: Fingerprint) => unknown): Measured {
  const single: number[] = []
  const whole: number[] = []
  for (let round = 0; round < rounds; round++) {
    const from = performance.now()
    for (const hash of asked) {
      const begun = performance.now()
      ask(hash)
      single.push(performance.now() - begun)
    }
    whole.push(performance.now() - from)
  }
  single.sort((a, b) => a - b)
  return {
    rate: (asked.length * 1000) / middle(whole),
    p50: single[Math.floor(single.length / 2)]!,
    p99: single[Math.floor(single.length * 0.99)]!,
  }
}

function middle(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)]!
}

function timeOf(work: () => unknown): number {
  const from = performance.now()
  work()
  return performance.now() - from
}

async function timeOfEach(count: number, work: (i: number) => Promise<unknown>): Promise<number> {
  const times: number[] = []
  for (let i = 0; i < count; i++) {
    const from = performance.now()
    await work(i)
    times.push(performance.now() - from)
  }
  return middle(times)
}

function rate(perSecond: number): string {
  return `${Math.round(perSecond).toLocaleString('en')} /s`
}

function micro(ms: number): string {
  return `${(ms * 1000).toFixed(1)} µs`
}

function line(name: string, value: string): void {
  console.log(`${name.padEnd(40)} ${value}`)
}
