/**
 * Banks beside the cases' own: of the nation, of partners, and lists of plain hashes. What they hold goes in and
 * never comes out.
 *
 * @module
 */
import { durationMaxS, matchDistanceMax, reviewDistanceMax } from '@jikimi/fingerprint'
import { z } from 'zod'
import { ids } from '#platform/ids'

export const bankKinds = ['national', 'partner', 'list'] as const
export type BankKind = (typeof bankKinds)[number]
export const likenesses = ['pdq', 'vpdq'] as const
export const digests = ['md5', 'sha1', 'sha256'] as const
export const algorithms = [...likenesses, ...digests] as const
export type Algorithm = (typeof algorithms)[number]
export type Digest = (typeof digests)[number]
export const opinions = ['unstated', 'confirmed', 'disputed'] as const
export type Opinion = (typeof opinions)[number]

// Bounds. A request body is at most 1 MiB: 10,000 lines of a list fit it.
export const entriesMax = 1000
export const linesMax = 10_000
export const turnsMax = 8
/** Beyond this the index is not exact, and unrelated pictures come near. */
export const radiusMax = 63
/** Look-ups of one account in a minute: enough for a desk, too few to draw a list out by guessing. */
export const lookupsPerMinuteMax = 120
/** Frames of a film that count as one look-up: a film of two hours is most of a minute’s. */
export const framesPerLookup = 100

const name = z.string().trim().min(1).max(80)
const source = z.string().trim().min(1).max(200)
const label = z.string().trim().min(1).max(80)
const radius = z.number().int().min(0).max(radiusMax)

export const NewBank = z
  .strictObject({
    name,
    kind: z.enum(bankKinds).describe('`list` holds digests only (MD5, SHA-1, SHA-256), the others anything.'),
    source: source.describe('Who answers for what is in it.'),
    isEnabled: z.boolean().default(true),
    matchMax: radius.default(matchDistanceMax).describe('Bits up to which a hit is strong.'),
    reviewMax: radius.default(reviewDistanceMax).describe('Bits up to which a hit is shown at all.'),
  })
  .meta({ id: 'NewBank' })
export type NewBank = z.infer<typeof NewBank>

export const BankChange = z
  .strictObject({ name, source, isEnabled: z.boolean(), matchMax: radius, reviewMax: radius })
  .partial()
  .meta({ id: 'BankChange' })
export type BankChange = z.infer<typeof BankChange>

const count = z.number().int()
const hits = {
  asked: count.describe('Hits of look-ups.'),
  found: count.describe('Hits on captured pages.'),
  confirmed: count,
  reversed: count.describe('Hits of which an officer said that it is another.'),
}

export const ListedBank = z
  .object({
    bank: ids.BankId,
    name: z.string(),
    kind: z.enum(bankKinds),
    source: z.string(),
    isEnabled: z.boolean(),
    matchMax: z.number().int(),
    reviewMax: z.number().int(),
    entries: count.describe('Live ones: neither withdrawn nor expired.'),
    ...hits,
    madeAt: z.iso.datetime(),
  })
  .meta({ id: 'ListedBank' })
export type ListedBank = z.infer<typeof ListedBank>
export const ListedBanks = z
  .object({ rows: z.array(ListedBank), next: ids.BankId.nullable() })
  .meta({ id: 'ListedBanks' })
export type ListedBanks = z.infer<typeof ListedBanks>
export const BankQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  after: ids.BankId.optional(),
})
export type BankQuery = z.infer<typeof BankQuery>

const about = {
  label: label.optional(),
  source: source.optional().describe('Who gave this one, where it is not the bank’s source.'),
  opinion: z.enum(opinions).default('unstated'),
  confidence: z.number().int().min(0).max(100).optional(),
  expiresAt: z.iso.datetime({ offset: true }).optional(),
}
export type About = z.infer<z.ZodObject<typeof about>>

const hex = (digits: number) =>
  z
    .string()
    .trim()
    .toLowerCase()
    .regex(new RegExp(`^[0-9a-f]{${digits}}$`))
const quality = z.number().int().min(0).max(100)
const fingerprint = hex(64).describe('PDQ, 256 bits as hex, the order in which the reference tools print it.')

