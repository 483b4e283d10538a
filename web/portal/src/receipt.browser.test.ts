import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { words as consentWords } from './consent-words.ts'
import { steps, words } from './receipt/words.ts'
import { expectHeading, openTrialBrowser, visit } from './trial/browser.ts'
import { addMessage, openTrialServer, readMessages, receipt, secondWord } from './trial/server.ts'
import { words as frameWords } from './words.ts'

let browser: Browser
beforeAll(async () => {
  browser = await openTrialBrowser()
})
afterAll(() => browser?.close())

const said = words.ko
const consented = consentWords.ko

async function enter(page: Page, typed = '4821 0733 9516-0042'): Promise<void> {
  await page.getByLabel(said.entryLabel).fill(typed)
  await page.getByRole('button', { name: said.open }).click()
}

test('a receipt, typed with blanks and wide digits, opens the progress of each address in plain words', async () => {
  await using server = await openTrialServer()
  await using visitor = await visit(browser, server.url)
  const { page } = visitor
  await page.getByRole('button', { name: frameWords.ko.haveReceipt }).click()
  await expectHeading(page, said.entry)
  await enter(page, '４８２１ 0733　9516–0042')
  await expectHeading(page, said.title)
  // The digits stay on the device: not even their token is in an address.
  expect(server.bodies.map(String).join()).not.toContain(receipt)
  expect(JSON.parse(server.bodies.at(-1)!.toString())).toMatchObject({ token: server.mailbox.token })
  for (const step of ['verified', 'requested', 'returned'] as const) {
    await page.locator('.now', { hasText: steps.ko[step] }).waitFor()
    await page.getByText(steps.ko[`${step}Means`]).waitFor()
  }
  await page.getByText(said.officerWoman).waitFor()
  await page.getByText(said.history).first().click()
  await page.getByText('11월 20일 오후 2:30').first().waitFor()
  // Nobody should get there by a slip of the finger.
  expect(await page.locator('main a').count()).toBe(0)
  expect(visitor.complaints).toEqual([])
})

test('an unknown receipt is told in both languages, one that is too short before it is sent', async () => {
  await using server = await openTrialServer()
  await using visitor = await visit(browser, server.url)
  const { page } = visitor
  await page.getByRole('button', { name: frameWords.ko.haveReceipt }).click()
  await enter(page, '1234')
  await page.getByText('지금 4개예요').waitFor()
  expect(server.bodies).toHaveLength(0)
  await enter(page, '0000000000000000')
  await page.getByText('접수번호가 맞지 않습니다.').waitFor()
  await page.getByRole('button', { name: frameWords.ko.otherLanguage }).click()
  await page.getByText('This receipt is not known.').waitFor()
})

test('addresses can be added, and what could not be read is told', async () => {
  await using server = await openTrialServer()
  await using visitor = await visit(browser, server.url)
  const { page } = visitor
  await page.getByRole('button', { name: frameWords.ko.haveReceipt }).click()
  await enter(page)
  await page.getByRole('button', { name: said.addSend, exact: true }).click()
  await page.getByText(said.addEmpty).waitFor()
  await page.getByLabel(said.addLabel).fill('https://again.example/1\n그 앱')
  await page.getByRole('button', { name: said.addSend, exact: true }).click()
  await page.getByText('1개를 더했어요.').waitFor()
  await page.getByText('주소로 읽지 못한 것이 1개').waitFor()
  expect(JSON.parse(server.bodies.at(-1)!.toString())).toEqual({
    addresses: ['https://again.example/1', '그 앱'],
  })
  expect(await page.getByLabel(said.addLabel).inputValue()).toBe('')
})

test('messages are read page by page and written, and a message comes after those before it', async () => {
  await using server = await openTrialServer()
  for (let i = 1; i <= 5; i++) await addMessage(server, i % 2 === 0 ? 'officer' : 'counsellor', `말 ${i}`)
  await using visitor = await visit(browser, server.url)
  const { page } = visitor
  await page.getByRole('button', { name: frameWords.ko.haveReceipt }).click()
  await enter(page)
  await page.getByRole('button', { name: '메시지 (새 메시지 1개)' }).click()
  await expectHeading(page, said.messages)
  await page.getByText('말 3').waitFor()
  await page.getByLabel(said.write).fill('고맙습니다 <b>1</b>')
  await page.getByRole('button', { name: said.send, exact: true }).click()
  await page.getByText('고맙습니다 <b>1</b>').waitFor()
  const shown = await page.locator('.messages .text').allInnerTexts()
  expect(shown).toEqual(['말 1', '말 2', '말 3', '말 4', '말 5', '고맙습니다 <b>1</b>'])
  expect(await page.getByLabel(said.write).inputValue()).toBe('')
})

test('a session that ends asks for the receipt again and keeps the message that was being written', async () => {
  await using server = await openTrialServer()
  await using visitor = await visit(browser, server.url)
  const { page } = visitor
  await page.getByRole('button', { name: frameWords.ko.haveReceipt }).click()
  await enter(page)
  await page.getByRole('button', { name: '메시지 (새 메시지 1개)' }).click()
  await page.getByLabel(said.write).fill('길게 쓴 말')
  server.isOpen = false
  await page.getByRole('button', { name: said.send, exact: true }).click()
  await page.getByText(said.entryAgain).waitFor()
  await enter(page)
  await expectHeading(page, said.messages)
  expect(await page.getByLabel(said.write).inputValue()).toBe('길게 쓴 말')
  await page.getByRole('button', { name: said.send, exact: true }).click()
  await page.getByText(said.sent).waitFor()
  expect(await readMessages(server)).toEqual(['길게 쓴 말'])
})

