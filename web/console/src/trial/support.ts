/**
 * What stands by the victims of the browser tests: promises, one of them overdue.
 *
 * @module
 */
import type { CarePromise } from '../support/api.ts'
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

/** What the stand-in server answers of the support room; undefined for any other path. */
export function supportAnswer(path: string, query: URLSearchParams): unknown {
  if (path === '/promises') {
    const rows = promises.filter(each => query.get('settled') === 'true' || each.state === 'open')
    return { rows, next: null, overdue: 1 }
  }
  return undefined
}
