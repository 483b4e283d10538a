import { fingerprintBits, isFingerprint, matchDistanceMax, type Fingerprint } from '@jikimi/fingerprint'
import { bandsOf } from './bands.ts'
import { segmentRowsMax, tailRowsMax } from './layout.ts'
import { living, merge, planMerge } from './merge.ts'
import { plainEngine } from './plain-engine.ts'
import { finish, type Content, type Engine, type RowForm, type Staged, type Tail, type Tier } from './tier.ts'
import { isWasmSupported, wasmEngine } from './wasm-engine.ts'

/** An id and its nearest fingerprint's distance. */
export interface Hit {
  readonly id: bigint
  /** In bits, at most the radius asked for. */
  readonly distance: number
}

export interface SearchOptions {
  /** Bits that may differ, 0 to 256; 31 where it is not said, PDQ's radius for the same picture. */
  readonly radius?: number
  /**
   * That many ids at most, whichever are found first, not the nearest; 1 asks whether there is any. All where
   * it is not said.
   */
  readonly limit?: number
}

export interface IndexOptions {
  /** `plain` runs without WebAssembly, about five times slower. Chosen by what the machine has where not said. */
  readonly engine?: 'wasm' | 'plain'
  /** Keeps all in shared memory, for searches by other threads (`share`, `attach`). */
  readonly isShared?: boolean
  /** Rows of the mutable tier, at most 65,535: for tests that want to see it fill. */
  readonly tailRows?: number
}

/** Where rows go piece by piece: 32 bytes to each id. */
export interface RowSink {
  put(ids: BigUint64Array, rows: Uint8Array): void
  end(): void
}

/** Full tails that may wait for a merge before an `add` waits for them: each costs a search some microseconds. */
const fullTailsMax = 8

/** How long an index works before it lets others work, when it merges beside them. */
const merelyMs = 8

/** Makes an empty index in memory. */
export function createIndex(options: IndexOptions = {}): LiveIndex {
  return new LiveIndex(options)
}

/**
 * Fingerprints under 64-bit ids, searched by radius; exact: nothing within the radius is missed. A set of pairs
 * (id, fingerprint): an id may have many fingerprints, a fingerprint many ids. A resource: `close` lets the
 * memory go.
 */
export class LiveIndex {
  readonly #engine: Engine
  readonly #tailRows: number
  #tail: Tail
  #fullTails: Tier[] = []
  #segments: Tier[] = []
  #merging: Promise<void> | undefined
  /** Ids taken out while a merge copies rows: they are taken out of its result too. */
  #removedMeanwhile: bigint[] | undefined
  #generation = 0
  #isClosed = false
  readonly #onChange = new Set<() => void>()

  constructor(options: IndexOptions) {
    const isWasm = options.engine === undefined ? isWasmSupported() : options.engine === 'wasm'
    if (options.isShared && !isWasm) throw new TypeError('Only the WebAssembly engine shares its memory.')
    this.#engine = isWasm ? wasmEngine(options.isShared ?? false) : plainEngine
    this.#tailRows = options.tailRows ?? tailRowsMax
    this.#tail = this.#engine.makeTail(this.#tailRows)
  }

  get engine(): 'wasm' | 'plain' {
    return this.#engine.name
  }

  /** Pairs of id and fingerprint; one added twice counts twice until a merge has seen both. */
  get size(): number {
    return this.#tiers().reduce((sum, tier) => sum + living(tier), 0)
  }

  /** Bytes of memory held. */
  get bytes(): number {
    return this.#tiers().reduce((sum, tier) => sum + tier.bytes, 0)
  }

  /**
   * Adds a fingerprint; found by the next search. Constant time, about a microsecond; every 65,535th begins a
   * merge that runs beside other work.
   * @throws TypeError unless the id is an unsigned 64-bit number and the hash 64 lower-case hex digits
   */
  add(id: bigint, hash: Fingerprint): void {
    this.addBands(parseId(id), bandsOf(parseHash(hash)))
  }

