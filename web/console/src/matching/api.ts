/**
 * What the console asks of the matching room.
 *
 * @module
 */
import { server, type Rows } from '../server.ts'

export interface Match {
  readonly match: string
  readonly case: string
  readonly caseNumber?: string
  readonly address: string
  readonly canonical: string
  readonly exhibit: string
  readonly kind: 'sure' | 'near' | 'nothingFound'
  readonly distance: number | null
  readonly quality: number | null
  readonly share?: number | null
  readonly turn?: string | null
  readonly atMs?: number | null
  readonly state: 'pending' | 'confirmed' | 'refuted'
  readonly foundAt: string
  readonly decidedAt?: string | null
}
export interface Bank {
  readonly pictures: number
  readonly videos: number
  readonly frames: number
  readonly profiles: readonly string[]
}
export type Verdict = 'same' | 'different'

export const matches = (state: Match['state'] | undefined, after?: string, limit = 50) =>
  server.get<Rows<Match>>('/matches', { query: { state, after, limit } })
export const matchesOfCase = (id: string, after?: string) =>
  server.get<Rows<Match>>(`/cases/${id}/matches`, { query: { after, limit: 50 } })
export const bank = (id: string) => server.get<Bank>(`/cases/${id}/fingerprints`)
export const decide = (match: string, verdict: Verdict) =>
  server.post<void>(`/matches/${match}/decisions`, { verdict })
