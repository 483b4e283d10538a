import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { timeLine } from '#audit'
import { machine, staff, type Trial } from '#platform/trial'
import { madeFilm, madePhotograph } from '#platform/trial-media'
import { databaseAsText } from '#platform/trial-rows'
import type { TrialWorld } from '#platform/trial-world'
import type { Opened } from '#trial-case'
import { bankOf, readBank } from './bank.ts'
import { makeBank } from './banks.ts'
import { compareWithBank } from './compare.ts'
import { decideMatch } from './decision.ts'
import { deriveJob } from './derive.ts'
import { addEntries } from './entries.ts'
import type { FilmCopy } from './film-copy.ts'
import { fingerprintMedia } from './fingerprint-media.ts'
import { captured, capturedToo, openScene, reported, reportedWithParts } from './given.ts'
import { jobs } from './jobs.ts'
import { listMatches } from './list.ts'
import { takeBack } from './reversal.ts'

const room = machine('matching')
const officer = staff('officer')
let trial: Trial
let place: TrialWorld
let scene: Awaited<ReturnType<typeof openScene>>

beforeAll(async () => {
  scene = await openScene(officer)
  ;({ trial, place } = scene)
}, 180_000)
afterAll(() => scene[Symbol.asyncDispose]())

/** A piece of a made picture, in fractions of its sides, as a JPEG. */
async function piece(bytes: Buffer, x: number, y: number, w: number, h: number): Promise<Buffer> {
  const { width, height } = await sharp(bytes).metadata()
  return sharp(bytes)
    .extract({
      left: Math.round(x * width),
      top: Math.round(y * height),
      width: Math.round(w * width),
      height: Math.round(h * height),
    })
    .jpeg({ quality: 80 })
    .toBuffer()
}
const jpeg = (bytes: Buffer): Record<string, [string, Buffer]> => ({ '/a.jpg': ['image/jpeg', bytes] })
const matchOf = async (opened: Opened) =>
  (await trial.as(officer).see(tx => listMatches(tx, { case: opened.case, limit: 50 }))).rows.find(
    row => row.address === opened.address,
  )!
const copiesOf = async (opened: Opened) =>
  (await trial.as(officer).see(tx => readBank(tx, place.world.keys, opened.case))).rows.filter(
    row => row.isCopy,
  )
const entriesOf = async (opened: Opened, kind: string) =>
  (
    await trial.as(officer).see(tx => timeLine(tx, opened.case, { limit: 200, after: undefined }))
  ).rows.filter(entry => entry.kind === kind)

test('a cropped copy is found by the parts that the device has sent; by the whole alone it is not', async () => {
  const picture = await madePhotograph(201)
  const cropped = await piece(picture, 0.1, 0, 0.9, 1)
  const today = await captured(scene, 'parts.example', jpeg(cropped), [await reportedWithParts(picture)])
  const match = await matchOf(today)
  expect(match).toMatchObject({ kind: 'sure', state: 'confirmed' })
  expect(match.explanation!.sentence.en).toContain('cropped 10 % on the left')
  const before = await captured(scene, 'whole.example', jpeg(cropped), [
    await reported(place.world, 'image/jpeg', picture),
  ])
  expect((await matchOf(before)).state).toBe('pending')
}, 120_000)

test('a confirmed copy is banked sealed, once, and the copies made from it are found by it', async () => {
  const picture = await madePhotograph(210)
  const first = await captured(
    scene,
    'first.example',
    { ...jpeg(picture), '/small.jpg': ['image/jpeg', await sharp(picture).resize(320).jpeg().toBuffer()] },
    [await reported(place.world, 'image/jpeg', picture)],
  )
  const match = await matchOf(first)
  expect(match.state).toBe('confirmed')
  await deriveJob.run(place.work('matching'), { match: match.match })
  // The smaller picture of the page hardly differs.
  expect(await copiesOf(first)).toHaveLength(1)
  const added = (await entriesOf(first, 'bank.added')).filter(entry => 'exhibit' in entry.about)
  expect(added).toHaveLength(1)
  expect(await entriesOf(first, 'exhibit.examined')).not.toHaveLength(0)
  const bank = await trial.as(room).see(tx => bankOf(tx, place.world.keys, first.case))
  const text = await databaseAsText(trial)
  for (const row of bank)
    if (row.kind === 'picture') {
      expect(text).not.toContain(row.picture.hash)
      for (const { hash } of row.windows ?? []) expect(text).not.toContain(hash)
    }
  expect(text).not.toContain(Buffer.from('JKF').toString('hex'))

  const torn = await piece(await madePhotograph(210, { isMirrored: true }), 0.22, 0.17, 0.66, 0.71)
  const second = await capturedToo(scene, first, 'second.example', jpeg(torn))
  const found = await matchOf(second)
  expect(found).toMatchObject({
    kind: 'near',
    state: 'pending',
    distance: null,
    turn: 'flipY',
    explanation: { form: 'verified' },
  })
  expect(found.explanation!.places).toBeGreaterThanOrEqual(12)
  expect(found.explanation!.sentence.ko).toContain('확인됨')
  // An officer's word banks this one too.
  await trial.as(officer).do(tx => decideMatch(tx, found.match, 'same'))
  await place.settle(jobs)
  expect(await copiesOf(first)).toHaveLength(2)
  // Found by a copy's fingerprint, and looked at by nobody: nothing more rests on it.
  const third = await capturedToo(
    scene,
    first,
    'third.example',
    jpeg(await piece(torn, 0.05, 0.05, 0.9, 0.9)),
  )
  expect(await matchOf(third)).toMatchObject({ kind: 'sure', state: 'confirmed' })
  await place.settle(jobs)
  expect(await copiesOf(first)).toHaveLength(2)
}, 120_000)

