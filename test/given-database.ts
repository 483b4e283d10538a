/**
 * Once per test run: migrates one template database, from which every test file takes its own copy. With
 * JIKIMI_TEST_POSTGRES the copies lie on that PostgreSQL; else they are embedded. Unpacks the browser, too.
 *
 * @module
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import shipped from '@sparticuz/chromium'
import { Pool } from 'pg'
import { databaseOver } from '../server/src/platform/database.ts'
import { openInMemory, poolOver } from '../server/src/platform/embedded-database.ts'
import { wireJobs } from '../server/src/platform/jobs.ts'
import { openLog } from '../server/src/platform/log.ts'
import { migrate, migrationsIn } from '../server/src/platform/migrations.ts'
import { systemClock } from '../server/src/platform/time.ts'
import { postgresVariable, templateVariable } from '../server/src/platform/trial.ts'

const sources = new URL('../server/src/', import.meta.url).pathname
const noWork = { procedure: [], clocks: [], jobs: [] }

export default async function setUp(): Promise<() => Promise<void>> {
  // Two test files that begin at once would unpack it over each other: "text file busy".
  await shipped.executablePath()
  const url = process.env[postgresVariable]
  return url === undefined ? embeddedTemplate() : postgresTemplate(url)
}

async function embeddedTemplate(): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'jikimi-template-'))
  const pglite = await openInMemory()
  const pool = poolOver(pglite)
  await prepare(pool, true)
  const path = join(folder, 'template.tar')
  writeFileSync(path, Buffer.from(await (await pglite.dumpDataDir('none')).arrayBuffer()))
  await pool.end()
  await pglite.close()
  process.env[templateVariable] = path
  return async () => rmSync(folder, { recursive: true, force: true })
}

async function postgresTemplate(url: string): Promise<() => Promise<void>> {
  const admin = new Pool({ connectionString: url, max: 1 })
  await admin.query('drop database if exists jikimi_template')
  await admin.query('create database jikimi_template')
  const own = new URL(url)
  own.pathname = '/jikimi_template'
  const pool = new Pool({ connectionString: own.href, max: 4 })
  await prepare(pool, false)
  await pool.end()
  return async () => admin.end()
}

async function prepare(pool: Pool, isEmbedded: boolean): Promise<void> {
  await migrate(pool, migrationsIn(sources))
  const database = databaseOver(pool, { isEmbedded, clock: systemClock, close: async () => {} })
  const boss = await wireJobs(database, noWork, openLog('silent'))
  await boss.stop({ graceful: false })
}
