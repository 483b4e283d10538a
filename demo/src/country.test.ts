import { expect, test } from 'vitest'
import { officers } from './country.ts'

test('fifty officers sit in eighteen agencies, one to six in each, a woman in every team', () => {
  const all = officers()
  expect(all).toHaveLength(50)
  const teams = Map.groupBy(all, seat => seat.agency)
  expect(teams.size).toBe(18)
  for (const [agency, team] of teams) {
    expect(team.length, agency).toBeGreaterThanOrEqual(1)
    expect(team.length, agency).toBeLessThanOrEqual(6)
    expect(
      team.some(seat => seat.isWoman),
      agency,
    ).toBe(true)
    expect(
      team.filter(seat => seat.isLeader),
      agency,
    ).toHaveLength(1)
  }
})
