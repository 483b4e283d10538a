import { z } from 'zod'
import { ids } from '#platform/ids'

/** One line of a time line, as the console shows it. */
export const Entry = z
  .object({
    id: ids.EntryId,
    at: z.iso.datetime(),
    kind: z.string(),
    sentence: z.object({ ko: z.string(), en: z.string() }),
    by: z.object({
      kind: z.enum(['anonymous', 'reporter', 'staff', 'subscriber', 'system']),
      account: ids.AccountId.nullable(),
      room: z.string().nullable(),
      from: z.string().optional().describe('A keyed hash of the network address: equal places are equal.'),
    }),
    /** What the entry is about: ids by kind. */
    about: z.record(z.string(), z.string()),
    /** Codes, numbers and flags: the reason, the legal basis, a distance. */
    detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
    /** Place in the tree, or null until the sequencer has taken it (about a second). */
    treeIndex: z.number().int().nullable(),
  })
  .meta({ id: 'Entry' })
export type Entry = z.infer<typeof Entry>

export const LogHead = z
  .object({
    size: z.number().int(),
    note: z.string().nullable(),
    verifierKey: z.string(),
    waiting: z.number().int(),
  })
  .meta({ id: 'LogHead' })
export type LogHead = z.infer<typeof LogHead>

/** What an auditor looks for. */
export const LogFilter = z.object({
  case: ids.CaseId.optional(),
  account: ids.AccountId.optional().describe('Who did it.'),
  kind: z
    .string()
    .regex(/^[a-zA-Z]{1,30}(\.[a-zA-Z]{1,30})?$/)
    .optional()
    .describe('A kind of entry, or the word that several begin with: exhibit.viewed, exhibit.'),
  since: z.iso.datetime({ offset: true }).optional(),
  until: z.iso.datetime({ offset: true }).optional(),
})
export type LogFilter = z.infer<typeof LogFilter>
