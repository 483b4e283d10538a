/**
 * What the console asks of the intake room.
 *
 * @module
 */
import { server, type Rows, type Schemas } from '../server.ts'

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
  'unblocked',
  'returned',
  'unreachable',
  'stopped',
] as const
export type Step = (typeof steps)[number]
export type Concern = 'leak' | 'hiddenCamera' | 'deepfake' | 'threat' | 'minor' | 'other'

export type Message = Schemas['Message']
export type ReportRead = Schemas['ReportRead']
export type TeamMailbox = Schemas['TeamMailbox']

export const messageLengthMax = 4000

export const report = (report: string) => server.get<ReportRead>(`/reports/${report}`)
export const messages = (report: string, after?: string) =>
  server.get<Rows<Message>>(`/reports/${report}/messages`, { query: { after, limit: 100 } })
export const writeMessage = (report: string, written: Schemas['NewMessage']) =>
  server.post<Message>(`/reports/${report}/messages`, written)
/** The team's keys: they stay in the memory of the page. */
export const mailbox = (report: string) => server.get<TeamMailbox>(`/reports/${report}/mailbox`)
export const renewReceipt = (report: string, made: Schemas['NewReceipt']) =>
  server.post<void>(`/reports/${report}/receipts`, made)
