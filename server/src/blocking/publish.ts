/**
 * Publishing: what is approved becomes lists, passes the gate, goes out, and the victim is told. A tick that
 * finds nothing new does nothing.
 *
 * @module
 */
import { createHash } from 'node:crypto'
import { record } from '#audit'
import { settleMatter } from '#cases'
import { tellVictim } from '#intake'
import type { ReadTx, Tx } from '#platform/database'
import { newId, type AccountId, type PublicationId } from '#platform/ids'
import { hasTurn, type Work } from '#platform/jobs'
import { refuse } from '#platform/refusals'
import { refused } from './errors.ts'
import { passGate, type Lists } from './gate.ts'
import { blockedName } from './guards.ts'
import { compileHashes, expressionOf } from './list.ts'
import { expire, guarded } from './order.ts'
import { keepFiles, keptSerial } from './publication-files.ts'
import { compileZone } from './rpz.ts'
import type { Publication } from './schema.ts'
import * as store from './store.ts'

// Beyond this the list needs another way of compiling; 1,000,000 names take Unbound 28 s to load.
const ordersMax = 200_000

interface Draft extends Lists {
  readonly orders: readonly store.OrderRow[]
  readonly contentSha256: string
  readonly before: store.PublicationRow | undefined
  readonly added: number
  readonly removed: number
}

/**
 * Brings the published lists in step with the orders. Called every few seconds; two processes at once are
 * harmless: the second finds its work done.
 */
export async function publish(work: Work): Promise<Publication | undefined> {
  await work.act(expire)
  const draft = await work.look(readDraft)
  const made = draft === undefined ? undefined : await publishDraft(work, draft)
  await keepInStep(work)
  return made
}

async function publishDraft(work: Work, draft: Draft): Promise<Publication | undefined> {
  if (isTooDifferent(draft) && !(await work.act(tx => isReleased(tx, draft)))) return undefined
  await passGate(draft)
  const made = await work.act(tx => enter(tx, draft))
  if (made !== undefined) work.log.publicationMade({ serial: made.serial, names: made.names })
  return made
}

/** What would go out now, or undefined where that is out already. */
async function readDraft(tx: ReadTx): Promise<Draft | undefined> {
  const orders = (await store.ordersInForce(tx, ordersMax)).filter(
    each => guarded(each, each.scope) === undefined,
  )
  const before = await store.latestPublication(tx)
  const hashes = compileHashes(orders.map(each => expressionOf(named(each))))
  // In seconds, so that serials agree with the clock even from a restored database; always above the last one.
  const serial = Math.max((before?.serial ?? 0) + 1, Math.floor(tx.now.getTime() / 1000))
  const { text, names } = compileZone(
    orders.filter(each => each.scope === 'host').map(each => blockedName(each.host)),
    serial,
  )
  const contentSha256 = createHash('sha256')
    .update(names.join('\n'))
    .update('\0')
    .update(hashes)
    .digest('hex')
  const isNew = contentSha256 !== before?.content_sha256 || orders.some(each => each.state === 'approved')
  if (!isNew) return undefined
  const old = before === undefined ? undefined : await store.compiledOf(tx, before.id)
  const { added, removed } = difference(old?.hashes, hashes)
  return { orders, contentSha256, before, serial, names, zone: text, hashes, added, removed }
}

function named(order: store.OrderRow): Parameters<typeof expressionOf>[0] {
  return order.scope === 'host'
    ? { scope: 'host', name: blockedName(order.host) }
    : { scope: 'address', canonical: order.canonical }
}

function difference(old: Buffer | undefined, present: Buffer): { added: number; removed: number } {
  const [before, after] = [hashSet(old), hashSet(present)]
  return { added: after.difference(before).size, removed: before.difference(after).size }
}

function hashSet(hashes: Buffer | undefined): Set<string> {
  if (hashes === undefined) return new Set()
  return new Set(
    Array.from({ length: hashes.length / 32 }, (_, at) => hashes.toString('latin1', 32 * at, 32 * at + 32)),
  )
}

// A day's honest work stays below; a fault in a query or a restored database does not.
const addedMin = 200
const removedMin = 20
const addedShareMax = 0.5
const removedShareMax = 0.25

function isTooDifferent({ before, added, removed }: Draft): boolean {
  if (before === undefined) return false
  const size = before.addresses
  return (
    added > Math.max(addedMin, addedShareMax * size) || removed > Math.max(removedMin, removedShareMax * size)
  )
}

