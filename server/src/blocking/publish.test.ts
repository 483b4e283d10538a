import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { addressesWithSteps } from '#intake'
import { caseRow } from '#cases'
import { on } from '#platform/jobs'
import { dayMs, minuteMs } from '#platform/time'
import { openTrial, staff, type Trial } from '#platform/trial'
import { passGate } from './gate.ts'
import { approved, exhausted, openDesk, room, type Exhausted } from './given.ts'
import { compileHashes } from './list.ts'
import { lift, liftByHand, request } from './order.ts'
import { publicationFolder } from './publication-files.ts'
import { listPublications, release } from './publish.ts'
import { compileZone, readZone } from './rpz.ts'
import { confirm, servedPrefixes, servedZone } from './subscription.ts'

const procedure = [on('case.closed', 'statistics', async () => {})]
const operator = { kind: 'subscriber', name: 'operator' } as const

const zoneOf = (trial: Trial) =>
  trial.as(operator).see(async tx => readZone(String((await servedZone(tx, undefined)).body)))
const stepsOf = async (trial: Trial, one: Exhausted) => {
  const { report } = await trial.as(room).see(tx => caseRow(tx, one.case))
  const [address] = await trial.as(room).see(tx => addressesWithSteps(tx, report))
  return address!.steps.map(each => each.step)
}

test('the first publication is empty but for the sentinel; a tick that finds nothing new publishes nothing', async () => {
  await using trial = await openTrial({ procedure })
  await using desk = await openDesk(trial)
  expect(await desk.tick()).toMatchObject({ names: 0, addresses: 0 })
  expect(await desk.tick()).toBeUndefined()
  expect((await zoneOf(trial)).names).toEqual([])
})

test('what is approved goes out, the victim is told, and the matters of the address and the order are settled', async () => {
  await using trial = await openTrial({ procedure })
  await using desk = await openDesk(trial)
  const whole = await exhausted(trial, 'http://www.board-one.example/post/1')
  const page = await exhausted(trial, 'https://board-two.example/post/1?id=7')
  const waiting = await exhausted(trial, 'http://board-three.example/')
  await approved(trial, desk, whole.order)
  await approved(trial, desk, page.order, { scope: 'address' })
  await trial
    .as(desk.first)
    .do(tx => request(tx, waiting.order, { basis: 'krNa44x7', scope: 'host' }, desk.first.account))
  expect(await desk.tick()).toMatchObject({ names: 1, addresses: 2, added: 2, removed: 0 })
  expect((await zoneOf(trial)).names).toEqual(['board-one.example'])
  expect(await desk.orderOf(whole.order)).toMatchObject({
    state: 'published',
    publishedAt: trial.clock.now().toISOString(),
  })
  expect(await desk.orderOf(waiting.order)).toMatchObject({ state: 'requested' })
  expect(await stepsOf(trial, page)).toContain('blocked')
  expect(await stepsOf(trial, waiting)).not.toContain('blocked')
  // The address was all there was to do: the case is closed.
  expect(await trial.as(room).see(tx => caseRow(tx, page.case))).toMatchObject({ state: 'closed' })
  expect(await trial.as(room).see(tx => caseRow(tx, waiting.case))).toMatchObject({ state: 'open' })
  expect(await desk.tick()).toBeUndefined()
})

test('lifting takes effect with the very next publication', async () => {
  await using trial = await openTrial({ procedure })
  await using desk = await openDesk(trial)
  const [gone, broad] = [
    await exhausted(trial, 'http://board-one.example/1'),
    await exhausted(trial, 'http://board-two.example/1'),
  ]
  await approved(trial, desk, gone.order)
  await approved(trial, desk, broad.order)
  const before = (await desk.tick())!
  await trial.as(room).do(tx => lift(tx, gone))
  await trial.as(desk.first).do(tx => liftByHand(tx, broad.order, 'tooBroad'))
  const after = (await desk.tick())!
  expect(after).toMatchObject({ names: 0, removed: 2 })
  expect(after.serial).toBeGreaterThan(before.serial)
  expect((await zoneOf(trial)).names).toEqual([])
  // Too broad does not mean gone: the address is to be dealt with again, and the victim is not left in the belief.
  expect((await stepsOf(trial, broad)).at(-1)).toBe('unblocked')
  expect((await stepsOf(trial, gone)).at(-1)).toBe('blocked')
  expect(await trial.as(room).see(tx => caseRow(tx, broad.case))).toMatchObject({ state: 'open' })
})

