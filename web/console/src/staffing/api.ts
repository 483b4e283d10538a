/**
 * What the console asks of the staffing room.
 *
 * @module
 */
import { server, type Rows } from '../server.ts'

export interface Agency {
  readonly code: string
  readonly ko: string
  readonly en: string
}
export interface Officer {
  readonly officer: string
  readonly name: string
  readonly agency: string
  readonly isWoman: boolean
  readonly isLeader: boolean
  readonly load: number
}
export interface StaffingRow extends Agency {
  readonly agency: string
  readonly officers: number
  readonly women: number
  readonly load: number
  readonly breaches: readonly string[]
}
export interface Staffing {
  readonly total: number
  readonly rows: readonly StaffingRow[]
  readonly breaches?: readonly string[]
}

export const agencies = () => server.get<readonly Agency[]>('/agencies')
export const officers = (agency?: string) =>
  server.get<Rows<Officer>>('/officers', { query: { agency, limit: 200 } }).then(answer => answer.rows)
export const staffing = () => server.get<Staffing>('/staffing')
export const addOfficer = (officer: { name: string; isWoman: boolean; isLeader: boolean; agency: string }) =>
  server.post<{ officer: string }>('/officers', officer)
export const postOfficer = (officer: string, agency: string) =>
  server.post<unknown>(`/officers/${officer}/postings`, { agency })
