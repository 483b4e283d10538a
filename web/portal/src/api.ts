/**
 * What the portal asks of the server.
 *
 * @module
 */
import { openApi, type Api } from '@jikimi/shared/api.ts'
import type { Language } from '@jikimi/shared/words.ts'

export const concerns = ['leak', 'hiddenCamera', 'deepfake', 'threat', 'minor', 'other'] as const
export type Concern = (typeof concerns)[number]
export const relations = ['self', 'guardian', 'other'] as const
export type Relation = (typeof relations)[number]
export const contactWays = ['receiptOnly', 'email', 'phone', 'text'] as const
export type ContactWay = (typeof contactWays)[number]

// The server's own bounds, said to the person before they meet them.
export const addressesMax = 50
export const addressLengthMax = 2048
export const fingerprintsMax = 40
export const storyLengthMax = 5000
export const messageLengthMax = 4000

export interface ReportedPicture {
  readonly kind: 'picture'
  readonly profile: string
  readonly hash: string
  readonly quality: number
}
export interface ReportedVideo {
  readonly kind: 'video'
  readonly profile: string
  readonly durationMs: number
  readonly frames: readonly { readonly atMs: number; readonly hash: string; readonly quality: number }[]
}
export type ReportedFingerprint = ReportedPicture | ReportedVideo

export interface ReportForm {
  readonly language: Language
  readonly concern: Concern
  readonly relation: Relation
  readonly ageUnder18: boolean | null
  readonly region: string | null
  readonly story: string
  readonly wantsWoman: boolean
  readonly contact: { readonly way: ContactWay; readonly value?: string; readonly note?: string }
  readonly addresses: readonly string[]
  readonly fingerprints: readonly ReportedFingerprint[]
}

export interface AddressesReceived {
  readonly addresses: readonly { readonly address: string; readonly canonical: string }[]
  readonly refusedAddresses: readonly { readonly index: number; readonly code: string }[]
}
export interface ReportReceived extends AddressesReceived {
  readonly receipt: string
}

export type AddressStep =
  | 'received'
  | 'captured'
  | 'recognised'
  | 'underReview'
  | 'notYours'
  | 'requested'
  | 'answered'
  | 'refusedByHost'
  | 'removed'
  | 'verified'
  | 'blocked'
  | 'returned'
  | 'unreachable'

export interface AddressProgress {
  readonly address: string
  readonly canonical: string
  readonly source: 'reported' | 'found'
  readonly steps: readonly { readonly step: AddressStep; readonly at: string }[]
  readonly now: AddressStep
}
export interface Progress {
  readonly filedAt: string
  readonly language: Language
  readonly caseState: 'received' | 'working' | 'closed'
  readonly officer: { readonly isWoman: boolean } | null
  readonly addresses: readonly AddressProgress[]
  readonly unread: number
}

export interface Message {
  readonly id: string
  readonly from: 'reporter' | 'officer' | 'counsellor'
  readonly text: string
  readonly writtenAt: string
  readonly readAt: string | null
}
export interface Messages {
  readonly rows: readonly Message[]
  readonly next: string | null
}
export interface Agency {
  readonly code: string
  readonly ko: string
  readonly en: string
}

let language: Language = 'ko'

/** The language in which the server should answer from now on. */
export function askIn(chosen: Language): void {
  language = chosen
}

const api: Api = openApi({ language: () => language })

export const agencies = (signal: AbortSignal) => api.get<Agency[]>('/agencies', { signal })

/** Files a report. With the same key it is filed once, however often it is sent. Forty long videos are 2.6 MB. */
export const fileReport = (form: ReportForm, idempotencyKey: string) =>
  api.post<ReportReceived>('/reports', form, { idempotencyKey, timeoutMs: 120_000 })

export const openReceipt = (receipt: string) => api.post<void>('/receipt-sessions', { receipt })
export const closeReceipt = () => api.delete<void>('/receipt-sessions', { keepalive: true })

export const progress = (signal?: AbortSignal) =>
  api.get<Progress>('/report', signal === undefined ? {} : { signal })
export const addAddresses = (addresses: readonly string[]) =>
  api.post<AddressesReceived>('/report/addresses', { addresses })

export const messages = (after?: string, signal?: AbortSignal) =>
  api.get<Messages>('/report/messages', { query: { after }, ...(signal === undefined ? {} : { signal }) })
export const writeMessage = (text: string) => api.post<Message>('/report/messages', { text })