test('of a page beside other pictures only the recognised part is banked', async () => {
  const [own, others] = [await madePhotograph(220), await madePhotograph(221)]
  const collage = await sharp({ create: { width: 1280, height: 480, channels: 3, background: '#fff' } })
    .composite([
      { input: own, left: 0, top: 0 },
      { input: others, left: 640, top: 0 },
    ])
    .jpeg({ quality: 90 })
    .toBuffer()
  const opened = await captured(scene, 'collage.example', jpeg(collage), [
    await reported(place.world, 'image/jpeg', own),
  ])
  expect((await matchOf(opened)).state).toBe('confirmed')
  expect(await copiesOf(opened)).toHaveLength(1)
  const stranger = await capturedToo(scene, opened, 'stranger.example', jpeg(others))
  expect(await matchOf(stranger)).toMatchObject({ kind: 'nothingFound', state: 'pending' })
}, 120_000)

test('what a bank of another kind knows is banked for the case only once an officer has confirmed it', async () => {
  const picture = await madePhotograph(230)
  const known = await reported(place.world, 'image/jpeg', picture)
  if (known.kind !== 'picture') throw new Error('a picture was made')
  await trial.as(staff('leader')).do(async tx => {
    const bank = await makeBank(tx, {
      name: '전국',
      kind: 'national',
      source: '경찰청',
      isEnabled: true,
      matchMax: 31,
      reviewMax: 52,
    })
    const value = { kind: 'picture', hash: known.hash, quality: known.quality } as const
    await addEntries(tx, place.world.keys, bank, [
      { place: 0, algorithm: 'pdq', value, about: { opinion: 'confirmed' } },
    ])
  })
  const opened = await captured(scene, 'known.example', jpeg(picture), [])
  const match = await matchOf(opened)
  expect(match).toMatchObject({ kind: 'listed', state: 'pending' })
  await deriveJob.run(place.work('matching'), { match: match.match })
  expect(await copiesOf(opened)).toEqual([])
  await trial.as(officer).do(tx => decideMatch(tx, match.match, 'same'))
  await place.settle(jobs)
  expect(await copiesOf(opened)).toHaveLength(1)
}, 120_000)

test('when the match is taken back, what was banked of its copy is emptied and finds nothing more', async () => {
  const picture = await madePhotograph(240)
  const first = await captured(scene, 'back.example', jpeg(picture), [
    await reported(place.world, 'image/jpeg', picture),
  ])
  const match = await matchOf(first)
  expect(await copiesOf(first)).toHaveLength(1)
  await trial
    .as(staff('officer', 'busan'))
    .do(tx =>
      tx.db
        .updateTable('matching.banked')
        .set({ withdrawn_at: tx.now, sealed: null, features: null })
        .execute(),
    )
  // Another agency's officer empties nothing, and the case's own can do nothing else to a row.
  expect(await copiesOf(first)).toHaveLength(1)
  const changed = trial.as(officer).do(tx =>
    tx.db
      .updateTable('matching.banked')
      .set({ sealed: Buffer.from('x') })
      .execute(),
  )
  await expect(changed).rejects.toThrow(/row-level security/)
  await trial.as(officer).do(tx => takeBack(tx, match.match, { reason: 'onlyAlike' }))
  expect(await copiesOf(first)).toEqual([])
  const { rows } = await trial.database.pool.query(
    'select made, sealed, features from matching.banked where case_id = $1 and exhibit_id is not null',
    [first.case],
  )
  expect(rows).toEqual([{ made: null, sealed: null, features: null }])
  expect(await entriesOf(first, 'bank.withdrawn')).toHaveLength(1)
  const torn = await piece(await madePhotograph(240, { isMirrored: true }), 0.22, 0.17, 0.66, 0.71)
  const second = await capturedToo(scene, first, 'again.example', jpeg(torn))
  expect(await matchOf(second)).toMatchObject({ kind: 'nothingFound', state: 'pending' })
}, 120_000)

test('of a confirmed film what was recognised is banked, and finds its trimmed and mirrored copy with its place', async () => {
  const opened = await captured(
    scene,
    'film.example',
    { '/a.webm': ['video/webm', await madeFilm(31, 9, { width: 240 })] },
    [await reported(place.world, 'video/webm', await madeFilm(31, 9))],
  )
  expect(await matchOf(opened)).toMatchObject({ kind: 'sure', state: 'confirmed' })
  expect(await copiesOf(opened)).toMatchObject([{ kind: 'video', isCopy: true }])
  expect(await entriesOf(opened, 'bank.added')).toHaveLength(2)

  const bank = await trial.as(room).see(tx => bankOf(tx, place.world.keys, opened.case))
  const copy = bank.filter(each => each.banked === bank.at(-1)!.banked)
  const bytes = await madeFilm(31, 5, { fromSecond: 3, isMirrored: true })
  const found = await fingerprintMedia({ world: place.world }, { contentType: 'video/webm', bytes })
  const likeness = await compareWithBank(copy, found!)
  expect(likeness).toMatchObject({ verdict: 'match', turn: 'flipY' })
  const { run } = (likeness.explanation as FilmCopy).film
  expect(Math.abs(run.aFromMs - run.bFromMs - 3000)).toBeLessThan(600)

  // The same film once more, smaller: nothing new to bank.
  await capturedToo(scene, opened, 'film-again.example', {
    '/a.webm': ['video/webm', await madeFilm(31, 9, { width: 200 })],
  })
  expect(await copiesOf(opened)).toHaveLength(1)
}, 180_000)
