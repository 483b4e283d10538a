import { expect, test } from 'vitest'
import { addressesWithSteps } from '#intake'
import { caseRow, reportOfCase } from '#cases'
import { on } from '#platform/jobs'
import type { AddressId, CaseId } from '#platform/ids'
import { hourMs } from '#platform/time'
import { openTrial, type Trial } from '#platform/trial'
import { openOne, openPlace, picture, pictureHost, room, type Place, type SentMail } from './given.ts'
import { jobs } from './jobs.ts'
import { addProvider } from './provider.ts'
import { receiveMail } from './reply.ts'
import type { NewProvider } from './schema.ts'
import { decide } from './target.ts'

const heard = async () => {}
const procedure = [
  on('case.opened', 'matching', heard),
  on('address.opened', 'evidence', heard),
  on('target.exhausted', 'blocking', heard),
  on('target.settled', 'blocking', heard),
]
const openDesk = () => openTrial({ procedure, jobs })

const provider = (domain: string, change: Partial<NewProvider> = {}): NewProvider => ({
  name: domain,
  kind: 'platform',
  country: 'KR',
  domains: [domain],
  channels: [{ type: 'mail', address: `abuse@${domain}`, language: 'ko' }],
  ...change,
})
const know = (trial: Trial, given: NewProvider) => trial.as(room).do(tx => addProvider(tx, given))

async function stepsOf(trial: Trial, given: { case: CaseId; address: AddressId }): Promise<string[]> {
  return trial.as(room).see(async tx => {
    const addresses = await addressesWithSteps(tx, await reportOfCase(tx, given.case))
    return addresses.find(each => each.address === given.address)!.steps.map(each => each.step)
  })
}
const told = async (trial: Trial) =>
  (await trial.queued()).map(each => each.queue).filter(queue => queue.startsWith('target.'))

/** The provider's answer, as its mail program would write it. */
function answerTo(mail: SentMail, text: string, headers: readonly string[] = []): Buffer {
  const lines = [
    'From: Abuse desk <abuse@removes.example>',
    'To: takedown@jikimi.example',
    `Subject: Re: request`,
    `In-Reply-To: ${mail.messageId}`,
    'Content-Type: text/plain; charset=utf-8',
    ...headers,
    '',
    text,
  ]
  return Buffer.from(lines.join('\r\n'))
}
const answer = (trial: Trial, place: Place, mail: SentMail, text: string, headers?: readonly string[]) =>
  receiveMail({ database: trial.database, world: place.world }, answerTo(mail, text, headers), [mail.replyTo])

test('a host that removes after its notice: asked in its form, looked at, and believed when it was seen twice', async () => {
  await using trial = await openDesk()
  await using place = await openPlace(trial)
  const file = await picture(1)
  let isUp = true
  place.hosts.set(
    'removes.example',
    pictureHost(
      () => isUp,
      () => file,
    ),
  )
  await know(trial, provider('removes.example'))
  const one = await openOne(trial, `http://board.removes.example:${place.port}/p/1`, file)
  place.hosts.set('board.removes.example', place.hosts.get('removes.example')!)
  await place.settle()
  expect(await one.read()).toMatchObject({
    state: 'noticed',
    rung: 1,
    round: 1,
    verdict: 'upSame',
    basis: 'krSvpa14',
    provider: { name: 'removes.example' },
  })
  expect(place.sent).toHaveLength(1)
  expect(place.sent[0]).toMatchObject({
    to: 'abuse@removes.example',
    subject: expect.stringContaining('불법촬영물등 유통 신고ㆍ삭제요청서'),
  })
  expect(place.sent[0]!.text).toContain(`http://board.removes.example:${place.port}/p/1`)
  expect(place.sent[0]!.text).toContain('서울')
  expect(place.sent[0]!.replyTo).toMatch(/^takedown\+[\w-]{16,}@jikimi\.example$/)

  isUp = false
  await place.pass(1)
  expect(await one.read()).toMatchObject({ state: 'downOnce', verdict: 'downHard' })
  await place.pass(5)
  expect(await one.read()).toMatchObject({ state: 'downOnce' })
  await place.pass(1)
  const read = await one.read()
  expect(read).toMatchObject({ state: 'verifiedDown', clockEndsAt: null, attention: null })
  expect(
    new Set(read.rechecks.filter(each => each.verdict === 'downHard').map(each => each.vantage)).size,
  ).toBe(2)
  expect(await told(trial)).toEqual(['target.settled/blocking'])
  expect(await stepsOf(trial, one)).toEqual(['received', 'requested', 'removed', 'verified'])
  expect(await trial.as(room).see(tx => caseRow(tx, one.case))).toMatchObject({ state: 'closed' })
  expect(place.sent).toHaveLength(1)
})

