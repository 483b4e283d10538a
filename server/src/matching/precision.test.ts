import { expect, test } from 'vitest'
import type { BankId } from '#platform/ids'
import { curveOf, precisionWanted, proposalOf, shareAtLeast } from './precision.ts'

const tally = (distance: number, confirmed: number, reversed: number) => ({
  bank_id: '' as BankId,
  distance,
  asked: 0,
  found: confirmed + reversed,
  confirmed,
  reversed,
})

test('of few decisions less is believed than was seen, of many nearly all', () => {
  expect(shareAtLeast(0, 0)).toBeNull()
  expect(shareAtLeast(0, 5)).toBe(0)
  // Worked by hand from z = 1.6449: 3 ÷ (3 + z²), and (0.9135 − 0.0512) ÷ 1.0271.
  expect(shareAtLeast(3, 0)).toBeCloseTo(0.5258, 4)
  expect(shareAtLeast(90, 10)).toBeCloseTo(0.8396, 4)
  expect(shareAtLeast(9000, 1000)).toBeCloseTo(0.895, 3)
  for (let hits = 0; hits < 40; hits += 1)
    for (let misses = 0; misses < 10; misses += 1) {
      const least = shareAtLeast(hits, misses) ?? 0
      expect(least).toBeGreaterThanOrEqual(0)
      expect(least).toBeLessThanOrEqual(hits / Math.max(1, hits + misses))
    }
})

test('each point counts all that lies up to it, in whatever order the tallies come', () => {
  const curve = curveOf([tally(40, 5, 15), tally(0, 10, 0), tally(20, 5, 0)])
  expect(curve.map(point => [point.distance, point.precisionUpTo, point.recallUpTo])).toEqual([
    [0, 1, 0.5],
    [20, 1, 0.75],
    [40, 20 / 35, 1],
  ])
  expect(curveOf([tally(3, 0, 0)])).toMatchObject([{ precisionAtLeast: null, recallUpTo: null }])
  expect(curveOf([])).toEqual([])
})

test('the widest distance that is right nine times in ten is proposed, and nothing is on a hunch', () => {
  const well = [tally(0, 30, 0), tally(18, 25, 1), tally(30, 20, 1), tally(44, 6, 30)]
  expect(proposalOf(curveOf(well), 52)).toMatchObject({ matchMax: 30, decided: 77 })
  expect(proposalOf(curveOf(well), 52)!.precisionAtLeast).toBeGreaterThanOrEqual(precisionWanted)
  expect(proposalOf(curveOf(well), 52)!.recall).toBeCloseTo(75 / 81)
  expect(proposalOf(curveOf(well), 20), 'never beyond what is shown').toMatchObject({ matchMax: 18 })
  expect(proposalOf(curveOf([tally(10, 24, 0)]), 52), '24 of 24 is too few').toBeNull()
  expect(proposalOf(curveOf([tally(10, 25, 0)]), 52)).toMatchObject({ matchMax: 10, recall: 1 })
  expect(
    proposalOf(curveOf([tally(10, 40, 0), tally(63, 0, 0)]), 63),
    'a hit nobody has judged',
  ).toMatchObject({ matchMax: 10 })
  expect(proposalOf([], 52)).toBeNull()
})
