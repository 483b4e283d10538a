/**
 * What the console asks about the product's own work.
 *
 * @module
 */
import { server } from '../server.ts'

export interface PoisonJob {
  readonly id: string
  readonly queue: string
  readonly failedAt: string
  readonly attempts: number
  readonly fault: string
}
export interface Queue {
  readonly queue: string
  readonly state: string
  readonly count: number
}
export interface Jobs {
  readonly poison: readonly PoisonJob[]
  readonly queues: readonly Queue[]
}

export const jobs = () => server.get<Jobs>('/operations/jobs')
export const retry = (job: PoisonJob) =>
  server.post<void>('/operations/jobs/retries', { queue: job.queue, id: job.id })
