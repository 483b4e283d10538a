/**
 * What the banks know of something found. Their fingerprints lie in memory, by likeness, in a matcher and wherever
 * they are many; elsewhere a question opens and compares them all. Whether an entry counts, and how near it must lie,
 * is asked of the database each time. So what is withdrawn, expired or switched off
 * hits nowhere from that moment on, and what is added is found by the next question, in every process.
 *
 * @module
 */
import { createHash } from 'node:crypto'
import {
  distanceOfWords,
  parsePictureFingerprint,
  parseVideoFingerprint,
  qualityMin,
  wordsOf,
  type Fingerprint,
} from '@jikimi/fingerprint'
import { createIndex, type LiveIndex } from '@jikimi/fingerprint-index'
import type { BankEntryId, BankId } from '#platform/ids'
import type { Work } from '#platform/jobs'
import { radiusMax, digests } from './bank-schema.ts'
import * as store from './bank-store.ts'
import type { Banked } from './bank.ts'
import { comparedFramesMax, compareWithEach, unlike, type Likeness } from './compare.ts'
import { effortOf, inSlices, type Effort } from './effort.ts'
import { veilOf } from './entries.ts'
import type { MediaFingerprint } from './fingerprint-media.ts'
import { openValue } from '#platform/sealed'
import { filmHashes } from './film-copy.ts'

/** A look at the database in the name of this room, and the keys. */
export type Eyes = Pick<Work, 'look' | 'world'>

/** An entry of a bank that something found lies near. */
export interface ListedHit {
  readonly entry: store.LiveEntry
  readonly likeness: Likeness
  readonly distance: number
  /** Near enough for the bank to call it the same. */
  readonly isStrong: boolean
}

interface Listed {
  /** By the entries' numbers. */
  readonly index: LiveIndex
  /** By bank: up to which change its entries were read. */
  readonly read: Map<BankId, number>
  radius: number
  refreshedAt: Date | null
}

const rowsOfPage = 1000
// About a tenth of a second to open and compare: 7,500 pictures, or twenty long films.
const scannedRowsMax = 7500
const scannedBytesMax = 1024 * 1024
/** As many as of a picture in all its forms; a long film asks for the index. */
const scannedPairsMax = 5_000_000
/** Nearest entries that are looked at closely; a picture lies near few. */
const candidatesMax = 500
/** Of a digest that many lists have. */
const listsMax = 100

const listedOf = new WeakMap<object, Promise<Listed>>()

/** Entries that something found is like, or whose digest its bytes have; the nearest first. */
export async function listedHits(
  eyes: Eyes,
  found: MediaFingerprint | undefined,
  bytes?: Uint8Array,
  effort = effortOf(comparedFramesMax),
): Promise<ListedHit[]> {
  const alike = found === undefined ? [] : await likenessHits(eyes, found, effort)
  const same = bytes === undefined ? [] : await digestHits(eyes, digestsOf(bytes))
  return [...same, ...alike].toSorted((one, other) => one.distance - other.distance)
}

/** The three digests that lists are made of. */
function digestsOf(bytes: Uint8Array): string[] {
  return digests.map(algorithm => createHash(algorithm).update(bytes).digest('hex'))
}

/** Entries with one of these digests, in hex; their length says which kind each is. */
export async function digestHits(eyes: Eyes, wanted: readonly string[]): Promise<ListedHit[]> {
  const veils = wanted.map(each => veilOf(eyes.world.keys, digestKind(each), each))
  const entries = await eyes.look(tx => store.liveByVeil(tx, veils, listsMax))
  return entries.map(entry => ({ entry, likeness: unlike, distance: 0, isStrong: true }))
}

function digestKind(digest: string) {
  return digest.length === 32 ? 'md5' : digest.length === 40 ? 'sha1' : 'sha256'
}

async function likenessHits(eyes: Eyes, found: MediaFingerprint, effort: Effort): Promise<ListedHit[]> {
  const candidates = await nearestEntries(eyes, hashesOf(found))
  const { entries, values } = await eyes.look(async tx => {
    const live = await store.liveEntries(tx, [...candidates.keys()])
    return {
      entries: live,
      values: await store.valuesOf(
        tx,
        live.map(each => each.id),
      ),
    }
  })
  const sealed = new Map(values.map(value => [value.entry_id, value.sealed]))
  // The nearest first: where there is no time for all, these are compared.
  const held = entries
    .filter(entry => sealed.has(entry.id))
    .toSorted(
      (one, other) =>
        candidates.get(one.number)! - candidates.get(other.number)! || one.number - other.number,
    )
  const opened = held.map(entry => openedEntry(eyes, entry, sealed.get(entry.id)!))
  const likenesses = await compareWithEach(opened, found, effort)
  return held.flatMap((entry, at) => {
    const likeness = likenesses[at]!
    return likeness.distance === null || likeness.distance > entry.review_max
      ? []
      : [{ entry, likeness, distance: likeness.distance, isStrong: isStrong(entry, likeness) }]
  })
}

