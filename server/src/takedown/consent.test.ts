import { expect, test } from 'vitest'
import { caseRow, consentTo } from '#cases'
import { addressesWithSteps, reportContent } from '#intake'
import { newId } from '#platform/ids'
import { on } from '#platform/jobs'
import { machine, openTrial, type Trial } from '#platform/trial'
import { consentSaid } from '#trial-case'
import { resumeConsented, withdrawUnconsented } from './consent.ts'
import { openCase, openOne, openPlace, picture, pictureHost, room } from './given.ts'
import { jobs } from './jobs.ts'
import { addProvider } from './provider.ts'
import { openTarget, readTarget } from './target.ts'

const heard = async () => {}
const procedure = [
  on('case.opened', 'matching', heard),
  on('address.opened', 'evidence', heard),
  on('target.exhausted', 'blocking', heard),
  on('target.settled', 'blocking', heard),
]
const openDesk = () => openTrial({ procedure, jobs })
const told = (trial: Trial, given: Pick<Awaited<ReturnType<typeof openOne>>, 'case' | 'address'>) =>
  trial.as(room).see(async tx => {
    const { report } = await caseRow(tx, given.case)
    const addresses = await addressesWithSteps(tx, report)
    return addresses.find(each => each.address === given.address)!.steps.map(each => each.step)
  })

test('who no longer wants the removal is obeyed at once; who wants it again has it begin anew', async () => {
  await using trial = await openDesk()
  await using place = await openPlace(trial)
  const file = await picture(11)
  place.hosts.set(
    'wall.example',
    pictureHost(
      () => true,
      () => file,
    ),
  )
  await trial.as(room).do(tx =>
    addProvider(tx, {
      name: 'wall.example',
      kind: 'platform',
      country: 'KR',
      domains: ['wall.example'],
      channels: [{ type: 'mail', address: 'abuse@wall.example', language: 'ko' }],
    }),
  )
  const one = await openOne(trial, `http://wall.example:${place.port}/p/1`, file)
  await place.settle()
  expect(place.sent).toHaveLength(1)

  trial.clock.advance(60_000)
  const consent = await consentSaid(trial, one.case, 'removal', false)
  const withdrawn = { case: one.case, consent, purpose: 'removal' }
  await trial.as(room).do(tx => withdrawUnconsented(tx, withdrawn))
  await trial.as(room).do(tx => withdrawUnconsented(tx, withdrawn))
  expect(await one.read()).toMatchObject({ state: 'withdrawn' })
  const matters = await trial
    .as(room)
    .see(tx =>
      tx.db.selectFrom('cases.matter').select(['kind', 'state']).where('case_id', '=', one.case).execute(),
    )
  // The provider was asked: a person takes the wish back.
  expect(matters).toEqual(
    expect.arrayContaining([
      { kind: 'address', state: 'settled' },
      { kind: 'target', state: 'open' },
    ]),
  )
  await place.pass(200)
  expect(place.sent).toHaveLength(1)

  await consentSaid(trial, one.case, 'removal', true)
  const given = { case: one.case, consent, purpose: 'removal' }
  await trial.as(room).do(tx => resumeConsented(tx, given))
  await trial.as(room).do(tx => resumeConsented(tx, given))
  // Told late, when it is given again, a withdrawal stops nothing.
  await trial.as(room).do(tx => withdrawUnconsented(tx, withdrawn))
  await place.settle()
  expect(await one.read()).toMatchObject({ state: 'noticed', round: 2 })
  expect(place.sent).toHaveLength(2)
  expect(await told(trial, one)).toEqual(['received', 'requested', 'stopped', 'recognised', 'requested'])
  expect(await trial.as(room).see(tx => caseRow(tx, one.case))).toMatchObject({ state: 'open' })
})

test('what is confirmed while nobody consents waits, and begins when somebody does', async () => {
  await using trial = await openDesk()
  await using place = await openPlace(trial)
  const file = await picture(12)
  const opened = await openCase(trial, [`http://wall.example:${place.port}/p/1`], file, {
    consents: { removal: false, investigation: true, banks: false, abroad: false },
  })
  const address = opened.addresses[0]!
  const match = newId<'MatchId'>(trial.clock.now())
  const target = await trial.as(room).do(tx => openTarget(tx, { case: opened.case, match, address }))
  await place.settle()
  expect(await trial.as(room).see(tx => readTarget(tx, target))).toMatchObject({
    state: 'withdrawn',
    notices: [],
  })
  trial.clock.advance(60_000)
  const consent = await consentSaid(trial, opened.case, 'removal', true)
  await trial.as(room).do(tx => resumeConsented(tx, { case: opened.case, consent, purpose: 'removal' }))
  await place.settle()
  expect((await trial.as(room).see(tx => readTarget(tx, target))).state).not.toBe('withdrawn')
})

test('of a young person nothing stops: the law wants it removed', async () => {
  await using trial = await openDesk()
  const opened = await openCase(trial, ['http://wall.example/p/1'], await picture(13), { ageUnder18: true })
  const consent = newId<'ConsentId'>(trial.clock.now())
  await trial.as(room).do(tx => withdrawUnconsented(tx, { case: opened.case, consent, purpose: 'removal' }))
  const { report } = await trial.as(room).see(tx => caseRow(tx, opened.case))
  expect((await trial.as(machine('intake')).see(tx => reportContent(tx, report))).ageUnder18).toBe(true)
  expect(await trial.as(room).see(tx => consentTo(tx, opened.case, 'removal'))).toBe(true)
})
