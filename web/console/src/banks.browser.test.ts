import { createHash } from 'node:crypto'
import { AxeBuilder } from '@axe-core/playwright'
import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { dihedral } from '../../../packages/fingerprint/src/index.ts'
import { syntheticPicture } from '../../../packages/fingerprint/src/synthetic-picture.ts'
import { banks } from './trial/banks.ts'
import { openPage, openTrial, shoot, type Trial } from './trial/browser.ts'
import { matches } from './trial/rows.ts'
import { password, totpCode } from './trial/server.ts'
import { accountOf } from './trial/unit.ts'

let trial: Trial
beforeAll(async () => {
  trial = await openTrial()
}, 120_000)
afterAll(() => trial?.close())
beforeEach(() => {
  trial.server.asked.length = 0
  trial.server.slowMs = 0
})

// As `controls/act.tsx` has it, and a little.
const restMs = 800
const at = (path: string) => `${trial.server.url}/console${path}`
const changes = () => trial.server.asked.filter(each => each.method !== 'GET')
const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { name, level: 1 }).waitFor()
const [first] = banks
const bankAt = at.bind(null, `/matching/banks/${first!.bank}`)
const textFile = (text: string, name = 'list.txt') => ({
  name,
  mimeType: 'text/plain',
  buffer: Buffer.from(text),
})
const chooseFile = (page: Page, file: ReturnType<typeof textFile>) =>
  page.locator('input[type=file]').setInputFiles(file)

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** What axe finds in a state that a page reaches only by work. */
async function faultsOf(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().withTags(tags).analyze()
  return violations.map(each => `${each.id}: ${each.nodes.map(node => node.target.join(' ')).join(' | ')}`)
}

test('the keyboard leads to a bank; of ten thousand a page is drawn, and the last one is found by name', async () => {
  const { page } = await openPage(trial, 'leader')
  const many = Array.from({ length: 10_000 }, (_, index) => ({
    ...banks[index % 3]!,
    bank: index === 0 ? first!.bank : `0193a000-0030-7000-8000-1${String(index).padStart(11, '0')}`,
    name: `${index + 1}번째 목록`,
  }))
  await page.route(/\/api\/banks\?/, route => {
    const asked = new URL(route.request().url()).searchParams
    const from = many.findIndex(each => each.bank === asked.get('after')) + 1
    const page = many.slice(from, from + Number(asked.get('limit')))
    const next = from + page.length < many.length ? page.at(-1)!.bank : null
    return route.fulfill({ json: { rows: page, next } })
  })
  await page.goto(at('/'))
  await heading(page, '오늘 할 일')
  await page.keyboard.press('g')
  await page.keyboard.press('d')
  await heading(page, '비교 DB')
  const rows = page.locator('[data-row]')
  await rows.first().waitFor()
  expect(await rows.count()).toBe(50)
  await page.getByRole('button', { name: '더 보기' }).click()
  expect(await rows.count()).toBe(100)
  await page.keyboard.press('/')
  await page.keyboard.type('10000번째')
  await page.waitForFunction(() => document.querySelectorAll('[data-row]').length === 1)
  await page.getByLabel('이름이나 출처로 찾기').fill('없는 이름')
  await page.getByText('찾는 비교 DB가 없습니다').waitFor()
  await page.getByLabel('이름이나 출처로 찾기').fill('')
  await page.getByRole('heading', { level: 1 }).click()
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await heading(page, many[0]!.name)
})

