import type { Browser, FileChooser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pdq } from '@jikimi/fingerprint'
import { elsewhere } from './leave.ts'
import { words as consentWords } from './consent-words.ts'
import { words as receiptWords } from './receipt/words.ts'
import { words as particularWords } from './report/particular-words.ts'
import { words } from './report/words.ts'
import { expectHeading, openTrialBrowser, tabTo, traces, visit } from './trial/browser.ts'
import { madePicture } from '@jikimi/shared/trial/media.ts'
import { openTrialServer, readForm, type TrialServer } from './trial/server.ts'
import { words as frameWords } from './words.ts'

let browser: Browser
beforeAll(async () => {
  browser = await openTrialBrowser()
})
afterAll(() => browser?.close())

const locales = { ko: 'ko-KR', en: 'en-US' } as const

test.each(['ko', 'en'] as const)('a report is made by keyboard alone on a phone (%s)', async language => {
  const [said, frame] = [words[language], frameWords[language]]
  const [more, consented] = [particularWords[language], consentWords[language]]
  await using server = await openTrialServer()
  await using visitor = await visit(browser, server.url, { locale: locales[language] })
  const { page } = visitor
  const { file, pixels } = await madePicture(7, 900, 640, 'my-secret-name.png')
  const historyLength = await page.evaluate(() => history.length)
  const next = async () => {
    await tabTo(page, said.next)
    await page.keyboard.press('Enter')
  }
  const choose = async (label: string) => {
    await tabTo(page, /./u)
    await page.locator('input[type=radio]').first().focus()
    for (let i = 0; i < 8 && !(await isChecked(page, label)); i++) {
      await page.keyboard.press(i === 0 ? 'Space' : 'ArrowDown')
    }
    expect(await isChecked(page, label)).toBe(true)
  }

  await tabTo(page, frame.report)
  await page.keyboard.press('Enter')
  await expectHeading(page, said.concern)
  await choose(said.concernLeak)
  await next()
  await expectHeading(page, said.relation)
  await choose(said.relationSelf)
  await next()
  await expectHeading(page, said.age)
  await choose(said.ageYes)
  await next()
  await expectHeading(page, more.guardianMayKnow)
  await choose(more.guardianNo)
  await next()
  await expectHeading(page, more.guardianIsSuspect)
  await next()
  await expectHeading(page, more.suspect)
  await choose(more.suspectClose)
  await next()
  await expectHeading(page, said.story)
  await tabTo(page, said.storyLabel)
  await page.keyboard.type('A made story. 지어낸 이야기.')
  await next()
  await expectHeading(page, said.addresses)
  await tabTo(page, said.addressesLabel)
  await page.keyboard.type(
    'https://clips.example/watch/1\nsee this: https://board.example/t/2.\nnot an address',
  )
  await next()
  await expectHeading(page, said.files)
  await tabTo(page, said.filesChoose)
  const chooser = await openChooser(page)
  await chooser.setFiles(file)
  await page.getByText(said.fileDone, { exact: true }).waitFor()
  await next()
  await expectHeading(page, said.consents)
  await tabTo(page, consented.banks)
  await page.keyboard.press('Space')
  await next()
  await expectHeading(page, said.contact)
  await choose(said.wayText)
  await next()
  await page.getByText(said.valueMissingPhone).waitFor()
  // The field gets the focus just after the message stands there.
  await page.locator('input:focus').waitFor()
  await page.keyboard.type('010-0000-0000')
  await next()
  await expectHeading(page, said.word)
  await tabTo(page, said.wordLabel)
  await page.keyboard.type('A spring day')
  await next()
  await expectHeading(page, said.woman)
  await choose(said.womanYes)
  await next()
  await expectHeading(page, said.region)
  await tabTo(page, said.regionLabel)
  await expect.poll(() => page.locator('option').count(), { timeout: 10_000 }).toBeGreaterThan(1)
  await page.keyboard.press('ArrowDown')
  await next()
  await expectHeading(page, said.check)
  await tabTo(page, said.send)
  await page.keyboard.press('Enter')
  await expectHeading(page, said.received)
  expect((await page.locator('.receipt').innerText()).replaceAll(/\D/g, '')).toMatch(/^\d{16}$/)

  const [form] = server.reports.values()
  const { hash, quality } = pdq(pixels)
  expect(form!.mailbox.wordToken).toMatch(/^[0-9a-f]{64}$/)
  expect(await readForm(form!)).toEqual({
    language,
    concern: 'leak',
    relation: 'self',
    ageUnder18: true,
    particulars: { guardianMayKnow: 'no', suspect: 'close' },
    consents: { removal: true, investigation: null, banks: true, abroad: null },
    region: 'seoul',
    story: 'A made story. 지어낸 이야기.',
    wantsWoman: true,
    contact: { way: 'text', value: '010-0000-0000' },
    addresses: ['https://clips.example/watch/1', 'https://board.example/t/2', 'not an address'],
    // A smooth picture: its parts are left out.
    fingerprints: [{ kind: 'picture', profile: 'pdq-512/1', hash, quality, windows: [] }],
  })
  expectNothingLeft(server, file.buffer, 'my-secret-name')
  expect(visitor.requests.every(each => each.url.startsWith(server.url))).toBe(true)
  expect(visitor.complaints).toEqual([])
  expect(await traces(page)).toEqual({
    ...nothing,
    title: frame.title,
  })
  expect(await page.evaluate(() => history.length)).toBe(historyLength)
})

