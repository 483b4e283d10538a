import { AxeBuilder } from '@axe-core/playwright'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { openPage, openTrial, shoot, type Trial } from './trial/browser.ts'
import { cases } from './trial/rows.ts'
import { notes, promises, referrals, referralText, sessions } from './trial/support.ts'

let trial: Trial
beforeAll(async () => {
  trial = await openTrial()
}, 120_000)
afterAll(() => trial?.close())
beforeEach(() => {
  trial.server.asked.length = 0
})

const at = (path: string) => `${trial.server.url}/console${path}`
const changes = () => trial.server.asked.filter(each => each.method !== 'GET')
const heading = (page: Page, name: string) => page.getByRole('heading', { name, level: 1 }).waitFor()
const oneCase = `/cases/${cases[0]!.case}`

/** Nothing that axe finds, in the page or in the dialogue that stands open, and nothing over the edge. */
async function isReadable(page: Page): Promise<void> {
  const hasDialogue = (await page.getByRole('dialog').count()) > 0
  let axe = new AxeBuilder({ page }).setLegacyMode()
  // Mantine's dialogue has a header of its own: axe takes it for a second banner of the page.
  if (hasDialogue)
    axe = axe.include('[role="dialog"]').disableRules(['landmark-no-duplicate-banner', 'landmark-unique'])
  const { violations } = await axe.analyze()
  expect(
    violations.map(each => `${each.id}: ${each.nodes.map(node => node.target.join(' ')).join(' | ')}`),
  ).toEqual([])
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(overflow, 'nothing reaches over the edge').toBeLessThanOrEqual(0)
}

test.each([
  ['ko', 1440],
  ['en', 390],
] as const)(
  'what is overdue stands first on the home page and on the case (%s, %i)',
  async (language, width) => {
    const { page, context, complaints } = await openPage(trial, 'counsellor', { language, width })
    for (const path of ['/', oneCase]) {
      await page.goto(at(path))
      const strip = page.getByRole('status').filter({ hasText: promises[0]!.what })
      await strip.waitFor()
      expect(await strip.getByRole('listitem').first().textContent()).toContain(promises[0]!.what)
      await isReadable(page)
      await shoot(page, `promise-strip${path === '/' ? '' : '-case'}-${language}-${width}`)
    }
    expect(complaints).toEqual([])
    await context.close()
  },
)

test.each([
  ['ko', 390],
  ['en', 1440],
] as const)('a promise is noted, kept and withdrawn with a reason (%s, %i)', async (language, width) => {
  const isKo = language === 'ko'
  const { page, context, complaints } = await openPage(trial, 'counsellor', { language, width })
  await page.goto(at(`${oneCase}?tab=support`))
  await page.getByText(promises[0]!.what).first().waitFor()
  await isReadable(page)
  await shoot(page, `care-plan-${language}-${width}`)
  await page.getByRole('button', { name: isKo ? '약속 적기' : 'Note a promise' }).click()
  const dialogue = page.getByRole('dialog')
  await dialogue.getByLabel(isKo ? '무엇을' : 'What').fill('병원 동행')
  await dialogue.getByLabel(isKo ? '누가' : 'By whom').selectOption('counsellor')
  await dialogue.getByLabel(isKo ? '언제까지' : 'Until').fill('2099-05-06')
  await isReadable(page)
  await shoot(page, `promise-form-${language}-${width}`)
  await dialogue.getByRole('button', { name: isKo ? '약속 적기' : 'Note a promise' }).click()
  await dialogue.waitFor({ state: 'hidden' })
  await page
    .getByRole('button', { name: isKo ? '지켰음' : 'Kept' })
    .first()
    .click()
  await dialogue.getByRole('button', { name: isKo ? '지켰음' : 'Kept' }).click()
  await dialogue.waitFor({ state: 'hidden' })
  await page
    .getByRole('button', { name: isKo ? '거두기' : 'Withdraw' })
    .first()
    .click()
  const confirm = dialogue.getByRole('button', { name: isKo ? '거두기' : 'Withdraw' })
  expect(await confirm.isDisabled(), 'a reason is missing').toBe(true)
  await dialogue.getByLabel(isKo ? '이유' : 'Reason').selectOption('notPossible')
  await confirm.click()
  await dialogue.waitFor({ state: 'hidden' })
  expect(changes()).toEqual([
    {
      method: 'POST',
      path: `/cases/${cases[0]!.case}/promises`,
      body: {
        person: 'victim',
        what: '병원 동행',
        by: { role: 'counsellor' },
        until: '2099-05-06T14:59:00.000Z',
      },
    },
    { method: 'POST', path: `/promises/${promises[0]!.promise}/settlement`, body: { outcome: 'kept' } },
    {
      method: 'POST',
      path: `/promises/${promises[0]!.promise}/settlement`,
      body: { outcome: 'withdrawn', reason: 'notPossible' },
    },
  ])
  expect(complaints).toEqual([])
  await context.close()
})

