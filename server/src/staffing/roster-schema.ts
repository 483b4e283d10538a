import { z } from 'zod'
import { ids } from '#platform/ids'

export const Day = z.iso
  .date()
  .describe('A day in Seoul. A duty begins at nine in the morning and lasts 24 hours.')

export const NewRoster = z.strictObject({
  firstDay: Day,
  days: z.number().int().min(1).max(56).default(28),
  peopleOnShift: z.number().int().min(1).max(50).default(6),
  restDays: z.number().int().min(1).max(13).default(3).describe('Whole days without a duty after each.'),
})
export type NewRoster = z.infer<typeof NewRoster>

export const DutyPage = z.object({ from: Day, until: Day })

export const DutyRow = z
  .object({
    duty: ids.DutyId,
    day: z.string(),
    officer: ids.OfficerId,
    name: z.string(),
    isWoman: z.boolean(),
    agency: z.string(),
    isOwn: z.boolean(),
  })
  .meta({ id: 'DutyRow' })
export type DutyRow = z.infer<typeof DutyRow>

export const NewLeave = z.strictObject({ from: Day, until: Day })
export type NewLeave = z.infer<typeof NewLeave>

export const LeaveRow = z
  .object({
    leave: ids.LeaveId,
    officer: ids.OfficerId,
    name: z.string(),
    from: z.string(),
    until: z.string(),
  })
  .meta({ id: 'LeaveRow' })
export type LeaveRow = z.infer<typeof LeaveRow>

export const NewSwap = z.strictObject({ officer: ids.OfficerId })
export const SwapAnswer = z.strictObject({ isAgreed: z.boolean() })

export const swapStates = ['asked', 'agreed', 'approved', 'refused'] as const
export const SwapRow = z
  .object({
    swap: ids.SwapId,
    duty: ids.DutyId,
    day: z.string(),
    askedBy: ids.OfficerId,
    askedByName: z.string(),
    askedOf: ids.OfficerId,
    askedOfName: z.string(),
    state: z.enum(swapStates),
    isForMe: z.boolean().describe('The caller is the one who was asked.'),
  })
  .meta({ id: 'SwapRow' })
export type SwapRow = z.infer<typeof SwapRow>

export const skillCodes = ['testimony', 'minors', 'crypto', 'signLanguage'] as const
export type Skill = (typeof skillCodes)[number]
export const Strengths = z.strictObject({
  languages: z
    .array(z.string().regex(/^[a-z]{2,3}$/))
    .max(20)
    .describe('ISO 639 codes.'),
  skills: z.array(z.enum(skillCodes)).max(skillCodes.length),
})
export type Strengths = z.infer<typeof Strengths>
