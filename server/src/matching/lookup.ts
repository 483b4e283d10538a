import { parseFingerprint } from '@jikimi/fingerprint'
import { record } from '#audit'
import type { Tx } from '#platform/database'
import { refuse } from '#platform/refusals'
import { minuteMs, momentOf } from '#platform/time'
import { lookupsPerMinuteMax, type Hit, type NewLookup } from './bank-schema.ts'
import * as store from './bank-store.ts'
import { refused } from './errors.ts'
import { digestHits, fingerprintHits, type Eyes, type ListedHit } from './listed.ts'

// What a bare fingerprint does not say of itself.
const qualityUnstated = 100

/** Who asks, beside what the room itself sees. */
export interface Asking extends Eyes {
  act<T>(verb: (tx: Tx) => Promise<T>): Promise<T>
}

/**
 * Which banks know a fingerprint or a digest. Each question is counted and in the log; the answer never holds
 * what was stored.
 * @throws matching.tooManyLookups this account has asked too often in this minute
 */
export async function lookUp(asking: Asking, asked: NewLookup): Promise<{ hits: Hit[] }> {
  await asking.act(countQuestion)
  const hits = await hitsOf(asking, asked)
  await asking.act(async tx => {
    for (const { entry, distance } of hits) await store.count(tx, entry.bank_id, distance, 'asked')
    const kind = 'digest' in asked ? 'digest' : 'fingerprint'
    await record(tx, 'bank.asked', {}, { kind, hits: hits.length })
  })
  return { hits: hits.map(shown) }
}

async function countQuestion(tx: Tx): Promise<void> {
  if (tx.who.kind !== 'staff') return
  const minute = momentOf(`${tx.now.toISOString().slice(0, 16)}:00Z`)
  const count = await store.countLookup(tx, tx.who.account, minute)
  if (count > lookupsPerMinuteMax) refuse(refused.tooManyLookups({ perMs: minuteMs }))
}

async function hitsOf(eyes: Eyes, asked: NewLookup): Promise<ListedHit[]> {
  if ('digest' in asked) return digestHits(eyes, [asked.digest])
  return fingerprintHits(eyes, parseFingerprint(asked.fingerprint), asked.quality ?? qualityUnstated)
}

function shown({ entry, distance, isStrong }: ListedHit): Hit {
  return {
    bank: entry.bank_id,
    bankName: entry.name,
    bankKind: entry.kind,
    entry: entry.id,
    algorithm: entry.algorithm,
    distance,
    isStrong,
    label: entry.label,
    source: entry.source,
    opinion: entry.opinion,
    confidence: entry.confidence,
  }
}
