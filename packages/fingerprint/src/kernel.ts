import { boxWidth, gridSide } from './box-filter.ts'
import { formatFingerprint, type Fingerprint } from './fingerprint.ts'
import { basis } from './frequencies.ts'
import { kernelBase64 } from './kernel-wasm.ts'
import type { Luma, Pixels } from './pixels.ts'

/**
 * The WebAssembly kernel: what blur.ts, fold.ts, frequencies.ts and quality.ts do in TypeScript, with the same
 * bits. Its memory holds a band of the picture at a time, not the picture.
 */
export interface Kernel {
  /** The reference's own passes; false when the memory does not suffice. Leaves the 64 × 64 grid inside. */
  blur(pixels: Pixels, luma: Luma): boolean
  /** The folded passes; false also for sides too long for them. Leaves the grid inside. */
  fold(pixels: Pixels): boolean
  /** Puts a grid made elsewhere in place of the blurred one. */
  setGrid(grid: Float32Array): void
  /** Copies of the grid and of the frequencies. */
  grid(): Float32Array
  frequencies(): Float32Array
  /** Makes the frequencies of the grid. */
  transform(): void
  /** The hash of the turn of that number, after `transform`, and the gap of its two middle frequencies. */
  hash(turn: number): { readonly hash: Fingerprint; readonly gap: number }
  /** Sum of the steps of the grid, and how many could change by one if each moved by `slack`. */
  steps(slack: number): { readonly sum: number; readonly unsure: number }
}

interface Exports {
  readonly memory: WebAssembly.Memory
  basisAt(): number
  gridAt(): number
  lowAt(): number
  hashesAt(): number
  openExact(width: number, height: number, channels: number, isDouble: number, rows: number): number
  feedExact(rows: number): void
  endExact(): void
  openFold(width: number, height: number, channels: number, rows: number): number
  firstRow(block: number): number
  rowsOf(block: number): number
  foldBlocks(from: number, to: number, firstRow: number): void
  transform(): void
  hash(turn: number): number
  steps(slack: number): number
  unsureSteps(): number
}

/** Bytes of a picture that are copied in at a time: with what the passes keep, about a core's own cache. */
const bandBytes = 256 * 1024

/** Rows that the exact passes take together. */
const group = 16

/** Wider pictures are left to TypeScript: sixteen of their rows would take more memory than a picture is worth. */
const widthMax = 2 ** 17

/** Where the kernel stands in this thread: null once it turned out that there is no WebAssembly with SIMD. */
let kernel: Kernel | null | undefined
let coming: Promise<'wasm' | 'typescript'> | undefined

/**
 * The kernel, where it can be had without waiting: in Node and in workers at once. In a page it is only asked
 * for, and there for a later picture: browsers do not compile on the main thread without a promise.
 */
export function kernelNow(): Kernel | undefined {
  if (kernel !== undefined) return kernel ?? undefined
  if ('document' in globalThis) {
    void ready()
    return undefined
  }
  try {
    kernel = kernelOf(new WebAssembly.Instance(new WebAssembly.Module(kernelBytes())))
  } catch {
    kernel = null
  }
  return kernel ?? undefined
}

/**
 * Prepares the kernel and says what computes fingerprints from then on. Nobody needs to wait for it: until the
 * kernel is there, and where WebAssembly or SIMD is missing, plain TypeScript gives the same bits, only slower.
 */
export function ready(): Promise<'wasm' | 'typescript'> {
  coming ??= compiled()
  return coming
}

async function compiled(): Promise<'wasm' | 'typescript'> {
  try {
    kernel ??= kernelOf((await WebAssembly.instantiate(kernelBytes())).instance)
    return 'wasm'
  } catch {
    kernel = null
    return 'typescript'
  }
}

function kernelBytes(): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(kernelBase64), character => character.charCodeAt(0))
}

function kernelOf(instance: WebAssembly.Instance): Kernel {
  const wasm = instance.exports as unknown as Exports
  const { memory } = wasm
  const floats = (at: number, count: number) => new Float32Array(memory.buffer, at, count)
  floats(wasm.basisAt(), basis.length).set(basis)
  const [gridAt, lowAt, hashesAt] = [wasm.gridAt(), wasm.lowAt(), wasm.hashesAt()]
  return {
    blur: (pixels, luma) => blur(wasm, pixels, luma),
    fold: pixels => fold(wasm, pixels),
    setGrid: grid => floats(gridAt, gridSide * gridSide).set(grid),
    grid: () => floats(gridAt, gridSide * gridSide).slice(),
    frequencies: () => floats(lowAt, 256).slice(),
    transform: () => wasm.transform(),
    hash(turn) {
      const gap = wasm.hash(turn)
      const words = new Uint32Array(memory.buffer, hashesAt + turn * 32, 8)
      return { hash: formatFingerprint(words.toReversed()), gap }
    },
    steps: slack => ({ sum: wasm.steps(slack), unsure: wasm.unsureSteps() }),
  }
}

function blur(wasm: Exports, { width, height, channels, data }: Pixels, luma: Luma): boolean {
  if (width > widthMax) return false
  const rowBytes = width * channels
  const fit = Math.max(1, Math.floor(bandBytes / rowBytes / group)) * group
  const rows = Math.min(fit, height)
  const at = wasm.openExact(width, height, channels, luma === 'f64' ? 1 : 0, rows)
  if (at === 0) return false
  const memory = new Uint8Array(wasm.memory.buffer)
  for (let y = 0; y < height; y += rows) {
    const count = Math.min(rows, height - y)
    memory.set(data.subarray(y * rowBytes, (y + count) * rowBytes), at)
    wasm.feedExact(count)
  }
  wasm.endExact()
  return true
}

function fold(wasm: Exports, { width, height, channels, data }: Pixels): boolean {
  const rowBytes = width * channels
  const rows = Math.min(height, Math.max(2 * boxWidth(height), Math.floor(bandBytes / rowBytes)))
  const at = wasm.openFold(width, height, channels, rows)
  if (at === 0) return false
  const memory = new Uint8Array(wasm.memory.buffer)
  for (let block = 0; block < gridSide;) {
    const first = wasm.firstRow(block)
    let next = block + 1
    let end = first + wasm.rowsOf(block)
    for (; next < gridSide; next++) {
      const nextEnd = wasm.firstRow(next) + wasm.rowsOf(next)
      if (nextEnd - first > rows) break
      end = nextEnd
    }
    memory.set(data.subarray(first * rowBytes, end * rowBytes), at)
    wasm.foldBlocks(block, next, first)
    block = next
  }
  return true
}