export const NewEntry = z
  .discriminatedUnion('algorithm', [
    z.strictObject({
      algorithm: z.literal('pdq'),
      value: fingerprint,
      quality: quality.optional(),
      ...about,
    }),
    z.strictObject({ algorithm: z.literal('md5'), value: hex(32), ...about }),
    z.strictObject({ algorithm: z.literal('sha1'), value: hex(40), ...about }),
    z.strictObject({ algorithm: z.literal('sha256'), value: hex(64), ...about }),
  ])
  .meta({ id: 'NewEntry' })
export type NewEntry = z.infer<typeof NewEntry>
export const NewEntries = z
  .strictObject({ entries: z.array(NewEntry).min(1).max(entriesMax) })
  .meta({ id: 'NewEntries' })

const listText = z.string().min(1)
const isTrial = z
  .boolean()
  .default(false)
  .describe('Reads the list and says what of it cannot be read. Nothing is added, and the bank is not asked.')

const NewTextImport = z.strictObject({
  form: z.literal('values').default('values'),
  algorithm: z
    .enum(algorithms)
    .describe('`vpdq`: each line is a frame of a film. All others: one value a line.'),
  text: listText.describe(
    'Lines of `hash` or `hash,quality`; of films `hash,quality,seconds` or `number,quality,hash,seconds`, as vPDQ writes them. Several films have their file’s name before or behind each line, or above theirs as `==> name <==`; names are not kept.',
  ),
  isTrial,
  ...about,
})
export type NewTextImport = z.infer<typeof NewTextImport>
const NewJsonImport = z.strictObject({
  form: z.literal('jsonLines'),
  text: listText.describe('One entry a line, as JSON, as `POST /banks/{bank}/entries` takes it.'),
  isTrial,
})
export const NewImport = z.union([NewTextImport, NewJsonImport]).meta({ id: 'NewImport' })
export type NewImport = z.infer<typeof NewImport>

/** What is wrong with a line of a list. The line itself is never repeated. */
export const lineFaults = ['value', 'quality', 'seconds', 'json', 'fields'] as const
export type LineFault = (typeof lineFaults)[number]

export const Added = z
  .object({
    read: count.describe('Values that could be read; a video is one.'),
    added: z.number().int(),
    known: z.number().int().describe('There already: nothing was changed.'),
    withdrawn: z.number().int().describe('Withdrawn before: a tombstone is not lifted by a list.'),
    entries: z
      .array(z.object({ place: z.number().int(), entry: ids.BankEntryId }))
      .describe('What the added ones are called, by their place in what was sent, the first 1,000.'),
    unreadable: z
      .array(z.object({ line: count, fault: z.enum(lineFaults) }))
      .describe(
        'Lines that could not be read and what is wrong there, the first 20: `value` (its length, or no hex), `quality` (0 to 100), `seconds`, `json`, `fields`.',
      ),
    unreadableCount: z.number().int(),
  })
  .meta({ id: 'Added' })
export type Added = z.infer<typeof Added>

const digest = z.union([hex(32), hex(40), hex(64)]).describe('MD5, SHA-1 or SHA-256.')
const ms = z
  .number()
  .int()
  .min(0)
  .max(durationMaxS * 1000)
export const LookedUpFilm = z
  .strictObject({
    durationMs: ms.min(1),
    frames: z
      .array(z.strictObject({ atMs: ms, hash: fingerprint, quality, untilMs: ms.optional() }))
      .min(1)
      .max(linesMax),
  })
  .describe(
    'The frames in order of time, no time twice; `untilMs`: until when the picture stayed nearly equal.',
  )
  .meta({ id: 'LookedUpFilm' })

export const NewLookup = z
  .union([
    z.strictObject({ fingerprint, quality: quality.optional() }),
    z.strictObject({ digest }),
    z.strictObject({
      film: LookedUpFilm,
      digests: z.array(digest).max(digests.length).default([]).describe('Of the file itself.'),
    }),
    z.strictObject({
      vpdq: listText
        .max(1024 * 1024)
        .describe('The lines of one film: `hash,quality,seconds` or `number,quality,hash,seconds`.'),
    }),
    z.strictObject({
      file: z
        .strictObject({
          digests: z.array(digest).min(1).max(digests.length),
          turns: z.array(fingerprint).max(turnsMax).default([]),
          quality: quality.optional(),
        })
        .describe('What a device made of one file. It counts as many look-ups as there are values.'),
    }),
  ])
  .meta({ id: 'NewLookup' })
