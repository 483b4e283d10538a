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
  type VideoFingerprint,
  type Window,
} from '@jikimi/fingerprint'
import { setImmediate as pause } from 'node:timers/promises'
import { z } from 'zod'
import { record } from '#audit'
import { openMedium, type OpenedMedium } from '#evidence'
import type { ReadTx, Tx } from '#platform/database'
import { ids, newId, type CaseId, type MatchId } from '#platform/ids'
import { job, type Work } from '#platform/jobs'
import { sealBytes, sealValue, type SealKeys } from '#platform/sealed'
import { bankedOf, placeOf, placeOfFeatures, type Banked } from './bank.ts'
import { isBanked, recognisedFilm } from './derive-film.ts'
import { fingerprintMedia, stillPixels } from './fingerprint-media.ts'
import * as store from './store.ts'
import { windowOf } from './verify.ts'

/** Copies of a case that are banked: of pictures 20 KB each. What was copied more often is found by these already. */
export const derivedMax = 100

/** Frames of all films among them: seven of two hours, or hundreds of minutes in clips. 10 MB, opened. */
const derivedFramesMax = 100_000

/** So near to a copy that is banked already, one more hardly adds to it: resized copies lie within 14 bits. */
const sameMax = 14

/** Below this side in pixels a part of a copy says too little. */
const sideMin = 64

export const deriveJob = job('matching', 'derive', z.object({ match: ids.MatchId }), derive, {
  attempts: 3,
  retryAfterS: 5,
  // A film is given up after four minutes, and its key frames after four more.
  timeoutS: 600,
})

async function derive(work: Work, { match: id }: { match: MatchId }): Promise<void> {
  const match = await work.look(tx => worthBanking(tx, id))
  if (match === undefined) return
  const medium = await openMedium(work, match.exhibit_id)
  if (medium === undefined) return
  const pixels = await stillPixels(medium.bytes)
  const made = pixels === undefined ? await filmCopy(work, medium, match) : pictureCopy(pixels, match)
  if (made === undefined) return
  const copies = await work.look(tx => copiesOf(tx, work.world.keys, match.case_id))
  if (await isKnown(copies, made)) return
  const features = made.kind === 'picture' ? featuresToBytes(featuresOf(made.pixels)) : null
  await work.act(tx => bank(tx, work, id, made, features))
}

/** What is to be banked of a copy. */
type Made =
  | {
      readonly kind: 'picture'
      readonly whole: BankWindow
      readonly parts: readonly BankWindow[]
      readonly pixels: Pixels
    }
  | { readonly kind: 'video'; readonly film: VideoFingerprint }

function pictureCopy(seen: Pixels, match: store.MatchRow): Made | undefined {
  const pixels = partOf(seen, regionOf(match))
  if (pixels === undefined) return undefined
  const [whole, ...parts] = bankWindows(pixels)
  if (whole === undefined || whole.quality < qualityMin) return undefined
  return { kind: 'picture', whole, parts, pixels }
}

/** Of a film, or of a picture that moves. */
async function filmCopy(work: Work, medium: OpenedMedium, match: store.MatchRow): Promise<Made | undefined> {
  const found = await fingerprintMedia({ world: work.world }, medium)
  const film = found?.kind === 'video' ? recognisedFilm(found, match) : undefined
  return film && { kind: 'video', film }
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

async function copiesOf(tx: ReadTx, keys: SealKeys, id: CaseId): Promise<readonly Banked[]> {
  const rows = await store.bankedOfCase(tx, id)
  return rows.filter(row => row.exhibit_id !== null).map(row => bankedOf(keys, row))
}

/** Whether a copy that hardly differs is banked, a smaller one on the same page for instance; or films enough. */
async function isKnown(copies: readonly Banked[], made: Made): Promise<boolean> {
  if (made.kind === 'picture')
    return copies.some(
      copy => copy.kind === 'picture' && distance(copy.picture.hash, made.whole.hash) <= sameMax,
    )
  const films = copies.flatMap(copy => (copy.kind === 'video' ? [copy.video] : []))
  const frames = films.reduce((sum, each) => sum + each.frames.length, made.film.frames.length)
  if (frames > derivedFramesMax) return true
  for (const film of films) {
    // Others' requests go on between two films.
    await pause()
    if (isBanked(made.film, film, sameMax)) return true
  }
  return false
}

async function bank(
  tx: Tx,
  work: Work,
  match: MatchId,
  made: Made,
  features: Uint8Array | null,
): Promise<void> {
  const row = await store.matchForUpdate(tx, match)
  // Decided otherwise while the copy was read.
  if (row?.state !== 'confirmed') return
  const { keys } = work.world
  const place = { id: newId<'BankedId'>(tx.now), case_id: row.case_id }
  const added = await store.addBanked(tx, [
    {
      ...place,
      fingerprint_id: null,
      exhibit_id: row.exhibit_id,
      match_id: match,
      kind: made.kind,
      profile,
      made: null,
      sealed: sealValue(keys, placeOf(place), keptOf(made)),
      features: features && sealBytes(keys, placeOfFeatures(place), features),
      banked_at: tx.now,
      withdrawn_at: null,
    },
  ])
  if (added > 0)
    await record(tx, 'bank.added', { case: row.case_id, match, exhibit: row.exhibit_id }, { fingerprints: 1 })
}

function keptOf(made: Made) {
  if (made.kind === 'video') return made.film
  const windows = made.parts.map(({ window, hash, quality }) => ({ ...window, hash, quality }))
  return { hash: made.whole.hash, quality: made.whole.quality, windows }
}

/** Which part of the found picture was recognised; all of it where nothing says otherwise. */
function regionOf({ explanation }: store.MatchRow): Window {
  if (explanation === null) return { x: 0, y: 0, w: 1, h: 1 }
  // A picture that moves is told from its place by `recognisedFilm`.
  if ('film' in explanation) return { x: 0, y: 0, w: 1, h: 1 }
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
