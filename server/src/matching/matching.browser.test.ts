import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { timeLine } from '#audit'
import { caseRow } from '#cases'
import { addressesWithSteps, type ReportForm } from '#intake'
import { newId } from '#platform/ids'
import { machine, staff, type Trial } from '#platform/trial'
import { madeFilm, madePicture } from '#platform/trial-media'
import type { TrialWorld } from '#platform/trial-world'
import { openCase, type Opened } from '#trial-case'
import { bankFromReport, bankOf, readBank } from './bank.ts'
import { makeBank, numbersOf } from './banks.ts'
import { compareWithBank } from './compare.ts'
import { decideMatch } from './decision.ts'
import { addEntries } from './entries.ts'
import { fingerprintMedia } from './fingerprint-media.ts'
import { captured, openScene, reported } from './given.ts'
import { addOfficer } from '#staffing'
import { jobs } from './jobs.ts'
import { listMatches } from './list.ts'
import * as store from './store.ts'

const room = machine('matching')
const officer = staff('officer')
let scene: Awaited<ReturnType<typeof openScene>>
let trial: Trial
let place: TrialWorld
let film: Buffer
const given: Record<string, ReportForm['fingerprints'][number]> = {}

beforeAll(async () => {
  scene = await openScene(officer)
  ;({ trial, place } = scene)
  film = await madeFilm(7, 6)
  given['picture'] = await reported(place.world, 'image/jpeg', await madePicture(1))
  given['other'] = await reported(place.world, 'image/jpeg', await madePicture(99))
  given['film'] = await reported(place.world, 'video/webm', film)
}, 180_000)
afterAll(() => scene[Symbol.asyncDispose]())

/** As `captured`, in this file's world. */
const found = (
  host: string,
  files: Record<string, [type: string, bytes: Buffer]>,
  fingerprints: ReportForm['fingerprints'],
) => captured(scene, host, files, fingerprints)

const matchesOf = async (opened: Opened) =>
  (await trial.as(officer).see(tx => listMatches(tx, { case: opened.case, limit: 50 }))).rows
const nowOf = async (opened: Opened) =>
  (await trial.as(room).see(tx => addressesWithSteps(tx, opened.report)))[0]!.now
const toldOf = async (event: string, opened: Opened) =>
  (await trial.queued())
    .filter(each => each.queue === event && (each.payload as { case: string }).case === opened.case)
    .map(each => each.payload)

test('a smaller, mirrored, re-encoded copy is recognised at once', async () => {
  const copy = await madePicture(1, { width: 400, quality: 60, isMirrored: true })
  const opened = await found(
    'copy.example',
    { '/a.jpg': ['image/jpeg', copy], '/b.jpg': ['image/jpeg', await madePicture(50)] },
    [given['picture']!],
  )
  const rows = await matchesOf(opened)
  expect(rows).toMatchObject([
    { kind: 'sure', state: 'confirmed', turn: 'flipY', canonical: place.url('copy.example') },
  ])
  expect(rows[0]!.distance).toBeLessThanOrEqual(31)
  expect(await nowOf(opened)).toBe('recognised')
  expect(await toldOf('match.confirmed/takedown', opened)).toEqual([
    { case: opened.case, match: rows[0]!.match, address: opened.address },
  ])
}, 120_000)

test('a film is recognised in another size, and one of its pictures in the film', async () => {
  const smaller = await madeFilm(7, 6, { width: 240, isMirrored: true })
  const opened = await found('film.example', { '/v.webm': ['video/webm', smaller] }, [given['film']!])
  expect(await matchesOf(opened)).toMatchObject([
    { kind: 'sure', state: 'confirmed', share: 1, turn: 'flipY' },
  ])
}, 120_000)

