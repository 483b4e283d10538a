import type { ReadTx } from '#platform/database'
import type { Who } from '#platform/who'
import type { AddressCounts, Statistics } from './schema.ts'
import * as store from './store.ts'

type AddressRow = Awaited<ReturnType<typeof store.addresses>>[number]
type TimeRow = Awaited<ReturnType<typeof store.removalTimes>>[number]

/**
 * The numbers of those cases that the caller counts: a commander who may read no case sees how many there are in the
 * unit, a leader those of the agency, all others those that they see into.
 */
export async function numbers(tx: ReadTx): Promise<Statistics> {
  const totals = await store.totals(tx)
  const addresses = await store.addresses(tx)
  const times = await store.removalTimes(tx)
  const agencies = await store.byAgency(tx)
  return {
    scope: scopeOf(tx.who),
    reports: totals?.reports ?? 0,
    cases: { open: totals?.cases_open ?? 0, closed: totals?.cases_closed ?? 0 },
    addresses: countsOf(addresses),
    ...mediansOf(times.find(row => row.agency === null)),
    byAgency: agencies.map(row => ({
      agency: row.agency,
      reports: row.reports,
      cases: { open: row.cases_open, closed: row.cases_closed },
      addresses: countsOf(addresses.filter(each => each.agency === row.agency)),
      ...mediansOf(times.find(each => each.agency === row.agency)),
    })),
    targetsByState: await store.targetsByState(tx),
  }
}

// As `cases.counts_all` has it.
const headOffice: readonly string[] = ['commander', 'administrator', 'dataProtectionOfficer']

function scopeOf(who: Who): Statistics['scope'] {
  if (who.kind === 'staff' && headOffice.includes(who.role)) return 'unit'
  return who.kind === 'staff' && who.role === 'leader' ? 'agency' : 'own'
}

function countsOf(rows: readonly AddressRow[]): AddressCounts {
  const sum = (isCounted: (row: AddressRow) => boolean) =>
    rows.filter(isCounted).reduce((total, row) => total + row.count, 0)
  const ended = ['verified', 'blocked', 'notYours']
  return {
    reported: sum(row => row.source === 'reported'),
    found: sum(row => row.source === 'found'),
    removed: sum(row => row.step === 'verified'),
    blocked: sum(row => row.step === 'blocked'),
    notYours: sum(row => row.step === 'notYours'),
    open: sum(row => !ended.includes(row.step)),
  }
}

function mediansOf(row: TimeRow | undefined) {
  return {
    medianHoursToRemoval: rounded(row?.median_hours_from_request),
    medianHoursFromReport: rounded(row?.median_hours_from_report),
  }
}

function rounded(hours: number | null | undefined): number | null {
  return hours == null ? null : Math.round(hours * 100) / 100
}
