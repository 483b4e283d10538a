import { expect, test } from 'vitest'
import { dayAfter } from '@jikimi/staffing'
import type { AccountId, CaseId, OfficerId } from '#platform/ids'
import { on } from '#platform/jobs'
import { machine, openTrial, staff, type Trial } from '#platform/trial'
import type { Role, Staff } from '#platform/who'
import { addOfficer } from '#staffing'
import { assignOfficer } from './assignment.ts'
import { given, join, opened } from './given.ts'
import { carryOver, handOver, handovers, noteHandover } from './handover.ts'
import { caseLine, listCases } from './list.ts'
import { settleByHand } from './matter.ts'
import { letIn, membersOf } from './member.ts'
import { readCase, readTimeLine } from './reading.ts'
import { CaseQuery, type NewHandover } from './schema.ts'

const everything = CaseQuery.parse({})
const page = { limit: 200 }
const openHere = () => openTrial({ procedure: [on('case.handedOver', 'cases', carryOver)] })

/** An account as the console would list it, of an officer where one is named. */
async function enrolled(
  trial: Trial,
  role: Role,
  agency: string,
  officer: OfficerId | null = null,
): Promise<Staff> {
  const who = { ...staff(role, agency), officer }
  await trial.database.pool.query(
    `insert into access."user" (id, name, email, "emailVerified") values ($1, '시험', $2, true)`,
    [who.account, `${who.account}@jikimi.example`],
  )
  await trial.database.pool.query(
    `insert into access.member (account, role, officer, agency, enrolled_at) values ($1, $2, $3, $4, now())`,
    [who.account, role, officer, agency],
  )
  return who
}

/** Puts officers on call for the three days around the trial's first. */
async function onCall(trial: Trial, ...officers: readonly OfficerId[]): Promise<void> {
  await trial.database.pool.query(
    `insert into staffing.roster values ('01890000-0000-7000-8000-000000000001', '2026-11-22', 3, 2, 1, $1, now())`,
    [staff('commander').account],
  )
  for (const at of [0, 1, 2])
    for (const officer of officers)
      await trial.database.pool.query(
        `insert into staffing.duty values (gen_random_uuid(), '01890000-0000-7000-8000-000000000001', $1, $2)`,
        [dayAfter('2026-11-22', at), officer],
      )
}

/** The leader hands the case over, and the procedure carries it out. */
async function over(trial: Trial, leader: Staff, id: CaseId, form: Partial<NewHandover>) {
  const whole = { agency: 'seoul', reason: 'load', words: '', ...form } as const
  const handover = await trial.as(leader).do(tx => handOver(tx, id, whole))
  await trial.as(machine('cases')).do(tx => carryOver(tx, { handover }))
  await trial.as(machine('cases')).do(tx => carryOver(tx, { handover }))
  return handover
}

const sees = (trial: Trial, who: Staff, id: CaseId) =>
  trial
    .as(who)
    .do(tx => readCase(tx, id))
    .then(
      () => true,
      () => false,
    )