test('where nothing is recognised a person looks at the page, and says that it is not the victim’s', async () => {
  const opened = await found('nothing.example', { '/a.jpg': ['image/jpeg', await madePicture(60)] }, [
    given['other']!,
  ])
  const [row, ...more] = await matchesOf(opened)
  expect(more).toEqual([])
  expect(row).toMatchObject({ kind: 'nothingFound', state: 'pending', distance: null })
  expect(await nowOf(opened)).toBe('underReview')
  const pending = await trial.as(officer).see(tx => listMatches(tx, { state: 'pending', limit: 50 }))
  expect(pending.rows.map(each => each.match)).toContain(row!.match)

  await trial.as(officer).do(tx => decideMatch(tx, row!.match, 'different'))
  await trial.as(officer).do(tx => decideMatch(tx, row!.match, 'different'))
  expect(await nowOf(opened)).toBe('notYours')
  expect(await toldOf('match.refuted/takedown', opened)).toEqual([
    { case: opened.case, address: opened.address },
  ])
  // The only matter is settled: the case has closed.
  expect(await trial.as(room).see(tx => caseRow(tx, opened.case))).toMatchObject({ state: 'closed' })
  await expect(trial.as(officer).do(tx => decideMatch(tx, row!.match, 'same'))).rejects.toMatchObject({
    code: 'matching.decidedOtherwise',
  })
}, 120_000)

test('an officer recognises what the fingerprint did not, on a page without any media and a case without a bank', async () => {
  const opened = await found('eye.example', {}, [])
  const [row] = await matchesOf(opened)
  expect(row).toMatchObject({ kind: 'nothingFound', state: 'pending' })
  await trial.as(officer).do(tx => decideMatch(tx, row!.match, 'same'))
  await trial.as(officer).do(tx => decideMatch(tx, row!.match, 'same'))
  expect(await toldOf('match.confirmed/takedown', opened)).toHaveLength(1)
  expect(await nowOf(opened)).toBe('recognised')
  const lines = (await trial.as(room).see(tx => timeLine(tx, opened.case, { limit: 200, after: undefined })))
    .rows
  expect(
    lines.filter(line => line.kind.startsWith('match.')).map(line => [line.kind, line.by.account]),
  ).toEqual([
    ['match.sought', null],
    ['match.confirmed', officer.account],
  ])
}, 120_000)

test('what another case has banked is counted, never named', async () => {
  const elsewhere = await openCase(
    trial,
    place.url('elsewhere.example'),
    [await reported(place.world, 'image/jpeg', await madePicture(70))],
    place.world.keys,
  )
  await trial.as(room).do(tx => bankFromReport(tx, elsewhere))
  await trial.as(room).do(tx => bankFromReport(tx, elsewhere))
  await place.settle(jobs)
  const opened = await found(
    'both.example',
    { '/a.jpg': ['image/jpeg', await madePicture(70, { width: 500 })] },
    [given['other']!],
  )
  const { rows } = await trial.database.pool.query<{ other_cases: number }>(
    'select other_cases from matching.examination where case_id = $1',
    [opened.case],
  )
  expect(rows).toEqual([{ other_cases: 1 }])
  expect(await matchesOf(opened)).toMatchObject([{ kind: 'nothingFound' }])
  expect(await trial.as(officer).see(tx => readBank(tx, place.world.keys, elsewhere.case))).toMatchObject({
    pictures: 1,
    videos: 0,
    frames: 1,
    profiles: ['pdq-512/1'],
  })
}, 120_000)

test('another agency, the counsellor and the administrator find neither bank nor match', async () => {
  const opened = await found('hidden.example', { '/a.jpg': ['image/jpeg', await madePicture(1)] }, [
    given['picture']!,
  ])
  const [row] = await matchesOf(opened)
  for (const stranger of [
    staff('officer', 'busan'),
    staff('counsellor'),
    staff('administrator', null),
    staff('commander', null),
  ]) {
    expect(await trial.as(stranger).see(tx => bankOf(tx, place.world.keys, opened.case))).toEqual([])
    expect(await trial.as(stranger).see(tx => store.matchesOfAddress(tx, opened.address))).toEqual([])
    await expect(trial.as(stranger).do(tx => decideMatch(tx, row!.match, 'same'))).rejects.toMatchObject({
      code: 'matching.noMatch',
    })
  }
}, 120_000)

