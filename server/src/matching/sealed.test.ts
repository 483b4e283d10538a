import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { openInMemory } from '#platform/embedded-database'
import { migrate, migrationsIn } from '#platform/migrations'
import { machine, openTrial } from '#platform/trial'
import { lender } from '#platform/trial-photograph'
import { databaseAsText } from '#platform/trial-rows'
import { openBareWorld, openTrialWorld } from '#platform/trial-world'
import { openCase } from '#trial-case'
import { bankOf, bankReport } from './bank.ts'
import { jobs } from './jobs.ts'
import { keep } from './keep.ts'
import { openValue, sealValue } from '#platform/sealed'

const room = machine('matching')
const hash = 'd3'.repeat(32)
const fingerprint = { kind: 'picture', profile: 'pdq-512/1', hash, quality: 90 } as const

test('a sealed fingerprint opens in its own row and case only, and only as it was sealed', async () => {
  await using trial = await openTrial()
  await using bare = await openBareWorld(trial.clock)
  await using other = await openBareWorld(trial.clock)
  const { keys } = bare.world
  const place = { use: 'banked', row: randomUUID(), owner: randomUUID() } as const
  const sealed = sealValue(keys, place, { hash })
  expect(sealed.toString('latin1')).not.toContain(hash)
  expect(openValue(keys, place, sealed)).toEqual({ hash })
  expect(sealValue(keys, place, { hash }).equals(sealed)).toBe(false)
  for (const elsewhere of [
    { ...place, row: randomUUID() },
    { ...place, owner: randomUUID() },
    { ...place, use: 'entry' as const },
  ])
    expect(() => openValue(keys, elsewhere, sealed)).toThrow('does not open')
  expect(() => openValue(other.world.keys, place, sealed)).toThrow('does not open')
  const changed = Buffer.from(sealed)
  changed[sealed.length - 1]! ^= 1
  expect(() => openValue(keys, place, changed)).toThrow('does not open')
  expect(() => openValue(keys, place, sealed.subarray(0, 20))).toThrow('unknown form')
  expect(() => openValue(keys, place, Buffer.concat([Buffer.from([2]), sealed]))).toThrow('unknown form')
})

test('no fingerprint stands in the open in what a thief of the database would read', async () => {
  await using trial = await openTrial({ jobs })
  await using place = await openTrialWorld(trial)
  const opened = await openCase(trial, place.url('sealed.example'), [fingerprint], place.world.keys)
  await trial.as(room).do(tx => bankReport(tx, place.world.keys, opened))
  const bank = await trial.as(room).see(tx => bankOf(tx, place.world.keys, opened.case))
  expect(bank).toMatchObject([{ kind: 'picture', picture: { hash, quality: 90 } }])
  const text = await databaseAsText(trial)
  expect(text).toContain(opened.case)
  expect(text).not.toContain(hash)
  expect(text).not.toContain(Buffer.from(hash, 'latin1').toString('hex'))
})

test('an installation from before sealing is read as it stands, then sealed by the clock', async () => {
  await using trial = await openTrial({ jobs })
  await using place = await openTrialWorld(trial)
  const opened = await openCase(trial, place.url('old.example'))
  await trial.database.pool.query(
    `insert into matching.banked (id, case_id, fingerprint_id, kind, profile, made, banked_at)
      values ($1, $2, $3, 'picture', 'pdq-512/1', $4, now())`,
    [randomUUID(), opened.case, randomUUID(), { hash, quality: 90 }],
  )
  const bank = () => trial.as(room).see(tx => bankOf(tx, place.world.keys, opened.case))
  const before = await bank()
  expect(before).toMatchObject([{ picture: { hash } }])
  expect(await databaseAsText(trial)).toContain(hash)
  await keep(place.work('matching'))
  await keep(place.work('matching'))
  expect(await bank()).toEqual(before)
  expect(await databaseAsText(trial)).not.toContain(hash)
})

test('what an installation held before is there after the upgrade', async () => {
  const { pool, close } = await lender(() => openInMemory())()
  const all = migrationsIn(fileURLToPath(new URL('../', import.meta.url)))
  await migrate(
    pool,
    all.filter(each => each.name < '2026-11-24-12'),
  )
  // The rows alone, without the reports and cases that they belong to.
  await pool.query('set session_replication_role = replica')
  const [banked, near, nothing] = [randomUUID(), randomUUID(), randomUUID()]
  await pool.query(
    `insert into matching.banked values ($1, $2, $2, 'picture', 'pdq-512/1', $3, '2026-11-01T00:00:00Z')`,
    [banked, randomUUID(), { hash, quality: 90 }],
  )
  for (const [id, kind, of] of [
    [near, 'near', banked],
    [nothing, 'nothingFound', null],
  ])
    await pool.query(
      `insert into matching.match (id, case_id, address_id, exhibit_id, banked_id, kind, profile, state, found_at)
        values ($1, $1, $1, $1, $2, $3, 'pdq-512/1', 'pending', now())`,
      [id, of, kind],
    )
  await migrate(pool, all)
  const { rows } = await pool.query('select id, made, sealed from matching.banked')
  expect(rows).toEqual([{ id: banked, made: { hash, quality: 90 }, sealed: null }])
  const kept = await pool.query<{ kind: string }>('select kind, bank_id from matching.match order by kind')
  expect(kept.rows).toEqual([
    { kind: 'near', bank_id: null },
    { kind: 'nothingFound', bank_id: null },
  ])
  await close()
})