test.each([
  ['ko', 1440],
  ['en', 390],
] as const)(
  'a counsellor plans, holds and follows up; the team sees the sessions and no note (%s, %i)',
  async (language, width) => {
    const isKo = language === 'ko'
    const { page, context, complaints } = await openPage(trial, 'counsellor', { language, width })
    await page.goto(at(`${oneCase}?tab=support`))
    const tab = page.getByRole('tab', { selected: true })
    const { x, width: wide } = (await tab.boundingBox())!
    expect(x >= 0 && x + wide <= width, 'the chosen tab is in sight').toBe(true)
    await page.getByRole('button', { name: isKo ? '상담 잡기' : 'Plan a session' }).click()
    const dialogue = page.getByRole('dialog')
    await dialogue.getByLabel(isKo ? '방법' : 'Way', { exact: true }).selectOption('inPerson')
    await dialogue.getByLabel(isKo ? '시각' : 'Time').fill('2099-05-06T14:00')
    await dialogue.getByLabel(isKo ? '통역' : 'Interpreter').selectOption('sign')
    await isReadable(page)
    await shoot(page, `session-form-${language}-${width}`)
    await dialogue.getByRole('button', { name: isKo ? '상담 잡기' : 'Plan a session' }).click()
    await dialogue.waitFor({ state: 'hidden' })
    const acts = page.getByRole('table', { name: isKo ? '상담 일정' : 'Counselling' })
    await acts.getByRole('button', { name: isKo ? '마쳤음' : 'Held' }).click()
    await dialogue.getByLabel(/다시 확인할 날|Follow up on/).fill('2099-06-01')
    await dialogue.getByRole('button', { name: isKo ? '마쳤음' : 'Held' }).click()
    await dialogue.waitFor({ state: 'hidden' })
    await acts.getByRole('button', { name: isKo ? '확인했음' : 'Followed up' }).click()
    await dialogue.getByRole('button', { name: isKo ? '확인했음' : 'Followed up' }).click()
    await dialogue.waitFor({ state: 'hidden' })
    expect(changes()).toEqual([
      {
        method: 'POST',
        path: `/cases/${cases[0]!.case}/counselling-sessions`,
        body: { way: 'inPerson', at: '2099-05-06T05:00:00.000Z', place: '', interpreter: 'sign' },
      },
      {
        method: 'POST',
        path: `/counselling-sessions/${sessions[1]!.counselling}/steps`,
        body: { to: 'held', followUpAt: '2099-06-01T14:59:00.000Z' },
      },
      {
        method: 'POST',
        path: `/counselling-sessions/${sessions[0]!.counselling}/follow-ups`,
        body: {},
      },
    ])
    expect(complaints).toEqual([])
    await context.close()
    trial.server.asked.length = 0
    const officer = await openPage(trial, 'officer', { language, width })
    await officer.page.goto(at(`${oneCase}?tab=support`))
    await officer.page.getByRole('table', { name: isKo ? '상담 일정' : 'Counselling' }).waitFor()
    expect(await officer.page.getByText(isKo ? '상담 기록' : 'Counselling notes').count()).toBe(0)
    expect(trial.server.asked.filter(each => /notes|allowances/.test(each.path))).toEqual([])
    await officer.context.close()
  },
)

