/**
 * What a notice holds, and what makes it valid. No field names the person depicted: there is none to fill in.
 */
import { regimes, type RegimeName, type RequiredField } from './regimes.ts'
import type { ItemType, StatuteId } from './statutes.ts'

export const noticeLanguages = ['ko', 'en', 'both'] as const
export type NoticeLanguage = (typeof noticeLanguages)[number]

export interface NoticeFields {
  /** Our number for this notice; stands in the subject, so it says nothing. */
  readonly reference: string
  /** The exact address of the material. */
  readonly url: string
  readonly itemType: ItemType
  readonly offence: StatuteId
  /** Why it is unlawful, in each language. Never who is shown. */
  readonly reason: { readonly ko: string; readonly en: string }
  readonly requester: {
    readonly organisation: { readonly ko: string; readonly en: string }
    /** Mail address of the unit at which answers are read. */
    readonly contact: string
    readonly capacity: { readonly ko: string; readonly en: string }
  }
  /** Who signs: a unit as authorised agent, not a person. */
  readonly signature: { readonly ko: string; readonly en: string }
  /** Day of the signature, as YYYY-MM-DD. */
  readonly signedOn: string
  /** That the signer believes in good faith what the notice says. */
  readonly goodFaith: boolean
  readonly addressee: 'operator' | 'host' | 'regulator'
  /** 0 the first notice; 1 its first reminder. */
  readonly reminder: number
  /** 1; more when the material came back after it was verified gone. */
  readonly round: number
  /** Day of the first notice, for reminders and for the next rung. */
  readonly firstAskedOn?: string
  /** That child material is concerned: kept apart by every recipient. */
  readonly isChild: boolean
}

export interface ComposedNotice {
  readonly subject: string
  readonly text: string
}

export interface NoticeFault {
  readonly field: RequiredField | 'leak'
  readonly problem: 'missing' | 'malformed' | 'personalData'
}

/** A notice that would not be valid. Names the field, never its content. */
export class InvalidNotice extends Error {
  override readonly name = 'InvalidNotice'
  readonly faults: readonly NoticeFault[]
  constructor(faults: readonly NoticeFault[]) {
    super(`This notice is not valid: ${faults.map(each => `${each.field} ${each.problem}`).join(', ')}.`)
    this.faults = faults
  }
}

/** What stands in the way of a valid notice under `regime`: each missing or malformed field by its name. */
export function faultsOf(regime: RegimeName, fields: Partial<NoticeFields>): readonly NoticeFault[] {
  const missing = regimes[regime].required
    .filter(field => !isFilled(fields, field))
    .map((field): NoticeFault => ({ field, problem: 'missing' }))
  const faults: NoticeFault[] = [...missing]
  if (isFilled(fields, 'url') && !isWebAddress(fields.url!))
    faults.push({ field: 'url', problem: 'malformed' })
  if (isFilled(fields, 'signedOn') && !/^\d{4}-\d\d-\d\d$/.test(fields.signedOn!))
    faults.push({ field: 'signedOn', problem: 'malformed' })
  if (isFilled(fields, 'reference') && !/^[A-Z0-9-]{3,40}$/.test(fields.reference!))
    faults.push({ field: 'reference', problem: 'malformed' })
  if (leaks(fields)) faults.push({ field: 'reason', problem: 'personalData' })
  return faults
}

type Given = Partial<NoticeFields>

const isText = (text: string | undefined): boolean => (text ?? '').trim() !== ''
const areWords = (pair: { ko: string; en: string } | undefined): boolean =>
  isText(pair?.ko) && isText(pair?.en)

const filled: Record<RequiredField, (fields: Given) => boolean> = {
  reference: fields => isText(fields.reference),
  url: fields => isText(fields.url),
  itemType: fields => isText(fields.itemType),
  offence: fields => isText(fields.offence),
  reason: fields => areWords(fields.reason),
  'requester.organisation': fields => areWords(fields.requester?.organisation),
  'requester.contact': fields => /^[^@\s]+@[^@\s]+$/.test(fields.requester?.contact ?? ''),
  'requester.capacity': fields => areWords(fields.requester?.capacity),
  signature: fields => areWords(fields.signature),
  signedOn: fields => isText(fields.signedOn),
  goodFaith: fields => fields.goodFaith === true,
}

function isFilled(fields: Given, field: RequiredField): boolean {
  return filled[field](fields)
}

function isWebAddress(text: string): boolean {
  // Control characters would let an address write lines of its own into the letter.
  return (
    URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) && !/[\p{Cc}\p{Zl}\p{Zp}\s]/u.test(text)
  )
}

// Mail, telephone and resident registration numbers: what identifies a person and has no place in the reason.
const personal = [
  /[^\s@]+@[^\s@]+\.[^\s@]+/,
  /\b0\d{1,2}[-. ]?\d{3,4}[-. ]?\d{4}\b/,
  /\b\d{6}[- ]?[1-8]\d{6}\b/,
]

function leaks(fields: Partial<NoticeFields>): boolean {
  const texts = [fields.reason?.ko, fields.reason?.en, fields.signature?.ko, fields.signature?.en]
  return texts.some(text => text !== undefined && personal.some(pattern => pattern.test(text)))
}
