import { Frontier, leafHash, signCheckpoint } from '@jikimi/tlog'
import type { Tx } from '#platform/database'
import { hasTurn, type Work } from '#platform/jobs'
import * as store from './store.ts'

// What one tick takes: a burst is worked off in several ticks of one second.
const batchMax = 500

/** Names the log in its checkpoints. */
export const origin = 'jikimi.log'

/** Leaves of a complete tile (C2SP tlog-tiles: 2^8), whose root is kept so that proofs need not re-read them. */
export const tileLeaves = 256
const tileLevel = 8

const utf8 = new TextEncoder()

/**
 * Gives the committed entries their places in the tree and signs a checkpoint over them. One process at a
 * time; a process that is killed in it has done nothing, since leaves, edge and checkpoint commit together.
 */
export async function sequence(work: Work): Promise<number> {
  const { logSigner } = work.world.keys
  return work.act(async tx => {
    if (!(await hasTurn(tx, 'audit/sequence'))) return 0
    return integrate(tx, logSigner)
  })
}

async function integrate(tx: Tx, signer: string): Promise<number> {
  const waiting = await store.takeWaiting(tx, batchMax)
  if (waiting.length === 0) return 0
  const known = await store.edge(tx)
  const frontier = known === undefined ? Frontier.empty() : Frontier.parse(known.hashes)
  const tiles: { tile_index: number; root: Buffer }[] = []
  const leaves = waiting.map(entry => {
    const leaf = leafHash(utf8.encode(entry.body))
    const tree_index = frontier.size
    const tile = frontier.append(leaf).find(node => node.level === tileLevel)
    if (tile !== undefined) tiles.push({ tile_index: tile.index, root: Buffer.from(tile.hash) })
    return { tree_index, entry_id: entry.entry_id, leaf_hash: Buffer.from(leaf) }
  })
  await store.addLeaves(tx, leaves)
  await store.addTiles(tx, tiles)
  await store.keepEdge(tx, frontier.size, frontier.toString())
  const note = await signCheckpoint({ origin, size: frontier.size, root: frontier.root() }, signer)
  await store.addCheckpoint(tx, { size: frontier.size, note, at: tx.now })
  return leaves.length
}
