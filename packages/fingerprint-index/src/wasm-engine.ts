import { bandCount, flips } from './bands.ts'
import {
  headWord,
  readHead,
  scratchAt,
  segmentLayout,
  tailLayout,
  threadsMax,
  writeHead,
  type Layout,
} from './layout.ts'
import { base64, sharingByteAt } from './search.wasm.ts'
import { budgetsFor, tableRadiusMax, tableRowsMin } from './segment.ts'
import {
  stepRows,
  type Content,
  type Engine,
  type Found,
  type RowForm,
  type Tail,
  type Tier,
} from './tier.ts'

/** What assembly/index.ts exports. Counts above 2³¹ come out negative: read with `>>> 0`. */
interface Core {
  toBands(from: number, to: number): void
  beginCounts(): void
  countGroups(from: number, to: number): void
  endGroupCounts(): void
  group(from: number, to: number): void
  fold(): void
  beginBandCounts(first: number): void
  countBands(first: number, from: number, to: number): void
  endBandCounts(band: number): void
  fillBand(band: number, from: number, to: number): void
  spreadBand(band: number, from: number, to: number): void
  fillFromSpread(band: number, from: number, to: number): void
  probe(scratch: number, radius: number, limit: number): number
  scan(scratch: number, radius: number, limit: number): number
  remove(id: bigint): number
  tailAdd(scratch: number, id: bigint): void
  tailProbe(scratch: number, radius: number, limit: number): number
}

const hitsOf = 256
const spreadRowsMin = 1 << 19
const modules: { own?: WebAssembly.Module; shared?: WebAssembly.Module } = {}

/**
 * Whether the core runs here: WebAssembly with SIMD (Node since 16, browsers since 2021 to 2023), and allowed:
 * a page's policy may forbid it, which shows only when it is compiled.
 */
export function isWasmSupported(): boolean {
  if (typeof WebAssembly !== 'object') return false
  try {
    moduleOf(false)
    return true
  } catch {
    return false
  }
}

/**
 * The core in WebAssembly, one memory a tier.
 * @param slotWidth bytes of a row's number in the tables; by the number of rows where it is not said
 * @param isShared memory on a SharedArrayBuffer, for searches by other threads; browsers want COOP and COEP headers
 */
export function wasmEngine(isShared: boolean, slotWidth?: 3 | 4): Engine {
  const threads = isShared ? threadsMax : 1
  return {
    name: 'wasm',
    makeTail(rowsMax) {
      const layout = tailLayout(rowsMax, threads)
      const memory = makeMemory(layout.bytes, isShared)
      writeHead(memory.buffer, layout, 0)
      return wasmTail(memory, isShared, rowsMax)
    },
    stage(postings, form) {
      const layout = segmentLayout(postings, threads, slotWidth)
      const memory = makeMemory(layout.bytes, isShared)
      writeHead(memory.buffer, layout, postings)
      return {
        rows: new Uint32Array(memory.buffer, layout.stagedRowsAt, postings * 8),
        ids: new BigUint64Array(memory.buffer, layout.stagedIdsAt, postings),
        build: count => build(memory, isShared, count, form),
      }
    },
  }
}

/** A tier over memory another thread made; for searching alone. */
export function attachTier(memory: WebAssembly.Memory, thread: number): Tier {
  return wasmTier(memory, true, thread, readHead(memory.buffer).headsAt > 0)
}

/** @throws RangeError when the machine has no such memory left */
function makeMemory(bytes: number, shared: boolean): WebAssembly.Memory {
  const pages = Math.ceil(bytes / 65_536)
  return new WebAssembly.Memory({ initial: pages, maximum: pages, shared })
}

function* build(
  memory: WebAssembly.Memory,
  isShared: boolean,
  postings: number,
  form: RowForm,
): Generator<undefined, Tier> {
  const core = instantiate(memory, isShared, () => undefined)
  new Uint32Array(memory.buffer, 0, 64)[headWord.postings] = postings
  if (form === 'text') yield* inSteps(postings, (from, to) => core.toBands(from, to))
  core.beginCounts()
  yield* inSteps(postings, (from, to) => core.countGroups(from, to))
  core.endGroupCounts()
  yield* inSteps(postings, (from, to) => core.group(from, to))
  core.fold()
  yield
  const rows = new Uint32Array(memory.buffer, 0, 64)[headWord.rows]!
  const layout = readHead(memory.buffer)
  const bands = rows < tableRowsMin ? 0 : bandCount
  for (let band = 0; band < bands; band++) {
    if (band % 4 === 0) {
      core.beginBandCounts(band)
      yield* inSteps(rows, (from, to) => core.countBands(band, from, to))
    }
    core.endBandCounts(band)
    if (!isSpread(layout, band, rows)) yield* inSteps(rows, (from, to) => core.fillBand(band, from, to))
    else {
      yield* inSteps(rows, (from, to) => core.spreadBand(band, from, to))
      yield* inSteps(rows, (from, to) => core.fillFromSpread(band, from, to))
    }
  }
  return wasmTier(memory, isShared, 0, false)
}

