/**
 * What the console asks of the support room.
 *
 * @module
 */
import { server, type Schemas } from '../server.ts'

export type CarePromise = Schemas['CarePromise']
export type CarePromises = Schemas['CarePromises']
export type Person = CarePromise['person']
export const persons = ['victim', 'guardian', 'other'] as const satisfies readonly Person[]
export type StandBy = NonNullable<CarePromise['by']['role']>
export const standBy = [
  'officer',
  'leader',
  'counsellor',
  'lawyerLiaison',
] as const satisfies readonly StandBy[]
export type Withdrawal = NonNullable<CarePromise['reason']>
export const withdrawals = [
  'victimStopped',
  'noLongerNeeded',
  'notPossible',
  'replaced',
] as const satisfies readonly Withdrawal[]

export const promises = (
  query: {
    readonly case?: string
    readonly mine?: boolean
    readonly settled?: boolean
    readonly limit?: number
  },
  after?: string,
) => server.get<CarePromises>('/promises', { query: { ...query, after } })
export const makePromise = (
  id: string,
  form: {
    readonly person: Person
    readonly what: string
    readonly by: { readonly role: StandBy } | { readonly account: string }
    readonly until: string
  },
) => server.post<{ promise: string }>(`/cases/${id}/promises`, form)
export const settlePromise = (
  promise: string,
  form: { readonly outcome: 'kept' } | { readonly outcome: 'withdrawn'; readonly reason: Withdrawal },
) => server.post<void>(`/promises/${promise}/settlement`, form)
