import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { openFromReport, settleMatter } from '#cases'
import {
  addFoundAddress,
  fileReport,
  prepareFiling,
  reportContent,
  tellVictim,
  type ReportForm,
} from '#intake'
import { hourMs } from '#platform/time'
import { machine, openTrial, reporter, staff, type Trial } from '#platform/trial'
import { trialKeys, trialMailbox } from '#platform/trial-keys'
import { nobody } from '#platform/who'
import { numbers } from './numbers.ts'

const form: Omit<ReportForm, 'mailbox'> = {
  language: 'ko',
  concern: 'leak',
  relation: 'self',
  ageUnder18: false,
  story: null,
  wantsWoman: false,
  contact: { way: 'receiptOnly' },
  addresses: ['https://clips.example/1', 'https://clips.example/2', 'https://clips.example/3'],
  fingerprints: [],
}

async function opened(trial: Trial, region: string) {
  const ready = prepareFiling(
    trialKeys,
    trial.clock.now(),
    { ...form, region, mailbox: trialMailbox() },
    randomUUID(),
  )
  const report = await trial.as(reporter(ready.report)).do(tx => fileReport(tx, ready))
  const id = await trial.as(machine('cases')).do(tx => openFromReport(tx, { report }))
  const { addresses } = await trial.as(machine('cases')).see(tx => reportContent(tx, report))
  return { id, report, addresses: addresses.map(each => each.address) }
}

test('the commander, who sees no case, sees how many there are, what became of the addresses and how long it took', async () => {
  await using trial = await openTrial()
  const seoul = await opened(trial, 'seoul')
  await opened(trial, 'busan')
  const work = trial.as(machine('takedown'))
  const [gone, blocked, notYours] = seoul.addresses
  trial.clock.advance(2 * hourMs)
  await work.do(tx => tellVictim(tx, gone!, 'requested'))
  trial.clock.advance(6 * hourMs)
  await work.do(tx => tellVictim(tx, gone!, 'verified'))
  await work.do(tx => tellVictim(tx, blocked!, 'blocked'))
  await work.do(tx => tellVictim(tx, notYours!, 'notYours'))
  await work.do(tx => addFoundAddress(tx, seoul.report, 'https://mirror.example/1'))
  for (const [address, reason] of [
    [gone, 'verified'],
    [blocked, 'blocked'],
    [notYours, 'notYours'],
  ] as const)
    await trial.as(machine('cases')).do(tx => settleMatter(tx, seoul.id, 'address', address!, reason))
  const seen = await trial.as(staff('commander', null)).see(numbers)
  expect(seen).toMatchObject({
    reports: 2,
    cases: { open: 1, closed: 1 },
    addresses: { reported: 6, found: 1, removed: 1, blocked: 1, notYours: 1, open: 4 },
    medianHoursToRemoval: 6,
    medianHoursFromReport: 8,
    targetsByState: [],
  })
  expect(
    seen.byAgency.map(row => [
      row.agency,
      row.reports,
      row.cases.closed,
      row.addresses.open,
      row.medianHoursToRemoval,
    ]),
  ).toEqual([
    ['busan', 1, 0, 3, null],
    ['seoul', 1, 1, 1, 6],
  ])
  expect(await trial.as(staff('administrator', null)).see(numbers)).toEqual(seen)
  // A leader counts the agency's, and an officer who is on no team nothing.
  expect(await trial.as(staff('leader', 'busan')).see(numbers)).toMatchObject({
    scope: 'agency',
    reports: 1,
    byAgency: [{ agency: 'busan' }],
  })
  expect(await trial.as(staff('officer', 'busan')).see(numbers)).toMatchObject({
    scope: 'own',
    reports: 0,
    byAgency: [],
  })
})

test('before anything was reported all numbers are nought; strangers see none even of these', async () => {
  await using trial = await openTrial()
  const empty = await trial.as(staff('officer')).see(numbers)
  expect(empty).toMatchObject({ reports: 0, medianHoursToRemoval: null, byAgency: [] })
  const { report } = await opened(trial, 'seoul')
  for (const who of [nobody, reporter(report)]) expect(await trial.as(who).see(numbers)).toEqual(empty)
})
