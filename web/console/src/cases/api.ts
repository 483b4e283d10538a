/**
 * What the console asks of the cases room.
 *
 * @module
 */
import type { Entry } from '../audit/api.ts'
import type { Concern, Step } from '../intake/api.ts'
import { server, type Rows } from '../server.ts'

export interface CaseLine {
  readonly case: string
  readonly number: string
  readonly title: Concern
  readonly agency: string
  readonly state: 'open' | 'closed'
  readonly isUrgent: boolean
  readonly isMinor: boolean
  readonly officer: { readonly officer: string; readonly name: string } | null
  readonly openMatters: number
  readonly addresses: number
  readonly openedAt: string
  readonly closedAt: string | null
  readonly unread: number
}
export interface Matter {
  readonly matter: string
  readonly kind: 'address' | 'contact' | 'capture' | 'match' | 'target' | 'block'
  readonly about: string | null
  readonly state: 'open' | 'settled' | 'reopened'
  readonly openedAt: string
  readonly settledAt: string | null
  readonly reason: Reason | null
}
export const settlements = [
  'notYours',
  'contacted',
  'unreachable',
  'duplicate',
  'withdrawn',
  'handled',
] as const
export type Settlement = (typeof settlements)[number]
export type Reason = Settlement | 'verified' | 'blocked'

export interface CaseAddress {
  readonly address: string
  readonly canonical: string
  readonly source?: 'reported' | 'found'
  readonly now: Step
  readonly steps: readonly { readonly step: Step; readonly at: string }[]
}
export interface CaseRead extends Omit<CaseLine, 'addresses'> {
  readonly report: string
  readonly wantsWoman?: boolean
  readonly matters: readonly Matter[]
  readonly addresses: readonly CaseAddress[]
}
export interface CaseQuery {
  readonly state?: 'open' | 'closed' | undefined
  readonly mine?: boolean | undefined
  readonly q?: string | undefined
}

export const cases = (query: CaseQuery, after?: string, limit = 50) =>
  server.get<Rows<CaseLine>>('/cases', { query: { ...query, limit, after } })
export const oneCase = (id: string) => server.get<CaseRead>(`/cases/${id}`)
export const timeline = (id: string, after?: string) =>
  server.get<Rows<Entry>>(`/cases/${id}/timeline`, { query: { after, limit: 100 } })
export const assign = (id: string, officer: string) =>
  server.post<void>(`/cases/${id}/assignments`, { officer })
export const settle = (matter: string, reason: Settlement) =>
  server.post<void>(`/matters/${matter}/settlement`, { reason })
