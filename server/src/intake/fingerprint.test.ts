import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { on } from '#platform/jobs'
import { machine, openTrial } from '#platform/trial'
import { trialKeys } from '#platform/trial-keys'
import { databaseAsText } from '#platform/trial-rows'
import { openTrialWorld } from '#platform/trial-world'
import { keep, reportedFingerprints } from './fingerprint.ts'
import { filed, hash } from './given.ts'
import { ReportedFingerprint, windowsMax } from './schema.ts'

const procedure = [on('report.filed', 'cases', async () => {})]
const other = 'b7'.repeat(32)
const film = {
  kind: 'video',
  profile: 'pdq-512/1',
  durationMs: 3000,
  frames: [{ atMs: 0, hash: other, quality: 80 }],
} as const

/** As text, and as the bytes of that text. */
const formsOf = (text: string) => [text, Buffer.from(text, 'latin1').toString('hex')]

test('a filed fingerprint stands in the open in no table of the database, and opens with the keys', async () => {
  await using trial = await openTrial({ procedure })
  const made = { kind: 'picture', profile: 'pdq-512/1', hash, quality: 90 } as const
  const { report } = await filed(trial, { fingerprints: [made, { ...film, frames: [...film.frames] }] })
  const text = await databaseAsText(trial)
  expect(text).toContain(report)
  for (const form of [...formsOf(hash), ...formsOf(other)]) expect(text).not.toContain(form)
  const room = trial.as(machine('matching'))
  expect(await room.see(tx => reportedFingerprints(tx, trialKeys, report))).toMatchObject([made, film])
  const otherKeys = { keyFor: (use: string) => trialKeys.keyFor(`${use} of another installation`) }
  await expect(room.see(tx => reportedFingerprints(tx, otherKeys, report))).rejects.toThrow('does not open')
})

test('a report from before sealing is read as it stands, then sealed by the clock', async () => {
  await using trial = await openTrial({ procedure })
  await using place = await openTrialWorld(trial)
  const { keys } = place.world
  const { report } = await filed(trial, { fingerprints: [] })
  const made = { kind: 'picture', profile: 'pdq-512/1', hash, quality: 90 }
  await trial.database.pool.query(
    `insert into intake.fingerprint (id, report_id, kind, made) values ($1, $2, 'picture', $3)`,
    [randomUUID(), report, made],
  )
  const read = () => trial.as(machine('matching')).see(tx => reportedFingerprints(tx, keys, report))
  const before = await read()
  expect(before).toMatchObject([made])
  expect(await databaseAsText(trial)).toContain(hash)
  await keep(place.work('intake'))
  await keep(place.work('intake'))
  expect(await read()).toEqual(before)
  expect(await databaseAsText(trial)).not.toContain(hash)
})

test('parts of a picture are taken, none that lies outside of it and no more than a device makes', () => {
  const part = { x: 0.05, y: 0, w: 0.95, h: 1, hash, quality: 90 }
  const takes = (...windows: object[]) =>
    ReportedFingerprint.safeParse({ kind: 'picture', profile: 'pdq-512/1', hash, quality: 90, windows })
      .success
  expect(takes()).toBe(true)
  expect(takes(...Array.from({ length: windowsMax }, () => part))).toBe(true)
  expect(takes(...Array.from({ length: windowsMax + 1 }, () => part))).toBe(false)
  // What the package makes: fractions whose sum is one but for the last bit.
  expect(takes({ ...part, x: 0.15000000000000002, w: 0.85 })).toBe(true)
  for (const wrong of [{ x: 0.1 }, { w: 0 }, { y: -0.1 }, { h: 1.1 }, { hash: 'x' }, { name: 'a file' }])
    expect(takes({ ...part, ...wrong }), JSON.stringify(wrong)).toBe(false)
})
