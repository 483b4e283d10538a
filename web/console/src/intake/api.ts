/**
 * What the console asks of the intake room.
 *
 * @module
 */
import { server, type Rows } from '../server.ts'

export const steps = [
  'received',
  'captured',
  'recognised',
  'underReview',
  'notYours',
  'requested',
  'answered',
  'refusedByHost',
  'removed',
  'verified',
  'blocked',
  'returned',
  'unreachable',
] as const
export type Step = (typeof steps)[number]
export type Concern = 'leak' | 'hiddenCamera' | 'deepfake' | 'threat' | 'minor' | 'other'

export interface Message {
  readonly id: string
  readonly from: 'reporter' | 'officer' | 'counsellor'
  readonly text: string
  readonly writtenAt: string
  readonly readAt: string | null
}
export interface ReportRead {
  readonly report: string
  readonly filedAt: string
  readonly language: 'ko' | 'en'
  readonly concern: Concern
  readonly relation: 'self' | 'guardian' | 'other'
  readonly ageUnder18: boolean | null
  readonly region: string | null
  readonly story: string
  readonly wantsWoman: boolean
  readonly contact: {
    readonly way: 'receiptOnly' | 'email' | 'phone' | 'text'
    readonly value: string | null
    readonly note: string | null
  }
  readonly unreadable: readonly { readonly text: string; readonly code: string }[]
  readonly pictures: number
  readonly videos: number
}

export const messageLengthMax = 4000

export const report = (report: string) => server.get<ReportRead>(`/reports/${report}`)
export const messages = (report: string, after?: string) =>
  server.get<Rows<Message>>(`/reports/${report}/messages`, { query: { after, limit: 100 } })
export const writeMessage = (report: string, text: string) =>
  server.post<Message>(`/reports/${report}/messages`, { text })
