/**
 * Today's officers and cases beside the plan that the rule and the caseload ask for.
 *
 * @module
 */
import { planStaffing, SolverStopped, type Planned, type PlanInput } from '@jikimi/staffing'
import type { ReadTx } from '#platform/database'
import { refuse } from '#platform/refusals'
import { refused } from './errors.ts'
import { officers, staffing } from './posting.ts'
import type { OfficerRow, Staffing, StaffingPlan } from './schema.ts'

export interface PlanGround {
  readonly unit: Staffing
  readonly officers: readonly OfficerRow[]
}

/** What a plan is made from, read in one transaction. The plan itself takes seconds and is made outside of it. */
export async function planGround(tx: ReadTx): Promise<PlanGround> {
  return { unit: await staffing(tx), officers: await officers(tx) }
}

/**
 * Where everybody should serve, and why. Nothing is changed by it: each move is a posting that somebody makes.
 * @throws staffing.noTimeLeft
 */
export async function planOf({ unit, officers }: PlanGround): Promise<StaffingPlan> {
  const planned = await solved({
    officers: officers.map(each => ({
      id: each.officer,
      gender: each.isWoman ? 'woman' : 'other',
      agency: each.agency,
    })),
    caseload: unit.rows.map(row => ({ agency: row.agency, cases: row.load ?? 0 })),
  })
  const plan = 'plan' in planned ? planned.plan : undefined
  const known = new Map(officers.map(each => [each.officer as string, each]))
  const seats = (plan?.explanations ?? []).map(({ officer, ...seat }) => {
    const { name, isWoman, agency: from, officer: id } = known.get(officer)!
    return { ...seat, officer: id, name, isWoman, from }
  })
  return {
    today: loadsToday(unit),
    objective: plan?.objective ?? null,
    rows: unit.rows.map(row => {
      const team = seats.filter(each => each.agency === row.agency)
      return {
        agency: row.agency,
        ko: row.ko,
        en: row.en,
        load: row.load ?? 0,
        officersToday: row.officers,
        womenToday: row.women,
        officersPlanned: team.length,
        womenPlanned: team.filter(each => each.isWoman).length,
      }
    }),
    seats,
    shortfalls: 'shortfalls' in planned ? [...planned.shortfalls] : [],
  }
}

// Looking at the page again must not solve again: the last plan is kept for as long as nothing has changed.
let last: { readonly key: string; readonly planned: Promise<Planned> } | undefined

async function solved(input: PlanInput): Promise<Planned> {
  const key = JSON.stringify(input)
  if (last?.key !== key) last = { key, planned: planStaffing(input) }
  try {
    return await last.planned
  } catch (error) {
    last = undefined
    if (error instanceof SolverStopped) return refuse(refused.noTimeLeft())
    throw error
  }
}

function loadsToday({ rows }: Staffing): StaffingPlan['today'] {
  if (rows.some(row => row.officers === 0 && (row.load ?? 0) > 0)) return null
  const loads = rows.map(row => (row.load ?? 0) / Math.max(row.officers, 1))
  return { largestLoad: Math.max(0, ...loads), sumOfLoads: loads.reduce((sum, load) => sum + load, 0) }
}
