/**
 * A report while it is being written: kept in memory, nowhere else.
 *
 * @module
 */
import { newIdempotencyKey } from '@jikimi/shared/api.ts'
import type { Language } from '@jikimi/shared/words.ts'
import {
  addressesMax,
  addressLengthMax,
  type Concern,
  type ContactWay,
  type Relation,
  type ReportedFingerprint,
  type ReportForm,
} from '../api.ts'
import { boundedFingerprints } from '../fingerprint/bounded.ts'

export interface Draft {
  /** Made once for the form: however often it is sent, it is filed once. */
  readonly key: string
  readonly concern: Concern | undefined
  readonly relation: Relation | undefined
  /** null: asked and not said. */
  readonly isUnder18: boolean | null | undefined
  readonly story: string
  readonly addresses: string
  readonly way: ContactWay | undefined
  readonly contact: string
  readonly note: string
  /** A second word, without which what was sent is not shown again. */
  readonly word: string
  readonly wantsWoman: boolean | undefined
  readonly region: string | undefined
}

export const questions = [
  'concern',
  'relation',
  'age',
  'story',
  'addresses',
  'files',
  'contact',
  'word',
  'woman',
  'region',
] as const
export type Question = (typeof questions)[number]
export type Step = Question | 'check'

export function newDraft(): Draft {
  return {
    key: newIdempotencyKey(),
    concern: undefined,
    relation: undefined,
    isUnder18: undefined,
    story: '',
    addresses: '',
    way: undefined,
    contact: '',
    note: '',
    word: '',
    wantsWoman: undefined,
    region: undefined,
  }
}

/** The steps of this report: who has said that a child is concerned is not asked for the age again. */
export function stepsOf(draft: Draft): readonly Step[] {
  const asked = questions.filter(each => each !== 'age' || draft.concern !== 'minor')
  return [...asked, 'check']
}

const unanswered: Record<Question, Partial<Draft>> = {
  concern: { concern: undefined },
  relation: { relation: undefined },
  age: { isUnder18: undefined },
  story: { story: '' },
  addresses: { addresses: '' },
  files: {},
  contact: { way: undefined, contact: '', note: '' },
  word: { word: '' },
  woman: { wantsWoman: undefined },
  region: { region: undefined },
}

/** What must be changed in a draft so that one question is not answered. */
export function without(question: Question): Partial<Draft> {
  return unanswered[question]
}

export function isTouched(draft: Draft): boolean {
  const { key: _, ...answers } = draft
  return Object.values(answers).some(each => each !== undefined && each !== '')
}

/** Whether a way of contact was chosen that needs a number or an address, and it is missing. */
export function lacksContact(draft: Draft): boolean {
  if (draft.way === undefined || draft.way === 'receiptOnly') return false
  const value = draft.contact.trim()
  return draft.way === 'email' ? !/^\S+@\S+\.\S+$/.test(value) : value.replaceAll(/\D/g, '').length < 8
}

/**
 * The addresses in a text: one a line, tolerant. A line with full addresses in it gives these, without what an
 * app's "share" put around them; another line stands as it is, for the server or an officer to read.
 */
export function addressesIn(text: string): readonly string[] {
  const found = text.split(/\r?\n/).flatMap(line => {
    const full = line.match(/https?:\/\/[^\s<>"]+/gi)
    return full === null ? [line.trim()] : full.map(each => each.replace(/[)\]},.;:!?'’”]+$/, ''))
  })
  return [...new Set(found)].filter(each => each !== '' && each.length <= addressLengthMax)
}

/** What is said, before it is sealed. */
export type Said = Omit<ReportForm, 'mailbox' | 'story'> & { readonly story: string }

/** What is to be sent. Questions that were passed over get the answer that claims least. */
export function formOf(draft: Draft, fingerprints: readonly ReportedFingerprint[], language: Language): Said {
  const way = draft.way ?? 'receiptOnly'
  const note = draft.note.trim()
  return {
    language,
    concern: draft.concern ?? 'other',
    relation: draft.relation ?? 'self',
    ageUnder18: draft.concern === 'minor' ? true : (draft.isUnder18 ?? null),
    region: draft.region ?? null,
    story: draft.story.trim(),
    wantsWoman: draft.wantsWoman ?? false,
    contact: {
      way,
      ...(way === 'receiptOnly' ? {} : { value: draft.contact.trim() }),
      ...(note === '' ? {} : { note }),
    },
    addresses: addressesIn(draft.addresses).slice(0, addressesMax),
    fingerprints: boundedFingerprints(fingerprints),
  }
}
