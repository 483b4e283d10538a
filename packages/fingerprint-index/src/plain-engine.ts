import { bandCount, bandsOfBytes, rowWords } from './bands.ts'
import { makeSegment, scan, searchSegment, wordsOfBands, type Found as FoundRow } from './segment.ts'
import {
  isDead,
  stepRows,
  type Content,
  type Engine,
  type Found,
  type RowForm,
  type Tail,
  type Tier,
} from './tier.ts'

/** The core in plain TypeScript: oracle of the WebAssembly, and its stand-in where SIMD is missing. */
export const plainEngine: Engine = {
  name: 'plain',
  makeTail,
  stage(postings, form) {
    const rows = new Uint32Array(postings * rowWords)
    const ids = new BigUint64Array(postings)
    return { rows, ids, build: count => build(rows.subarray(0, count * rowWords), ids.slice(0, count), form) }
  },
}

function makeTail(rowsMax: number): Tail {
  const rows = new Uint32Array(rowsMax * rowWords)
  const ids = new BigUint64Array(rowsMax)
  const dead = new Uint8Array((rowsMax >> 3) + 1)
  let size = 0
  const contentNow = (): Content => ({ rows, rowCount: size, ids: ids.subarray(0, size), dead })
  const tier = plainTier(contentNow, (query, radius, found) => scan(rows, size, query, radius, found))
  return Object.assign(tier, {
    isFull: false,
    add(id: bigint, bands: Uint16Array) {
      rows.set(wordsOfBands(bands), size * rowWords)
      ids[size++] = id
      this.isFull = size >= rowsMax
    },
  })
}

function* build(rows: Uint32Array, ids: BigUint64Array, form: RowForm): Generator<undefined, Tier> {
  if (form === 'text') {
    const bytes = new Uint8Array(rows.buffer, rows.byteOffset, rows.byteLength)
    for (let row = 0; row < ids.length; row++) {
      rows.set(wordsOfBands(bandsOfBytes(bytes, row * 32)), row * rowWords)
      if (row % stepRows === 0) yield
    }
  }
  const content = fold(rows, ids)
  yield
  const segment = makeSegment(content.rows.subarray(0, content.rowCount * rowWords))
  return plainTier(
    () => content,
    (query, radius, found) => searchSegment(segment, query, radius, found),
  )
}

/** Equal rows become one: those met again are dropped, their ids join the first one's. */
function fold(rows: Uint32Array, ids: BigUint64Array): Content {
  const dead = new Uint8Array((ids.length >> 3) + 1)
  const numbers = new Uint32Array(ids.length)
  const seen = new Map<string, number>()
  for (let row = 0; row < ids.length; row++) {
    const key = String.fromCharCode(...new Uint16Array(rows.buffer, rows.byteOffset + row * 32, bandCount))
    const number = seen.get(key) ?? seen.size
    numbers[row] = number
    if (number < seen.size) continue
    seen.set(key, number)
    rows.copyWithin(number * rowWords, row * rowWords, row * rowWords + rowWords)
  }
  const rowCount = seen.size
  if (rowCount === ids.length) return { rows, rowCount, ids, dead }
  const starts = new Uint32Array(rowCount + 1)
  for (const number of numbers) starts[number + 1]!++
  for (let row = 0; row < rowCount; row++) starts[row + 1]! += starts[row]!
  const at = starts.slice()
  const ordered = new BigUint64Array(ids.length)
  ids.forEach((id, row) => (ordered[at[numbers[row]!]!++] = id))
  return { rows, rowCount, ids: ordered, starts, dead }
}

function plainTier(
  contentNow: () => Content,
  searchRows: (query: Uint16Array, radius: number, found: FoundRow) => void,
): Tier {
  let removed = 0
  return {
    get postings() {
      return contentNow().ids.length
    },
    get removed() {
      return removed
    },
    get bytes() {
      const { rows, ids } = contentNow()
      return rows.byteLength * 4 + ids.byteLength // three times the rows for the tables
    },
    get content() {
      return contentNow()
    },
    search(query, radius, limit, found) {
      const content = contentNow()
      let left = limit
      searchRows(query, radius, (row, distance) => {
        left -= eachPosting(content, row, distance, left, found)
      })
    },
    remove(id) {
      const { ids, dead } = contentNow()
      const before = removed
      for (let posting = ids.indexOf(id); posting >= 0; posting = ids.indexOf(id, posting + 1)) {
        if ((dead[posting >> 3]! >> (posting & 7)) & 1) continue
        dead[posting >> 3]! |= 1 << (posting & 7)
        removed++
      }
      return removed - before
    },
  }
}

/** Reports a row's living postings, `limit` at most; gives how many. */
function eachPosting(content: Content, row: number, distance: number, limit: number, found: Found): number {
  const from = content.starts?.[row] ?? row
  const to = content.starts?.[row + 1] ?? row + 1
  let count = 0
  for (let posting = from; posting < to && count < limit; posting++) {
    if (isDead(content, posting)) continue
    found(content.ids[posting]!, distance)
    count++
  }
  return count
}
