/**
 * What the console asks of the takedown room.
 *
 * @module
 */
import { server, type Rows, type Schemas } from '../server.ts'

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

export type Target = Schemas['Target']
export type Notice = Schemas['Notice']
export type Reply = Schemas['Reply']
export type Recheck = Schemas['Recheck']
export type TargetRead = Schemas['TargetRead']

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

export type NewChannel = Schemas['NewChannel']
export type Provider = Schemas['Provider']
export type Channel = Provider['channels'][number]
export type NewProvider = Schemas['NewProvider']
export type ChangedProvider = Schemas['ChangedProvider']

export const targets = (state: TargetState | undefined, after?: string, limit = 100) =>
  server.get<Rows<Target>>('/targets', { query: { state, after, limit } })
/** When removal is due, by case that the caller knows of. */
export const caseClocks = () => server.get<Schemas['CaseClocks']>('/case-clocks')
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
