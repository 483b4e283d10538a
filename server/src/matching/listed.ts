/**
 * What the banks know of something found. Their fingerprints lie in memory, by likeness; whether an entry counts,
 * and how near it must lie, is asked of the database each time. So what is withdrawn, expired or switched off
 * hits nowhere from that moment on, and what is added is found by the next question, in every process.
 *
 * @module
 */
import { createHash } from 'node:crypto'
import {
  parsePictureFingerprint,
  parseVideoFingerprint,
  qualityMin,
  type Fingerprint,
} from '@jikimi/fingerprint'
import { createIndex, type LiveIndex } from '@jikimi/fingerprint-index'
import type { BankEntryId, BankId } from '#platform/ids'
import type { FilmFrame } from '#platform/film'
import type { Work } from '#platform/jobs'
import { radiusMax, digests } from './bank-schema.ts'
import * as store from './bank-store.ts'
import type { Banked } from './bank.ts'
import { compareWithOne, unlike, type Likeness } from './compare.ts'
import { veilOf } from './entries.ts'
import type { MediaFingerprint } from './fingerprint-media.ts'
import { partTurns } from './film-copy.ts'
import { openValue } from './sealed.ts'

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
): Promise<ListedHit[]> {
  const alike = found === undefined ? [] : await likenessHits(eyes, found)
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

async function likenessHits(eyes: Eyes, found: MediaFingerprint): Promise<ListedHit[]> {
  const candidates = await candidatesOf(eyes, hashesOf(found))
  const { entries, values } = await eyes.look(async tx => {
    const live = await store.liveEntries(tx, candidates)
    return {
      entries: live,
      values: await store.valuesOf(
        tx,
        live.map(each => each.id),
      ),
    }
  })
  const sealed = new Map(values.map(value => [value.entry_id, value.sealed]))
  return entries.flatMap(entry => {
    const value = sealed.get(entry.id)
    if (value === undefined) return []
    const likeness = compareWithOne(openedEntry(eyes, entry, value), found)
    return likeness.distance === null || likeness.distance > entry.review_max
      ? []
      : [{ entry, likeness, distance: likeness.distance, isStrong: isStrong(entry, likeness) }]
  })
}

/** Entries near a bare fingerprint, as a look-up sends it. */
export async function fingerprintHits(eyes: Eyes, hash: Fingerprint, quality: number): Promise<ListedHit[]> {
  const { index, radius } = await listed(eyes)
  const near = index.search(hash, { radius }).slice(0, candidatesMax)
  const nearest = new Map(near.map(hit => [Number(hit.id), hit.distance]))
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

/** Numbers of the nearest entries, live or not. */
async function candidatesOf(eyes: Eyes, hashes: readonly Fingerprint[]): Promise<number[]> {
  const { index, radius } = await listed(eyes)
  if (index.size === 0) return []
  const nearest = new Map<number, number>()
  for (const hits of index.searchMany(hashes, { radius })) {
    for (const { id, distance } of hits)
      nearest.set(Number(id), Math.min(distance, nearest.get(Number(id)) ?? distance))
  }
  return [...nearest]
    .toSorted((one, other) => one[1] - other[1])
    .slice(0, candidatesMax)
    .map(([number]) => number)
}

function hashesOf(found: MediaFingerprint): Fingerprint[] {
  if (found.kind === 'picture') return found.forms.map(form => form.hash)
  const isGood = (frame: FilmFrame) => frame.quality >= qualityMin
  const parts = found.parts?.flatMap(part => part.frames) ?? []
  return [
    ...found.frames.filter(isGood).flatMap(({ hashes }) => Object.values(hashes) as Fingerprint[]),
    ...parts.filter(isGood).flatMap(({ hashes }) => partTurns.map(turn => hashes[turn] as Fingerprint)),
  ]
}

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
  known.radius = Math.min(radiusMax, Math.max(0, ...banks.map(bank => bank.review_max)))
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
  const banked = openedEntry(eyes, row, row.sealed)
  const frames = banked.kind === 'picture' ? [banked.picture] : banked.video.frames
  // Blank frames lie near each other without being copies: they stay out.
  for (const frame of frames) if (frame.quality >= qualityMin) index.add(BigInt(row.number), frame.hash)
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
