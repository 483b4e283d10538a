import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { expireApprovals } from '#access'
import { timeLine } from '#audit'
import type { EventOf } from '#events'
import { machine, openTrial, staff } from '#platform/trial'
import { on } from '#platform/jobs'
import { dayMs } from '#platform/time'
import { newId } from '#platform/ids'
import { addOfficer } from '#staffing'
import { approved, exhausted, openDesk, room } from './given.ts'
import {
  approve,
  lapse,
  lift,
  liftByHand,
  liftReversed,
  listOrders,
  propose,
  request,
  settleRefused,
  turnDown,
} from './order.ts'

const heard = async () => {}
const procedure = [on('case.closed', 'statistics', heard)]
const wish = { basis: 'krSvpa23x2', scope: 'host' } as const

test('a target that stayed up is proposed for blocking, once', async () => {
  await using trial = await openTrial({ procedure })
  await using desk = await openDesk(trial)
  const one = await exhausted(trial, 'http://board-one.example/post/1')
  const again = await trial.as(room).do(tx => propose(tx, one))
  expect(again).toBe(one.order)
  expect(await desk.orderOf(one.order)).toMatchObject({
    state: 'proposed',
    scope: 'address',
    canonical: 'http://board-one.example/post/1',
    name: 'board-one.example',
    guards: [],
    requestedBy: null,
  })
})

test('one person requests with basis and scope, another approves, and the time line says who', async () => {
  await using trial = await openTrial({ procedure })
  await using desk = await openDesk(trial)
  const one = await exhausted(trial, 'http://board-one.example/post/1')
  await approved(trial, desk, one.order)
  expect(await desk.orderOf(one.order)).toMatchObject({
    state: 'approved',
    scope: 'host',
    basis: 'krSvpa23x2',
    requestedBy: desk.first.account,
    approvedBy: desk.second.account,
    expiresAt: new Date(trial.clock.now().getTime() + 30 * dayMs).toISOString(),
  })
  const { rows } = await trial
    .as(desk.first)
    .see(tx => timeLine(tx, one.case, { limit: 50, after: undefined }))
  const said = rows.filter(row => row.kind.startsWith('block.')).map(row => [row.kind, row.by.account])
  expect(said).toEqual([
    ['block.proposed', null],
    ['block.requested', desk.first.account],
    ['block.approved', desk.second.account],
  ])
})

test('whoever requested cannot approve: not through the room, and not in the database either', async () => {
  await using trial = await openTrial({ procedure })
  await using desk = await openDesk(trial)
  const { order } = await exhausted(trial, 'http://board-one.example/post/1')
  await trial.as(desk.first).do(tx => request(tx, order, wish, desk.first.account))
  await expect(trial.as(desk.first).do(tx => approve(tx, order, desk.first.account))).rejects.toMatchObject({
    code: 'access.samePerson',
  })
  const set = (by: string) =>
    trial
      .as(desk.first)
      .do(tx =>
        sql`update blocking.block_order set state = 'approved', approved_by = ${by}, approved_at = now(), expires_at = now() where id = ${order}`.execute(
          tx.db,
        ),
      )
  await expect(set(desk.first.account)).rejects.toThrow(/two_persons/)
  // Nor in another's name.
  await expect(set(desk.second.account)).rejects.toThrow(/own name/)
  expect(await desk.orderOf(order)).toMatchObject({ state: 'requested', approvedBy: null })
})

test('the product itself can neither request nor approve', async () => {
  await using trial = await openTrial({ procedure })
  await using desk = await openDesk(trial)
  const { order } = await exhausted(trial, 'http://board-one.example/post/1')
  await expect(trial.as(room).do(tx => request(tx, order, wish, desk.first.account))).rejects.toThrow(
    /own name/,
  )
})

test('a shared host, a suffix and an IP address are blocked by address only; what people depend on, never', async () => {
  await using trial = await openTrial({ procedure })
  await using desk = await openDesk(trial)
  const ask = async (url: string, scope: 'host' | 'address') => {
    const { order } = await exhausted(trial, url)
    return trial
      .as(desk.first)
      .do(tx => request(tx, order, { basis: 'krSvpa23x2', scope }, desk.first.account))
  }
  for (const url of [
    'https://www.youtube.com/watch?v=1',
    'https://github.io/x',
    'http://192.0.2.7/x',
    'http://bad_name.example/x',
  ]) {
    await expect(ask(url, 'host')).rejects.toMatchObject({ code: 'blocking.hostNotBlockable' })
    await expect(ask(url, 'address')).resolves.toBeUndefined()
  }
  // The front page of a shared host stands on the hashed list for the whole host.
  await expect(ask('https://www.youtube.com/', 'address')).rejects.toMatchObject({
    code: 'blocking.hostNotBlockable',
  })
  await expect(ask('https://www.police.go.kr/x', 'address')).rejects.toMatchObject({
    code: 'blocking.critical',
  })
  await expect(ask('https://www.police.go.kr/x', 'host')).rejects.toMatchObject({ code: 'blocking.critical' })
})