/** A busy browser may swallow the first press; a person presses again. */
async function openChooser(page: Page): Promise<FileChooser> {
  for (let presses = 0; presses < 3; presses++) {
    const waiting = page.waitForEvent('filechooser', { timeout: 5_000 }).catch(() => undefined)
    await page.keyboard.press('Enter')
    const chooser = await waiting
    if (chooser !== undefined) return chooser
  }
  throw new Error('Enter does not open the choice of files.')
}

const nothing = {
  local: 0,
  session: 0,
  cookies: '',
  databases: 0,
  caches: 0,
  workers: 0,
  address: '/',
  state: null,
}

function isChecked(page: Page, label: string): Promise<boolean> {
  return page.getByRole('radio', { name: label, exact: true }).isChecked()
}

/** One body, the report, and neither the file's name nor any stretch of its bytes in it. */
function expectNothingLeft(server: TrialServer, file: Buffer, name: string): void {
  expect(server.bodies).toHaveLength(1)
  const sent = server.bodies[0]!
  // Most of it are the public keys of the mailbox and the sealed story.
  expect(sent.length).toBeLessThan(18_000)
  expect(sent.includes(name)).toBe(false)
  for (let at = 0; at + 24 <= file.length; at += 24) {
    const stretch = file.subarray(at, at + 24)
    expect(sent.includes(stretch) || sent.includes(stretch.toString('base64').slice(0, 30))).toBe(false)
  }
}

/** Passes over every question to the overview. */
async function skipToCheck(page: Page): Promise<void> {
  await page.getByRole('button', { name: frameWords.ko.report }).click()
  while (!(await page.locator('h1', { hasText: words.ko.check }).isVisible())) {
    await page.getByRole('button', { name: words.ko.next, exact: true }).click()
  }
}

test('everything can be skipped, and what was passed over claims least', async () => {
  await using server = await openTrialServer()
  await using visitor = await visit(browser, server.url)
  await skipToCheck(visitor.page)
  await visitor.page.getByRole('button', { name: words.ko.send }).click()
  await expectHeading(visitor.page, words.ko.received)
  expect(await Promise.all([...server.reports.values()].map(readForm))).toEqual([
    {
      language: 'ko',
      concern: 'other',
      relation: 'self',
      ageUnder18: null,
      particulars: {},
      consents: { removal: true, investigation: null, banks: null, abroad: null },
      region: null,
      story: '',
      wantsWoman: false,
      contact: { way: 'receiptOnly' },
      addresses: [],
      fingerprints: [],
    },
  ])
})