test('a host that answers 200 for what is gone: compared with its page for an address that never was', async () => {
  await using trial = await openDesk()
  await using place = await openPlace(trial)
  const file = await picture(2)
  let isUp = true
  const words = Array.from({ length: 80 }, (_, index) => `낱말${String.fromCodePoint(0xac00 + index)}`).join(
    ' ',
  )
  const front = { body: `<title>Board</title><p>${words}</p>` }
  place.hosts.set(
    'soft.example',
    path =>
      pictureHost(
        () => isUp,
        () => file,
        front,
      )(path) ?? front,
  )
  await know(trial, provider('soft.example'))
  const one = await openOne(trial, `http://soft.example:${place.port}/p/1`, file)
  await place.settle()
  isUp = false
  await place.pass(1)
  expect(await one.read()).toMatchObject({ state: 'downOnce', verdict: 'downSoft' })
  await place.pass(6, 6)
  expect(await one.read()).toMatchObject({ state: 'verifiedDown', verdict: 'downSoft' })
})

test('a page that only may be gone waits for a person, whose word is one look', async () => {
  await using trial = await openDesk()
  await using place = await openPlace(trial)
  const file = await picture(3)
  let isUp = true
  place.hosts.set(
    'doubt.example',
    pictureHost(
      () => isUp,
      () => file,
      {
        body: `<title>A board</title>${'words of another story. '.repeat(120)} The old one was removed by its author.`,
      },
    ),
  )
  await know(trial, provider('doubt.example'))
  const one = await openOne(trial, `http://doubt.example:${place.port}/p/1`, file)
  await place.settle()
  isUp = false
  await place.pass(1)
  expect(await one.read()).toMatchObject({
    state: 'suspectedDown',
    attention: 'softDown',
    verdict: 'downSoft',
  })
  await place.pass(30, 10)
  expect(place.sent).toHaveLength(1)
  await trial.as(room).do(tx => decide(tx, one.target, 'down'))
  expect(await one.read()).toMatchObject({ state: 'downOnce', attention: null })
  await trial.as(room).do(tx => decide(tx, one.target, 'up'))
  expect(await one.read()).toMatchObject({ state: 'noticed' })
})

test('a host that refuses by reply: the next rung at once, with the network’s contact from RDAP', async () => {
  await using trial = await openDesk()
  await using place = await openPlace(trial)
  const file = await picture(4)
  place.hosts.set(
    'refuses.example',
    pictureHost(
      () => true,
      () => file,
    ),
  )
  place.hosts.set('rdap.example', path =>
    path === '/ip/127.0.0.1'
      ? { type: 'application/rdap+json', body: rdapAnswer('abuse@network.example') }
      : undefined,
  )
  await know(
    trial,
    provider('refuses.example', {
      country: 'US',
      channels: [{ type: 'mail', address: 'dmca@refuses.example', language: 'en' }],
    }),
  )
  const one = await openOne(trial, `http://refuses.example:${place.port}/p/1`, file)
  await place.settle()
  const asked = place.sent[0]!
  expect(asked.text).toContain('TAKE IT DOWN Act')
  await answer(trial, place, asked, 'We will not remove this content.')
  await answer(trial, place, asked, 'We will not remove this content.')
  await place.settle()
  const read = await one.read()
  expect(read).toMatchObject({ state: 'noticed', rung: 2 })
  expect(read.replies).toMatchObject([
    { kind: 'refuses', text: expect.stringContaining('We will not remove') },
  ])
  expect(place.sent.map(mail => mail.to)).toEqual(['dmca@refuses.example', 'abuse@network.example'])
  expect(await stepsOf(trial, one)).toEqual(['received', 'requested', 'refusedByHost', 'requested'])
})

