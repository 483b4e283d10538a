import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { timeLine } from '#audit'
import type { Tx } from '#platform/database'
import { newId } from '#platform/ids'
import { machine, openTrial, staff, type Trial } from '#platform/trial'
import type { Role, Staff } from '#platform/who'
import { release } from '#staffing'
import { assignOfficer } from './assignment.ts'
import { enrolled, given, opened } from './given.ts'
import { listCases } from './list.ts'
import { settleByHand } from './matter.ts'
import { endMember, letIn, membersOf } from './member.ts'
import { readCase, readTimeLine } from './reading.ts'
import { CaseQuery } from './schema.ts'

const everything = CaseQuery.parse({})
const page = { limit: 200 }
const tables = [
  'cases.file',
  'cases.matter',
  'cases.host',
  'cases.counter',
  'cases.member',
  'staffing.assignment',
  'intake.report',
  'intake.address',
  'intake.step',
  'intake.fingerprint',
]

/** Somebody who is on the team of each case that is opened from here on. */
function joined(trial: Trial, role: Role): Staff {
  const who = staff(role)
  trial.team.push(who)
  return who
}

test('the officer who has a case and those on its team see it; of the same agency or another, nobody else does', async () => {
  await using trial = await openTrial()
  await given(trial)
  const team = (['officer', 'leader', 'counsellor'] as const).map(role => staff(role, 'seoul'))
  trial.team.push(...team)
  const { id, file } = await opened(trial)
  for (const who of [...team, { ...staff('officer', 'seoul'), officer: file.officer }]) {
    const own = trial.as(who)
    expect((await own.see(tx => listCases(tx, everything))).rows).toMatchObject([
      { case: id, sight: 'inside', addresses: 2, unread: 0 },
    ])
    expect((await own.do(tx => readCase(tx, id))).addresses).toHaveLength(2)
  }
  const matter = (await trial.as(machine('cases')).do(tx => readCase(tx, id))).matters[0]!.matter
  for (const who of [
    staff('officer', 'seoul'),
    staff('counsellor', 'seoul'),
    staff('officer', 'busan'),
    staff('leader', 'busan'),
    staff('counsellor', 'busan'),
    staff('commander', null),
    staff('commander', 'seoul'),
    staff('administrator', 'seoul'),
    // Serves elsewhere now: what was theirs is their successor's.
    { ...staff('officer', 'busan'), officer: file.officer },
  ]) {
    const stranger = trial.as(who)
    expect((await stranger.see(tx => listCases(tx, everything))).rows).toEqual([])
    await expect(stranger.do(tx => readCase(tx, id))).rejects.toMatchObject({ code: 'cases.noCase' })
    await expect(stranger.do(tx => readTimeLine(tx, id, page))).rejects.toMatchObject({
      code: 'cases.noCase',
    })
    await expect(stranger.do(tx => settleByHand(tx, matter, 'handled'))).rejects.toMatchObject({
      code: 'cases.noMatter',
    })
    expect((await stranger.see(tx => timeLine(tx, id, { limit: 9, after: undefined }))).rows).toEqual([])
    await stranger.see(async tx => {
      for (const table of tables) {
        const { rows } = await sql`select * from ${sql.table(table)}`.execute(tx.db as Tx['db'])
        expect(rows, `${who.role} ${who.agency} in ${table}`).toEqual([])
      }
    })
  }
})

test('a leader sees the outside of the agency’s cases and nothing within, and gives them to an officer', async () => {
  await using trial = await openTrial()
  const { officers } = await given(trial)
  const { id, file, addresses } = await opened(trial)
  const leader = trial.as(staff('leader', 'seoul'))
  expect((await leader.see(tx => listCases(tx, everything))).rows).toMatchObject([
    { case: id, number: file.number, sight: 'outside', openMatters: 2, addresses: null, unread: null },
  ])
  for (const q of ['clips.example', 'clips'])
    expect((await leader.see(tx => listCases(tx, CaseQuery.parse({ q })))).rows).toEqual([])
  await expect(leader.do(tx => readCase(tx, id))).rejects.toMatchObject({ code: 'cases.caseLocked' })
  await expect(leader.do(tx => readTimeLine(tx, id, page))).rejects.toMatchObject({
    code: 'cases.caseLocked',
  })
  const { matters } = await trial.as(machine('cases')).do(tx => readCase(tx, id))
  await expect(
    leader.do(tx => settleByHand(tx, matters.find(each => each.about === addresses[0])!.matter, 'handled')),
  ).rejects.toMatchObject({ code: 'cases.caseLocked' })
  await leader.see(async tx => {
    for (const table of tables.filter(each => each.startsWith('intake.') || each === 'cases.host')) {
      const { rows } = await sql`select * from ${sql.table(table)}`.execute(tx.db as Tx['db'])
      expect(rows, table).toEqual([])
    }
  })
  const next = officers.seoul.find(each => each !== file.officer)!
  await leader.do(tx => assignOfficer(tx, id, next))
  const told = await trial
    .as(machine('intake'))
    .do(tx => sql<{ officer_is_woman: boolean }>`select officer_is_woman from intake.report`.execute(tx.db))
  expect(told.rows[0]!.officer_is_woman).not.toBeNull()
  // With the case its sight has moved: from who had it to who has it.
  const [former, present] = [file.officer, next].map(officer => trial.as({ ...staff('officer'), officer }))
  expect((await present!.do(tx => readCase(tx, id))).officer).toMatchObject({ officer: next })
  await expect(former!.do(tx => readCase(tx, id))).rejects.toMatchObject({ code: 'cases.noCase' })
})

