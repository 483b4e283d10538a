/**
 * The staffing rules of the unit: how many officers in all, one to six in the cyber bureau of each local agency, at
 * least one woman in each team. Who breaks which, and which moves would mend it.
 *
 * @module
 */
import { teamMax, teamMin, womenMin } from '@jikimi/staffing'

export const teamBreaches = ['noOfficer', 'tooManyOfficers', 'noWoman'] as const
export type TeamBreach = (typeof teamBreaches)[number]
export const unitBreaches = ['tooFewInAll', 'tooManyInAll'] as const
export type UnitBreach = (typeof unitBreaches)[number]
export const everyBreach = [...teamBreaches, ...unitBreaches] as const

export interface Team {
  readonly officers: number
  readonly women: number
}

export interface PlacedTeam extends Team {
  readonly agency: string
}

/** One rule that is broken: by a team, or by the unit as a whole. */
export interface Breach {
  readonly breach: TeamBreach | UnitBreach
  readonly agency: string | null
}

/** Which rules this team breaks; none where all is well. */
export function teamBreachesOf(team: Team): TeamBreach[] {
  return [
    ...(team.officers < teamMin ? (['noOfficer'] as const) : []),
    ...(team.officers > teamMax ? (['tooManyOfficers'] as const) : []),
    ...(team.women < womenMin ? (['noWoman'] as const) : []),
  ]
}

/** Which rules the unit as a whole breaks, where it has `establishment` officers by its order. */
export function unitBreachesOf(teams: readonly Team[], establishment: number): UnitBreach[] {
  const total = teams.reduce((sum, team) => sum + team.officers, 0)
  if (total === establishment) return []
  return [total < establishment ? 'tooFewInAll' : 'tooManyInAll']
}

export function breachesOf(teams: readonly PlacedTeam[], establishment: number): Breach[] {
  return [
    ...teams.flatMap(team => teamBreachesOf(team).map(breach => ({ breach, agency: team.agency }))),
    ...unitBreachesOf(teams, establishment).map(breach => ({ breach, agency: null })),
  ]
}

/** Those of `after` that `before` has not. A rule that was broken already does not stand in the way of a change. */
export function newBreaches(before: readonly Breach[], after: readonly Breach[]): Breach[] {
  return after.filter(
    each => !before.some(known => known.breach === each.breach && known.agency === each.agency),
  )
}

/** One officer, a woman or a man, goes from one team to another. */
export interface Move {
  readonly isWoman: boolean
  readonly from: string
  readonly to: string
}

/**
 * The fewest moves, two at most, after which none of `broken` is left and no other team breaks a rule that it did
 * not; null where there are none. Among equals the one who goes comes from the largest team.
 */
export function mendingMoves(teams: readonly PlacedTeam[], broken: readonly Breach[]): Move[] | null {
  const places = new Set(broken.flatMap(each => (each.agency === null ? [] : [each.agency])))
  if (places.size === 0 || broken.some(each => each.agency === null)) return null
  const first = movesOver(teams).filter(move => places.has(move.from) || places.has(move.to))
  const one = first.find(move => isMended(teams, moved(teams, move), places))
  if (one !== undefined) return [one]
  for (const move of first) {
    const between = moved(teams, move)
    const touched = new Set([...places, move.from, move.to])
    const second = movesOver(between)
      .filter(each => touched.has(each.from) || touched.has(each.to))
      .find(each => isMended(teams, moved(between, each), places))
    if (second !== undefined) return [move, second]
  }
  return null
}

/** Every move of one officer, from the largest teams first. */
function movesOver(teams: readonly PlacedTeam[]): Move[] {
  const largestFirst = teams.toSorted((one, other) => other.officers - one.officers)
  return largestFirst.flatMap(from =>
    [true, false].flatMap(isWoman =>
      (isWoman ? from.women : from.officers - from.women) > 0
        ? teams
            .filter(to => to.agency !== from.agency)
            .map(to => ({ isWoman, from: from.agency, to: to.agency }))
        : [],
    ),
  )
}

function moved(teams: readonly PlacedTeam[], { isWoman, from, to }: Move): PlacedTeam[] {
  return teams.map(team => {
    const change = team.agency === from ? -1 : team.agency === to ? 1 : 0
    if (change === 0) return team
    return { ...team, officers: team.officers + change, women: team.women + (isWoman ? change : 0) }
  })
}

function isMended(
  before: readonly PlacedTeam[],
  after: readonly PlacedTeam[],
  places: ReadonlySet<string>,
): boolean {
  return after.every((team, at) => {
    if (team === before[at]) return !places.has(team.agency)
    const known = places.has(team.agency) ? [] : teamBreachesOf(before[at]!)
    return teamBreachesOf(team).every(breach => known.includes(breach))
  })
}
