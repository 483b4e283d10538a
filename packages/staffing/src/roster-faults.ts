import { daysBetween } from './days.ts'
import type { Duty, OnCall, RosterInput } from './roster.ts'

/** What is wrong with a duty or a day of a roster. */
export interface RosterFault {
  readonly fault: 'people' | 'woman' | 'off' | 'rest' | 'twice'
  readonly day: string
  readonly person?: string
  readonly region?: string
}

/**
 * Every hard rule that a roster breaks, by looking at it and not by solving: for swaps that people make by hand, and
 * as the judge of the solver in tests.
 */
export function rosterFaults(input: RosterInput, duties: readonly Duty[]): RosterFault[] {
  const known = new Map(input.people.map(person => [person.id, person]))
  const days = Map.groupBy(duties, each => each.day)
  return [
    ...[...days].flatMap(([day, shift]) => shiftFaults(input, known, day, shift)),
    ...Array.from({ length: input.days }, (_, at) => at).flatMap(at => missingDay(input, days, at)),
    ...input.people.flatMap(person => personFaults(input, person, duties)),
  ]
}

function missingDay(input: RosterInput, days: ReadonlyMap<string, unknown>, at: number): RosterFault[] {
  const day = [...days.keys()].find(each => daysBetween(input.firstDay, each) === at)
  return day === undefined ? [{ fault: 'people', day: String(at) }] : []
}

function shiftFaults(
  input: RosterInput,
  known: ReadonlyMap<string, OnCall>,
  day: string,
  shift: readonly Duty[],
): RosterFault[] {
  const people = shift.flatMap(each => known.get(each.person) ?? [])
  const unreached = input.regions.filter(
    region => !people.some(each => each.isWoman && each.reaches.includes(region.code)),
  )
  return [
    ...(people.length === input.peopleOnShift ? [] : [{ fault: 'people' as const, day }]),
    ...unreached.map(region => ({ fault: 'woman' as const, day, region: region.code })),
  ]
}

function personFaults(input: RosterInput, person: OnCall, duties: readonly Duty[]): RosterFault[] {
  const own = duties.filter(each => each.person === person.id).map(each => each.day)
  const days = (person.lastDuty === undefined ? own : [person.lastDuty, ...own]).toSorted()
  const close = days.slice(1).flatMap((day, at) => {
    const between = daysBetween(days[at]!, day)
    if (between > input.restDays) return []
    return [{ fault: between === 0 ? ('twice' as const) : ('rest' as const), day, person: person.id }]
  })
  const off = own
    .filter(day => person.off.includes(day))
    .map(day => ({ fault: 'off' as const, day, person: person.id }))
  return [...close, ...off]
}
