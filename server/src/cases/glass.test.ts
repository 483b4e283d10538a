import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { newId } from '#platform/ids'
import { minuteMs } from '#platform/time'
import { on } from '#platform/jobs'
import { machine, openTrial, staff, type Trial } from '#platform/trial'
import { openTrialWorld } from '#platform/trial-world'
import { closedTo, enrolled, given, join, opened } from './given.ts'
import { breakGlass, listGlasses, reviewGlass, settleGlass } from './glass.ts'
import { jobs } from './jobs.ts'
import { listCases } from './list.ts'
import { readCase, readTimeLine } from './reading.ts'
import { CaseQuery, GlassQuery } from './schema.ts'

const heard = async () => {}
const procedure = [on('glass.reviewed', 'cases', settleGlass), on('case.closed', 'statistics', heard)]
const words = '피해자가 지금 위험하다고 전화했고 담당자와 연락이 되지 않습니다.'
const everything = GlassQuery.parse({})

async function emergency(trial: Trial) {
  await given(trial)
  const { id, file } = await opened(trial)
  const officer = await enrolled(trial, 'officer', 'busan')
  const leader = await enrolled(trial, 'leader', 'seoul')
  const protection = await enrolled(trial, 'dataProtectionOfficer', null)
  const form = { case: file.number, reason: 'lifeAtRisk', words } as const
  return { id, file, officer, leader, protection, form }
}

test('the glass opens one case to one person for an hour, tells two people, and is seen in the case', async () => {
  await using trial = await openTrial({ procedure, jobs, at: '2026-11-23T09:00:00+09:00' })
  const { id, file, officer, leader, protection, form } = await emergency(trial)
  const other = await opened(trial)
  await expect(trial.as(officer).do(tx => readCase(tx, id))).rejects.toMatchObject({ code: 'cases.noCase' })
  const broken = await trial.as(officer).do(tx => breakGlass(tx, form))
  expect(broken).toMatchObject({ case: id, until: '2026-11-23T01:00:00.000Z' })
  expect((await trial.as(officer).do(tx => readCase(tx, id))).matters.map(each => each.kind)).toContain(
    'glass',
  )
  await closedTo(trial, officer, other.id)
  await expect(trial.as(officer).do(tx => breakGlass(tx, form))).rejects.toMatchObject({
    code: 'cases.alreadyInside',
  })
  for (const who of [leader, protection]) {
    const { rows } = await trial.as(who).see(tx => listGlasses(tx, everything))
    expect(rows).toMatchObject([{ case: id, by: '시험', reason: 'lifeAtRisk', words, wasToldMe: true }])
  }
  const team = { ...staff('officer'), officer: file.officer }
  const line = await trial.as(team).do(tx => readTimeLine(tx, id, { limit: 200 }))
  expect(line.rows.find(each => each.kind === 'glass.broken')).toMatchObject({
    by: { account: officer.account },
    detail: { reason: 'lifeAtRisk', people: 2 },
  })
  trial.clock.advance(60 * minuteMs)
  await closedTo(trial, officer, id)
  expect((await trial.as(officer).see(tx => listCases(tx, CaseQuery.parse({})))).rows).toEqual([])
})

test('it is reviewed by another person, once; until then the case has it to do', async () => {
  await using trial = await openTrial({ procedure, jobs })
  const { id, file, officer, leader, protection, form } = await emergency(trial)
  const { glass } = await trial.as(officer).do(tx => breakGlass(tx, { ...form, case: id }))
  await join(trial, id, officer)
  for (const who of [officer, staff('officer'), staff('leader', 'jeju')])
    await expect(
      trial.as(who).do(tx => reviewGlass(tx, glass, 'justified')),
      who.role,
    ).rejects.toThrow()
  await trial.as(protection).do(tx => reviewGlass(tx, glass, 'notJustified'))
  await expect(trial.as(leader).do(tx => reviewGlass(tx, glass, 'justified'))).rejects.toMatchObject({
    code: 'access.noApproval',
  })
  const told = (await trial.queued()).find(each => each.queue === 'glass.reviewed/cases')
  await trial.as(machine('cases')).do(tx => settleGlass(tx, told!.payload as never))
  await trial.as(machine('cases')).do(tx => settleGlass(tx, told!.payload as never))
  const team = trial.as({ ...staff('officer'), officer: file.officer })
  const { matters } = await team.do(tx => readCase(tx, id))
  expect(matters.find(each => each.kind === 'glass')).toMatchObject({ state: 'settled', reason: 'handled' })
  expect((await team.see(tx => listGlasses(tx, { ...everything, case: id }))).rows).toMatchObject([
    { verdict: 'notJustified' },
  ])
})

test('nobody breaks it in silence: not for an unknown case, not without somebody to tell, not past the room', async () => {
  await using trial = await openTrial({ procedure, jobs })
  await given(trial)
  const { id } = await opened(trial)
  const officer = await enrolled(trial, 'officer', 'busan')
  const form = { case: id, reason: 'victimCalls', words } as const
  await expect(trial.as(officer).do(tx => breakGlass(tx, form))).rejects.toMatchObject({
    code: 'cases.nobodyToTell',
  })
  const unknown = { ...form, case: newId<'CaseId'>(trial.clock.now()) }
  await expect(trial.as(officer).do(tx => breakGlass(tx, unknown))).rejects.toMatchObject({
    code: 'cases.noCase',
  })
  for (const who of [staff('counsellor'), staff('commander', null), staff('administrator', null)])
    await expect(trial.as(who).do(tx => breakGlass(tx, form))).rejects.toMatchObject({ code: 'cases.noCase' })
  const alone = trial.as(officer).do(tx =>
    sql`insert into cases.member (id, case_id, account_id, ground, words, let_by, from_at, until_at)
      values (gen_random_uuid(), ${id}, ${officer.account}, 'breakGlass', 'x', ${officer.account}, platform.now(),
        platform.now() + interval '1 hour')`.execute(tx.db),
  )
  await expect(alone).rejects.toThrow('the glass is broken with a reason')
})

test('those who are told are written to once each, and the letter names nobody and no case', async () => {
  await using trial = await openTrial({ procedure, jobs })
  await using place = await openTrialWorld(trial)
  const { file, officer, form } = await emergency(trial)
  const letters: { to: string; subject: string; text: string }[] = []
  Object.assign(place.world, {
    post: {
      canSend: true,
      send: async (letter: (typeof letters)[number], beforeDot: () => Promise<void>) => {
        await beforeDot()
        letters.push(letter)
        return { at: 'accepted', answer: '250' }
      },
    },
  })
  const { glass } = await trial.as(officer).do(tx => breakGlass(tx, form))
  await place.settle(jobs)
  await jobs[0]!.run(place.work('cases'), { glass })
  expect(letters).toHaveLength(2)
  for (const { subject, text } of letters)
    for (const secret of [file.number, words, '시험']) expect(`${subject}${text}`).not.toContain(secret)
})
