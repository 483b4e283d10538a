/**
 * What the console asks of the takedown room.
 *
 * @module
 */
import { server, type Rows } from '../server.ts'

export const targetStates = [
  'open',
  'awaitingChannel',
  'noticed',
  'needsInfo',
  'refused',
  'claimedDown',
  'suspectedDown',
  'downOnce',
  'verifiedDown',
  'reappeared',
  'exhausted',
  'withdrawn',
] as const
export type TargetState = (typeof targetStates)[number]
export type Verdict =
  | 'downHard'
  | 'downSoft'
  | 'mediaGone'
  | 'upSame'
  | 'upChanged'
  | 'moved'
  | 'botWall'
  | 'loginWall'
  | 'krFiltered'
  | 'unknown'
export type Attention = 'noChannel' | 'form' | 'needsInfo' | 'unreadReply' | 'softDown' | 'unconfirmedNotice'

export interface Target {
  readonly target: string
  readonly case: string
  readonly address: string
  readonly canonical: string
  readonly host: string
  readonly provider: { readonly provider: string; readonly name: string } | null
  readonly state: TargetState
  readonly attention?: Attention | null
  readonly verdict: Verdict | null
  readonly rung: number
  readonly round: number
  readonly clockEndsAt: string | null
  readonly basis: string
  readonly noticedAt: string | null
  readonly verifiedAt: string | null
}
export interface Notice {
  readonly notice: string
  readonly rung: number
  readonly round: number
  readonly reminder?: number
  readonly channel: string
  readonly regime: string
  readonly state: 'queued' | 'sending' | 'sent' | 'unconfirmed' | 'failed' | 'bounced' | 'toHand' | 'dropped'
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly sentAt: string | null
  readonly dueAt: string | null
}
export interface Reply {
  readonly reply: string
  readonly kind:
    | 'acknowledgement'
    | 'claimsRemoved'
    | 'refuses'
    | 'asksForMore'
    | 'bounce'
    | 'delayed'
    | 'unknown'
  readonly receivedAt: string
  readonly text: string
}
export interface Recheck {
  readonly recheck?: string
  readonly at: string
  readonly verdict: Verdict
  readonly status: number | null
  readonly vantage: string
}
export interface TargetRead extends Target {
  readonly notices: readonly Notice[]
  readonly replies: readonly Reply[]
  readonly rechecks: readonly Recheck[]
}

export const channelTypes = ['mail', 'form', 'letter'] as const
export type ChannelType = (typeof channelTypes)[number]
export const channelLanguages = ['ko', 'en', 'both'] as const
export type ChannelLanguage = (typeof channelLanguages)[number]
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
export type ProviderKind = (typeof providerKinds)[number]

export interface NewChannel {
  readonly type: ChannelType
  readonly address: string
  readonly language: ChannelLanguage
}
export interface Channel extends NewChannel {
  readonly channel: string
  readonly source?: string
  readonly isActive?: boolean
  readonly bouncedAt?: string | null
}
export interface Provider {
  readonly provider: string
  readonly name: string
  readonly kind: ProviderKind
  readonly country: string | null
  readonly domains: readonly string[]
  readonly channels: readonly Channel[]
}
export interface NewProvider {
  readonly name: string
  readonly kind: ProviderKind
  readonly country: string | null
  readonly domains: readonly string[]
  readonly channels: readonly NewChannel[]
}
export interface ChangedProvider {
  readonly name?: string
  readonly kind?: ProviderKind
  readonly country?: string | null
  readonly domains?: readonly string[]
  readonly addChannels?: readonly NewChannel[]
  readonly retireChannels?: readonly string[]
}

export const targets = (state: TargetState | undefined, after?: string, limit = 100) =>
  server.get<Rows<Target>>('/targets', { query: { state, after, limit } })
export const targetsOfCase = (id: string, after?: string) =>
  server.get<Rows<Target>>(`/cases/${id}/targets`, { query: { after, limit: 100 } })
export const target = (id: string) => server.get<TargetRead>(`/targets/${id}`)
export const notify = (id: string) => server.post<unknown>(`/targets/${id}/notices`)
export const handIn = (notice: string) => server.post<unknown>(`/notices/${notice}/sendings`)
export const recheck = (id: string) => server.post<unknown>(`/targets/${id}/rechecks`)
export const decide = (id: string, verdict: 'down' | 'up') =>
  server.post<unknown>(`/targets/${id}/verdicts`, { verdict })
export const chooseChannel = (id: string, channel: string) =>
  server.put<unknown>(`/targets/${id}/channel`, { channel })
export const withdrawals = ['victimsWish', 'wrongMatch', 'noOffence'] as const
export type Withdrawal = (typeof withdrawals)[number]
export const withdraw = (id: string, reason: Withdrawal) =>
  server.post<unknown>(`/targets/${id}/withdrawal`, { reason })
export const providers = (after?: string, limit = 100) =>
  server.get<Rows<Provider>>('/providers', { query: { after, limit } })
export const addProvider = (provider: NewProvider) => server.post<unknown>('/providers', provider)
export const changeProvider = (id: string, change: ChangedProvider) =>
  server.patch<unknown>(`/providers/${id}`, change)
