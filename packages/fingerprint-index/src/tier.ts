/**
 * Rows that are searched together: one mutable tier, then immutable segments of growing size. A row is a
 * fingerprint in bands; its postings are the ids it stands under.
 */
export interface Tier {
  /** Postings, those taken out included. */
  readonly postings: number
  /** Postings taken out. */
  readonly removed: number
  /** Bytes held. */
  readonly bytes: number
  readonly content: Content
  /** Set where the tier lies in memory that threads can share. */
  readonly memory?: WebAssembly.Memory
  /**
   * Living postings of rows within the radius, each once, in no order, `limit` of them at most.
   * @param query 16 bands
   */
  search(query: Uint16Array, radius: number, limit: number, found: Found): void
  /** Takes out all postings of an id; gives how many. */
  remove(id: bigint): number
}

/** The mutable tier. */
export interface Tail extends Tier {
  readonly isFull: boolean
  add(id: bigint, bands: Uint16Array): void
}

/** Called for each posting within the radius. */
export type Found = (id: bigint, distance: number) => void

/** What a tier holds, as flat arrays: to be merged, written to disk, never to be listed. */
export interface Content {
  /** 8 words a row. */
  readonly rows: Uint32Array
  readonly rowCount: number
  /** One a posting, ordered by row. */
  readonly ids: BigUint64Array
  /** Where each row's postings begin; absent where every row has one. */
  readonly starts?: Uint32Array
  /** One bit a posting: taken out. */
  readonly dead: Uint8Array
}

/** How `rows` of a staged segment are written: as the core keeps them, or 32 bytes in the order of the text. */
export type RowForm = 'bands' | 'text'

/** Room for the postings of a segment to be: fill the first of `rows` and `ids`, then run `build` to its end. */
export interface Staged {
  readonly rows: Uint32Array
  readonly ids: BigUint64Array
  /**
   * Builds in steps of some milliseconds, so that the caller may do other things between them. Equal rows
   * become one with several postings.
   * @param postings how many were filled in
   */
  build(postings: number): Generator<undefined, Tier>
}

/** The search core in one of its two forms: WebAssembly, or plain TypeScript as its twin. */
export interface Engine {
  readonly name: 'wasm' | 'plain'
  makeTail(rowsMax: number): Tail
  stage(postings: number, form: RowForm): Staged
}

/** Rows handled between two steps of a build: some milliseconds. */
export const stepRows = 1 << 18

/** Runs a build without a pause. */
export function finish<Result>(steps: Generator<undefined, Result>): Result {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

export function isDead(content: Content, posting: number): boolean {
  return ((content.dead[posting >> 3]! >> (posting & 7)) & 1) === 1
}
