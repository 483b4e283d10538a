import { expect, test } from 'vitest'
import { isUp, mayFollow, next, stateNames, upStates } from './states.ts'

test('every state is reached from the first one, and what was withdrawn only begins anew', () => {
  const reached = new Set<string>(['open'])
  for (let grew = true; grew;) {
    const before = reached.size
    for (const state of stateNames) if (reached.has(state)) for (const to of next[state]) reached.add(to)
    grew = reached.size > before
  }
  expect([...reached].toSorted()).toEqual([...stateNames].toSorted())
  expect(next.withdrawn).toEqual(['open'])
})

test('a removal is verified only after it was seen once, and comes back only after it was verified', () => {
  expect(stateNames.filter(state => mayFollow(state, 'verifiedDown') && state !== 'verifiedDown')).toEqual([
    'downOnce',
  ])
  expect(stateNames.filter(state => mayFollow(state, 'reappeared') && state !== 'reappeared')).toEqual([
    'verifiedDown',
  ])
})

test('whatever is up may be withdrawn, seen down, or doubted', () => {
  for (const state of upStates)
    for (const to of ['withdrawn', 'downOnce', 'suspectedDown'] as const)
      expect(mayFollow(state, to), `${state} ${to}`).toBe(true)
  expect(stateNames.filter(state => !isUp(state))).toEqual([
    'suspectedDown',
    'downOnce',
    'verifiedDown',
    'exhausted',
    'withdrawn',
  ])
})
