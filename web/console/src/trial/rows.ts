/**
 * A small synthetic unit for the browser tests: one agency's cases in all states, with harmless addresses under
 * names that the standards reserve (RFC 2606). Nobody in it exists.
 *
 * @module
 */
import type { BlockOrder } from '../blocking/api.ts'
import type { CaseLine, CaseRead, Matter } from '../cases/api.ts'
import type { Capture, Exhibit } from '../evidence/api.ts'
import type { Concern, Step } from '../intake/api.ts'
import type { Schemas } from '../server.ts'
import type { Match } from '../matching/api.ts'
import type { Provider, Target, TargetRead, TargetState } from '../takedown/api.ts'
import { accountOf, ago, idOf, officers } from './unit.ts'

const concerns: readonly Concern[] = ['leak', 'hiddenCamera', 'deepfake', 'threat', 'minor', 'other']
export const cases: readonly CaseLine[] = Array.from({ length: 64 }, (_, index) => ({
  case: idOf(3, index + 1),
  number: `2026-서울-${String(412 - index).padStart(6, '0')}`,
  title: concerns[index % concerns.length]!,
  agency: 'seoul',
  state: index % 9 === 8 ? 'closed' : 'open',
  isUrgent: index % 11 === 4,
  isMinor: index % 6 === 4,
  officer:
    index % 13 === 7 ? null : { officer: officers[index % 3]!.officer, name: officers[index % 3]!.name },
  openMatters: index % 9 === 8 ? 0 : 1 + (index % 5),
  addresses: 1 + (index % 7),
  openedAt: ago(2 + index * 9),
  closedAt: index % 9 === 8 ? ago(index * 4) : null,
  unread: index % 8 === 2 ? 1 + (index % 3) : 0,
  wantsWoman: index % 3 === 0,
  sight: 'inside',
}))

const paths = ['watch/8f21c07a', 'v/2026/11/k2m4', 'post/778120', 'gallery/dcx/91822', 'f/xW9q', 'clip/55013']
const hosts = [
  'clips.example',
  'board.example.net',
  'tube.example.org',
  'img.host.example',
  'share.example.com',
  'forum.test',
]
const nows: readonly Step[] = [
  'verified',
  'requested',
  'underReview',
  'refusedByHost',
  'returned',
  'unreachable',
]
const walk: Readonly<Partial<Record<Step, readonly Step[]>>> = {
  verified: ['received', 'captured', 'recognised', 'requested', 'removed', 'verified'],
  requested: ['received', 'captured', 'recognised', 'requested'],
  underReview: ['received', 'captured', 'underReview'],
  refusedByHost: ['received', 'captured', 'recognised', 'requested', 'refusedByHost'],
  returned: ['received', 'captured', 'recognised', 'requested', 'verified', 'returned'],
  unreachable: ['received', 'unreachable'],
}
export const canonicalOf = (index: number) =>
  `https://${hosts[index % hosts.length]}/${paths[index % paths.length]}`
export const addresses = nows.map((now, index) => ({
  address: idOf(4, index + 1),
  canonical: canonicalOf(index),
  source: index === 4 ? ('found' as const) : ('reported' as const),
  now,
  steps: walk[now]!.map((step, at) => ({ step, at: ago(50 - at * 6) })),
}))

const matter = (index: number, part: Partial<Matter>): Matter => ({
  matter: idOf(5, index),
  kind: 'address',
  about: addresses[index % addresses.length]!.address,
  state: 'open',
  openedAt: ago(48 - index),
  settledAt: null,
  reason: null,
  ...part,
})
export const matters: readonly Matter[] = [
  matter(1, { kind: 'contact', about: null }),
  matter(2, {}),
  matter(3, { state: 'reopened', about: addresses[4]!.address }),
  matter(4, { about: addresses[5]!.address }),
  matter(5, { state: 'settled', settledAt: ago(3), reason: 'verified', about: addresses[0]!.address }),
]
export const caseRead = (id: string): CaseRead => ({
  ...(cases.find(each => each.case === id) ?? cases[0]!),
  report: idOf(6, 1),
  isKnownPerson: false,
  isKeptFromGuardian: id === cases[0]!.case,
  wantsWoman: true,
  matters: [...matters],
  addresses,
})

type Clock = Schemas['CaseClocks']['rows'][number]

/** Clocks of the first cases: one overdue, one due in a day. */
export const clocks: { readonly rows: readonly Clock[] } = {
  rows: [
    { case: cases[0]!.case, running: 3, overdue: 2, nextDueAt: ago(-5) },
    { case: cases[1]!.case, running: 1, overdue: 0, nextDueAt: ago(-24) },
  ],
}

