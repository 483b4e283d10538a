import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { keysOfReceipt, openLetter } from '@jikimi/seal/mailbox'
import type { Page } from 'playwright-core'
import { openPage, openTrial, shoot, type Trial } from './trial/browser.ts'
import { mailbox } from './trial/mailbox.ts'
import { cases, exhibits, matches, orders, targets } from './trial/rows.ts'

let trial: Trial
beforeAll(async () => {
  trial = await openTrial()
}, 120_000)
afterAll(() => trial?.close())
beforeEach(() => {
  trial.server.asked.length = 0
  trial.server.slowMs = 0
})

const at = (path: string) => `${trial.server.url}/console${path}`
const changes = () => trial.server.asked.filter(each => each.method !== 'GET')
const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { name, level: 1 }).waitFor()

test('the keyboard leads through the cases: g c, j, k, Enter, digits, /, ?', async () => {
  const { page } = await openPage(trial, 'leader')
  await page.goto(at('/'))
  await heading(page, '오늘 할 일')
  await page.keyboard.press('g')
  await page.keyboard.press('c')
  await heading(page, '사건')
  await page.locator('[data-row]').first().waitFor()
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.keyboard.press('k')
  const focused = () => page.evaluate(() => document.activeElement?.textContent)
  expect(await focused(), 'urgent cases stand first').toBe(
    cases.find(each => each.isUrgent && each.state === 'open')!.number,
  )
  await page.keyboard.press('Enter')
  await heading(page, /^2026-서울-/)
  await page.keyboard.press('7')
  await page.getByRole('tab', { name: '처리 이력', selected: true }).waitFor()
  await page.keyboard.press('/')
  await heading(page, '사건')
  await page.keyboard.type('2026-서울-00040')
  await page.waitForFunction(() => document.querySelectorAll('[data-row]').length < 12)
  await page.keyboard.press('Escape')
  await page.keyboard.press('Shift+Slash')
  const help = page.getByRole('dialog', { name: '단축키' })
  await help.waitFor()
  await shoot(page, 'shortcuts')
  await help.getByLabel('단축키 사용').uncheck()
  await page.keyboard.press('Escape')
  await page.keyboard.press('g')
  await page.keyboard.press('h')
  await heading(page, '사건')
})

test('with Korean letters switched on the same keys work', async () => {
  const { page } = await openPage(trial, 'leader')
  await page.goto(at('/cases'))
  await page.locator('[data-row]').first().waitFor()
  await page.evaluate(() =>
    document.body.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'ㅓ', code: 'KeyJ', bubbles: true, cancelable: true }),
    ),
  )
  expect(await page.evaluate(() => document.activeElement?.hasAttribute('data-row'))).toBe(true)
})

test('a double click sends once', async () => {
  trial.server.slowMs = 150
  const { page } = await openPage(trial, 'officer')
  await page.goto(at(`/cases/${cases[0]!.case}?tab=report`))
  await page.getByText('여섯 곳의 화면을 보존했고').waitFor()
  await page.getByLabel('메시지 쓰기').fill('확인했습니다.')
  await page.getByRole('button', { name: '보내기' }).dblclick()
  await page.getByText('메시지를 보냈습니다').waitFor()
  expect(changes()).toHaveLength(1)
})

test('what is written to a reporter leaves the page sealed, and what they wrote is opened in it', async () => {
  const { page } = await openPage(trial, 'officer')
  await page.goto(at(`/cases/${cases[0]!.case}?tab=report`))
  await page.getByText('가족에게는 알려지지 않았으면').waitFor()
  await page.getByText('한 곳이 더 있는데').waitFor()
  await page.getByLabel('메시지 쓰기').fill('봉인할 말')
  await page.getByRole('button', { name: '보내기' }).click()
  await page.getByText('메시지를 보냈습니다').waitFor()
  const [sent] = changes()
  expect(JSON.stringify(sent)).not.toContain('봉인할 말')
  const { letter } = sent!.body as { letter: string }
  expect(await openLetter(letter, [mailbox.identity])).toBe('봉인할 말')
})

test('a leader’s list says when removal is due and what is overdue; a known person’s case is marked', async () => {
  const { page } = await openPage(trial, 'leader')
  await page.goto(at('/cases'))
  await page.getByText('지난 기한 2').waitFor()
  await shoot(page, 'case-clocks')
  await page.goto(at(`/cases/${cases[0]!.case}?tab=people`))
  await page.getByRole('switch', { name: '널리 알려진 사람의 사건' }).click({ force: true })
  await page.getByText('표시했습니다').waitFor()
  expect(changes()).toEqual([
    { method: 'PUT', path: `/cases/${cases[0]!.case}/known-person`, body: { isKnown: true } },
  ])
})