test('who is called for a wish sees the case, and no colleague of hers; when the wish is met she sees it no more', async () => {
  await using trial = await openHere()
  const { officers } = await given(trial)
  const room = trial.as(machine('staffing'))
  const add = (name: string, agency: string, isWoman: boolean) =>
    room.do(tx => addOfficer(tx, { name, isWoman, isLeader: false, agency }))
  const man = await add('제주 수사관', 'jeju', false)
  const called = await enrolled(trial, 'officer', 'gwangju', await add('광주 수사관', 'gwangju', true))
  const colleague = await enrolled(trial, 'officer', 'gwangju', await add('광주 동료', 'gwangju', true))
  await onCall(trial, called.officer!)
  const { id } = await opened(trial, { region: 'jeju', wantsWoman: true })
  expect(await sees(trial, called, id)).toBe(true)
  for (const who of [colleague, staff('officer', 'jeju'), staff('leader', 'gwangju')])
    expect(await sees(trial, who, id)).toBe(false)
  const leader = staff('leader', 'jeju')
  expect((await trial.as(leader).see(tx => membersOf(tx, id))).rows).toMatchObject([
    { account: called.account, ground: 'wish', letInBy: null, until: null, isIn: true },
  ])
  await trial.as(leader).do(tx => assignOfficer(tx, id, man))
  expect(await sees(trial, called, id), 'a man does not meet it').toBe(true)
  const woman = await add('제주 여성 수사관', 'jeju', true)
  await trial.as(leader).do(tx => assignOfficer(tx, id, woman))
  expect(await sees(trial, called, id)).toBe(false)
  expect(officers.seoul).toHaveLength(3)
  // Given back to the man, who alone is left: the wish is never silently dropped.
  await trial.database.pool.query(`update staffing.posting set until_at = now() where officer = $1`, [woman])
  await trial.as(leader).do(tx => assignOfficer(tx, id, man))
  expect(await sees(trial, called, id), 'called anew').toBe(true)
  const { matters } = await trial.as(called).do(tx => readCase(tx, id))
  for (const { matter } of matters) await trial.as(called).do(tx => settleByHand(tx, matter, 'handled'))
  expect(await sees(trial, called, id), 'the case is closed').toBe(false)
  const line = await trial.as(machine('cases')).do(tx => readTimeLine(tx, id, page))
  expect(line.rows.map(each => each.kind).filter(kind => /^(wish|member)\./.test(kind))).toEqual([
    'wish.open',
    'member.letIn',
    'wish.met',
    'member.ended',
    'wish.open',
    'member.letIn',
    'wish.released',
    'member.ended',
  ])
})

test('a case handed to another agency keeps number, log and matters; sight and load go with it, and its leader is told', async () => {
  await using trial = await openHere()
  const { officers, loadOf } = await given(trial)
  const [former, joined] = [await enrolled(trial, 'counsellor', 'seoul'), staff('officer')]
  const { id, file, addresses } = await opened(trial, { region: 'seoul' })
  await join(trial, id, joined)
  const officer = { ...staff('officer'), officer: file.officer }
  const letInTo = await enrolled(trial, 'lawyerLiaison', 'seoul')
  const until = new Date(trial.clock.now().getTime() + 86_400_000).toISOString()
  const advice = { account: letInTo.account, ground: 'advice', words: '', until } as const
  await trial.as(officer).do(tx => letIn(tx, id, advice))
  const next = await enrolled(trial, 'counsellor', 'busan')
  const before = await trial.as(officer).do(tx => readCase(tx, id))
  const log = await trial.as(officer).do(tx => readTimeLine(tx, id, page))
  const leader = staff('leader')
  trial.clock.advance(60_000)
  const words = '신고인이 부산으로 이사했습니다.'
  const handover = await over(trial, leader, id, { agency: 'busan', reason: 'place', words })

  const there = { ...staff('officer', 'busan'), officer: officers.busan[0]! }
  const after = await trial.as(there).do(tx => readCase(tx, id))
  expect(after).toMatchObject({ number: before.number, agency: 'busan', openedAt: before.openedAt })
  expect(after.matters).toEqual(before.matters)
  expect(after.addresses.map(each => each.address).toSorted()).toEqual([...addresses].toSorted())
  const found = await trial.as(there).see(tx => listCases(tx, CaseQuery.parse({ q: 'clips.example' })))
  expect(found.rows).toHaveLength(1)
  const kept = await trial.as(there).do(tx => readTimeLine(tx, id, page))
  expect(kept.rows.slice(0, log.rows.length)).toEqual(log.rows)
  expect(kept.rows.find(each => each.kind === 'case.handedOver')).toMatchObject({
    about: { handover },
    detail: { reason: 'place', from: 'seoul', to: 'busan' },
  })
  expect(JSON.stringify(kept)).not.toContain(words)
  expect([await loadOf(file.officer!), await loadOf(officers.busan[0]!)]).toEqual([0, 1])

  for (const who of [officer, former, joined, staff('officer', 'busan')])
    expect(await sees(trial, who, id), who.role).toBe(false)
  for (const who of [next, letInTo]) expect(await sees(trial, who, id), who.role).toBe(true)
  expect((await trial.as(leader).see(tx => listCases(tx, everything))).rows).toEqual([])
  await expect(trial.as(leader).see(tx => caseLine(tx, id))).rejects.toMatchObject({ code: 'cases.noCase' })
  expect(await trial.as(leader).see(tx => handovers(tx, id))).toEqual([])

  const taker = trial.as(staff('leader', 'busan'))
  expect(await taker.see(tx => handovers(tx))).toMatchObject([
    { handover, case: id, number: before.number, from: 'seoul', to: 'busan', officer: '최수사', words },
  ])
  await expect(trial.as(leader).do(tx => noteHandover(tx, handover))).rejects.toMatchObject({
    code: 'cases.noHandover',
  })
  await taker.do(tx => noteHandover(tx, handover))
  expect(await taker.see(tx => handovers(tx))).toEqual([])
  const history = await taker.see(tx => handovers(tx, id))
  expect(history, 'the history stays with the case').toMatchObject([
    { from: 'seoul', to: 'busan', fromOfficer: expect.stringMatching(/수사$/), isDone: true },
  ])
})