test('back loses nothing, nor does the other language', async () => {
  await using server = await openTrialServer()
  await using visitor = await visit(browser, server.url)
  const { page } = visitor
  await page.getByRole('button', { name: frameWords.ko.report }).click()
  await page.getByRole('radio', { name: words.ko.concernThreat }).check()
  await page.getByText(words.ko.adviceThreat).waitFor()
  await page.getByRole('button', { name: words.ko.next, exact: true }).click()
  await page.getByRole('radio', { name: words.ko.relationGuardian }).check()
  await page.getByRole('button', { name: frameWords.ko.otherLanguage }).click()
  await page.getByRole('button', { name: frameWords.en.back, exact: true }).click()
  expect(await isChecked(page, words.en.concernThreat)).toBe(true)
  await page.getByRole('button', { name: frameWords.en.back, exact: true }).click()
  await page.getByRole('button', { name: frameWords.en.report }).click()
  expect(await isChecked(page, words.en.concernThreat)).toBe(true)
  await page.getByRole('button', { name: words.en.next, exact: true }).click()
  expect(await isChecked(page, words.en.relationGuardian)).toBe(true)
})

test('an answer changed from the overview leads back to it', async () => {
  await using server = await openTrialServer()
  await using visitor = await visit(browser, server.url)
  const { page } = visitor
  await skipToCheck(page)
  await page.getByRole('button', { name: '고치기: 있었던 일' }).click()
  await page.getByRole('radio', { name: words.ko.concernMinor }).check()
  await page.getByRole('button', { name: words.ko.toCheck }).click()
  await expectHeading(page, words.ko.check)
  await page.getByText(words.ko.concernMinor).waitFor()
  await page.getByRole('button', { name: words.ko.send }).click()
  await expectHeading(page, words.ko.received)
  expect([...server.reports.values()][0]).toMatchObject({ concern: 'minor', ageUnder18: true })
})

test('a double click sends once, and a lost answer is asked for again under the same key', async () => {
  await using server = await openTrialServer()
  await using visitor = await visit(browser, server.url)
  const { page } = visitor
  await skipToCheck(page)
  server.faults.set('POST /reports', 'cutAfter')
  await page.getByRole('button', { name: words.ko.send }).dblclick()
  await expect.poll(() => server.reports.size, { timeout: 10_000 }).toBe(1)
  server.faults.clear()
  await expectHeading(page, words.ko.received)
  const posts = server.calls.filter(each => each.path === '/api/reports')
  expect(posts.length).toBeGreaterThan(1)
  expect(new Set(posts.map(each => each.key)).size).toBe(1)
  expect(server.reports.size).toBe(1)
})

test('a double click on a good line is one request', async () => {
  await using server = await openTrialServer()
  await using visitor = await visit(browser, server.url)
  await skipToCheck(visitor.page)
  await visitor.page.getByRole('button', { name: words.ko.send }).dblclick()
  await expectHeading(visitor.page, words.ko.received)
  expect(server.calls.filter(each => each.path === '/api/reports')).toHaveLength(1)
})

test('without a connection everything stays, and is offered to be sent again', async () => {
  await using server = await openTrialServer()
  await using visitor = await visit(browser, server.url)
  const { page } = visitor
  server.faults.set('POST /reports', 'cutBefore')
  await skipToCheck(page)
  await page.getByRole('button', { name: words.ko.send }).click()
  await page.getByText(words.ko.kept).waitFor()
  await page.getByText('인터넷에 연결되지 않았습니다').waitFor()
  expect(server.reports.size).toBe(0)
  server.faults.clear()
  await page.getByRole('button', { name: words.ko.sendAgain }).click()
  await expectHeading(page, words.ko.received)
  expect(server.reports.size).toBe(1)
})

