/**
 * A PostgreSQL of our own for a test run, where its programs are installed: in a temporary folder, on
 * loopback, as an ordinary user.
 *
 * @module
 */
import { execFileSync, spawn } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Pool } from 'pg'

export interface Postgres extends AsyncDisposable {
  readonly url: string
  readonly version: string
}

const distributions = '/usr/lib/postgresql'
// PostgreSQL refuses to run as root; the system's nobody may.
const nobody = { uid: 65_534, gid: 65_534 }
const startMs = 20_000

/** Starts PostgreSQL, or answers undefined where it is not installed. */
export async function startPostgres(): Promise<Postgres | undefined> {
  const programs = programFolder()
  if (programs === undefined) return undefined
  const folder = mkdtempSync(join(tmpdir(), 'jikimi-postgres-'))
  const user = process.getuid?.() === 0 ? nobody : {}
  if ('uid' in user) chownSync(folder, nobody.uid, nobody.gid)
  const data = join(folder, 'data')
  execFileSync(
    join(programs, 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '-N'],
    { ...user, stdio: 'ignore' },
  )
  const port = await freePort()
  const options = [
    '-D',
    data,
    '-p',
    String(port),
    '-c',
    'listen_addresses=127.0.0.1',
    '-c',
    `unix_socket_directories=${folder}`,
    '-c',
    'fsync=off',
  ]
  const server = spawn(join(programs, 'postgres'), options, { ...user, stdio: 'ignore' })
  const ended = new Promise(resolve => server.once('exit', resolve))
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`
  return {
    url,
    version: await answering(url),
    async [Symbol.asyncDispose]() {
      server.kill('SIGINT')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function programFolder(): string | undefined {
  if (!existsSync(distributions)) return undefined
  const versions = readdirSync(distributions)
    .filter(name => Number(name) >= 15)
    .toSorted((one, other) => Number(other) - Number(one))
  return versions
    .map(version => join(distributions, version, 'bin'))
    .find(path => existsSync(join(path, 'initdb')))
}

async function answering(url: string): Promise<string> {
  for (let waited = 0; waited < startMs; waited += 100) {
    const pool = new Pool({ connectionString: url, max: 1 })
    try {
      const { rows } = await pool.query<{ server_version: string }>('show server_version')
      return rows[0]?.server_version ?? ''
    } catch {
      await pause(100)
    } finally {
      await pool.end()
    }
  }
  throw new Error('PostgreSQL did not start.')
}

function freePort(): Promise<number> {
  return new Promise(resolve => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}
