import type { Fingerprint } from '@jikimi/fingerprint'
import { searchTiers, type LiveIndex, type Hit, type SearchOptions } from './live-index.ts'
import { threadsMax } from './layout.ts'
import { attachTier } from './wasm-engine.ts'

/** What one thread hands another (`postMessage`, `workerData`): the memories themselves, nothing is copied. */
export interface SharedIndex {
  readonly memories: readonly WebAssembly.Memory[]
  readonly thread: number
  /** Counts the changes of the memories. */
  readonly generation: SharedArrayBuffer
  readonly generationThen: number
}

/** The memories have changed since they were handed over: ask the owner for them again. */
export class StaleShare extends Error {
  override readonly name = 'StaleShare'
}

export interface AttachedIndex {
  /** As the index's own; sees what was added and removed until then. @throws StaleShare after a merge */
  search(hash: Fingerprint, options?: SearchOptions): Hit[]
  searchMany(hashes: readonly Fingerprint[], options?: SearchOptions): Hit[][]
}

interface Sharing {
  readonly generation: SharedArrayBuffer
}

const sharings = new WeakMap<LiveIndex, Sharing>()

/**
 * Hands an index made with `isShared` to another thread, which may search while the owner adds and removes.
 * @param thread 1 to 7: two threads with one number at a time would spoil each other's answers
 * @throws RangeError for another thread number
 */
export function share(index: LiveIndex, thread: number): SharedIndex {
  if (!Number.isInteger(thread) || thread < 1 || thread >= threadsMax) {
    throw new RangeError(`A thread is a whole number from 1 to ${threadsMax - 1}.`)
  }
  const memories = index.tiers.map(tier => tier.memory)
  if (!memories.every(memory => memory?.buffer instanceof SharedArrayBuffer)) {
    throw new TypeError('Only an index made with isShared can be shared.')
  }
  let sharing = sharings.get(index)
  if (!sharing) {
    const generation = new SharedArrayBuffer(4)
    sharing = { generation }
    index.onChange(() => Atomics.add(new Int32Array(generation), 0, 1))
    sharings.set(index, sharing)
  }
  const { generation } = sharing
  return {
    memories: memories as WebAssembly.Memory[],
    thread,
    generation,
    generationThen: Atomics.load(new Int32Array(generation), 0),
  }
}

/** Opens in this thread what another one shared. */
export function attach(shared: SharedIndex): AttachedIndex {
  const tiers = shared.memories.map(memory => attachTier(memory, shared.thread))
  const generation = new Int32Array(shared.generation)
  const fresh = () => {
    if (Atomics.load(generation, 0) === shared.generationThen) return tiers
    throw new StaleShare('The index has merged its memories: ask its owner to share it again.')
  }
  return {
    search: (hash, options = {}) => searchTiers(fresh(), hash, options),
    searchMany: (hashes, options = {}) => hashes.map(hash => searchTiers(fresh(), hash, options)),
  }
}