test('a form changed after its answer was lost can be sent as a new report', async () => {
  await using server = await openTrialServer()
  await using visitor = await visit(browser, server.url)
  const { page } = visitor
  server.faults.set('POST /reports', 'cutAfter')
  await skipToCheck(page)
  await page.getByRole('button', { name: words.ko.send }).click()
  await page.getByText(words.ko.kept).waitFor()
  server.faults.clear()
  await page.getByRole('button', { name: '고치기: 설명' }).click()
  await page.getByLabel(words.ko.storyLabel).fill('더 적은 말')
  await page.getByRole('button', { name: words.ko.toCheck }).click()
  await page.getByRole('button', { name: words.ko.send }).click()
  await page.getByRole('button', { name: words.ko.sendAsNew }).click()
  await expectHeading(page, words.ko.received)
  const told = await Promise.all([...server.reports.values()].map(readForm))
  expect(told.map(form => form.story)).toEqual(['', '더 적은 말'])
  // A new report has a receipt of its own.
  expect(new Set([...server.reports.values()].map(form => form.mailbox.token)).size).toBe(2)
})

test('a receipt is shown once, can be copied and saved, and names lines that could not be read', async () => {
  await using server = await openTrialServer()
  await using visitor = await visit(browser, server.url, {
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  const { page } = visitor
  await page.getByRole('button', { name: frameWords.ko.report }).click()
  while (!(await page.locator('h1', { hasText: words.ko.addresses }).isVisible())) {
    await page.getByRole('button', { name: words.ko.skip }).click()
  }
  await page.getByLabel(words.ko.addressesLabel).fill('어떤 앱, 아이디 abc')
  while (!(await page.locator('h1', { hasText: words.ko.check }).isVisible())) {
    await page.getByRole('button', { name: words.ko.next, exact: true }).click()
  }
  await page.getByRole('button', { name: words.ko.send }).click()
  await expectHeading(page, words.ko.received)
  await page.getByRole('heading', { name: words.ko.refusedTitle }).waitFor()
  await page.getByText('어떤 앱, 아이디 abc').waitFor()
  await page.getByRole('button', { name: words.ko.copy }).click()
  await page.getByText(words.ko.copied).waitFor()
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  expect(copied).toMatch(/^\d{4} \d{4} \d{4} \d{4}$/)
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: words.ko.save }).click(),
  ])
  expect(download.suggestedFilename()).toBe('메모.txt')
  await page.getByRole('button', { name: words.ko.written }).click()
  await page.getByRole('heading', { level: 1, name: '진행 상황' }).waitFor()
  // Once more, since people click past it; then no more.
  await page.getByRole('button', { name: receiptWords.ko.againKept }).click()
  await expect.poll(() => page.content()).not.toContain(copied.slice(5, 9))
})

test('three presses of Escape lead away at once, close the session and leave no way back', async () => {
  await using server = await openTrialServer()
  await using visitor = await visit(browser, server.url)
  const { page } = visitor
  await page.route(`${elsewhere}**`, route =>
    route.fulfill({ contentType: 'text/html', body: '<h1>weather</h1>' }),
  )
  await skipToCheck(page)
  await page.getByRole('button', { name: words.ko.send }).click()
  await expectHeading(page, words.ko.received)
  const historyLength = await page.evaluate(() => history.length)
  for (let i = 0; i < 3; i++) await page.keyboard.press('Escape')
  await page.waitForURL(elsewhere)
  expect(await page.evaluate(() => history.length)).toBe(historyLength)
  await expect.poll(() => server.calls.at(-1)?.method, { timeout: 10_000 }).toBe('DELETE')
})

test('the button leads away from the middle of a report without asking', async () => {
  await using server = await openTrialServer()
  await using visitor = await visit(browser, server.url)
  const { page } = visitor
  page.on('dialog', dialog => void dialog.dismiss())
  await page.route(`${elsewhere}**`, route =>
    route.fulfill({ contentType: 'text/html', body: '<h1>weather</h1>' }),
  )
  await page.getByRole('button', { name: frameWords.ko.report }).click()
  await page.getByRole('radio', { name: words.ko.concernThreat }).check()
  await page.getByRole('button', { name: frameWords.ko.leave }).click()
  await page.waitForURL(elsewhere)
  expect(server.bodies).toEqual([])
})

test('without scripts the page still gives the numbers to call', async () => {
  await using server = await openTrialServer()
  await using visitor = await visit(browser, server.url, { javaScriptEnabled: false })
  for (const number of ['112', '1366', '02-735-8994', '117']) {
    await visitor.page.getByRole('link', { name: number, exact: true }).first().waitFor()
  }
})
