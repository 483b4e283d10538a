import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { words as consentWords } from './consent-words.ts'
import { words as receiptWords } from './receipt/words.ts'
import { words as particularWords } from './report/particular-words.ts'
import { wordOf } from './report/questions.tsx'
import { words } from './report/words.ts'
import { axeFaults, isTooWide, keepPicture, openTrialBrowser, smallTargets, visit } from './trial/browser.ts'
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
    const consented = consentWords[language]
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
      await keepPicture(page, `portal-${language}-${seen.length}`)
    }

    await look(frame.homeTitle)
    await page.getByRole('button', { name: frame.report }).click()
    const [chosen, more] = [{ concern: said.concernThreat, age: said.ageYes }, particularWords[language]]
    let pages = 0
    for (;;) {
      const heading = await page.locator('h1').innerText()
      if (heading === said.check) break
      await fillIn(page, heading, said, file, chosen)
      await look(heading)
      pages++
      await page.getByRole('button', { name: said.next, exact: true }).click()
      await page.waitForFunction(before => document.querySelector('h1')?.textContent !== before, heading)
    }
    for (const asked of ['guardianMayKnow', 'guardianIsSuspect', 'demand', 'hasPaid', 'suspect'] as const)
      expect(seen).toContain(more[asked])
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
    await page.getByRole('button', { name: consented.title }).click()
    await page.getByRole('switch', { name: consented.banks }).waitFor()
    await look(consented.title)
    await page.getByRole('button', { name: consented.toProgress }).click()
    await page.getByRole('button', { name: told.close }).click()
    await page.getByRole('button', { name: frame.haveReceipt }).click()
    await page.getByLabel(told.entryLabel).fill(receipt.slice(1))
    await page.getByRole('button', { name: told.open }).click()
    await look(told.entry)
    expect(seen).toHaveLength(pages + 7)
    expect(visitor.complaints).toEqual([])
  },
  180_000, // axe takes a second a page and theme
)

async function fillIn(
  page: Page,
  heading: string,
  said: (typeof words)['ko'],
  file: Awaited<ReturnType<typeof madePicture>>['file'],
  chosen: { concern: string; age: string },
): Promise<void> {
  if (heading === said.concern) await page.getByRole('radio', { name: chosen.concern }).check()
  else if (heading === said.age) await page.getByRole('radio', { name: chosen.age, exact: true }).check()
  else if (heading === said.addresses)
    await page.getByLabel(said.addressesLabel).fill(`https://made.example/${'long/'.repeat(60)}`)
  else if (heading === said.files) {
    const broken = { name: 'broken.jpg', mimeType: 'image/jpeg', buffer: Buffer.alloc(9) }
    await page.getByLabel(said.filesChoose).setInputFiles([file, broken])
    await page.getByText(said.faultUnreadable).waitFor()
  } else if (heading === said.contact) {
    await page.getByRole('radio', { name: said.wayEmail }).check()
    await page.getByLabel(said.valueEmail).fill('made@made.example')
  } else if (heading !== said.relation && (await page.getByRole('radio').count()) > 0)
    await page.getByRole('radio').first().check()
}

test.each([
  ['hiddenCamera', 'relationHelper', ['actsAs', 'personKnows', 'place', 'mayStillFilm', 'suspect']],
  ['deepfake', 'relationGuardian', ['personKnows', 'faceFrom', 'suspect']],
  ['leak', 'relationOther', []],
] as const)(
  'the way of %s and %s passes axe at 320 pixels and asks what fits it',
  async (concern, relation, asked) => {
    const [said, more] = [words.ko, particularWords.ko]
    await using server = await openTrialServer()
    await using visitor = await visit(browser, server.url, { viewport: { width: 320, height: 640 } })
    const { page } = visitor
    const seen: string[] = []
    await page.getByRole('button', { name: frameWords.ko.report }).click()
    for (;;) {
      const heading = await page.locator('h1').innerText()
      if (heading === said.check) break
      const known = { concern: said[wordOf.concern[concern]], age: said.ageNo }
      if (heading === said.relation) await page.getByRole('radio', { name: said[relation] }).check()
      else if (heading === said.concern) await page.getByRole('radio', { name: known.concern }).check()
      else if (heading === said.age) await page.getByRole('radio', { name: known.age, exact: true }).check()
      else if ((await page.getByRole('radio').count()) > 0) await page.getByRole('radio').first().check()
      if (asked.some(each => more[each] === heading) || heading === said.relation) {
        expect(await axeFaults(page, 'light'), heading).toEqual([])
        expect(await isTooWide(page), heading).toBe(false)
        expect(await smallTargets(page), heading).toEqual([])
      }
      seen.push(heading)
      await page.getByRole('button', { name: said.next, exact: true }).click()
      await page.waitForFunction(before => document.querySelector('h1')?.textContent !== before, heading)
    }
    for (const each of asked) expect(seen).toContain(more[each])
    expect(seen.includes(said.files)).toBe(relation !== 'relationOther')
    await page.getByRole('button', { name: said.send }).click()
    await page.locator('h1', { hasText: said.received }).waitFor()
    const [form] = server.reports.values()
    expect(Object.keys(form!.particulars ?? {}).toSorted()).toEqual([...asked].toSorted())
    expect(visitor.complaints).toEqual([])
  },
  120_000,
)