test.each([
  ['ko', 390],
  ['en', 1440],
] as const)(
  'a note is written, opened once asked for, and a screen is answered in full (%s, %i)',
  async (language, width) => {
    const isKo = language === 'ko'
    const { page, context, complaints } = await openPage(trial, 'counsellor', { language, width })
    await page.goto(at(`${oneCase}?tab=support`))
    await page.getByRole('table', { name: isKo ? '상담 기록' : 'Counselling notes' }).waitFor()
    await isReadable(page)
    await shoot(page, `notes-${language}-${width}`)
    expect(trial.server.asked.some(each => each.path.startsWith('/notes/'))).toBe(false)
    const dialogue = page.getByRole('dialog')
    await page
      .getByRole('button', { name: isKo ? '열기' : 'Open', exact: true })
      .first()
      .click()
    await dialogue.getByText(notes[0]!.text!).waitFor()
    await isReadable(page)
    await page.keyboard.press('Escape')
    await dialogue.waitFor({ state: 'hidden' })
    await page.getByRole('button', { name: isKo ? '기록 쓰기' : 'Write a note' }).click()
    await dialogue.getByLabel(isKo ? '내용' : 'Text').fill('오늘 통화함')
    await dialogue.getByRole('button', { name: isKo ? '봉인해 저장' : 'Seal and save' }).click()
    await dialogue.waitFor({ state: 'hidden' })
    await page.getByRole('button', { name: isKo ? '선별 문항' : 'Screen', exact: true }).click()
    await dialogue.getByLabel(isKo ? '어느 문항' : 'Which screen').selectOption('gad7')
    await dialogue.getByText(isKo ? /검증된 번역이 아닙니다/ : /not a validated translation/).waitFor()
    const confirm = dialogue.getByRole('button', { name: isKo ? '봉인해 저장' : 'Seal and save' })
    await dialogue
      .getByLabel(isKo ? '며칠 동안' : 'Several days')
      .first()
      .check()
    expect(await confirm.isDisabled(), 'one question is not answered').toBe(true)
    await dialogue
      .getByLabel(isKo ? '전혀 없음' : 'Not at all')
      .nth(1)
      .check()
    await isReadable(page)
    await shoot(page, `screen-${language}-${width}`)
    await confirm.click()
    await dialogue.waitFor({ state: 'hidden' })
    await page.getByRole('button', { name: isKo ? '열람 허락 적기' : 'Note a permission' }).click()
    await dialogue.getByLabel(isKo ? '사람' : 'Person').selectOption({ index: 1 })
    await dialogue.getByLabel(isKo ? '이유' : 'Reason').selectOption('victimAsked')
    await dialogue.getByRole('button', { name: isKo ? '열람 허락 적기' : 'Note a permission' }).click()
    await dialogue.waitFor({ state: 'hidden' })
    expect(changes().map(each => each.body)).toEqual([
      { kind: 'note', text: '오늘 통화함' },
      { kind: 'screen', screen: 'gad7', answers: [1, 0] },
      { account: expect.any(String) as string, reason: 'victimAsked' },
    ])
    expect(complaints).toEqual([])
    await context.close()
  },
)

