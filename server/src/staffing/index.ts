/**
 * The fifty and their rules: agencies, officers, where they serve, and whose a case is.
 *
 * @module
 */
export { agencies, agencyCodes, type Agency, type AgencyCode } from '@jikimi/staffing'
export {
  assign,
  assignTo,
  isWoman,
  leastLoadedAgency,
  officerNames,
  officerOf,
  release,
  type Assigned,
} from './assignment.ts'
export { addOfficer, officers, post, staffing } from './posting.ts'
export { teamBreachesOf, unitBreachesOf, type TeamBreach, type UnitBreach } from './rules.ts'
export { AgencyCode as AgencyCodeShape } from './schema.ts'
