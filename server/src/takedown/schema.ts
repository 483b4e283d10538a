import { z } from 'zod'
import { regimeNames } from '@jikimi/law'
import { ids } from '#platform/ids'
import { attentions, stateNames, type StateName } from './states.ts'

// Bounds. A provider's answer is read by a person, not archived: the first pages say it.
export const replyCharsMax = 20_000
export const channelsMax = 20
export const domainsMax = 200

/**
 * What one look at an address has found. Never a yes or no: what was seen decides who acts next.
 * `downHard` gone for the network · `downSoft` answers, but is the site's page for what is not there ·
 * `mediaGone` the page stands without its media · `upSame` the victim's material is there · `upChanged`
 * other media are there · `moved` found at the address to which it leads · walls and blocks tell nothing.
 */
export const verdicts = [
  'downHard',
  'downSoft',
  'mediaGone',
  'upSame',
  'upChanged',
  'moved',
  'botWall',
  'loginWall',
  'krFiltered',
  'unknown',
] as const
export const Verdict = z.enum(verdicts).meta({ id: 'Verdict' })
export type Verdict = z.infer<typeof Verdict>

export const TargetState = z.enum(stateNames as [StateName, ...StateName[]]).meta({ id: 'TargetState' })

export const addressees = ['operator', 'host', 'regulator'] as const
export type Addressee = (typeof addressees)[number]

export const providerKinds = [
  'platform',
  'host',
  'cdn',
  'registrar',
  'registry',
  'search',
  'isp',
  'messenger',
  'hotline',
  'regulator',
  'unknown',
] as const
export const channelTypes = ['mail', 'form', 'letter'] as const
export const channelLanguages = ['ko', 'en', 'both'] as const

export const noticeStates = [
  /** Written, and waits for its turn or for the mail server. */
  'queued',
  /** The final dot is on its way. A notice found so after a crash is `unconfirmed`: it may have gone. */
  'sending',
  'sent',
  'unconfirmed',
  /** The mail server refused it for good. */
  'failed',
  /** It came back. */
  'bounced',
  /** A form or a letter: an officer hands it in. */
  'toHand',
  /** The material was gone, or the case withdrawn, before it went out. */
  'dropped',
] as const
export type NoticeState = (typeof noticeStates)[number]

export const replyKinds = [
  'acknowledgement',
  'claimsRemoved',
  'refuses',
  'asksForMore',
  'bounce',
  'delayed',
  'unknown',
] as const
export type ReplyKind = (typeof replyKinds)[number]

const at = z.iso.datetime()
const host = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^(?=.{1,253}$)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?)(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/)

export const Target = z
  .object({
    target: ids.TargetId,
    case: ids.CaseId,
    address: ids.AddressId,
    canonical: z.string(),
    host: z.string(),
    provider: z.object({ provider: ids.ProviderId, name: z.string() }).nullable(),
    state: TargetState,
    attention: z.enum(attentions).nullable().describe('Why a person must act.'),
    verdict: Verdict.nullable().describe('Of the last look.'),
    rung: z
      .number()
      .int()
      .describe('Step of the ladder: 1 operator, 2 host, 3 regulator; 0 before the first.'),
    round: z.number().int().describe('1, and one more each time that the material came back.'),
    clockEndsAt: at.nullable().describe('When the present rung’s time is up.'),
    basis: z.string().describe('Statute on which removal is asked.'),
    noticedAt: at.nullable(),
    verifiedAt: at.nullable(),
    openedAt: at,
  })
  .meta({ id: 'Target' })
export type Target = z.infer<typeof Target>

export const Notice = z
  .object({
    notice: ids.NoticeId,
    rung: z.number().int(),
    round: z.number().int(),
    reminder: z.number().int().describe('0 the notice itself, then its reminders.'),
    addressee: z.enum(addressees),
    channel: ids.ChannelId,
    regime: z.enum(regimeNames),
    state: z.enum(noticeStates),
    to: z.string(),
    subject: z.string(),
    text: z.string(),
    queuedAt: at,
    sentAt: at.nullable(),
    dueAt: at.nullable(),
  })
  .meta({ id: 'Notice' })
export type Notice = z.infer<typeof Notice>

export const Reply = z
  .object({
    reply: ids.ReplyId,
    notice: ids.NoticeId,
    kind: z.enum(replyKinds),
    receivedAt: at,
    text: z.string(),
  })
  .meta({ id: 'Reply' })

export const Recheck = z
  .object({
    recheck: ids.RecheckId,
    at,
    verdict: Verdict,
    status: z.number().int().nullable().describe('HTTP status of the page, where there was one.'),
    vantage: z.string().describe('The look-out: which resolver, or a person.'),
  })
  .meta({ id: 'Recheck' })

