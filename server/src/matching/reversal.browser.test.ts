import { createHash } from 'node:crypto'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { timeLine } from '#audit'
import { caseRow } from '#cases'
import { jobs as evidenceJobs, recapture } from '#evidence'
import { addressesWithSteps } from '#intake'
import { machine, staff, type Trial } from '#platform/trial'
import { madePhotograph, madePicture } from '#platform/trial-media'
import type { TrialWorld } from '#platform/trial-world'
import type { Opened } from '#trial-case'
import { makeBank, numbersOf } from './banks.ts'
import { decideMatch, isConfirmed, isTakenBack } from './decision.ts'
import { addEntries } from './entries.ts'
import { captured, capturedToo, lookThrough, openScene, reported } from './given.ts'
import { listMatches } from './list.ts'
import { takeBack } from './reversal.ts'

const room = machine('matching')
const officer = staff('officer')
let scene: Awaited<ReturnType<typeof openScene>>
let trial: Trial
let place: TrialWorld

beforeAll(async () => {
  scene = await openScene(officer)
  ;({ trial, place } = scene)
}, 180_000)
afterAll(() => scene[Symbol.asyncDispose]())

const jpeg = (bytes: Buffer): Record<string, [string, Buffer]> => ({ '/a.jpg': ['image/jpeg', bytes] })
const matchesOf = async (opened: Opened) =>
  (await trial.as(officer).see(tx => listMatches(tx, { case: opened.case, limit: 50 }))).rows.filter(
    row => row.address === opened.address,
  )
const entriesOf = async (opened: Opened, kind: string) =>
  (
    await trial.as(officer).see(tx => timeLine(tx, opened.case, { limit: 200, after: undefined }))
  ).rows.filter(entry => entry.kind === kind)
const reversedOf = async (opened: Opened) =>
  (await trial.queued())
    .filter(each => each.queue === 'match.reversed/takedown')
    .map(each => each.payload as { case: string; address: string })
    .filter(each => each.address === opened.address)
const nowOf = async (opened: Opened) =>
  (await trial.as(room).see(tx => addressesWithSteps(tx, opened.report))).find(
    each => each.address === opened.address,
  )!.now

test('a sure match that was wrong is taken back with its reason, which the log has as a code only', async () => {
  const picture = await madePhotograph(301)
  const opened = await captured(scene, 'wrong.example', jpeg(picture), [
    await reported(place.world, 'image/jpeg', picture),
  ])
  const [match] = await matchesOf(opened)
  expect(match).toMatchObject({ kind: 'sure', state: 'confirmed', reversal: null })
  await expect(
    trial.as(staff('officer', 'busan')).do(tx => takeBack(tx, match!.match, { reason: 'other' })),
  ).rejects.toMatchObject({ code: 'matching.noMatch' })

  const words = '신고인이 다른 사람이라고 알려 왔습니다'
  await trial.as(officer).do(tx => takeBack(tx, match!.match, { reason: 'anotherPerson', words }))
  await trial.as(officer).do(tx => takeBack(tx, match!.match, { reason: 'byMistake' }))
  expect(await matchesOf(opened)).toMatchObject([
    { state: 'reversed', reversal: { by: officer.account, reason: 'anotherPerson', words } },
  ])
  expect(await reversedOf(opened)).toEqual([
    { case: opened.case, match: match!.match, address: opened.address },
  ])
  const entries = await entriesOf(opened, 'match.reversed')
  expect(entries).toMatchObject([{ detail: { reason: 'anotherPerson' }, by: { account: officer.account } }])
  const { rows } = await trial.database.pool.query('select body from audit.entry')
  expect(JSON.stringify(rows)).not.toContain(words)
  expect(await nowOf(opened)).toBe('notYours')
  expect(await trial.as(room).see(tx => caseRow(tx, opened.case))).toMatchObject({ state: 'closed' })
  await expect(trial.as(officer).do(tx => decideMatch(tx, match!.match, 'same'))).rejects.toMatchObject({
    code: 'matching.decidedOtherwise',
  })

  // Captured once more, the same fingerprint is not believed on this address again: a person looks.
  await trial.as(machine('evidence')).do(tx => recapture(tx, opened))
  await place.settle(evidenceJobs)
  await lookThrough(scene, opened)
  expect((await matchesOf(opened)).map(row => [row.kind, row.state])).toEqual([
    ['sure', 'pending'],
    ['sure', 'reversed'],
  ])
  expect(await reversedOf(opened)).toHaveLength(1)
}, 120_000)

