import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { openLetter } from '@jikimi/seal/mailbox'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { copyOf, landscape } from '../../demo/src/media/pictures.ts'
import { freshCode, type Member } from '../../demo/src/people.ts'
import { personAt } from '../../demo/src/person.ts'
import { all, organise, work } from '../../demo/src/shift.ts'
import { words as accessWords } from '../../web/console/src/access/words.ts'
import { words as blockingWords } from '../../web/console/src/blocking/words.ts'
import { words as matchingWords } from '../../web/console/src/matching/words.ts'
import { words as receiptWords } from '../../web/portal/src/receipt/words.ts'
import { words as particularWords } from '../../web/portal/src/report/particular-words.ts'
import { words as reportWords } from '../../web/portal/src/report/words.ts'
import { words as portalWords } from '../../web/portal/src/words.ts'
import { enter } from '../../demo/src/victims.ts'
import { openStage, type StoryStage, type Visitor } from './stage.ts'

const [portal, report, receiptPage] = [portalWords.ko, reportWords.ko, receiptWords.ko]
const particular = particularWords.ko
const [sign, review, blocks] = [accessWords.ko, matchingWords.ko, blockingWords.ko]

const story = '지난달 헤어진 홍길순입니다. 바닷가에서 찍은 것이 올라왔어요.'
const message = '토요일 오전에는 답장이 어려워요. 꽃무늬 우산 이야기.'
const telephone = '010-2345-6789'
const secrets = ['홍길순', '꽃무늬', '바닷가', telephone, '23456789']

test(
  'a report on a phone leads to removal, a block and a closed case, and the log proves it',
  { timeout: 420_000 },
  async () => {
    await using stage = await openStage(25_000)
    const { product, world, studio, cast } = stage
    const picture = await landscape(7)
    const film = await studio.film(7, 6, 500_000)
    const addresses = {
      removed: world.publish('bright-board.example', '언덕', await copyOf(picture, 'encodedAgain')),
      filmed: world.publish('old-forum.example', '언덕 영상', film),
      silent: world.publish('silent-videos.example', '언덕', await copyOf(picture, 'mirrored')),
      other: world.publish('bright-board.example', '남의 풍경', await landscape(4242)),
    }

    // 1. The victim reports on a phone; what they chose never leaves the device.
    const victim = await stage.visitor(390)
    const receipt = await reportOnPhone(stage, victim, Object.values(addresses), [
      { name: 'secret-name.jpg', mimeType: picture.contentType, buffer: picture.bytes },
      {
        name: 'secret-film.webm',
        mimeType: film.contentType,
        buffer: (await studio.film(7, 6, 900_000)).bytes,
      },
    ])
    expect(receipt).toMatch(/^\d{16}$/)
    expectNothingLeft(victim, product.url, picture.bytes)

    // 2. It is a case in Seoul, and a woman has it, as was asked.
    const detective = await stage.visitor()
    await signIn(detective.page, product.url, cast.detective)
    const [file] = await eventually(
      () => all<Case>(cast.detective.person, '/cases'),
      rows => rows[0]?.officer != null,
      120_000,
      // The leader, who sees the case from outside, puts the two on its team.
      () => organise(cast.leader.person, [cast.detective.person, cast.colleague.person]),
    )
    const { rows: officers } = await cast.detective.person.get<{
      rows: { officer: string; isWoman: boolean }[]
    }>('/officers?agency=seoul')
    expect(officers.find(each => each.officer === file!.officer!.officer)?.isWoman).toBe(true)

    // 3, 4. Each address is captured and sealed; what the program cannot decide waits for an officer.
    await eventually(
      () => all<{ canonical: string }>(cast.detective.person, '/matches?state=pending'),
      rows => rows.some(row => row.canonical === addresses.other),
    )
    await decideDifferent(detective.page, product.url, addresses.other)

    // 5, 6. Notices, answers, looks; what stays up is blocked by two officers.
    const helped = { ...staffOf(stage), notTheirs: new Set([addresses.other]) }
    await eventually(
      async () => (
        await work({ ...helped, colleague: nobodyApproves(stage) }),
        all<Order>(cast.detective.person, '/block-orders?state=requested')
      ),
      rows => rows.length > 0,
      240_000,
    )
    const colleague = await stage.visitor()
    await signIn(colleague.page, product.url, cast.colleague)
    await approve(colleague.page, product.url)

    // 7. The victim sees in plain words what happened, and writes.
    const told = personAt(() => product.url)
    await enter(told, receipt)
    const progress = await eventually(
      () => told.get<Progress>('/report'),
      each => each.caseState === 'closed',
      240_000,
      () => work(helped),
    )
    const now = new Map(progress.addresses.map(each => [each.canonical, each.now]))
    expect(now.get(addresses.removed)).toBe('verified')
    expect(now.get(addresses.filmed)).toBe('verified')
    expect(now.get(addresses.silent)).toBe('blocked')
    expect(now.get(addresses.other)).toBe('notYours')
    await readWithReceipt(victim, product.url, receipt)

    // What was said is read by the team, with the key of its mailbox.
    const { person } = cast.detective
    const { report: reported } = await person.get<{ report: string }>(`/cases/${file!.case}`)
    const { identity } = await person.get<{ identity: string }>(`/reports/${reported}/mailbox`)
    const { storyLetter } = await person.get<{ storyLetter: string }>(`/reports/${reported}`)
    expect(await openLetter(storyLetter, [identity])).toBe(story)
    const { rows } = await person.get<{ rows: { letter: string }[] }>(`/reports/${reported}/messages`)
    expect(await openLetter(rows.at(-1)!.letter, [identity])).toBe(message)

    // 8. The time line shows every step, and the log verifies offline.
    const line = await all<{ kind: string }>(cast.detective.person, `/cases/${file!.case}/timeline`)
    const kinds = new Set(line.map(each => each.kind))
    for (const kind of [
      'case.opened',
      'exhibit.sealed',
      'match.confirmed',
      'match.refuted',
      'notice.sent',
      'target.verifiedDown',
      'block.approved',
      'block.published',
      'case.closed',
    ])
      expect(kinds, kind).toContain(kind)
    expect(await verified(stage)).toContain('The log is sound.')

    // Notices name nobody, and none went out twice.
    expect(world.notices.length).toBeGreaterThan(0)
    expect(new Set(world.notices.map(each => each.messageId)).size).toBe(world.notices.length)
    const outside = world.notices.map(each => `${each.subject}\n${each.text}`).join('\n')
    for (const secret of secrets) expect(outside).not.toContain(secret)

    // Nothing that anybody said is in what the product has logged.
    const log = stage.log()
    expect(log).toContain('"event":"noticeSent"')
    const hidden = [
      ...secrets,
      receipt,
      cast.detective.email,
      'secret-name',
      ...Object.values(addresses),
      ...hostNames(addresses),
    ]
    for (const secret of hidden) expect(log.includes(secret), `the log holds “${secret}”`).toBe(false)
    for (const visitor of [victim, detective, colleague])
      expect(
        visitor.sent.filter(each => !each.url.startsWith(product.url)).map(each => new URL(each.url).origin),
      ).toEqual([])
  },
)

