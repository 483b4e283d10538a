/**
 * What those who build upon us hear of the matches of banks, by asking or by a webhook. Ids and codes: never a
 * fingerprint, never an address, never a case.
 *
 * @module
 */
import { z } from 'zod'
import { ids } from '#platform/ids'
import { matchStates } from './schema.ts'

export const feedBanksMax = 50

export const NewFeed = z
  .strictObject({
    subscriber: z.string().min(1).max(100).describe('The name of a subscriber that is there already.'),
    banks: z.array(ids.BankId).min(1).max(feedBanksMax).describe('Of whose matches the subscriber hears.'),
    webhook: z
      .url({ protocol: /^https?$/ })
      .max(2000)
      .optional()
      .describe(
        'Where new lines are sent. A network of one’s own is reached only where the settings allow it.',
      ),
  })
  .meta({ id: 'NewFeed' })
export type NewFeed = z.infer<typeof NewFeed>

export const Feed = z
  .object({
    feed: ids.FeedId,
    subscriber: z.string(),
    banks: z.array(ids.BankId),
    webhook: z.string().nullable(),
    failingSince: z.iso
      .datetime()
      .nullable()
      .describe('Since when the webhook has not answered as it should.'),
    waiting: z.number().int().describe('Lines that the webhook has not taken yet.'),
    madeAt: z.iso.datetime(),
  })
  .meta({ id: 'Feed' })
export type Feed = z.infer<typeof Feed>
export const Feeds = z.object({ rows: z.array(Feed) }).meta({ id: 'Feeds' })

export const MadeFeed = z
  .object({
    feed: ids.FeedId,
    secret: z.string().describe('With which the webhook’s requests are signed. Shown once.'),
  })
  .meta({ id: 'MadeFeed' })

export const FeedLine = z
  .object({
    number: z.number().int().describe('Grows with each line.'),
    match: ids.MatchId.describe('The same for all that is decided about one match.'),
    bank: ids.BankId,
    label: z.string().nullable().describe('Of the entry that has hit.'),
    distance: z.number().int().describe('Bits that differ, of 256; 0 for a digest.'),
    tier: z.enum(['strong', 'review']).describe('By the limits of the bank.'),
    decision: z.enum(matchStates),
    at: z.iso.datetime(),
  })
  .meta({ id: 'FeedLine' })
export type FeedLine = z.infer<typeof FeedLine>

export const FeedPage = z
  .object({
    rows: z.array(FeedLine),
    next: z.number().int().describe('Ask for what comes after this number; the same where nothing is new.'),
  })
  .meta({ id: 'FeedPage' })
export type FeedPage = z.infer<typeof FeedPage>

export const FeedQuery = z.object({
  after: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(100),
})
export type FeedQuery = z.infer<typeof FeedQuery>
export const FeedParams = z.object({ feed: ids.FeedId })