/** True once a person has let this very list go. Else it is held, and stays so. */
async function isReleased(tx: Tx, draft: Draft): Promise<boolean> {
  const hold = await store.holdOf(tx, draft.contentSha256)
  if (hold !== undefined) return hold.released_at !== null
  const id = newId<'PublicationId'>(tx.now)
  const { added, removed } = draft
  await store.addHold(tx, {
    id,
    at: tx.now,
    content_sha256: draft.contentSha256,
    added,
    removed,
    released_by: null,
    released_at: null,
  })
  await record(tx, 'publication.held', { publication: id }, { added, removed })
  return false
}

/** A person has looked at a held list and lets it go out. @throws blocking.noHold */
export async function release(tx: Tx, id: PublicationId, by: AccountId): Promise<void> {
  if (!(await store.releaseHold(tx, id, by))) refuse(refused.noHold({ hold: id }))
  await record(tx, 'publication.released', { publication: id })
}

/** Enters the publication, if nothing has changed since it was drafted; the next tick drafts anew otherwise. */
async function enter(tx: Tx, draft: Draft): Promise<Publication | undefined> {
  if (!(await hasTurn(tx, 'blocking/publish'))) return undefined
  const present = await readDraft(tx)
  if (present?.contentSha256 !== draft.contentSha256 || present.before?.id !== draft.before?.id)
    return undefined
  if (present.orders.map(each => each.id).join() !== draft.orders.map(each => each.id).join())
    return undefined
  const id = newId<'PublicationId'>(tx.now)
  const row: store.PublicationRow = {
    id,
    serial: draft.serial,
    at: tx.now,
    names: draft.names.length,
    addresses: draft.hashes.length / 32,
    added: draft.added,
    removed: draft.removed,
    content_sha256: draft.contentSha256,
    zone_sha256: sha256(draft.zone),
    hashes_sha256: sha256(draft.hashes),
  }
  await store.addPublication(tx, row, { zone: draft.zone, hashes: draft.hashes })
  await record(
    tx,
    'publication.made',
    { publication: id },
    { serial: row.serial, names: row.names, addresses: row.addresses },
  )
  for (const order of present.orders) if (order.state === 'approved') await goOut(tx, order, id)
  return shown(row)
}

async function goOut(tx: Tx, order: store.OrderRow, publication: PublicationId): Promise<void> {
  await store.changeOrder(tx, order.id, { state: 'published', published_at: tx.now })
  await record(
    tx,
    'block.published',
    { case: order.case_id, order: order.id, target: order.target_id, address: order.address_id, publication },
    { scope: order.scope },
  )
  await tellVictim(tx, order.address_id, 'blocked')
  await settleMatter(tx, order.case_id, 'block', order.id, 'blocked')
  await settleMatter(tx, order.case_id, 'address', order.address_id, 'blocked')
}

/** Writes the files anew where they are not those of the last publication: also after a crash between the two. */
async function keepInStep(work: Work): Promise<void> {
  const { dataFolder } = work.world.config
  const kept = await keptSerial(dataFolder)
  const latest = await work.look(async tx => {
    const row = await store.latestPublication(tx)
    if (row === undefined || row.serial === kept) return undefined
    return { row, lists: await store.compiledOf(tx, row.id) }
  })
  if (latest?.lists === undefined) return
  await keepFiles(dataFolder, { serial: latest.row.serial, at: latest.row.at, ...latest.lists })
}

/** The publications, newest first, and the list that waits for a person. */
export async function listPublications(
  tx: ReadTx,
  page: { limit: number; after?: PublicationId | undefined },
) {
  const rows = await store.publications(tx, { limit: page.limit + 1, after: page.after })
  const shownRows = rows.slice(0, page.limit).map(shown)
  const hold = await store.openHold(tx)
  const latest = await store.latestPublication(tx)
  // What has gone out since makes an older hold void.
  const isWaiting = hold !== undefined && (latest === undefined || latest.at <= hold.at)
  return {
    rows: shownRows,
    next: rows.length > page.limit ? (shownRows.at(-1)?.publication ?? null) : null,
    held: isWaiting
      ? { hold: hold.id, at: hold.at.toISOString(), added: hold.added, removed: hold.removed }
      : null,
  }
}

function shown(row: store.PublicationRow): Publication {
  const { id, serial, at, names, addresses, added, removed } = row
  return { publication: id, serial, at: at.toISOString(), names, addresses, added, removed }
}

const sha256 = (bytes: string | Buffer) => createHash('sha256').update(bytes).digest('hex')
