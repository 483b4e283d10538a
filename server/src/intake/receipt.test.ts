import { expect, test } from 'vitest'
import { openTrial } from '#platform/trial'
import { trialKeys } from '#platform/trial-keys'
import { nobody } from '#platform/who'
import { filed } from './given.ts'
import { openByReceipt, unknownByClientMax, veilReceipt } from './receipt.ts'
import { ReceiptEntry } from './schema.ts'

const entered = (receipt: string, client = 'phone') => ({
  receiptVeil: veilReceipt(trialKeys, receipt),
  client: trialKeys.veil('client', client),
})
const wrong = '0000000000000000'

test('a receipt opens its report; a wrong one opens nothing and is in the log without its digits', async () => {
  await using trial = await openTrial()
  const { report, receipt } = await filed(trial)
  const portal = trial.as(nobody)
  expect(await portal.do(tx => openByReceipt(tx, entered(receipt)))).toEqual({ report })
  expect(await portal.do(tx => openByReceipt(tx, entered(wrong)))).toMatchObject({
    refusal: { code: 'intake.receiptUnknown' },
  })
  const { rows } = await trial.database.pool.query<{ kind: string; body: string }>(
    `select kind, body from audit.entry where kind like 'receipt.%' order by id`,
  )
  expect(rows.map(row => row.kind).toSorted()).toEqual(['receipt.refused', 'receipt.used'])
  expect(rows.map(row => row.body).join()).not.toMatch(new RegExp(`${wrong}|${receipt}`))
})

test('whoever tries receipts is stopped for a quarter of an hour, and then nothing opens, known or not', async () => {
  await using trial = await openTrial()
  const { report, receipt } = await filed(trial)
  const portal = trial.as(nobody)
  const answers = await Promise.all(
    Array.from({ length: unknownByClientMax + 5 }, () => portal.do(tx => openByReceipt(tx, entered(wrong)))),
  )
  const codes = answers.map(answer => ('refusal' in answer ? answer.refusal.code : 'opened'))
  expect(codes.filter(code => code === 'intake.receiptUnknown')).toHaveLength(unknownByClientMax)
  expect(codes.filter(code => code === 'intake.tooManyReceipts')).toHaveLength(5)
  expect(await portal.do(tx => openByReceipt(tx, entered(receipt)))).toMatchObject({
    refusal: { code: 'intake.tooManyReceipts' },
  })
  expect(await portal.do(tx => openByReceipt(tx, entered(receipt, 'another phone')))).toEqual({ report })
  trial.clock.advance(15 * 60_000 + 1)
  expect(await portal.do(tx => openByReceipt(tx, entered(receipt)))).toEqual({ report })
})

test('guesses from many places together are stopped as well, and forgotten after a day', async () => {
  await using trial = await openTrial()
  const { report, receipt } = await filed(trial)
  await trial.database.pool.query(
    `insert into intake.receipt_attempt (client, at, is_known) select 'client ' || n, $1, false from generate_series(1, 5000) n`,
    [trial.clock.now()],
  )
  const portal = trial.as(nobody)
  expect(await portal.do(tx => openByReceipt(tx, entered(receipt)))).toMatchObject({
    refusal: { code: 'intake.tooManyReceipts' },
  })
  trial.clock.advance(25 * 3_600_000)
  expect(await portal.do(tx => openByReceipt(tx, entered(receipt)))).toEqual({ report })
  const { rows } = await trial.database.pool.query<{ count: number }>(
    'select count(*) from intake.receipt_attempt',
  )
  expect(rows[0]!.count).toBe(1)
})

test('a receipt is read as it is typed: blanks, hyphens, wide digits', () => {
  for (const typed of ['1234 5678 9012 3456', '1234-5678–9012—3456', '１２３４５６７８９０１２３４５６'])
    expect(ReceiptEntry.parse({ receipt: typed }).receipt).toBe('1234567890123456')
})
