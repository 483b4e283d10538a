import { purposes, type Purpose } from '#intake'
import { z } from 'zod'
import type { AccountId, CaseId, ConsentId } from '#platform/ids'

/** Which rooms act for a purpose, by name: what relied on a consent stops when it is withdrawn. */
export const reliedOn = {
  removal: ['takedown', 'blocking'],
  investigation: [],
  banks: [],
  abroad: [],
} as const satisfies Record<Purpose, readonly string[]>
export type Place = (typeof reliedOn)[Purpose][number]

const saidBy = ['report', 'reporter', 'staff'] as const
export type SaidBy = (typeof saidBy)[number]
export const hows = ['spoken', 'written'] as const
export type How = (typeof hows)[number]

const ConsentState = z.object({
  purpose: z.enum(purposes),
  isGiven: z.boolean().nullable().describe('Null: not asked, or not said.'),
  isByLaw: z.boolean().describe('The law wants it done whoever consents: it cannot be withdrawn.'),
  saidAt: z.iso.datetime().nullable(),
  stopped: z
    .enum(['nothing', 'underWay', 'done'])
    .describe('After a withdrawal: whether everything that relied on the consent has stopped.'),
})

/** What the reporter sees and switches. */
export const OwnConsents = z
  .object({
    rows: z.array(ConsentState),
    maySwitch: z.boolean().describe('Not for whoever has seen by chance what concerns another.'),
  })
  .meta({ id: 'OwnConsents' })
export type OwnConsents = z.infer<typeof OwnConsents>

export const CaseConsents = z
  .object({
    rows: z.array(
      ConsentState.extend({
        saidBy: z.enum(saidBy).nullable(),
        how: z.enum(hows).nullable(),
        history: z.array(
          z.object({
            isGiven: z.boolean(),
            saidBy: z.enum(saidBy),
            how: z.enum(hows).nullable(),
            at: z.iso.datetime(),
          }),
        ),
      }),
    ),
    mayBeAsked: z.boolean().describe('Not where a bystander reported: the person is not known.'),
  })
  .meta({ id: 'CaseConsents' })
export type CaseConsents = z.infer<typeof CaseConsents>

export const OwnConsentParams = z.object({ purpose: z.enum(purposes) })
export const OwnConsent = z.strictObject({ isGiven: z.boolean() }).meta({ id: 'OwnConsent' })
export const TakenConsent = z
  .strictObject({ purpose: z.enum(purposes), isGiven: z.boolean(), how: z.enum(hows) })
  .meta({ id: 'TakenConsent' })
export type TakenConsent = z.infer<typeof TakenConsent>
export interface ConsentRow {
  id: ConsentId
  case_id: CaseId
  purpose: Purpose
  is_given: boolean
  said_by: SaidBy
  account_id: AccountId | null
  how: How | null
  at: Date
}
