/**
 * Fingerprints at rest. A picture can be partly made again from its PDQ bits (arXiv 2406.00918), and its outlines
 * from its local features (arXiv 1211.1265), so a fingerprint of an intimate picture is personal data: it is sealed
 * before it reaches the database, and opened only in memory, to be compared.
 *
 * @module
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { Keys } from './keys.ts'

/** What of the installation's keys sealing needs. */
export type SealKeys = Pick<Keys, 'keyFor'>

// Layout: version, nonce, tag, then what AES-256-GCM made (NIST SP 800-38D: 96 bits of nonce, 128 of tag).
const version = 1
const nonceBytes = 12
const tagBytes = 16
const headBytes = 1 + nonceBytes + tagBytes

// Each use has a key of its own. With random nonces one key is good for 2^32 values (SP 800-38D, 8.3); no country
// has as many.
const useOf = {
  reported: 'intake.fingerprint',
  banked: 'matching.banked',
  features: 'matching.features',
  entry: 'matching.entry',
} as const

/** Where a sealed value belongs: a row and its owner, a report, a case or a bank. Elsewhere it does not open. */
export interface Place {
  readonly use: keyof typeof useOf
  readonly row: string
  readonly owner: string
}

/** Seals a value, as JSON, for one row. */
export function sealValue(keys: SealKeys, place: Place, value: unknown): Buffer {
  return sealBytes(keys, place, Buffer.from(JSON.stringify(value), 'utf8'))
}

/**
 * Opens what was sealed as a value for this row.
 * @throws Error where it was damaged, moved to another row or owner, or sealed with other keys
 */
export function openValue(keys: SealKeys, place: Place, sealed: Uint8Array): unknown {
  return JSON.parse(openBytes(keys, place, sealed).toString('utf8'))
}

/** Seals bytes for one row. */
export function sealBytes(keys: SealKeys, place: Place, bytes: Uint8Array): Buffer {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', keys.keyFor(useOf[place.use]), nonce, {
    authTagLength: tagBytes,
  })
  cipher.setAAD(aboutOf(place))
  const body = Buffer.concat([cipher.update(bytes), cipher.final()])
  return Buffer.concat([Buffer.from([version]), nonce, cipher.getAuthTag(), body])
}

/**
 * Opens bytes that were sealed for this row.
 * @throws Error where they were damaged, moved to another row or owner, or sealed with other keys
 */
export function openBytes(keys: SealKeys, place: Place, sealed: Uint8Array): Buffer {
  if (sealed[0] !== version || sealed.length < headBytes)
    throw new Error(
      'A sealed fingerprint has an unknown form. A newer version of the program may have made it.',
    )
  const opener = createDecipheriv(
    'aes-256-gcm',
    keys.keyFor(useOf[place.use]),
    sealed.subarray(1, 1 + nonceBytes),
    { authTagLength: tagBytes },
  )
  opener.setAAD(aboutOf(place))
  opener.setAuthTag(sealed.subarray(1 + nonceBytes, headBytes))
  try {
    return Buffer.concat([opener.update(sealed.subarray(headBytes)), opener.final()])
  } catch (cause) {
    throw new Error('A sealed fingerprint does not open: it was changed, moved, or sealed with other keys.', {
      cause,
    })
  }
}

function aboutOf({ use, row, owner }: Place): Buffer {
  return Buffer.from(`${version}\0${use}\0${row}\0${owner}`)
}
