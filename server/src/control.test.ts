/** Backup and restore, as the command uses them: over the socket, into an empty place. */
import {
  createReadStream,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { head, record, sequence } from '#audit'
import { backup } from '#platform/backup'
import { readConfig, type Config } from '#platform/config'
import { openDatabase, type Database } from '#platform/database'
import { fixedForms, rowsOf, tablesOf } from '#platform/dump'
import { later, job, wireJobs } from '#platform/jobs'
import { bindKeys, openKeys } from '#platform/keys'
import { migrationsIn } from '#platform/migrations'
import { openObjects } from '#platform/objects'
import { restore } from '#platform/restore'
import { bindSupportKeys, openSupportKeys } from '#platform/support-keys'
import { machine, openTrial, postgresVariable, silentLog, type Trial } from '#platform/trial'
import type { World } from '#platform/world'
import { z } from 'zod'
import { checkLog, checkpointIn, openControl } from './control.ts'

const top = mkdtempSync(join(tmpdir(), 'jikimi-control-'))
afterAll(() => rmSync(top, { recursive: true, force: true }))
const migrations = migrationsIn(fileURLToPath(new URL('.', import.meta.url)))
const passphrase = '등대 아래 조용한 항구'
const nudge = job('audit', 'nudge', z.object({ n: z.number() }), async () => {})

function configOf(name: string): Config {
  const read = readConfig({ JIKIMI_DATA: join(top, name) })
  if (!read.ok) throw new Error(read.wrong[0]!.line)
  return read.config
}

/** An installation with keys, a few objects, a log of five entries and a job that waits. */
async function installation(trial: Trial, name: string) {
  const config = configOf(name)
  await mkdir(config.dataFolder, { recursive: true })
  const keys = await openKeys(config.dataFolder)
  await bindKeys(trial.database.pool, keys)
  const supportKeys = await openSupportKeys(config.supportKeysFolder)
  await bindSupportKeys(trial.database.pool, supportKeys)
  const objects = await openObjects(config.objects)
  for (const size of [0, 1, 5_000_000]) await objects.put([Buffer.alloc(size, 'sealed')])
  const world = { config, keys, supportKeys, objects, clock: trial.clock, log: silentLog } as unknown as World
  await trial.as(machine('access')).do(async tx => {
    for (let n = 0; n < 5; n++) await record(tx, 'session.opened', {}, { n })
    await later(tx, nudge, { n: 1 })
  })
  await settle(trial, world)
  return { config, keys, objects, world }
}

async function settle(trial: Trial, world: World): Promise<void> {
  await sequence({
    act: verb => trial.database.act(machine('audit'), verb),
    look: question => trial.database.look(machine('audit'), question),
    log: silentLog,
    world,
    signal: new AbortController().signal,
    isLastAttempt: true,
  })
}

/** All rows as text, table by table. */
async function contents(database: Database): Promise<Record<string, string[]>> {
  const client = await database.pool.connect()
  try {
    await client.query('begin')
    await client.query(fixedForms)
    const found: Record<string, string[]> = {}
    for (const table of await tablesOf(client)) {
      const parts = await Array.fromAsync(rowsOf(client, table))
      const text = parts.map(part => Buffer.from(part.bytes).toString()).join('')
      found[`${table.schema}.${table.table}`] = text.split('\n').toSorted()
    }
    return found
  } finally {
    await client.query('rollback')
    client.release()
  }
}

const restoreOf = (config: Config, file: string, words = passphrase) =>
  restore({
    file: createReadStream(file),
    passphrase: words,
    config,
    clock: { now: () => new Date(0) },
    migrations,
    check: checkLog,
  })

function ask(
  socketPath: string,
  path: string,
  body: string,
  method = 'POST',
): Promise<{ status: number; body: Buffer }> {
  return new Promise((resolve, reject) => {
    const asking = request(
      { socketPath, path, method, headers: { 'content-length': Buffer.byteLength(body) } },
      answer => {
        const pieces: Buffer[] = []
        answer.on('data', (piece: Buffer) => pieces.push(piece))
        answer.on('end', () => resolve({ status: answer.statusCode!, body: Buffer.concat(pieces) }))
        answer.on('error', reject)
      },
    )
    asking.on('error', reject)
    asking.end(body)
  })
}

test('a backup made while others write is restored exactly: rows, objects, keys, and a log that verifies', async () => {
  await using trial = await openTrial({ jobs: [nudge] })
  const { config, keys, objects, world } = await installation(trial, 'busy')
  const socket = join(config.dataFolder, 'control.sock')
  const control = await openControl(socket, { database: trial.database, world })
  const writing = Array.from({ length: 20 }, () =>
    trial.as(machine('access')).do(tx => record(tx, 'session.closed', {})),
  )
  const made = await ask(socket, '/backup', JSON.stringify({ passphrase }))
  await Promise.all(writing)
  await control.close()
  expect(made.status).toBe(200)
  const file = join(top, 'busy.age')
  writeFileSync(file, made.body)

  const target = configOf('restored')
  const restored = await restoreOf(target, file)
  expect(restored.objects).toBe(3)
  const database = await openDatabase({ url: undefined, folder: target.dataFolder, clock: trial.clock })
  try {
    const [was, is] = [await contents(trial.database), await contents(database)]
    expect(Object.keys(is)).toEqual(Object.keys(was))
    // What was written after the moment of the backup is not in it; everything before is, to the letter.
    for (const [table, rows] of Object.entries(is)) {
      // The queue keeps figures on itself that change by the minute.
      if (table === 'pgboss.queue') continue
      if (table === 'pgboss.job' || table === 'audit.entry' || table === 'audit.waiting')
        expect(was[table], table).toEqual(expect.arrayContaining(rows))
      else expect(rows, table).toEqual(was[table])
    }
    const names = await Array.fromAsync((await openObjects(target.objects)).names())
    expect(names).toEqual(await Array.fromAsync(objects.names()))
    expect(readFileSync(join(target.dataFolder, 'keys', 'keys.json'))).toEqual(
      readFileSync(join(config.dataFolder, 'keys', 'keys.json')),
    )
    expect(await openSupportKeys(target.supportKeysFolder)).toEqual(world.supportKeys)
    const now = await database.look(machine('audit'), tx => head(tx, keys))
    expect(now.size).toBe(5)
    const boss = await wireJobs(database, { procedure: [], clocks: [], jobs: [nudge] }, silentLog)
    await boss.stop({ graceful: false })
    const waiting = await database.pool.query(`select data from pgboss.job where name = $1`, [nudge.queue])
    expect(waiting.rows).toEqual([{ data: { n: 1 } }])
    // The log goes on where it stood.
    await database.act(machine('access'), tx => record(tx, 'session.opened', {}))
  } finally {
    await database.close()
  }
  await expect(restoreOf(target, file)).rejects.toMatchObject({ reason: 'notEmpty' })
}, 300_000)

test.skipIf(process.env[postgresVariable] === undefined)(
  'a backup is restored into PostgreSQL by an owner who is no superuser (skipped without PostgreSQL)',
  async () => {
    await using trial = await openTrial({ jobs: [nudge] })
    const { world } = await installation(trial, 'to-postgres')
    const file = join(top, 'to-postgres.age')
    const sealed = backup({ database: trial.database, world, checkpointIn }, passphrase, 10)
    writeFileSync(file, Buffer.concat(await Array.fromAsync(sealed)))
    const own = new URL(process.env[postgresVariable]!)
    await trial.database.pool.query(`create role restorer login createrole`)
    await trial.database.pool.query(`grant jikimi_app to restorer with admin option`)
    await trial.database.pool.query(`create database restored owner restorer`)
    Object.assign(own, { pathname: '/restored', username: 'restorer' })
    const target = { ...configOf('on-postgres'), databaseUrl: own.href }
    const database = await openDatabase({ url: own.href, folder: '', clock: trial.clock })
    try {
      const cut = join(top, 'cut.age')
      writeFileSync(cut, readFileSync(file).subarray(0, -1))
      await expect(restoreOf(target, cut)).rejects.toMatchObject({ reason: 'damaged' })
      const left = await database.pool.query(
        `select nspname from pg_namespace where nspname in ('platform', 'audit', 'pgboss')`,
      )
      expect(left.rows).toEqual([])
      await restoreOf(target, file)
      const [was, is] = [await contents(trial.database), await contents(database)]
      expect({ ...is, 'pgboss.queue': [] }).toEqual({ ...was, 'pgboss.queue': [] })
    } finally {
      await database.close()
      await trial.database.pool.query('drop database restored')
      await trial.database.pool.query('drop owned by restorer; drop role restorer')
    }
  },
  300_000,
)

test('a key of counselling that is kept apart goes back to its own place, and never over another one', async () => {
  await using trial = await openTrial({ jobs: [nudge] })
  const { world } = await installation(trial, 'apart')
  const file = join(top, 'apart.age')
  const sealed = backup({ database: trial.database, world, checkpointIn }, passphrase, 10)
  writeFileSync(file, Buffer.concat(await Array.fromAsync(sealed)))
  const target = { ...configOf('apart-restored'), supportKeysFolder: join(top, 'of-another-body') }
  await restoreOf(target, file)
  expect(await openSupportKeys(target.supportKeysFolder)).toEqual(world.supportKeys)
  expect(existsSync(join(target.dataFolder, 'keys', 'support.json'))).toBe(false)
  const again = { ...configOf('apart-again'), supportKeysFolder: target.supportKeysFolder }
  await expect(restoreOf(again, file)).rejects.toMatchObject({ reason: 'notEmpty' })
}, 300_000)

test('a wrong passphrase, a cut file and a file of another kind leave nothing behind', async () => {
  await using trial = await openTrial({ jobs: [nudge] })
  const { world } = await installation(trial, 'source')
  const sealed = backup({ database: trial.database, world, checkpointIn }, passphrase, 10)
  const whole = Buffer.concat(await Array.fromAsync(sealed))
  const file = join(top, 'whole.age')
  writeFileSync(file, whole)
  const target = configOf('empty')
  await expect(restoreOf(target, file, 'wrong')).rejects.toMatchObject({ reason: 'passphrase' })
  for (const [name, bytes] of Object.entries({
    header: whole.subarray(0, 300),
    other: Buffer.from('not a backup'),
    end: whole.subarray(0, whole.byteLength - 1),
  })) {
    const damaged = join(top, `${name}.age`)
    writeFileSync(damaged, bytes)
    await expect(restoreOf(target, damaged), name).rejects.toMatchObject({ reason: 'damaged' })
    expect(() => statSync(target.dataFolder), name).toThrow('ENOENT')
    expect(() => statSync(`${target.dataFolder}.restoring`), name).toThrow('ENOENT')
  }
}, 300_000)

test('a reader who goes away does not hold the database', async () => {
  await using trial = await openTrial({ jobs: [nudge] })
  const { world } = await installation(trial, 'gone')
  const made = backup({ database: trial.database, world, checkpointIn }, passphrase, 10)
  await made.next()
  await made.next()
  await made.return(undefined)
  await trial.as(machine('access')).do(tx => record(tx, 'session.opened', {}))
})

test('the socket is for its owner alone, answers nothing else, and is not taken from who has it', async () => {
  await using trial = await openTrial()
  const deep = join(top, 'a'.repeat(60), 'b'.repeat(60))
  for (const folder of [join(top, 'socket'), deep]) {
    await mkdir(folder, { recursive: true })
    const path = join(folder, 'control.sock')
    writeFileSync(path, 'left by a killed process')
    const product = { database: trial.database, world: { log: silentLog } as unknown as World }
    const control = await openControl(path, product)
    expect(statSync(path).mode & 0o777).toBe(0o600)
    const second = await openControl(path, product)
    await second.close()
    expect(statSync(path).isSocket()).toBe(true)
    if (folder !== deep) {
      expect((await ask(path, '/backup', '{}')).status).toBe(400)
      expect((await ask(path, '/backup', 'x'.repeat(20_000))).status).toBe(400)
      expect((await ask(path, '/backup', '', 'GET')).status).toBe(404)
      expect((await ask(path, '/other', '{}')).status).toBe(404)
    }
    await control.close()
    expect(() => statSync(path)).toThrow('ENOENT')
  }
})
