/**
 * Who is on a case of the browser tests, and who broke the glass of one.
 *
 * @module
 */
import type { Flag } from '../audit/api.ts'
import type { Glass, Member } from '../cases/api.ts'
import { cases } from './rows.ts'
import { ago, idOf, officers } from './unit.ts'

export const members: readonly Member[] = (['counsellor', 'secondPerson'] as const).map((ground, index) => ({
  member: idOf(30, index + 1),
  account: idOf(1, 2 + index),
  name: officers[index]!.name,
  role: index === 0 ? 'counsellor' : 'officer',
  ground,
  words: index === 0 ? '' : '접속차단 승인',
  letInBy: index === 0 ? null : officers[2]!.name,
  from: ago(40),
  until: index === 0 ? null : ago(-100),
  endedAt: null,
  isIn: true,
}))

const glasses: readonly Glass[] = ([null, 'justified'] as const).map((verdict, index) => ({
  glass: idOf(31, index + 1),
  case: cases[index]!.case,
  number: cases[index]!.number,
  by: officers[index]!.name,
  isOwn: false,
  reason: index === 0 ? 'lifeAtRisk' : 'victimCalls',
  words: '피해자가 지금 위험하다고 전화했고 담당자와 연락이 되지 않습니다.',
  at: ago(2 + index * 30),
  until: ago(1 + index * 30),
  wasToldMe: true,
  verdict,
  reviewedAt: verdict === null ? null : ago(20),
}))

export const readers = [0, 1].map(index => ({
  account: idOf(1, 2 + index),
  name: officers[index]!.name,
  role: 'officer' as const,
  agency: 'seoul',
  kinds: ['case.read'],
  times: 3 + index,
  firstAt: ago(60),
  lastAt: ago(2 + index),
}))

const flags: readonly Flag[] = (['many', 'night'] as const).map((kind, index) => ({
  flag: idOf(32, index + 1),
  account: idOf(1, 2 + index),
  name: officers[index]!.name,
  agency: 'seoul',
  case: cases[index]!.case,
  kind,
  at: ago(3 + index * 20),
  seenAt: index === 0 ? null : ago(1),
}))

/** What is asked about people on cases, but of no single case. */
export function peopleAnswer(path: string): unknown {
  if (path === '/own-identities') return { rows: [] }
  if (path === '/glasses') return { rows: glasses, next: null }
  if (path === '/reading-flags') return { rows: flags, next: null }
  if (path === '/reading-rule') return { casesAnHour: 15, nightFrom: 23, nightUntil: 6 }
  return undefined
}
