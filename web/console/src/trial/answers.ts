import type { Approval, Role } from '../access/api.ts'
import type { Entry } from '../audit/api.ts'
import { bankNumbers, banks, feeds, status } from './banks.ts'
import { members, peopleAnswer, readers } from './case-people.ts'
import { mailbox } from './mailbox.ts'
import type { Schemas } from '../server.ts'
import { messages, report } from './report.ts'
import * as rows from './rows.ts'
import { supportAnswer } from './support.ts'
import { staffingAnswer } from './people.ts'
import * as unit from './unit.ts'
import { ago, idOf } from './unit.ts'

/** What the stand-in server answers to a GET, by path below `/api`; undefined where there is nothing. */
export function answerTo(path: string, query: URLSearchParams, role: Role): unknown {
  const known = staffingAnswer(path) ?? supportAnswer(path, query)
  if (known !== undefined) return known
  const page = <T>(all: readonly T[]) => {
    const from = Number(query.get('after') ?? 0)
    // Short pages: what is tested is the page, not its length.
    const limit = Math.min(Number(query.get('limit') ?? 50), 16)
    return {
      rows: all.slice(from, from + limit),
      next: from + limit < all.length ? String(from + limit) : null,
    }
  }
  const [room, id, part] = path.slice(1).split('/')
  if (room === 'cases' && id === undefined) return page(casesFor(query, role))
  if (room === 'cases' && part === undefined) return rows.caseRead(id!)
  if (room === 'cases') return partOfCase(part!, page)
  if (room === 'reports') return partOfReport(part, page)
  if (room === 'targets' && id !== undefined) {
    const target = rows.targets.find(each => each.target === id)
    return target && rows.targetRead(target)
  }
  if (room === 'banks' || path === '/matching/status') return banksAnswer(room, id)
  const state = query.get('state')
  const ofState = <T extends { state: string }>(all: readonly T[]) =>
    all.filter(each => state === null || each.state === state)
  switch (path) {
    case '/rights':
      return unit.rights
    case '/accounts':
      return page(unit.accounts)
    case '/approvals':
      return { rows: approvals, next: null }
    case '/subscribers':
      return { rows: subscribers }
    case '/match-feeds':
      return { rows: feeds }
    case '/own-sessions':
      return { rows: ownSessions }
    case '/auth/passkey/list-user-passkeys':
      return passkeys
    case '/agencies':
      return unit.agencies
    case '/officers':
      return {
        rows: unit.officers.filter(each => !query.has('agency') || each.agency === query.get('agency')),
        next: null,
      }
    case '/matches':
      return page(ofState(rows.matches))
    case '/case-clocks':
      return rows.clocks
    case '/targets':
      return page(ofState(rows.targets))
    case '/providers':
      return page(rows.providers)
    case '/block-orders':
      return page(ofState(rows.orders))
    case '/publications':
      return publications
    case '/statistics':
      return statistics
    case '/log':
      return page(entries)
    case '/log/head':
      return head
    case '/operations/jobs':
      return jobs
    default:
      return peopleAnswer(path)
  }
}

const subscribers = ['hanguk-telecom', 'support-centre', 'platform'].map(name => ({
  name,
  addedAt: ago(400),
}))
const passkeys = [{ id: idOf(20, 1), name: '사무실 노트북', createdAt: ago(700) }]

function banksAnswer(room: string | undefined, id: string | undefined): unknown {
  if (room !== 'banks') return status
  if (id === undefined) return { rows: banks, next: null }
  const bank = banks.find(each => each.bank === id)
  return bank && bankNumbers(bank)
}

function casesFor(query: URLSearchParams, role: Role) {
  const [state, q] = [query.get('state'), query.get('q')]
  const officer = unit.accountOf(role).officer
  return rows.cases.filter(
    each =>
      (state === null || each.state === state) &&
      (q === null || each.number.includes(q)) &&
      (query.get('mine') !== 'true' || each.officer?.officer === officer),
  )
}

function partOfReport(part: string | undefined, page: (all: readonly unknown[]) => unknown) {
  if (part === 'mailbox') return mailbox
  return part === 'messages' ? page(messages) : report
}

function partOfCase(part: string, page: (all: readonly unknown[]) => unknown): unknown {
  if (part === 'fingerprints')
    return { pictures: 3, videos: 1, frames: 42, copies: 1, profiles: ['pdq-512/1'], rows: [] }
  if (part === 'exhibits') return { rows: rows.exhibits, next: null, captures: rows.captures }
  if (part === 'matches') return page([...rows.matches.slice(0, 3), ...rows.matches.slice(5)])
  if (part === 'targets') return page(rows.targets)
  if (part === 'block-orders') return page(rows.orders.slice(0, 3))
  if (part === 'timeline') return page(entries)
  if (part === 'members') return { rows: members, mayLetIn: true }
  if (part === 'candidates') return { rows: [] }
  if (part === 'consents') return consents
  if (part === 'readers') return { rows: readers }
  return undefined
}

const consents: Schemas['CaseConsents'] = {
  mayBeAsked: true,
  rows: (['removal', 'investigation', 'banks', 'abroad'] as const).map((purpose, index) => ({
    purpose,
    isGiven: index === 0 ? true : index === 2 ? false : null,
    isByLaw: false,
    saidAt: index % 2 === 0 ? ago(50) : null,
    stopped: index === 2 ? 'done' : 'nothing',
    saidBy: index % 2 === 0 ? 'report' : null,
    how: null,
    history: [],
  })),
}