interface Case {
  readonly case: string
  readonly officer: { readonly officer: string } | null
}
interface Order {
  readonly order: string
}
interface Progress {
  readonly caseState: string
  readonly addresses: readonly { readonly canonical: string; readonly now: string }[]
}

async function reportOnPhone(
  stage: StoryStage,
  { page }: Visitor,
  addresses: readonly string[],
  files: { name: string; mimeType: string; buffer: Buffer }[],
): Promise<string> {
  const next = () => page.getByRole('button', { name: report.next, exact: true }).click()
  const heading = (text: string) => page.locator('h1', { hasText: text }).waitFor()
  const choose = async (label: string) => (await page.getByText(label, { exact: true }).click(), next())
  await page.goto(`${stage.product.url}/`)
  await page.getByRole('button', { name: portal.report }).click()
  await heading(report.concern)
  await choose(report.concernLeak)
  await heading(report.relation)
  await choose(report.relationSelf)
  await heading(report.age)
  await choose(report.ageNo)
  await heading(particular.suspect)
  await choose(particular.suspectClose)
  await heading(report.story)
  await page.getByLabel(report.storyLabel).fill(story)
  await next()
  await heading(report.addresses)
  await page.getByLabel(report.addressesLabel).fill(addresses.join('\n'))
  await next()
  await heading(report.files)
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: report.filesChoose }).click(),
  ])
  await chooser.setFiles(files)
  await expect
    .poll(() => page.getByText(report.fileDone, { exact: true }).count(), { timeout: 60_000 })
    .toBe(files.length)
  await next()
  await heading(report.consents)
  await next()
  await heading(report.contact)
  await page.getByText(report.wayText, { exact: true }).click()
  await page.getByLabel(report.valueText).fill(telephone)
  await next()
  await heading(report.word)
  await next()
  await heading(report.woman)
  await choose(report.womanYes)
  await heading(report.region)
  await page.getByLabel(report.regionLabel).selectOption('seoul')
  await next()
  await heading(report.check)
  await page.getByRole('button', { name: report.send, exact: true }).click()
  await heading(report.received)
  return (await page.locator('.receipt').innerText()).replaceAll(/\D/g, '')
}

