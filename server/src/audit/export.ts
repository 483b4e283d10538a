import {
  checkpointLine,
  endLine,
  entryLine,
  formatProof,
  headLine,
  inclusionRanges,
  leafLine,
  rootOf,
} from '@jikimi/tlog'
import type { ReadTx } from '#platform/database'
import type { EntryId } from '#platform/ids'
import type { Keys } from '#platform/keys'
import { refuse } from '#platform/refusals'
import { refused } from './errors.ts'
import type { LogHead } from './schema.ts'
import { origin, tileLeaves } from './sequence.ts'
import * as store from './store.ts'

type Look = <T>(question: (tx: ReadTx) => Promise<T>) => Promise<T>

/** How long the log is, its newest signed checkpoint, and how many entries wait to enter it. */
export async function head(tx: ReadTx, keys: Pick<Keys, 'logVerifier'>): Promise<LogHead> {
  const checkpoint = await store.latestCheckpoint(tx)
  return {
    size: checkpoint?.size ?? 0,
    note: checkpoint?.note ?? null,
    verifierKey: keys.logVerifier,
    waiting: await store.countWaiting(tx),
  }
}

const pageEntries = 500

/**
 * The whole log up to its newest checkpoint, as lines of the format that `jikimi verify` reads. Who may not read of
 * cases (`isOfCasesShown` false) gets the hashes of their entries: it verifies all the same. Each page is
 * a transaction of its own, so that a long log holds up nobody; what is in the log does not change meanwhile.
 */
export async function* exportLog(
  look: Look,
  keys: Pick<Keys, 'logVerifier'>,
  isOfCasesShown: boolean,
): AsyncGenerator<string> {
  yield `${headLine(origin, keys.logVerifier)}\n`
  const size = (await look(store.latestCheckpoint))?.size ?? 0
  let checkpoints = 0
  for (let from = 0; from < size; from += pageEntries) {
    const to = Math.min(from + pageEntries, size)
    const page = await look(async tx => ({
      entries: await store.entriesBetween(tx, from, to),
      notes: await store.checkpointsBetween(tx, from, to),
    }))
    const notes = new Map(page.notes.map(each => [each.size, each.note]))
    for (const { tree_index, leaf_hash, body, case_id } of page.entries) {
      const isShown = isOfCasesShown || case_id === null
      yield `${isShown ? entryLine(tree_index, body) : leafLine(tree_index, leaf_hash)}\n`
      const note = notes.get(tree_index + 1)
      if (note === undefined) continue
      checkpoints += 1
      yield `${checkpointLine(note)}\n`
    }
  }
  yield `${endLine(size, checkpoints)}\n`
}

/**
 * A proof that an entry is in the log, which stands alone (C2SP tlog-proof; the entry itself is its extra).
 * @throws audit.noEntry there is no such entry, or the caller may not see it
 * @throws audit.notSequencedYet it is not in the tree yet
 */
export async function proofOf(tx: ReadTx, entry: EntryId): Promise<string> {
  const found = (await store.leafOf(tx, entry)) ?? refuse(refused.noEntry())
  const checkpoint = await store.latestCheckpoint(tx)
  const index = found.tree_index
  if (index === null || checkpoint === undefined || index >= checkpoint.size)
    return refuse(refused.notSequencedYet())
  const hashes: Uint8Array[] = []
  for (const [from, to] of inclusionRanges(index, checkpoint.size)) hashes.push(await subtree(tx, from, to))
  return formatProof({ index, hashes, checkpoint: checkpoint.note, extra: Buffer.from(found.body) })
}

/**
 * The hash over the leaves `from` up to `to`, from the kept hashes of complete tiles as far as they reach:
 * of a million entries it reads four thousand hashes instead of all.
 */
async function subtree(tx: ReadTx, from: number, to: number): Promise<Uint8Array> {
  const isTiled = from % tileLeaves === 0
  const tilesEnd = isTiled ? Math.floor(to / tileLeaves) : 0
  const tiles = isTiled ? await store.tileRoots(tx, from / tileLeaves, tilesEnd) : []
  const rest = await store.leafHashes(tx, isTiled ? tilesEnd * tileLeaves : from, to)
  return rootOf(rest.length === 0 ? tiles : [...tiles, rootOf(rest)])
}
