import { afterAll, beforeAll, expect, test } from 'vitest'
import { setClock } from '#platform/time'
import { madeFilm, madePicture } from '#platform/trial-media'
import { openBareWorld, type BareWorld } from '#platform/trial-world'
import { mediaReader, timeOfCapture, type ReadingTime } from './fingerprint-media.ts'

let place: BareWorld
let film: { contentType: string; bytes: Buffer }
beforeAll(async () => {
  place = await openBareWorld(setClock('2026-11-23T09:00:00+09:00'))
  film = { contentType: 'video/webm', bytes: await madeFilm(31, 4) }
}, 120_000)
afterAll(() => place[Symbol.asyncDispose]())

const reader = (time: Partial<ReadingTime>) => mediaReader(place, { time: { ...timeOfCapture, ...time } })

test('within its time every film of a capture is read whole', async () => {
  await using media = reader({})
  for (let i = 0; i < 2; i++)
    expect(await media.read(film)).toMatchObject({ kind: 'video', isPartial: false })
  expect(media.unread).toBe(0)
})

test('when the time for whole films is over, key frames answer and say that they are a part', async () => {
  await using media = reader({ wholeMs: 0 })
  expect(await media.read(film)).toMatchObject({ kind: 'video', isPartial: true, durationMs: 4000 })
  expect(media.unread).toBe(0)
})

test('when all time is over, films are counted as unread, pictures are read, and what is no film is no lack', async () => {
  await using media = reader({ wholeMs: 0, glanceMs: 0 })
  expect(await media.read(film)).toBeUndefined()
  expect(media.unread).toBe(1)
  const picture = { contentType: 'image/jpeg', bytes: await madePicture(3) }
  expect(await media.read(picture)).toMatchObject({ kind: 'picture' })
  expect(await media.read({ contentType: 'text/html', bytes: Buffer.from('<p>') })).toBeUndefined()
  expect(media.unread).toBe(1)
})

test('a broken film is not taken for one that there was no time for', async () => {
  await using media = reader({})
  const broken = { contentType: 'video/webm', bytes: film.bytes.subarray(0, 300) }
  expect(await media.read(broken)).toBeUndefined()
  expect(media.unread).toBe(0)
})

test('the reading of one film takes of the time of the next', async () => {
  await using media = reader({ glanceMs: 60 })
  const read = [await media.read(film), await media.read(film), await media.read(film)]
  expect(read.at(-1)).toBeUndefined()
  expect(media.unread).toBeGreaterThan(0)
})
