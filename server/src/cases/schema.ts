import { concerns, Step } from '#intake'
import { z } from 'zod'
import { ids } from '#platform/ids'

export const caseStates = ['open', 'closed'] as const
export type CaseState = (typeof caseStates)[number]

/**
 * What may be still to do on a case. `about` names the thing: an address for `address`, nothing for `contact`,
 * the later rooms' ids for theirs.
 */
export const matterKinds = ['address', 'contact', 'capture', 'match', 'target', 'block'] as const
export type MatterKind = (typeof matterKinds)[number]

export const matterStates = ['open', 'settled', 'reopened'] as const
export type MatterState = (typeof matterStates)[number]

/** How a matter's life goes on: there is no other way. */
export const next = {
  open: ['settled'],
  settled: ['reopened'],
  reopened: ['settled'],
} as const satisfies Record<MatterState, readonly MatterState[]>

/** Why a matter is done with. The first three come from the procedure, the others from a person. */
export const reasons = [
  'verified',
  'blocked',
  'notYours',
  'contacted',
  'unreachable',
  'duplicate',
  'withdrawn',
  'handled',
] as const
export type Reason = (typeof reasons)[number]

export const CaseLine = z
  .object({
    case: ids.CaseId,
    number: z.string(),
    title: z.enum(concerns).describe('The concern that was reported; the words stand in the console.'),
    agency: z.string(),
    state: z.enum(caseStates),
    isUrgent: z.boolean(),
    isMinor: z.boolean(),
    officer: z.object({ officer: ids.OfficerId, name: z.string() }).nullable(),
    openMatters: z.number().int(),
    addresses: z.number().int(),
    openedAt: z.iso.datetime(),
    closedAt: z.iso.datetime().nullable(),
    unread: z.number().int().describe('Messages of the reporter that nobody has read yet.'),
  })
  .meta({ id: 'CaseLine' })
export type CaseLine = z.infer<typeof CaseLine>

export const CaseLines = z
  .object({ rows: z.array(CaseLine), next: ids.CaseId.nullable() })
  .meta({ id: 'CaseLines' })
export type CaseLines = z.infer<typeof CaseLines>

export const Matter = z
  .object({
    matter: ids.MatterId,
    kind: z.enum(matterKinds),
    about: z.uuid().nullable(),
    state: z.enum(matterStates),
    openedAt: z.iso.datetime(),
    settledAt: z.iso.datetime().nullable(),
    reason: z.enum(reasons).nullable(),
  })
  .meta({ id: 'Matter' })
export type Matter = z.infer<typeof Matter>

export const CaseRead = CaseLine.omit({ addresses: true })
  .extend({
    report: ids.ReportId,
    wantsWoman: z.boolean(),
    matters: z.array(Matter),
    addresses: z.array(
      z.object({
        address: ids.AddressId,
        canonical: z.string(),
        source: z.enum(['reported', 'found']),
        now: Step,
        steps: z.array(z.object({ step: Step, at: z.iso.datetime() })),
      }),
    ),
  })
  .meta({ id: 'CaseRead' })
export type CaseRead = z.infer<typeof CaseRead>

const flag = z.enum(['true', 'false']).transform(text => text === 'true')

export const CaseQuery = z.object({
  state: z.enum(caseStates).optional(),
  mine: flag.default(false).describe('Only those assigned to the caller.'),
  q: z
    .string()
    .trim()
    .max(253)
    .optional()
    .describe('A case number or the host of an address, or how one begins.'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  after: ids.CaseId.optional(),
})
export type CaseQuery = z.infer<typeof CaseQuery>

export const CaseParams = z.object({ case: ids.CaseId })
export const MatterParams = z.object({ matter: ids.MatterId })
export const TimelineQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  after: ids.EntryId.optional(),
})
export const NewAssignment = z.strictObject({ officer: ids.OfficerId }).meta({ id: 'NewAssignment' })
/** What a person may say: the procedure's own reasons are the procedure's to give. */
export const Settlement = z
  .strictObject({
    reason: z.enum(['notYours', 'contacted', 'unreachable', 'duplicate', 'withdrawn', 'handled']),
  })
  .meta({ id: 'Settlement' })
