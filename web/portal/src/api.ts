/**
 * What the portal asks of the server.
 *
 * @module
 */
import type { components } from '@jikimi/shared/api.gen.ts'
import { openApi, type Api } from '@jikimi/shared/api.ts'
import type { Language } from '@jikimi/shared/words.ts'

export const concerns = [
  'leak',
  'hiddenCamera',
  'deepfake',
  'threat',
  'minor',
  'other',
] as const satisfies readonly Concern[]
export type Concern = ReportForm['concern']
export const relations = ['self', 'guardian', 'helper', 'other'] as const satisfies readonly Relation[]
export type Relation = ReportForm['relation']
export const contactWays = ['receiptOnly', 'email', 'phone', 'text'] as const satisfies readonly ContactWay[]
export type ContactWay = ReportForm['contact']['way']

export const purposes = ['removal', 'investigation', 'banks', 'abroad'] as const satisfies readonly Purpose[]
export type Purpose = OwnConsents['rows'][number]['purpose']

// The server's own bounds, said to the person before they meet them.
export const addressesMax = 50
export const addressLengthMax = 2048
export const fingerprintsMax = 40
export const framesOfReportMax = 24_000
export const storyLengthMax = 5000
export const messageLengthMax = 4000

type Schemas = components['schemas']
type Frozen<T> = T extends readonly (infer Each)[]
  ? readonly Frozen<Each>[]
  : T extends object
    ? { readonly [K in keyof T]: Frozen<T[K]> }
    : T

export type ReportForm = Frozen<Schemas['ReportForm']>
export type ReportedFingerprint = Frozen<Schemas['ReportedFingerprint']>
export type ReportedPicture = Extract<ReportedFingerprint, { kind: 'picture' }>
export type ReportedVideo = Extract<ReportedFingerprint, { kind: 'video' }>
export type AddressesReceived = Frozen<Schemas['AddressesReceived']>
export type ReportReceived = Frozen<Schemas['ReportReceived']>
export type ReadersTold = Frozen<Schemas['ReadersTold']>
export type Particulars = Frozen<Schemas['Particulars']>
export type OwnConsents = Frozen<Schemas['OwnConsents']>
export type Progress = Frozen<Schemas['Progress']>
export type AddressProgress = Progress['addresses'][number]
export type AddressStep = AddressProgress['now']
export type Message = Frozen<Schemas['Message']>
export type Messages = Frozen<Schemas['Messages']>
export type Agency = Frozen<Schemas['Agency']>
export type Recipients = NonNullable<Progress['recipients']>
export type Work = Frozen<Schemas['ReceiptEntry']>['work']

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

/** The unit's public key, to which the secret key of a mailbox's team is sealed. */
export const mailboxKey = () => api.get<Frozen<Schemas['MailboxKey']>>('/mailbox-key')
export const challenge = () => api.post<Frozen<Schemas['ReceiptChallenge']>>('/receipt-challenges')
export const openReceipt = (entry: Frozen<Schemas['ReceiptEntry']>) =>
  api.post<Frozen<Schemas['ReceiptOpened']>>('/receipt-sessions', entry)
/** Shows what was sent, by the second word. */
export const uncover = (entry: Frozen<Schemas['WordEntry']>) => api.post<void>('/report/words', entry)
export const furnishReport = (mailbox: Frozen<Schemas['OldMailbox']>) =>
  api.put<void>('/report/mailbox', mailbox)
export const closeReceipt = () => api.delete<void>('/receipt-sessions', { keepalive: true })

export const progress = (signal?: AbortSignal) =>
  api.get<Progress>('/report', signal === undefined ? {} : { signal })
/** Who has looked at one's report, by role and agency. */
export const readers = (signal?: AbortSignal) =>
  api.get<ReadersTold>('/report/readers', signal === undefined ? {} : { signal })
/** What one consents to, and what a withdrawal has stopped. */
export const ownConsents = (signal?: AbortSignal) =>
  api.get<OwnConsents>('/report/consents', signal === undefined ? {} : { signal })
export const switchConsent = (purpose: Purpose, isGiven: boolean) =>
  api.put<void>(`/report/consents/${purpose}`, { isGiven })
export const addAddresses = (addresses: readonly string[]) =>
  api.post<AddressesReceived>('/report/addresses', { addresses })

export const messages = (after?: string, signal?: AbortSignal) =>
  api.get<Messages>('/report/messages', { query: { after }, ...(signal === undefined ? {} : { signal }) })
export const writeMessage = (letter: string, key: string) =>
  api.post<Message>('/report/messages', { letter, key })
