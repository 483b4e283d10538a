import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { openPage, openTrial, shoot, type Trial } from './trial/browser.ts'
import { cases } from './trial/rows.ts'
import { password, recoveryCode, token, totpCode } from './trial/server.ts'

let trial: Trial
beforeAll(async () => {
  trial = await openTrial()
}, 120_000)
afterAll(() => trial?.close())

const at = (path: string) => `${trial.server.url}/console${path}`

async function givePassword(page: Page, email: string, secret = password): Promise<void> {
  await page.getByLabel('이메일').fill(email)
  await page.getByLabel('비밀번호', { exact: true }).fill(secret)
  await page.getByRole('button', { name: '다음' }).click()
}

test('an officer signs in with password and authenticator app, and lands on the page they asked for', async () => {
  const { page, complaints } = await openPage(trial, undefined)
  await page.goto(at('/cases'))
  const field = page.getByLabel('비밀번호', { exact: true })
  // Hidden as it is typed, known to password managers, and open to what is pasted (ASVS 5.0, 6.2.6 and 6.2.7).
  expect(await field.getAttribute('type')).toBe('password')
  expect(await field.getAttribute('autocomplete')).toContain('current-password')
  expect(
    await field.evaluate(input => input.dispatchEvent(new ClipboardEvent('paste', { cancelable: true }))),
  ).toBe(true)
  await givePassword(page, 'officer@police.example', 'wrong')
  await page.getByRole('alert').getByText('이메일이나 비밀번호가 맞지 않습니다.').waitFor()
  await givePassword(page, 'officer@police.example')
  await page.getByLabel('인증번호 6자리').fill('000000')
  await page.keyboard.press('Enter')
  await page.getByRole('alert').getByText('인증번호가 맞지 않습니다.').waitFor()
  await shoot(page, 'sign-in-code')
  await page.getByLabel('인증번호 6자리').fill('123 456')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: '사건', level: 1 }).waitFor()
  expect(complaints).toEqual([])
})

test('whoever has lost the app signs in with a recovery code', async () => {
  const { page } = await openPage(trial, undefined, { language: 'en' })
  await page.goto(at('/'))
  await page.getByLabel('E-mail').fill('leader@police.example')
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByRole('button', { name: 'I cannot use the app' }).click()
  await page.getByLabel('Recovery code').fill(recoveryCode)
  await page.getByRole('button', { name: 'Confirm' }).click()
  await page.getByRole('heading', { name: 'Today', level: 1 }).waitFor()
})

test('a passkey of the device signs in without a password', async () => {
  const { page, context } = await openPage(trial, undefined)
  const devices = await context.newCDPSession(page)
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
  await page.goto(at(`/enrol#${token}`))
  await enrol(page)
  await page.getByLabel('패스키 이름').fill('시험 기기')
  await page.getByRole('button', { name: '패스키 등록' }).click()
  await page.getByRole('heading', { name: '오늘 할 일' }).waitFor()
  await context.clearCookies()
  await page.goto(at('/'))
  await page.getByRole('button', { name: '패스키로 로그인' }).click()
  await page.getByRole('heading', { name: '오늘 할 일' }).waitFor()
  expect(trial.server.asked.map(each => each.path)).toContain('/auth/passkey/verify-authentication')
})

async function enrol(page: Page): Promise<void> {
  await page.getByLabel('이름').fill('강새봄')
  await page.getByLabel('이메일').fill('new@police.example')
  await page.getByLabel('비밀번호 (12자 이상)').fill(password)
  await page.getByLabel('비밀번호 한 번 더').fill(password)
  await page.getByRole('button', { name: '계정 만들기' }).click()
}

test('an invited person enrols with the authenticator app and keeps the recovery codes', async () => {
  const { page, complaints } = await openPage(trial, undefined)
  await page.goto(at(`/enrol#${token}`))
  await page.getByRole('heading', { name: '계정 만들기' }).waitFor()
  expect(page.url(), 'the token leaves the address bar').not.toContain(token)
  await enrol(page)
  expect(trial.server.asked.findLast(each => each.path === '/enrolments')?.body).toMatchObject({
    token,
    name: '강새봄',
  })
  await page.getByLabel('비밀번호를 한 번 더 입력해 주세요').fill(password)
  await page.getByRole('button', { name: 'QR 코드 보기' }).click()
  await page.getByRole('img', { name: 'QR' }).waitFor()
  await shoot(page, 'enrol-totp')
  await page.getByLabel('인증번호 6자리').fill(totpCode)
  await page.keyboard.press('Enter')
  await page.getByText('k3v9q-2xw0m').waitFor()
  await shoot(page, 'enrol-recovery')
  await page.getByLabel('안전한 곳에 보관했습니다').check()
  await page.getByRole('button', { name: '업무 시작' }).click()
  await page.getByRole('heading', { name: '오늘 할 일' }).waitFor()
  expect(complaints).toEqual([])
})

