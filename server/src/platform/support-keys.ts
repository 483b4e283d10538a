/**
 * The key of the support room: what is said in counselling is not the police's to read. It is an age identity in a
 * file of its own, made on the first start, in the folder of the other keys or where `JIKIMI_SUPPORT_KEYS` says: a
 * folder that another body keeps, or one that is mounted only where the room answers.
 *
 * @module
 */
import { chmodSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Pool } from 'pg'
import { z } from 'zod'
import { newIdentity, recipientOf } from '@jikimi/seal'
import { writeDurably } from './keys.ts'

const KeyFile = z.strictObject({ identity: z.string(), recipient: z.string() })

/** `recipient` seals; `identity` opens. */
export type SupportKeys = Readonly<z.infer<typeof KeyFile>>

export const supportKeyFile = 'support.json'

/** Opens the key in `folder`, making it where there is none. The file is readable by its owner only. */
export async function openSupportKeys(folder: string): Promise<SupportKeys> {
  const path = join(folder, supportKeyFile)
  if (!existsSync(path)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const identity = await newIdentity()
    const made = { identity, recipient: await recipientOf(identity) }
    writeDurably(folder, path, JSON.stringify(made, null, 2))
  }
  chmodSync(path, 0o600)
  const read = KeyFile.safeParse(JSON.parse(readFileSync(path, 'utf8')))
  if (!read.success)
    throw new Error(
      'The key file of the support room is damaged. Restore it from a backup: without it counselling notes cannot be opened.',
    )
  return read.data
}

/**
 * Makes sure that the database was sealed to with this key; the first process says which it is.
 * @throws Error where the database knows another one
 */
export async function bindSupportKeys(pool: Pool, { recipient }: SupportKeys): Promise<void> {
  await pool.query(
    'update platform.installation set support_recipient = $1 where support_recipient is null',
    [recipient],
  )
  const { rows } = await pool.query<{ support_recipient: string }>(
    'select support_recipient from platform.installation',
  )
  if (rows[0]?.support_recipient !== recipient)
    throw new Error(
      'The database was begun with another key of the support room. Give this process the one of the first (JIKIMI_SUPPORT_KEYS, or support.json in JIKIMI_DATA/keys).',
    )
}
