import { randomUUID } from 'node:crypto'
import { proveWork } from '@jikimi/seal/mailbox'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openTrial, reporter, type Trial } from '#platform/trial'
import { trialKeys, trialMailbox } from '#platform/trial-keys'
import { nobody } from '#platform/who'
import { filed } from './given.ts'
import { furnishMailbox } from './mailbox.ts'
import { progress } from './progress.ts'
import {
  bitsFor,
  challengeFor,
  isWorked,
  openByReceipt,
  openByWord,
  veilDigits,
  veilToken,
} from './receipt.ts'

const wrong = 'f0'.repeat(32)
const entered = (token: string, client = 'phone', challenge: string = randomUUID()) => ({
  tokenVeil: veilToken(trialKeys, token),
  digitsVeil: undefined,
  client: trialKeys.veil('client', client),
  challenge,
})
const guess = (trial: Trial, count: number, client: string) =>
  trial.database.pool.query(
    `insert into intake.receipt_attempt (client, at, is_known) select $1, $2, false from generate_series(1, $3::int) n`,
    [trialKeys.veil('client', client), trial.clock.now(), count],
  )

test('a receipt opens its report; a wrong one opens nothing and is in the log without its token', async () => {
  await using trial = await openTrial()
  const { report, token } = await filed(trial)
  const portal = trial.as(nobody)
  const open = (given: string) => portal.do(tx => openByReceipt(tx, entered(given)))
  expect(await open(token)).toEqual({ report, hasWord: false, isFirstReturn: true })
  expect(await open(token)).toMatchObject({ report, isFirstReturn: false })
  expect(await open(wrong)).toMatchObject({ refusal: { code: 'intake.receiptUnknown' } })
  const { rows } = await trial.database.pool.query<{ kind: string; body: string }>(
    `select kind, body from audit.entry where kind like 'receipt.%' order by id`,
  )
  expect(rows.map(row => row.kind).toSorted()).toEqual(['receipt.refused', 'receipt.used', 'receipt.used'])
  expect(rows.map(row => row.body).join()).not.toMatch(new RegExp(`${wrong}|${token}`))
})

test('whoever guesses works ever more; who holds the receipt works a little more and is never locked out', async () => {
  await using trial = await openTrial()
  const { report, token } = await filed(trial)
  const portal = trial.as(nobody)
  const asked = (client: string) =>
    portal.see(tx => challengeFor(tx, trialKeys, trialKeys.veil('client', client), trial.clock.now()))
  expect((await asked('phone')).bits).toBe(2)
  await guess(trial, 20, 'guesser')
  expect((await asked('guesser')).bits).toBe(5)
  await guess(trial, 200, 'guesser')
  expect((await asked('guesser')).bits).toBe(8)
  expect((await asked('phone')).bits).toBe(2)
  await guess(trial, 3000, 'many')
  expect((await asked('phone')).bits).toBe(5)
  expect(await portal.do(tx => openByReceipt(tx, entered(token, 'guesser')))).toMatchObject({ report })
  trial.clock.advance(15 * 60_000 + 1)
  expect((await asked('guesser')).bits).toBe(2)
  trial.clock.advance(25 * 3_600_000)
  await portal.do(tx => openByReceipt(tx, entered(token)))
  const { rows } = await trial.database.pool.query<{ count: number }>(
    'select count(*) from intake.receipt_attempt',
  )
  expect(rows[0]!.count).toBe(1)
})

test('work grows with what was not known, and has an end', () => {
  fc.assert(
    fc.property(fc.nat(1e6), fc.nat(1e6), fc.nat(1e6), (byClient, byAll, more) => {
      const bits = bitsFor({ byClient, byAll })
      expect(bits).toBeGreaterThanOrEqual(2)
      expect(bits).toBeLessThanOrEqual(8)
      expect(bitsFor({ byClient: byClient + more, byAll: byAll + more })).toBeGreaterThanOrEqual(bits)
    }),
  )
})

