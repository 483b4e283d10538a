import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openEmbedded, syncCount } from './embedded-database.ts'

test('every commit on the embedded database is a real fsync', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'jikimi-embedded-'))
  const { pool, close } = await openEmbedded(folder)
  try {
    await pool.query('create table kept (n int)')
    const before = syncCount()
    for (let n = 0; n < 10; n += 1) await pool.query('insert into kept values ($1)', [n])
    expect(syncCount() - before).toBeGreaterThanOrEqual(10)
  } finally {
    await close()
    rmSync(folder, { recursive: true, force: true })
  }
})

const writer = `
  import { openEmbedded } from '${new URL('embedded-database.ts', import.meta.url).href}'
  const { pool } = await openEmbedded(process.argv[1])
  await pool.query('create table if not exists kept (n int primary key)')
  const { rows } = await pool.query('select coalesce(max(n), 0) as n from kept')
  for (let n = rows[0].n + 1; ; n += 1) { await pool.query('insert into kept values ($1)', [n]); console.log(n) }`

test('what was acknowledged survives kill -9, and the lock left behind does not keep anyone out', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'jikimi-embedded-'))
  let acknowledged = 0
  for (let round = 0; round < 3; round += 1) acknowledged = await killedWriter(folder, 40 + round * 25)
  const { pool, close } = await openEmbedded(folder)
  const { rows } = await pool.query<{ n: number; count: string }>(
    'select max(n) as n, count(*) as count from kept',
  )
  await close()
  rmSync(folder, { recursive: true, force: true })
  expect(rows[0]?.n).toBeGreaterThanOrEqual(acknowledged)
  expect(Number(rows[0]?.count)).toBe(rows[0]?.n)
})

/** Runs the writer until it has acknowledged `count` more rows, kills it, and answers the last one it told. */
function killedWriter(folder: string, count: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--input-type=module', '--eval', writer, folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let told = 0
    let last = 0
    child.stdout.on('data', (chunk: Buffer) => {
      const lines = chunk.toString('utf8').trim().split('\n')
      told += lines.length
      last = Number(lines.at(-1))
      if (told >= count) child.kill('SIGKILL')
    })
    child.on('error', reject)
    child.on('exit', () => resolve(last))
  })
}

test('a second process is kept out of an open data folder', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'jikimi-embedded-'))
  const { close } = await openEmbedded(folder)
  try {
    const script = `import { openEmbedded } from '${new URL('embedded-database.ts', import.meta.url).href}'
      await openEmbedded(process.argv[1])`
    const { code, text } = await ran(['--input-type=module', '--eval', script, folder])
    expect(code).not.toBe(0)
    expect(text).toContain('Another process of Jikimi has this data folder open')
  } finally {
    await close()
    rmSync(folder, { recursive: true, force: true })
  }
})

function ran(args: readonly string[]): Promise<{ code: number | null; text: string }> {
  return new Promise(resolve => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] })
    let text = ''
    child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')))
    child.on('exit', code => resolve({ code, text }))
  })
}
