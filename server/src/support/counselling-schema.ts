import { z } from 'zod'
import { ids } from '#platform/ids'

export const counsellingStates = ['planned', 'held', 'missed', 'cancelled'] as const
export type CounsellingState = (typeof counsellingStates)[number]

/** How a session goes on: there is no other way. One that was missed may be planned anew. */
export const nextOf = {
  planned: ['held', 'missed', 'cancelled'],
  held: [],
  missed: ['planned'],
  cancelled: [],
} as const satisfies Record<CounsellingState, readonly CounsellingState[]>

export const ways = ['phone', 'chat', 'inPerson'] as const
export type Way = (typeof ways)[number]
/** Languages that are asked for, by their ISO 639-1 code, and sign language. */
export const interpreters = [
  'sign',
  'en',
  'zh',
  'vi',
  'th',
  'ja',
  'ru',
  'mn',
  'km',
  'id',
  'uz',
  'ne',
  'tl',
] as const
export type Interpreter = (typeof interpreters)[number]
export const bookings = ['asked', 'booked', 'notFound'] as const
export type Booking = (typeof bookings)[number]

export const CounsellingParams = z.object({ counselling: ids.CounsellingId })

const moment = z.iso.datetime({ offset: true })
export const NewCounselling = z
  .strictObject({
    way: z.enum(ways),
    at: moment,
    place: z.string().trim().max(200).default('').describe('Where, or by which number; never in the log.'),
    interpreter: z.enum(interpreters).nullable().default(null),
    followUpAt: moment.nullable().default(null),
  })
  .meta({ id: 'NewCounselling' })
export type NewCounselling = z.infer<typeof NewCounselling>

export const CounsellingStep = z
  .discriminatedUnion('to', [
    z.strictObject({ to: z.literal('held'), followUpAt: moment.nullable().default(null) }),
    z.strictObject({ to: z.literal('missed') }),
    z.strictObject({ to: z.literal('cancelled') }),
    z.strictObject({ to: z.literal('planned'), at: moment }),
  ])
  .meta({ id: 'CounsellingStep' })
export type CounsellingStep = z.infer<typeof CounsellingStep>

export const BookingStep = z.strictObject({ booking: z.enum(bookings) }).meta({ id: 'BookingStep' })

export const Counselling = z
  .object({
    counselling: ids.CounsellingId,
    case: ids.CaseId,
    number: z.string(),
    counsellor: z.string().nullable().describe('A name; null where the account is no more.'),
    isMine: z.boolean(),
    state: z.enum(counsellingStates),
    way: z.enum(ways),
    at: z.iso.datetime(),
    place: z.string(),
    interpreter: z.enum(interpreters).nullable(),
    booking: z.enum(bookings).nullable(),
    followUpAt: z.iso.datetime().nullable(),
    followedUpAt: z.iso.datetime().nullable(),
    isOverdue: z
      .boolean()
      .describe('The time of a planned session, or of what was to follow one, has passed.'),
  })
  .meta({ id: 'Counselling' })
export type Counselling = z.infer<typeof Counselling>
export const Counsellings = z
  .object({ rows: z.array(Counselling), overdue: z.number().int() })
  .meta({ id: 'Counsellings' })
export type Counsellings = z.infer<typeof Counsellings>

const flag = z.enum(['true', 'false']).transform(text => text === 'true')
export const CounsellingQuery = z.object({
  case: ids.CaseId.optional().describe('All of this case; without it, what still waits for somebody.'),
  mine: flag.default(false),
  limit: z.coerce.number().int().min(1).max(200).default(100),
})
export type CounsellingQuery = z.infer<typeof CounsellingQuery>
