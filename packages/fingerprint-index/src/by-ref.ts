import type { Fingerprint } from '@jikimi/fingerprint'
import { createIndex, type LiveIndex } from './live-index.ts'

/** A fingerprint and what it stands for, a bank's row id for instance. */
export interface Row<Ref> {
  readonly hash: Fingerprint
  readonly ref: Ref
}

export interface RefHit<Ref> {
  readonly ref: Ref
  /** In bits, at most the radius asked for. */
  readonly distance: number
}

/** A live index under refs of any kind (text ids of a database, say) in place of numbers. */
export interface FingerprintIndex<Ref> {
  readonly live: LiveIndex
  readonly idOf: Map<Ref, bigint>
  /** By id. */
  readonly refs: Ref[]
}

/** Builds an index over rows. */
export function buildIndex<Ref>(rows: readonly Row<Ref>[]): FingerprintIndex<Ref> {
  const index: FingerprintIndex<Ref> = { live: createIndex(), idOf: new Map(), refs: [] }
  for (const row of rows) add(index, row)
  return index
}

/** Adds a row; found from the next search on. */
export function add<Ref>({ live, idOf, refs }: FingerprintIndex<Ref>, { hash, ref }: Row<Ref>): void {
  let id = idOf.get(ref)
  if (id === undefined) {
    id = BigInt(refs.push(ref) - 1)
    idOf.set(ref, id)
  }
  live.add(id, hash)
}

/** Takes out all rows a ref has by now; no search from here on gives them. */
export function withdraw<Ref>({ live, idOf }: FingerprintIndex<Ref>, ref: Ref): void {
  const id = idOf.get(ref)
  if (id !== undefined) live.remove(id)
}

/** Refs with a row within `radius` bits, nearest first, equal distances in the order the refs were added. */
export function search<Ref>(
  { live, refs }: FingerprintIndex<Ref>,
  hash: Fingerprint,
  radius: number,
): RefHit<Ref>[] {
  return live.search(hash, { radius }).map(({ id, distance }) => ({ ref: refs[Number(id)]!, distance }))
}

/** Rows in the index. */
export const sizeOf = (index: FingerprintIndex<unknown>): number => index.live.size