test('a wish for a woman goes with the case: where the other team has none, who is on call there is called', async () => {
  await using trial = await openHere()
  const { women } = await given(trial)
  const room = trial.as(machine('staffing'))
  const add = (agency: string, isWoman: boolean) =>
    room.do(tx => addOfficer(tx, { name: `${agency} 수사관`, isWoman, isLeader: false, agency }))
  const man = await add('jeju', false)
  const called = await enrolled(trial, 'officer', 'gwangju', await add('gwangju', true))
  await onCall(trial, called.officer!)
  const { id, file } = await opened(trial, { wantsWoman: true })
  expect(women).toContain(file.officer)
  await over(trial, staff('leader'), id, { agency: 'jeju', officer: man, reason: 'place' })
  expect(await sees(trial, { ...staff('officer', 'jeju'), officer: man }, id)).toBe(true)
  expect(await sees(trial, called, id)).toBe(true)
  await over(trial, staff('leader', 'jeju'), id, { agency: 'busan', reason: 'wish' })
  expect(await sees(trial, called, id)).toBe(false)
  const { rows } = await trial.database.pool.query(
    `select agency, met_at is not null as met from staffing.wish`,
  )
  expect(rows).toEqual([{ agency: 'jeju', met: true }])
})

test('only the leader of its agency hands a case over, to somebody who can take it, once at a time', async () => {
  await using trial = await openHere()
  const { officers, women } = await given(trial)
  const { id, file } = await opened(trial, { wantsWoman: true })
  const guest = staff('leader', 'busan')
  const leader = staff('leader')
  await join(trial, id, guest)
  const asks = (who: Staff, form: Partial<NewHandover>) =>
    trial.as(who).do(tx => handOver(tx, id, { agency: 'seoul', reason: 'load', words: '', ...form }))
  const man = officers.seoul.find(each => !women.includes(each))!
  for (const [who, form, code] of [
    [staff('leader', 'daegu'), { agency: 'daegu' }, 'cases.noCase'],
    [guest, { agency: 'busan' }, 'cases.mayNotHandOver'],
    [leader, { agency: 'atlantis' }, 'staffing.noAgency'],
    [leader, { agency: 'jeju' }, 'cases.noTeam'],
    [leader, {}, 'cases.noSuccessor'],
    [leader, { officer: file.officer! }, 'cases.noSuccessor'],
    [leader, { agency: 'busan', officer: man }, 'cases.noSuccessor'],
    [leader, { officer: man }, 'cases.womanWanted'],
  ] as const)
    await expect(asks(who, form), code).rejects.toMatchObject({ code })
  const handover = await asks(leader, { agency: 'busan' })
  expect(await trial.queued()).toContainEqual(
    expect.objectContaining({ queue: 'case.handedOver/cases', payload: { case: id, handover } }),
  )
  await expect(asks(leader, { agency: 'busan' })).rejects.toMatchObject({ code: 'cases.handoverStands' })
  const account: AccountId = leader.account
  await expect(
    trial.as(leader).do(async tx => {
      await tx.db.updateTable('cases.file').set({ agency: 'busan' }).where('id', '=', id).execute()
    }),
    `${account} cannot move a file past the procedure`,
  ).rejects.toThrow(/permission denied|row-level security/)
})