test('while another match on the address is confirmed nothing follows; the last one taken back tells the later rooms', async () => {
  const [one, other] = [await madePhotograph(311), await madePhotograph(312)]
  const opened = await captured(
    scene,
    'pair.example',
    { '/a.jpg': ['image/jpeg', one], '/b.jpg': ['image/jpeg', other] },
    [await reported(place.world, 'image/jpeg', one), await reported(place.world, 'image/jpeg', other)],
  )
  const [first, second] = await matchesOf(opened)
  const isTold = () => trial.as(room).see(tx => isConfirmed(tx, opened.address))
  await trial.as(officer).do(tx => takeBack(tx, first!.match, { reason: 'byMistake' }))
  expect(await reversedOf(opened)).toEqual([])
  expect(await isTold()).toBe(true)
  await trial.as(officer).do(tx => takeBack(tx, second!.match, { reason: 'byMistake' }))
  expect(await reversedOf(opened)).toHaveLength(1)
  expect(await isTold()).toBe(false)
  expect(await trial.as(room).see(tx => isTakenBack(tx, opened.address))).toBe(true)
}, 120_000)

test('what only the wrong copy has recognised since is put on the case by name, and its copy finds no more', async () => {
  const picture = await madePhotograph(321)
  const { width, height } = await sharp(picture).metadata()
  const left = Math.round(width * 0.1)
  const cropped = await sharp(picture)
    .extract({ left, top: 0, width: width - left, height })
    .jpeg({ quality: 80 })
    .toBuffer()
  const first = await captured(scene, 'seed.example', jpeg(picture), [
    await reported(place.world, 'image/jpeg', picture),
  ])
  const [seed] = await matchesOf(first)
  const second = await capturedToo(scene, first, 'by-copy.example', jpeg(cropped))
  const [byCopy] = await matchesOf(second)
  expect(byCopy).toMatchObject({ kind: 'sure', state: 'confirmed' })

  await trial.as(officer).do(tx => takeBack(tx, seed!.match, { reason: 'anotherPerson' }))
  const { rows } = await trial.database.pool.query(
    `select about, state from cases.matter where case_id = $1 and kind = 'match'`,
    [first.case],
  )
  expect(rows).toEqual([{ about: byCopy!.match, state: 'open' }])
  expect(await matchesOf(second)).toMatchObject([{ state: 'confirmed' }])
  expect(await entriesOf(first, 'bank.withdrawn')).toHaveLength(1)

  // A person has looked: it was wrong too, and nothing is left to do about it.
  await trial.as(officer).do(tx => takeBack(tx, byCopy!.match, { reason: 'anotherPerson' }))
  const { rows: after } = await trial.database.pool.query(
    `select state from cases.matter where case_id = $1 and kind = 'match'`,
    [first.case],
  )
  expect(after).toEqual([{ state: 'settled' }])
}, 120_000)

test('a bank’s hit that is taken back counts as a wrong one, and no longer as a right one', async () => {
  const listedFile = await madePicture(331)
  const bank = await trial.as(staff('leader')).do(async tx => {
    const limits = { isEnabled: true, matchMax: 31, reviewMax: 52 }
    const id = await makeBank(tx, { name: '제휴', kind: 'list', source: '제휴 기관', ...limits })
    const digest = createHash('sha256').update(listedFile).digest('hex')
    await addEntries(tx, place.world.keys, id, [
      { place: 0, algorithm: 'sha256', value: { kind: 'digest', digest }, about: { opinion: 'confirmed' } },
    ])
    return id
  })
  const opened = await captured(scene, 'counted.example', jpeg(listedFile), [])
  const [match] = await matchesOf(opened)
  expect(match).toMatchObject({ kind: 'listed', state: 'pending' })
  await expect(
    trial.as(officer).do(tx => takeBack(tx, match!.match, { reason: 'other' })),
  ).rejects.toMatchObject({ code: 'matching.notConfirmed' })
  const numbers = () => trial.as(staff('leader')).see(tx => numbersOf(tx, bank))
  await trial.as(officer).do(tx => decideMatch(tx, match!.match, 'same'))
  expect(await numbers()).toMatchObject({ confirmed: 1, reversed: 0, precision: 1 })
  await trial.as(officer).do(tx => takeBack(tx, match!.match, { reason: 'onlyAlike' }))
  expect(await numbers()).toMatchObject({ found: 1, confirmed: 0, reversed: 1, precision: 0 })
  // Who else hears of this bank has heard of each step.
  const { rows } = await trial.database.pool.query(
    'select decision, is_strong, distance from matching.feed_line where match_id = $1 order by number',
    [match!.match],
  )
  const line = { is_strong: true, distance: 0 }
  expect(rows).toEqual(['pending', 'confirmed', 'reversed'].map(decision => ({ decision, ...line })))
}, 120_000)
