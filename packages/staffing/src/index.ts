/**
 * The staffing rule, and what is planned under it: who serves where, and who is on call when. Pure: no database, no
 * clock; HiGHS runs in a thread of its own.
 *
 * @module
 */
export { agencies, agencyCodes, agencyName, type Agency, type AgencyCode } from './agencies.ts'
export { officersInAll, shortfallsOf, teamMax, teamMin, womenMin, type Shortfall } from './rule.ts'
export { AgencyCaseload, Caseload, Officers, PlannedOfficer } from './shape.ts'
export { planStaffing, type Plan, type Planned, type PlanInput, type Posted } from './plan.ts'
export type { Explanation } from './explain.ts'
export { SolverStopped } from './solver.ts'
export { dayAfter, daysBetween, isWeekend } from './days.ts'
export { reachOf, regionOf, regions, type Region, type RegionCode } from './regions.ts'
export { planRoster, type Duty, type Gap, type OnCall, type RosterInput, type Rostered } from './roster.ts'
export { rosterFaults, type RosterFault } from './roster-faults.ts'