test('the law for children is named for children alone, and their blocks stand longer', async () => {
  await using trial = await openTrial({ procedure })
  await using desk = await openDesk(trial)
  const adult = await exhausted(trial, 'http://board-one.example/post/1')
  await expect(approved(trial, desk, adult.order, { basis: 'krCpa38x2' })).rejects.toMatchObject({
    code: 'blocking.basisDoesNotFit',
  })
  const child = await exhausted(trial, 'http://board-two.example/post/1', { ageUnder18: true })
  await approved(trial, desk, child.order, { basis: 'krCpa38x2' })
  const { expiresAt } = await desk.orderOf(child.order)
  expect(new Date(expiresAt!).getTime()).toBe(trial.clock.now().getTime() + 90 * dayMs)
})

test('an order moves only as its table says', async () => {
  await using trial = await openTrial({ procedure })
  await using desk = await openDesk(trial)
  const { order } = await exhausted(trial, 'http://board-one.example/post/1')
  const second = trial.as(desk.second)
  await expect(second.do(tx => approve(tx, order, desk.second.account))).rejects.toMatchObject({
    code: 'blocking.notNow',
  })
  await second.do(tx => turnDown(tx, order, 'tooBroad'))
  expect(await desk.orderOf(order)).toMatchObject({ state: 'refused', endReason: 'tooBroad' })
  await expect(second.do(tx => liftByHand(tx, order, 'tooBroad'))).rejects.toMatchObject({
    code: 'blocking.notNow',
  })
  // Turned down, it may be asked for anew.
  await approved(trial, desk, order, { scope: 'address' })
  expect(await desk.orderOf(order)).toMatchObject({ state: 'approved', scope: 'address', endReason: null })
  await expect(second.do(tx => turnDown(tx, order, 'tooBroad'))).rejects.toMatchObject({
    code: 'blocking.notNow',
  })
  const unknown = newId<'BlockOrderId'>(trial.clock.now())
  await expect(second.do(tx => turnDown(tx, unknown, 'tooBroad'))).rejects.toMatchObject({
    code: 'blocking.noOrder',
  })
})

test('what the only officer of a team requests is put before the commander, who sees that and no more', async () => {
  await using trial = await openTrial({ procedure })
  await using desk = await openDesk(trial, ['김수사'])
  const commander = staff('commander', null)
  const seen = () => trial.as(commander).see(async tx => (await listOrders(tx, { limit: 50 })).rows)
  const one = await exhausted(trial, 'http://board-one.example/post/1', { ageUnder18: true })
  expect(await seen()).toEqual([])
  await trial.as(desk.first).do(tx => request(tx, one.order, wish, desk.first.account))
  expect(await seen()).toMatchObject([{ order: one.order, state: 'requested', approver: 'head' }])
  await expect(
    trial.as(commander).do(tx => sql`select id from cases.file where id = ${one.case}`.execute(tx.db)),
  ).resolves.toMatchObject({ rows: [] })
  await trial.as(commander).do(tx => approve(tx, one.order, commander.account))
  expect(await desk.orderOf(one.order)).toMatchObject({
    state: 'approved',
    approvedBy: commander.account,
    // As long as a child's block stands, though the commander cannot read that it is one.
    expiresAt: new Date(trial.clock.now().getTime() + 90 * dayMs).toISOString(),
  })
  // Neither requests nor lifts: that is the team's.
  await expect(trial.as(commander).do(tx => liftByHand(tx, one.order, 'appeal'))).rejects.toThrow()
})

test('where a team has two, the commander has no say; a matter that was turned down is settled unless asked anew', async () => {
  await using trial = await openTrial({ procedure })
  await using desk = await openDesk(trial)
  const commander = staff('commander', null)
  const one = await exhausted(trial, 'http://board-one.example/post/1')
  await trial.as(desk.first).do(tx => request(tx, one.order, wish, desk.first.account))
  expect(await desk.orderOf(one.order)).toMatchObject({ approver: 'agency' })
  await expect(trial.as(commander).do(tx => approve(tx, one.order, commander.account))).rejects.toMatchObject(
    { code: 'blocking.noOrder' },
  )
  const openMatters = () =>
    trial.as(room).see(async tx => {
      const rows = await tx.db
        .selectFrom('cases.matter')
        .select('id')
        .where('case_id', '=', one.case)
        .where('kind', '=', 'block')
        .where('state', '<>', 'settled')
        .execute()
      return rows.length
    })
  await trial.as(desk.second).do(tx => turnDown(tx, one.order, 'tooBroad'))
  await trial.as(desk.first).do(tx => request(tx, one.order, wish, desk.first.account))
  await trial.as(room).do(tx => settleRefused(tx, one))
  expect(await openMatters()).toBe(1)
  await trial.as(desk.second).do(tx => turnDown(tx, one.order, 'tooBroad'))
  await trial.as(room).do(tx => settleRefused(tx, one))
  await trial.as(room).do(tx => settleRefused(tx, one))
  expect(await openMatters()).toBe(0)
})

