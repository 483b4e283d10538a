import type { StatuteId } from './statutes.ts'

/** Under which law a notice is written: its statute, what it must hold, and whether that was read at the source. */
export interface Regime {
  readonly statute: StatuteId | null
  /** Fields without which the notice is not valid there. */
  readonly required: readonly RequiredField[]
  /** Whether the form of the notice was confirmed at its source. */
  readonly isFormConfirmed: boolean
  readonly note: string
}

export type RequiredField =
  | 'reference'
  | 'url'
  | 'itemType'
  | 'offence'
  | 'reason'
  | 'requester.organisation'
  | 'requester.contact'
  | 'requester.capacity'
  | 'signature'
  | 'signedOn'
  | 'goodFaith'

const everywhere = ['reference', 'url', 'reason', 'requester.organisation', 'requester.contact'] as const

export const regimes = {
  krTelecom: {
    statute: 'krTba22x5',
    required: [...everywhere, 'itemType', 'offence', 'requester.capacity', 'signature', 'signedOn'],
    isFormConfirmed: false,
    note: 'The fields follow the annexed form 불법촬영물등 유통 신고ㆍ삭제요청서; its exact layout was not read.',
  },
  krSvpa: {
    statute: 'krSvpa23x2',
    required: [...everywhere, 'itemType', 'offence', 'requester.capacity', 'signature', 'signedOn'],
    isFormConfirmed: false,
    note: 'Request to the regulator (KMCSC). No form is prescribed that we have read.',
  },
  usTakeItDown: {
    statute: 'usTida',
    required: [...everywhere, 'signature', 'signedOn', 'goodFaith'],
    isFormConfirmed: true,
    note: 'Signature of an authorised agent, location, good-faith statement, contact. 48 hours, and known identical copies.',
  },
  euDsa: {
    statute: 'euDsa16',
    required: [...everywhere, 'goodFaith'],
    isFormConfirmed: true,
    note: 'Reasons, exact address, name and mail of the notifier, good-faith statement.',
  },
  ukOsa: {
    statute: 'ukOsa10',
    required: [...everywhere, 'signature', 'signedOn', 'goodFaith'],
    isFormConfirmed: false,
    note: 'Whether the 48-hour duty has commenced was not confirmed: the notice says so and does not rest on it.',
  },
  generic: {
    statute: null,
    required: [...everywhere, 'signature', 'signedOn', 'goodFaith'],
    isFormConfirmed: true,
    note: 'Where no notice law is known: the provider’s own terms and the law of the victim’s country.',
  },
} as const satisfies Record<string, Regime>

export type RegimeName = keyof typeof regimes
export const regimeNames = Object.keys(regimes) as [RegimeName, ...RegimeName[]]

const memberStates = new Set(
  'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' '),
)

/** The law under which a provider in `country` (ISO 3166-1 alpha-2, or null where unknown) is asked. */
export function regimeFor(country: string | null): RegimeName {
  if (country === 'KR') return 'krTelecom'
  if (country === 'US') return 'usTakeItDown'
  if (country === 'GB') return 'ukOsa'
  if (country !== null && memberStates.has(country)) return 'euDsa'
  return 'generic'
}
