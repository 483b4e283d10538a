/**
 * Bodies that help victims, as data that comes with the program: only such as exist, and what of them is not certain
 * is named as unconfirmed and shown so. Others are added in the console.
 *
 * @module
 */
import type { BodyKind } from './referral-schema.ts'

/** Changed with each change of the list. */
export const directoryVersion = '2026-11-24'

export interface KnownBody {
  readonly code: string
  readonly kind: BodyKind
  readonly name: { readonly ko: string; readonly en: string }
  readonly phone: string | null
  /** Code of the agency whose region it serves; null for the whole country. */
  readonly region: string | null
  readonly languages: readonly string[]
  readonly accessibility: readonly string[]
  readonly unconfirmed: readonly ('phone' | 'languages' | 'accessibility')[]
}

const unsure = ['languages', 'accessibility'] as const
const plain = { region: null, languages: ['ko'], accessibility: [], unconfirmed: unsure }

export const knownBodies: readonly KnownBody[] = [
  {
    ...plain,
    code: 'digital-sex-crime-centre',
    kind: 'centre',
    name: { ko: '디지털성범죄피해자지원센터', en: 'Digital Sex Crime Victim Support Center' },
    phone: '02-735-8994',
  },
  {
    ...plain,
    code: 'hotline-1366',
    kind: 'hotline',
    name: { ko: '여성긴급전화 1366', en: 'Women’s emergency line 1366' },
    phone: '1366',
  },
  {
    ...plain,
    code: 'sunflower',
    kind: 'oneStop',
    name: { ko: '해바라기센터', en: 'Sunflower Center (one stop)' },
    phone: null,
    // One in each region, each with a number of its own.
    unconfirmed: [...unsure, 'phone'],
  },
  {
    ...plain,
    code: 'women-lawyers',
    kind: 'lawyer',
    name: { ko: '한국여성변호사회', en: 'Korean Women Lawyers Association' },
    phone: null,
    unconfirmed: [...unsure, 'phone'],
  },
  {
    ...plain,
    code: 'legal-aid-132',
    kind: 'legalAid',
    name: { ko: '대한법률구조공단', en: 'Korea Legal Aid Corporation' },
    phone: '132',
  },
  {
    ...plain,
    code: 'crime-victim-centre',
    kind: 'financial',
    name: { ko: '범죄피해자지원센터', en: 'Crime Victim Support Center' },
    phone: '1577-1295',
  },
  {
    ...plain,
    code: 'school-117',
    kind: 'youth',
    name: { ko: '학교폭력 신고센터 117', en: 'School violence line 117' },
    phone: '117',
  },
]
