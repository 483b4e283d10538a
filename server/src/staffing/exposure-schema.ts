import { z } from 'zod'
import { ids } from '#platform/ids'

const Count = z.object({
  looks: z.number().int(),
  seconds: z.number().int(),
  max: z.object({ looks: z.number().int(), seconds: z.number().int() }),
})

export const Exposure = z
  .object({
    day: Count,
    week: Count,
    share: z.number().describe('Of the budget that is nearest to its end; 1 is all of it.'),
    state: z.enum(['free', 'warned', 'stopped', 'extended']),
  })
  .meta({ id: 'Exposure' })
export type Exposure = z.infer<typeof Exposure>

export const Availability = z
  .object({ officer: ids.OfficerId, name: z.string(), isForContent: z.boolean() })
  .meta({ id: 'Availability' })
export type Availability = z.infer<typeof Availability>

export const NewExtension = z.strictObject({
  reason: z.string().trim().min(5).max(300).describe('About the work, never about anybody’s health.'),
})