export type NewLookup = z.infer<typeof NewLookup>

export const FilmRun = z
  .object({
    knownFromMs: count.describe('Where in the film that the bank knows.'),
    knownToMs: count,
    fromMs: count.describe('Where in the film that was asked about.'),
    toMs: count,
    speed: z.number().describe('How many times as fast as the known one.'),
    frames: count.describe('Different frames that agree in order.'),
    turn: z.string().describe('How the film that was asked about is turned or mirrored.'),
    sentence: z.object({ ko: z.string(), en: z.string() }).describe('The same in words.'),
  })
  .meta({ id: 'FilmRun' })
export type FilmRun = z.infer<typeof FilmRun>

export const Hit = z
  .object({
    bank: ids.BankId,
    bankName: z.string(),
    bankKind: z.enum(bankKinds),
    entry: ids.BankEntryId,
    algorithm: z.enum(algorithms),
    distance: z.number().int().describe('Bits that differ, of 256; 0 for a digest.'),
    isStrong: z.boolean().describe('Within the bank’s distance for a match, and good enough to be one.'),
    label: z.string().nullable(),
    source: z.string().nullable(),
    opinion: z.enum(opinions),
    confidence: z.number().int().nullable(),
    share: z
      .number()
      .nullable()
      .describe('For two films: the larger share of one that is found in the other.'),
    atMs: z.number().int().nullable().describe('Where in the film that was asked about.'),
    run: FilmRun.nullable().describe('For two films: where the one runs along the other.'),
  })
  .meta({ id: 'Hit' })
export type Hit = z.infer<typeof Hit>
export const Hits = z
  .object({
    hits: z.array(Hit).describe('The nearest first, at most 100. Never what was stored.'),
    uncompared: count.describe(
      'For a film: comparisons with a known film, in one turn each, for which there was no time; 0 where all was compared.',
    ),
  })
  .meta({ id: 'Hits' })

const share = z.number().min(0).max(1)
export const BankNumbers = z
  .object({
    live: count,
    withdrawn: count,
    expired: count,
    ...hits,
    precision: share.nullable().describe('confirmed ÷ (confirmed + reversed).'),
    byDistance: z
      .array(
        z.object({
          distance: count,
          found: count,
          confirmed: count,
          reversed: count,
          precisionUpTo: share.nullable().describe('Were the bank’s limit here.'),
          precisionAtLeast: share
            .nullable()
            .describe('What it is at least, after Wilson, one-sided 95 %: few decisions prove little.'),
          recallUpTo: share.nullable().describe('Of all that was confirmed, the share up to here.'),
        }),
      )
      .describe('Where to put the bank’s limits.'),
    proposal: z
      .object({
        matchMax: count.describe('The widest distance up to which nine of ten hits are right.'),
        precisionAtLeast: share,
        recall: share,
        decided: count.describe('Decisions that it rests on.'),
      })
      .nullable()
      .describe('For a person to adopt; null where too little was decided. Nothing changes by itself.'),
  })
  .meta({ id: 'BankNumbers' })
export type BankNumbers = z.infer<typeof BankNumbers>

export const MatchingStatus = z
  .object({
    indexed: count.describe('Fingerprints of banks in this process’s index.'),
    banks: count,
    waiting: count.describe('Changes that the index has not yet read; they count all the same.'),
    unsealed: count.describe('Fingerprints from before sealing that the clock has not come to.'),
    refreshedAt: z.iso.datetime().nullable(),
    tiers: z.object({ matchMax: count, reviewMax: count, radiusMax: count }),
  })
  .meta({ id: 'MatchingStatus' })
export type MatchingStatus = z.infer<typeof MatchingStatus>

export const BankParams = z.object({ bank: ids.BankId })
export const EntryParams = z.object({ bank: ids.BankId, entry: ids.BankEntryId })
