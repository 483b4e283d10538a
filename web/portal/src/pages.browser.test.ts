import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { words as receiptWords } from './receipt/words.ts'
import { questions } from './report/draft.ts'
import { words } from './report/words.ts'
import { axeFaults, isTooWide, openTrialBrowser, smallTargets, visit } from './trial/browser.ts'
import { madePicture } from '@jikimi/shared/trial/media.ts'
import { addMessage, openTrialServer, receipt } from './trial/server.ts'
import { words as frameWords } from './words.ts'

let browser: Browser
beforeAll(async () => {
  browser = await openTrialBrowser()
})
afterAll(() => browser?.close())

test.each(['ko', 'en'] as const)(
  'every page passes axe in light and dark, fits 320 pixels and has targets of 44 (%s)',
  async language => {
    const [frame, said, told] = [frameWords[language], words[language], receiptWords[language]]
    await using server = await openTrialServer()
    const locale = language === 'ko' ? 'ko-KR' : 'en-US'
    await using visitor = await visit(browser, server.url, { locale, viewport: { width: 320, height: 640 } })
    const { page } = visitor
    const { file } = await madePicture(3, 200, 200)
    const seen: string[] = []
    const look = async (heading: string) => {
      await page.locator('h1', { hasText: heading }).waitFor()
      expect(await axeFaults(page, 'light'), heading).toEqual([])
      // The words do not change the colours: one language is enough for the dark.
      if (language === 'ko') expect(await axeFaults(page, 'dark'), heading).toEqual([])
      expect(await isTooWide(page), heading).toBe(false)
      expect(await smallTargets(page), heading).toEqual([])
      seen.push(heading)
    }

    await look(frame.homeTitle)
    await page.getByRole('button', { name: frame.report }).click()
    for (const question of questions) {
      await fillIn(page, question, said, file)
      await look(said[question])
      await page.getByRole('button', { name: said.next, exact: true }).click()
    }
    await look(said.check)
    await page.getByRole('button', { name: said.send }).click()
    await look(said.received)
    await addMessage(server, 'officer', 'A made message')
    await page.getByRole('button', { name: said.written }).click()
    await page.getByText(told.history).first().click()
    await look(told.title)
    await page.getByRole('button', { name: told.againKept }).click()
    await page.locator('.keeping button').first().click()
    await page.getByText('A made message').waitFor()
    await page.getByLabel(told.write).fill('지어낸 말')
    await page.getByRole('button', { name: told.send, exact: true }).click()
    await page.locator('.messages .own').getByText('지어낸 말').waitFor()
    await look(told.messages)
    await page.getByRole('button', { name: told.toProgress }).click()
    await page.getByRole('button', { name: told.close }).click()
    await page.getByRole('button', { name: frame.haveReceipt }).click()
    await page.getByLabel(told.entryLabel).fill(receipt.slice(1))
    await page.getByRole('button', { name: told.open }).click()
    await look(told.entry)
    expect(seen).toHaveLength(questions.length + 6)
    expect(visitor.complaints).toEqual([])
  },
  180_000, // axe takes a second a page and theme
)

async function fillIn(
  page: Page,
  question: (typeof questions)[number],
  said: (typeof words)['ko'],
  file: Awaited<ReturnType<typeof madePicture>>['file'],
): Promise<void> {
  await page.locator('h1', { hasText: said[question] }).waitFor()
  if (question === 'concern' || question === 'age') await page.getByRole('radio').first().check()
  if (question === 'addresses')
    await page.getByLabel(said.addressesLabel).fill(`https://made.example/${'long/'.repeat(60)}`)
  if (question === 'files') {
    const broken = { name: 'broken.jpg', mimeType: 'image/jpeg', buffer: Buffer.alloc(9) }
    await page.getByLabel(said.filesChoose).setInputFiles([file, broken])
    await page.getByText(said.faultUnreadable).waitFor()
  }
  if (question === 'contact') {
    await page.getByRole('radio', { name: said.wayEmail }).check()
    await page.getByLabel(said.valueEmail).fill('made@made.example')
  }
}
