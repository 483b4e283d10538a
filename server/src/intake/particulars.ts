/**
 * What is asked on the way that fits what happened: a threat, a hidden camera, a child, somebody acting for another.
 * Choices only, since the server reads them: an officer's day is ordered by them. What is told in words is sealed.
 *
 * @module
 */
import { z } from 'zod'

/** What is demanded, where somebody threatens. */
export const demands = ['money', 'pictures', 'meeting', 'other', 'nothing'] as const
/** When the threat is said to come true. */
export const deadlines = ['today', 'days', 'none'] as const
/** Where somebody was filmed secretly. */
export const filmedPlaces = ['home', 'toilet', 'lodging', 'transport', 'workOrSchool', 'other'] as const
/** Of what a face was taken for a fake. */
export const faceSources = ['posted', 'private', 'unknown'] as const
/** Who may have done it, as far as the person says: never a name. */
export const suspects = ['close', 'acquaintance', 'online', 'stranger'] as const
/** In which part somebody acts for another. */
export const helpers = ['parent', 'relative', 'friend', 'professional'] as const
/** Whether a parent or guardian may learn of the report: the young person's choice. */
export const guardianChoices = ['yes', 'later', 'no'] as const

export const Particulars = z
  .strictObject({
    suspect: z.enum(suspects).optional(),
    demand: z.enum(demands).optional(),
    deadline: z.enum(deadlines).optional(),
    hasPaid: z.boolean().optional().describe('Whether something was given already.'),
    isSpread: z.boolean().optional().describe('Whether the threat was carried out at least once.'),
    place: z.enum(filmedPlaces).optional(),
    mayStillFilm: z.boolean().optional().describe('Whether the camera may be there still.'),
    faceFrom: z.enum(faceSources).optional(),
    actsAs: z.enum(helpers).optional(),
    personKnows: z.boolean().optional().describe('Whether whom it is about knows of this report.'),
    guardianMayKnow: z.enum(guardianChoices).optional(),
    guardianIsSuspect: z
      .boolean()
      .optional()
      .describe('Whether somebody who cares for the young person may have done it.'),
  })
  .meta({ id: 'Particulars' })
export type Particulars = z.infer<typeof Particulars>

/** For what consent is asked, each by itself. */
export const purposes = ['removal', 'investigation', 'banks', 'abroad'] as const
export type Purpose = (typeof purposes)[number]

/** What a report says of each purpose. Null: not said; an officer asks. */
export const Consents = z
  .strictObject({
    removal: z.boolean().nullable(),
    investigation: z.boolean().nullable(),
    banks: z.boolean().nullable(),
    abroad: z.boolean().nullable(),
  })
  .meta({ id: 'Consents' })
export type Consents = z.infer<typeof Consents>
export const nothingSaid: Consents = { removal: null, investigation: null, banks: null, abroad: null }

/** Whether it is about somebody under 18, as far as was said. */
export function isOfMinor(said: { readonly ageUnder18: boolean | null; readonly concern: string }): boolean {
  return said.ageUnder18 === true || said.concern === 'minor'
}

/**
 * Whether parents and guardians must not learn of the report: the young person wants it so or has not said
 * otherwise about somebody who may have done it.
 */
export function isKeptFromGuardian(said: {
  readonly particulars: Particulars
  readonly relation: string
}): boolean {
  const { guardianMayKnow, guardianIsSuspect } = said.particulars
  if (said.relation === 'guardian') return false
  return guardianIsSuspect === true || guardianMayKnow === 'no' || guardianMayKnow === 'later'
}
