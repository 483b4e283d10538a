import { AxeBuilder } from '@axe-core/playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import type { Role } from './access/roles.ts'
import { openPage, openTrial, shoot, type Trial } from './trial/browser.ts'
import { banks } from './trial/banks.ts'
import { cases, targets } from './trial/rows.ts'

let trial: Trial
beforeAll(async () => {
  trial = await openTrial()
}, 120_000)
afterAll(() => trial?.close())

const oneCase = `/cases/${cases[0]!.case}`
const pages: readonly (readonly [string, Role | undefined, string])[] = [
  ['sign-in', undefined, '/'],
  ['today', 'leader', '/'],
  ['today-commander', 'commander', '/'],
  ['cases', 'leader', '/cases'],
  ['case-overview', 'leader', oneCase],
  ['case-report', 'leader', `${oneCase}?tab=report`],
  ['case-exhibits', 'leader', `${oneCase}?tab=exhibits`],
  ['case-matches', 'leader', `${oneCase}?tab=matches`],
  ['case-targets', 'leader', `${oneCase}?tab=targets`],
  ['case-blocks', 'leader', `${oneCase}?tab=blocks`],
  ['case-timeline', 'leader', `${oneCase}?tab=timeline`],
  ['review', 'leader', '/matching'],
  ['look-up', 'officer', '/matching/look-up'],
  ['banks', 'leader', '/matching/banks'],
  ['bank', 'leader', `/matching/banks/${banks[0]!.bank}`],
  ['bank-list', 'administrator', `/matching/banks/${banks[2]!.bank}`],
  ['removals', 'leader', '/takedown?state=all'],
  ['target', 'leader', `/takedown/${targets[2]!.target}`],
  ['providers', 'leader', '/takedown/providers'],
  ['blocking', 'leader', '/blocking'],
  ['staffing', 'commander', '/staffing'],
  ['staffing-own', 'officer', '/staffing'],
  ['staffing-team', 'leader', '/staffing'],
  ['statistics', 'commander', '/statistics'],
  ['accounts', 'administrator', '/access'],
  ['rights', 'partnerAgent', '/access/rights'],
  ['approvals', 'commander', '/access/approvals'],
  ['glass', 'commander', '/glass'],
  ['own-sessions', 'leader', '/access/own-sessions'],
  ['log', 'administrator', '/audit'],
  ['audit', 'dataProtectionOfficer', '/audit'],
  ['operations', 'administrator', '/operations'],
  ['case-support', 'counsellor', `${oneCase}?tab=support`],
  ['directory', 'administrator', '/support/directory'],
  ['own-referrals', 'partnerAgent', '/support/own-referrals'],
]

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

test.each(pages)(
  '%s is readable by all: wide and light, narrow and dark, in both languages',
  async (name, role, path) => {
    const first = pages.findIndex(each => each[0] === name) % 2 === 0 ? 'ko' : 'en'
    const { page, context, complaints } = await openPage(trial, role, { language: first })
    await page.goto(`${trial.server.url}/console${path}`)
    await settled(page)
    // Wide and light, then narrow and dark, in the other language: each page is seen by axe in both themes.
    for (const [width, theme] of [
      [1440, 'light'],
      [390, 'dark'],
    ] as const) {
      if (width === 390) {
        await page.setViewportSize({ width, height: 844 })
        await page.getByRole('button', { name: first === 'ko' ? 'English' : '한국어' }).click()
        await settled(page)
      }
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
      await page.waitForFunction(
        wanted => document.documentElement.dataset['mantineColorScheme'] === wanted,
        theme,
      )
      await shoot(page, `${name}-${width}-${theme}`)
      // Signing out is in sight on every page (ASVS 5.0, 7.4.4), with no menu to open first.
      if (role !== undefined) {
        const signOut = page.getByRole('banner').getByRole('button', { name: /^(로그아웃|Sign out)$/ })
        expect(await signOut.isVisible(), 'signing out is in sight').toBe(true)
      }
      await expect
        .poll(() => faultsOf(page, width === 1440), { timeout: 20_000, message: `${width} ${theme}` })
        .toEqual([])
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      expect(overflow, 'nothing reaches over the edge of the screen').toBeLessThanOrEqual(0)
    }
    expect(complaints, 'no fault, no breach of the content policy, no other host').toEqual([])
    await context.close()
  },
  120_000,
)

/** What the width and the colours of a page decide; the rest of the rules is the same in both themes. */
const rulesOfLook = ['color-contrast', 'link-in-text-block', 'target-size', 'scrollable-region-focusable']

/** What axe finds. Asked again by the caller: colours that are still changing are no fault, those that stay are. */
async function faultsOf(page: Page, isFirst: boolean): Promise<string[]> {
  // No page here holds a frame of another host: without the tab that would gather theirs, axe is twice as quick.
  const axe = new AxeBuilder({ page }).setLegacyMode()
  const { violations } = await (isFirst ? axe.withTags(tags) : axe.withRules(rulesOfLook)).analyze()
  return violations.map(each => `${each.id}: ${each.nodes.map(node => node.target.join(' ')).join(' | ')}`)
}

/** Loaded, drawn, and at rest. */
async function settled(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor()
  await page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null)
  await page.evaluate(() => document.fonts.ready)
}
