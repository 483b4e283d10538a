/**
 * The product's own secrets, in the folder `keys` of the data folder, each made on the first start and never
 * sent anywhere: the unit's age identity, the log's signing key, and the key under which receipts and tokens
 * are stored. Every process of one installation has the same folder; the database remembers their public
 * halves and refuses a process with others.
 *
 * @module
 */
import { createHmac, hkdfSync } from 'node:crypto'
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import type { Pool } from 'pg'
import { z } from 'zod'
import { newIdentity, recipientOf } from '@jikimi/seal'
import { newLogKey } from '@jikimi/tlog'
import { randomToken } from './ids.ts'

const KeyFile = z.object({
  /** age identity of the unit: opens what is sealed. */
  unitIdentity: z.string(),
  /** Its public half: seals. */
  unitRecipient: z.string(),
  /** Signs the log's checkpoints (C2SP signed-note). */
  logSigner: z.string(),
  logVerifier: z.string(),
  /** HMAC-SHA-256 key for receipts and tokens that must be found again but not read. */
  pepper: z.string().min(32),
  /** Signs sessions. */
  sessionSecret: z.string().min(32),
})

export interface Keys extends z.infer<typeof KeyFile> {
  /** HMAC-SHA-256 of `secret` under the pepper, as hex: how a receipt is stored. `use` keeps uses apart. */
  veil(use: string, secret: string): string
  /** A key of 32 bytes for one use, which says nothing about those of other uses (HKDF-SHA-256, RFC 5869). */
  keyFor(use: string): Buffer
}

export const keyFileName = 'keys.json'

/** Opens the keys of `dataFolder`, making them on the first start. The file is readable by its owner only. */
export async function openKeys(dataFolder: string): Promise<Keys> {
  const folder = join(dataFolder, 'keys')
  const path = join(folder, keyFileName)
  if (!existsSync(path)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    writeDurably(folder, path, JSON.stringify(await newKeys(), null, 2))
  }
  chmodSync(path, 0o600)
  const read = KeyFile.safeParse(JSON.parse(readFileSync(path, 'utf8')))
  if (!read.success)
    throw new Error(
      'The key file is damaged. Restore it from a backup: without it sealed evidence cannot be opened.',
    )
  const keys = read.data
  return {
    ...keys,
    veil: (use, secret) => createHmac('sha256', keys.pepper).update(`${use}\0${secret}`).digest('hex'),
    keyFor: use => derived(keys.pepper, use),
  }
}

const derivedKeys = new Map<string, Buffer>()

/** Derived once a process: millions of rows are opened with one key. */
function derived(pepper: string, use: string): Buffer {
  const name = `${pepper}\0${use}`
  const key = derivedKeys.get(name) ?? Buffer.from(hkdfSync('sha256', pepper, 'jikimi', `key for ${use}`, 32))
  derivedKeys.set(name, key)
  return key
}

/**
 * Makes sure that database and keys belong together.
 * @throws Error where the database was begun with other keys
 */
export async function bindKeys(pool: Pool, keys: Keys): Promise<void> {
  await pool.query(
    'insert into platform.installation (only_row, unit_recipient, log_verifier) values (true, $1, $2) on conflict (only_row) do nothing',
    [keys.unitRecipient, keys.logVerifier],
  )
  const { rows } = await pool.query<{ unit_recipient: string; log_verifier: string }>(
    'select unit_recipient, log_verifier from platform.installation',
  )
  if (rows[0]?.unit_recipient !== keys.unitRecipient || rows[0]?.log_verifier !== keys.logVerifier) {
    throw new Error(
      'The database was begun with other keys. Give this process the keys folder of the first one (JIKIMI_DATA/keys).',
    )
  }
}

async function newKeys(): Promise<z.infer<typeof KeyFile>> {
  const unitIdentity = await newIdentity()
  const log = await newLogKey('jikimi.log')
  return {
    unitIdentity,
    unitRecipient: await recipientOf(unitIdentity),
    logSigner: log.signer,
    logVerifier: log.verifier,
    pepper: randomToken(32),
    sessionSecret: randomToken(32),
  }
}

/** Writes a file so that it is whole or not there, readable by its owner only. */
export function writeDurably(folder: string, path: string, text: string): void {
  const file = openSync(`${path}.new`, 'w', 0o600)
  writeSync(file, text)
  fsyncSync(file)
  closeSync(file)
  renameSync(`${path}.new`, path)
  const shelf = openSync(folder, 'r')
  fsyncSync(shelf)
  closeSync(shelf)
}
