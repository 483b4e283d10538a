import { z } from 'zod'

const count = z.number().int()
const hours = z.number().nullable().describe('Null until a first removal is verified.')

const AddressCounts = z.object({
  reported: count.describe('Named by a reporter.'),
  found: count.describe('Found by following what was named.'),
  removed: count.describe('Verified down at the source.'),
  blocked: count,
  notYours: count.describe('Not the reporter’s material.'),
  open: count.describe('All others: still to be removed.'),
})
export type AddressCounts = z.infer<typeof AddressCounts>

const CaseCounts = z.object({ open: count, closed: count })

/** The unit's numbers. Nothing in them is about one person, one case or one address. */
export const Statistics = z
  .object({
    scope: z
      .enum(['unit', 'agency', 'own'])
      .describe('Whose cases are counted: all, the agency’s, or those that the caller sees.'),
    reports: count,
    cases: CaseCounts,
    addresses: AddressCounts,
    medianHoursToRemoval: hours.describe(
      'From the first request to a provider until the removal is verified.',
    ),
    medianHoursFromReport: hours.describe('From the report until the removal is verified.'),
    byAgency: z.array(
      z.object({
        agency: z.string(),
        reports: count,
        cases: CaseCounts,
        addresses: AddressCounts,
        medianHoursToRemoval: hours,
        medianHoursFromReport: hours,
      }),
    ),
    targetsByState: z.array(z.object({ state: z.string(), count })),
  })
  .meta({ id: 'Statistics' })
export type Statistics = z.infer<typeof Statistics>
