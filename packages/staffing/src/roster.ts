/**
 * Who is on call when: one shift of 24 hours a day, the same number of people on each, a woman who can reach each
 * region on every one. Rest, leave and protected days are hard; duties and weekends are shared as evenly as can be.
 *
 * @module
 */
import { dayAfter, isWeekend } from './days.ts'
import { writeModel, type Model, type Terms } from './model.ts'
import type { Region } from './regions.ts'
import { openSolver, SolverStopped, type Solver } from './solver.ts'

export interface OnCall {
  readonly id: string
  readonly isWoman: boolean
  /** Codes of the regions that they can reach when called. */
  readonly reaches: readonly string[]
  /** Days on which they cannot be asked: leave, or a protected day of recovery. Never why. `YYYY-MM-DD` */
  readonly off: readonly string[]
  /** The last day on which they were on call before this roster. */
  readonly lastDuty?: string | undefined
}

export interface RosterInput {
  /** `YYYY-MM-DD` */
  readonly firstDay: string
  readonly days: number
  readonly peopleOnShift: number
  /** Whole days without a duty after each. */
  readonly restDays: number
  readonly regions: readonly Region[]
  readonly people: readonly OnCall[]
}

export interface Duty {
  readonly day: string
  readonly person: string
}

/** What a day lacks. */
export interface Gap {
  readonly day: string | null
  readonly region: string | null
  readonly needed: number
  readonly available: number
  readonly ko: string
  readonly en: string
}

export type Rostered = { readonly duties: readonly Duty[] } | { readonly gaps: readonly Gap[] }

// Within one hundredth of the optimum, in less time than somebody waits.
const relativeGap = 0.01
const timeLimitS = 20

/**
 * Makes the roster in a thread of its own, or says by day, region and number why there is none.
 * @throws SolverStopped the time was up
 */
export async function planRoster(input: RosterInput): Promise<Rostered> {
  await using solver = openSolver()
  // Awaited here: the solver is closed at the end of this block.
  return await rosterWith(solver, input)
}

/** The same on a solver that is open already. */
export async function rosterWith(solver: Solver, input: RosterInput): Promise<Rostered> {
  const ground = groundOf(input)
  const gaps = gapsOf(ground)
  if (gaps.length > 0) return { gaps }
  try {
    const model = writeModel(modelOf(ground))
    const { values } = await solver.solve({ model, timeLimitS, relativeGap, absoluteGap: 0 })
    return { duties: dutiesIn(ground, values) }
  } catch (error) {
    if (error instanceof SolverStopped && error.status === 'Infeasible')
      return { gaps: [tooLittleRest(ground)] }
    throw error
  }
}

interface Ground extends RosterInput {
  readonly dates: readonly string[]
  /** `free[person][day]` */
  readonly free: readonly (readonly boolean[])[]
}

/** The same people in any order give the same roster. */
function groundOf(input: RosterInput): Ground {
  const people = input.people.toSorted((one, other) => (one.id < other.id ? -1 : 1))
  const dates = Array.from({ length: input.days }, (_, at) => dayAfter(input.firstDay, at))
  const free = people.map(person => {
    const rested = person.lastDuty === undefined ? '' : dayAfter(person.lastDuty, input.restDays)
    return dates.map(date => date > rested && !person.off.includes(date))
  })
  return { ...input, people, dates, free }
}

/** What is missing by counting, day by day, before anything is solved. */
function gapsOf({ people, dates, free, regions, peopleOnShift }: Ground): Gap[] {
  return dates.flatMap((day, at) => {
    const able = people.filter((_, p) => free[p]![at])
    const few =
      able.length >= peopleOnShift
        ? []
        : [
            {
              day,
              region: null,
              needed: peopleOnShift,
              available: able.length,
              ko: `${day}: 당직자 ${peopleOnShift}명이 필요하지만 가능한 수사관이 ${able.length}명뿐입니다.`,
              en: `${day}: ${peopleOnShift} people are needed, ${able.length} are free.`,
            },
          ]
    const unreached = regions.filter(
      region => !able.some(each => each.isWoman && each.reaches.includes(region.code)),
    )
    return [
      ...few,
      ...unreached.map(region => ({
        day,
        region: region.code,
        needed: 1,
        available: 0,
        ko: `${day}: ${region.ko}에 갈 수 있는 여성 수사관이 없습니다.`,
        en: `${day}: no woman officer who is free can reach ${region.en}.`,
      })),
    ]
  })
}