test.each([
  ['ko', 390],
  ['en', 1440],
] as const)(
  'a referral goes only after its text was shown and allowed; a change takes both back (%s, %i)',
  async (language, width) => {
    const isKo = language === 'ko'
    const { page, context, complaints } = await openPage(trial, 'counsellor', { language, width })
    await page.goto(at(`${oneCase}?tab=support`))
    await page.getByRole('button', { name: isKo ? '연계하기' : 'Refer', exact: true }).click()
    const dialogue = page.getByRole('dialog')
    const send = dialogue.getByRole('button', { name: isKo ? '연계하기' : 'Refer', exact: true })
    await dialogue.getByLabel(isKo ? '기관' : 'Body', { exact: true }).selectOption('body-1')
    await dialogue.getByRole('checkbox', { name: isKo ? '지역' : 'Region' }).check()
    await dialogue.getByRole('button', { name: isKo ? '보낼 글 보기' : 'Show the text' }).click()
    await dialogue.getByText('불리고 싶은 이름: 바다').waitFor()
    expect(await send.isDisabled(), 'not allowed yet').toBe(true)
    await dialogue.getByLabel(/피해자에게 이 글을|I have shown or read/).check()
    expect(await send.isDisabled()).toBe(false)
    await isReadable(page)
    await shoot(page, `referral-${language}-${width}`)
    await dialogue.getByRole('checkbox', { name: isKo ? '피해 유형' : 'Harm' }).check()
    await dialogue.getByText('불리고 싶은 이름: 바다').waitFor({ state: 'detached' })
    expect(await send.isDisabled(), 'another text').toBe(true)
    // The button rests for a moment after each use.
    await page.waitForTimeout(800)
    await dialogue.getByRole('button', { name: isKo ? '보낼 글 보기' : 'Show the text' }).click()
    await dialogue.getByLabel(/피해자에게 이 글을|I have shown or read/).check()
    await send.click()
    await dialogue.waitFor({ state: 'hidden' })
    expect(changes().at(-1)).toEqual({
      method: 'POST',
      path: `/cases/${cases[0]!.case}/referrals`,
      body: {
        body: 'body-1',
        language: 'ko',
        facts: ['region', 'concern'],
        wishedName: '',
        words: '',
        isAllowed: true,
      },
    })
    expect(complaints).toEqual([])
    await context.close()
  },
)

test.each([
  ['ko', 1440],
  ['en', 390],
] as const)(
  'a partner’s agent reads, accepts and declines what came to their body, and has no other place (%s, %i)',
  async (language, width) => {
    const isKo = language === 'ko'
    const { page, context, complaints } = await openPage(trial, 'partnerAgent', { language, width })
    await page.goto(at('/support/own-referrals'))
    await heading(page, isKo ? '우리 기관에 온 연계' : 'Referred to us')
    await isReadable(page)
    await shoot(page, `own-referrals-${language}-${width}`)
    const dialogue = page.getByRole('dialog')
    await page
      .getByRole('button', { name: isKo ? '글 보기' : 'Read text' })
      .first()
      .click()
    await dialogue.getByText(referralText.split('\n')[0]!).waitFor()
    await isReadable(page)
    await page.keyboard.press('Escape')
    await dialogue.waitFor({ state: 'hidden' })
    await page.getByRole('button', { name: isKo ? '받아들이기' : 'Accept' }).click()
    await page
      .getByRole('button', { name: isKo ? '받지 않기' : 'Decline' })
      .nth(1)
      .click()
    await dialogue.getByLabel(isKo ? '이유' : 'Reason').selectOption('notOurs')
    await dialogue.getByRole('button', { name: isKo ? '받지 않기' : 'Decline' }).click()
    await dialogue.waitFor({ state: 'hidden' })
    expect(changes()).toEqual([
      {
        method: 'POST',
        path: `/own-referrals/${referrals[0]!.referral}/answers`,
        body: { to: 'accepted' },
      },
      {
        method: 'POST',
        path: `/own-referrals/${referrals[1]!.referral}/answers`,
        body: { to: 'declined', reason: 'notOurs' },
      },
    ])
    expect(trial.server.asked.filter(each => /^\/cases|^\/promises|^\/referrals/.test(each.path))).toEqual([])
    expect(complaints).toEqual([])
    await context.close()
  },
)