test('a block expires by itself, and the address is to be dealt with again', async () => {
  await using trial = await openTrial({ procedure })
  await using desk = await openDesk(trial)
  const one = await exhausted(trial, 'http://board-one.example/1')
  await approved(trial, desk, one.order)
  await desk.tick()
  trial.clock.advance(30 * dayMs)
  expect(await desk.tick()).toMatchObject({ names: 0, removed: 1 })
  expect(await desk.orderOf(one.order)).toMatchObject({ state: 'expired' })
  expect((await stepsOf(trial, one)).at(-1)).toBe('unblocked')
  expect(await trial.as(room).see(tx => caseRow(tx, one.case))).toMatchObject({ state: 'open' })
  // Asked for again by two persons, it is published again.
  await approved(trial, desk, one.order)
  expect(await desk.tick()).toMatchObject({ names: 1 })
})

test('serials only ever grow, also when the clock stands still or goes back', async () => {
  await using trial = await openTrial({ procedure })
  await using desk = await openDesk(trial)
  const serials: number[] = []
  for (const place of [1, 2, 3]) {
    const { order } = await exhausted(trial, `http://board-${place}.example/1`)
    await approved(trial, desk, order)
    if (place === 3) trial.clock.advance(-60 * minuteMs)
    serials.push((await desk.tick())!.serial)
  }
  expect(serials).toEqual([...serials].sort((one, other) => one - other))
  expect(new Set(serials).size).toBe(3)
})

test('two orders for one host are one name, and lifting one leaves the other', async () => {
  await using trial = await openTrial({ procedure })
  await using desk = await openDesk(trial)
  const [one, other] = [
    await exhausted(trial, 'http://board.example/1'),
    await exhausted(trial, 'http://www.board.example/2'),
  ]
  await approved(trial, desk, one.order)
  await desk.tick()
  await approved(trial, desk, other.order)
  expect(await desk.tick()).toMatchObject({ names: 1, added: 0 })
  expect(await desk.orderOf(other.order)).toMatchObject({ state: 'published' })
  await trial.as(room).do(tx => lift(tx, one))
  expect(await desk.tick()).toBeUndefined()
  expect((await zoneOf(trial)).names).toEqual(['board.example'])
})

test('the files hold what was published, and are written anew where a crash lost them', async () => {
  await using trial = await openTrial({ procedure })
  await using desk = await openDesk(trial)
  const { order } = await exhausted(trial, 'http://board-one.example/1')
  await approved(trial, desk, order)
  const made = (await desk.tick())!
  const folder = publicationFolder(desk.folder)
  const zone = await readFile(join(folder, 'rpz.zone'), 'utf8')
  expect(readZone(zone)).toEqual({ serial: made.serial, names: ['board-one.example'] })
  expect(await readFile(join(folder, 'prefixes.bin'))).toHaveLength(4)
  await writeFile(join(folder, 'publication.json'), '{"ser')
  await writeFile(join(folder, 'rpz.zone'), '')
  await desk.tick()
  expect(await readFile(join(folder, 'rpz.zone'), 'utf8')).toBe(zone)
})

test('a list that loses too much waits until a person lets it go out', async () => {
  await using trial = await openTrial({ procedure })
  await using desk = await openDesk(trial)
  const all: Exhausted[] = []
  for (let place = 0; place < 24; place += 1) {
    const one = await exhausted(trial, `http://board-${place}.example/1`)
    await approved(trial, desk, one.order)
    all.push(one)
  }
  await desk.tick()
  for (const one of all.slice(0, 21)) await trial.as(room).do(tx => lift(tx, one))
  expect(await desk.tick()).toBeUndefined()
  expect(await desk.tick()).toBeUndefined()
  expect((await zoneOf(trial)).names).toHaveLength(24)
  const seen = () => trial.as(desk.second).see(tx => listPublications(tx, { limit: 10 }))
  const { held } = await seen()
  expect(held).toMatchObject({ added: 0, removed: 21 })
  await trial.as(desk.second).do(tx => release(tx, held!.hold, desk.second.account))
  await expect(
    trial.as(desk.second).do(tx => release(tx, held!.hold, desk.second.account)),
  ).rejects.toMatchObject({ code: 'blocking.noHold' })
  trial.clock.advance(minuteMs)
  expect(await desk.tick()).toMatchObject({ names: 3, removed: 21 })
  expect(await seen()).toMatchObject({ held: null, rows: [{ names: 3 }, { names: 24 }] })
})