test('a bank is compared by picture and film both ways; what cannot be read has no fingerprint', async () => {
  const eye = { world: place.world }
  const ofPicture = {
    banked: newId<'BankedId'>(trial.clock.now()),
    kind: 'picture' as const,
    picture: given['picture'] as never,
  }
  const ofFilm = {
    banked: newId<'BankedId'>(trial.clock.now()),
    kind: 'video' as const,
    video: given['film'] as never,
  }
  const filmFound = (await fingerprintMedia(eye, { contentType: 'video/webm', bytes: film }))!
  const pictureFound = (await fingerprintMedia(eye, {
    contentType: 'application/octet-stream',
    bytes: await madePicture(1, { width: 320 }),
  }))!
  // The first drawing of the film, as a picture.
  const still = (await fingerprintMedia(eye, {
    contentType: 'image/jpeg',
    bytes: await madePicture(7000, { width: 320 }),
  }))!
  expect(await compareWithBank([ofPicture, ofFilm], filmFound)).toMatchObject({
    verdict: 'match',
    banked: ofFilm.banked,
    share: 1,
  })
  expect(await compareWithBank([ofFilm, ofPicture], pictureFound)).toMatchObject({
    verdict: 'match',
    banked: ofPicture.banked,
    turn: 'identity',
  })
  expect(await compareWithBank([ofFilm], still)).toMatchObject({ verdict: 'match', banked: ofFilm.banked })
  expect(await compareWithBank([], still)).toMatchObject({ verdict: 'none', distance: null })
  for (const [contentType, bytes] of [
    ['image/png', 'no picture'],
    ['video/mp4', 'no film'],
    ['text/html', '<p>'],
  ] as const)
    expect(await fingerprintMedia(eye, { contentType, bytes: Buffer.from(bytes) })).toBeUndefined()
}, 120_000)

test('what a bank of another kind knows waits for an officer, whose word counts for the bank', async () => {
  const bank = await trial.as(staff('leader')).do(tx =>
    makeBank(tx, {
      name: '전국',
      kind: 'national',
      source: '경찰청',
      isEnabled: true,
      matchMax: 31,
      reviewMax: 52,
    }),
  )
  const known = await reported(place.world, 'image/jpeg', await madePicture(120))
  const listedFile = await madePicture(122)
  await trial.as(staff('leader')).do(tx =>
    addEntries(tx, place.world.keys, bank, [
      {
        place: 0,
        algorithm: 'pdq',
        value: { ...(known as { hash: string; quality: number }), kind: 'picture' },
        about: { opinion: 'confirmed' },
      },
      {
        place: 1,
        algorithm: 'md5',
        value: { kind: 'digest', digest: createHash('md5').update(listedFile).digest('hex') },
        about: { opinion: 'unstated' },
      },
    ]),
  )
  const opened = await found(
    'listed.example',
    {
      '/a.jpg': ['image/jpeg', await madePicture(120, { width: 500, isMirrored: true })],
      '/b.jpg': ['image/jpeg', listedFile],
      '/c.jpg': ['image/jpeg', await madePicture(121)],
    },
    [given['other']!],
  )
  const rows = (await matchesOf(opened)).toSorted((one, other) => other.distance! - one.distance!)
  expect(rows).toMatchObject([
    { kind: 'listed', state: 'pending', bank: { bank, name: '전국', matchMax: 31 }, turn: 'flipY' },
    { kind: 'listed', state: 'pending', bank: { bank }, isStrong: true, distance: 0, turn: null },
  ])
  expect(await toldOf('match.confirmed/takedown', opened)).toEqual([])
  expect(await nowOf(opened)).toBe('underReview')

  await trial.as(officer).do(tx => decideMatch(tx, rows[0]!.match, 'different'))
  await trial.as(officer).do(tx => decideMatch(tx, rows[1]!.match, 'same'))
  expect(await toldOf('match.confirmed/takedown', opened)).toHaveLength(1)
  const numbers = await trial.as(staff('administrator', null)).see(tx => numbersOf(tx, bank))
  expect(numbers).toMatchObject({ live: 2, found: 2, confirmed: 1, reversed: 1, precision: 0.5 })
  expect(numbers.byDistance.map(row => row.precisionUpTo)).toEqual([1, 0.5])
}, 120_000)