  /**
   * Adds many: ids, and 32 bytes of hash each in the order of the text. More than a tail holds become a segment
   * at once: a quarter of a microsecond each, during which nothing else runs.
   * @throws RangeError where the lengths do not fit
   */
  addMany(ids: BigUint64Array, hashes: Uint8Array): void {
    if (hashes.length !== ids.length * 32) throw new RangeError('Each id needs 32 bytes of hash.')
    const sink = this.beginRows(ids.length, 'text')
    sink.put(ids, hashes)
    sink.end()
  }

  /**
   * Takes out every fingerprint of an id; no search from here on gives it. One pass over the ids, a millisecond
   * per million.
   * @returns how many fingerprints that were
   */
  remove(id: bigint): number {
    this.#checkOpen()
    const removed = this.#tiers().reduce((sum, tier) => sum + tier.remove(id), 0)
    if (removed > 0) this.#removedMeanwhile?.push(id)
    return removed
  }

  /**
   * Ids with a fingerprint within the radius, nearest first, equal distances by id. Exact; 20 to 50 µs at ten
   * million and radius 31, more with every bit of radius; above 63 bits every row is compared.
   * @throws RangeError unless the radius is a whole number from 0 to 256 and the limit one from 1
   */
  search(hash: Fingerprint, options: SearchOptions = {}): Hit[] {
    this.#checkOpen()
    return searchTiers(this.#tiers(), hash, options)
  }

  /** Searches for each of many: the answers in the order of the questions. */
  searchMany(hashes: readonly Fingerprint[], options: SearchOptions = {}): Hit[][] {
    this.#checkOpen()
    const tiers = this.#tiers()
    return hashes.map(hash => searchTiers(tiers, hash, options))
  }

  /** Waits until all merges that are due are done. They run by themselves; this is for those who want to see it. */
  async settle(): Promise<void> {
    this.#mergeIfDue()
    while (this.#merging) await this.#merging
  }

  /** Lets the memory go; a merge that runs is dropped. */
  close(): void {
    this.#isClosed = true
    this.#fullTails = []
    this.#segments = []
    this.#tail = plainEngine.makeTail(0)
    this.#changed()
  }

  [Symbol.dispose](): void {
    this.close()
  }

  /** For the store and for sharing: what is held at this moment. Not for listing: fingerprints are personal data. */
  get tiers(): readonly Tier[] {
    return this.#tiers()
  }

  /** As `tiers`, as flat arrays that later changes do not lengthen. */
  contents(): Content[] {
    return this.#tiers().map(tier => tier.content)
  }

  /**
   * Takes rows piece by piece, as `contents` gives them or as text, and builds segments of them without a second
   * copy. `end` builds the last one.
   * @param total how many will come, at most
   */
  beginRows(total: number, form: RowForm): RowSink {
    this.#checkOpen()
    let expected = total
    let filled = 0
    let staged: Staged | undefined
    const build = (): void => {
      if (staged && filled > 0) this.#segments = [...this.#segments, finish(staged.build(filled))]
      staged = undefined
      filled = 0
    }
    return {
      put: (ids, rows) => {
        for (let from = 0; from < ids.length;) {
          staged ??= this.#engine.stage(Math.min(expected, segmentRowsMax), form)
          const count = Math.min(ids.length - from, staged.ids.length - filled)
          if (count === 0) throw new RangeError('More rows came than were announced.')
          staged.ids.set(ids.subarray(from, from + count), filled)
          const bytes = new Uint8Array(staged.rows.buffer, staged.rows.byteOffset, staged.rows.byteLength)
          bytes.set(rows.subarray(from * 32, (from + count) * 32), filled * 32)
          filled += count
          from += count
          expected -= count
          if (filled === staged.ids.length) build()
        }
      },
      end: () => {
        build()
        this.#changed()
        this.#mergeIfDue()
      },
    }
  }

  /** Calls back whenever tiers come or go; gives the way to stop it. */
  onChange(changed: () => void): () => void {
    this.#onChange.add(changed)
    return () => this.#onChange.delete(changed)
  }

  #tiers(): Tier[] {
    return [this.#tail, ...this.#fullTails, ...this.#segments]
  }

  #checkOpen(): void {
    if (this.#isClosed) throw new Error('The index is closed.')
  }

  /** As `add`, for one who has the bands already. */
  addBands(id: bigint, bands: Uint16Array): void {
    this.#checkOpen()
    if (this.#tail.isFull) {
      this.#fullTails = [...this.#fullTails, this.#tail]
      this.#tail = this.#engine.makeTail(this.#tailRows)
      this.#changed()
      // One who adds without a pause would never let a merge run: then it is done here.
      if (this.#fullTails.length > fullTailsMax) this.#mergeNow()
      else this.#mergeIfDue()
    }
    this.#tail.add(id, bands)
  }

  #mergeIfDue(): void {
    if (this.#merging || this.#isClosed) return
    if (planMerge(this.#fullTails, this.#segments).length === 0) return
    this.#merging = this.#mergeBesides().finally(() => {
      this.#merging = undefined
      this.#mergeIfDue()
    })
  }

  async #mergeBesides(): Promise<void> {
    const generation = this.#generation
    const sources = planMerge(this.#fullTails, this.#segments)
    this.#removedMeanwhile = []
    const steps = merge(this.#engine, sources)
    for (;;) {
      await new Promise(resolve => setTimeout(resolve, 0))
      for (const from = performance.now(); performance.now() - from < merelyMs;) {
        // Someone merged in the meantime, or closed: the sources are gone.
        if (generation !== this.#generation || this.#isClosed) return
        const step = steps.next()
        if (step.done) return this.#replace(sources, step.value)
      }
    }
  }

  #mergeNow(): void {
    const sources = planMerge(this.#fullTails, this.#segments)
    this.#removedMeanwhile = []
    this.#replace(sources, finish(merge(this.#engine, sources)))
  }

  /** Swaps the sources of a merge for its result, between two searches. */
  #replace(sources: readonly Tier[], merged: Tier | undefined): void {
    for (const id of this.#removedMeanwhile ?? []) merged?.remove(id)
    this.#removedMeanwhile = undefined
    const stays = (tier: Tier) => !sources.includes(tier)
    this.#fullTails = this.#fullTails.filter(stays)
    this.#segments = [...(merged ? [merged] : []), ...this.#segments.filter(stays)]
    this.#generation++
    this.#changed()
  }

  #changed(): void {
    for (const changed of this.#onChange) changed()
  }
}

/** Asks each tier, and keeps each id's nearest. */
export function searchTiers(
  tiers: readonly Tier[],
  hash: Fingerprint,
  { radius = matchDistanceMax, limit = Infinity }: SearchOptions,
): Hit[] {
  if (!Number.isInteger(radius) || radius < 0 || radius > fingerprintBits) {
    throw new RangeError(`A radius is a whole number from 0 to ${fingerprintBits}.`)
  }
  if (limit !== Infinity && (!Number.isInteger(limit) || limit < 1)) {
    throw new RangeError('A limit is a whole number from 1.')
  }
  const query = bandsOf(parseHash(hash))
  // An id with many fingerprints fills a limit alone: then once more, with a wider one.
  for (let atMost = limit; ; atMost *= 4) {
    const nearest = new Map<bigint, number>()
    let left = atMost
    for (const tier of tiers) {
      tier.search(query, radius, left, (id, distance) => {
        left--
        const known = nearest.get(id)
        if (known === undefined || distance < known) nearest.set(id, distance)
      })
      if (left <= 0) break
    }
    if (left <= 0 && nearest.size < limit) continue
    const hits = Array.from(nearest, ([id, distance]) => ({ id, distance }))
    return hits.sort((a, b) => a.distance - b.distance || (a.id < b.id ? -1 : 1)).slice(0, limit)
  }
}

export function parseId(id: bigint): bigint {
  if (typeof id !== 'bigint' || id !== BigInt.asUintN(64, id))
    throw new TypeError('An id is an unsigned 64-bit number.')
  return id
}

/** The text itself is not repeated: it is personal data. */
export function parseHash(hash: Fingerprint): Fingerprint {
  if (!isFingerprint(hash)) throw new TypeError('A fingerprint is 64 lower-case hexadecimal digits.')
  return hash
}
