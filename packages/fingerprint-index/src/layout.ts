import { bandCount, flips } from './bands.ts'

/** Where the parts of a tier lie in its memory, in bytes; the core reads the same from the first words. */
export interface Layout {
  readonly bytes: number
  readonly slotWidth: 3 | 4
  readonly idsAt: number
  readonly postingsAt: number
  readonly deadAt: number
  readonly rowsAt: number
  readonly startsAt: number
  readonly entriesAt: number
  readonly entriesStride: number
  readonly stagedRowsAt: number
  readonly stagedIdsAt: number
  readonly headsAt: number
  readonly linksAt: number
  readonly linksStride: number
}

/** Words of the head, by what they hold (assembly/memory.ts). */
export const headWord = {
  rows: 0,
  postings: 1,
  slotWidth: 2,
  rowsAt: 3,
  idsAt: 4,
  postingsAt: 5,
  deadAt: 6,
  startsAt: 7,
  entriesAt: 8,
  entriesStride: 9,
  isFolded: 12,
  stagedRowsAt: 13,
  stagedIdsAt: 14,
  headsAt: 15,
  linksAt: 16,
  linksStride: 17,
} as const

/** Rows of one memory at most: 136 bytes each, and a memory ends at 4 GiB. Beyond it a further segment begins. */
export const segmentRowsMax = 30_000_000

/** Rows of the mutable tier at most: its chains are 16-bit. */
export const tailRowsMax = 65_535

/** Threads that may search one memory at a time, each with scratch of its own. */
export const threadsMax = 8

const flipsAt = 256
const cursorAt = 8192
const firstScratchAt = cursorAt + 65_536 * 4
const scratchBytes = 160 * 1024
/** A search loads that many lines past the start of a bucket, be it the last. */
const linesTouchedMax = 18
const startsStride = 262_400
const headsStride = 131_072

/** Address of a thread's scratch. */
export const scratchAt = (thread: number): number => firstScratchAt + thread * scratchBytes

const nowhere: Layout = {
  bytes: 0,
  slotWidth: 3,
  idsAt: 0,
  postingsAt: 0,
  deadAt: 0,
  rowsAt: 0,
  startsAt: 0,
  entriesAt: 0,
  entriesStride: 0,
  stagedRowsAt: 0,
  stagedIdsAt: 0,
  headsAt: 0,
  linksAt: 0,
  linksStride: 0,
}

/** Plans the memory of an immutable segment of so many postings. */
export function segmentLayout(
  postings: number,
  threads: number,
  slotWidth: 3 | 4 = postings < 1 << 24 ? 3 : 4,
): Layout {
  const place = placer(scratchAt(threads))
  const entriesStride = rounded(postings * (2 + slotWidth) + linesTouchedMax * 64)
  const idsAt = place(postings * 8)
  const deadAt = place(postings / 8 + 1)
  const rowsAt = place(postings * 32)
  const postingsAt = place((postings + 2) * 4)
  const startsAt = place(startsStride * bandCount)
  const entriesAt = place(entriesStride * bandCount)
  return {
    ...nowhere,
    bytes: place(0),
    slotWidth,
    idsAt,
    postingsAt,
    deadAt,
    rowsAt,
    startsAt,
    entriesAt,
    entriesStride,
    // Rows come in where the tables will be: building needs no memory of its own.
    stagedRowsAt: entriesAt,
    stagedIdsAt: entriesAt + postings * 32,
  }
}

/** Plans the memory of a mutable tier. */
export function tailLayout(rows: number, threads: number): Layout {
  const place = placer(scratchAt(threads))
  const linksStride = rounded(rows * 2)
  const idsAt = place(rows * 8)
  const deadAt = place(rows / 8 + 1)
  const rowsAt = place(rows * 32)
  const headsAt = place(headsStride * bandCount)
  const linksAt = place(linksStride * bandCount)
  return { ...nowhere, bytes: place(0), idsAt, deadAt, rowsAt, headsAt, linksAt, linksStride }
}

/** Writes the head and the table of flips into a fresh memory. */
export function writeHead(buffer: ArrayBufferLike, layout: Layout, postings: number): void {
  const head = new Uint32Array(buffer, 0, 64)
  for (const [name, word] of Object.entries(headWord)) {
    if (name in layout) head[word] = layout[name as keyof typeof layout & keyof typeof headWord]
  }
  head[headWord.postings] = postings
  new Uint16Array(buffer, flipsAt, flips.masks.length).set(flips.masks)
}

/** Reads the plan back from a memory that came from another thread. */
export function readHead(buffer: ArrayBufferLike): Layout & { readonly isFolded: boolean } {
  const head = new Uint32Array(buffer, 0, 64)
  const read: Record<string, number> = { bytes: buffer.byteLength }
  for (const [name, word] of Object.entries(headWord)) read[name] = head[word]!
  return { ...(read as unknown as Layout), isFolded: head[headWord.isFolded] === 1 }
}

function placer(from: number): (bytes: number) => number {
  let at = rounded(from)
  return bytes => {
    const here = at
    at += rounded(bytes)
    return here
  }
}

const rounded = (bytes: number): number => Math.ceil(bytes / 64) * 64
