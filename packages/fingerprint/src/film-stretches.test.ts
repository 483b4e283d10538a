import { expect, test } from 'vitest'
import { cutsAt, frameSampler, joined, lookTimes } from './index.ts'

async function* counted(from: number, state: { made: number; ended: boolean }, failsAt = Infinity) {
  try {
    for (let i = 0; i < 20; i++) {
      if (i === failsAt) throw new Error('broken')
      await Promise.resolve()
      state.made++
      yield from + i
    }
  } finally {
    state.ended = true
  }
}
const states = (count: number) => Array.from({ length: count }, () => ({ made: 0, ended: false }))

test('stretches are joined in their order, however many are at work', async () => {
  for (const atOnce of [1, 2, 4]) {
    const each = states(7)
    const stretches = each.map((state, i) => () => counted(i * 100, state))
    const got = await Array.fromAsync(joined(stretches, { atOnce, aheadMax: 3 }))
    expect(got).toEqual(each.flatMap((_, i) => Array.from({ length: 20 }, (_unused, j) => i * 100 + j)))
  }
})

test('a stretch is ahead by no more than it may, and all end when the reader stops', async () => {
  const each = states(4)
  const reading = joined(
    each.map((state, i) => () => counted(i * 100, state)),
    { atOnce: 3, aheadMax: 5 },
  )
  await reading.next()
  await new Promise(done => setImmediate(done))
  expect(each.map(({ made }) => made).slice(1)).toEqual([5, 5, 0])
  await reading.return(undefined)
  await new Promise(done => setImmediate(done))
  expect(each.slice(0, 3).every(({ ended }) => ended)).toBe(true)
})

test('what fails in a stretch is heard after what came before it', async () => {
  const got: number[] = []
  const stretches = states(2).map((state, i) => () => counted(i * 100, state, i === 1 ? 2 : Infinity))
  const reading = async () => {
    for await (const each of joined(stretches, { atOnce: 2, aheadMax: 50 })) got.push(each)
  }
  await expect(reading()).rejects.toThrow('broken')
  expect(got).toHaveLength(22)
})

test('the times of looks are those that a sampler has which sees the frames', () => {
  const times = Array.from({ length: 900 }, (_, i) => Math.round((i * 1001) / 30))
  const sampler = frameSampler(250)
  const seen = times.filter(atMs => {
    if (!sampler.wantsLook(atMs)) return false
    sampler.look(atMs, Uint8Array.of(atMs % 256, atMs % 7))
    return true
  })
  expect([...lookTimes(times, 250)]).toEqual(seen)
})

test('a film is cut at key frames that lie far enough apart', () => {
  expect(cutsAt([10, 11, 15, 16, 21, 40], 10, 5)).toEqual([15, 21, 40])
  expect(cutsAt([], 0, 5)).toEqual([])
})