test('a host that never answers: reminded, the network asked and reminded, the regulator given seven days, then exhausted', async () => {
  await using trial = await openDesk()
  await using place = await openPlace(trial)
  const file = await picture(5)
  place.hosts.set(
    'silent.example',
    pictureHost(
      () => true,
      () => file,
    ),
  )
  place.hosts.set('rdap.example', path =>
    path.startsWith('/ip/') ? { body: rdapAnswer('abuse@network.example') } : undefined,
  )
  await know(trial, provider('silent.example'))
  await know(
    trial,
    provider('regulator.example', {
      name: '방송미디어통신심의위원회',
      kind: 'regulator',
      domains: [],
      channels: [{ type: 'mail', address: 'request@regulator.example', language: 'ko' }],
    }),
  )
  const one = await openOne(trial, `http://silent.example:${place.port}/p/1`, file)
  const log: string[] = []
  const start = trial.clock.now().getTime()
  await place.settle()
  for (let day = 0; day <= 12; day += 1) {
    for (const mail of place.sent.slice(log.length))
      log.push(`${(trial.clock.now().getTime() - start) / hourMs} ${mail.to}`)
    if ((await one.read()).state === 'exhausted') break
    await place.pass(24, 24)
  }
  expect([...log.slice(0, 2).toSorted(), ...log.slice(2)]).toEqual([
    '0 abuse@silent.example',
    // The police ask the regulator at once as well (SVPA 23-2).
    '0 request@regulator.example',
    '24 abuse@silent.example',
    '48 abuse@network.example',
    '72 abuse@network.example',
    '96 request@regulator.example',
  ])
  expect((trial.clock.now().getTime() - start) / hourMs).toBe(96 + 168)
  expect(await one.read()).toMatchObject({ state: 'exhausted', rung: 3 })
  expect(await told(trial)).toEqual(['target.exhausted/blocking'])
}, 120_000)

test('a host that lets it come back re-encoded: seen by content, and the next round begins', async () => {
  await using trial = await openDesk()
  await using place = await openPlace(trial)
  const file = await picture(6)
  const again = await picture(6, 420, 55)
  let stage: 'up' | 'down' | 'back' = 'up'
  place.hosts.set(
    'returns.example',
    pictureHost(
      () => stage !== 'down',
      () => (stage === 'back' ? again : file),
    ),
  )
  await know(trial, provider('returns.example'))
  const one = await openOne(trial, `http://returns.example:${place.port}/p/1`, file)
  await place.settle()
  stage = 'down'
  await place.pass(1)
  await place.pass(6, 6)
  expect(await one.read()).toMatchObject({ state: 'verifiedDown' })
  stage = 'back'
  await place.pass(26, 13)
  const read = await one.read()
  expect(read).toMatchObject({ state: 'noticed', round: 2, rung: 1, verdict: 'upSame' })
  expect(place.sent).toHaveLength(2)
  expect(place.sent[1]!.text).toContain('다시 게시되었습니다')
  expect(await stepsOf(trial, one)).toEqual([
    'received',
    'requested',
    'removed',
    'verified',
    'returned',
    'requested',
  ])
  expect(await trial.as(room).see(tx => caseRow(tx, one.case))).toMatchObject({ state: 'open' })
})

test('a claim of removal is looked at within the hour, and a false one is answered with a reminder', async () => {
  await using trial = await openDesk()
  await using place = await openPlace(trial)
  const file = await picture(7)
  place.hosts.set(
    'lies.example',
    pictureHost(
      () => true,
      () => file,
    ),
  )
  await know(trial, provider('lies.example'))
  const one = await openOne(trial, `http://lies.example:${place.port}/p/1`, file)
  await place.settle()
  await answer(trial, place, place.sent[0]!, '요청하신 게시물은 삭제 완료되었습니다.')
  expect(await one.read()).toMatchObject({ state: 'claimedDown' })
  await place.pass(1)
  expect(await one.read()).toMatchObject({ state: 'noticed', verdict: 'upSame' })
  expect(place.sent).toHaveLength(2)
  expect(place.sent[1]!.subject).toContain('재요청')
})

function rdapAnswer(mail: string): string {
  const card = [
    'vcard',
    [
      ['version', {}, 'text', '4.0'],
      ['fn', {}, 'text', 'Abuse desk'],
      ['email', {}, 'text', mail],
    ],
  ]
  return JSON.stringify({
    objectClassName: 'ip network',
    country: 'NL',
    entities: [{ roles: ['registrant'], entities: [{ roles: ['abuse'], vcardArray: card }] }],
  })
}
