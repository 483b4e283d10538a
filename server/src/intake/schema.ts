import { durationMaxS, framesMax } from '@jikimi/fingerprint'
import { z } from 'zod'
import { ids } from '#platform/ids'

// Bounds. One report of a person in distress, not a list of a crawler; beyond them the portal says so itself.
export const addressesMax = 50
export const addressLengthMax = 2048
export const fingerprintsMax = 40
/** The `light` level of the package makes so many beside the whole. */
export const windowsMax = 32
/** Frames of all videos of one report together; the portal thins longer ones. With them a report is below 3.3 MB. */
export const framesOfReportMax = 24_000
export const storyLengthMax = 5000
export const messageLengthMax = 4000

export const languages = ['ko', 'en'] as const
export const concerns = ['leak', 'hiddenCamera', 'deepfake', 'threat', 'minor', 'other'] as const
export const relations = ['self', 'guardian', 'other'] as const
export const contactWays = ['receiptOnly', 'email', 'phone', 'text'] as const
export const sources = ['reported', 'found'] as const
export const senders = ['reporter', 'officer', 'counsellor'] as const
export type Language = (typeof languages)[number]
export type Concern = (typeof concerns)[number]
export type Relation = (typeof relations)[number]
export type ContactWay = (typeof contactWays)[number]
export type Source = (typeof sources)[number]
export type Sender = (typeof senders)[number]

/** What happened to an address, as the victim is told it. The words stand in the portal. */
export const steps = [
  'received',
  'captured',
  'recognised',
  'underReview',
  'notYours',
  'requested',
  'answered',
  'refusedByHost',
  'removed',
  'verified',
  'blocked',
  'unblocked',
  'returned',
  'unreachable',
] as const
export const Step = z.enum(steps)
export type Step = z.infer<typeof Step>

const hash = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .describe('PDQ, 256 bits as lower-case hex.')
const quality = z.number().int().min(0).max(100)
const profile = z
  .string()
  .regex(/^[a-z0-9][a-z0-9./-]{0,39}$/)
  .describe('How the pixels were prepared, as `pdq-512/1`.')

const side = z.number().gt(0).max(1)
const offset = z.number().min(0).lt(1)
/** A part of the picture, in fractions of its sides from the top left corner. */
const ReportedWindow = z
  .strictObject({ x: offset, y: offset, w: side, h: side, hash, quality })
  // Fractions do not add up to the last bit.
  .refine(({ x, y, w, h }) => x + w <= 1.000001 && y + h <= 1.000001, 'A part lies inside of its picture.')
export type ReportedWindow = z.infer<typeof ReportedWindow>

/** A fingerprint made on the victim's device. Of the file itself nothing else is sent: no name, no size. */
export const ReportedFingerprint = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('picture'),
      profile,
      hash,
      quality,
      windows: z
        .array(ReportedWindow)
        .max(windowsMax)
        .optional()
        .describe('Fingerprints of parts of the picture: by them a cropped copy is found.'),
    }),
    z.strictObject({
      kind: z.literal('video'),
      profile,
      durationMs: z
        .number()
        .int()
        .min(0)
        .max(durationMaxS * 1000),
      frames: z
        .array(
          z.strictObject({
            atMs: z
              .number()
              .int()
              .min(0)
              .max(durationMaxS * 1000),
            hash,
            quality,
            untilMs: z
              .number()
              .int()
              .min(0)
              .max(durationMaxS * 1000)
              .optional()
              .describe('Until when the picture stayed nearly equal.'),
          }),
        )
        .min(1)
        .max(framesMax),
    }),
  ])
  .meta({ id: 'ReportedFingerprint' })
export type ReportedFingerprint = z.infer<typeof ReportedFingerprint>

function hasFewFrames(fingerprints: readonly ReportedFingerprint[]): boolean {
  const frames = fingerprints.map(each => (each.kind === 'video' ? each.frames.length : 0))
  return frames.reduce((sum, each) => sum + each, 0) <= framesOfReportMax
}

const Contact = z.strictObject({
  way: z.enum(contactWays),
  value: z.string().trim().max(200).optional(),
  note: z.string().trim().max(500).optional().describe('When and how it is safe to be reached.'),
})

