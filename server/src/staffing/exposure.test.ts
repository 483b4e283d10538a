import { expect, test } from 'vitest'
import type { OfficerId } from '#platform/ids'
import { openTrial, staff, type Trial } from '#platform/trial'
import { hourMs, minuteMs, secondMs } from '#platform/time'
import type { Staff } from '#platform/who'
import { availability, extendBudget, limits, ownExposure, spendLook } from './exposure.ts'
import { addOfficer } from './index.ts'

const leader = staff('leader', 'busan')

async function given(trial: Trial): Promise<{ who: Staff; officer: OfficerId }> {
  const form = { name: '김수사', isWoman: true, isLeader: false, agency: 'busan' }
  const officer = await trial.as(staff('commander', null)).do(tx => addOfficer(tx, form))
  return { officer, who: { ...staff('officer', 'busan'), officer } }
}

/** `count` looks, one every `everyMs`. */
async function look(trial: Trial, who: Staff, count: number, everyMs: number): Promise<void> {
  for (let each = 0; each < count; each += 1) {
    await trial.as(who).do(spendLook)
    trial.clock.advance(everyMs)
  }
}

test('a look counts until the next, three minutes at most', async () => {
  await using trial = await openTrial()
  const { who } = await given(trial)
  await look(trial, who, 2, 20 * secondMs)
  await look(trial, who, 1, 30 * minuteMs)
  await look(trial, who, 1, 0)
  const { day } = await trial.as(who).see(ownExposure)
  expect(day).toMatchObject({ looks: 4, seconds: 20 + 20 + 180 + 180 })
})

test('warned at 80 % of the day’s pictures and stopped at 100 %; the next day begins anew, the week goes on', async () => {
  await using trial = await openTrial()
  const { who } = await given(trial)
  const stateNow = async () => (await trial.as(who).see(ownExposure)).state
  await look(trial, who, limits.day.looks * 0.8 - 1, secondMs)
  expect(await stateNow()).toBe('free')
  await look(trial, who, 1, secondMs)
  expect(await stateNow()).toBe('warned')
  await look(trial, who, limits.day.looks * 0.2, secondMs)
  expect(await stateNow()).toBe('stopped')
  await expect(look(trial, who, 1, 0)).rejects.toMatchObject({ code: 'staffing.budgetSpent' })
  trial.clock.set('2026-11-24T00:00:01+09:00')
  const next = await trial.as(who).see(ownExposure)
  expect(next).toMatchObject({ state: 'free', day: { looks: 0 }, week: { looks: limits.day.looks } })
})

test('minutes stop as pictures do: two hours with three minutes each', async () => {
  await using trial = await openTrial()
  const { who } = await given(trial)
  await look(trial, who, 40, 3 * minuteMs)
  await expect(look(trial, who, 1, 0)).rejects.toMatchObject({ code: 'staffing.budgetSpent' })
})

test('the leader sees who is available and no figure, and extends the day with a reason', async () => {
  await using trial = await openTrial()
  const { who, officer } = await given(trial)
  const seen = () => trial.as(leader).see(availability)
  expect(await seen()).toEqual([{ officer, name: '김수사', isForContent: true }])
  await look(trial, who, limits.day.looks, secondMs)
  expect(await seen()).toEqual([{ officer, name: '김수사', isForContent: false }])
  const looks = (asking: Staff) =>
    trial.as(asking).do(async tx => (await tx.db.selectFrom('staffing.look').selectAll().execute()).length)
  expect(await looks(leader), 'the count itself is the officer’s own').toBe(0)
  expect(await looks(staff('commander', null))).toBe(0)
  expect(await trial.as(staff('leader', 'jeju')).see(availability)).toEqual([])
  const extend = (asking: Staff) =>
    trial.as(asking).do(tx => extendBudget(tx, officer, '오늘 안에 증거를 확인해야 합니다'))
  for (const other of [staff('leader', 'jeju'), { ...leader, officer }])
    await expect(extend(other)).rejects.toMatchObject({ code: 'staffing.notInAgency' })
  await extend(leader)
  expect(await seen()).toMatchObject([{ isForContent: true }])
  await look(trial, who, 1, 0)
  expect((await trial.as(who).see(ownExposure)).state).toBe('extended')
  trial.clock.advance(24 * hourMs)
  expect((await trial.as(who).see(ownExposure)).state).toBe('free')
  const { rows } = await trial.database.pool.query(
    `select body from audit.entry where kind = 'exposure.extended'`,
  )
  expect(JSON.stringify(rows)).not.toContain('증거')
})
