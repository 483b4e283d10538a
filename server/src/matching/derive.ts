/**
 * A confirmed copy that lies sealed in evidence is put into the bank of its case: the copies that are made from it
 * are found by it. Only the part that was recognised is taken: what was put beside or around it is another's.
 *
 * @module
 */
import {
  bankWindows,
  distance,
  featuresOf,
  featuresToBytes,
  profile,
  qualityMin,
  type BankWindow,
  type Pixels,
  type Window,
} from '@jikimi/fingerprint'
import { z } from 'zod'
import { record } from '#audit'
import { openMedium } from '#evidence'
import type { ReadTx, Tx } from '#platform/database'
import { ids, newId, type CaseId, type MatchId } from '#platform/ids'
import { job, type Work } from '#platform/jobs'
import { sealBytes, sealValue, type SealKeys } from '#platform/sealed'
import { bankedOf, placeOf, placeOfFeatures } from './bank.ts'
import { stillPixels } from './fingerprint-media.ts'
import * as store from './store.ts'
import { windowOf } from './verify.ts'

/** Copies of a case that are banked: 20 KB each. What was copied more often is found by these already. */
export const derivedMax = 100

/** So near to a copy that is banked already, one more hardly adds to it: resized copies lie within 14 bits. */
const sameMax = 14

/** Below this side in pixels a part of a copy says too little. */
const sideMin = 64

export const deriveJob = job('matching', 'derive', z.object({ match: ids.MatchId }), derive, {
  attempts: 3,
  retryAfterS: 5,
  timeoutS: 300,
})

async function derive(work: Work, { match: id }: { match: MatchId }): Promise<void> {
  const match = await work.look(tx => worthBanking(tx, id))
  if (match === undefined) return
  const medium = await openMedium(work, match.exhibit_id)
  if (medium === undefined) return
  const seen = await stillPixels(medium.bytes)
  const pixels = seen && partOf(seen, regionOf(match))
  if (pixels === undefined) return
  const [whole, ...parts] = bankWindows(pixels)
  if (whole === undefined || whole.quality < qualityMin) return
  if (await work.look(tx => isKnown(tx, work.world.keys, match.case_id, whole))) return
  const features = featuresToBytes(featuresOf(pixels))
  await work.act(tx => bank(tx, work, id, { whole, parts, features }))
}

/**
 * The match, where its copy is to be banked: a person or a sure match has said that it is the victim's. What was
 * recognised by a copy alone, and by no person, is not: no machine's finding rests on a machine's finding.
 */
async function worthBanking(tx: ReadTx, id: MatchId): Promise<store.MatchRow | undefined> {
  const match = await store.match(tx, id)
  if (match?.state !== 'confirmed' || match.kind === 'nothingFound') return undefined
  const bank = await store.bankedOfCase(tx, match.case_id)
  const copies = bank.filter(each => each.exhibit_id !== null)
  if (copies.length >= derivedMax || copies.some(each => each.match_id === id)) return undefined
  const isByCopy = copies.some(each => each.id === match.banked_id)
  return isByCopy && match.decided_by === null ? undefined : match
}

/** Whether a copy that hardly differs is banked, a smaller one on the same page for instance. */
async function isKnown(tx: ReadTx, keys: SealKeys, id: CaseId, whole: BankWindow): Promise<boolean> {
  const rows = await store.bankedOfCase(tx, id)
  return rows
    .filter(row => row.exhibit_id !== null)
    .map(row => bankedOf(keys, row))
    .some(copy => copy.kind === 'picture' && distance(copy.picture.hash, whole.hash) <= sameMax)
}

interface Made {
  readonly whole: BankWindow
  readonly parts: readonly BankWindow[]
  readonly features: Uint8Array
}

async function bank(tx: Tx, work: Work, match: MatchId, { whole, parts, features }: Made): Promise<void> {
  const row = await store.matchForUpdate(tx, match)
  // Decided otherwise while the copy was read.
  if (row?.state !== 'confirmed') return
  const { keys } = work.world
  const place = { id: newId<'BankedId'>(tx.now), case_id: row.case_id }
  const windows = parts.map(({ window, hash, quality }) => ({ ...window, hash, quality }))
  const added = await store.addBanked(tx, [
    {
      ...place,
      fingerprint_id: null,
      exhibit_id: row.exhibit_id,
      match_id: match,
      kind: 'picture',
      profile,
      made: null,
      sealed: sealValue(keys, placeOf(place), { hash: whole.hash, quality: whole.quality, windows }),
      features: sealBytes(keys, placeOfFeatures(place), features),
      banked_at: tx.now,
      withdrawn_at: null,
    },
  ])
  if (added > 0)
    await record(tx, 'bank.added', { case: row.case_id, match, exhibit: row.exhibit_id }, { fingerprints: 1 })
}

/** Which part of the found picture was recognised; all of it where nothing says otherwise. */
function regionOf({ explanation }: store.MatchRow): Window {
  if (explanation === null) return { x: 0, y: 0, w: 1, h: 1 }
  if ('film' in explanation) return explanation.film.window
  return 'verified' in explanation ? windowOf(explanation) : explanation.query.window
}

/** A part of a picture; undefined where there is next to nothing of it. */
function partOf(pixels: Pixels, { x, y, w, h }: Window): Pixels | undefined {
  const { channels, data } = pixels
  const [left, top] = [Math.round(x * pixels.width), Math.round(y * pixels.height)]
  const width = Math.min(pixels.width - left, Math.round(w * pixels.width))
  const height = Math.min(pixels.height - top, Math.round(h * pixels.height))
  if (width < sideMin || height < sideMin) return undefined
  if (width === pixels.width && height === pixels.height) return pixels
  const cut = new Uint8Array(width * height * channels)
  for (let row = 0; row < height; row += 1) {
    const from = ((top + row) * pixels.width + left) * channels
    cut.set(data.subarray(from, from + width * channels), row * width * channels)
  }
  return { width, height, channels, data: cut }
}
