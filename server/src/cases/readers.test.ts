import { expect, test } from 'vitest'
import { machine, openTrial, reporter, staff, type Trial } from '#platform/trial'
import type { Staff } from '#platform/who'
import { enrolled, given, opened } from './given.ts'
import {
  caseReaders,
  listFlags,
  markKnown,
  readersTold,
  readingRule,
  seeFlag,
  setReadingRule,
} from './readers.ts'
import { readCase, readTimeLine } from './reading.ts'
import { FlagQuery } from './schema.ts'

const everything = FlagQuery.parse({})

async function scene(trial: Trial) {
  await given(trial)
  const reader = { ...(await enrolled(trial, 'officer', 'seoul')), from: '0123456789abcdef' }
  trial.team.push(reader)
  return { reader, protection: await enrolled(trial, 'dataProtectionOfficer', null) }
}

const flagsOf = async (trial: Trial, who: Staff) =>
  (await trial.as(who).see(tx => listFlags(tx, everything))).rows.map(row => row.kind)

test('who has looked at a case is told by name to its team and to data protection, by role to its reporter', async () => {
  await using trial = await openTrial({ at: '2026-11-23T09:00:00+09:00' })
  const { reader, protection } = await scene(trial)
  const { id, report } = await opened(trial)
  const other = await opened(trial)
  await trial.as(reader).do(tx => readCase(tx, id))
  trial.clock.advance(60 * 60_000)
  await trial.as(reader).do(tx => readCase(tx, id))
  for (const who of [reader, protection])
    expect((await trial.as(who).see(tx => caseReaders(tx, id))).rows).toMatchObject([
      {
        account: reader.account,
        name: '시험',
        role: 'officer',
        agency: 'seoul',
        times: 2,
        kinds: ['case.read'],
      },
    ])
  const told = await trial.as(reporter(report)).see(readersTold)
  expect(told.rows).toEqual([
    { role: 'officer', agency: 'seoul', times: 2, lastAt: '2026-11-23T01:00:00.000Z' },
  ])
  // A name is not in it, and nothing of another's case.
  expect((await trial.as(reporter(other.report)).see(readersTold)).rows).toEqual([])
  for (const who of [staff('officer'), staff('commander', null), staff('administrator', null)]) {
    await expect(trial.as(who).see(tx => caseReaders(tx, id))).rejects.toMatchObject({ code: 'cases.noCase' })
    expect((await trial.as(who).see(readersTold)).rows).toEqual([])
  }
  await expect(trial.as(staff('leader')).see(tx => caseReaders(tx, id))).rejects.toMatchObject({
    code: 'cases.caseLocked',
  })
})

test('from where somebody read stands in the log as a keyed hash', async () => {
  await using trial = await openTrial()
  const { reader } = await scene(trial)
  const { id } = await opened(trial)
  const { rows } = await trial.as(reader).do(tx => readTimeLine(tx, id, { limit: 200 }))
  expect(rows.find(row => row.kind === 'case.read')!.by).toMatchObject({
    account: reader.account,
    from: '0123456789abcdef',
  })
})

test('many cases in an hour, a reading at night and a known person’s case are flagged once each; the rule is data protection’s', async () => {
  await using trial = await openTrial({ at: '2026-11-23T14:00:00+09:00' })
  const { reader, protection } = await scene(trial)
  const cases = [await opened(trial), await opened(trial), await opened(trial)]
  const read = async () => {
    for (const each of cases) await trial.as(reader).do(tx => readCase(tx, each.id))
  }
  await read()
  expect(await flagsOf(trial, protection)).toEqual([])
  await trial.as(protection).do(tx => setReadingRule(tx, { casesAnHour: 2, nightFrom: 22, nightUntil: 5 }))
  await expect(
    trial.as(reader).do(tx => setReadingRule(tx, { casesAnHour: 99, nightFrom: 0, nightUntil: 0 })),
  ).rejects.toMatchObject({ code: 'cases.notProtector' })
  expect(await trial.as(reader).see(readingRule)).toEqual({ casesAnHour: 2, nightFrom: 22, nightUntil: 5 })
  trial.clock.set('2026-11-23T15:00:00+09:00')
  await read()
  expect(await flagsOf(trial, protection)).toEqual(['many'])
  trial.clock.set('2026-11-24T04:59:00+09:00')
  await trial.as(reader).do(tx => readCase(tx, cases[0]!.id))
  trial.clock.set('2026-11-24T05:00:00+09:00')
  await trial.as(reader).do(tx => readCase(tx, cases[0]!.id))
  expect(await flagsOf(trial, protection)).toEqual(['night', 'many'])
  await trial.as(machine('cases')).do(tx => markKnown(tx, cases[1]!.id, true))
  trial.clock.set('2026-11-24T10:00:00+09:00')
  await trial.as(reader).do(tx => readCase(tx, cases[1]!.id))
  await trial
    .as({ ...staff('officer'), officer: cases[1]!.file.officer })
    .do(tx => readCase(tx, cases[1]!.id))
  expect(await flagsOf(trial, protection)).toEqual(['knownPerson', 'night', 'many'])
  // Whoever is flagged, and their leader, see none of it.
  for (const who of [reader, staff('leader'), staff('administrator', null)])
    expect(await flagsOf(trial, who)).toEqual([])
  const [first] = (await trial.as(protection).see(tx => listFlags(tx, everything))).rows
  expect(first).toMatchObject({ account: reader.account, name: '시험', case: cases[1]!.id })
  await trial.as(protection).do(tx => seeFlag(tx, first!.flag))
  await expect(trial.as(protection).do(tx => seeFlag(tx, first!.flag))).rejects.toMatchObject({
    code: 'cases.noFlag',
  })
})
