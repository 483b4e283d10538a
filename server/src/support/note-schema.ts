import { z } from 'zod'
import { ids } from '#platform/ids'
import { screens } from './screens.ts'

export const noteKinds = ['note', 'safetyPlan', 'screen'] as const
export type NoteKind = (typeof noteKinds)[number]
export const allowReasons = ['victimAsked', 'newCounsellor', 'cover', 'lawyer'] as const
export type AllowReason = (typeof allowReasons)[number]
export const allowEnds = ['victimWithdrew', 'noLongerNeeded'] as const
export type AllowEnd = (typeof allowEnds)[number]

/** The headings of a safety plan, of our own making: no form that somebody else has rights in. */
export const planParts = ['signs', 'helps', 'people', 'places', 'devices', 'emergency'] as const
export type PlanPart = (typeof planParts)[number]

const part = z.string().trim().max(2000).default('')
export const NewNote = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('note'),
      counselling: ids.CounsellingId.nullable().default(null),
      text: z.string().trim().min(1).max(20_000),
    }),
    z.strictObject({
      kind: z.literal('safetyPlan'),
      parts: z
        .strictObject({
          signs: part,
          helps: part,
          people: part,
          places: part,
          devices: part,
          emergency: part,
        })
        .refine(parts => Object.values(parts).some(text => text !== ''), 'At least one part has words.'),
    }),
    z
      .strictObject({
        kind: z.literal('screen'),
        counselling: ids.CounsellingId.nullable().default(null),
        screen: z.string().max(20).describe('A code of GET /screens.'),
        answers: z.array(z.number().int().min(0).max(3)).min(1).max(30).describe('One for each question.'),
      })
      .refine(form => {
        const known = screens.find(each => each.code === form.screen)
        return known !== undefined && form.answers.length === known.questions.length
      }, 'One answer for each question of a screen that is on the list.')
      .refine(form => {
        const values = screens.find(each => each.code === form.screen)?.choices.map(each => each.value) ?? []
        return form.answers.every(answer => values.includes(answer))
      }, 'Each answer is one that the screen offers.'),
  ])
  .meta({ id: 'NewSupportNote' })
export type NewNote = z.infer<typeof NewNote>

export const NoteParams = z.object({ note: ids.NoteId })
export const AllowanceParams = z.object({ allowance: ids.AllowanceId })

const Line = z.object({
  note: ids.NoteId,
  case: ids.CaseId,
  counselling: ids.CounsellingId.nullable(),
  kind: z.enum(noteKinds),
  author: z.string().nullable().describe('A name; null where the account is no more.'),
  isMine: z.boolean(),
  writtenAt: z.iso.datetime(),
})
export const NoteLines = z.object({ rows: z.array(Line) }).meta({ id: 'SupportNoteLines' })
export type NoteLines = z.infer<typeof NoteLines>

const Told = z.object({ ko: z.string(), en: z.string() })
export const NoteRead = Line.extend({
  text: z.string().nullable(),
  parts: z.record(z.string(), z.string()).nullable(),
  screen: z
    .object({
      code: z.string(),
      answers: z.array(z.number().int()),
      score: z.number().int(),
      scoreMax: z.number().int(),
      band: Told,
      attention: Told.nullable().describe('What an answer asks to look at now, whatever the score.'),
    })
    .nullable(),
}).meta({ id: 'SupportNote' })
export type NoteRead = z.infer<typeof NoteRead>

export const NewAllowance = z
  .strictObject({ account: ids.AccountId, reason: z.enum(allowReasons) })
  .meta({ id: 'NewSupportAllowance' })
export type NewAllowance = z.infer<typeof NewAllowance>
export const AllowanceEnd = z.strictObject({ reason: z.enum(allowEnds) }).meta({ id: 'SupportAllowanceEnd' })
export const Allowances = z
  .object({
    rows: z.array(
      z.object({
        allowance: ids.AllowanceId,
        account: ids.AccountId,
        name: z.string().nullable(),
        author: z.string().nullable(),
        isMine: z.boolean().describe('The caller’s own notes are read by it.'),
        reason: z.enum(allowReasons),
        givenAt: z.iso.datetime(),
        withdrawnAt: z.iso.datetime().nullable(),
        withdrawReason: z.enum(allowEnds).nullable(),
      }),
    ),
    candidates: z.array(z.object({ account: ids.AccountId, name: z.string() })),
  })
  .meta({ id: 'SupportAllowances' })
export type Allowances = z.infer<typeof Allowances>

export const Screens = z
  .object({
    rows: z.array(
      z.object({
        code: z.string(),
        name: Told,
        source: z.string(),
        licence: z.string(),
        translation: z.enum(['validated', 'own']).describe('`own`: the unit’s own Korean, not validated.'),
        intro: Told,
        choices: z.array(z.object({ value: z.number().int(), name: Told })),
        questions: z.array(Told),
        bands: z.array(z.object({ from: z.number().int(), name: Told })),
      }),
    ),
  })
  .meta({ id: 'SupportScreens' })
