import type { VideoFingerprint } from '@jikimi/fingerprint'
import { record } from '#audit'
import type { ReadTx, Tx } from '#platform/database'
import { newId, type BankEntryId, type BankId } from '#platform/ids'
import type { Keys } from '#platform/keys'
import { refuse } from '#platform/refusals'
import { momentOf } from '#platform/time'
import { entriesMax, type About, type Added, type Algorithm } from './bank-schema.ts'
import * as store from './bank-store.ts'
import { refused } from './errors.ts'
import { sealValue } from '#platform/sealed'

export type EntryKeys = Pick<Keys, 'keyFor' | 'veil'>

/** One value on its way into a bank. */
export interface Incoming {
  /** Its place in what was sent, from 0 for an entry and from 1 for a line. */
  readonly place: number
  readonly algorithm: Algorithm
  readonly value: Value
  readonly about: About
}

type AddedValues = Omit<Added, 'unreadable' | 'unreadableCount'>

export type Value =
  | { readonly kind: 'digest'; readonly digest: string }
  | { readonly kind: 'picture'; readonly hash: string; readonly quality: number }
  | { readonly kind: 'video'; readonly video: VideoFingerprint }

/**
 * Adds values to a bank; those that it has are left as they are, those that were withdrawn stay withdrawn. They
 * are found by the next look-up, in every process.
 * @throws matching.noBank
 * @throws matching.digestsOnly the bank is a list of plain hashes
 */
export async function addEntries(
  tx: Tx,
  keys: EntryKeys,
  id: BankId,
  incoming: readonly Incoming[],
): Promise<AddedValues> {
  const bank = (await store.bankForUpdate(tx, id)) ?? refuse(refused.noBank({ bank: id }))
  refuseUnfit(bank, incoming)
  const change = bank.change + 1
  const entries: Added['entries'] = []
  let [added, withdrawn] = [0, 0]
  for (let from = 0; from < incoming.length; from += entriesMax) {
    const made = incoming
      .slice(from, from + entriesMax)
      .map(each => ({ each, row: rowOf(tx, keys, id, change, each) }))
    const rows = made.map(({ row }) => row)
    const isNew = await store.addEntries(tx, rows)
    const fresh = made.filter(({ row }) => isNew.has(row.id))
    await store.addValues(
      tx,
      fresh.flatMap(({ each, row }) => sealedOf(keys, id, row.id, each.value)),
    )
    const veils = rows.filter(row => !isNew.has(row.id)).map(row => row.veil)
    if (veils.length > 0) withdrawn += await store.withdrawnAmong(tx, id, veils)
    added += fresh.length
    for (const { each, row } of fresh)
      if (entries.length < entriesMax) entries.push({ place: each.place, entry: row.id })
  }
  if (added > 0) await store.changeBank(tx, id, { change })
  const known = incoming.length - added - withdrawn
  // That the bank knew them all is an answer too: it is in the log as any other.
  if (incoming.length > 0) await record(tx, 'entry.added', { bank: id }, { entries: added, known, withdrawn })
  return { read: incoming.length, added, known, withdrawn, entries }
}

/**
 * What adding would refuse, and nothing more: the bank is not asked for any of the values, since that would be a
 * look-up without its limit and without a trace.
 * @throws matching.noBank, matching.digestsOnly
 */
export async function tryEntries(
  tx: ReadTx,
  id: BankId,
  incoming: readonly Incoming[],
): Promise<AddedValues> {
  refuseUnfit((await store.bank(tx, id)) ?? refuse(refused.noBank({ bank: id })), incoming)
  return { read: incoming.length, added: 0, known: 0, withdrawn: 0, entries: [] }
}

function refuseUnfit(bank: store.BankRow, incoming: readonly Incoming[]): void {
  if (bank.kind === 'list' && incoming.some(each => each.value.kind !== 'digest'))
    refuse(refused.digestsOnly({ bank: bank.id }))
}

function rowOf(tx: Tx, keys: EntryKeys, bank: BankId, change: number, incoming: Incoming): store.NewEntryRow {
  const { about } = incoming
  return {
    id: newId<'BankEntryId'>(tx.now),
    bank_id: bank,
    algorithm: incoming.algorithm,
    veil: veilOf(keys, incoming.algorithm, textOf(incoming.value)),
    label: about.label ?? null,
    source: about.source ?? null,
    opinion: about.opinion,
    confidence: about.confidence ?? null,
    change,
    added_at: tx.now,
    expires_at: about.expiresAt === undefined ? null : momentOf(about.expiresAt),
    withdrawn_at: null,
  }
}

/** Under what a value is found again: equal for equal values in all banks, and never read. */
export function veilOf(keys: Pick<Keys, 'veil'>, algorithm: Algorithm, text: string): Buffer {
  return Buffer.from(keys.veil('matching.entry', `${algorithm}\0${text}`), 'hex')
}

function textOf(value: Value): string {
  if (value.kind === 'digest') return value.digest
  if (value.kind === 'picture') return value.hash
  return value.video.frames.map(frame => `${frame.atMs},${frame.hash}`).join('\n')
}

/** A digest is kept as its veil alone. */
function sealedOf(keys: EntryKeys, bank: BankId, entry: BankEntryId, value: Value) {
  if (value.kind === 'digest') return []
  const held = value.kind === 'picture' ? { hash: value.hash, quality: value.quality } : value.video
  return [{ entry_id: entry, sealed: sealValue(keys, { use: 'entry', row: entry, owner: bank }, held) }]
}

/**
 * Withdraws an entry: from this moment on it hits nowhere, and what it held is destroyed by the clock. Withdrawing
 * twice does nothing twice.
 * @throws matching.noBank, matching.noEntry
 */
export async function withdrawEntry(tx: Tx, bankId: BankId, id: BankEntryId): Promise<void> {
  const bank = (await store.bankForUpdate(tx, bankId)) ?? refuse(refused.noBank({ bank: bankId }))
  const entry = (await store.entryForUpdate(tx, bankId, id)) ?? refuse(refused.noEntry({ entry: id }))
  if (entry.withdrawn_at !== null) return
  const change = bank.change + 1
  await store.withdrawEntry(tx, id, change)
  await store.changeBank(tx, bankId, { change })
  await record(tx, 'entry.withdrawn', { bank: bankId, entry: id })
}