test('the officer or the leader lets a colleague in for a reason and a time; the clock or a word ends it', async () => {
  await using trial = await openTrial()
  await given(trial)
  const { id, file } = await opened(trial)
  const officer = { ...staff('officer'), officer: file.officer }
  const leader = staff('leader')
  const second = await enrolled(trial, 'officer', 'busan')
  const counsellor = await enrolled(trial, 'counsellor', 'seoul')
  const commander = await enrolled(trial, 'commander', null)
  const until = (days: number) => new Date(trial.clock.now().getTime() + days * 86_400_000).toISOString()
  const form = { ground: 'secondPerson', words: '차단 승인', until: until(7) } as const
  const lets = (by: typeof officer, who: typeof officer, change = {}) =>
    trial.as(by).do(tx => letIn(tx, id, { ...form, account: who.account, ...change }))
  for (const [by, who, change, code] of [
    [second, second, {}, 'cases.noCase'],
    [staff('officer'), second, {}, 'cases.noCase'],
    [staff('leader', 'busan'), second, {}, 'cases.noCase'],
    [officer, commander, {}, 'cases.noColleague'],
    [officer, staff('officer'), {}, 'cases.noColleague'],
    [officer, second, { until: until(181) }, 'cases.untilTooFar'],
    [officer, second, { until: until(-1) }, 'cases.untilTooFar'],
  ] as const)
    await expect(lets(by, who, change), code).rejects.toMatchObject({ code })
  await lets(officer, second)
  const member = await lets(leader, counsellor, { ground: 'counsellor' })
  // Let in is not let others in.
  await expect(lets(second, counsellor)).rejects.toMatchObject({ code: 'cases.mayNotLetIn' })
  await trial.as(second).do(tx => readCase(tx, id))
  await trial.as(counsellor).do(tx => readCase(tx, id))
  const shown = await trial.as(officer).see(tx => membersOf(tx, id))
  expect(shown).toMatchObject({
    mayLetIn: true,
    rows: [
      { account: second.account, name: '시험', ground: 'secondPerson', words: '차단 승인', isIn: true },
      { account: counsellor.account, ground: 'counsellor', isIn: true },
    ],
  })
  await trial.as(leader).do(tx => endMember(tx, member))
  await expect(trial.as(counsellor).do(tx => readCase(tx, id))).rejects.toMatchObject({
    code: 'cases.noCase',
  })
  trial.clock.advance(7 * 86_400_000)
  await expect(trial.as(second).do(tx => readCase(tx, id))).rejects.toMatchObject({ code: 'cases.noCase' })
  const line = await trial.as(officer).do(tx => readTimeLine(tx, id, page))
  expect(
    line.rows.filter(each => each.kind.startsWith('member.')).map(each => [each.kind, each.detail]),
  ).toEqual([
    ['member.letIn', { ground: 'secondPerson', days: 7 }],
    ['member.letIn', { ground: 'counsellor', days: 7 }],
    ['member.ended', {}],
  ])
})

test('nobody lets themselves in past the room: the database refuses', async () => {
  await using trial = await openTrial()
  await given(trial)
  const { id } = await opened(trial)
  const stranger = staff('officer')
  for (const [ground, minutes] of [
    ['team', 10],
    ['secondPerson', 10],
    ['breakGlass', 61],
  ] as const)
    await expect(
      trial.as(stranger).do(tx =>
        sql`insert into cases.member (id, case_id, account_id, ground, words, let_by, from_at, until_at)
          values (gen_random_uuid(), ${id}, ${stranger.account}, ${ground}, 'x', ${stranger.account}, platform.now(),
            platform.now() + make_interval(mins => ${minutes}))`.execute(tx.db),
      ),
    ).rejects.toThrow(/row-level security|check constraint/)
})

