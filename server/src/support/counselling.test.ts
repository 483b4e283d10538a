import { expect, test } from 'vitest'
import { machine, staff } from '#platform/trial'
import {
  followUp,
  listCounselling,
  noteOverdueCounselling,
  planCounselling,
  stepBooking,
  stepCounselling,
} from './counselling.ts'
import { counsellingStates, CounsellingQuery, NewCounselling, nextOf } from './counselling-schema.ts'
import { caseOf, enrolled, given, inDays, logOf } from './given.ts'

const asked = (change: Record<string, string> = {}) => CounsellingQuery.parse(change)
const form = (at: string, change: object = {}) => NewCounselling.parse({ way: 'phone', at, ...change })

test('a session is planned, missed, planned anew and held; the log says so without the place', async () => {
  await using trial = await given()
  const { counsellor, officer } = trial.people
  const { case: id } = await caseOf(trial)
  const own = trial.as(counsellor)
  const session = await own.do(tx =>
    planCounselling(
      tx,
      id,
      form(inDays(trial, 1), { way: 'inPerson', place: '조용한 카페 2층', interpreter: 'sign' }),
    ),
  )
  await own.do(tx => stepBooking(tx, session, 'booked'))
  await own.do(tx => stepCounselling(tx, session, { to: 'missed' }))
  await own.do(tx => stepCounselling(tx, session, { to: 'planned', at: inDays(trial, 2) }))
  await own.do(tx => stepCounselling(tx, session, { to: 'held', followUpAt: inDays(trial, 9) }))
  const [shown] = (await trial.as(officer).see(tx => listCounselling(tx, asked({ case: id })))).rows
  expect(shown).toMatchObject({
    state: 'held',
    place: '조용한 카페 2층',
    interpreter: 'sign',
    booking: 'booked',
    counsellor: '시험',
    isMine: false,
    isOverdue: false,
  })
  await own.do(tx => followUp(tx, session))
  expect((await own.see(tx => listCounselling(tx, asked()))).rows).toEqual([])
  expect((await logOf(trial, id)).map(each => each.kind)).toEqual([
    'counselling.planned',
    'booking.changed',
    'booking.changed',
    'counselling.missed',
    'counselling.planned',
    'counselling.held',
    'counselling.followedUp',
  ])
  const { rows } = await trial.database.pool.query(`select from audit.entry where body like '%카페%'`)
  expect(rows).toEqual([])
})

test('there is no other way than the table says', async () => {
  await using trial = await given()
  const { counsellor } = trial.people
  const { case: id } = await caseOf(trial)
  const own = trial.as(counsellor)
  const step = (to: (typeof counsellingStates)[number]) =>
    to === 'planned' ? { to, at: inDays(trial, 3) } : to === 'held' ? { to, followUpAt: null } : { to }
  for (const from of counsellingStates)
    for (const to of counsellingStates) {
      const session = await own.do(tx => planCounselling(tx, id, form(inDays(trial, 1))))
      if (from !== 'planned') await own.do(tx => stepCounselling(tx, session, step(from)))
      const done = own
        .do(tx => stepCounselling(tx, session, step(to)))
        .then(
          () => true,
          (error: { code: string }) => error.code,
        )
      expect(await done, `${from} → ${to}`).toBe(
        (nextOf[from] as readonly string[]).includes(to) ? true : 'support.noWay',
      )
    }
})

test('what is left lying is told once, and stands first; what is planned anew may be told again', async () => {
  await using trial = await given()
  const { counsellor } = trial.people
  const { case: id } = await caseOf(trial)
  const own = trial.as(counsellor)
  const later = await own.do(tx => planCounselling(tx, id, form(inDays(trial, 9))))
  const held = await own.do(tx => planCounselling(tx, id, form(inDays(trial, 1))))
  await own.do(tx => stepCounselling(tx, held, { to: 'held', followUpAt: inDays(trial, 2) }))
  const missed = await own.do(tx => planCounselling(tx, id, form(inDays(trial, 1))))
  trial.clock.advance(3 * 86_400_000)
  for (const _ of [1, 2]) await trial.as(machine('support')).do(noteOverdueCounselling)
  const { rows, overdue } = await own.see(tx => listCounselling(tx, asked()))
  expect(rows.map(row => [row.counselling, row.isOverdue])).toEqual([
    [missed, true],
    [held, true],
    [later, false],
  ])
  expect(overdue).toBe(2)
  await own.do(tx => stepCounselling(tx, missed, { to: 'missed' }))
  await own.do(tx => stepCounselling(tx, missed, { to: 'planned', at: inDays(trial, 1) }))
  trial.clock.advance(2 * 86_400_000)
  await trial.as(machine('support')).do(noteOverdueCounselling)
  const told = (await logOf(trial, id)).filter(each => each.kind === 'counselling.overdue')
  expect(told.map(each => JSON.stringify(each.detail)).toSorted()).toEqual([
    '{"isFollowUp":false}',
    '{"isFollowUp":false}',
    '{"isFollowUp":true}',
  ])
})

test('the session is its counsellor’s: the team sees it and changes nothing, others know nothing of it', async () => {
  await using trial = await given()
  const { counsellor, officer } = trial.people
  const { case: id } = await caseOf(trial)
  const session = await trial
    .as(counsellor)
    .do(tx => planCounselling(tx, id, form(inDays(trial, 1), { interpreter: 'vi' })))
  const colleague = await enrolled(trial, 'counsellor', 'seoul')
  for (const who of [officer, colleague, staff('leader', 'busan')]) {
    const own = trial.as(who)
    for (const act of [
      () => own.do(tx => stepCounselling(tx, session, { to: 'missed' })),
      () => own.do(tx => stepBooking(tx, session, 'booked')),
      () => own.do(tx => followUp(tx, session)),
    ])
      await expect(act()).rejects.toMatchObject({ code: 'support.noCounselling' })
  }
  expect((await trial.as(colleague).see(tx => listCounselling(tx, asked({ case: id })))).rows).toEqual([])
  await expect(
    trial.as(colleague).do(tx => planCounselling(tx, id, form(inDays(trial, 1)))),
  ).rejects.toMatchObject({ code: 'cases.noCase' })
  // The database holds it too: an officer who sees the case plans none.
  await expect(trial.as(officer).do(tx => planCounselling(tx, id, form(inDays(trial, 1))))).rejects.toThrow(
    /row-level security/,
  )
  await expect(
    trial.as(counsellor).do(tx => planCounselling(tx, id, form(inDays(trial, -1)))),
  ).rejects.toMatchObject({ code: 'support.untilPassed' })
})