test('two processes that publish at once make one publication', async () => {
  await using trial = await openTrial({ procedure })
  await using desk = await openDesk(trial)
  const { order } = await exhausted(trial, 'http://board-one.example/1')
  await approved(trial, desk, order)
  const made = await Promise.all([desk.tick(), desk.tick()])
  expect(made.filter(each => each !== undefined)).toHaveLength(1)
})

test('the gate refuses lists that are not what was wanted', async () => {
  const names = ['alpha.example', 'beta.example']
  const hashes = compileHashes(names.map(name => `${name}/`))
  const good = { serial: 7, names, zone: compileZone(names, 7).text, hashes }
  await expect(passGate(good)).resolves.toBeInstanceOf(Array)
  const bad = [
    { ...good, serial: 8 },
    { ...good, names: ['alpha.example'] },
    { ...good, zone: good.zone.replaceAll('beta', 'gamma') },
    { ...good, zone: `${good.zone}*.com CNAME .\n` },
    { ...good, hashes: hashes.subarray(1) },
  ]
  for (const lists of bad) await expect(passGate(lists)).rejects.toMatchObject({ name: 'ZoneFault' })
})

test('a checker that may not be run is an absent one; one that refuses keeps the list in', async () => {
  const names = ['alpha.example']
  const lists = {
    serial: 7,
    names,
    zone: compileZone(names, 7).text,
    hashes: compileHashes(['alpha.example/']),
  }
  const folder = mkdtempSync(join(tmpdir(), 'jikimi-checkers-'))
  try {
    writeFileSync(join(folder, 'named-checkzone'), '#!/bin/sh\nexit 0\n', { mode: 0o600 })
    await expect(passGate(lists, folder)).resolves.toEqual([])
    writeFileSync(join(folder, 'unbound-checkconf'), '#!/bin/sh\nexit 0\n', { mode: 0o700 })
    await expect(passGate(lists, folder)).resolves.toEqual(['unbound-checkconf'])
    writeFileSync(join(folder, 'unbound-checkconf'), '#!/bin/sh\nexit 1\n')
    await expect(passGate(lists, folder)).rejects.toMatchObject({ name: 'ZoneFault' })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

test('subscribers see lists and no order; staff see counts and no list', async () => {
  await using trial = await openTrial({ procedure })
  await using desk = await openDesk(trial)
  const { order } = await exhausted(trial, 'http://board-one.example/1')
  await approved(trial, desk, order)
  await desk.tick()
  const zone = await trial.as(operator).see(tx => servedZone(tx, undefined))
  expect(zone.etag).toMatch(/^"[0-9a-f]{32}"$/)
  expect((await trial.as(operator).see(tx => servedZone(tx, `"x", W/${zone.etag}`))).body).toBeUndefined()
  const { body } = await trial.as(operator).see(tx => servedPrefixes(tx, undefined))
  const prefix = (body as Buffer).toString('hex')
  expect(await trial.as(operator).see(tx => confirm(tx, prefix))).toEqual({
    hashes: [compileHashes(['board-one.example/']).toString('hex')],
  })
  expect(await trial.as(operator).see(tx => confirm(tx, '00000000'))).toEqual({ hashes: [] })
  for (const who of [desk.first, staff('administrator', null), { kind: 'anonymous' } as const])
    await expect(trial.as(who).see(tx => servedZone(tx, undefined))).rejects.toMatchObject({
      code: 'blocking.noPublication',
    })
  expect(
    (await trial.as(staff('commander', null)).see(tx => listPublications(tx, { limit: 5 }))).rows,
  ).toHaveLength(1)
})
