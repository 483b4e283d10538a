/**
 * What the console asks of the matching room.
 *
 * @module
 */
import { server, type Rows, type Schemas } from '../server.ts'

export type Match = Schemas['Match']
export type Bank = Schemas['BankRead']
export type Verdict = 'same' | 'different'

export const matches = (state: Match['state'] | undefined, after?: string, limit = 50) =>
  server.get<Rows<Match>>('/matches', { query: { state, after, limit } })
export const matchesOfCase = (id: string, after?: string) =>
  server.get<Rows<Match>>(`/cases/${id}/matches`, { query: { after, limit: 50 } })
export const bank = (id: string) => server.get<Bank>(`/cases/${id}/fingerprints`)
export const decide = (match: string, verdict: Verdict) =>
  server.post<void>(`/matches/${match}/decisions`, { verdict })