const pictureTypes = ['image/png', 'video/mp4', 'image/jpeg'] as const
export const exhibits: readonly Exhibit[] = addresses.slice(0, 4).flatMap((address, a) =>
  (['picture', 'media', 'archive'] as const).map((kind, k) => ({
    exhibit: idOf(8, a * 3 + k + 1),
    capture: idOf(9, a + 1),
    address: address.address,
    canonical: address.canonical,
    kind,
    contentType: kind === 'archive' ? 'application/wacz' : pictureTypes[k]!,
    index: 0,
    size: 180_000 + a * 91_000 + k * 1_400_000,
    sealedSha256: 'a3f19c7be0'.repeat(6) + '4d1e',
    sealedAt: ago(46 - a),
    state: 'sealed',
  })),
)
export const captures: readonly Capture[] = addresses.map((address, index) => ({
  capture: idOf(9, index + 1),
  address: address.address,
  state: index < 4 ? 'sealed' : index === 4 ? 'running' : 'failed',
  fault: index === 5 ? 'unresolved' : null,
  at: ago(46 - index),
}))

export const matches: readonly Match[] = Array.from({ length: 6 }, (_, index) => ({
  match: idOf(10, index + 1),
  case: cases[index]!.case,
  caseNumber: cases[index]!.number,
  address: addresses[index]!.address,
  canonical: canonicalOf(index + 2),
  exhibit: exhibits[index]!.exhibit,
  kind: index === 1 ? 'nothingFound' : index === 4 ? 'listed' : index === 5 ? 'sure' : 'near',
  distance: index === 1 ? null : index === 5 ? 12 : 34 + index * 4,
  quality: index === 1 ? null : 88 - index * 9,
  share: index === 3 ? 0.62 : null,
  turn: index === 1 ? null : index === 2 ? 'flipY' : 'identity',
  atMs: index === 3 ? 74_000 : null,
  bank:
    index === 4
      ? { bank: idOf(30, 1), name: '한국여성인권진흥원 비교 DB', matchMax: 40, reviewMax: 52 }
      : null,
  isStrong: index === 4 ? false : null,
  explanation:
    index === 2
      ? {
          form: 'trimmed',
          window: { x: 0, y: 0.14, w: 1, h: 0.72 },
          angle: 0,
          isNegative: false,
          places: null,
          sentence: {
            ko: '좌우가 뒤집힘, 테두리가 붙음 (확인 필요, 256비트 중 42비트 차이)',
            en: 'mirrored, a border was added (needs a look, 42 of 256 bits differ)',
          },
        }
      : null,
  leftOut: null,
  state: index === 5 ? 'confirmed' : 'pending',
  agreed: null,
  foundAt: ago(5 + index * 3),
  decidedAt: index === 5 ? ago(5 + index * 3) : null,
  reversal: null,
}))