/** Whether spreading first pays (beyond the caches), and the tables not yet made have room for it: 8 bytes a row. */
function isSpread(layout: Layout, band: number, rows: number): boolean {
  const end = layout.entriesAt + layout.entriesStride * bandCount
  return rows >= spreadRowsMin && layout.entriesAt + layout.entriesStride * (band + 1) + rows * 8 <= end
}

function* inSteps(rows: number, work: (from: number, to: number) => void): Generator<undefined, void> {
  for (let from = 0; from < rows; from += stepRows) {
    work(from, Math.min(rows, from + stepRows))
    yield
  }
}

function wasmTail(memory: WebAssembly.Memory, isShared: boolean, rowsMax: number): Tail {
  const tier = wasmTier(memory, isShared, 0, true)
  const query = new Uint16Array(memory.buffer, scratchAt(0), bandCount)
  const core = instantiate(memory, isShared, () => undefined)
  const head = new Uint32Array(memory.buffer, 0, 64)
  return {
    ...tier,
    get postings() {
      return head[headWord.postings]!
    },
    get removed() {
      return tier.removed
    },
    get content() {
      return tier.content
    },
    get isFull() {
      return head[headWord.rows]! >= rowsMax
    },
    add(id, bands) {
      query.set(bands)
      core.tailAdd(scratchAt(0), id)
    },
  }
}

function wasmTier(memory: WebAssembly.Memory, isShared: boolean, thread: number, isTail: boolean): Tier {
  const { buffer } = memory
  const head = new Uint32Array(buffer, 0, 64)
  const layout = readHead(buffer)
  const scratch = scratchAt(thread)
  const query = new Uint16Array(buffer, scratch, bandCount)
  const hits = new Uint32Array(buffer, scratch + hitsOf, 8192)
  const ids = new BigUint64Array(buffer, layout.idsAt, (layout.deadAt - layout.idsAt) >> 3)
  let found: Found = () => undefined
  const drain = (count: number): void => {
    for (let at = 0; at < count * 2; at += 2) found(ids[hits[at]!]!, hits[at + 1]!)
  }
  const core = instantiate(memory, isShared, drain)
  let removed = 0
  return {
    get postings() {
      return head[headWord.postings]!
    },
    get removed() {
      return removed
    },
    bytes: buffer.byteLength,
    memory,
    get content() {
      return contentOf(buffer, layout)
    },
    search(bands, radius, limit, each) {
      const rows = head[headWord.rows]!
      if (rows === 0 || limit <= 0) return
      query.set(bands)
      found = each
      const atMost = Math.min(limit, 0xffffffff)
      const hasTables = isTail || rows >= tableRowsMin
      if (!hasTables || radius > tableRadiusMax || !isProbingCheaper(rows, radius))
        drain(core.scan(scratch, radius, atMost))
      else if (isTail) drain(core.tailProbe(scratch, radius, atMost))
      else drain(core.probe(scratch, radius, atMost))
    },
    remove(id) {
      const count = core.remove(id)
      removed += count
      return count
    },
  }
}

/** In nanoseconds, roughly: a bucket is a wait for memory, a row in it a sixteenth of a vector, a row scanned one. */
function isProbingCheaper(rows: number, radius: number): boolean {
  let buckets = 0
  for (const budget of budgetsFor(radius)) if (budget > 0) buckets += flips.until[budget - 1]!
  return buckets * 12 + ((buckets * rows) / 65_536) * 0.5 < rows
}

function contentOf(buffer: ArrayBufferLike, layout: Layout): Content {
  const head = new Uint32Array(buffer, 0, 64)
  const [rowCount, postings] = [head[headWord.rows]!, head[headWord.postings]!]
  return {
    rows: new Uint32Array(buffer, layout.rowsAt, rowCount * 8),
    rowCount,
    ids: new BigUint64Array(buffer, layout.idsAt, postings),
    dead: new Uint8Array(buffer, layout.deadAt, (postings >> 3) + 1),
    ...(head[headWord.isFolded] === 1
      ? { starts: new Uint32Array(buffer, layout.postingsAt, rowCount + 1) }
      : {}),
  }
}

function instantiate(memory: WebAssembly.Memory, isShared: boolean, drain: (hits: number) => void): Core {
  const instance = new WebAssembly.Instance(moduleOf(isShared), {
    env: { memory },
    host: { drain: (count: number) => drain(count >>> 0) },
  })
  return instance.exports as unknown as Core
}

function moduleOf(isShared: boolean): WebAssembly.Module {
  return (modules[isShared ? 'shared' : 'own'] ??= new WebAssembly.Module(bytesOfModule(isShared)))
}

function bytesOfModule(isShared: boolean): Uint8Array<ArrayBuffer> {
  const bytes = Uint8Array.from(atob(base64), letter => letter.charCodeAt(0))
  if (isShared) bytes[sharingByteAt] = 3
  return bytes
}
