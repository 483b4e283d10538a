/**
 * Why each seat of a plan is where it is: one sentence a seat, in both languages.
 *
 * @module
 */
import { agencyName } from './agencies.ts'
import { loadOf, seatsFor, sixtieths } from './seats.ts'
import type { AgencyCaseload } from './shape.ts'

export interface Explanation {
  readonly officer: string
  readonly agency: string
  /** `woman`: the rule; `peak`: the largest load would rise without it; `relief`: it helps nowhere more. */
  readonly seat: 'woman' | 'peak' | 'relief'
  readonly ko: string
  readonly en: string
}

interface Seated {
  readonly officer: string
  readonly agency: string
  readonly home: string | null
  readonly isWoman: boolean
}

/** `peak` is the largest load of the plan, in sixtieths of a case. */
export function explain(plan: {
  agencies: readonly AgencyCaseload[]
  officers: readonly Seated[]
  peak: number
}): Explanation[] {
  return plan.agencies.flatMap(({ agency, cases }) => {
    // The woman of the rule has the first seat; who stays comes before who arrives.
    const team = plan.officers
      .filter(each => each.agency === agency)
      .toSorted(
        (one, other) =>
          Number(other.isWoman) - Number(one.isWoman) ||
          Number(other.home === agency) - Number(one.home === agency),
      )
    const needed = seatsFor(cases, plan.peak)
    return team.map((each, at) => {
      const why = at === 0 ? womanSeat : laterSeat(cases, at + 1, at < needed, plan.peak)
      const way = wayOf(each)
      return {
        officer: each.officer,
        agency,
        seat: why.seat,
        ko: `${agencyName(agency).ko} ${at + 1}번째 자리: ${why.ko} ${way.ko}`,
        en: `${agencyName(agency).en}, seat ${at + 1}: ${why.en} ${way.en}`,
      }
    })
  })
}

type Why = Pick<Explanation, 'seat' | 'ko' | 'en'>

const womanSeat: Why = {
  seat: 'woman',
  ko: '모든 팀에는 여성 수사관이 한 명 이상 있어야 합니다.',
  en: 'every team has at least one woman officer.',
}

function laterSeat(cases: number, seats: number, isNeeded: boolean, peak: number): Why {
  const before = casesText(loadOf(cases, seats - 1))
  const after = casesText(loadOf(cases, seats))
  if (isNeeded)
    return {
      seat: 'peak',
      ko: `이 자리가 없으면 1인당 사건이 ${before}건으로, 전국에서 가장 많은 ${casesText(peak)}건을 넘습니다.`,
      en: `without it each officer here would carry ${before} cases, above the largest load of the plan, ${casesText(peak)}.`,
    }
  return {
    seat: 'relief',
    ko: `1인당 사건이 ${before}건에서 ${after}건으로 줄어듭니다. 다른 경찰청에 한 자리를 더해도 이보다 더 줄지 않습니다.`,
    en: `it takes the load of each officer from ${before} to ${after} cases; one more seat anywhere else would take off no more.`,
  }
}

function wayOf(each: Seated): { ko: string; en: string } {
  if (each.home === null) return { ko: '처음 배치됩니다.', en: 'A first posting.' }
  if (each.home === each.agency) return { ko: '지금 근무지에 남습니다.', en: 'The officer stays.' }
  const from = agencyName(each.home)
  return { ko: `${from.ko}에서 옮겨 옵니다.`, en: `The officer comes from ${from.en}.` }
}

/** Sixtieths as cases, to one place. */
function casesText(load: number): string {
  return String(Math.round((load / sixtieths) * 10) / 10)
}
