/** One rung of the ladder: who is asked when the one below has not helped. */
export interface Rung {
  readonly rung: number
  readonly name: string
  readonly ko: string
  readonly en: string
  /** How often the notice is sent again on this rung before the next one is taken. */
  readonly reminders: number
  /** Whether the program climbs it today; the others are data for officers and for later work. */
  readonly isTaken: boolean
}

/**
 * All rungs. Those taken: operator, host, regulator. Blocking (6) is no rung of removal: it follows when the
 * ladder is spent, and runs beside it. Waits stand in `clocks.ts`.
 */
export const ladder = [
  {
    rung: 0,
    name: 'banks',
    ko: '식별값 공유 및 검색 제외',
    en: 'Partner hash banks, search delisting',
    reminders: 0,
    isTaken: false,
  },
  { rung: 1, name: 'operator', ko: '사이트 운영자', en: 'Platform or operator', reminders: 1, isTaken: true },
  {
    rung: 2,
    name: 'host',
    ko: '호스팅ㆍ콘텐츠 전송 사업자',
    en: 'Host and content network',
    reminders: 1,
    isTaken: true,
  },
  {
    rung: 3,
    name: 'regulator',
    ko: '방송미디어통신심의위원회 심의 요청',
    en: 'Request to the regulator by the head of an investigative agency',
    reminders: 0,
    isTaken: true,
  },
  {
    rung: 4,
    name: 'order',
    ko: '시정요구 및 명령',
    en: 'Correction demand, then an order',
    reminders: 0,
    isTaken: false,
  },
  {
    rung: 5,
    name: 'infrastructure',
    ko: '도메인ㆍ결제ㆍ광고 사업자',
    en: 'Registrar, registry, payment, advertising',
    reminders: 0,
    isTaken: false,
  },
  { rung: 6, name: 'blocking', ko: '접속차단', en: 'Access blocking', reminders: 0, isTaken: false },
  {
    rung: 7,
    name: 'abroad',
    ko: '국제 공조',
    en: 'INHOPE, INTERPOL, mutual legal assistance',
    reminders: 0,
    isTaken: false,
  },
] as const satisfies readonly Rung[]

export const lastRung = Math.max(...ladder.filter(each => each.isTaken).map(each => each.rung))

export function remindersOn(rung: number): number {
  return ladder.find(each => each.rung === rung)?.reminders ?? 0
}