/** Every stretch of the file, as it is and as base64, against every body that was sent. */
function expectNothingLeft({ sent }: Visitor, origin: string, file: Buffer): void {
  const bodies = sent.flatMap(each => (each.body === null ? [] : [each.body]))
  expect(bodies.length).toBeGreaterThan(0)
  expect(sent.every(each => each.url.startsWith(origin) || each.url.startsWith(`blob:${origin}`))).toBe(true)
  for (const body of bodies) {
    expect(body.includes('secret-name')).toBe(false)
    for (let at = 0; at + 24 <= file.length; at += 240)
      expect(
        body.includes(file.subarray(at, at + 24)) ||
          body.includes(file.subarray(at, at + 24).toString('base64')),
      ).toBe(false)
  }
}

async function signIn(page: Page, url: string, member: Member): Promise<void> {
  await page.goto(`${url}/console/`)
  await page.getByLabel(sign.email).fill(member.email)
  await page.getByLabel(sign.password, { exact: true }).fill(member.password)
  await page.getByRole('button', { name: sign.next, exact: true }).click()
  await enterCode(page, member)
  await page.getByRole('navigation').first().waitFor()
}

/** A busy browser may swallow the press, and a code counts once: a person waits for the next and tries again. */
async function enterCode(page: Page, member: Member): Promise<void> {
  const code = page.getByLabel(sign.code)
  for (let tries = 0; tries < 3; tries++) {
    await code.fill(await freshCode(member.totpAddress))
    await code.press('Enter')
    const isIn = code.waitFor({ state: 'detached', timeout: 15_000 }).then(() => true)
    if (await isIn.catch(() => false)) return
  }
  throw new Error('No code opens the console.')
}

/** In the review queue: blurred and grey, and the officer says that it is not the victim's. */
async function decideDifferent(page: Page, url: string, canonical: string): Promise<void> {
  await page.goto(`${url}/console/matching`)
  const card = page
    .locator('article.match', { hasText: canonical })
    .or(page.getByRole('article', { name: canonical }))
  await card.first().getByRole('button', { name: review.different, exact: true }).click()
  await page.getByText(review.decidedDifferent).waitFor()
}

async function approve(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/console/blocking`)
  await page.getByRole('button', { name: blocks.approve, exact: true }).first().click()
  await page.getByRole('dialog').getByRole('button', { name: blocks.approveConfirm, exact: true }).click()
  await page.getByText(blocks.approved).first().waitFor()
}

async function readWithReceipt({ page }: Visitor, url: string, receipt: string): Promise<void> {
  await page.goto(`${url}/`)
  await page.getByRole('button', { name: portal.haveReceipt }).click()
  await page.getByLabel(receiptPage.entryLabel).fill(receipt.replaceAll(/(\d{4})/g, '$1 '))
  await page.getByRole('button', { name: receiptPage.open, exact: true }).click()
  await page.locator('h1', { hasText: receiptPage.title }).waitFor()
  await page.getByText(receiptPage.stateClosed).waitFor()
  await page.getByRole('button', { name: receiptPage.messages }).click()
  await page.getByLabel(receiptPage.write).fill(message)
  await page.getByRole('button', { name: receiptPage.send, exact: true }).click()
  await page.getByText(message).first().waitFor()
}

function staffOf({ cast, world }: StoryStage) {
  return {
    leader: cast.leader.person,
    detective: cast.detective.person,
    colleague: cast.colleague.person,
    world,
  }
}

/** A colleague who does nothing by the API: the approval is given in the browser. */
function nobodyApproves({ cast }: StoryStage) {
  const { person } = cast.colleague
  const none = async <T>(path: string) =>
    path.includes('state=requested') ? ({ rows: [], next: null } as T) : person.get<T>(path)
  return { ...person, get: none }
}

async function eventually<T>(
  ask: () => Promise<T>,
  isSo: (answer: T) => boolean,
  longestMs = 120_000,
  meanwhile: () => Promise<unknown> = async () => {},
): Promise<T> {
  const started = performance.now()
  for (;;) {
    await meanwhile()
    const answer = await ask()
    if (isSo(answer)) return answer
    if (performance.now() - started > longestMs)
      throw new Error(`Waited in vain: ${JSON.stringify(answer).slice(0, 2000)}`)
    await pause(500)
  }
}

/** The administrator exports the log; an outsider verifies it with the command and nothing else. */
async function verified({ cast, folder }: StoryStage): Promise<string> {
  const { person } = cast.administrator
  await eventually(
    () => person.get<{ waiting: number }>('/log/head'),
    head => head.waiting === 0,
  )
  const path = join(folder, 'log.ndjson')
  writeFileSync(path, await person.get<string>('/log/export'))
  return execFileSync(process.execPath, ['cli/src/jikimi.ts', 'verify', path], {
    encoding: 'utf8',
    env: { ...process.env, LANG: 'C', LC_ALL: 'C' },
  })
}

const hostNames = (addresses: Readonly<Record<string, string>>) =>
  Object.values(addresses).map(each => new URL(each).hostname)
