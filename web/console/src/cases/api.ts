/**
 * What the console asks of the cases room.
 *
 * @module
 */
import type { Entry } from '../audit/api.ts'
import { server, type Rows, type Schemas } from '../server.ts'

export type CaseLine = Schemas['CaseLine']
export type Matter = Schemas['Matter']
export const settlements = [
  'notYours',
  'contacted',
  'unreachable',
  'duplicate',
  'withdrawn',
  'handled',
] as const
export type Settlement = (typeof settlements)[number]
export type CaseAddress = CaseRead['addresses'][number]

export type CaseRead = Schemas['CaseRead']
export interface CaseQuery {
  readonly state?: 'open' | 'closed' | undefined
  readonly mine?: boolean | undefined
  readonly q?: string | undefined
}

export const cases = (query: CaseQuery, after?: string, limit = 50) =>
  server.get<Rows<CaseLine>>('/cases', { query: { ...query, limit, after } })
export const oneCase = (id: string) => server.get<CaseRead>(`/cases/${id}`)
/** The outside of a case: for a leader who does not see into it. */
export const outside = (id: string) => server.get<CaseLine>(`/cases/${id}/outside`)
export type Member = Schemas['CaseMember']
export const grantable = ['team', 'counsellor', 'secondPerson', 'cover', 'advice', 'supervision'] as const
export type Grantable = (typeof grantable)[number]
export const members = (id: string) => server.get<Schemas['CaseMembers']>(`/cases/${id}/members`)
export const candidates = (id: string) => server.get<Schemas['CaseCandidates']>(`/cases/${id}/candidates`)
export const letIn = (
  id: string,
  form: {
    readonly account: string
    readonly ground: Grantable
    readonly words: string
    readonly until: string
  },
) => server.post<{ member: string }>(`/cases/${id}/members`, form)
export const endMember = (member: string) => server.delete<void>(`/case-members/${member}`)
export const timeline = (id: string, after?: string) =>
  server.get<Rows<Entry>>(`/cases/${id}/timeline`, { query: { after, limit: 100 } })
export const assign = (id: string, officer: string) =>
  server.post<void>(`/cases/${id}/assignments`, { officer })
export type Handover = Schemas['Handover']
export type HandoverReason = Handover['reason']
export const handoverReasons = [
  'place',
  'wish',
  'load',
  'skill',
  'leaving',
  'conflict',
] as const satisfies readonly HandoverReason[]
export const handOver = (
  id: string,
  form: {
    readonly agency: string
    readonly officer?: string
    readonly reason: HandoverReason
    readonly words: string
  },
) => server.post<{ handover: string }>(`/cases/${id}/handovers`, form)
/** Those from other agencies of which the leader has not taken note. */
export const handovers = () => server.get<Rows<Handover>>('/handovers').then(answer => answer.rows)
/** Every handover of one case, newest first. */
export const handoversOf = (id: string) =>
  server.get<Rows<Handover>>('/handovers', { query: { case: id } }).then(answer => answer.rows)
export const noteHandover = (id: string) => server.post<void>(`/handovers/${id}/notes`, {})
export const settle = (matter: string, reason: Settlement) =>
  server.post<void>(`/matters/${matter}/settlement`, { reason })

export type Glass = Schemas['Glass']
export type GlassReason = Glass['reason']
export const glassReasons = ['lifeAtRisk', 'spreadingNow', 'victimCalls', 'evidenceGoes'] as const
export const breakGlass = (form: {
  readonly case: string
  readonly reason: GlassReason
  readonly words: string
}) => server.post<Schemas['GlassBroken']>('/glasses', form)
export const glasses = (after?: string) =>
  server.get<Rows<Glass>>('/glasses', { query: { after, limit: 50 } })
export const reviewGlass = (glass: string, verdict: 'justified' | 'notJustified') =>
  server.post<void>(`/glasses/${glass}/review`, { verdict })
export const markKnown = (id: string, isKnown: boolean) =>
  server.put<void>(`/cases/${id}/known-person`, { isKnown })
export const readers = (id: string) => server.get<Schemas['CaseReaders']>(`/cases/${id}/readers`)

export const purposes = ['removal', 'investigation', 'banks', 'abroad'] as const
export type Purpose = (typeof purposes)[number]
export type Consent = Schemas['CaseConsents']['rows'][number]
export const consents = (id: string) => server.get<Schemas['CaseConsents']>(`/cases/${id}/consents`)
export const takeConsent = (id: string, taken: Schemas['TakenConsent']) =>
  server.post<void>(`/cases/${id}/consents`, taken)
