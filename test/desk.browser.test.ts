import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Browser, Page } from 'playwright-core'
import { openBrowser } from '../demo/src/media/films.ts'
import { buildConsole } from '../web/console/src/trial/build.ts'
import { startForTest } from './product.ts'

let product: Awaited<ReturnType<typeof startForTest>>
let browser: Browser
beforeAll(async () => {
  await buildConsole()
  ;[product, browser] = await Promise.all([startForTest(), openBrowser()])
}, 180_000)
afterAll(async () => {
  await browser?.close()
  await product?.[Symbol.asyncDispose]()
})

/** A person's device: it keeps a passkey and says that it has seen its owner. */
async function holdPasskey(page: Page): Promise<void> {
  const devices = await page.context().newCDPSession(page)
  await devices.send('WebAuthn.enable')
  await devices.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}

const password = 'four words in a row'
const codeOf = (page: Page, path: string) =>
  page.evaluate(async where => {
    const answer = await fetch(where)
    return answer.ok ? 'ok' : ((await answer.json()) as { code: string }).code
  }, `/api${path}`)

test('a desk that is left locks itself, the server refuses it, and its owner goes on by passkey where they were', async () => {
  const context = await browser.newContext({ locale: 'ko-KR', reducedMotion: 'reduce' })
  const page = await context.newPage()
  await page.clock.install()
  await holdPasskey(page)
  await page.goto(product.firstLink!)
  await page.getByLabel('이름').fill('강새봄')
  await page.getByLabel('이메일').fill('first@police.example')
  await page.getByLabel('비밀번호 (12자 이상)').fill(password)
  await page.getByLabel('비밀번호 한 번 더').fill(password)
  await page.getByRole('button', { name: '계정 만들기' }).click()
  await page.getByLabel('패스키 이름').fill('시험 기기')
  await page.getByRole('button', { name: '패스키 등록' }).click()
  await page.getByRole('heading', { name: '오늘 할 일' }).waitFor()

  await page.getByRole('link', { name: '계정', exact: true }).click()
  await page.getByRole('button', { name: '초대하기' }).click()
  const form = page.getByRole('dialog', { name: '새 계정 초대' })
  await form.getByLabel('이름').fill('반쯤 적은 이름')
  await page.clock.fastForward(9 * 60_000)
  expect(await codeOf(page, '/accounts')).toBe('ok')
  await page.clock.fastForward(2 * 60_000)
  const locked = page.getByRole('dialog', { name: '화면이 잠겼습니다' })
  await locked.waitFor()
  await expect.poll(() => codeOf(page, '/accounts')).toBe('access.sessionLocked')
  expect(await codeOf(page, '/session')).toBe('access.sessionLocked')
  // What lies behind is neither seen nor reached: this key would close the form.
  await page.keyboard.press('Escape')
  expect(await locked.isVisible()).toBe(true)
  const middle = await page.evaluate(() => {
    const cover = document.querySelector('.cover')
    return cover === null ? '' : getComputedStyle(cover).backgroundColor
  })
  expect(middle, 'the cover lets nothing through').toMatch(/^rgb\(/)

  await locked.getByRole('button', { name: '패스키로 로그인' }).click()
  await locked.waitFor({ state: 'hidden' })
  expect(await form.getByLabel('이름').inputValue()).toBe('반쯤 적은 이름')
  await form.getByLabel('역할').selectOption('commander')
  await form.getByRole('button', { name: '링크 만들기' }).click()
  await form.getByText('이 링크를 안전한 방법으로 전해 주세요').waitFor()
  const { rows } = await product.database.pool.query('select 1 from access.session')
  expect(rows, 'the session that was locked is gone').toHaveLength(1)
}, 120_000)