const asked = {
  case: null,
  agency: null,
  askedBy: unit.accountOf('administrator').account,
  askedByName: unit.names.administrator,
  askedAt: ago(2),
  expiresAt: ago(-46),
  isOwn: false,
}
const approvals: readonly Approval[] = [
  {
    ...asked,
    approval: idOf(25, 1),
    kind: 'account.reset',
    subject: unit.accountOf('officer').account,
    subjectName: unit.names.officer,
    reason: 'deviceLost',
  },
  {
    ...asked,
    approval: idOf(25, 2),
    kind: 'block.order',
    subject: idOf(25, 9),
    subjectName: null,
    case: rows.cases[0]!.case,
    agency: 'seoul',
    reason: 'krSvpa23x2',
    isOwn: true,
  },
]
const ownSessions = [
  {
    session: idOf(21, 1),
    openedAt: ago(3),
    seenAt: ago(0),
    device: 'Mozilla/5.0 (Windows NT 10.0) Chrome/147.0.0.0',
    isOwn: true,
  },
  {
    session: idOf(21, 2),
    openedAt: ago(30),
    seenAt: ago(8),
    device: 'Mozilla/5.0 (iPhone) Safari/605.1',
    isOwn: false,
  },
]

const entry = (index: number, kind: string, ko: string, en: string, part: Partial<Entry> = {}): Entry => ({
  id: idOf(22, index),
  at: ago(50 - index * 4),
  kind,
  sentence: { ko, en },
  by: { kind: 'system', account: null, room: 'evidence' },
  about: { case: rows.cases[0]!.case },
  detail: {},
  treeIndex: 4100 + index,
  ...part,
})
const byLeader = { by: { kind: 'staff' as const, account: unit.accountOf('leader').account, room: null } }
const byOfficer = {
  by: { kind: 'staff' as const, account: unit.accountOf('officer').account, room: null },
}
const entries: readonly Entry[] = [
  entry(1, 'report.filed', '신고가 접수되었습니다', 'The report was filed', {
    by: { kind: 'reporter', account: null, room: null },
  }),
  entry(2, 'case.opened', '사건이 개설되었습니다', 'The case was opened', {
    by: { kind: 'system', account: null, room: 'cases' },
  }),
  entry(3, 'case.assigned', '담당 수사관이 정해졌습니다', 'An officer was assigned', byLeader),
  entry(4, 'exhibit.sealed', '증거물을 봉인했습니다', 'An exhibit was sealed', {
    detail: { kind: 'archive', bytes: 1_840_221 },
  }),
  entry(5, 'match.found', '일치하는 영상물을 찾았습니다', 'A match was found', {
    detail: { distance: 38, quality: 79 },
  }),
  entry(6, 'exhibit.viewed', '증거물을 열람했습니다', 'An exhibit was viewed', {
    ...byOfficer,
    detail: { veil: 'none', reason: 'verify' },
  }),
  entry(7, 'match.confirmed', '일치가 확인되었습니다', 'The match was confirmed', byOfficer),
  entry(8, 'notice.sent', '삭제요청을 보냈습니다', 'A removal notice was sent', {
    detail: { rung: 1, regime: 'krTelecom' },
  }),
  entry(9, 'reply.received', '사업자의 회신을 받았습니다', 'A reply from the provider was received', {
    treeIndex: null,
  }),
]

const head = {
  size: 4109,
  note: 'jikimi.example/log\n4109\nY2hlY2twb2ludCByb290IGhhc2ggZm9yIHRlc3Rz\n\n— jikimi.example/log 6u1Vk0Q2hRr5pX0f2s8Kc1n4Y7e9bA==\n',
  verifierKey: 'jikimi.example/log+8a1c22f0+AWb1yX0k5uQm3v7n9pR2sT4wZ6bD8fH0jL1nP3rT5vX7',
  waiting: 1,
}
const publications = {
  rows: [
    {
      publication: idOf(23, 2),
      serial: 2026112402,
      at: ago(1),
      names: 14,
      addresses: 88,
      added: 2,
      removed: 1,
    },
    {
      publication: idOf(23, 1),
      serial: 2026112401,
      at: ago(6),
      names: 13,
      addresses: 87,
      added: 5,
      removed: 0,
    },
  ],
  next: null,
  held: { hold: idOf(23, 3), at: ago(0.1), added: 41, removed: 0 },
}
const counts = { reported: 311, found: 64, removed: 208, blocked: 37, notYours: 19, open: 111 }
const statistics = {
  scope: 'unit',
  reports: 128,
  cases: { open: 57, closed: 71 },
  addresses: counts,
  medianHoursToRemoval: 19.4,
  medianHoursFromReport: 27.8,
  byAgency: unit.agencies.map((agency, index) => ({
    agency: agency.code,
    reports: 4 + ((index * 5) % 17),
    cases: { open: 2 + (index % 6), closed: 1 + (index % 9) },
    addresses: {
      reported: 9 + index,
      found: index % 5,
      removed: 6 + index,
      blocked: index % 4,
      notYours: 1,
      open: 3 + (index % 7),
    },
    medianHoursToRemoval: index === 7 ? null : 12 + index * 1.7,
    medianHoursFromReport: index === 7 ? null : 20 + index * 1.9,
  })),
  targetsByState: [
    { state: 'noticed', count: 41 },
    { state: 'verifiedDown', count: 208 },
    { state: 'suspectedDown', count: 9 },
    { state: 'refused', count: 12 },
    { state: 'exhausted', count: 17 },
  ],
}
const jobs = {
  poison: [
    { id: idOf(24, 1), queue: 'takedown/send', failedAt: ago(2), attempts: 6, fault: 'ECONNREFUSED' },
    { id: idOf(24, 2), queue: 'evidence/capture', failedAt: ago(20), attempts: 5, fault: 'TimeoutError' },
  ],
  queues: [
    { queue: 'evidence/capture', state: 'created', count: 4 },
    { queue: 'takedown/recheck', state: 'active', count: 1 },
  ],
}
