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
  type Particulars,
  type Purpose,
  type Relation,
  type ReportedFingerprint,
  type ReportForm,
} from '../api.ts'
import { boundedFingerprints } from '../fingerprint/bounded.ts'
import { answered, isAsked, particulars, type Particular } from './particulars.tsx'

export interface Draft {
  /** Made once for the form: however often it is sent, it is filed once. */
  readonly key: string
  readonly concern: Concern | undefined
  readonly relation: Relation | undefined
  /** null: asked and not said. */
  readonly isUnder18: boolean | null | undefined
  readonly particulars: Particulars
  /** What was switched on or off; the rest stands as it is asked. */
  readonly consents: Readonly<Partial<Record<Purpose, boolean>>>
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
  'actsAs',
  'personKnows',
  'age',
  'guardianMayKnow',
  'guardianIsSuspect',
  'demand',
  'deadline',
  'hasPaid',
  'isSpread',
  'place',
  'mayStillFilm',
  'faceFrom',
  'suspect',
  'story',
  'addresses',
  'files',
  'consents',
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
    particulars: {},
    consents: {},
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

/**
 * The steps of this report. What was said already is not asked again; whoever came across it by chance has nothing to
 * consent to, and never gives files.
 */
export function stepsOf(draft: Draft): readonly Step[] {
  const isBystander = draft.relation === 'other'
  const asked = questions.filter(each => {
    if (isParticular(each)) return isAsked[each](draft)
    if (each === 'age') return draft.concern !== 'minor'
    if (each === 'files' || each === 'consents' || each === 'woman') return !isBystander
    return each !== 'addresses' || draft.particulars.isSpread !== false || !isAsked.isSpread(draft)
  })
  return [...asked, 'check']
}

function isParticular(question: Question): question is Particular {
  return (particulars as readonly string[]).includes(question)
}

const unanswered: Record<Exclude<Question, Particular>, Partial<Draft>> = {
  concern: { concern: undefined },
  relation: { relation: undefined },
  age: { isUnder18: undefined },
  story: { story: '' },
  addresses: { addresses: '' },
  files: {},
  consents: { consents: {} },
  contact: { way: undefined, contact: '', note: '' },
  word: { word: '' },
  woman: { wantsWoman: undefined },
  region: { region: undefined },
}

/** What must be changed in a draft so that one question is not answered. */
export function without(question: Question, draft: Draft): Partial<Draft> {
  if (!isParticular(question)) return unanswered[question]
  const { [question]: _, ...rest } = draft.particulars
  return { particulars: rest }
}

export function isTouched(draft: Draft): boolean {
  const { key: _, ...answers } = draft
  return Object.values(answers).some(
    each =>
      each !== undefined && each !== '' && (typeof each !== 'object' || Object.keys(each ?? {}).length > 0),
  )
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

/**
 * What was consented to. A report is the wish to have it removed, unless that was switched off; what was not switched
 * on was not said: nothing is done for it until somebody asks.
 */
function consentsOf({ relation, consents }: Draft): NonNullable<ReportForm['consents']> {
  const said = (purpose: Purpose) => (consents[purpose] === true ? true : null)
  const isBystander = relation === 'other'
  return {
    removal: isBystander ? null : (consents.removal ?? true),
    investigation: isBystander ? null : said('investigation'),
    banks: isBystander ? null : said('banks'),
    abroad: isBystander ? null : said('abroad'),
  }
}

/** What is to be sent. Questions that were passed over get the answer that claims least. */
export function formOf(draft: Draft, fingerprints: readonly ReportedFingerprint[], language: Language): Said {
  const way = draft.way ?? 'receiptOnly'
  const note = draft.note.trim()
  return {
    language,
    concern: draft.concern ?? 'other',
    relation: draft.relation ?? 'self',
    ageUnder18: draft.concern === 'minor' ? true : (draft.isUnder18 ?? null),
    particulars: answered(draft),
    consents: consentsOf(draft),
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
