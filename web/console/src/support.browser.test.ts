import { AxeBuilder } from '@axe-core/playwright'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { openPage, openTrial, shoot, type Trial } from './trial/browser.ts'
import { cases } from './trial/rows.ts'
import { promises } from './trial/support.ts'

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
