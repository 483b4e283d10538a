import { durationMaxS, framesMax } from '@jikimi/fingerprint'
import { z } from 'zod'
import { ids } from '#platform/ids'
import { Consents, Particulars } from './particulars.ts'

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
/** In base64: three bytes a character at most, rounded up, and what two hybrid recipients take (3.4 kB). */
export const storyLetterMax = 26_000
export const messageLetterMax = 22_000

export const languages = ['ko', 'en'] as const
export const concerns = ['leak', 'hiddenCamera', 'deepfake', 'threat', 'minor', 'other'] as const
/** About oneself, about somebody in one's care, for somebody who asked, or seen by chance. */
export const relations = ['self', 'guardian', 'helper', 'other'] as const
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
  'stopped',
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

const token = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .describe('Made on the person’s device from the digits (argon2id); the digits themselves stay there.')
const recipient = z
  .string()
  .regex(/^age1pq1[0-9a-z]{1900,2000}$/)
  .describe('Public half of an age key: ML-KEM-768 with X25519.')
const letter = (lengthMax: number) =>
  z
    .string()
    .regex(/^[A-Za-z0-9+/]+={0,2}$/)
    .max(lengthMax)
    .describe('A text, sealed in the browser by age to team and reporter, in base64.')

/** The public halves of a mailbox. What is written to the team is sealed to `team` and `own`, answers to `team` and `answers`. */
export const Recipients = z.object({ team: recipient, own: recipient, answers: recipient })
export type Recipients = z.infer<typeof Recipients>

/** A mailbox as the reporter's device makes it. */
export const Mailbox = z
  .strictObject({
    token,
    wordToken: token.nullable().describe('Of the second word, where one was chosen.'),
    ...Recipients.shape,
    teamSealed: letter(8000).describe('The secret half of `team`, sealed to the unit.'),
  })
  .meta({ id: 'Mailbox' })
export type Mailbox = z.infer<typeof Mailbox>

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
    particulars: Particulars.optional(),
    consents: Consents.optional(),
    region: z
      .string()
      .regex(/^[a-z][a-z-]{1,30}$/)
      .nullable()
      .optional()
      .describe('Code of the local agency whose region was chosen.'),
    mailbox: Mailbox,
    story: letter(storyLetterMax).nullable(),
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

/** What must be worked for before a receipt is tried; the more receipts were not known, the more. */
export const ReceiptChallenge = z
  .object({
    challenge: z
      .string()
      .describe('The salt of the argon2id to be made: 8 MiB, one pass, over a decimal number.'),
    bits: z.number().int().describe('How many bits of its result must be zero.'),
    asksDigits: z
      .boolean()
      .describe(
        'Whether there are receipts from before the digits stayed with the person: then they come along.',
      ),
  })
  .meta({ id: 'ReceiptChallenge' })
export type ReceiptChallenge = z.infer<typeof ReceiptChallenge>

const Work = z.strictObject({ challenge: z.string().max(200), found: z.number().int().min(0) })
export type Work = z.infer<typeof Work>

export const ReceiptEntry = z
  .strictObject({
    token,
    digits: z
      .string()
      .regex(/^\d{16}$/)
      .optional()
      .describe('Only where the challenge asked for them.'),
    work: Work,
  })
  .meta({ id: 'ReceiptEntry' })

export const ReceiptOpened = z
  .object({
    isFirstReturn: z.boolean().describe('The receipt was never used since the report.'),
    hasWord: z.boolean().describe('Whether what was sent stays covered until the second word is given.'),
  })
  .meta({ id: 'ReceiptOpened' })
export type ReceiptOpened = z.infer<typeof ReceiptOpened>

export const WordEntry = z.strictObject({ token, work: Work }).meta({ id: 'WordEntry' })

export const caseStates = ['received', 'working', 'closed'] as const
export type CaseState = (typeof caseStates)[number]

export const Progress = z
  .object({
    filedAt: z.iso.datetime(),
    language: z.enum(languages),
    caseState: z.enum(caseStates),
    officer: z.object({ isWoman: z.boolean() }).nullable(),
    isCovered: z.boolean().describe('A second word was chosen and has not been given.'),
    recipients: Recipients.nullable().describe('Null where the report has no mailbox yet.'),
    addresses: z.array(
      z.object({
        address: ids.AddressId,
        canonical: z.string().nullable().describe('Null while covered.'),
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
    text: z.string().nullable().describe('Only in conversations from before they were sealed.'),
    letter: z.string().nullable().describe('Sealed; opened in the reader’s browser.'),
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
const SealedMessage = z.strictObject({
  letter: letter(messageLetterMax),
  key: z.uuid().describe('Drawn anew for each message: the same key is the same message.'),
})
/** What the reporter writes: always sealed. */
export const OwnMessage = SealedMessage.meta({ id: 'OwnMessage' })
/** What staff write: sealed, and in the open only where the report has no mailbox. */
export const NewMessage = z
  .union([SealedMessage, z.strictObject({ text: z.string().trim().min(1).max(messageLengthMax) })])
  .meta({ id: 'NewMessage' })
export type NewMessage = z.infer<typeof NewMessage>

/** The keys by which staff of a case open and seal its conversation. */
export const TeamMailbox = z
  .object({
    identity: z.string().describe('Secret: stays in the memory of the page.'),
    recipients: Recipients,
  })
  .meta({ id: 'TeamMailbox' })
export type TeamMailbox = z.infer<typeof TeamMailbox>

/** How it was made sure who asks for a new receipt. */
export const sureBy = ['document', 'knownPerson'] as const

/** A new receipt, made before the eyes of its holder. */
export const NewReceipt = z
  .strictObject({
    token,
    own: recipient,
    answers: recipient,
    sureBy: z.enum(sureBy),
  })
  .meta({ id: 'NewReceipt' })
export type NewReceipt = z.infer<typeof NewReceipt>

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
    particulars: Particulars,
    isKeptFromGuardian: z.boolean().describe('Parents and guardians must not learn of it.'),
    region: z.string().nullable(),
    story: z.string().describe('In the open: only of reports from before stories were sealed.'),
    storyLetter: z.string().nullable(),
    hasMailbox: z.boolean(),
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
