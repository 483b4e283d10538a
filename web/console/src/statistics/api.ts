/**
 * What the console asks of the statistics room.
 *
 * @module
 */
import { server } from '../server.ts'

interface Counts {
  readonly reported: number
  readonly found: number
  readonly removed: number
  readonly blocked: number
  readonly notYours?: number
  readonly open: number
}
interface CaseCounts {
  readonly open: number
  readonly closed: number
}
export interface AgencyNumbers {
  readonly agency: string
  readonly reports: number
  readonly cases: CaseCounts
  readonly addresses: Counts
  readonly medianHoursToRemoval: number | null
}
export interface Statistics {
  readonly reports: number
  readonly cases: CaseCounts
  readonly addresses: Counts
  readonly medianHoursToRemoval: number | null
  readonly medianHoursFromReport?: number | null
  readonly byAgency: readonly AgencyNumbers[]
  readonly targetsByState: readonly { readonly state: string; readonly count: number }[]
}

export const statistics = () => server.get<Statistics>('/statistics')
