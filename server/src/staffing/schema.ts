import { z } from 'zod'
import { ids } from '#platform/ids'
import { agencyCodes } from './agencies.ts'
import { teamBreaches, unitBreaches } from './rules.ts'

export const AgencyCode = z.enum(agencyCodes)

export const Agency = z.object({ code: z.string(), ko: z.string(), en: z.string() }).meta({ id: 'Agency' })

export const OfficerRow = z
  .object({
    officer: ids.OfficerId,
    name: z.string(),
    agency: z.string(),
    isWoman: z.boolean(),
    isLeader: z.boolean(),
    load: z.number().int().nullable().describe('Open cases. Null where the caller does not count them.'),
  })
  .meta({ id: 'OfficerRow' })
export type OfficerRow = z.infer<typeof OfficerRow>

export const NewOfficer = z.strictObject({
  name: z.string().trim().min(1).max(60),
  isWoman: z.boolean(),
  isLeader: z.boolean(),
  agency: AgencyCode,
})
export type NewOfficer = z.infer<typeof NewOfficer>

export const TeamRow = z
  .object({
    agency: z.string(),
    ko: z.string(),
    en: z.string(),
    officers: z.number().int(),
    women: z.number().int(),
    load: z.number().int().nullable(),
    breaches: z.array(z.enum(teamBreaches)),
  })
  .meta({ id: 'TeamRow' })

export const Staffing = z
  .object({
    total: z.number().int(),
    breaches: z.array(z.enum(unitBreaches)).describe('Rules that the unit as a whole breaks.'),
    rows: z.array(TeamRow),
  })
  .meta({ id: 'Staffing' })
export type Staffing = z.infer<typeof Staffing>