/** What the portal sends. An address is taken as it was typed; what cannot be read as one is kept as text. */
export const ReportForm = z
  .strictObject({
    language: z.enum(languages),
    concern: z.enum(concerns),
    relation: z.enum(relations),
    ageUnder18: z.boolean().nullable(),
    region: z
      .string()
      .regex(/^[a-z][a-z-]{1,30}$/)
      .nullable()
      .optional()
      .describe('Code of the local agency whose region was chosen.'),
    story: z.string().trim().max(storyLengthMax),
    wantsWoman: z.boolean(),
    contact: Contact,
    addresses: z.array(z.string().max(addressLengthMax)).max(addressesMax),
    fingerprints: z
      .array(ReportedFingerprint)
      .max(fingerprintsMax)
      .refine(hasFewFrames, `The videos of a report have at most ${framesOfReportMax} frames together.`),
  })
  .meta({ id: 'ReportForm' })
export type ReportForm = z.infer<typeof ReportForm>

const NamedAddress = z.object({ address: ids.AddressId, canonical: z.string() })
const RefusedAddress = z.object({
  index: z.number().int().describe('Place in the list that was sent, from 0.'),
  code: z.string().describe('Why it cannot be read as a public web address.'),
})

export const ReportReceived = z
  .object({
    receipt: z.string().regex(/^\d{16}$/),
    addresses: z.array(NamedAddress),
    refusedAddresses: z.array(RefusedAddress),
  })
  .meta({ id: 'ReportReceived' })
export type ReportReceived = z.infer<typeof ReportReceived>

export const AddressesReceived = z
  .object({
    addresses: z.array(NamedAddress),
    refusedAddresses: z.array(RefusedAddress),
  })
  .meta({ id: 'AddressesReceived' })
export type AddressesReceived = z.infer<typeof AddressesReceived>

/** A receipt as it is typed: blanks, hyphens and the wide digits of a Korean keyboard are all right. */
export const ReceiptEntry = z
  .strictObject({
    receipt: z
      .string()
      .max(60)
      .transform(text => text.normalize('NFKC').replaceAll(/[\s\p{Pd}]/gu, '')),
  })
  .meta({ id: 'ReceiptEntry' })

export const caseStates = ['received', 'working', 'closed'] as const
export type CaseState = (typeof caseStates)[number]

export const Progress = z
  .object({
    filedAt: z.iso.datetime(),
    language: z.enum(languages),
    caseState: z.enum(caseStates),
    officer: z.object({ isWoman: z.boolean() }).nullable(),
    addresses: z.array(
      z.object({
        address: ids.AddressId,
        canonical: z.string(),
        source: z.enum(sources),
        steps: z.array(z.object({ step: Step, at: z.iso.datetime() })),
        now: Step,
      }),
    ),
    unread: z.number().int(),
  })
  .meta({ id: 'Progress' })
export type Progress = z.infer<typeof Progress>

/** A message as both sides see it: of staff only the calling is shown, never a name or an account. */
export const Message = z
  .object({
    id: ids.MessageId,
    from: z.enum(senders),
    text: z.string(),
    writtenAt: z.iso.datetime(),
    readAt: z.iso.datetime().nullable().describe('When the other side has read it.'),
  })
  .meta({ id: 'Message' })
export type Message = z.infer<typeof Message>

export const Messages = z
  .object({ rows: z.array(Message), next: ids.MessageId.nullable() })
  .meta({ id: 'Messages' })
export type Messages = z.infer<typeof Messages>
export const MessagePage = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  after: ids.MessageId.optional(),
})
export const NewMessage = z
  .strictObject({ text: z.string().trim().min(1).max(messageLengthMax) })
  .meta({ id: 'NewMessage' })

/** A report as staff read it. */
export const ReportRead = z
  .object({
    report: ids.ReportId,
    case: ids.CaseId.nullable(),
    filedAt: z.iso.datetime(),
    language: z.enum(languages),
    concern: z.enum(concerns),
    relation: z.enum(relations),
    ageUnder18: z.boolean().nullable(),
    region: z.string().nullable(),
    story: z.string(),
    wantsWoman: z.boolean(),
    contact: z.object({
      way: z.enum(contactWays),
      value: z.string().nullable(),
      note: z.string().nullable(),
    }),
    addresses: z.array(NamedAddress.extend({ source: z.enum(sources) })),
    unreadable: z
      .array(z.object({ text: z.string(), code: z.string() }))
      .describe('What was given as an address and could not be read as one.'),
    pictures: z.number().int(),
    videos: z.number().int(),
    unread: z.number().int(),
  })
  .meta({ id: 'ReportRead' })
export type ReportRead = z.infer<typeof ReportRead>

export const ReportParams = z.object({ report: ids.ReportId })