test('a session that ends in the middle of work is taken up again, and nothing typed is lost', async () => {
  const { page, context } = await openPage(trial, 'officer')
  await page.goto(at(`/cases/${cases[0]!.case}?tab=report`))
  const typed = '내일 오후까지 확인하고 다시 알려 드리겠습니다.'
  await page.getByLabel('메시지 쓰기').fill(typed)
  await context.clearCookies()
  await page.getByRole('button', { name: '보내기' }).click()
  const dialog = page.getByRole('dialog', { name: '다시 로그인해 주세요' })
  await dialog.waitFor()
  await shoot(page, 'sign-in-again')
  await dialog.getByLabel('비밀번호', { exact: true }).fill(password)
  await dialog.getByRole('button', { name: '다음' }).click()
  await dialog.getByLabel('인증번호 6자리').fill(totpCode)
  await page.keyboard.press('Enter')
  await dialog.waitFor({ state: 'hidden' })
  expect(await page.getByLabel('메시지 쓰기').inputValue()).toBe(typed)
  await page.getByRole('button', { name: '보내기' }).click()
  await page.getByText('메시지를 보냈습니다').waitFor()
})

test('what is grave is confirmed once more and then goes on by itself; whoever does not wish to is told no', async () => {
  const { page, context } = await openPage(trial, 'commander')
  await context.addCookies([{ name: 'stale', value: '1', url: trial.server.url }])
  await page.goto(at('/access/approvals'))
  const approve = async () => {
    await page.getByRole('button', { name: '승인', exact: true }).click()
    const sure = page.getByRole('dialog', { name: '김하늘 계정을 재설정할까요?' })
    await sure.getByRole('button', { name: '승인' }).click()
    return sure
  }
  const sure = await approve()
  const confirm = page.getByRole('dialog', { name: '본인인지 한 번 더 확인해 주세요' })
  await confirm.waitFor()
  await shoot(page, 'confirm')
  await confirm.getByRole('button', { name: '취소' }).click()
  await sure.getByText('본인 확인이 한 번 더 필요합니다.').waitFor()
  await sure.getByRole('button', { name: '승인' }).click()
  await confirm.getByLabel('비밀번호', { exact: true }).fill(password)
  await confirm.getByRole('button', { name: '다음' }).click()
  await confirm.getByLabel('인증번호 6자리').fill(totpCode)
  await page.keyboard.press('Enter')
  await page.getByText('이 링크를 본인에게 직접 전해 주세요').waitFor()
  await confirm.waitFor({ state: 'hidden' })
})

test('an agency’s account signs in and leaves nothing in the address bar; at a locked desk the work stays', async () => {
  trial.server.hasAgency = true
  try {
    const { page, context, complaints } = await openPage(trial, undefined)
    await page.goto(at('/cases'))
    await page.getByRole('button', { name: '서울경찰청 계정으로 로그인' }).click()
    await page.getByRole('heading', { name: '오늘', level: 1 }).waitFor()
    expect(page.url()).not.toContain('code=')
    const returned = trial.server.asked.findLast(each => each.path.endsWith('/returns'))
    expect(returned?.body).toEqual({ code: 'once', state: 'mine', iss: 'agency' })

    await page.goto(at('/cases?find=true'))
    await page.getByRole('heading', { name: '사건', level: 1 }).waitFor()
    await page.evaluate(() => document.body.setAttribute('data-same-page', 'yes'))
    await context.addCookies([{ name: 'locked', value: '1', url: trial.server.url }])
    await page.getByRole('link', { name: '오늘' }).first().click()
    const unlock = page.getByRole('dialog').getByRole('button', { name: '서울경찰청 계정으로 로그인' })
    const opened = context.waitForEvent('page')
    await unlock.click()
    await opened
    await unlock.waitFor({ state: 'detached' })
    expect(await page.locator('body').getAttribute('data-same-page')).toBe('yes')
    expect(complaints.filter(each => !each.includes('401'))).toEqual([])
  } finally {
    trial.server.hasAgency = false
  }
})

test('an invitation is answered with an agency’s account: name and address, no password', async () => {
  trial.server.hasAgency = true
  try {
    const { page } = await openPage(trial, undefined)
    await page.goto(at(`/enrol#${token}`))
    await page.getByLabel('이름').fill('김수사')
    const enrol = page.getByRole('button', { name: '서울경찰청 계정으로 등록' })
    await enrol.click()
    expect(trial.server.asked.some(each => each.path.endsWith('seoul/enrolments'))).toBe(false)
    await page.getByLabel('이메일').fill('new@police.example')
    await enrol.click()
    await page.getByRole('heading', { name: '오늘', level: 1 }).waitFor()
    expect(trial.server.asked.findLast(each => each.path.endsWith('/enrolments'))?.body).toEqual({
      token,
      name: '김수사',
      email: 'new@police.example',
    })
  } finally {
    trial.server.hasAgency = false
  }
})

test.each([
  [1440, 'ko', '로그아웃'],
  [390, 'en', 'Sign out'],
] as const)('signing out is in sight and takes one press, at %i pixels', async (width, language, name) => {
  const { page, complaints } = await openPage(trial, 'officer', { width, language })
  await page.goto(at(`/cases/${cases[0]!.case}`))
  const button = page.getByRole('banner').getByRole('button', { name, exact: true })
  await button.waitFor()
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight))
  const box = (await button.boundingBox())!
  expect(box.x).toBeGreaterThanOrEqual(0)
  expect(box.y, 'it stays in sight when the page is scrolled').toBeGreaterThanOrEqual(0)
  expect(box.x + box.width).toBeLessThanOrEqual(width)
  await shoot(page, `sign-out-${width}`)
  await button.click()
  await page.getByLabel(language === 'ko' ? '이메일' : 'E-mail').waitFor()
  expect(trial.server.asked.map(each => each.path)).toContain('/auth/sign-out')
  expect(complaints.filter(each => !each.includes('401'))).toEqual([])
})
