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
export type StaffingPlan = Schemas['StaffingPlan']
export type Duty = Schemas['DutyRow']
export type Swap = Schemas['SwapRow']
export type Exposure = Schemas['Exposure']
export type Availability = Schemas['Availability']
export type Leave = Schemas['LeaveRow']
export interface Despite {
  readonly reason: string
  readonly mendBy: string
}

const rowsOf = <T>(answer: Pick<Rows<T>, 'rows'>) => answer.rows

export const agencies = () => server.get<readonly Agency[]>('/agencies')
export const officers = (agency?: string) =>
  server.get<Rows<Officer>>('/officers', { query: { agency, limit: 200 } }).then(rowsOf)
export const staffing = () => server.get<Staffing>('/staffing')
export const plan = () => server.get<StaffingPlan>('/staffing/plan')
export const addOfficer = (officer: { name: string; isWoman: boolean; isLeader: boolean; agency: string }) =>
  server.post<{ officer: string }>('/officers', officer)
export const postOfficer = (officer: string, agency: string, despite?: Despite) =>
  server.post<unknown>(`/officers/${officer}/postings`, {
    agency,
    ...(despite === undefined ? {} : { despite }),
  })

export const duties = (from: string, until: string) =>
  server.get<Rows<Duty>>('/duties', { query: { from, until } }).then(rowsOf)
export const makeRoster = (firstDay: string) => server.post<unknown>('/rosters', { firstDay })
export const swaps = () => server.get<Rows<Swap>>('/swaps').then(rowsOf)
export const askSwap = (duty: string, officer: string) =>
  server.post<unknown>(`/duties/${duty}/swaps`, { officer })
export const answerSwap = (swap: string, isAgreed: boolean) =>
  server.post<unknown>(`/swaps/${swap}/answer`, { isAgreed })
export const decideSwap = (swap: string, isAgreed: boolean) =>
  server.post<unknown>(`/swaps/${swap}/decision`, { isAgreed })
export const openCalendar = () => server.post<{ path: string }>('/calendar', {})
export const closeCalendar = () => server.delete<unknown>('/calendar')

export type Wish = Schemas['StaffingWish']
export const wishes = () => server.get<Rows<Wish>>('/wishes').then(rowsOf)
export const exposure = () => server.get<Exposure>('/exposure')
export const availability = () => server.get<Rows<Availability>>('/availability').then(rowsOf)
export const extend = (officer: string, reason: string) =>
  server.post<unknown>(`/officers/${officer}/extensions`, { reason })
export const leave = () => server.get<Rows<Leave>>('/leave').then(rowsOf)
export const addLeave = (officer: string, from: string, until: string) =>
  server.post<unknown>(`/officers/${officer}/leave`, { from, until })
export const dropLeave = (id: string) => server.delete<unknown>(`/leave/${id}`)
