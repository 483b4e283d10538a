/**
 * The fifty and their rules: agencies, officers, where they serve, and whose a case is.
 *
 * @module
 */
export { addAgency, agencies, agencyNamed } from './agencies.ts'
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
export { spendLook } from './exposure.ts'
export { callAgain, calledFor } from './wish.ts'
export { addOfficer, officers, post, setEstablishment, staffing } from './posting.ts'
export { teamBreachesOf, unitBreachesOf, type TeamBreach, type UnitBreach } from './rules.ts'
export { AgencyCode as AgencyCodeShape, type Agency } from './schema.ts'
