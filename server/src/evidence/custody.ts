import { record } from '#audit'
import { addressesWithSteps, addressOf, tellVictim } from '#intake'
import type { Tx } from '#platform/database'
import { newId, type AddressId, type CaptureId } from '#platform/ids'
import { emit } from '#platform/jobs'
import { commitmentTo, type Sealed } from './exhibit.ts'
import type { Fault } from './schema.ts'
import { mayBecome } from './states.ts'
import * as store from './store.ts'

/** Takes a capture in hand, or says that it is done with. What lies between is done outside the database. */
export async function begin(tx: Tx, id: CaptureId): Promise<{ address: AddressId; url: string } | undefined> {
  const row = await store.captureForUpdate(tx, id)
  if (row === undefined || !mayBecome(row.state, 'running')) return undefined
  await store.setCapture(tx, id, { state: 'running', begun_at: tx.now })
  const { canonical } = await addressOf(tx, row.address_id)
  return { address: row.address_id, url: canonical }
}

/**
 * Enters what was sealed: rows, log, the victim's step, and the event that lets the matching begin.
 * @returns false where another run of the same job was faster; its exhibits stand, ours are not needed
 */
export async function enter(
  tx: Tx,
  id: CaptureId,
  sealed: readonly Sealed[],
  tools: unknown,
): Promise<boolean> {
  const row = await store.captureForUpdate(tx, id)
  if (row === undefined || !mayBecome(row.state, 'sealed')) return false
  const rows = sealed.map(each => rowOf(tx, row, each, tools))
  await store.addExhibits(tx, rows)
  await store.setCapture(tx, id, { state: 'sealed', finished_at: tx.now })
  for (const [index, exhibit] of rows.entries()) {
    await record(
      tx,
      'exhibit.sealed',
      { case: row.case_id, capture: id, exhibit: exhibit.id, address: row.address_id },
      {
        kind: exhibit.kind,
        place: exhibit.place,
        sealedSha256: exhibit.sealed_sha256,
        commitment: commitmentTo(sealed[index]!),
      },
    )
  }
  await tellWhereNew(tx, row.address_id, 'captured')
  const archive = rows.find(each => each.kind === 'archive')!
  await emit(tx, 'exhibit.sealed', { case: row.case_id, exhibit: archive.id, address: row.address_id })
  return true
}

/** Gives a capture up, with the reason. The matter stays open: an officer looks. */
export async function giveUp(tx: Tx, id: CaptureId, fault: Fault): Promise<void> {
  const row = await store.captureForUpdate(tx, id)
  if (row === undefined || !mayBecome(row.state, 'failed')) return
  await store.setCapture(tx, id, { state: 'failed', fault, finished_at: tx.now })
  await record(tx, 'capture.failed', { case: row.case_id, capture: id, address: row.address_id }, { fault })
  await tellWhereNew(tx, row.address_id, 'unreachable')
}

/** A later capture, of an address whose removal is under way, tells the victim nothing: it would be a step back. */
async function tellWhereNew(tx: Tx, address: AddressId, step: 'captured' | 'unreachable'): Promise<void> {
  const { report } = await addressOf(tx, address)
  const told = (await addressesWithSteps(tx, report)).find(each => each.address === address)?.now
  if (told === 'received' || told === 'unreachable' || told === undefined) await tellVictim(tx, address, step)
}

function rowOf(tx: Tx, capture: store.CaptureRow, sealed: Sealed, tools: unknown): store.ExhibitRow {
  return {
    id: newId<'ExhibitId'>(tx.now),
    capture_id: capture.id,
    case_id: capture.case_id,
    address_id: capture.address_id,
    kind: sealed.kind,
    place: sealed.place,
    url: sealed.url,
    content_type: sealed.contentType,
    size: sealed.size,
    plain_sha256: sealed.plainSha256,
    salt: sealed.salt,
    sealed_sha256: sealed.sealedSha256,
    sealed_size: sealed.sealedSize,
    tools: JSON.stringify(tools),
    sealed_at: tx.now,
  }
}