const targetStates: readonly TargetState[] = [
  'awaitingChannel',
  'noticed',
  'suspectedDown',
  'verifiedDown',
  'refused',
  'reappeared',
  'exhausted',
]
const attentionOf: Readonly<Partial<Record<TargetState, Target['attention']>>> = {
  awaitingChannel: 'noChannel',
  suspectedDown: 'softDown',
}
const verdicts: readonly Target['verdict'][] = [
  null,
  'upSame',
  'downSoft',
  'downHard',
  'upSame',
  'upSame',
  'botWall',
]
export const targets: readonly Target[] = targetStates.map((state, index) => ({
  target: idOf(11, index + 1),
  case: cases[0]!.case,
  address: addresses[index % addresses.length]!.address,
  canonical: canonicalOf(index),
  host: hosts[index % hosts.length]!,
  provider:
    index === 0
      ? null
      : { provider: idOf(12, 1 + (index % 2)), name: index % 2 === 0 ? '클립스' : 'Board Hosting' },
  state,
  attention: attentionOf[state] ?? null,
  verdict: verdicts[index]!,
  rung: index === 0 ? 0 : 1 + (index % 3),
  round: state === 'reappeared' ? 2 : 1,
  clockEndsAt:
    state === 'noticed' ? ago(-3) : state === 'refused' ? ago(2) : state === 'reappeared' ? ago(-40) : null,
  basis: 'krSvpa23x2',
  noticedAt: index === 0 ? null : ago(30 - index),
  verifiedAt: state === 'verifiedDown' ? ago(4) : null,
  openedAt: ago(44 - index),
}))
export const targetRead = (target: Target): TargetRead => ({
  ...target,
  notices: [
    {
      notice: idOf(13, 1),
      addressee: 'operator',
      queuedAt: ago(31),
      rung: 1,
      round: 1,
      reminder: 0,
      channel: idOf(14, 1),
      regime: 'krTelecom',
      state: 'sent',
      to: 'abuse@clips.example',
      subject: '[삭제요청] 불법촬영물등 유통 신고·삭제요청서 (관리번호 K7Q2-91)',
      text:
        '귀사가 운영하는 서비스에 아래 주소의 불법촬영물이 유통되고 있어, 전기통신사업법 제22조의5에 따라\n지체 없는 삭제 및 접속차단을 요청합니다.\n\n대상 주소: ' +
        target.canonical,
      sentAt: ago(30),
      dueAt: ago(6),
    },
    {
      notice: idOf(13, 2),
      addressee: 'host',
      queuedAt: ago(5),
      rung: 2,
      round: 1,
      reminder: 1,
      channel: idOf(14, 3),
      regime: 'usTakeItDown',
      state: 'toHand',
      to: 'https://host.example/report',
      subject: 'Removal request under the TAKE IT DOWN Act',
      text: 'We ask you to remove the material at the address below within 48 hours.',
      sentAt: null,
      dueAt: null,
    },
  ],
  replies: [
    {
      reply: idOf(15, 1),
      notice: idOf(13, 1),
      kind: 'acknowledgement',
      receivedAt: ago(28),
      text: '접수되었습니다. 담당 부서에서 확인 후 회신드리겠습니다.',
    },
    {
      reply: idOf(15, 2),
      notice: idOf(13, 1),
      kind: 'unknown',
      receivedAt: ago(9),
      text: 'We have looked into your report. Please see our policy page for details.',
    },
  ],
  rechecks: [
    { recheck: idOf(16, 1), at: ago(24), verdict: 'upSame', status: 200, vantage: 'resolver-kr' },
    { recheck: idOf(16, 2), at: ago(12), verdict: 'upSame', status: 200, vantage: 'resolver-eu' },
    { recheck: idOf(16, 3), at: ago(1), verdict: 'downSoft', status: 200, vantage: 'resolver-kr' },
  ],
})

export const providers: readonly Provider[] = [
  {
    provider: idOf(12, 1),
    name: '클립스',
    kind: 'platform',
    country: 'KR',
    domains: ['clips.example', 'tube.example.org'],
    channels: [
      {
        channel: idOf(14, 1),
        type: 'mail',
        address: 'abuse@clips.example',
        language: 'ko',
        source: 'directory',
        isActive: true,
        bouncedAt: null,
      },
      {
        channel: idOf(14, 2),
        type: 'form',
        address: 'https://clips.example/report',
        language: 'ko',
        source: 'directory',
        isActive: true,
        bouncedAt: null,
      },
    ],
  },
  {
    provider: idOf(12, 2),
    name: 'Board Hosting',
    kind: 'host',
    country: 'US',
    domains: ['board.example.net'],
    channels: [
      {
        channel: idOf(14, 3),
        type: 'mail',
        address: 'abuse@board.example.net',
        language: 'en',
        source: 'rdap',
        isActive: true,
        bouncedAt: ago(90),
      },
    ],
  },
]

const order = (index: number, part: Partial<BlockOrder>): BlockOrder => ({
  order: idOf(17, index),
  case: cases[index]!.case,
  target: targets[6]!.target,
  address: addresses[index]!.address,
  canonical: canonicalOf(index + 1),
  host: hosts[(index + 1) % hosts.length]!,
  name: hosts[(index + 1) % hosts.length]!,
  scope: 'address',
  state: 'proposed',
  basis: null,
  approver: 'agency',
  requestedBy: null,
  approvedBy: null,
  proposedAt: ago(30 - index),
  requestedAt: null,
  approvedAt: null,
  publishedAt: null,
  expiresAt: null,
  endedAt: null,
  endReason: null,
  guards: [],
  ...part,
})
export const orders: readonly BlockOrder[] = [
  order(1, { guards: ['sharedHost'], name: null }),
  order(2, { state: 'requested', basis: 'krSvpa23x2', requestedBy: accountOf('officer').account }),
  order(3, {
    state: 'requested',
    basis: 'krCpa38x2',
    scope: 'host',
    approver: 'head',
    requestedBy: accountOf('leader').account,
  }),
  order(4, {
    state: 'published',
    basis: 'krSvpa23x2',
    scope: 'host',
    requestedBy: idOf(1, 9),
    approvedBy: idOf(1, 1),
    expiresAt: ago(-24 * 160),
  }),
  order(5, { state: 'lifted', basis: 'krSvpa23x2', expiresAt: null, endReason: 'settled' }),
]