test('a new receipt is given for a reason, shown once, and goes to the server as its token only', async () => {
  const { page } = await openPage(trial, 'officer')
  await page.goto(at(`/cases/${cases[0]!.case}?tab=report`))
  await page.getByRole('button', { name: '새 접수번호 주기' }).click()
  const dialog = page.getByRole('dialog')
  expect(await dialog.getByRole('button', { name: '새 번호 만들기' }).isDisabled()).toBe(true)
  await dialog.getByLabel('신분증이나 서류를 보았습니다').check()
  await dialog.getByRole('button', { name: '새 번호 만들기' }).click()
  const digits = (await dialog.getByLabel('새 접수번호').innerText()).replaceAll(' ', '')
  expect(digits).toMatch(/^\d{16}$/)
  expect(JSON.stringify(changes())).not.toContain(digits)
  const { token } = await keysOfReceipt(digits)
  expect(changes()[0]!.body).toMatchObject({ token, sureBy: 'document' })
})

test('an exhibit is seen as it is only for a reason, by a held button, and not for long', async () => {
  const { page } = await openPage(trial, 'officer')
  await page.clock.install()
  await page.goto(at(`/cases/${cases[0]!.case}?tab=exhibits`))
  await page.getByRole('button', { name: '그대로 보기' }).first().click()
  const hold = page.getByRole('button', { name: '1초 동안 누르고 있으면 보입니다' })
  await hold.waitFor()
  expect(await hold.isDisabled()).toBe(true)
  await page.getByLabel('신고인의 영상물인지 확인').check()
  await shoot(page, 'viewing-reason')
  await hold.hover()
  await page.mouse.down()
  await page.clock.runFor(300)
  await page.mouse.move(2, 2)
  await page.mouse.up()
  await page.clock.runFor(2000)
  expect(changes(), 'letting go too soon shows nothing').toEqual([])
  await hold.hover()
  await page.mouse.down()
  await page.clock.runFor(1100)
  const picture = page.getByRole('img', { name: '봉인을 푼 증거물' })
  await picture.waitFor()
  await shoot(page, 'viewing')
  expect(changes()).toEqual([
    { method: 'POST', path: `/exhibits/${exhibits[0]!.exhibit}/viewings`, body: { reason: 'verify' } },
  ])
  await page.clock.runFor(31_000)
  await picture.waitFor({ state: 'detached' })
})

test('a reviewer decides by keys, row by row, and has five seconds to undo it', async () => {
  const { page } = await openPage(trial, 'officer')
  await page.clock.install()
  await page.goto(at('/matching'))
  const card = (index: number) => page.locator('article.match').nth(index)
  await card(4).waitFor()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('s')
  await card(1).getByText('같은 영상물이라고 판단했습니다.').waitFor()
  expect(
    await page.evaluate(() => document.activeElement?.closest('article')?.ariaLabel),
    'the keys go on to the next one',
  ).toContain(matches[2]!.canonical)
  await page.keyboard.press('d')
  await card(2).getByText('다른 영상물이라고 판단했습니다.').waitFor()
  await shoot(page, 'review-undo')
  await card(2).getByRole('button', { name: '되돌리기' }).click()
  await card(2).getByRole('button', { name: '다른 영상물' }).waitFor()
  expect(changes()).toEqual([])
  await page.clock.runFor(6000)
  await page.getByText('삭제 대상으로 등록했습니다').waitFor()
  expect(changes()).toEqual([
    { method: 'POST', path: `/matches/${matches[1]!.match}/decisions`, body: { verdict: 'same' } },
  ])
})

test('who leaves the review has decided: nothing that was said is lost', async () => {
  const { page } = await openPage(trial, 'officer')
  await page.goto(at('/matching'))
  await page.locator('article.match').first().waitFor()
  await page.keyboard.press('j')
  await page.keyboard.press('d')
  await page.getByText('다른 영상물이라고 판단했습니다.').waitFor()
  await page.keyboard.press('g')
  await page.keyboard.press('c')
  await heading(page, '사건')
  await page.waitForTimeout(100)
  expect(changes()).toEqual([
    { method: 'POST', path: `/matches/${matches[0]!.match}/decisions`, body: { verdict: 'different' } },
  ])
})

