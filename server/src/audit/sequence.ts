import { Frontier, leafHash, signCheckpoint } from '@jikimi/tlog'
import type { Tx } from '#platform/database'
import { hasTurn, type Work } from '#platform/jobs'
import * as store from './store.ts'

// What one tick takes: a burst is worked off in several ticks of one second.
const batchMax = 500

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
  const leaves = waiting.map(entry => {
    const leaf = leafHash(utf8.encode(entry.body))
    const tree_index = frontier.size
    frontier.append(leaf)
    return { tree_index, entry_id: entry.entry_id, leaf_hash: Buffer.from(leaf) }
  })
  await store.addLeaves(tx, leaves)
  await store.keepEdge(tx, frontier.size, frontier.toString())
  const note = await signCheckpoint({ origin: 'jikimi.log', size: frontier.size, root: frontier.root() }, signer)
  await store.addCheckpoint(tx, { size: frontier.size, note, at: tx.now })
  return leaves.length
}
