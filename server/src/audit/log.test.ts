import { parseProof, verifyProof } from '@jikimi/tlog'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { newId } from '#platform/ids'
import type { Work } from '#platform/jobs'
import { machine, openTrial, reporter, staff } from '#platform/trial'
import { head, proofOf } from './export.ts'
import { givenLog } from './given.ts'
import { operationsLine, record, timeLine } from './record.ts'
import { sequence } from './sequence.ts'

const page = { limit: 200, after: undefined }

test('an entry commits with its change, or not at all', async () => {
  await using trial = await openTrial()
  const log = await givenLog(trial)
  const undone = trial.as(machine('access')).do(async tx => {
    await record(tx, 'session.opened', {})
    throw new Error('the change failed')
  })
  await expect(undone).rejects.toThrow('the change failed')
  expect(await log.work.look(tx => head(tx, log.keys))).toMatchObject({ size: 0, note: null, waiting: 0 })
  await log.write()
  expect(await log.work.look(tx => head(tx, log.keys))).toMatchObject({ size: 0, waiting: 1 })
  await log.settle()
  expect(await log.work.look(tx => head(tx, log.keys))).toMatchObject({ size: 1, waiting: 0 })
})

test('a sequencer that is killed in the middle loses nothing and takes nothing twice', async () => {
  await using trial = await openTrial()
  const log = await givenLog(trial)
  for (let n = 0; n < 7; n++) await log.write()
  const dying: Work = {
    ...log.work,
    act: verb =>
      log.work.act(async tx => {
        await verb(tx)
        throw new Error('killed')
      }),
  }
  await expect(sequence(dying)).rejects.toThrow('killed')
  expect(await log.work.look(tx => head(tx, log.keys))).toMatchObject({ size: 0, waiting: 7 })
  await log.settle()
  await log.write()
  await log.settle()
  expect(await log.verify()).toMatchObject({ isSound: true, entries: 8, checkpoints: 2 })
})

test('two sequencers and many writers at once: each entry once, and every proof holds', async () => {
  await using trial = await openTrial()
  const log = await givenLog(trial)
  const writing = Array.from({ length: 120 }, () => log.write())
  const taking = Array.from({ length: 12 }, () => sequence(log.work))
  const taken = (await Promise.all(taking)).reduce((sum, count) => sum + count, 0)
  const entries = await Promise.all(writing)
  await log.settle()
  const report = await log.verify()
  expect(report).toMatchObject({ isSound: true, entries: 120, faults: [] })
  expect(taken).toBeLessThanOrEqual(120)
  for (const entry of [entries[0]!, entries[63]!, entries[119]!]) {
    const proof = await log.work.look(tx => proofOf(tx, entry))
    const body = parseProof(proof)!.extra!
    expect((await verifyProof(proof, body, log.keys.logVerifier))?.size).toBe(120)
    expect(JSON.parse(Buffer.from(body).toString())).toMatchObject({ id: entry, kind: 'session.opened' })
    expect(await verifyProof(proof, Buffer.from('{}'), log.keys.logVerifier)).toBeUndefined()
  }
})

test('of a log over several tiles every proof holds, and an old checkpoint is its beginning', async () => {
  await using trial = await openTrial()
  const log = await givenLog(trial)
  const entries = await trial.as(machine('access')).do(async tx => {
    const made = []
    for (let n = 0; n < 530; n++) made.push(await record(tx, 'session.opened', {}, { n }))
    return made
  })
  expect(await sequence(log.work)).toBe(500)
  const early = (await log.work.look(tx => head(tx, log.keys))).note!
  await log.settle()
  for (const index of [0, 255, 256, 300, 511, 512, 529]) {
    const proof = await log.work.look(tx => proofOf(tx, entries[index]!))
    expect(parseProof(proof)?.index).toBe(index)
    const shown = await verifyProof(proof, parseProof(proof)!.extra!, log.keys.logVerifier)
    expect(shown?.size, String(index)).toBe(530)
  }
  const report = await log.verify({ checkpoint: early })
  expect(report.proven.map(each => each.code)).toContain('grown')
})

