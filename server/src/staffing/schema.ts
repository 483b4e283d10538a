import { z } from 'zod'
import { ids } from '#platform/ids'
import { skillCodes } from './roster-schema.ts'
import { everyBreach, teamBreaches, unitBreaches } from './rules.ts'

export const AgencyCode = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/)
  .describe('Code of a local agency, as in GET /agencies.')

export const Agency = z.object({ code: z.string(), ko: z.string(), en: z.string() }).meta({ id: 'Agency' })
export type Agency = z.infer<typeof Agency>

export const NewAgency = z.strictObject({
  code: AgencyCode,
  ko: z.string().trim().min(1).max(40),
  en: z.string().trim().min(1).max(60),
})
export type NewAgency = z.infer<typeof NewAgency>

export const OfficerRow = z
  .object({
    officer: ids.OfficerId,
    name: z.string(),
    agency: z.string(),
    isWoman: z.boolean(),
    isLeader: z.boolean(),
    load: z.number().int().nullable().describe('Open cases. Null where the caller does not count them.'),
    languages: z.array(z.string()).describe('ISO 639 codes, beside Korean.'),
    skills: z.array(z.enum(skillCodes)),
  })
  .meta({ id: 'OfficerRow' })
export type OfficerRow = z.infer<typeof OfficerRow>

export const Despite = z
  .strictObject({
    reason: z.string().trim().min(5).max(500).describe('Kept with the warning, never in the log.'),
    mendBy: z.iso.datetime({ offset: true }),
  })
  .describe('A commander’s reason to break the staffing rule, and when it is to be mended.')
  .meta({ id: 'Despite' })
export type Despite = z.infer<typeof Despite>

export const NewOfficer = z.strictObject({
  name: z.string().trim().min(1).max(60),
  isWoman: z.boolean(),
  isLeader: z.boolean(),
  agency: AgencyCode,
  despite: Despite.optional(),
})
export type NewOfficer = z.infer<typeof NewOfficer>

export const NewPosting = z.strictObject({ agency: AgencyCode, despite: Despite.optional() })
export type NewPosting = z.infer<typeof NewPosting>

export const Departure = z.strictObject({ despite: Despite.optional() })
export type Departure = z.infer<typeof Departure>

export const Establishment = z.strictObject({
  officers: z.number().int().min(1).max(500),
  despite: Despite.optional(),
})
export type Establishment = z.infer<typeof Establishment>

export const Warning = z
  .object({
    warning: ids.WarningId,
    breach: z.enum(everyBreach),
    agency: z.string().nullable(),
    reason: z.string(),
    acceptedAt: z.string(),
    mendBy: z.string(),
    isOverdue: z.boolean(),
  })
  .meta({ id: 'StaffingWarning' })
export type Warning = z.infer<typeof Warning>

export const Wish = z
  .object({
    case: ids.CaseId,
    agency: z.string(),
    askedAt: z.string(),
    onCall: z.string().nullable().describe('The woman on call who was called; null where nobody is.'),
    isForMe: z.boolean(),
  })
  .meta({ id: 'StaffingWish' })
export type Wish = z.infer<typeof Wish>

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
    establishment: z.number().int().describe('How many officers the unit is to have.'),
    breaches: z.array(z.enum(unitBreaches)).describe('Rules that the unit as a whole breaks.'),
    rows: z.array(TeamRow),
    warnings: z.array(Warning).describe('Rules broken knowingly: for leaders, commanders, administrators.'),
  })
  .meta({ id: 'Staffing' })
export type Staffing = z.infer<typeof Staffing>

const Loads = z.object({
  largestLoad: z.number().describe('Open cases per officer where they are most.'),
  sumOfLoads: z.number().describe('Open cases per officer, over all agencies.'),
})

export const StaffingPlan = z
  .object({
    today: Loads.nullable().describe('Null where an agency has cases and nobody to work on them.'),
    objective: Loads.extend({ moves: z.number().int() }).nullable(),
    rows: z.array(
      z.object({
        agency: z.string(),
        ko: z.string(),
        en: z.string(),
        load: z.number().int(),
        officersToday: z.number().int(),
        womenToday: z.number().int(),
        officersPlanned: z.number().int(),
        womenPlanned: z.number().int(),
      }),
    ),
    seats: z.array(
      z.object({
        officer: ids.OfficerId,
        name: z.string(),
        isWoman: z.boolean(),
        from: z.string(),
        agency: z.string(),
        seat: z.enum(['woman', 'peak', 'relief']),
        ko: z.string(),
        en: z.string(),
      }),
    ),
    shortfalls: z.array(
      z.object({
        code: z.string(),
        needed: z.number().int(),
        available: z.number().int(),
        ko: z.string(),
        en: z.string(),
      }),
    ),
  })
  .meta({ id: 'StaffingPlan' })
export type StaffingPlan = z.infer<typeof StaffingPlan>
