/**
 * What an operator's command on the same machine may ask. Of a running product: through a socket in the data
 * folder that only its owner may open. Of one that stands still: by running this file as a process, which
 * reads its question from the arguments and secrets from the standard input.
 *
 * @module
 */
import { chmodSync, closeSync, createReadStream, existsSync, openSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { connect } from 'node:net'
import { basename, dirname } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { linesOf, verifyLog } from '@jikimi/tlog'
import type { PoolClient } from 'pg'
import { z } from 'zod'
import { exportLog, record } from '#audit'
import { backup, type Manifest } from '#platform/backup'
import { explainSettings, readConfig } from '#platform/config'
import type { Database } from '#platform/database'
import type { Keys } from '#platform/keys'
import { faultOf, placeOf } from '#platform/log'
import { migrationsIn } from '#platform/migrations'
import { NotRestored, restore } from '#platform/restore'
import { systemClock } from '#platform/time'
import { system } from '#platform/who'
import type { World } from '#platform/world'

interface Product {
  readonly database: Database
  readonly world: World
}

const bodyBytesMax = 10_000
const Wish = z.object({ passphrase: z.string().min(1).max(1000) })

/** Opens the socket at `path`, for the owner of the data folder alone. */
export async function openControl(path: string, product: Product): Promise<{ close(): Promise<void> }> {
  // Another process of this installation on this machine answers already: one is enough.
  if (await answers(path)) return { close: async () => {} }
  rmSync(path, { force: true })
  const server = createServer((request, response) => {
    answer(product, request, response).catch(() => response.destroy())
  })
  // A backup is given up when nobody takes it, and not before.
  server.requestTimeout = 60_000
  const within = openSync(dirname(path), 'r')
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      // Nobody may connect before the mode is set: the socket is made with it.
      const before = process.umask(0o177)
      server.listen(shortPath(path, within), resolve)
      process.umask(before)
    })
  } finally {
    closeSync(within)
  }
  chmodSync(path, 0o600)
  return {
    async close() {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
      rmSync(path, { force: true })
    },
  }
}

/** A socket's path has at most 107 bytes (unix(7)); by way of an open folder any depth can be reached. */
function shortPath(path: string, folder: number): string {
  return Buffer.byteLength(path) <= 100 || !existsSync('/proc/self/fd')
    ? path
    : `/proc/self/fd/${folder}/${basename(path)}`
}

async function answers(path: string): Promise<boolean> {
  if (!existsSync(path)) return false
  const folder = openSync(dirname(path), 'r')
  try {
    return await new Promise(resolve => {
      const socket = connect(shortPath(path, folder))
      socket.once('connect', () => (socket.destroy(), resolve(true)))
      socket.once('error', () => resolve(false))
    })
  } finally {
    closeSync(folder)
  }
}

async function answer(product: Product, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method !== 'POST' || request.url !== '/backup') {
    response.writeHead(404).end()
    return
  }
  const wish = Wish.safeParse(await bodyOf(request))
  if (!wish.success) {
    response.writeHead(400).end()
    return
  }
  const { database, world } = product
  await database.act(system('operations'), tx => record(tx, 'backup.made', {}))
  response.writeHead(200, { 'content-type': 'application/age-encryption' })
  try {
    const sealed = backup({ database, world, checkpointIn }, wish.data.passphrase)
    await pipeline(Readable.from(sealed, { objectMode: false }), response)
  } catch (error) {
    world.log.databaseFault({ fault: `backup ${faultOf(error)} ${placeOf(error)}` })
    response.destroy()
  }
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  if (Number(request.headers['content-length'] ?? Infinity) > bodyBytesMax) return undefined
  try {
    return JSON.parse(await text(request))
  } catch {
    return undefined
  }
}

export async function checkpointIn(client: PoolClient): Promise<string | null> {
  const { rows } = await client.query<{ note: string }>(
    'select note from audit.checkpoint order by size desc limit 1',
  )
  return rows[0]?.note ?? null
}

/** A restored log must verify as a stranger would verify it, and be the one that was backed up. */
export async function checkLog(database: Database, keys: Keys, manifest: Manifest): Promise<void> {
  if (manifest.checkpoint === null) return
  const lines = exportLog(question => database.look(system('audit'), question), keys, true)
  const bytes = (async function* () {
    for await (const line of lines) yield Buffer.from(line)
  })()
  const trusted = { verifier: keys.logVerifier, checkpoint: manifest.checkpoint }
  const report = await verifyLog(linesOf(bytes), trusted)
  if (!report.isSound) throw new NotRestored('differs')
}

/** The settings as `jikimi config` shows them: what each means, whether it is set, what is wrong. Never a value. */
function settingsAnswer() {
  const read = readConfig(process.env)
  return {
    isRight: read.ok,
    wrong: read.ok ? [] : read.wrong,
    dataFolder: read.ok ? read.config.dataFolder : null,
    settings: explainSettings().map(each => ({ ...each, isSet: (process.env[each.name] ?? '') !== '' })),
  }
}

type Answer = { readonly code: number; readonly says: unknown }

async function restoreAnswer(path: string): Promise<Answer> {
  const read = readConfig(process.env)
  if (!read.ok) return { code: 2, says: { fault: read.wrong.map(wrong => wrong.line).join('\n') } }
  const passphrase = (await text(process.stdin)).replace(/\n$/, '')
  try {
    const restored = await restore({
      file: createReadStream(path),
      passphrase,
      config: read.config,
      clock: systemClock,
      migrations: migrationsIn(fileURLToPath(new URL('.', import.meta.url))),
      check: checkLog,
      onStep: step => process.send?.({ step }),
    })
    return { code: 0, says: restored }
  } catch (error) {
    if (error instanceof NotRestored) return { code: 1, says: { fault: error.message, reason: error.reason } }
    throw error
  }
}

async function run(): Promise<void> {
  const [question, path] = process.argv.slice(2)
  const answered: Answer =
    question === 'restore' && path !== undefined
      ? await restoreAnswer(path)
      : { code: 0, says: settingsAnswer() }
  process.stdout.write(`${JSON.stringify(answered.says)}\n`)
  process.exitCode = answered.code
  process.disconnect?.()
}

if (import.meta.main) {
  run().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error))
    process.exit(1)
  })
}