test('where a team can, two of its people agree before what a bank knows is taken down', async () => {
  const leader = staff('leader')
  trial.team.push(leader)
  const form = { agency: 'seoul' as const, isWoman: true, isLeader: false }
  for (const name of ['첫째', '둘째'])
    await trial.as(staff('commander', null)).do(tx => addOfficer(tx, { ...form, name }))
  const listedFile = await madePicture(130)
  const bank = await trial.as(leader).do(async tx => {
    const limits = { isEnabled: true, matchMax: 31, reviewMax: 52 }
    const id = await makeBank(tx, { name: '제휴', kind: 'list', source: '제휴 기관', ...limits })
    const digest = createHash('sha256').update(listedFile).digest('hex')
    await addEntries(tx, place.world.keys, id, [
      { place: 0, algorithm: 'sha256', value: { kind: 'digest', digest }, about: { opinion: 'confirmed' } },
    ])
    return id
  })
  const opened = await found('two.example', { '/a.jpg': ['image/jpeg', listedFile] }, [given['other']!])
  const [row] = await matchesOf(opened)
  expect(row).toMatchObject({ kind: 'listed', state: 'pending', agreed: null })

  const say = (who: typeof officer, verdict: 'same' | 'different') =>
    trial.as(who).do(tx => decideMatch(tx, row!.match, verdict))
  await say(officer, 'same')
  await say(officer, 'same')
  expect(await toldOf('match.confirmed/takedown', opened)).toEqual([])
  expect(await matchesOf(opened)).toMatchObject([{ state: 'pending', agreed: { by: officer.account } }])
  expect((await trial.as(leader).see(tx => numbersOf(tx, bank))).confirmed).toBe(0)

  await say(leader, 'same')
  await say(leader, 'same')
  expect(await toldOf('match.confirmed/takedown', opened)).toHaveLength(1)
  expect(await matchesOf(opened)).toMatchObject([{ state: 'confirmed', agreed: { by: officer.account } }])
  expect((await trial.as(leader).see(tx => numbersOf(tx, bank))).confirmed).toBe(1)
  const lines = (await trial.as(room).see(tx => timeLine(tx, opened.case, { limit: 200, after: undefined })))
    .rows
  expect(
    lines.filter(line => line.kind.startsWith('match.')).map(line => [line.kind, line.by.account]),
  ).toEqual([
    ['match.found', null],
    ['match.agreed', officer.account],
    ['match.confirmed', leader.account],
  ])
}, 120_000)

test('whose second has left the team meanwhile is not kept waiting, and the log says that one decided', async () => {
  const listedFile = await madePicture(131)
  const digest = createHash('sha256').update(listedFile).digest('hex')
  await trial.as(staff('leader')).do(async tx => {
    const limits = { isEnabled: true, matchMax: 31, reviewMax: 52 }
    const id = await makeBank(tx, { name: '떠남', kind: 'list', source: '제휴 기관', ...limits })
    await addEntries(tx, place.world.keys, id, [
      { place: 0, algorithm: 'sha256', value: { kind: 'digest', digest }, about: { opinion: 'unstated' } },
    ])
  })
  const opened = await found('left.example', { '/a.jpg': ['image/jpeg', listedFile] }, [given['other']!])
  const [row] = await matchesOf(opened)
  const say = () => trial.as(officer).do(tx => decideMatch(tx, row!.match, 'same'))
  await say()
  expect(await matchesOf(opened)).toMatchObject([{ state: 'pending', agreed: { by: officer.account } }])
  // Their cases were given to others first, which is not told here.
  await trial.database.pool.query(
    `update staffing.posting set until_at = $1 where until_at is null and officer <> (
       select officer from staffing.posting where until_at is null order by id limit 1)`,
    [trial.clock.now()],
  )
  await say()
  expect(await matchesOf(opened)).toMatchObject([{ state: 'confirmed', agreed: null }])
  const { rows } = await trial.as(room).see(tx => timeLine(tx, opened.case, { limit: 200, after: undefined }))
  expect(rows.find(line => line.kind === 'match.confirmed')).toMatchObject({ detail: { people: 1 } })
}, 120_000)
