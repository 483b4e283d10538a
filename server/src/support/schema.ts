import { z } from 'zod'
import { ids } from '#platform/ids'

/** Who stands by a victim: may promise, and have something promised in the name of their role. */
export const standBy = ['officer', 'leader', 'counsellor', 'lawyerLiaison'] as const
export type StandBy = (typeof standBy)[number]

/** To whom something is promised. */
export const persons = ['victim', 'guardian', 'other'] as const
export type Person = (typeof persons)[number]

export const promiseStates = ['open', 'kept', 'withdrawn'] as const
export type PromiseState = (typeof promiseStates)[number]
export const withdrawals = ['victimStopped', 'noLongerNeeded', 'notPossible', 'replaced'] as const
export type Withdrawal = (typeof withdrawals)[number]

export const CaseParams = z.object({ case: ids.CaseId })
export const PromiseParams = z.object({ promise: ids.PromiseId })

/** Who owes it: one account on the case, or whoever has that role on it. */
export const Owes = z.union([
  z.strictObject({ role: z.enum(standBy) }),
  z.strictObject({ account: ids.AccountId }),
])
export type Owes = z.infer<typeof Owes>

export const NewPromise = z
  .strictObject({
    person: z.enum(persons).default('victim'),
    what: z.string().trim().min(1).max(500).describe('For those who see the case; never in the log.'),
    by: Owes,
    until: z.iso.datetime({ offset: true }),
  })
  .meta({ id: 'NewPromise' })
export type NewPromise = z.infer<typeof NewPromise>

export const PromiseSettlement = z
  .discriminatedUnion('outcome', [
    z.strictObject({ outcome: z.literal('kept') }),
    z.strictObject({ outcome: z.literal('withdrawn'), reason: z.enum(withdrawals) }),
  ])
  .meta({ id: 'PromiseSettlement' })
export type PromiseSettlement = z.infer<typeof PromiseSettlement>

/** One line of a care plan. */
export const Promised = z
  .object({
    promise: ids.PromiseId,
    case: ids.CaseId,
    number: z.string(),
    person: z.enum(persons),
    what: z.string(),
    by: z.object({
      account: ids.AccountId.nullable(),
      name: z.string().nullable().describe('Null for a role, and where the account is no more.'),
      role: z.enum(standBy).nullable(),
    }),
    isMine: z.boolean(),
    until: z.iso.datetime(),
    isOverdue: z.boolean(),
    state: z.enum(promiseStates),
    reason: z.enum(withdrawals).nullable(),
    madeAt: z.iso.datetime(),
    settledAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'CarePromise' })
export type Promised = z.infer<typeof Promised>
export const PromisedLines = z
  .object({
    rows: z.array(Promised),
    next: ids.PromiseId.nullable(),
    overdue: z.number().int().describe('How many of all that were asked for are overdue.'),
  })
  .meta({ id: 'CarePromises' })
export type PromisedLines = z.infer<typeof PromisedLines>

const flag = z.enum(['true', 'false']).transform(text => text === 'true')
export const PromiseQuery = z.object({
  case: ids.CaseId.optional(),
  mine: flag.default(false).describe('Only what the caller, or their role, owes.'),
  settled: flag.default(false).describe('Also what was kept or withdrawn; after the open ones.'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  after: ids.PromiseId.optional(),
})
export type PromiseQuery = z.infer<typeof PromiseQuery>
