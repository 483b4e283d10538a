import { expect, test } from 'vitest'
import { timeLine } from '#audit'
import { on } from '#platform/jobs'
import { machine, openTrial, reporter, staff, type Trial } from '#platform/trial'
import { caseConsents, consentTo, ownConsents, stoppedFor, switchConsent, takeConsent } from './consent.ts'
import { filed, given, opened } from './given.ts'

const heard = async () => {}
const procedure = [
  on('consent.withdrawn', 'takedown', heard),
  on('consent.withdrawn', 'blocking', heard),
  on('consent.given', 'takedown', heard),
]
const consents = { removal: true, investigation: false, banks: null, abroad: null }
const states = async (trial: Trial, report: Parameters<typeof reporter>[0]) =>
  Object.fromEntries(
    (await trial.as(reporter(report)).see(ownConsents)).rows.map(each => [
      each.purpose,
      [each.isGiven, each.isByLaw, each.stopped],
    ]),
  )

test('what a report says of each purpose stands on its case; a report is the wish to have it removed', async () => {
  await using trial = await openTrial()
  await given(trial)
  const said = await opened(trial, { consents })
  expect(await states(trial, said.report)).toEqual({
    removal: [true, false, 'nothing'],
    investigation: [false, false, 'done'],
    banks: [null, false, 'nothing'],
    abroad: [null, false, 'nothing'],
  })
  const unsaid = await opened(trial)
  expect((await states(trial, unsaid.report))['removal']).toEqual([true, false, 'nothing'])
  const refused = await opened(trial, { consents: { ...consents, removal: false } })
  expect(await trial.as(machine('takedown')).see(tx => consentTo(tx, refused.id, 'removal'))).toBe(false)
})

test('a consent is withdrawn at once; it is done when every room that relied on it has stopped', async () => {
  await using trial = await openTrial({ procedure })
  await given(trial)
  const { id, report } = await opened(trial)
  const holder = trial.as(reporter(report))
  trial.clock.advance(1000)
  await holder.do(tx => switchConsent(tx, 'removal', false))
  await holder.do(tx => switchConsent(tx, 'removal', false))
  expect((await states(trial, report))['removal']).toEqual([false, false, 'underWay'])
  const queued = (await trial.queued()).filter(each => each.queue.startsWith('consent.'))
  expect(queued.map(each => each.queue).toSorted()).toEqual([
    'consent.withdrawn/blocking',
    'consent.withdrawn/takedown',
  ])
  const { consent } = queued[0]!.payload as { consent: Parameters<typeof stoppedFor>[1] }
  await trial.as(machine('takedown')).do(tx => stoppedFor(tx, consent, 'takedown'))
  expect((await states(trial, report))['removal']).toEqual([false, false, 'underWay'])
  await trial.as(machine('blocking')).do(tx => stoppedFor(tx, consent, 'blocking'))
  expect((await states(trial, report))['removal']).toEqual([false, false, 'done'])
  trial.clock.advance(1000)
  await holder.do(tx => switchConsent(tx, 'removal', true))
  expect((await states(trial, report))['removal']).toEqual([true, false, 'nothing'])
  const kinds = (
    await trial.as(machine('audit')).see(tx => timeLine(tx, id, { limit: 200, after: undefined }))
  ).rows.map(each => each.kind)
  expect(kinds.filter(kind => kind.startsWith('consent.'))).toEqual(['consent.withdrawn', 'consent.given'])
})

test('of a young person removal and investigation do not hang on consent; the rest does', async () => {
  await using trial = await openTrial()
  await given(trial)
  const { id, report } = await opened(trial, { ageUnder18: true })
  const holder = trial.as(reporter(report))
  await expect(holder.do(tx => switchConsent(tx, 'removal', false))).rejects.toMatchObject({
    code: 'cases.consentByLaw',
  })
  await holder.do(tx => switchConsent(tx, 'banks', true))
  expect((await states(trial, report))['banks']).toEqual([true, false, 'nothing'])
  expect(await trial.as(machine('takedown')).see(tx => consentTo(tx, id, 'investigation'))).toBe(true)
})

test('whoever holds the digits alone, or saw it by chance, switches nothing', async () => {
  await using trial = await openTrial()
  await given(trial)
  const own = await opened(trial)
  const covered = { ...reporter(own.report), isCovered: true }
  await expect(trial.as(covered).do(tx => switchConsent(tx, 'removal', false))).rejects.toMatchObject({
    code: 'cases.consentCovered',
  })
  const seen = await opened(trial, { relation: 'other' })
  await expect(
    trial.as(reporter(seen.report)).do(tx => switchConsent(tx, 'removal', false)),
  ).rejects.toMatchObject({ code: 'cases.consentNotYours' })
  expect((await trial.as(reporter(seen.report)).see(ownConsents)).maySwitch).toBe(false)
  // What nobody could be asked about is removed all the same.
  expect(await trial.as(machine('takedown')).see(tx => consentTo(tx, seen.id, 'removal'))).toBeNull()
  const waiting = await filed(trial)
  await expect(trial.as(reporter(waiting)).do(tx => switchConsent(tx, 'banks', true))).rejects.toMatchObject({
    code: 'cases.caseNotYet',
  })
})

test('the team writes down what was said to them, and how; nobody of another team does, nor another reporter', async () => {
  await using trial = await openTrial({ procedure })
  await given(trial)
  const officer = staff('officer', 'seoul')
  trial.team.push(officer)
  const { id, report } = await opened(trial)
  await trial.as(officer).do(tx => takeConsent(tx, id, { purpose: 'abroad', isGiven: true, how: 'spoken' }))
  const read = await trial.as(officer).see(tx => caseConsents(tx, id))
  expect(read.rows.find(each => each.purpose === 'abroad')).toMatchObject({
    isGiven: true,
    saidBy: 'staff',
    how: 'spoken',
    history: [{ isGiven: true, saidBy: 'staff' }],
  })
  await expect(
    trial
      .as(staff('officer', 'busan'))
      .do(tx => takeConsent(tx, id, { purpose: 'abroad', isGiven: false, how: 'spoken' })),
  ).rejects.toMatchObject({ code: 'cases.noCase' })
  const other = await opened(trial)
  const rows = await trial
    .as(reporter(other.report))
    .see(tx => tx.db.selectFrom('cases.consent').select('case_id').execute())
  expect(new Set(rows.map(row => row.case_id))).toEqual(new Set([other.id]))
  expect(report).not.toBe(other.report)
})

test('who must not learn of it is on the file: a guardian whom the young person keeps out, or suspects', async () => {
  await using trial = await openTrial()
  await given(trial)
  const kept = await opened(trial, { ageUnder18: true, particulars: { guardianMayKnow: 'no' } })
  const suspected = await opened(trial, { ageUnder18: true, particulars: { guardianIsSuspect: true } })
  const open = await opened(trial, { ageUnder18: true, particulars: { guardianMayKnow: 'yes' } })
  expect([kept, suspected, open].map(each => each.file.isKeptFromGuardian)).toEqual([true, true, false])
})
