/**
 * How many seats each agency gets, by counting alone: the largest load per officer first, then the sum of loads.
 * The sum is separable and convex, so giving the next seat where it lowers the load most is optimal (Fox 1966).
 * It explains the solver's answer, and the tests hold the solver to it.
 *
 * @module
 */
import { teamMax, teamMin } from './rule.ts'
import type { AgencyCaseload } from './shape.ts'

/** Loads are counted in sixtieths of a case: a load shared by one to six officers is then a whole number. */
export const sixtieths = 60

/** The load of each officer, in sixtieths of a case. */
export function loadOf(cases: number, seats: number): number {
  return (cases * sixtieths) / seats
}

/** What one more seat takes off the load of each officer there, in sixtieths of a case. */
export function reliefOf(cases: number, seats: number): number {
  return seats >= teamMax ? -1 : loadOf(cases, seats) - loadOf(cases, seats + 1)
}

/** The fewest seats that keep the load at or under `most`; more than a team may have where none do. */
export function seatsFor(cases: number, most: number): number {
  for (let seats = teamMin; seats <= teamMax; seats += 1) if (loadOf(cases, seats) <= most) return seats
  return teamMax + 1
}

/**
 * Seats by agency, in the order given. Among equal reliefs the earlier agency gets the seat.
 * `total` must lie between one and six a team.
 */
export function spread(caseload: readonly AgencyCaseload[], total: number): number[] {
  const most = leastPeak(caseload, total)
  const seats = caseload.map(({ cases }) => seatsFor(cases, most))
  for (let free = total - sum(seats); free > 0; free -= 1) {
    const reliefs = caseload.map(({ cases }, at) => reliefOf(cases, seats[at]!))
    const best = reliefs.indexOf(Math.max(...reliefs))
    seats[best]! += 1
  }
  return seats
}

/** The smallest largest load that `total` seats allow, in sixtieths of a case. */
export function leastPeak(caseload: readonly AgencyCaseload[], total: number): number {
  const candidates = new Set<number>()
  for (const { cases } of caseload)
    for (let seats = teamMin; seats <= teamMax; seats += 1) candidates.add(loadOf(cases, seats))
  const enough = [...candidates]
    .toSorted((one, other) => one - other)
    .find(most => {
      const needed = caseload.map(({ cases }) => seatsFor(cases, most))
      return needed.every(seats => seats <= teamMax) && sum(needed) <= total
    })
  return enough ?? 0
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0)
}
