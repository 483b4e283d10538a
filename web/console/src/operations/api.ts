/**
 * What the console asks about the product's own work.
 *
 * @module
 */
import { server, type Schemas } from '../server.ts'

export type PoisonJob = Schemas['PoisonJob']
export type Queue = Schemas['Queue']
export interface Jobs {
  readonly poison: readonly PoisonJob[]
  readonly queues: readonly Queue[]
}

export const jobs = () => server.get<Jobs>('/operations/jobs')
export const retry = (job: PoisonJob) =>
  server.post<void>('/operations/jobs/retries', { queue: job.queue, id: job.id })
