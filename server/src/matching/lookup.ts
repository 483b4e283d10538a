import { parseFingerprint, type Fingerprint } from '@jikimi/fingerprint'
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

// More of one picture is noise; the nearest stand first.
const hitsMax = 100

/** Who asks, beside what the room itself sees. */
export interface Asking extends Eyes {
  act<T>(verb: (tx: Tx) => Promise<T>): Promise<T>
}

interface Question {
  readonly kind: 'fingerprint' | 'digest' | 'file'
  readonly hashes: readonly Fingerprint[]
  readonly quality: number
  readonly digests: readonly string[]
}

/**
 * Which banks know a fingerprint, a digest, or a file by all that was made of it. Each question is counted and in
 * the log; the answer never holds what was stored.
 * @throws matching.tooManyLookups this account has asked too often in this minute
 */
export async function lookUp(asking: Asking, asked: NewLookup): Promise<{ hits: Hit[] }> {
  const question = questionOf(asked)
  await asking.act(tx => countQuestion(tx, question.hashes.length + question.digests.length))
  const hits = await hitsOf(asking, question)
  await asking.act(async tx => {
    for (const { entry, distance } of hits) await store.count(tx, entry.bank_id, distance, 'asked')
    await record(tx, 'bank.asked', {}, { kind: question.kind, hits: hits.length })
  })
  return { hits: hits.slice(0, hitsMax).map(shown) }
}

function questionOf(asked: NewLookup): Question {
  if ('digest' in asked)
    return { kind: 'digest', hashes: [], quality: qualityUnstated, digests: [asked.digest] }
  if ('file' in asked) {
    const { turns, quality = qualityUnstated, digests } = asked.file
    return { kind: 'file', hashes: turns.map(parseFingerprint), quality, digests: [...new Set(digests)] }
  }
  const { fingerprint, quality = qualityUnstated } = asked
  return { kind: 'fingerprint', hashes: [parseFingerprint(fingerprint)], quality, digests: [] }
}

/** Eight turns of one picture are eight guesses, and count as such. */
async function countQuestion(tx: Tx, values: number): Promise<void> {
  if (tx.who.kind !== 'staff') return
  const minute = momentOf(`${tx.now.toISOString().slice(0, 16)}:00Z`)
  const count = await store.countLookups(tx, tx.who.account, minute, values)
  if (count > lookupsPerMinuteMax) refuse(refused.tooManyLookups({ perMs: minuteMs }))
}

async function hitsOf(eyes: Eyes, { hashes, quality, digests }: Question): Promise<ListedHit[]> {
  const same = digests.length === 0 ? [] : await digestHits(eyes, digests)
  const alike = hashes.length === 0 ? [] : await fingerprintHits(eyes, hashes, quality)
  return [...same, ...alike]
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
