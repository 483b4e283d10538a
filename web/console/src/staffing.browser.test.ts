import { AxeBuilder } from '@axe-core/playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cases } from './trial/rows.ts'
import { openPage, openTrial, shoot, type Trial } from './trial/browser.ts'

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

test('a leader hands a case to another agency, with a reason, and takes note of one that came', async () => {
  const { page, context, complaints } = await openPage(trial, 'leader', { language: 'ko' })
  await page.goto(`${trial.server.url}/console/cases`)
  await page.getByText('부산-2026-0017: 부산경찰청에서 인계').waitFor()
  await page.getByText('신고인이 서울로 이사했습니다.').waitFor()
  await page.getByRole('button', { name: '확인: 부산-2026-0017' }).click()
  const own = cases.find(each => each.state === 'open' && each.agency === 'seoul')!
  await page.goto(`${trial.server.url}/console/cases/${own.case}`)
  await page.getByRole('button', { name: '인계', exact: true }).click()
  const dialogue = page.getByRole('dialog')
  const confirm = dialogue.getByRole('button', { name: '인계' })
  await dialogue.getByLabel('맡을 경찰청').selectOption('busan')
  expect(await confirm.isDisabled(), 'a reason is missing').toBe(true)
  await dialogue.getByLabel('이유').selectOption('place')
  await dialogue.getByLabel(/^맡을 사람에게 전할 말/).fill('부산으로 이사')
  // Mantine's dialogue has a header of its own: axe takes it for a second banner of the page.
  const axe = new AxeBuilder({ page }).setLegacyMode().include('[role="dialog"]')
  const { violations } = await axe.disableRules(['landmark-no-duplicate-banner', 'landmark-unique']).analyze()
  expect(violations.map(each => each.id)).toEqual([])
  await confirm.click()
  await page.getByText('인계했습니다').waitFor()
  expect(sent('/handovers/')).toHaveLength(1)
  expect(sent(`/cases/${own.case}/handovers`)).toEqual([
    { agency: 'busan', reason: 'place', words: '부산으로 이사' },
  ])
  expect(complaints).toEqual([])
  await context.close()
})

test('the commander adds an officer with an exception, notes what somebody speaks, and ends a service', async () => {
  const { page, context, complaints } = await openPage(trial, 'commander', { language: 'en' })
  await page.goto(`${trial.server.url}/console/staffing`)
  const dialogue = page.getByRole('dialog')
  await page.getByRole('button', { name: 'Add officer' }).click()
  await dialogue.getByLabel('Name').fill('한새봄')
  await dialogue.getByLabel('Posting').selectOption('jeju')
  await dialogue.getByRole('checkbox', { name: /rule/i }).check()
  await dialogue.getByLabel('Reason').fill('two on a course')
  await dialogue.getByLabel(/mend/i).fill('2099-01-01')
  await dialogue.getByRole('button', { name: 'Add officer' }).click()
  await page.getByText('The officer was added').waitFor()
  expect(sent('/officers')).toMatchObject([
    {
      name: '한새봄',
      agency: 'jeju',
      despite: { reason: 'two on a course', mendBy: '2099-01-01T23:59:59+09:00' },
    },
  ])
  const rowOf = (name: string) => page.getByRole('row').filter({ hasText: name })
  await rowOf('오준서').getByRole('button', { name: 'Languages, skills' }).click()
  await dialogue.getByLabel('Languages', { exact: true }).fill('en, vi')
  await dialogue.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Saved').waitFor()
  expect(sent('/strengths')).toEqual([{ languages: ['en', 'vi'], skills: ['minors'] }])
  await rowOf('오준서').getByRole('button', { name: 'End service' }).click()
  await dialogue.getByText('There are 9 open cases.').waitFor()
  expect(await dialogue.getByRole('button', { name: 'End service' }).isDisabled()).toBe(true)
  await dialogue.getByRole('button', { name: 'Cancel' }).click()
  await rowOf('서지안').getByRole('button', { name: 'End service' }).click()
  await dialogue.getByRole('button', { name: 'End service' }).click()
  await page.getByText('The service has ended.').waitFor()
  expect(sent('/departure')).toEqual([{}])
  await page.getByRole('button', { name: 'Establishment' }).click()
  await dialogue.getByLabel('Officers in all').fill('52')
  await dialogue.getByRole('button', { name: 'Save' }).click()
  await page.getByText('The establishment was changed').waitFor()
  expect(sent('/staffing/establishment')).toEqual([{ officers: 52 }])
  expect(complaints).toEqual([])
  await context.close()
})

/** What was sent by any change to a path that holds this text. */
function sent(text: string): unknown[] {
  return trial.server.asked
    .filter(each => each.method !== 'GET' && each.path.includes(text))
    .filter(each => text !== '/officers' || each.path === text)
    .map(each => each.body)
}

test('the case page tells through whose hands the case went', async () => {
  const { page, complaints } = await openPage(trial, 'leader', { language: 'en' })
  await page.goto(`${trial.server.url}/console/cases/${cases[0]!.case}?tab=timeline`)
  const history = page.getByRole('table', { name: 'Handovers' })
  await history.getByText('한바다').waitFor()
  await history.getByText('by the rules').waitFor()
  await shoot(page, 'handover-history')
  expect(trial.server.asked.some(each => each.path.includes('/handovers'))).toBe(true)
  expect(complaints).toEqual([])
})
