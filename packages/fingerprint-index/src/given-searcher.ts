import { parentPort, workerData } from 'node:worker_threads'
import type { Fingerprint } from '@jikimi/fingerprint'
import { attach, type SharedIndex } from './share.ts'

/** The thread that tests and the bench let search. */
const index = attach(workerData as SharedIndex)

parentPort!.on('message', ({ queries, radius }: { queries: readonly Fingerprint[]; radius: number }) => {
  parentPort!.postMessage(index.searchMany(queries, { radius }))
})