test('the commander turns down what a team of one has requested', async () => {
  await using trial = await openTrial({ procedure })
  await using desk = await openDesk(trial, ['김수사'])
  const commander = staff('commander', null)
  const one = await exhausted(trial, 'http://board-one.example/post/1')
  await trial.as(desk.first).do(tx => request(tx, one.order, wish, desk.first.account))
  await trial.as(commander).do(tx => turnDown(tx, one.order, 'askOperatorAgain'))
  expect(await desk.orderOf(one.order)).toMatchObject({ state: 'refused', endReason: 'askOperatorAgain' })
  // Asked for anew when the team has grown, it is the team's own affair.
  await trial
    .as(machine('staffing'))
    .do(tx => addOfficer(tx, { name: '박수사', isWoman: false, isLeader: false, agency: 'seoul' }))
  await trial.as(desk.first).do(tx => request(tx, one.order, wish, desk.first.account))
  expect(await desk.orderOf(one.order)).toMatchObject({ state: 'requested', approver: 'agency' })
  await expect(trial.as(commander).do(tx => turnDown(tx, one.order, 'notOurs'))).rejects.toMatchObject({
    code: 'blocking.noOrder',
  })
})

test('a request that nobody decides in time is a proposal again, and may be requested anew', async () => {
  await using trial = await openTrial({
    procedure: [...procedure, on('approval.expired', 'blocking', lapse)],
  })
  await using desk = await openDesk(trial)
  const { order } = await exhausted(trial, 'http://board-one.example/post/1')
  await trial.as(desk.first).do(tx => request(tx, order, wish, desk.first.account))
  trial.clock.advance(7 * dayMs)
  await expect(trial.as(desk.second).do(tx => approve(tx, order, desk.second.account))).rejects.toMatchObject(
    { code: 'access.approvalOver' },
  )
  await expireApprovals(desk.work)
  const told = (await trial.queued()).map(each => each.payload as EventOf<'approval.expired'>)
  expect(told).toMatchObject([{ subject: order }])
  await trial.as(room).do(tx => lapse(tx, told[0]!))
  await trial.as(room).do(tx => lapse(tx, told[0]!))
  expect(await desk.orderOf(order)).toMatchObject({ state: 'proposed', requestedBy: null, basis: null })
  await approved(trial, desk, order)
  expect(await desk.orderOf(order)).toMatchObject({ state: 'approved' })
})

test('a removal lifts whatever stands; a target that is exhausted again gets a new order', async () => {
  await using trial = await openTrial({ procedure })
  await using desk = await openDesk(trial)
  const one = await exhausted(trial, 'http://board-one.example/post/1')
  await trial.as(room).do(tx => lift(tx, one))
  await trial.as(room).do(tx => lift(tx, one))
  expect(await desk.orderOf(one.order)).toMatchObject({ state: 'lifted', endReason: 'settled' })
  const next = await trial.as(room).do(tx => propose(tx, one))
  expect(next).not.toBe(one.order)
})

test('when a match is taken back, a proposal, a request and a published block of its address end alike', async () => {
  await using trial = await openTrial({ procedure })
  await using desk = await openDesk(trial)
  const hosts = ['board-one.example', 'board-two.example', 'board-three.example'] as const
  const [proposed, requested, published] = [
    await exhausted(trial, `http://${hosts[0]}/post/1`),
    await exhausted(trial, `http://${hosts[1]}/post/1`),
    await exhausted(trial, `http://${hosts[2]}/post/1`),
  ]
  await trial.as(desk.first).do(tx => request(tx, requested.order, wish, desk.first.account))
  await approved(trial, desk, published.order)
  await desk.tick()
  expect(await desk.orderOf(published.order)).toMatchObject({ state: 'published' })
  for (const one of [proposed, requested, published]) {
    const event = { ...one, match: newId<'MatchId'>(trial.clock.now()) }
    for (let told = 0; told < 2; told += 1) await trial.as(room).do(tx => liftReversed(tx, event))
    expect(await desk.orderOf(one.order)).toMatchObject({ state: 'lifted', endReason: 'wrongMatch' })
  }
})

test('another agency, the commander, the counsellor of elsewhere and the administrator see no order', async () => {
  await using trial = await openTrial({ procedure })
  await using desk = await openDesk(trial)
  const one = await exhausted(trial, 'http://board-one.example/post/1')
  const seen = (who: Parameters<typeof trial.as>[0]) =>
    trial.as(who).see(async tx => (await listOrders(tx, { limit: 50 })).rows.length)
  expect(await seen(desk.first)).toBe(1)
  for (const who of [
    staff('officer', 'busan'),
    staff('commander', null),
    staff('counsellor', 'busan'),
    staff('administrator', null),
    { kind: 'subscriber', name: 'operator' } as const,
  ])
    expect(await seen(who)).toBe(0)
  const stranger = staff('leader', 'busan')
  await expect(
    trial.as(stranger).do(tx => request(tx, one.order, wish, stranger.account)),
  ).rejects.toMatchObject({ code: 'blocking.noOrder' })
})
