/**
 * Sealing to the room's own key, with age: whoever has the database and the unit's keys has not these words. Where a
 * value belongs is sealed with it, so that one that was moved to another row or case does not open.
 *
 * @module
 */
import { open, seal } from '@jikimi/seal'
import type { SupportKeys } from '#platform/support-keys'

/** The row that a sealed value belongs to, and its case. */
export interface Place {
  readonly row: string
  readonly case: string
}

/** Seals a value, as JSON, for one row of one case. Takes some milliseconds: done before the transaction. */
export async function sealFor(keys: SupportKeys, place: Place, value: unknown): Promise<Buffer> {
  const text = JSON.stringify({ row: place.row, case: place.case, value })
  return Buffer.concat(await Array.fromAsync(seal([Buffer.from(text, 'utf8')], [keys.recipient])))
}

/**
 * Opens what was sealed for this row.
 * @throws NotOpened where it was damaged or sealed to another key
 * @throws Error where it belongs to another row or case
 */
export async function openFor(keys: SupportKeys, place: Place, sealed: Uint8Array): Promise<unknown> {
  const text = Buffer.concat(await Array.fromAsync(open([sealed], [keys.identity]))).toString('utf8')
  const held = JSON.parse(text) as { row: string; case: string; value: unknown }
  if (held.row !== place.row || held.case !== place.case)
    throw new Error('A sealed note lies in another row than it was sealed for.')
  return held.value
}