function tooLittleRest({ people, days, peopleOnShift, restDays }: Ground): Gap {
  return {
    day: null,
    region: null,
    needed: days * peopleOnShift,
    available: people.length,
    ko: `수사관 ${people.length}명으로는 당직 뒤 ${restDays}일의 휴식과 휴가를 지키면서 ${days}일을 채울 수 없습니다. 휴식 일수나 당직 인원을 줄이거나 휴가를 조정해 주세요.`,
    en: `${people.length} officers cannot fill ${days} days with ${restDays} days of rest after each duty and the leave that stands. Ask for fewer people a shift or less rest, or move leave.`,
  }
}

const duty = (person: number, day: number) => `d_${person}_${day}`
const share = (kind: 'all' | 'weekend', person: number, at: number) => `${kind}_${person}_${at}`

function modelOf(ground: Ground): Model {
  const { people, dates, free, regions, peopleOnShift } = ground
  const on = (day: number, wanted: (person: number) => boolean): Terms =>
    people.flatMap((_, p) => (free[p]![day] && wanted(p) ? [[1, duty(p, day)] as const] : []))
  const shares = people.map((_, p) => sharesOf(ground, p))
  return {
    minimise: shares.flatMap(each => each.costs),
    rows: [
      ...dates.flatMap((_, day) => [
        { terms: on(day, () => true), is: '=' as const, than: peopleOnShift },
        ...regions.map(region => ({
          terms: on(day, p => people[p]!.isWoman && people[p]!.reaches.includes(region.code)),
          is: '>=' as const,
          than: 1,
        })),
      ]),
      ...people.flatMap((_, p) => restRows(ground, p)),
      ...shares.flatMap(each => each.rows),
    ],
    wholes: people.flatMap((_, p) =>
      dates.flatMap((_, day) => (free[p]![day] ? [[duty(p, day), 1] as const] : [])),
    ),
    // Whole by themselves, since the duties are and each costs more than the one before.
    shares: shares.flatMap(each => each.places),
  }
}

/** In each run of days as long as a duty and its rest there is one duty at most. */
function restRows({ dates, free, restDays }: Ground, person: number): Model['rows'][number][] {
  return dates.flatMap((_, from) => {
    const terms = dates.flatMap((_, day) =>
      day >= from && day <= from + restDays && free[person]![day] ? [[1, duty(person, day)] as const] : [],
    )
    return terms.length > 1 ? [{ terms, is: '<=' as const, than: 1 }] : []
  })
}

// A weekend weighs as much as two more duties do.
const weights = { all: 1, weekend: 2 } as const

/** The n-th duty of a person costs 2n-1: the sum is the square, and so the least sum is the fairest. */
function sharesOf({ dates, free, restDays }: Ground, person: number) {
  const most = Math.ceil(dates.length / (restDays + 1))
  const kinds = [
    { kind: 'all' as const, counts: () => true },
    { kind: 'weekend' as const, counts: isWeekend },
  ]
  const parts = kinds.map(({ kind, counts }) => {
    const places = Array.from({ length: most }, (_, at) => share(kind, person, at))
    const duties: Terms = dates.flatMap((date, day) =>
      free[person]![day] && counts(date) ? [[1, duty(person, day)] as const] : [],
    )
    return {
      costs: places.map((name, at) => [weights[kind] * (2 * at + 1), name] as const),
      rows:
        duties.length === 0
          ? []
          : [{ terms: [...duties, ...places.map(name => [-1, name] as const)], is: '=' as const, than: 0 }],
      places: places.map(name => [name, 1] as const),
    }
  })
  return {
    costs: parts.flatMap(each => each.costs),
    rows: parts.flatMap(each => each.rows),
    places: parts.flatMap(each => each.places),
  }
}

function dutiesIn({ people, dates }: Ground, values: Readonly<Record<string, number>>): Duty[] {
  return dates.flatMap((day, at) =>
    people.flatMap((person, p) => ((values[duty(p, at)] ?? 0) > 0.5 ? [{ day, person: person.id }] : [])),
  )
}