export const TargetRead = Target.extend({
  notices: z.array(Notice),
  replies: z.array(Reply),
  rechecks: z.array(Recheck),
}).meta({ id: 'TargetRead' })

export const Targets = z
  .object({ rows: z.array(Target), next: ids.TargetId.nullable() })
  .meta({ id: 'Targets' })
export const TargetPage = z.object({
  state: TargetState.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  after: ids.TargetId.optional(),
})
export const TargetParams = z.object({ target: ids.TargetId })
export const CaseParams = z.object({ case: ids.CaseId })
export const NoticeParams = z.object({ notice: ids.NoticeId })
export const ProviderParams = z.object({ provider: ids.ProviderId })

export const PersonsVerdict = z
  .strictObject({ verdict: z.enum(['down', 'up']) })
  .meta({ id: 'PersonsVerdict' })
export const ChosenChannel = z.strictObject({ channel: ids.ChannelId }).meta({ id: 'ChosenChannel' })
export const Withdrawal = z
  .strictObject({ reason: z.enum(['victimsWish', 'wrongMatch', 'noOffence']) })
  .meta({ id: 'Withdrawal' })
export type Withdrawal = z.infer<typeof Withdrawal>
/** Why a target was withdrawn: a person said so, or the consent to its removal ended. */
export type WithdrawnFor = Withdrawal['reason'] | 'noConsent'

const channelAddress = z.string().trim().min(3).max(500)
export const NewChannel = z
  .strictObject({ type: z.enum(channelTypes), address: channelAddress, language: z.enum(channelLanguages) })
  .refine(channel => channel.type !== 'mail' || /^[^@\s]+@[^@\s]+$/.test(channel.address), {
    path: ['address'],
  })
  .refine(channel => channel.type !== 'form' || /^https?:\/\//.test(channel.address), { path: ['address'] })
  .meta({ id: 'NewChannel' })
export type NewChannel = z.infer<typeof NewChannel>

export const NewProvider = z
  .strictObject({
    name: z.string().trim().min(1).max(200),
    kind: z.enum(providerKinds),
    country: z
      .string()
      .regex(/^[A-Z]{2}$/)
      .nullable()
      .describe('ISO 3166-1; decides under which law the notice is written.'),
    domains: z.array(host).max(domainsMax),
    channels: z.array(NewChannel).max(channelsMax),
  })
  .meta({ id: 'NewProvider' })
export type NewProvider = z.infer<typeof NewProvider>

export const ChangedProvider = z
  .strictObject({
    name: z.string().trim().min(1).max(200).optional(),
    kind: z.enum(providerKinds).optional(),
    country: z
      .string()
      .regex(/^[A-Z]{2}$/)
      .nullable()
      .optional(),
    domains: z.array(host).max(domainsMax).optional().describe('All of them: replaces the list.'),
    addChannels: z.array(NewChannel).max(channelsMax).optional(),
    retireChannels: z.array(ids.ChannelId).max(channelsMax).optional(),
  })
  .meta({ id: 'ChangedProvider' })
export type ChangedProvider = z.infer<typeof ChangedProvider>

export const Provider = z
  .object({
    provider: ids.ProviderId,
    name: z.string(),
    kind: z.enum(providerKinds),
    country: z.string().nullable(),
    domains: z.array(z.string()),
    channels: z.array(
      z.object({
        channel: ids.ChannelId,
        type: z.enum(channelTypes),
        address: z.string(),
        language: z.enum(channelLanguages),
        source: z.enum(['directory', 'rdap']),
        isActive: z.boolean(),
        bouncedAt: at.nullable(),
      }),
    ),
  })
  .meta({ id: 'Provider' })
export type Provider = z.infer<typeof Provider>

export const ProviderPage = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  after: ids.ProviderId.optional(),
})
export const Providers = z
  .object({ rows: z.array(Provider), next: ids.ProviderId.nullable() })
  .meta({ id: 'Providers' })
export const ProviderMade = z.object({ provider: ids.ProviderId }).meta({ id: 'ProviderMade' })

/** The clocks of removal by case: counted, for leaders too, who see no address. */
export const CaseClocks = z
  .object({
    rows: z.array(
      z.object({
        case: ids.CaseId,
        running: z
          .number()
          .int()
          .describe('Removals whose legal clock was begun and that are not verified down.'),
        overdue: z.number().int(),
        nextDueAt: at.nullable(),
      }),
    ),
  })
  .meta({ id: 'CaseClocks' })
export type CaseClocks = z.infer<typeof CaseClocks>
