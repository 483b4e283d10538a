import sharp from 'sharp'
import { record } from '#audit'
import type { Tx } from '#platform/database'
import { openFilm } from '#platform/film'
import type { AddressId, CaptureId, CaseId, ExhibitId } from '#platform/ids'
import { refuse } from '#platform/refusals'
import type { World } from '#platform/world'
import { spendLook } from '#staffing'
import { refused } from './errors.ts'
import { exhibitRow, unseal } from './exhibit.ts'
import { pixelsMax } from './media.ts'
import type { ViewingReason } from './schema.ts'
import * as store from './store.ts'

/** What reads evidence: transactions in somebody's name, and the world between them. */
export interface Hands {
  act<T>(verb: (tx: Tx) => Promise<T>): Promise<T>
  readonly world: World
}

export interface OpenedMedium {
  readonly exhibit: ExhibitId
  readonly index: number
  readonly url: string
  readonly contentType: string
  readonly bytes: Buffer
}

/**
 * Opens the media of a capture in memory; `exhibit` is its archive. That they are examined is in the log
 * before the first is opened.
 * @throws evidence.noExhibit, evidence.damaged
 */
export async function openMedia(hands: Hands, exhibit: ExhibitId): Promise<OpenedMedium[]> {
  const rows = await hands.act(async tx => {
    const asked = await exhibitRow(tx, exhibit)
    await record(tx, 'exhibit.examined', aboutOf(asked), { kind: asked.kind })
    return store.exhibitsOfCapture(tx, asked.capture_id)
  })
  const opened: OpenedMedium[] = []
  for (const row of rows.filter(each => each.kind === 'media')) opened.push(await mediumOf(hands.world, row))
  return opened
}

/**
 * Opens one picture or video in memory; undefined where the exhibit is none. That it is examined is in the log
 * before it is opened.
 * @throws evidence.noExhibit, evidence.damaged
 */
export async function openMedium(hands: Hands, exhibit: ExhibitId): Promise<OpenedMedium | undefined> {
  const row = await hands.act(async tx => {
    const asked = await exhibitRow(tx, exhibit)
    if (asked.kind !== 'media') return undefined
    await record(tx, 'exhibit.examined', aboutOf(asked), { kind: asked.kind })
    return asked
  })
  return row && mediumOf(hands.world, row)
}

async function mediumOf(world: World, row: store.ExhibitRow): Promise<OpenedMedium> {
  const bytes = await unseal(world, row)
  return {
    exhibit: row.id,
    index: row.place,
    url: row.url ?? '',
    contentType: row.content_type,
    bytes,
  }
}

/** The picture of the page in the capture of which `exhibit` is a part. @throws evidence.noExhibit */
export async function pictureOfCapture(
  tx: Pick<Tx, 'db' | 'who' | 'now'>,
  exhibit: ExhibitId,
): Promise<ExhibitId> {
  const { capture_id } = await exhibitRow(tx, exhibit)
  const rows = await store.exhibitsOfCapture(tx, capture_id)
  return rows.find(each => each.kind === 'picture')?.id ?? exhibit
}

const previewSideMax = 320

/**
 * A small grey blurred picture of an exhibit: enough to tell a page from an empty one, too little to see a
 * person. The look is in the log before the seal is opened.
 * @throws evidence.noExhibit, evidence.noPicture, evidence.damaged
 */
export async function previewOf(hands: Hands, exhibit: ExhibitId): Promise<Buffer> {
  const row = await hands.act(async tx => {
    const found = await exhibitRow(tx, exhibit)
    if (found.kind === 'archive') refuse(refused.noPicture({ exhibit }))
    await record(tx, 'exhibit.viewed', aboutOf(found), { veil: 'blurred' })
    return found
  })
  const picture = await stillOf(hands.world, row)
  return sharp(picture, { limitInputPixels: pixelsMax })
    .rotate()
    .resize(previewSideMax, previewSideMax, { fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#fff' })
    .grayscale()
    .blur(8)
    .jpeg({ quality: 70 })
    .toBuffer()
    .catch(() => refuse(refused.noPicture({ exhibit })))
}

/**
 * An exhibit as it is, for somebody who gives a reason: a picture, or one frame of a video. Re-encoded, so that
 * nothing but pixels reaches the officer's browser. It counts against the officer's exposure budget.
 * @throws evidence.noExhibit, evidence.noPicture, evidence.damaged
 * @throws staffing.budgetSpent
 */
export async function viewExhibit(
  hands: Hands,
  exhibit: ExhibitId,
  reason: ViewingReason,
): Promise<{ contentType: string; bytes: Buffer }> {
  const row = await hands.act(async tx => {
    const found = await exhibitRow(tx, exhibit)
    if (found.kind === 'archive') refuse(refused.noPicture({ exhibit }))
    await spendLook(tx)
    await record(tx, 'exhibit.viewed', aboutOf(found), { veil: 'none', reason })
    return found
  })
  const picture = await stillOf(hands.world, row)
  const bytes = await sharp(picture, { limitInputPixels: pixelsMax })
    .rotate()
    .png({ compressionLevel: 3 })
    .toBuffer()
    .catch(() => refuse(refused.noPicture({ exhibit })))
  return { contentType: 'image/png', bytes }
}

/** The sealed file itself, for the court's tools. Handing it out is in the log. @throws evidence.noExhibit */
export async function sealedFile(
  hands: Hands,
  exhibit: ExhibitId,
): Promise<{ size: number; bytes: AsyncIterable<Uint8Array> }> {
  const row = await hands.act(async tx => {
    const found = await exhibitRow(tx, exhibit)
    await record(tx, 'exhibit.viewed', aboutOf(found), { veil: 'sealed' })
    return found
  })
  return { size: row.sealed_size, bytes: await hands.world.objects.get(row.sealed_sha256) }
}

async function stillOf(world: World, row: store.ExhibitRow): Promise<Buffer> {
  const bytes = await unseal(world, row)
  if (!row.content_type.startsWith('video/')) return bytes
  await using film = await openFilm(world.config, { log: world.log })
  return (await film.still(bytes)) ?? refuse(refused.noPicture({ exhibit: row.id }))
}

function aboutOf(row: store.ExhibitRow): {
  case: CaseId
  capture: CaptureId
  exhibit: ExhibitId
  address: AddressId
} {
  return { case: row.case_id, capture: row.capture_id, exhibit: row.id, address: row.address_id }
}
