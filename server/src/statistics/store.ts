import type { ReadTx } from '#platform/database'
import type { Step } from '#intake'

declare module '#platform/database' {
  interface Tables {
    'statistics.totals': { reports: number; cases_open: number; cases_closed: number }
    'statistics.addresses': { agency: string; source: 'reported' | 'found'; step: Step; count: number }
    'statistics.agencies': { agency: string; reports: number; cases_open: number; cases_closed: number }
    'statistics.removal_times': {
      agency: string | null
      addresses: number
      median_hours_from_report: number | null
      median_hours_from_request: number | null
    }
    'statistics.targets': { state: string; count: number }
  }
}

export async function totals(tx: ReadTx) {
  return tx.db.selectFrom('statistics.totals').selectAll().executeTakeFirst()
}

export async function addresses(tx: ReadTx) {
  return tx.db.selectFrom('statistics.addresses').selectAll().execute()
}

export async function byAgency(tx: ReadTx) {
  return tx.db.selectFrom('statistics.agencies').selectAll().orderBy('agency').execute()
}

/** By agency; the row without an agency is of all together. */
export async function removalTimes(tx: ReadTx) {
  return tx.db.selectFrom('statistics.removal_times').selectAll().execute()
}

export async function targetsByState(tx: ReadTx) {
  return tx.db.selectFrom('statistics.targets').selectAll().orderBy('state').execute()
}