test('a message that could not be sent stays in its field and is sent once', async () => {
  await using server = await openTrialServer()
  await using visitor = await visit(browser, server.url)
  const { page } = visitor
  await page.getByRole('button', { name: frameWords.ko.haveReceipt }).click()
  await enter(page)
  await page.getByRole('button', { name: '메시지 (새 메시지 1개)' }).click()
  await page.getByLabel(said.write).fill('말')
  server.faults.set('POST /report/messages', 'cutBefore')
  await page.getByRole('button', { name: said.send, exact: true }).click()
  await page.getByText('인터넷에 연결되지 않았습니다').waitFor()
  expect(await page.getByLabel(said.write).inputValue()).toBe('말')
  server.faults.clear()
  await page.getByRole('button', { name: said.send, exact: true }).dblclick()
  await page.getByText(said.sent).waitFor()
  expect(server.messages).toHaveLength(1)
})

test('closing ends the session and forgets what was shown', async () => {
  await using server = await openTrialServer()
  await using visitor = await visit(browser, server.url)
  const { page } = visitor
  await page.getByRole('button', { name: frameWords.ko.haveReceipt }).click()
  await enter(page)
  await page.getByText('clips.example').waitFor()
  await page.getByRole('button', { name: said.close }).click()
  await expectHeading(page, frameWords.ko.homeTitle)
  await expect.poll(() => server.isOpen, { timeout: 10_000 }).toBe(false)
  await page.getByRole('button', { name: frameWords.ko.haveReceipt }).click()
  expect(await page.getByLabel(said.entryLabel).inputValue()).toBe('')
})

test('with a second word, what was sent is covered until it is written, and the answers are read without it', async () => {
  await using server = await openTrialServer(true)
  await addMessage(server, 'officer', '경찰이 쓴 답장')
  await using visitor = await visit(browser, server.url)
  const { page } = visitor
  await page.getByRole('button', { name: frameWords.ko.haveReceipt }).click()
  await enter(page)
  await page.getByText('주소 1', { exact: true }).waitFor()
  expect(await page.content()).not.toContain('clips.example')
  await page.getByRole('button', { name: said.messages }).click()
  await page.getByText('경찰이 쓴 답장').waitFor()
  await page.getByLabel(said.write).fill('내가 쓴 말')
  await page.getByRole('button', { name: said.send, exact: true }).click()
  await page.getByText(said.sent).waitFor()
  await page.getByText(said.coveredMessage).waitFor()
  expect(await page.locator('.messages').innerText()).not.toContain('내가 쓴 말')
  await page.getByLabel(said.coveredLabel).fill('다른 말')
  await page.getByRole('button', { name: said.coveredOpen, exact: true }).click()
  await page.getByText('‘나만 아는 말’이 맞지 않습니다.').waitFor()
  await page.getByLabel(said.coveredLabel).fill(` ${secondWord} `)
  await page.getByRole('button', { name: said.coveredOpen, exact: true }).click()
  await page.locator('.messages').getByText('내가 쓴 말').waitFor()
  await page.getByRole('button', { name: said.toProgress }).click()
  await page.getByText('clips.example').waitFor()
  expect(visitor.complaints).toEqual([])
})

test('the receipt is shown once more when it comes back for the first time', async () => {
  await using server = await openTrialServer()
  server.isFirstReturn = true
  await using visitor = await visit(browser, server.url)
  const { page } = visitor
  await page.getByRole('button', { name: frameWords.ko.haveReceipt }).click()
  await enter(page)
  await page.getByRole('heading', { name: said.againTitle }).waitFor()
  expect((await page.locator('.receipt').innerText()).replaceAll(/\D/g, '')).toBe(receipt)
  await page.getByRole('button', { name: said.againKept }).click()
  await expect.poll(() => page.locator('.receipt').count()).toBe(0)
})

test('what one consents to is switched on at once, and removal is asked about once more before it stops', async () => {
  await using server = await openTrialServer()
  await using visitor = await visit(browser, server.url)
  const { page } = visitor
  await page.getByRole('button', { name: frameWords.ko.haveReceipt }).click()
  await enter(page)
  await page.getByRole('button', { name: consented.title }).click()
  await expectHeading(page, consented.title)
  const banks = page.getByRole('switch', { name: consented.banks })
  await banks.click()
  await expect.poll(() => banks.isChecked()).toBe(true)
  const removal = page.getByRole('switch', { name: consented.removal })
  await removal.click()
  await page.getByText(consented.sureTitle).waitFor()
  expect(await removal.isChecked()).toBe(true)
  await page.getByRole('button', { name: consented.sureKeep }).click()
  expect(server.consents.find(each => each.purpose === 'removal')?.isGiven).toBe(true)
  await removal.click()
  await page.getByRole('button', { name: consented.sureStop }).click()
  await page.getByText(consented.underWay).waitFor()
  expect(await removal.isChecked()).toBe(false)
  // A connection that is cut changes nothing, and says so.
  server.faults.set('PUT /report/consents/removal', 'cutBefore')
  await removal.click()
  await page.locator('[role=alert]').waitFor()
  expect(await removal.isChecked()).toBe(false)
})

test('who has not said the second word sees what is on, and turns nothing', async () => {
  await using server = await openTrialServer(true)
  await using visitor = await visit(browser, server.url)
  const { page } = visitor
  await page.getByRole('button', { name: frameWords.ko.haveReceipt }).click()
  await enter(page)
  await page.getByRole('button', { name: consented.title }).click()
  await page.getByText(consented.covered).waitFor()
  await page.getByRole('switch', { name: consented.removal }).click({ force: true })
  expect(await page.getByText(consented.sureTitle).count()).toBe(0)
  expect(server.calls.some(each => each.method === 'PUT')).toBe(false)
})
