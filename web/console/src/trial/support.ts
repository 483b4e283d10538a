/**
 * What stands by the victims of the browser tests: promises, one of them overdue.
 *
 * @module
 */
import type { Body, Referral } from '../support/api.ts'
import type { Allowance, CarePromise, Counselling, Note, NoteLine, Screen } from '../support/api.ts'
import { cases } from './rows.ts'
import { ago, idOf, names } from './unit.ts'

const promise = (index: number, part: Partial<CarePromise>): CarePromise => ({
  promise: idOf(40, index),
  case: cases[0]!.case,
  number: cases[0]!.number,
  person: 'victim',
  what: '삭제 경과를 문자로 알려 드리기',
  by: { account: null, name: null, role: 'officer' },
  isMine: true,
  until: ago(-40),
  isOverdue: false,
  state: 'open',
  reason: null,
  madeAt: ago(60),
  settledAt: null,
  ...part,
})
export const promises: readonly CarePromise[] = [
  promise(1, {
    what: '국선변호사 연결 결과 알려 드리기',
    until: ago(26),
    isOverdue: true,
    by: { account: idOf(1, 4), name: names.counsellor, role: null },
  }),
  promise(2, {}),
  promise(3, { person: 'guardian', state: 'withdrawn', reason: 'victimStopped', settledAt: ago(3) }),
]

const session = (index: number, part: Partial<Counselling>): Counselling => ({
  counselling: idOf(41, index),
  case: cases[0]!.case,
  number: cases[0]!.number,
  counsellor: names.counsellor,
  isMine: true,
  state: 'planned',
  way: 'phone',
  at: ago(-30),
  place: '',
  interpreter: null,
  booking: null,
  followUpAt: null,
  followedUpAt: null,
  isOverdue: false,
  ...part,
})
export const sessions: readonly Counselling[] = [
  session(1, { state: 'held', at: ago(200), followUpAt: ago(20), isOverdue: true }),
  session(2, { way: 'inPerson', place: '해바라기센터 상담실', interpreter: 'sign', booking: 'asked' }),
  session(3, { state: 'missed', way: 'chat', at: ago(300) }),
]

const line = (index: number, kind: NoteLine['kind']): NoteLine => ({
  note: idOf(42, index),
  case: cases[0]!.case,
  counselling: null,
  kind,
  author: names.counsellor,
  isMine: true,
  writtenAt: ago(30 + index),
})
export const notes: readonly Note[] = [
  {
    ...line(1, 'note'),
    text: '잠을 잘 못 잔다고 하심. 다음 주에 다시 통화하기로 함.',
    parts: null,
    screen: null,
  },
  {
    ...line(2, 'screen'),
    text: null,
    parts: null,
    screen: {
      code: 'gad7',
      answers: [1, 1, 0],
      score: 2,
      scoreMax: 6,
      band: { ko: '최소', en: 'Minimal' },
      attention: null,
    },
  },
]
const allowed: readonly Allowance[] = [
  {
    allowance: idOf(43, 1),
    account: idOf(1, 6),
    name: names.lawyerLiaison,
    author: names.counsellor,
    isMine: true,
    reason: 'lawyer',
    givenAt: ago(50),
    withdrawnAt: null,
    withdrawReason: null,
  },
]
const screens: readonly Screen[] = [
  {
    code: 'gad7',
    name: { ko: 'GAD-7 (불안 선별)', en: 'GAD-7 (anxiety)' },
    source: 'Spitzer, Kroenke and others',
    licence: 'No permission required.',
    translation: 'own',
    intro: { ko: '지난 2주 동안 얼마나 자주 힘들었나요?', en: 'Over the last 2 weeks, how often?' },
    choices: [
      { value: 0, name: { ko: '전혀 없음', en: 'Not at all' } },
      { value: 1, name: { ko: '며칠 동안', en: 'Several days' } },
    ],
    questions: [
      { ko: '초조하거나 불안하다', en: 'Feeling nervous' },
      { ko: '편하게 쉬기가 어렵다', en: 'Trouble relaxing' },
    ],
    bands: [{ from: 0, name: { ko: '최소', en: 'Minimal' } }],
  },
]

const body = (index: number, part: Partial<Body>): Body => ({
  body: `body-${index}`,
  kind: 'centre',
  name: { ko: '디지털성범죄피해자지원센터', en: 'Digital Sex Crime Victim Support Center' },
  phone: '02-735-8994',
  region: null,
  languages: ['ko'],
  accessibility: [],
  unconfirmed: ['languages', 'accessibility'],
  isOwn: false,
  hasAgent: true,
  ...part,
})
export const bodies: readonly Body[] = [
  body(1, {}),
  body(2, {
    kind: 'shelter',
    name: { ko: '가까운 쉼터', en: '가까운 쉼터' },
    phone: null,
    region: 'seoul',
    languages: ['ko', 'vi'],
    accessibility: ['wheelchair'],
    unconfirmed: [],
    isOwn: true,
    hasAgent: false,
  }),
]
const referral = (index: number, part: Partial<Referral>): Referral => ({
  referral: idOf(44, index),
  kind: 'centre',
  state: 'sent',
  reason: null,
  sentAt: ago(100),
  dueAt: ago(28),
  isOverdue: true,
  case: cases[0]!.case,
  number: cases[0]!.number,
  body: 'body-1',
  name: bodies[0]!.name,
  facts: ['wishedName', 'region'],
  mayRead: true,
  ...part,
})
export const referrals: readonly Referral[] = [
  referral(1, {}),
  referral(2, { state: 'accepted', dueAt: ago(-200), isOverdue: false, facts: [] }),
  referral(3, { state: 'declined', reason: 'noCapacity', dueAt: null, isOverdue: false }),
]
export const referralText = '피해자의 동의를 받아 지원을 요청합니다.\n\n불리고 싶은 이름: 바다'

function referralAnswer(path: string): unknown {
  if (path === '/bodies') return { version: '2026-11-24', rows: bodies }
  if (path === '/partner-agents') return { rows: [] }
  if (path === '/referrals') return { rows: referrals }
  if (path === '/own-referrals')
    return {
      rows: referrals.map(({ referral, kind, state, reason, sentAt, dueAt, isOverdue }) => ({
        referral,
        kind,
        state,
        reason,
        sentAt,
        dueAt,
        isOverdue,
      })),
    }
  if (/^\/(own-)?referrals\//.test(path)) return { text: referralText }
  return undefined
}

/** What the stand-in server answers of the support room; undefined for any other path. */
export function supportAnswer(path: string, query: URLSearchParams): unknown {
  if (path === '/promises') {
    const rows = promises.filter(each => query.get('settled') === 'true' || each.state === 'open')
    return { rows, next: null, overdue: 1 }
  }
  if (path === '/counselling-sessions') return { rows: sessions, overdue: 1 }
  if (path === '/screens') return { rows: screens }
  if (/^\/cases\/[^/]+\/notes$/.test(path)) return { rows: [line(1, 'note'), line(2, 'screen')] }
  if (/^\/cases\/[^/]+\/allowances$/.test(path))
    return { rows: allowed, candidates: [{ account: idOf(1, 6), name: names.lawyerLiaison }] }
  if (path.startsWith('/notes/')) return notes.find(each => path.endsWith(each.note))
  return referralAnswer(path)
}
