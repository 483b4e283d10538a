import { record } from '#audit'
import { canonicalize } from '@jikimi/web-address'
import type { ReadTx, Tx } from '#platform/database'
import { newId, type AddressId, type ReportId } from '#platform/ids'
import { emit } from '#platform/jobs'
import { refuse } from '#platform/refusals'
import { refused } from './errors.ts'
import { ownReport } from './receipt.ts'
import { addressLengthMax, type AddressesReceived, type Source } from './schema.ts'
import * as store from './store.ts'

// A report that names more is a crawler's list: an officer enters it as such. Found copies count as well.
export const addressesOfReportMax = 500

interface Entered extends AddressesReceived {
  /** Those that the report did not have yet. */
  readonly fresh: readonly AddressId[]
}

/**
 * The reporter names more addresses. One that is there already is answered with its id; naming it twice does
 * nothing twice.
 * @throws intake.noAddressFound nothing in it can be read as an address
 * @throws intake.tooManyAddresses the report is full
 */
export async function addAddresses(tx: Tx, texts: readonly string[]): Promise<AddressesReceived> {
  const report = ownReport(tx)
  await store.takeTurn(tx, `report/${report}`)
  const { addresses, refusedAddresses, fresh } = await enterAddresses(tx, report, texts, 'later')
  if (addresses.length === 0) refuse(refused.noAddressFound())
  const about = await caseOf(tx, report)
  for (const address of fresh) {
    await record(tx, 'address.added', { ...about, report, address })
    await emit(tx, 'address.added', { report, address })
  }
  return { addresses, refusedAddresses }
}

/**
 * Enters an address at which a copy was found. Found again, it is the same address.
 * @throws intake.noAddressFound it cannot be read as a public web address
 */
export async function addFoundAddress(tx: Tx, report: ReportId, url: string): Promise<AddressId> {
  await store.takeTurn(tx, `report/${report}`)
  const read = readable(url)
  if (!read.ok) refuse(refused.noAddressFound())
  const known = await store.addressByCanonical(tx, report, read.canonical)
  if (known !== undefined) return known.id
  const row = addressRow(tx, report, { typed: url.slice(0, addressLengthMax), ...read }, 'found', null)
  await enter(tx, [row])
  await record(
    tx,
    'address.added',
    { ...(await caseOf(tx, report)), report, address: row.id },
    { source: 'found' },
  )
  return row.id
}

/** Where an address belongs. @throws intake.noAddress there is none, or the caller may not see it */
export async function addressOf(tx: ReadTx, address: AddressId) {
  const row = (await store.address(tx, address)) ?? refuse(refused.noAddress({ address }))
  return { address, report: row.report_id, canonical: row.canonical, host: row.host, source: row.source }
}

/** Takes what was typed: addresses with their canonical spelling, the rest as text for an officer's eye. */
export async function enterAddresses(
  tx: Tx,
  report: ReportId,
  texts: readonly string[],
  when: 'filed' | 'later',
): Promise<Entered> {
  const known = new Map((await store.addressesOf(tx, report)).map(row => [row.canonical, row.id]))
  const fresh: ReturnType<typeof addressRow>[] = []
  const unreadable: { index: number; text: string; code: string }[] = []
  const named = new Map<string, AddressId>()
  for (const [index, text] of texts.entries()) {
    if (text.trim() === '') continue
    const read = readable(text)
    if (!read.ok) {
      unreadable.push({ index, text, code: read.code })
      continue
    }
    const place = when === 'filed' ? index : null
    if (!known.has(read.canonical)) {
      const row = addressRow(tx, report, { typed: text, ...read }, 'reported', place)
      fresh.push(row)
      known.set(read.canonical, row.id)
    }
    named.set(read.canonical, known.get(read.canonical)!)
  }
  if (known.size > addressesOfReportMax) refuse(refused.tooManyAddresses())
  await enter(tx, fresh)
  await store.addUnreadable(
    tx,
    unreadable.map(({ index, text, code }) => ({
      report_id: report,
      text,
      code,
      place: when === 'filed' ? index : null,
      added_at: tx.now,
    })),
  )
  return {
    addresses: [...named].map(([canonical, address]) => ({ address, canonical })),
    refusedAddresses: unreadable.map(({ index, code }) => ({ index, code })),
    fresh: fresh.map(row => row.id),
  }
}

async function enter(tx: Tx, rows: readonly ReturnType<typeof addressRow>[]): Promise<void> {
  await store.addAddresses(tx, rows)
  await store.addSteps(
    tx,
    rows.map(row => ({ address_id: row.id, report_id: row.report_id, step: 'received', at: tx.now })),
  )
}

function addressRow(
  tx: Tx,
  report: ReportId,
  read: { typed: string; canonical: string; host: string },
  source: Source,
  place: number | null,
) {
  const { typed, canonical, host } = read
  return {
    id: newId<'AddressId'>(tx.now),
    report_id: report,
    typed,
    canonical,
    host,
    source,
    place,
    added_at: tx.now,
  }
}

function readable(text: string): { ok: true; canonical: string; host: string } | { ok: false; code: string } {
  const read = canonicalize(text)
  return read.ok ? { ok: true, canonical: read.canonical, host: read.host } : { ok: false, code: read.code }
}

async function caseOf(tx: ReadTx, report: ReportId) {
  const row = await store.report(tx, report)
  return row?.case_id == null ? {} : { case: row.case_id }
}