/** Entries near a bare fingerprint, or near one of a picture's turns, as a look-up sends it. */
export async function fingerprintHits(
  eyes: Eyes,
  hashes: readonly Fingerprint[],
  quality: number,
): Promise<ListedHit[]> {
  const nearest = await nearestEntries(eyes, hashes)
  const entries = await eyes.look(tx => store.liveEntries(tx, [...nearest.keys()]))
  return entries
    .flatMap(entry => {
      const distance = nearest.get(entry.number)!
      const isStrong = distance <= entry.match_max && quality >= qualityMin
      return distance > entry.review_max ? [] : [{ entry, likeness: unlike, distance, isStrong }]
    })
    .toSorted((one, other) => one.distance - other.distance)
}

function isStrong(entry: store.LiveEntry, likeness: Likeness): boolean {
  // Two films share a title card: how much of one is in the other has its say too.
  if (likeness.share !== null && likeness.verdict !== 'match') return false
  // Templates and empty pages lie near each other: of them less may differ than the bank says.
  const { explanation } = likeness
  if (
    explanation !== null &&
    'query' in explanation &&
    explanation.query.isEmpty &&
    likeness.verdict !== 'match'
  )
    return false
  return likeness.distance! <= entry.match_max && (likeness.quality ?? 0) >= qualityMin
}

/** Distances of the nearest entries, live or not, by their numbers. */
async function nearestEntries(eyes: Eyes, hashes: readonly Fingerprint[]): Promise<Map<number, number>> {
  const near = (await isSmall(eyes, hashes.length))
    ? await scanned(eyes, hashes)
    : await indexed(eyes, hashes)
  // Which of many equally near ones are looked at must not depend on who was asked.
  const ordered = [...near].toSorted((one, other) => one[1] - other[1] || one[0] - other[0])
  return new Map(ordered.slice(0, candidatesMax))
}

/**
 * Whether a question is answered from the database alone: this process is no matcher, has not read the banks, and
 * they hold so little that opening all of it takes less than a tenth of a second.
 */
async function isSmall(eyes: Eyes, asked: number): Promise<boolean> {
  if (eyes.world.config.roles.includes('matcher') || listedOf.has(eyes.world)) return false
  const { rows, bytes } = await eyes.look(tx => store.comparableSize(tx, scannedRowsMax + 1))
  return rows <= scannedRowsMax && bytes <= scannedBytesMax && rows * asked <= scannedPairsMax
}

/** Opens every value and compares it: the answer of a process that has no index. */
export async function scanned(eyes: Eyes, hashes: readonly Fingerprint[]): Promise<Map<number, number>> {
  const radius = radiusOf(await eyes.look(store.banks))
  const asked = hashes.map(wordsOf)
  const near = new Map<number, number>()
  let past = -1
  for (;;) {
    const rows = await eyes.look(tx => store.comparableEntries(tx, past, rowsOfPage))
    await inSlices(nearAmong(eyes, rows, { asked, radius, near }))
    past = rows.at(-1)?.number ?? past
    if (rows.length < rowsOfPage) return near
  }
}

type Comparable = Awaited<ReturnType<typeof store.comparableEntries>>[number]

function* nearAmong(
  eyes: Eyes,
  rows: readonly Comparable[],
  { asked, radius, near }: { asked: readonly Uint32Array[]; radius: number; near: Map<number, number> },
): Generator<undefined, void> {
  for (const row of rows) {
    let nearest = Infinity
    for (const hash of goodHashes(openedEntry(eyes, row, row.sealed))) {
      const words = wordsOf(hash)
      for (const one of asked) nearest = Math.min(nearest, distanceOfWords(one, words))
      yield
    }
    if (nearest <= radius) near.set(row.number, nearest)
    yield
  }
}

