import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { banks, feeds } from './trial/banks.ts'
import { openPage, openTrial, shoot, type Trial } from './trial/browser.ts'

let trial: Trial
beforeAll(async () => {
  trial = await openTrial()
}, 120_000)
afterAll(() => trial?.close())
beforeEach(() => {
  trial.server.asked.length = 0
})

// As `controls/act.tsx` has it, and a little.
const restMs = 800
const changes = () => trial.server.asked.filter(each => each.method !== 'GET')
async function faultsOf(page: Page): Promise<string[]> {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().withTags(tags).analyze()
  return violations.map(each => `${each.id}: ${each.nodes.map(node => node.target.join(' ')).join(' | ')}`)
}
async function openFeeds(width: 390 | 1440, language: 'ko' | 'en' = 'ko') {
  const opened = await openPage(trial, 'administrator', { width, language })
  await opened.page.goto(`${trial.server.url}/console/access`)
  await opened.page
    .getByRole('tab', { name: language === 'ko' ? '일치 결과 구독' : 'Feeds of matches' })
    .click()
  await opened.page.getByText('support-centre').first().waitFor()
  return opened
}

test('a webhook that does not answer is seen, and a feed is ended only after a sentence', async () => {
  const { page, complaints } = await openFeeds(1440)
  await page.getByText('보내지 못함').waitFor()
  await page.getByText('12건 밀림').waitFor()
  await page.getByText(`${banks[0]!.name}, ${banks[1]!.name}`).waitFor()
  expect(await faultsOf(page)).toEqual([])
  await shoot(page, 'feeds')
  await page.getByRole('button', { name: '끝내기' }).last().click()
  await page.getByText('아직 받지 못한 12건도 보내지 않습니다').waitFor()
  expect(changes()).toEqual([])
  await page.getByRole('dialog').getByRole('button', { name: '끝내기' }).click()
  await page.getByText('구독을 끝냈습니다').waitFor()
  expect(changes()).toMatchObject([{ method: 'DELETE', path: `/match-feeds/${feeds[1]!.feed}` }])
  expect(complaints).toEqual([])
}, 60_000)

test('a feed is made for a subscriber that has none, once, and its secret is seen once', async () => {
  const { page } = await openFeeds(390)
  await page.getByRole('button', { name: '구독 추가' }).click()
  const dialog = page.getByRole('dialog')
  const subscriber = dialog.getByLabel('구독자', { exact: true })
  expect(await subscriber.locator('option').allInnerTexts()).toEqual(['구독자를 골라 주세요', 'platform'])
  await subscriber.selectOption('platform')
  await dialog.getByLabel('비교 DB 찾기').fill('stop')
  await dialog.getByLabel('StopNCII').check()
  await dialog.getByLabel('비교 DB 찾기').fill('')
  await dialog.getByLabel(banks[0]!.name).check()
  const webhook = dialog.getByLabel('웹훅 주소')
  await webhook.fill('hooks.example')
  await dialog.getByText('http:// 또는 https://로 시작하는 주소를').waitFor()
  const add = dialog.getByRole('button', { name: '구독 추가' })
  expect(await add.isDisabled()).toBe(true)
  await webhook.fill('http://hooks.example/matches')
  await dialog.getByText('암호화하지 않고 보냅니다').waitFor()
  await webhook.fill('https://hooks.example/matches')
  await shoot(page, 'feed-add-390')
  expect(await faultsOf(page)).toEqual([])
  await add.dblclick()
  const secret = page.getByRole('textbox', { name: '비밀값' })
  await secret.waitFor()
  expect(await secret.inputValue()).toBe('secret-for-the-tests')
  expect(changes().map(each => each.body)).toEqual([
    {
      subscriber: 'platform',
      banks: [banks[1]!.bank, banks[0]!.bank],
      webhook: 'https://hooks.example/matches',
    },
  ])
  await shoot(page, 'feed-secret-390')
  expect(await faultsOf(page)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
  await page.getByRole('tab', { name: '계정', exact: true }).click()
  await page.getByRole('tab', { name: '일치 결과 구독' }).click()
  await page.getByText('support-centre').first().waitFor()
  expect(await secret.count()).toBe(0)
}, 60_000)

test('without a webhook there is no secret to hand over', async () => {
  const { page } = await openFeeds(1440, 'en')
  await page.getByRole('button', { name: 'Add a feed' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Subscriber', { exact: true }).selectOption('platform')
  await dialog.getByLabel('StopNCII').check()
  await page.waitForTimeout(restMs)
  await dialog.getByRole('button', { name: 'Add a feed' }).click()
  await page.getByText('The feed of platform was added').waitFor()
  expect(await page.getByRole('textbox', { name: 'Secret' }).count()).toBe(0)
  expect(changes()[0]!.body).toEqual({ subscriber: 'platform', banks: [banks[1]!.bank] })
}, 60_000)
