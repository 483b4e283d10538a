import { z } from 'zod'
import { ids } from '#platform/ids'

export const matchKinds = ['sure', 'near', 'listed', 'nothingFound'] as const
export type MatchKind = (typeof matchKinds)[number]
export const matchStates = ['pending', 'confirmed', 'refuted', 'reversed'] as const
export type MatchState = (typeof matchStates)[number]

/** Why a confirmed match is taken back. */
export const reversalReasons = ['anotherPerson', 'onlyAlike', 'byMistake', 'other'] as const
export type ReversalReason = (typeof reversalReasons)[number]

const fraction = z.number().min(0).max(1)
/** In which form the found picture was recognised. */
export const Explanation = z
  .object({
    form: z
      .string()
      .describe(
        'What was compared: `whole`, `trimmed` (without its border), `part`, `cut`, …; `verified`: its local features.',
      ),
    window: z
      .object({ x: fraction, y: fraction, w: fraction, h: fraction })
      .describe('The part of the found picture that was compared, as fractions of its sides.'),
    angle: z.number().describe('Degrees it was turned back by.'),
    isNegative: z.boolean(),
    places: z
      .number()
      .int()
      .nullable()
      .describe('Places of the two pictures that agree, where these were compared.'),
    sentence: z
      .object({ ko: z.string(), en: z.string() })
      .describe('What was done to the picture, in words.'),
  })
  .meta({ id: 'Explanation' })
export type Explanation = z.infer<typeof Explanation>

export const Match = z
  .object({
    match: ids.MatchId,
    case: ids.CaseId,
    caseNumber: z.string(),
    address: ids.AddressId,
    canonical: z.string(),
    exhibit: ids.ExhibitId.describe(
      'The picture or video; where nothing was found, the picture of the page.',
    ),
    kind: z.enum(matchKinds),
    distance: z.number().int().nullable().describe('Bits that differ, of 256.'),
    quality: z.number().int().nullable(),
    share: z
      .number()
      .nullable()
      .describe('For two videos: the larger share of one that is found in the other.'),
    turn: z.string().nullable().describe('How the found picture is turned or mirrored.'),
    atMs: z.number().int().nullable().describe('Where in the found video.'),
    bank: z
      .object({
        bank: ids.BankId,
        name: z.string(),
        matchMax: z.number().int().describe('Bits up to which the bank calls a hit strong.'),
        reviewMax: z.number().int(),
      })
      .nullable()
      .describe('For a listed one: the bank that knows it.'),
    isStrong: z
      .boolean()
      .nullable()
      .describe('For a listed one: near enough for its bank to call it the same, by the bank’s own limit.'),
    explanation: Explanation.nullable(),
    leftOut: z
      .object({
        uncompared: z
          .number()
          .int()
          .describe(
            'Comparisons with known films, in one turn of one place each, for which there was no time.',
          ),
        isPartial: z.boolean().describe('Only key frames, or the first pages, were read.'),
        sentence: z.object({ ko: z.string(), en: z.string() }),
      })
      .nullable()
      .describe('What of a found film was not looked at; null where all of it was.'),
    state: z.enum(matchStates),
    agreed: z
      .object({ by: ids.AccountId, at: z.iso.datetime() })
      .nullable()
      .describe('For a listed one: the first of the two people who say that it is the same.'),
    foundAt: z.iso.datetime(),
    decidedAt: z.iso.datetime().nullable(),
    reversal: z
      .object({
        by: ids.AccountId,
        at: z.iso.datetime(),
        reason: z.enum(reversalReasons),
        words: z.string().nullable(),
      })
      .nullable()
      .describe('For a confirmed one that was taken back: by whom, when and why.'),
  })
  .meta({ id: 'Match' })
export type Match = z.infer<typeof Match>

export const Matches = z
  .object({ rows: z.array(Match), next: ids.MatchId.nullable() })
  .meta({ id: 'Matches' })
export type Matches = z.infer<typeof Matches>

export const BankRead = z
  .object({
    pictures: z.number().int().describe('From the victim’s device, as are videos and frames.'),
    videos: z.number().int(),
    frames: z.number().int(),
    copies: z.number().int().describe('Made of confirmed copies in evidence.'),
    profiles: z.array(z.string()),
    rows: z.array(
      z.object({
        banked: ids.BankedId,
        kind: z.enum(['picture', 'video']),
        profile: z.string(),
        frames: z.number().int(),
        durationMs: z.number().int().nullable(),
        quality: z.number().int().describe('Of the best frame.'),
        isCopy: z.boolean().describe('Made of a confirmed copy in evidence, not on the victim’s device.'),
        bankedAt: z.iso.datetime(),
      }),
    ),
  })
  .meta({ id: 'BankRead' })
export type BankRead = z.infer<typeof BankRead>

export const CaseParams = z.object({ case: ids.CaseId })
export const MatchParams = z.object({ match: ids.MatchId })
export const MatchQuery = z.object({
  state: z.enum(matchStates).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  after: ids.MatchId.optional(),
})
export type MatchQuery = z.infer<typeof MatchQuery>
export const Decision = z.strictObject({ verdict: z.enum(['same', 'different']) }).meta({ id: 'Decision' })
export type Decision = z.infer<typeof Decision>

export const NewReversal = z
  .strictObject({
    reason: z.enum(reversalReasons),
    words: z
      .string()
      .trim()
      .min(1)
      .max(1000)
      .optional()
      .describe('Kept with the match; the log has the code alone.'),
  })
  .meta({ id: 'NewReversal' })
export type NewReversal = z.infer<typeof NewReversal>