test('a bank is made once, however often one clicks, and is switched off only after a sentence', async () => {
  trial.server.slowMs = 150
  const { page } = await openPage(trial, 'administrator')
  await page.goto(at('/matching/banks'))
  await page.getByRole('button', { name: '비교 DB 추가' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('이름').fill('제휴 목록')
  await dialog.getByLabel('출처').fill('시험 기관')
  await dialog.getByLabel('종류').selectOption('list')
  await shoot(page, 'bank-add')
  expect(await faultsOf(page)).toEqual([])
  await dialog.getByRole('button', { name: '비교 DB 추가' }).dblclick()
  await heading(page, banks[2]!.name)
  expect(changes()).toEqual([
    { method: 'POST', path: '/banks', body: { name: '제휴 목록', kind: 'list', source: '시험 기관' } },
  ])
  await page.goto(bankAt())
  await page.getByRole('button', { name: '사용 멈추기' }).click()
  expect(changes()).toHaveLength(1)
  await page.getByRole('dialog').getByRole('button', { name: '사용 멈추기' }).click()
  await page.getByText('사용을 멈췄습니다').waitFor()
  expect(changes().at(-1)).toEqual({
    method: 'PATCH',
    path: `/banks/${first!.bank}`,
    body: { isEnabled: false },
  })
})

test('limits are told in words while they are changed, crossed ones are not sent, a proposal is adopted by hand', async () => {
  const { page } = await openPage(trial, 'leader')
  await page.goto(bankAt())
  const [match, review] = [
    page.getByLabel('강한 일치로 보는 차이'),
    page.getByLabel('알려 주는 가장 큰 차이'),
  ]
  await match.fill('8')
  await page.getByText('8비트까지 ‘강한 일치’로 표시합니다. 크기나 화질만 바뀐 사본이 해당합니다.').waitFor()
  await match.fill('60')
  await page.getByText('강한 일치의 차이는 알려 주는 차이보다 클 수 없습니다.').waitFor()
  expect(await page.getByRole('button', { name: '저장' }).isDisabled()).toBe(true)
  await match.fill('24')
  await review.fill('40')
  await page.getByRole('button', { name: '저장' }).click()
  await page.getByText('저장했습니다').waitFor()
  expect(changes().at(-1)!.body).toEqual({ matchMax: 24, reviewMax: 40 })
  await page.getByRole('button', { name: '28비트로 바꾸기' }).click()
  expect(changes()).toHaveLength(1)
  await page.getByRole('dialog').getByRole('button', { name: '28비트로 바꾸기' }).click()
  await page.getByText('기준을 바꿨습니다').waitFor()
  expect(changes().at(-1)!.body).toEqual({ matchMax: 28 })
  const lines = page.getByRole('table', { name: '기준을 어디에 둘까' }).getByRole('row')
  expect(await lines.nth(5).allInnerTexts(), 'all columns count up to the distance').toEqual([
    expect.stringMatching(/28비트까지\s+79\s+2\s+97%\s+92%\s+94%/),
  ])
})

const hashes = (count: number) =>
  Array.from({ length: count }, (_, index) => createHash('sha256').update(`${index}`).digest('hex'))

test('a list is read first, and only a second press brings it in, once', async () => {
  trial.server.slowMs = 100
  const { page } = await openPage(trial, 'leader')
  await page.goto(bankAt())
  await chooseFile(page, textFile(['# a list', ...hashes(3), 'no hash'].join('\n')))
  await page.getByLabel('출처의 의견').selectOption('confirmed')
  await page.getByRole('button', { name: '읽어 보기' }).dblclick()
  await page.getByText('3개를 읽을 수 있습니다. 아직 아무것도 등록하지 않았습니다.').waitFor()
  await page.getByText('길이가 다르거나').waitFor()
  expect(changes().map(each => (each.body as { isTrial: boolean }).isTrial)).toEqual([true])
  await shoot(page, 'list-tried')
  expect(await faultsOf(page)).toEqual([])
  expect(changes(), 'the second half of a double click is not the next press').toHaveLength(1)
  await page.waitForTimeout(restMs)
  await page.getByRole('button', { name: '3개 등록하기' }).dblclick()
  await page.getByText('등록을 마쳤습니다.').waitFor()
  await shoot(page, 'list-done')
  expect(changes()).toHaveLength(2)
  expect(changes()[1]).toMatchObject({
    path: `/banks/${first!.bank}/imports`,
    body: { form: 'values', algorithm: 'pdq', opinion: 'confirmed', isTrial: false },
  })
  await page.waitForTimeout(restMs)
  await page.getByLabel('파일에 담긴 것').selectOption('md5')
  await page.getByRole('button', { name: '읽어 보기' }).waitFor()
  await chooseFile(page, { ...textFile(''), buffer: Buffer.from([0xff, 0xd8, 0xff, 0xe0]) })
  await page.getByRole('button', { name: '읽어 보기' }).click()
  await page.getByText('글자로 된 파일이 아닙니다.').waitFor()
})

test('a long list goes in by parts, and goes on where the network or the session broke off', async () => {
  const { page } = await openPage(trial, 'leader')
  await page.goto(bankAt())
  await chooseFile(page, textFile(hashes(12_000).join('\n')))
  await page.getByRole('button', { name: '읽어 보기' }).click()
  await page.getByRole('button', { name: '12,000개 등록하기' }).waitFor()
  expect(changes()).toHaveLength(3)
  trial.server.asked.length = 0
  const imports = /\/api\/banks\/[^/]+\/imports$/
  let calls = 0
  await page.route(imports, route => {
    calls += 1
    return calls === 2 ? route.abort() : route.continue()
  })
  await page.waitForTimeout(restMs)
  await page.getByRole('button', { name: '12,000개 등록하기' }).click()
  await page.getByText('33%에서 멈췄습니다. 등록한 것은 그대로 있고').waitFor()
  await shoot(page, 'list-stopped')
  await page.unroute(imports)
  await page.route(imports, route =>
    route.fulfill({ status: 401, contentType: 'application/problem+json', body: JSON.stringify(signedOut) }),
  )
  await page.waitForTimeout(restMs)
  await page.getByRole('button', { name: '이어서 등록하기' }).click()
  const door = page.getByRole('dialog', { name: '다시 로그인해 주세요' })
  await door.waitFor()
  await page.unroute(imports)
  await door.getByLabel('이메일').fill('leader@police.example')
  await door.getByLabel('비밀번호', { exact: true }).fill(password)
  await door.getByRole('button', { name: '다음' }).click()
  await door.getByLabel('인증번호 6자리').fill(totpCode)
  await door.getByRole('button', { name: '확인' }).click()
  await door.waitFor({ state: 'hidden' })
  await page.waitForTimeout(restMs)
  await page.getByRole('button', { name: '이어서 등록하기' }).click()
  await page.getByText('등록을 마쳤습니다.').waitFor()
  const sent = changes().filter(each => each.path.endsWith('/imports'))
  expect(sent.map(each => (each.body as { text: string }).text.split('\n').length)).toEqual([
    4000, 4000, 4000,
  ])
})
const signedOut = { code: 'access.notSignedIn', status: 401, sentences: { ko: '로그인', en: 'Sign in' } }

test('a value is looked up; the answer says where and how near, and a leader withdraws it', async () => {
  const { page } = await openPage(trial, 'leader')
  await page.goto(at('/matching/look-up'))
  const field = page.getByLabel('식별값 또는 해시')
  await field.fill('xyz')
  await page.getByText('16진수 32자(MD5)').waitFor()
  const value = '0'.repeat(64)
  await field.fill(value)
  await page.getByLabel('사진 식별값 (PDQ)').waitFor()
  await page.getByRole('button', { name: '조회' }).click()
  await page.getByText('3곳에 있습니다').waitFor()
  await shoot(page, 'look-up-hits')
  expect(await faultsOf(page)).toEqual([])
  await page.setViewportSize({ width: 390, height: 844 })
  await shoot(page, 'look-up-hits-390')
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
  await page.setViewportSize({ width: 1440, height: 900 })
  expect(await page.locator('main table').innerText()).not.toContain(value)
  await page.getByLabel('SHA-256', { exact: true }).check()
  await page.waitForTimeout(restMs)
  await page.getByRole('button', { name: '조회' }).click()
  await page.waitForTimeout(300)
  expect(changes().map(each => each.body)).toEqual([{ fingerprint: value }, { digest: value }])
  await page.getByRole('button', { name: '철회' }).first().click()
  await page.getByRole('dialog').getByRole('button', { name: '철회' }).click()
  await page.getByText('2곳에 있습니다').waitFor()
  expect(changes().at(-1)).toMatchObject({ method: 'DELETE' })
  // A press so soon after the last one counts as its second half.
  await page.waitForTimeout(restMs)
  await field.fill('a'.repeat(40))
  await page.getByRole('button', { name: '조회' }).click()
  await page.getByText('문제가 없는 영상물이라는 뜻은 아닙니다').waitFor()
})

test('a file is hashed on the device: what leaves is hex, the same as the server would make', async () => {
  const { data, channels } = syntheticPicture(4, 640, 480)
  const picture = await sharp(data, { raw: { width: 640, height: 480, channels } })
    .png()
    .toBuffer()
  const pixels = await sharp(picture).removeAlpha().raw().toBuffer()
  const made = dihedral({ width: 640, height: 480, channels: 3, data: pixels })
  const digestsOf = (bytes: Buffer) =>
    ['md5', 'sha1', 'sha256'].map(name => createHash(name).update(bytes).digest('hex'))
  const { page, complaints } = await openPage(trial, 'officer')
  await page.goto(at('/matching/look-up'))
  await chooseFile(page, { name: 'a.png', mimeType: 'image/png', buffer: picture })
  await page.getByText('a.png 조회 결과').waitFor()
  expect(changes().map(each => each.body)).toEqual([
    {
      file: {
        digests: digestsOf(picture),
        turns: [...new Set(Object.values(made.hashes))],
        quality: made.quality,
      },
    },
  ])
  const film = Buffer.from('no film, but some bytes')
  await page.waitForTimeout(restMs)
  await chooseFile(page, { name: 'b.mp4', mimeType: 'video/mp4', buffer: film })
  await page.getByText('사진이 아니므로 같은 파일만 찾았습니다').waitFor()
  expect(changes()[1]!.body).toEqual({ file: { digests: digestsOf(film), turns: [] } })
  expect(complaints).toEqual([])
})

test('who has agreed first to what a bank knows waits for another; another one decides', async () => {
  const listed = matches.find(each => each.kind === 'listed')!
  const agreed = { by: accountOf('officer').account, at: listed.foundAt }
  for (const [role, mayAgree] of [
    ['officer', false],
    ['leader', true],
  ] as const) {
    const { page, context } = await openPage(trial, role)
    await page.route(/\/api\/matches\?/, route =>
      route.fulfill({ json: { rows: [{ ...listed, agreed }], next: null } }),
    )
    await page.goto(at('/matching'))
    await page.getByText('한 사람이 확인함').waitFor()
    await shoot(page, `review-agreed-${role}`)
    expect(await page.getByRole('button', { name: '같은 영상물' }).count()).toBe(mayAgree ? 1 : 0)
    expect(await page.getByRole('button', { name: '다른 영상물' }).count()).toBe(1)
    await context.close()
  }
})
