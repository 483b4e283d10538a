import { expect, test } from 'vitest'
import { newId } from '#platform/ids'
import { machine, openTrial, reporter, staff } from '#platform/trial'
import { bindCase } from './report.ts'
import { messagesADayMax, readMessages, unreadOfReports, writeMessage } from './conversation.ts'
import { filed, letterOf } from './given.ts'
import { progress } from './progress.ts'

const page = { limit: 50 }

test('a double click on send writes one message; the same words later are another', async () => {
  await using trial = await openTrial()
  const { report } = await filed(trial)
  const own = trial.as(reporter(report))
  const message = letterOf('아직 있나요?')
  const [first, second] = await Promise.all([
    own.do(tx => writeMessage(tx, report, message)),
    own.do(tx => writeMessage(tx, report, message)),
  ])
  expect(first.id).toBe(second.id)
  await own.do(tx => writeMessage(tx, report, letterOf('아직 있나요?')))
  const { rows } = await own.do(tx => readMessages(tx, report, page))
  expect(rows.map(row => [row.from, row.readAt])).toEqual([
    ['reporter', null],
    ['reporter', null],
  ])
  expect((await own.see(progress)).unread).toBe(0)
  expect((await trial.as(machine('cases')).see(tx => unreadOfReports(tx, [report]))).get(report)).toBe(2)
})

test('the conversation is paged, oldest first', async () => {
  await using trial = await openTrial()
  const { report } = await filed(trial)
  const own = trial.as(reporter(report))
  for (const text of ['하나', '둘', '셋']) {
    trial.clock.advance(1000)
    await own.do(tx => writeMessage(tx, report, letterOf(text)))
  }
  const first = await own.do(tx => readMessages(tx, report, { limit: 2 }))
  expect(first.rows.map(row => row.letter)).toEqual([letterOf('하나').letter, letterOf('둘').letter])
  const rest = await own.do(tx => readMessages(tx, report, { limit: 2, after: first.next! }))
  expect(rest.rows.map(row => row.letter)).toEqual([letterOf('셋').letter])
  expect(rest.next).toBeNull()
})

test('more than can be written in a day waits until tomorrow', async () => {
  await using trial = await openTrial()
  const { report } = await filed(trial)
  const own = trial.as(reporter(report))
  for (let count = 0; count < messagesADayMax; count += 1)
    await own.do(tx => writeMessage(tx, report, letterOf(`메시지 ${count}`)))
  await expect(own.do(tx => writeMessage(tx, report, letterOf('하나 더')))).rejects.toMatchObject({
    code: 'intake.tooManyMessages',
  })
  trial.clock.advance(24 * 3_600_000 + 1)
  await own.do(tx => writeMessage(tx, report, letterOf('하나 더')))
})

test('no stranger reads or writes in a conversation', async () => {
  await using trial = await openTrial()
  const { report } = await filed(trial)
  const other = await filed(trial)
  await trial.as(machine('cases')).do(tx => bindCase(tx, report, newId<'CaseId'>(trial.clock.now())))
  for (const who of [
    reporter(other.report),
    staff('officer', 'busan'),
    staff('administrator', null),
    staff('commander', null),
  ]) {
    await expect(trial.as(who).do(tx => writeMessage(tx, report, letterOf('?')))).rejects.toMatchObject({
      code: 'intake.noReport',
    })
    await expect(trial.as(who).do(tx => readMessages(tx, report, page))).rejects.toMatchObject({
      code: 'intake.noReport',
    })
  }
})
