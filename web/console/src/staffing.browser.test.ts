import { AxeBuilder } from '@axe-core/playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPage, openTrial, type Trial } from './trial/browser.ts'

let trial: Trial
beforeAll(async () => {
  trial = await openTrial()
}, 120_000)
afterAll(() => trial?.close())

test('the commander has a plan made by keyboard and reads why a seat is where it is', async () => {
  const { page, context, complaints } = await openPage(trial, 'commander', { language: 'ko', width: 390 })
  await page.goto(`${trial.server.url}/console/staffing`)
  await page.getByRole('button', { name: '배치안 계산' }).focus()
  await page.keyboard.press('Enter')
  await page.getByText('1인당 사건 최대 9.5 → 6.3건, 이동 1명').waitFor()
  await page.getByRole('img', { name: /지역별 현재와 배치안/ }).waitFor()
  await page.getByText(/^부산.*1자리$/).focus()
  await page.keyboard.press('Enter')
  await page
    .getByText('1번째 자리: 모든 팀에는 여성 수사관이 한 명 이상 있어야 합니다.')
    .filter({ visible: true })
    .first()
    .waitFor()
  await page.getByText('총괄이 허락한 예외').waitFor()
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(overflow, 'nothing reaches over the edge of a phone').toBeLessThanOrEqual(0)
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
  expect(violations.map(each => each.id)).toEqual([])
  expect(complaints).toEqual([])
  await context.close()
})

test('an officer sees what they have seen, their duties, and no figure of anybody else; a leader no figure at all', async () => {
  const own = await openPage(trial, 'officer', { language: 'en' })
  await own.page.goto(`${trial.server.url}/console/staffing`)
  await own.page.getByText('49 of 60 items · 72 of 120 minutes').waitFor()
  await own.page.getByText('You are near the limit. Please rest.').waitFor()
  expect(await own.page.getByRole('button', { name: 'Ask to swap' }).count()).toBeGreaterThan(0)
  expect(await own.page.getByRole('button', { name: 'Make a plan' }).count()).toBe(0)
  await own.context.close()
  const leader = await openPage(trial, 'leader', { language: 'en' })
  await leader.page.goto(`${trial.server.url}/console/staffing`)
  await leader.page.getByText('Not for content').waitFor()
  await leader.page.getByRole('button', { name: 'Approve' }).waitFor()
  await leader.context.close()
})