test('work counts for the challenge that was given, to whom it was given, for ten minutes, once', async () => {
  await using trial = await openTrial()
  const { token } = await filed(trial)
  const portal = trial.as(nobody)
  const [phone, other] = [trialKeys.veil('client', 'phone'), trialKeys.veil('client', 'other')]
  const { challenge, bits } = await portal.see(tx => challengeFor(tx, trialKeys, phone, trial.clock.now()))
  const work = { challenge, found: await proveWork(challenge, bits) }
  const now = trial.clock.now()
  const later = (ms: number) => new Date(now.getTime() + ms)
  expect(await isWorked(trialKeys, work, phone, now)).toBe(true)
  expect(await isWorked(trialKeys, work, other, now)).toBe(false)
  expect(await isWorked(trialKeys, work, phone, later(10 * 60_000 + 1))).toBe(false)
  const dearer = challenge.replace(/\.2\./, '.0.')
  expect(await isWorked(trialKeys, { ...work, challenge: dearer }, phone, now)).toBe(false)
  const lazy = await Promise.all(
    Array.from({ length: 12 }, (_, found) => isWorked(trialKeys, { challenge, found }, phone, now)),
  )
  expect(lazy.filter(Boolean).length).toBeLessThan(12)
  await portal.do(tx => openByReceipt(tx, entered(token, 'phone', challenge)))
  expect(await portal.do(tx => openByReceipt(tx, entered(token, 'phone', challenge)))).toMatchObject({
    refusal: { code: 'intake.workMissing' },
  })
})

test('with a second word, what was sent is shown to nobody who has the digits alone', async () => {
  await using trial = await openTrial()
  const word = 'c1'.repeat(32)
  const { report } = await filed(trial, { mailbox: { ...trialMailbox('d2'.repeat(32)), wordToken: word } })
  const digitsOnly = trial.as({ kind: 'reporter', report, isCovered: true })
  const covered = await digitsOnly.see(progress)
  expect(covered).toMatchObject({ isCovered: true, caseState: 'received' })
  expect(covered.addresses.map(each => each.canonical)).toEqual([null, null])
  const enter = (token: string) =>
    digitsOnly.do(tx => openByWord(tx, trialKeys, { token, client: 'phone', challenge: randomUUID() }))
  expect(await enter(wrong)).toMatchObject({ refusal: { code: 'intake.wordUnknown' } })
  expect(await enter(word)).toEqual({ report })
  expect((await trial.as(reporter(report)).see(progress)).addresses[0]!.canonical).toMatch(/^https/)
})

test('a receipt from before its digits stayed with the person opens, and is sealed when it comes back', async () => {
  await using trial = await openTrial()
  const { report } = await filed(trial)
  const digits = '4821073395160042'
  await trial.database.pool.query(
    `update intake.report set receipt_veil = $2, answers_recipient = null, own_recipient = null,
       team_recipient = null, team_sealed = null where id = $1`,
    [report, veilDigits(trialKeys, digits)],
  )
  const portal = trial.as(nobody)
  expect((await portal.see(tx => challengeFor(tx, trialKeys, 'phone', trial.clock.now()))).asksDigits).toBe(
    true,
  )
  const old = { ...entered(wrong), digitsVeil: veilDigits(trialKeys, digits) }
  expect(await portal.do(tx => openByReceipt(tx, old))).toMatchObject({ report })
  const own = trial.as(reporter(report))
  expect((await own.see(progress)).recipients).toBeNull()
  const { wordToken: _, ...mailbox } = trialMailbox('e3'.repeat(32))
  await own.do(tx => furnishMailbox(tx, trialKeys, mailbox))
  expect((await own.see(progress)).recipients).toMatchObject({ team: mailbox.team })
  expect(await portal.do(tx => openByReceipt(tx, entered(mailbox.token)))).toMatchObject({ report })
  expect(await portal.do(tx => openByReceipt(tx, { ...old, challenge: randomUUID() }))).toMatchObject({
    refusal: { code: 'intake.receiptUnknown' },
  })
  expect((await portal.see(tx => challengeFor(tx, trialKeys, 'phone', trial.clock.now()))).asksDigits).toBe(
    false,
  )
  // A second time it changes nothing.
  await own.do(tx => furnishMailbox(tx, trialKeys, { ...mailbox, token: wrong }))
  expect(await portal.do(tx => openByReceipt(tx, entered(mailbox.token)))).toMatchObject({ report })
})
