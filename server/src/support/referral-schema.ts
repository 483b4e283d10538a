import { z } from 'zod'
import { ids } from '#platform/ids'

export const bodyKinds = [
  'lawyer',
  'legalAid',
  'centre',
  'medical',
  'shelter',
  'oneStop',
  'financial',
  'hotline',
  'youth',
  'other',
] as const
export type BodyKind = (typeof bodyKinds)[number]
export const accessibilities = ['wheelchair', 'signLanguage', 'textOnly', 'easyWords'] as const

/** All that a referral may say of a victim; each only where the victim allows it. */
export const facts = [
  'contact',
  'wishedName',
  'region',
  'language',
  'concern',
  'addressCount',
  'words',
] as const
export type Fact = (typeof facts)[number]

export const referralStates = ['sent', 'accepted', 'declined', 'done', 'withdrawn'] as const
export type ReferralState = (typeof referralStates)[number]
/** How a referral goes on: there is no other way. */
export const nextOf = {
  sent: ['accepted', 'declined', 'withdrawn'],
  accepted: ['done', 'declined', 'withdrawn'],
  declined: [],
  done: [],
  withdrawn: [],
} as const satisfies Record<ReferralState, readonly ReferralState[]>

export const declines = ['noCapacity', 'notOurs', 'notReached', 'victimDeclined'] as const
export const referralEnds = ['victimWithdrew', 'mistake'] as const
export type ReferralReason = (typeof declines)[number] | (typeof referralEnds)[number]

const bodyCode = z.string().regex(/^[a-z0-9][a-z0-9-]{2,39}$/)
export const BodyParams = z.object({ body: bodyCode })
export const AgentParams = z.object({ account: ids.AccountId })
export const ReferralParams = z.object({ referral: ids.ReferralId })

const language = z.string().regex(/^([a-z]{2,3}|sign)$/)
export const NewBody = z
  .strictObject({
    name: z.string().trim().min(2).max(100),
    kind: z.enum(bodyKinds),
    phone: z
      .string()
      .trim()
      .regex(/^[0-9+() -]{2,40}$/)
      .nullable()
      .default(null),
    region: z
      .string()
      .regex(/^[a-z][a-z0-9-]{0,39}$/)
      .nullable()
      .default(null)
      .describe('Code of the agency whose region it serves; null for the whole country.'),
    languages: z.array(language).min(1).max(20).default(['ko']),
    accessibility: z.array(z.enum(accessibilities)).max(4).default([]),
  })
  .meta({ id: 'NewSupportBody' })
export type NewBody = z.infer<typeof NewBody>

export const Body = z
  .object({
    body: bodyCode,
    kind: z.enum(bodyKinds),
    name: z.object({ ko: z.string(), en: z.string() }),
    phone: z.string().nullable(),
    region: z.string().nullable(),
    languages: z.array(z.string()),
    accessibility: z.array(z.string()),
    unconfirmed: z.array(z.string()).describe('What of this line nobody has confirmed.'),
    isOwn: z.boolean().describe('Added in the console; the others come with the program.'),
    hasAgent: z.boolean().describe('Somebody of that body has an account here and sees what is sent to it.'),
  })
  .meta({ id: 'SupportBody' })
export type Body = z.infer<typeof Body>
export const Bodies = z.object({ version: z.string(), rows: z.array(Body) }).meta({ id: 'SupportBodies' })
export type Bodies = z.infer<typeof Bodies>
export const Agents = z
  .object({ rows: z.array(z.object({ account: ids.AccountId, body: bodyCode })) })
  .meta({ id: 'SupportAgents' })
export const NamedAgent = z.strictObject({ body: bodyCode.nullable() }).meta({ id: 'NamedSupportAgent' })

const draft = {
  body: bodyCode,
  language: z.enum(['ko', 'en']).default('ko').describe('Of the message.'),
  facts: z.array(z.enum(facts)).max(facts.length).describe('What the victim allows to be told.'),
  wishedName: z.string().trim().max(60).default('').describe('Told only with the fact of that name.'),
  words: z.string().trim().max(2000).default('').describe('Told only with the fact of that name.'),
}
export const ReferralDraft = z.strictObject(draft).meta({ id: 'ReferralDraft' })
export type ReferralDraft = z.infer<typeof ReferralDraft>
export const NewReferral = z
  .strictObject({ ...draft, isAllowed: z.literal(true).describe('The victim has seen or heard the text.') })
  .meta({ id: 'NewReferral' })
export const ReferralText = z.object({ text: z.string() }).meta({ id: 'ReferralText' })

export const ReferralAnswer = z
  .discriminatedUnion('to', [
    z.strictObject({ to: z.literal('accepted') }),
    z.strictObject({ to: z.literal('done') }),
    z.strictObject({ to: z.literal('declined'), reason: z.enum(declines) }),
  ])
  .meta({ id: 'ReferralAnswer' })
export const ReferralStep = z
  .discriminatedUnion('to', [
    ...ReferralAnswer.options,
    z.strictObject({ to: z.literal('withdrawn'), reason: z.enum(referralEnds) }),
  ])
  .meta({ id: 'ReferralStep' })
export type ReferralStep = z.infer<typeof ReferralStep>

const line = {
  referral: ids.ReferralId,
  kind: z.enum(bodyKinds),
  state: z.enum(referralStates),
  reason: z.enum([...declines, ...referralEnds]).nullable(),
  sentAt: z.iso.datetime(),
  dueAt: z.iso.datetime().nullable().describe('Null where nothing is waited for.'),
  isOverdue: z.boolean(),
}
export const Referral = z
  .object({
    ...line,
    case: ids.CaseId,
    number: z.string(),
    body: bodyCode,
    name: z.object({ ko: z.string(), en: z.string() }).nullable(),
    facts: z.array(z.enum(facts)),
    mayRead: z.boolean().describe('Whether the caller may open what it says.'),
  })
  .meta({ id: 'Referral' })
export type Referral = z.infer<typeof Referral>
export const Referrals = z.object({ rows: z.array(Referral) }).meta({ id: 'Referrals' })
/** What a body's agent sees: nothing of the case. */
export const OwnReferrals = z.object({ rows: z.array(z.object(line)) }).meta({ id: 'OwnReferrals' })
export type OwnReferrals = z.infer<typeof OwnReferrals>
export const ReferralQuery = z.object({
  case: ids.CaseId.optional().describe('All of this case; without it, what is still waited for.'),
  limit: z.coerce.number().int().min(1).max(200).default(100),
})
export type ReferralQuery = z.infer<typeof ReferralQuery>
