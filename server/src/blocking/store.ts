import { sql, type Insertable, type Selectable, type Updateable } from 'kysely'
import type { ReadTx, Tables, Tx } from '#platform/database'
import type { AccountId, AddressId, BlockOrderId, CaseId, PublicationId, TargetId } from '#platform/ids'
import type { Approver, Basis, Scope } from './schema.ts'
import { listedStates, liveStates, type StateName } from './states.ts'

declare module '#platform/database' {
  interface Tables {
    'blocking.block_order': {
      id: BlockOrderId
      case_id: CaseId
      target_id: TargetId
      address_id: AddressId
      canonical: string
      host: string
      state: StateName
      scope: Scope
      basis: Basis | null
      proposed_at: Date
      requested_by: AccountId | null
      requested_at: Date | null
      approved_by: AccountId | null
      approved_at: Date | null
      published_at: Date | null
      expires_at: Date | null
      ended_at: Date | null
      end_reason: string | null
      /** Who may approve beside the team: nobody, or the head office where the team is one person. */
      approver: Approver
      is_minor: boolean
    }
    'blocking.publication': {
      id: PublicationId
      serial: number
      at: Date
      names: number
      addresses: number
      added: number
      removed: number
      content_sha256: string
      zone_sha256: string
      hashes_sha256: string
    }
    'blocking.compiled': { publication_id: PublicationId; zone: string; hashes: Buffer }
    'blocking.hold': {
      id: PublicationId
      at: Date
      content_sha256: string
      added: number
      removed: number
      released_by: AccountId | null
      released_at: Date | null
    }
  }
}

export type OrderRow = Selectable<Tables['blocking.block_order']>
export type PublicationRow = Selectable<Tables['blocking.publication']>

/** Adds an order, or says false where the target has a live one. */
export async function addOrder(tx: Tx, row: Insertable<Tables['blocking.block_order']>): Promise<boolean> {
  const added = await tx.db
    .insertInto('blocking.block_order')
    .values(row)
    .onConflict(conflict => conflict.doNothing())
    .executeTakeFirst()
  return (added.numInsertedOrUpdatedRows ?? 0n) > 0n
}

/** Lets one event about a target follow the other, until the transaction ends: a job may run twice at once. */
export async function takeTurn(tx: Tx, target: TargetId): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`blocking/${target}`}, 0))`.execute(tx.db)
}

export async function liveOrderOf(tx: ReadTx, target: TargetId): Promise<OrderRow | undefined> {
  return tx.db
    .selectFrom('blocking.block_order')
    .selectAll()
    .where('target_id', '=', target)
    .where('state', 'in', liveStates)
    .executeTakeFirst()
}

/** Orders that stand for an address, each kept from others' changes until the transaction ends. */
export async function liveOrdersOfAddress(tx: Tx, address: AddressId): Promise<OrderRow[]> {
  return tx.db
    .selectFrom('blocking.block_order')
    .selectAll()
    .where('address_id', '=', address)
    .where('state', 'in', liveStates)
    .orderBy('id')
    .forUpdate()
    .execute()
}

export async function liveOrdersOfCase(tx: Tx, id: CaseId): Promise<OrderRow[]> {
  return tx.db
    .selectFrom('blocking.block_order')
    .selectAll()
    .where('case_id', '=', id)
    .where('state', 'in', liveStates)
    .orderBy('id')
    .forUpdate()
    .execute()
}

export async function orderForUpdate(tx: Tx, id: BlockOrderId): Promise<OrderRow | undefined> {
  return tx.db
    .selectFrom('blocking.block_order')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
}

export async function changeOrder(
  tx: Tx,
  id: BlockOrderId,
  change: Updateable<Tables['blocking.block_order']>,
): Promise<void> {
  await tx.db.updateTable('blocking.block_order').set(change).where('id', '=', id).execute()
}

/** Orders that the caller may see, newest first. */
export async function orders(
  tx: ReadTx,
  given: {
    case: CaseId | undefined
    state: StateName | undefined
    limit: number
    after: BlockOrderId | undefined
  },
): Promise<OrderRow[]> {
  let query = tx.db.selectFrom('blocking.block_order').selectAll().orderBy('id', 'desc').limit(given.limit)
  if (given.case !== undefined) query = query.where('case_id', '=', given.case)
  if (given.state !== undefined) query = query.where('state', '=', given.state)
  if (given.after !== undefined) query = query.where('id', '<', given.after)
  return query.execute()
}

/** Every order that the next list must carry, at most `limit`. */
export async function ordersInForce(tx: ReadTx, limit: number): Promise<OrderRow[]> {
  return tx.db
    .selectFrom('blocking.block_order')
    .selectAll()
    .where('state', 'in', listedStates)
    .where('expires_at', '>', tx.now)
    .orderBy('id')
    .limit(limit)
    .execute()
}

/** Orders whose time is up, at most `limit`, for this transaction alone. */
export async function takeExpired(tx: Tx, limit: number): Promise<OrderRow[]> {
  return tx.db
    .selectFrom('blocking.block_order')
    .selectAll()
    .where('state', 'in', listedStates)
    .where('expires_at', '<=', tx.now)
    .orderBy('expires_at')
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute()
}

export async function latestPublication(tx: ReadTx): Promise<PublicationRow | undefined> {
  return tx.db
    .selectFrom('blocking.publication')
    .selectAll()
    .orderBy('serial', 'desc')
    .limit(1)
    .executeTakeFirst()
}

export async function compiledOf(tx: ReadTx, id: PublicationId) {
  return tx.db
    .selectFrom('blocking.compiled')
    .select(['zone', 'hashes'])
    .where('publication_id', '=', id)
    .executeTakeFirst()
}

/** Enters a publication with its lists; those of the ones before go. */
export async function addPublication(
  tx: Tx,
  row: Insertable<Tables['blocking.publication']>,
  lists: { zone: string; hashes: Buffer },
): Promise<void> {
  await tx.db.insertInto('blocking.publication').values(row).execute()
  await tx.db.deleteFrom('blocking.compiled').execute()
  await tx.db
    .insertInto('blocking.compiled')
    .values({ publication_id: row.id, ...lists })
    .execute()
}

export async function publications(
  tx: ReadTx,
  page: { limit: number; after: PublicationId | undefined },
): Promise<PublicationRow[]> {
  let query = tx.db.selectFrom('blocking.publication').selectAll().orderBy('id', 'desc').limit(page.limit)
  if (page.after !== undefined) query = query.where('id', '<', page.after)
  return query.execute()
}

export async function holdOf(tx: ReadTx, contentSha256: string) {
  return tx.db
    .selectFrom('blocking.hold')
    .selectAll()
    .where('content_sha256', '=', contentSha256)
    .executeTakeFirst()
}

/** The newest list that waits for a person. */
export async function openHold(tx: ReadTx) {
  return tx.db
    .selectFrom('blocking.hold')
    .selectAll()
    .where('released_at', 'is', null)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
}

export async function addHold(tx: Tx, row: Insertable<Tables['blocking.hold']>): Promise<void> {
  await tx.db
    .insertInto('blocking.hold')
    .values(row)
    .onConflict(conflict => conflict.doNothing())
    .execute()
}

export async function releaseHold(tx: Tx, id: PublicationId, by: AccountId): Promise<boolean> {
  const released = await tx.db
    .updateTable('blocking.hold')
    .set({ released_by: by, released_at: tx.now })
    .where('id', '=', id)
    .where('released_at', 'is', null)
    .executeTakeFirst()
  return released.numUpdatedRows > 0n
}