/** The same from the index, which is read where it is not there yet. */
export async function indexed(eyes: Eyes, hashes: readonly Fingerprint[]): Promise<Map<number, number>> {
  const { index, radius } = await listed(eyes)
  const near = new Map<number, number>()
  if (index.size > 0) await inSlices(nearInIndex(index, hashes, { radius, near }))
  return near
}

/** Look-ups at once: some hundred microseconds in a bank of millions. */
const searchedAtOnce = 8

function* nearInIndex(
  index: LiveIndex,
  hashes: readonly Fingerprint[],
  { radius, near }: { radius: number; near: Map<number, number> },
): Generator<undefined, void> {
  for (let from = 0; from < hashes.length; from += searchedAtOnce) {
    for (const hits of index.searchMany(hashes.slice(from, from + searchedAtOnce), { radius })) {
      for (const { id, distance } of hits)
        near.set(Number(id), Math.min(distance, near.get(Number(id)) ?? distance))
    }
    yield
  }
}

/** Blank frames lie near each other without being copies: they stay out. */
function goodHashes(banked: Banked<BankEntryId>): Fingerprint[] {
  const frames = banked.kind === 'picture' ? [banked.picture] : banked.video.frames
  return frames.filter(frame => frame.quality >= qualityMin).map(frame => frame.hash)
}

const radiusOf = (banks: readonly store.BankRow[]) =>
  Math.min(radiusMax, Math.max(0, ...banks.map(bank => bank.review_max)))

const hashesOf = (found: MediaFingerprint): readonly Fingerprint[] =>
  found.kind === 'picture' ? found.forms.map(form => form.hash) : filmHashes(found)

/** How the index stands, for the status page. */
export async function indexStatus(eyes: Eyes) {
  const before = await listedOf.get(eyes.world)
  const banks = await eyes.look(store.banks)
  const waiting = banks.reduce((sum, bank) => sum + bank.change - (before?.read.get(bank.id) ?? 0), 0)
  return {
    indexed: before?.index.size ?? 0,
    banks: banks.length,
    waiting,
    refreshedAt: before?.refreshedAt ?? null,
  }
}

/** The index as it must be now. One refresh after the other; the first reads everything. */
async function listed(eyes: Eyes): Promise<Listed> {
  const before = listedOf.get(eyes.world) ?? Promise.resolve(empty())
  const now = before.then(known => refresh(eyes, known))
  listedOf.set(eyes.world, now)
  return now.catch((error: unknown) => {
    listedOf.delete(eyes.world)
    throw error
  })
}

const empty = (): Listed => ({
  index: createIndex(),
  read: new Map(),
  radius: 0,
  refreshedAt: null,
})

async function refresh(eyes: Eyes, known: Listed): Promise<Listed> {
  const banks = await eyes.look(store.banks)
  for (const bank of banks) {
    if (bank.change > (known.read.get(bank.id) ?? 0)) await readChanges(eyes, known, bank)
  }
  known.radius = radiusOf(banks)
  known.refreshedAt = eyes.world.clock.now()
  return known
}

async function readChanges(eyes: Eyes, known: Listed, bank: store.BankRow): Promise<void> {
  let past: store.Reading = { change: known.read.get(bank.id) ?? 0, entry: null, upTo: bank.change }
  for (;;) {
    const rows = await eyes.look(tx => store.changedEntries(tx, bank.id, past, rowsOfPage))
    for (const row of rows) enter(eyes, known, row)
    const last = rows.at(-1)
    if (last !== undefined) past = { ...past, change: last.change, entry: last.id }
    if (rows.length < rowsOfPage) break
  }
  known.read.set(bank.id, bank.change)
}

type Changed = Awaited<ReturnType<typeof store.changedEntries>>[number]

function enter(eyes: Eyes, { index }: Listed, row: Changed): void {
  if (row.withdrawn_at !== null) index.remove(BigInt(row.number))
  if (row.withdrawn_at !== null || row.sealed === null) return
  for (const hash of goodHashes(openedEntry(eyes, row, row.sealed))) index.add(BigInt(row.number), hash)
}

function openedEntry(
  { world }: Eyes,
  entry: Pick<store.EntryRow, 'id' | 'bank_id' | 'algorithm'>,
  sealed: Buffer,
): Banked<BankEntryId> {
  const value = openValue(world.keys, { use: 'entry', row: entry.id, owner: entry.bank_id }, sealed)
  return entry.algorithm === 'pdq'
    ? { banked: entry.id, kind: 'picture', picture: parsePictureFingerprint(value) }
    : { banked: entry.id, kind: 'video', video: parseVideoFingerprint(value) }
}
