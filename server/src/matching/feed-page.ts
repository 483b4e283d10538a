import type { ReadTx } from '#platform/database'
import type { FeedId } from '#platform/ids'
import type { Keys } from '#platform/keys'
import type { FeedLine, FeedPage } from './feed-schema.ts'
import * as store from './feed-store.ts'

/** The webhook's secret: derived, so that it lies nowhere. */
export function secretOf(keys: Pick<Keys, 'keyFor'>, id: FeedId): string {
  return keys.keyFor(`matching.feed ${id}`).toString('base64url')
}

/** Some lines of a feed, none from before it was made. */
export async function pageOf(
  tx: ReadTx,
  feed: store.FeedRow,
  past: number,
  limit: number,
): Promise<FeedPage> {
  const rows = (await store.lines(tx, feed, past, limit)).map(lineOf)
  return { rows, next: rows.at(-1)?.number ?? past }
}

function lineOf(row: store.LineRow): FeedLine {
  return {
    number: row.number,
    match: row.match_id,
    bank: row.bank_id,
    label: row.label,
    distance: row.distance,
    tier: row.is_strong ? 'strong' : 'review',
    decision: row.decision,
    at: row.at.toISOString(),
  }
}
