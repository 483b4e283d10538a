/**
 * What the console asks of the staffing room.
 *
 * @module
 */
import { server, type Rows, type Schemas } from '../server.ts'

export type Agency = Schemas['Agency']
export type Officer = Schemas['OfficerRow']
export type Staffing = Schemas['Staffing']
export type StaffingRow = Staffing['rows'][number]

export const agencies = () => server.get<readonly Agency[]>('/agencies')
export const officers = (agency?: string) =>
  server.get<Rows<Officer>>('/officers', { query: { agency, limit: 200 } }).then(answer => answer.rows)
export const staffing = () => server.get<Staffing>('/staffing')
export const addOfficer = (officer: { name: string; isWoman: boolean; isLeader: boolean; agency: string }) =>
  server.post<{ officer: string }>('/officers', officer)
export const postOfficer = (officer: string, agency: string) =>
  server.post<unknown>(`/officers/${officer}/postings`, { agency })
