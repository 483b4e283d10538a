import {
  parseFingerprint,
  parseVideoFingerprint,
  parseVpdq,
  profile,
  turnedFingerprint,
  turns,
  type Fingerprint,
  type VideoFingerprint,
} from '@jikimi/fingerprint'
import { record } from '#audit'
import type { Tx } from '#platform/database'
import type { FilmFrame } from '#platform/film'
import { refuse } from '#platform/refusals'
import { minuteMs, momentOf } from '#platform/time'
import { framesPerLookup, linesMax, lookupsPerMinuteMax, type Hit, type NewLookup } from './bank-schema.ts'
import * as store from './bank-store.ts'
import { effortOf, inSlices } from './effort.ts'
import { refused } from './errors.ts'
import { filmExplanation } from './film-copy.ts'
import type { MediaFingerprint } from './fingerprint-media.ts'
import { digestHits, fingerprintHits, listedHits, type Eyes, type ListedHit } from './listed.ts'

// What a bare fingerprint does not say of itself.
const qualityUnstated = 100

// More of one picture is noise; the nearest stand first.
const hitsMax = 100

/** Frames of known films that a look-up is compared with: some ten seconds, as long as a person waits. */
const comparedFramesMax = 1_000_000

/** Who asks, beside what the room itself sees. */
export interface Asking extends Eyes {
  act<T>(verb: (tx: Tx) => Promise<T>): Promise<T>
}

interface Question {
  readonly kind: 'fingerprint' | 'digest' | 'file' | 'film'
  readonly hashes: readonly Fingerprint[]
  readonly quality: number
  readonly digests: readonly string[]
  readonly film?: VideoFingerprint
}

interface Answer {
  readonly hits: readonly ListedHit[]
  readonly uncompared: number
}

/**
 * Which banks know a fingerprint, a digest, a film, or a file by all that was made of it. Each question is counted
 * and in the log; the answer never holds what was stored.
 * @throws matching.tooManyLookups this account has asked too often in this minute
 * @throws matching.noFilm, matching.tooManyLines
 */
export async function lookUp(asking: Asking, asked: NewLookup): Promise<{ hits: Hit[]; uncompared: number }> {
  const question = questionOf(asked)
  await asking.act(tx => countQuestion(tx, costOf(question)))
  const { hits, uncompared } = await answerTo(asking, question)
  await asking.act(async tx => {
    for (const { entry, distance } of hits) await store.count(tx, entry.bank_id, distance, 'asked')
    const frames = question.film?.frames.length ?? 0
    await record(tx, 'bank.asked', {}, { kind: question.kind, hits: hits.length, frames })
  })
  return { hits: hits.slice(0, hitsMax).map(shown), uncompared }
}

function questionOf(asked: NewLookup): Question {
  const none = { hashes: [], quality: qualityUnstated, digests: [] }
  if ('digest' in asked) return { ...none, kind: 'digest', digests: [asked.digest] }
  if ('vpdq' in asked) return { ...none, kind: 'film', film: filmOf(() => parseVpdq(asked.vpdq)) }
  if ('film' in asked) {
    const digests = [...new Set(asked.digests)]
    return { ...none, kind: 'film', digests, film: filmOf(() => parseVideoFingerprint(asked.film)) }
  }
  if ('file' in asked) {
    const { turns: each, quality = qualityUnstated, digests } = asked.file
    return { kind: 'file', hashes: each.map(parseFingerprint), quality, digests: [...new Set(digests)] }
  }
  const { fingerprint, quality = qualityUnstated } = asked
  return { ...none, kind: 'fingerprint', hashes: [parseFingerprint(fingerprint)], quality }
}

function filmOf(read: () => VideoFingerprint): VideoFingerprint {
  let film: VideoFingerprint
  try {
    film = read()
  } catch {
    return refuse(refused.noFilm())
  }
  return film.frames.length > linesMax ? refuse(refused.tooManyLines({ lines: film.frames.length })) : film
}

/** Eight turns of one picture are eight guesses, and count as such; so are a film's frames, by the hundred. */
function costOf({ hashes, digests, film }: Question): number {
  return hashes.length + digests.length + Math.ceil((film?.frames.length ?? 0) / framesPerLookup)
}

async function countQuestion(tx: Tx, values: number): Promise<void> {
  if (tx.who.kind !== 'staff') return
  const minute = momentOf(`${tx.now.toISOString().slice(0, 16)}:00Z`)
  const count = await store.countLookups(tx, tx.who.account, minute, values)
  if (count > lookupsPerMinuteMax) refuse(refused.tooManyLookups({ perMs: minuteMs }))
}

async function answerTo(eyes: Eyes, { hashes, quality, digests, film }: Question): Promise<Answer> {
  const effort = effortOf(comparedFramesMax)
  const same = digests.length === 0 ? [] : await digestHits(eyes, digests)
  const alike =
    film === undefined
      ? hashes.length === 0
        ? []
        : await fingerprintHits(eyes, hashes, quality)
      : await listedHits(eyes, await inSlices(inAllTurns(film)), undefined, effort)
  return { hits: [...same, ...alike], uncompared: effort.uncompared }
}

/** A film of which only hashes are known, as one that was read from its file: turned, about, by the hashes alone. */
function* inAllTurns({ durationMs, frames }: VideoFingerprint): Generator<undefined, MediaFingerprint> {
  const made: FilmFrame[] = []
  for (const { hash, ...frame } of frames) {
    const hashes = Object.fromEntries(turns.map(turn => [turn, turnedFingerprint(hash, turn)]))
    made.push({ ...frame, hashes: hashes as unknown as FilmFrame['hashes'] })
    yield
  }
  return { kind: 'video', profile, isPartial: false, durationMs, frames: made }
}

function shown({ entry, distance, isStrong, likeness }: ListedHit): Hit {
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
    share: likeness.share,
    atMs: likeness.atMs,
    run: runOf(likeness.explanation),
  }
}

function runOf(explanation: ListedHit['likeness']['explanation']): Hit['run'] {
  if (explanation === null || !('film' in explanation)) return null
  const { turn, run } = explanation.film
  return {
    knownFromMs: run.aFromMs,
    knownToMs: run.aToMs,
    fromMs: run.bFromMs,
    toMs: run.bToMs,
    speed: run.speed,
    frames: run.frames,
    turn,
    sentence: filmExplanation(explanation).sentence,
  }
}