test('a confirmed match that was wrong is taken back with a reason', async () => {
  const { page } = await openPage(trial, 'officer')
  const wrong = matches.find(each => each.state === 'confirmed')!
  await page.goto(at(`/cases/${wrong.case}?tab=matches`))
  const card = page.getByRole('article', { name: wrong.canonical })
  await card.getByRole('button', { name: '확인 취소' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('취소하는 이유').selectOption('onlyAlike')
  await dialog.getByLabel('덧붙일 말').fill('흔한 서식의 화면입니다')
  await shoot(page, 'match-take-back')
  expect(changes()).toEqual([])
  await dialog.getByRole('button', { name: '확인 취소하기' }).click()
  await dialog.waitFor({ state: 'hidden' })
  expect(changes()).toEqual([
    {
      method: 'POST',
      path: `/matches/${wrong.match}/reversal`,
      body: { reason: 'onlyAlike', words: '흔한 서식의 화면입니다' },
    },
  ])
})

test('a doubtful page is settled by what a person has seen', async () => {
  const { page } = await openPage(trial, 'officer')
  await page.goto(at(`/takedown/${targets[2]!.target}`))
  await page.getByRole('button', { name: '눈으로 확인' }).click()
  await page.getByLabel('삭제되었음').check()
  await page.getByRole('button', { name: '기록하기' }).click()
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  expect(changes()).toEqual([
    { method: 'POST', path: `/targets/${targets[2]!.target}/verdicts`, body: { verdict: 'down' } },
  ])
})

test('a block order is approved by another officer, never by who requested it', async () => {
  const { page } = await openPage(trial, 'leader')
  await page.goto(at('/blocking?state=requested'))
  await page.getByText('내가 요청함').waitFor()
  expect(await page.getByRole('button', { name: '승인', exact: true }).count()).toBe(1)
  await page.getByRole('button', { name: '승인', exact: true }).click()
  await page.getByRole('button', { name: '승인하기' }).click()
  await page.getByText('승인했습니다').waitFor()
  expect(changes().map(each => each.path)).toEqual([`/block-orders/${orders[1]!.order}/approvals`])
})

test('a proposed block is requested with statute and scope; a guarded host is not on offer', async () => {
  const { page } = await openPage(trial, 'officer')
  await page.goto(at('/blocking?state=proposed'))
  await page.getByRole('button', { name: '차단 요청' }).click()
  const dialog = page.getByRole('dialog')
  expect(await dialog.getByLabel(/사이트 전체/).isDisabled()).toBe(true)
  await dialog.getByLabel('근거 법령').selectOption('krCpa38x2')
  await dialog.getByRole('button', { name: '요청하기' }).click()
  await dialog.waitFor({ state: 'hidden' })
  expect(changes()).toEqual([
    {
      method: 'POST',
      path: `/block-orders/${orders[0]!.order}/requests`,
      body: { basis: 'krCpa38x2', scope: 'address' },
    },
  ])
})

test('each role finds its own places and no other', async () => {
  const seen: Record<string, readonly string[]> = {}
  for (const role of ['counsellor', 'commander', 'administrator'] as const) {
    const { page, context } = await openPage(trial, role, { language: 'en' })
    await page.goto(at('/'))
    await heading(page, 'Today')
    seen[role] = await page.locator('.side .place').allTextContents()
    await context.close()
  }
  const everyone = ['Emergency access', 'Approvals', 'Staffing', 'Statistics', 'Rights', 'Log']
  expect(seen).toEqual({
    counsellor: [
      'Today',
      'Cases',
      'Removals',
      'Emergency access',
      'Approvals',
      'Bodies that help',
      ...everyone.slice(2),
    ],
    commander: ['Today', 'Block orders', ...everyone],
    administrator: [
      'Today',
      'Emergency access',
      'Approvals',
      'Providers',
      'Banks',
      'Bodies that help',
      'Staffing',
      'Statistics',
      'Accounts',
      'Rights',
      'Log',
      'Operations',
    ],
  })
})

test('an invitation is shown once, as a link to hand over', async () => {
  const { page } = await openPage(trial, 'administrator')
  await page.goto(at('/access'))
  await page.getByRole('button', { name: '초대하기' }).click()
  await page.getByLabel('이름').fill('강새봄')
  await page.getByLabel('소속').selectOption('busan')
  await page.getByRole('button', { name: '링크 만들기' }).click()
  await page.getByLabel('초대 링크').waitFor()
  await shoot(page, 'invitation')
  expect(changes()).toEqual([
    { method: 'POST', path: '/invitations', body: { role: 'officer', name: '강새봄', agency: 'busan' } },
  ])
})

test('on a telephone the menu folds away and opens by a button', async () => {
  const { page } = await openPage(trial, 'officer', { width: 390 })
  await page.goto(at('/'))
  await page.getByRole('button', { name: '메뉴 열기' }).click()
  await shoot(page, 'menu-390')
  await page.getByRole('dialog').getByRole('link', { name: '사건' }).click()
  await heading(page, '사건')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
})
