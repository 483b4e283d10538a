/**
 * What keeps the product running and belongs to no step of the procedure: jobs that failed for good, and
 * their second chance.
 *
 * @module
 */
import { z } from 'zod'
import { record } from '#audit'
import type { Routes } from '#platform/http'
import { poisonJobs, queueLengths, retryPoison } from '#platform/jobs'

const PoisonJob = z
  .object({
    id: z.uuid(),
    queue: z.string(),
    failedAt: z.iso.datetime(),
    attempts: z.number().int(),
    fault: z.string(),
  })
  .meta({ id: 'PoisonJob' })

const Queue = z
  .object({ queue: z.string(), state: z.string(), count: z.number().int() })
  .meta({ id: 'Queue' })

export const routes: Routes = (app, http) => {
  app.get(
    '/operations/jobs',
    {
      config: { right: 'operations.read' },
      schema: {
        tags: ['operations'],
        summary: 'Jobs that failed on every attempt, and how long the queues are',
        response: { 200: z.object({ poison: z.array(PoisonJob), queues: z.array(Queue) }) },
      },
    },
    async () => {
      const [poison, queues] = await Promise.all([poisonJobs(http.database), queueLengths(http.database)])
      return {
        poison: poison.map(each => ({ ...each, failedAt: each.failedAt.toISOString() })),
        queues: [...queues],
      }
    },
  )

  app.post(
    '/operations/jobs/retries',
    {
      config: { right: 'operations.change' },
      schema: {
        tags: ['operations'],
        summary: 'Gives a failed job one more round',
        body: z.object({ queue: z.string().max(100), id: z.uuid() }),
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await http.act(request, tx =>
        record(tx, 'job.retried', { job: request.body.id }, { queue: request.body.queue }),
      )
      await retryPoison(request.body.queue, request.body.id)
      return reply.code(204).send(null)
    },
  )
}