test('the database itself refuses to change or remove an entry, a leaf, a tile or a checkpoint', async () => {
  await using trial = await openTrial()
  const log = await givenLog(trial)
  await trial.as(machine('access')).do(async tx => {
    for (let n = 0; n < 256; n++) await record(tx, 'session.opened', {})
  })
  await log.settle()
  const changes = ['entry set kind', 'leaf set entry_id', 'tile set root', 'checkpoint set note']
  for (const change of changes) {
    const [table = '', , column = ''] = change.split(' ')
    const own = `update audit.${table} set ${column} = ${column}`
    await expect(trial.database.pool.query(own), table).rejects.toThrow('only added')
    await expect(trial.database.pool.query(`delete from audit.${table}`), table).rejects.toThrow('only added')
    for (const statement of [own, `delete from audit.${table}`]) {
      const bound = trial.as(machine('audit')).do(tx => sql.raw(statement).execute(tx.db))
      await expect(bound, table).rejects.toThrow('permission denied')
    }
  }
})

test('another agency, the administrator and a reporter see nothing of a case; of no case only the administrator sees', async () => {
  await using trial = await openTrial()
  const log = await givenLog(trial)
  const caseId = log.newCase()
  const ofCase = await log.writeOf(caseId)
  const ofNone = await log.write()
  await log.settle()
  const strangers = [
    staff('officer', 'busan'),
    staff('commander', null),
    staff('administrator', null),
    reporter(newId<'ReportId'>(trial.clock.now())),
  ]
  for (const who of strangers) {
    const stranger = trial.as(who)
    expect((await stranger.see(tx => timeLine(tx, caseId, page))).rows).toEqual([])
    await expect(stranger.see(tx => proofOf(tx, ofCase))).rejects.toMatchObject({ code: 'audit.noEntry' })
    const isAdministrator = who.kind === 'staff' && who.role === 'administrator'
    const line = await stranger.see(tx => operationsLine(tx, page))
    expect(line.rows.map(row => row.id)).toEqual(isAdministrator ? [ofNone] : [])
  }
})

test('each refusal once: no such entry, and one that is not in the tree yet', async () => {
  await using trial = await openTrial()
  const log = await givenLog(trial)
  const entry = await log.write()
  const none = newId<'EntryId'>(trial.clock.now())
  await expect(log.work.look(tx => proofOf(tx, none))).rejects.toMatchObject({ code: 'audit.noEntry' })
  await expect(log.work.look(tx => proofOf(tx, entry))).rejects.toMatchObject({
    code: 'audit.notSequencedYet',
  })
  await log.settle()
  await log.write()
  expect(await log.work.look(tx => proofOf(tx, entry))).toContain('c2sp.org/tlog-proof@v1')
})

test('a changed row is found by whoever verifies the export', async () => {
  await using trial = await openTrial()
  const log = await givenLog(trial)
  for (let n = 0; n < 5; n++) await log.write()
  await log.settle()
  // What somebody could do who owns the database: set the guard aside and rewrite history.
  await trial.database.pool.query('alter table audit.entry disable trigger user')
  await trial.database.pool.query(
    `update audit.entry set body = replace(body, 'session.opened', 'session.closed') where id = (select entry_id from audit.leaf where tree_index = 2)`,
  )
  const report = await log.verify()
  expect(report.isSound).toBe(false)
  expect(report.faults.map(each => each.code)).toContain('root')
})

test('whoever answers for data protection sees all of the log, and finds in it by case, person, kind and time', async () => {
  await using trial = await openTrial({ at: '2026-11-23T09:00:00+09:00' })
  const log = await givenLog(trial)
  const caseId = log.newCase()
  const ofNone = await log.write()
  trial.clock.advance(60_000)
  const ofCase = await log.writeOf(caseId)
  trial.clock.advance(60_000)
  const who = staff('officer')
  const done = await trial.as(who).do(tx => record(tx, 'exhibit.viewed', { case: caseId }))
  const found = async (filter: object, by = staff('dataProtectionOfficer', null)) =>
    (await trial.as(by).see(tx => operationsLine(tx, { limit: 50, ...filter }))).rows.map(row => row.id)
  expect(await found({})).toEqual([done, ofCase, ofNone])
  expect(await found({ case: caseId })).toEqual([done, ofCase])
  expect(await found({ account: who.account })).toEqual([done])
  expect(await found({ kind: 'exhibit' })).toEqual([done])
  expect(await found({ kind: 'case.opened' })).toEqual([ofCase])
  expect(await found({ since: '2026-11-23T00:01:00Z', until: '2026-11-23T00:02:00Z' })).toEqual([ofCase])
  expect(await found({ case: caseId }, staff('administrator', null))).toEqual([])
})
