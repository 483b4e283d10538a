import { z } from 'zod'
import type { Routes } from '#platform/http'
import { ids, randomToken } from '#platform/ids'
import { approvals } from './approval.ts'
import { veilOf } from './invitation.ts'
import { approveReset, askReset, refuseReset } from './reset.ts'
import * as shape from './schema.ts'

const tags = ['access']
const ResetParams = z.object({ reset: ids.ApprovalId })

/** What waits for a second person. */
export const approvalRoutes: Routes = (app, http) => {
  app.get(
    '/approvals',
    {
      config: { right: 'session' },
      schema: {
        tags,
        summary: 'What waits for the caller’s decision, and what the caller waits for, oldest first',
        querystring: z.object({
          limit: z.coerce.number().int().min(1).max(200).default(50),
          after: ids.ApprovalId.optional(),
        }),
        response: { 200: shape.Approvals },
      },
    },
    request => {
      const { limit, after } = request.query
      return http.look(request, tx => approvals(tx, { limit, after }))
    },
  )

  resetRoutes(app, http)
}

/** The one thing of this room that waits for a second person. */
const resetRoutes: Routes = (app, http) => {
  app.post(
    '/accounts/:account/resets',
    {
      config: { right: 'access.manage', isFresh: true },
      schema: {
        tags,
        summary: 'Asks that an account be reset; another person must approve',
        params: z.object({ account: ids.AccountId }),
        body: shape.ResetRequest,
        response: { 201: z.object({ approval: ids.ApprovalId }) },
      },
    },
    async (request, reply) => {
      const { account } = request.params
      const approval = await http.act(request, tx => askReset(tx, account, request.body.reason))
      return reply.code(201).send({ approval })
    },
  )

  app.post(
    '/account-resets/:reset/approvals',
    {
      config: { right: 'access.reset', isFresh: true },
      schema: {
        tags,
        summary: 'Approves the reset of an account; the link is shown once',
        params: ResetParams,
        response: { 201: z.object({ link: z.string() }) },
      },
    },
    async (request, reply) => {
      const token = randomToken()
      await http.act(request, tx => approveReset(tx, request.params.reset, veilOf(http.world, token)))
      const url = http.world.config.publicUrl ?? `${request.protocol}://${request.host}`
      return reply.code(201).send({ link: `${url}/console/enrol#${token}` })
    },
  )

  app.post(
    '/account-resets/:reset/refusals',
    {
      config: { right: 'access.reset' },
      schema: {
        tags,
        summary: 'Refuses the reset of an account',
        params: ResetParams,
        body: shape.ResetRefusal,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await http.act(request, tx => refuseReset(tx, request.params.reset, request.body.reason))
      return reply.code(204).send(null)
    },
  )
}
