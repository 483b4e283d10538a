/**
 * The banks of the synthetic unit, with hits at all distances, and what a look-up answers.
 *
 * @module
 */
import type { Added, BankNumbers, Hit, ListedBank, MatchingStatus } from '../matching/api.ts'
import { ago, idOf } from './unit.ts'

const bank = (index: number, part: Partial<ListedBank>): ListedBank => ({
  bank: idOf(30, index),
  name: '한국여성인권진흥원 비교 DB',
  kind: 'national',
  source: '디지털성범죄피해자지원센터',
  isEnabled: true,
  matchMax: 31,
  reviewMax: 52,
  entries: 184_211,
  asked: 96,
  found: 121,
  confirmed: 84,
  reversed: 23,
  madeAt: ago(24 * 200),
  ...part,
})
const few = { asked: 4, found: 3, confirmed: 2, reversed: 1 }
export const banks: readonly ListedBank[] = [
  bank(1, {}),
  bank(2, { name: 'StopNCII', kind: 'partner', source: 'SWGfL', entries: 2_301_544, ...few }),
  bank(3, {
    name: 'IWF MD5',
    kind: 'list',
    source: 'Internet Watch Foundation',
    entries: 912_003,
    isEnabled: false,
    asked: 0,
    found: 0,
    confirmed: 0,
    reversed: 0,
  }),
  ...Array.from({ length: 9 }, (_, index) =>
    bank(index + 4, {
      name: `시험 목록 ${index + 1}`,
      kind: 'list',
      source: '시험 기관',
      entries: 900 + index,
    }),
  ),
]

const decided: readonly (readonly [distance: number, confirmed: number, reversed: number])[] = [
  [0, 31, 0],
  [8, 14, 0],
  [16, 17, 1],
  [22, 11, 0],
  [28, 6, 1],
  [34, 3, 5],
  [42, 2, 9],
  [51, 0, 7],
]
// What `precision.ts` of the server makes of them.
const least = [0.92, 0.943, 0.932, 0.942, 0.928, 0.861, 0.771, 0.713]

export const bankNumbers = (of: ListedBank): BankNumbers => {
  let [confirmed, reversed] = [0, 0]
  const byDistance = decided.map(([distance, right, wrong], index) => {
    confirmed += right
    reversed += wrong
    return {
      distance,
      found: right + wrong + 1,
      confirmed: right,
      reversed: wrong,
      precisionUpTo: confirmed / (confirmed + reversed),
      precisionAtLeast: least[index]!,
      recallUpTo: confirmed / 84,
    }
  })
  const isNew = of.confirmed === 0
  return {
    live: of.entries,
    withdrawn: 12,
    expired: 3,
    asked: of.asked,
    found: of.found,
    confirmed: of.confirmed,
    reversed: of.reversed,
    precision: isNew ? null : of.confirmed / (of.confirmed + of.reversed),
    byDistance: isNew ? [] : byDistance,
    proposal: isNew ? null : { matchMax: 28, precisionAtLeast: 0.928, recall: 79 / 84, decided: 81 },
  }
}

export const status: MatchingStatus = {
  indexed: 2_485_755,
  banks: banks.length,
  waiting: 2,
  unsealed: 0,
  refreshedAt: ago(0.2),
  tiers: { matchMax: 31, reviewMax: 52, radiusMax: 63 },
}

const hit = (index: number, part: Partial<Hit>): Hit => ({
  bank: banks[0]!.bank,
  bankName: banks[0]!.name,
  bankKind: banks[0]!.kind,
  entry: idOf(31, index),
  algorithm: 'pdq',
  distance: 18,
  isStrong: true,
  share: null,
  atMs: null,
  run: null,
  label: 'ncii',
  source: null,
  opinion: 'confirmed',
  confidence: 80,
  ...part,
})
/** A value of nothing but zeros is known; all others are not. */
export const hitsOf = (body: unknown): readonly Hit[] =>
  !/"0{32,}"/.test(JSON.stringify(body))
    ? []
    : [
        hit(1, {}),
        hit(2, {
          bank: banks[1]!.bank,
          bankName: 'StopNCII',
          bankKind: 'partner',
          distance: 44,
          isStrong: false,
          label: null,
          source: '제휴 플랫폼',
          opinion: 'unstated',
          confidence: null,
        }),
        hit(3, { algorithm: 'md5', distance: 0, bankName: 'IWF MD5', bankKind: 'list', opinion: 'disputed' }),
      ]

/** As the server reads a list: what is no hex cannot be read. */
export function addedOf(body: unknown): Added {
  const { text, isTrial } = body as { text: string; isTrial: boolean }
  const lines = text
    .split('\n')
    .map((value, at) => ({ value, line: at + 1 }))
    .filter(({ value }) => value !== '' && !value.startsWith('#'))
  const unreadable = lines.filter(({ value }) => !/^[0-9a-f]{32,}/.test(value))
  const read = lines.length - unreadable.length
  return {
    read,
    added: isTrial ? 0 : Math.max(0, read - 1),
    known: isTrial ? 0 : Math.min(1, read),
    withdrawn: 0,
    entries: [],
    unreadable: unreadable.slice(0, 20).map(({ line }) => ({ line, fault: 'value' as const })),
    unreadableCount: unreadable.length,
  }
}
