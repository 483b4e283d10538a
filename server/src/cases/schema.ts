import { concerns, Step } from '#intake'
import { z } from 'zod'
import { ids } from '#platform/ids'
import { roles } from '#platform/who'

export const caseStates = ['open', 'closed'] as const
export type CaseState = (typeof caseStates)[number]

/**
 * What may be still to do on a case. `about` names the thing: an address for `address`, nothing for `contact`,
 * the later rooms' ids for theirs.
 */
export const matterKinds = [
  'address',
  'contact',
  'capture',
  'match',
  'target',
  'block',
  'glass',
  'promise',
] as const
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

/** Why somebody beside its officer sees a case. */
export const grounds = [
  'team',
  'counsellor',
  'secondPerson',
  'cover',
  'advice',
  'supervision',
  'breakGlass',
  'wish',
] as const
export type Ground = (typeof grounds)[number]
/** Those which a person may give: the glass has a door of its own, and for a wish the roster calls. */
const grantable = ['team', 'counsellor', 'secondPerson', 'cover', 'advice', 'supervision'] as const

export const CaseLine = z
  .object({
    case: ids.CaseId,
    number: z.string(),
    title: z.enum(concerns).describe('The concern that was reported; the words stand in the console.'),
    agency: z.string(),
    state: z.enum(caseStates),
    isUrgent: z.boolean(),
    isMinor: z.boolean(),
    wantsWoman: z.boolean(),
    officer: z.object({ officer: ids.OfficerId, name: z.string() }).nullable(),
    openMatters: z.number().int(),
    addresses: z.number().int().nullable().describe('Null where the caller sees the outside only.'),
    openedAt: z.iso.datetime(),
    closedAt: z.iso.datetime().nullable(),
    unread: z
      .number()
      .int()
      .nullable()
      .describe(
        'Messages of the reporter that nobody has read yet. Null where the caller sees the outside only.',
      ),
    sight: z
      .enum(['inside', 'outside'])
      .describe('A leader sees the outside of the agency’s cases; the team sees inside.'),
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
    isKnownPerson: z.boolean().describe('Each reading by others than its officer is flagged.'),
    isKeptFromGuardian: z.boolean().describe('Parents and guardians must not learn of it.'),
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
/** Somebody beside its officer who sees a case, or saw it. */
export const Member = z
  .object({
    member: ids.MemberId,
    account: ids.AccountId,
    name: z.string().nullable().describe('Null where the account is no more.'),
    role: z.enum(roles).nullable(),
    ground: z.enum(grounds),
    words: z.string(),
    letInBy: z.string().nullable().describe('A name; null where the procedure did.'),
    from: z.iso.datetime(),
    until: z.iso.datetime().nullable(),
    endedAt: z.iso.datetime().nullable(),
    isIn: z.boolean(),
  })
  .meta({ id: 'CaseMember' })
export type Member = z.infer<typeof Member>
export const Members = z.object({ rows: z.array(Member), mayLetIn: z.boolean() }).meta({ id: 'CaseMembers' })
export type Members = z.infer<typeof Members>
export const MemberParams = z.object({ member: ids.MemberId })
export const NewMember = z
  .strictObject({
    account: ids.AccountId,
    ground: z.enum(grantable),
    words: z.string().trim().max(500).default('').describe('Why, for those who see the case.'),
    until: z.iso.datetime({ offset: true }),
  })
  .meta({ id: 'NewCaseMember' })
export type NewMember = z.infer<typeof NewMember>
export const Candidates = z
  .object({
    rows: z.array(
      z.object({
        account: ids.AccountId,
        name: z.string(),
        role: z.enum(roles),
        officer: ids.OfficerId.nullable(),
        agency: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'CaseCandidates' })
export type Candidates = z.infer<typeof Candidates>
export const NewAssignment = z.strictObject({ officer: ids.OfficerId }).meta({ id: 'NewAssignment' })
export const handoverReasons = ['place', 'wish', 'load', 'skill', 'leaving', 'conflict'] as const
export type HandoverReason = (typeof handoverReasons)[number]
export const NewHandover = z
  .strictObject({
    agency: z
      .string()
      .regex(/^[a-z][a-z0-9-]{0,39}$/)
      .describe('Code of the agency that has the case from here on; its own for another officer.'),
    officer: ids.OfficerId.optional().describe(
      'Who has it; where nobody is named, the rules of assignment propose.',
    ),
    reason: z.enum(handoverReasons),
    words: z
      .string()
      .trim()
      .max(500)
      .default('')
      .describe('For those who take the case up; never in the log.'),
  })
  .meta({ id: 'NewHandover' })
export type NewHandover = z.infer<typeof NewHandover>
export const Handover = z
  .object({
    handover: ids.HandoverId,
    case: ids.CaseId,
    number: z.string(),
    from: z.string(),
    to: z.string(),
    officer: z.string().nullable().describe('A name: who has the case now.'),
    fromOfficer: z.string().nullable().describe('Who had it before; null where nobody had.'),
    toOfficer: z
      .string()
      .nullable()
      .describe('Who was named to take it; null where the rules of assignment decided.'),
    reason: z.enum(handoverReasons),
    words: z.string(),
    at: z.iso.datetime(),
    isDone: z.boolean(),
  })
  .meta({ id: 'Handover' })
export type Handover = z.infer<typeof Handover>
export const HandoverParams = z.object({ handover: ids.HandoverId })

/** What a person may say: the procedure's own reasons are the procedure's to give. */
export const Settlement = z
  .strictObject({
    reason: z.enum(['notYours', 'contacted', 'unreachable', 'duplicate', 'withdrawn', 'handled']),
  })
  .meta({ id: 'Settlement' })

/** Why the glass may be broken: each an emergency that does not wait for a colleague. */
export const glassReasons = ['lifeAtRisk', 'spreadingNow', 'victimCalls', 'evidenceGoes'] as const
export type GlassReason = (typeof glassReasons)[number]
export const glassVerdicts = ['justified', 'notJustified'] as const
export type GlassVerdict = (typeof glassVerdicts)[number]

export const NewGlass = z
  .strictObject({
    case: z.union([ids.CaseId, z.string().trim().min(3).max(40)]).describe('The case’s id or its number.'),
    reason: z.enum(glassReasons),
    words: z.string().trim().min(10).max(500).describe('Why, in a sentence: kept in the case and reviewed.'),
  })
  .meta({ id: 'NewGlass' })
export type NewGlass = z.infer<typeof NewGlass>
export const GlassBroken = z
  .object({ glass: ids.GlassId, case: ids.CaseId, until: z.iso.datetime() })
  .meta({ id: 'GlassBroken' })
export type GlassBroken = z.infer<typeof GlassBroken>
export const Glass = z
  .object({
    glass: ids.GlassId,
    case: ids.CaseId,
    number: z.string().nullable().describe('Null where the caller reviews it and knows nothing of the case.'),
    by: z.string().nullable().describe('A name; null where the caller knows no names.'),
    isOwn: z.boolean(),
    reason: z.enum(glassReasons),
    words: z.string(),
    at: z.iso.datetime(),
    until: z.iso.datetime(),
    wasToldMe: z.boolean(),
    verdict: z.enum(glassVerdicts).nullable(),
    reviewedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Glass' })
export type Glass = z.infer<typeof Glass>
export const Glasses = z
  .object({ rows: z.array(Glass), next: ids.GlassId.nullable() })
  .meta({ id: 'Glasses' })
export type Glasses = z.infer<typeof Glasses>
export const GlassQuery = z.object({
  isOpen: flag.optional().describe('Only those that wait for review, or only those that do not.'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  after: ids.GlassId.optional(),
})
export type GlassQuery = z.infer<typeof GlassQuery>
export const GlassParams = z.object({ glass: ids.GlassId })
export const GlassReview = z.strictObject({ verdict: z.enum(glassVerdicts) }).meta({ id: 'GlassReview' })

/** Why a reading was flagged: many cases in an hour, at night, or a case of somebody whom many know. */
export const flagKinds = ['many', 'night', 'knownPerson'] as const
export type FlagKind = (typeof flagKinds)[number]
export const Readers = z
  .object({
    rows: z.array(
      z.object({
        account: ids.AccountId,
        name: z.string().nullable(),
        role: z.enum(roles).nullable(),
        agency: z.string().nullable(),
        kinds: z.array(z.string()).describe('Kinds of entries in the log.'),
        times: z.number().int().describe('Entries: a case that is open all day counts once an hour.'),
        firstAt: z.iso.datetime(),
        lastAt: z.iso.datetime(),
      }),
    ),
  })
  .meta({ id: 'CaseReaders' })
export type Readers = z.infer<typeof Readers>
/** What a reporter is told: never a name. */
export const ReadersTold = z
  .object({
    rows: z.array(
      z.object({
        role: z.enum(roles),
        agency: z.string().nullable(),
        times: z.number().int(),
        lastAt: z.iso.datetime(),
      }),
    ),
  })
  .meta({ id: 'ReadersTold' })
export type ReadersTold = z.infer<typeof ReadersTold>
export const Flags = z
  .object({
    rows: z.array(
      z.object({
        flag: ids.FlagId,
        account: ids.AccountId,
        name: z.string().nullable(),
        agency: z.string().nullable(),
        case: ids.CaseId,
        kind: z.enum(flagKinds),
        at: z.iso.datetime(),
        seenAt: z.iso.datetime().nullable(),
      }),
    ),
    next: ids.FlagId.nullable(),
  })
  .meta({ id: 'ReadingFlags' })
export type Flags = z.infer<typeof Flags>
export const FlagQuery = z.object({
  isOpen: flag.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  after: ids.FlagId.optional(),
})
const hour = z.number().int().min(0).max(23)
export const ReadingRule = z
  .strictObject({
    casesAnHour: z.number().int().min(1).max(1000).describe('More cases than this in an hour are many.'),
    nightFrom: hour.describe('Hour of Seoul.'),
    nightUntil: hour,
  })
  .meta({ id: 'ReadingRule' })
export type ReadingRule = z.infer<typeof ReadingRule>
