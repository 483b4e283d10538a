/**
 * What a plan is made from: the shapes of the two files, and of what the server hands in.
 *
 * @module
 */
import { z } from 'zod'

// Ten times the unit, and more agencies than any country of this product has. Beyond it the solver's time is
// nothing that anybody has measured.
export const officersMax = 500
export const agenciesMax = 80
// Exact sums of sixtieths stay far below 2^53, and below what the solver's tolerances can tell apart.
const casesMax = 1_000_000

const genders = new Map<string, 'woman' | 'man' | 'other'>([
  ...['woman', 'female', 'f', 'w', '여', '여성', '여자'].map(word => [word, 'woman'] as const),
  ...['man', 'male', 'm', '남', '남성', '남자'].map(word => [word, 'man'] as const),
  ...['other', 'x', 'unspecified'].map(word => [word, 'other'] as const),
])

/** Gender as far as the rule asks for it. Read from the words that registers use, in both languages. */
const Gender = z.string().transform((text, context) => {
  const gender = genders.get(text.trim().toLowerCase())
  if (gender !== undefined) return gender
  context.addIssue({ code: 'custom', message: 'one of: woman, man, other (female, male, f, m, 여, 남)' })
  return z.NEVER
})

const Name = z.string().trim().min(1).max(100)

export const PlannedOfficer = z.object({
  id: Name,
  gender: Gender,
  agency: Name.nullish().transform(agency => agency ?? null),
  languages: z.array(z.string()).max(50).optional(),
  skills: z.array(z.string()).max(50).optional(),
})
export type PlannedOfficer = z.infer<typeof PlannedOfficer>

export const AgencyCaseload = z.object({ agency: Name, cases: z.number().int().min(0).max(casesMax) })
export type AgencyCaseload = z.infer<typeof AgencyCaseload>

export const Officers = z
  .array(PlannedOfficer)
  .max(officersMax)
  .superRefine((rows, context) => refuseTwice(rows, row => row.id, 'this id stands twice', context))

export const Caseload = z
  .array(AgencyCaseload)
  .max(agenciesMax)
  .superRefine((rows, context) => refuseTwice(rows, row => row.agency, 'this agency stands twice', context))

function refuseTwice<T>(
  rows: readonly T[],
  keyOf: (row: T) => string,
  message: string,
  context: z.RefinementCtx,
): void {
  const seen = new Set<string>()
  for (const [at, row] of rows.entries()) {
    if (seen.has(keyOf(row))) context.addIssue({ code: 'custom', path: [at], message })
    seen.add(keyOf(row))
  }
}
