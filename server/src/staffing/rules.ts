/**
 * The staffing rules of the unit, from its announcement in March 2018: fifty officers, one to six in the cyber
 * bureau of each local agency, at least one woman in each team.
 *
 * @module
 */
export const officersInAll = 50
export const teamMin = 1
export const teamMax = 6
export const womenMin = 1

export const teamBreaches = ['noOfficer', 'tooManyOfficers', 'noWoman'] as const
export type TeamBreach = (typeof teamBreaches)[number]
export const unitBreaches = ['fewerThanFifty', 'moreThanFifty'] as const
export type UnitBreach = (typeof unitBreaches)[number]

export interface Team {
  readonly officers: number
  readonly women: number
}

/** Which rules this team breaks; none where all is well. */
export function teamBreachesOf(team: Team): TeamBreach[] {
  return [
    ...(team.officers < teamMin ? (['noOfficer'] as const) : []),
    ...(team.officers > teamMax ? (['tooManyOfficers'] as const) : []),
    ...(team.women < womenMin ? (['noWoman'] as const) : []),
  ]
}

/** Which rules the unit as a whole breaks. */
export function unitBreachesOf(teams: readonly Team[]): UnitBreach[] {
  const total = teams.reduce((sum, team) => sum + team.officers, 0)
  if (total === officersInAll) return []
  return [total < officersInAll ? 'fewerThanFifty' : 'moreThanFifty']
}