test('a new case has the counsellor of its agency who has the fewest', async () => {
  await using trial = await openTrial()
  await given(trial)
  const counsellors = [
    await enrolled(trial, 'counsellor', 'seoul'),
    await enrolled(trial, 'counsellor', 'seoul'),
  ]
  await enrolled(trial, 'counsellor', 'busan')
  const cases = [await opened(trial), await opened(trial)]
  const seen = await Promise.all(
    counsellors.map(who => trial.as(who).see(async tx => (await listCases(tx, everything)).rows)),
  )
  expect(seen.map(rows => rows.length)).toEqual([1, 1])
  expect(new Set(seen.flat().map(row => row.case))).toEqual(new Set(cases.map(each => each.id)))
})

test('each reading of a case is in its time line, once an hour for each account', async () => {
  await using trial = await openTrial({ at: '2026-11-23T09:10:00+09:00' })
  await given(trial)
  const team = [staff('officer'), staff('leader')] as const
  trial.team.push(...team)
  const { id } = await opened(trial)
  const [one, other] = [trial.as(team[0]), trial.as(team[1])]
  await one.do(tx => readCase(tx, id))
  trial.clock.advance(40 * 60_000)
  await one.do(tx => readTimeLine(tx, id, page))
  await other.do(tx => readCase(tx, id))
  trial.clock.advance(20 * 60_000)
  const line = await one.do(tx => readTimeLine(tx, id, page))
  expect(line.rows.filter(entry => entry.kind === 'case.read')).toHaveLength(3)
  expect(new Set(line.rows.map(entry => entry.kind))).toContain('case.assigned')
})

test('the time line is paged', async () => {
  await using trial = await openTrial()
  await given(trial)
  const own = trial.as(joined(trial, 'officer'))
  const { id } = await opened(trial)
  const whole = await own.do(tx => readTimeLine(tx, id, page))
  const first = await own.do(tx => readTimeLine(tx, id, { limit: 2 }))
  const rest = await own.do(tx => readTimeLine(tx, id, { limit: 200, after: first.next! }))
  expect([...first.rows, ...rest.rows]).toEqual(whole.rows)
})

test('the leader gives a case to another officer of the team, and never to one of another agency', async () => {
  await using trial = await openTrial()
  const { officers, women, loadOf } = await given(trial)
  const leader = trial.as(joined(trial, 'leader'))
  const { id, file } = await opened(trial)
  const next = officers.seoul.find(each => each !== file.officer)!
  await leader.do(tx => assignOfficer(tx, id, next))
  await leader.do(tx => assignOfficer(tx, id, next))
  expect((await leader.do(tx => readCase(tx, id))).officer).toMatchObject({ officer: next })
  expect(await loadOf(next)).toBe(1)
  expect(await loadOf(file.officer!)).toBe(0)
  await expect(leader.do(tx => assignOfficer(tx, id, officers.busan[0]!))).rejects.toMatchObject({
    code: 'staffing.notInAgency',
  })
  await expect(
    leader.do(tx => assignOfficer(tx, id, newId<'OfficerId'>(trial.clock.now()))),
  ).rejects.toMatchObject({ code: 'staffing.noOfficer' })
  await expect(
    trial.as(staff('leader', 'busan')).do(tx => assignOfficer(tx, id, next)),
  ).rejects.toMatchObject({ code: 'cases.noCase' })
  const asked = await opened(trial, { wantsWoman: true })
  const man = officers.seoul.find(each => !women.includes(each))!
  await expect(leader.do(tx => assignOfficer(tx, asked.id, man))).rejects.toMatchObject({
    code: 'cases.womanWanted',
  })
  expect((await leader.do(tx => readCase(tx, asked.id))).officer?.officer).toBe(asked.file.officer)
})

test('a person settles a matter and says why; the last one closes the case, which takes no officer then', async () => {
  await using trial = await openTrial()
  const { officers } = await given(trial)
  const officer = trial.as(joined(trial, 'officer'))
  const { id } = await opened(trial, { contact: { way: 'email', value: 'me@person.example' } })
  const { matters } = await officer.do(tx => readCase(tx, id))
  for (const matter of matters)
    await officer.do(tx =>
      settleByHand(tx, matter.matter, matter.kind === 'contact' ? 'contacted' : 'notYours'),
    )
  const closed = await officer.do(tx => readCase(tx, id))
  expect(closed).toMatchObject({ state: 'closed', openMatters: 0 })
  expect(closed.matters.map(matter => matter.reason)).toEqual(['notYours', 'notYours', 'contacted'])
  await officer.do(tx => settleByHand(tx, matters[0]!.matter, 'handled'))
  expect((await officer.do(tx => readCase(tx, id))).matters[0]!.reason).toBe('notYours')
  await expect(
    trial.as(staff('leader')).do(tx => assignOfficer(tx, id, officers.seoul[0]!)),
  ).rejects.toMatchObject({ code: 'cases.caseClosed' })
  await trial.as(machine('cases')).do(tx => release(tx, id))
})
