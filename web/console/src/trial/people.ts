/**
 * Staffing as the server would answer: the plan, the roster, what one has seen.
 *
 * @module
 */
import type { Handover } from '../cases/api.ts'
import type {
  Availability,
  Duty,
  Exposure,
  Leave,
  Staffing,
  StaffingPlan,
  Swap,
  Wish,
} from '../staffing/api.ts'
import * as unit from './unit.ts'
import { idOf } from './unit.ts'

const dayMs = 86_400_000
const day = (ahead: number) =>
  new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Seoul' }).format(new Date(Date.now() + ahead * dayMs))

const staffing: Staffing = {
  total: 47,
  establishment: 50,
  breaches: ['tooFewInAll'],
  rows: [...unit.staffing],
  warnings: [
    {
      warning: idOf(30, 1),
      breach: 'noWoman',
      agency: 'jeju',
      reason: '제주 여성 수사관의 교육 파견 기간입니다.',
      acceptedAt: unit.ago(200),
      mendBy: unit.ago(-400),
      isOverdue: false,
    },
  ],
}

const plan: StaffingPlan = {
  today: { largestLoad: 9.5, sumOfLoads: 81 },
  objective: { largestLoad: 6.3, sumOfLoads: 74.2, moves: 1 },
  rows: unit.staffing.map(row => ({
    agency: row.agency,
    ko: row.ko,
    en: row.en,
    load: row.load ?? 0,
    officersToday: row.officers,
    womenToday: row.women,
    officersPlanned: row.agency === 'sejong' ? 1 : row.agency === 'seoul' ? row.officers - 1 : row.officers,
    womenPlanned: 1,
  })),
  seats: unit.officers.map((officer, at) => ({
    officer: officer.officer,
    name: officer.name,
    isWoman: officer.isWoman,
    from: officer.agency,
    agency: at === 0 ? 'sejong' : officer.agency,
    seat: 'woman' as const,
    ko: '1번째 자리: 모든 팀에는 여성 수사관이 한 명 이상 있어야 합니다.',
    en: 'Seat 1: every team has at least one woman officer.',
  })),
  shortfalls: [],
}

const duties: readonly Duty[] = Array.from({ length: 28 }, (_, at) => at).flatMap(at =>
  [0, 1, 2].map(place => {
    const officer = unit.officers[(at + place) % unit.officers.length]!
    return {
      duty: idOf(31, at * 3 + place),
      day: day(at),
      officer: officer.officer,
      name: officer.name,
      isWoman: officer.isWoman,
      agency: officer.agency,
      isOwn: (at + place) % unit.officers.length === 0,
    }
  }),
)

const swaps: readonly Swap[] = [
  {
    swap: idOf(32, 1),
    duty: duties[3]!.duty,
    day: duties[3]!.day,
    askedBy: unit.officers[2]!.officer,
    askedByName: unit.officers[2]!.name,
    askedOf: unit.officers[0]!.officer,
    askedOfName: unit.officers[0]!.name,
    state: 'agreed',
    isForMe: false,
  },
]

const exposure: Exposure = {
  day: { looks: 49, seconds: 4300, max: { looks: 60, seconds: 7200 } },
  week: { looks: 120, seconds: 9900, max: { looks: 240, seconds: 28_800 } },
  share: 0.82,
  state: 'warned',
}

const availability: readonly Availability[] = unit.officers.slice(0, 3).map((officer, at) => ({
  officer: officer.officer,
  name: officer.name,
  isForContent: at !== 2,
}))

const leave: readonly Leave[] = [
  {
    leave: idOf(33, 1),
    officer: unit.officers[2]!.officer,
    name: unit.officers[2]!.name,
    from: day(4),
    until: day(6),
  },
]

const wishes: readonly Wish[] = [
  { case: idOf(34, 1), agency: 'seoul', askedAt: unit.ago(2), onCall: '서지안', isForMe: false },
  { case: idOf(34, 2), agency: 'seoul', askedAt: unit.ago(1), onCall: null, isForMe: false },
]

/** What is answered below `/api` about staffing; undefined where it is about something else. */
const handovers: readonly Handover[] = [
  {
    handover: idOf(34, 1),
    case: idOf(34, 2),
    number: '부산-2026-0017',
    from: 'busan',
    to: 'seoul',
    officer: unit.names.officer,
    fromOfficer: '한바다',
    toOfficer: null,
    reason: 'place',
    words: '신고인이 서울로 이사했습니다.',
    at: unit.ago(3),
    isDone: true,
  },
]

export function staffingAnswer(path: string): unknown {
  const answers: Readonly<Record<string, unknown>> = {
    '/staffing': staffing,
    '/staffing/plan': plan,
    '/duties': { rows: duties },
    '/swaps': { rows: swaps },
    '/exposure': exposure,
    '/availability': { rows: availability },
    '/leave': { rows: leave },
    '/wishes': { rows: wishes },
    '/handovers': { rows: handovers },
  }
  return answers[path]
}
