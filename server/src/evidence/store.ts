import type { ReadTx, Tables, Tx } from '#platform/database'
import type { AddressId, CaptureId, CaseId, ExhibitId } from '#platform/ids'
import type { ObjectName } from '#platform/objects'
import type { ExhibitKind, Fault } from './schema.ts'
import type { CaptureState } from './states.ts'

declare module '#platform/database' {
  interface Tables {
    'evidence.capture': {
      id: CaptureId
      case_id: CaseId
      address_id: AddressId
      state: CaptureState
      fault: Fault | null
      asked_at: Date
      begun_at: Date | null
      finished_at: Date | null
    }
    'evidence.exhibit': {
      id: ExhibitId
      capture_id: CaptureId
      case_id: CaseId
      address_id: AddressId
      kind: ExhibitKind
      place: number
      url: string | null
      content_type: string
      size: number
      plain_sha256: Buffer
      salt: Buffer
      sealed_sha256: ObjectName
      sealed_size: number
      /** Names and versions of what made it, as JSON text. */
      tools: unknown
      sealed_at: Date
    }
  }
}

export type CaptureRow = Tables['evidence.capture']
export type ExhibitRow = Tables['evidence.exhibit']

export async function addCapture(tx: Tx, row: CaptureRow): Promise<void> {
  await tx.db.insertInto('evidence.capture').values(row).execute()
}

/** The capture, kept from others' changes until the transaction ends. */
export async function captureForUpdate(tx: Tx, id: CaptureId): Promise<CaptureRow | undefined> {
  return tx.db.selectFrom('evidence.capture').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
}

export async function setCapture(
  tx: Tx,
  id: CaptureId,
  change: Partial<Pick<CaptureRow, 'state' | 'fault' | 'begun_at' | 'finished_at'>>,
): Promise<void> {
  await tx.db.updateTable('evidence.capture').set(change).where('id', '=', id).execute()
}

/** The newest capture of an address. */
export async function latestCapture(tx: ReadTx, address: AddressId): Promise<CaptureRow | undefined> {
  return tx.db
    .selectFrom('evidence.capture')
    .selectAll()
    .where('address_id', '=', address)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
}

export async function capturesOfCase(tx: ReadTx, id: CaseId, limit: number): Promise<CaptureRow[]> {
  return tx.db
    .selectFrom('evidence.capture')
    .selectAll()
    .where('case_id', '=', id)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

export async function addExhibits(tx: Tx, rows: readonly ExhibitRow[]): Promise<void> {
  await tx.db
    .insertInto('evidence.exhibit')
    .values([...rows])
    .execute()
}

export async function exhibit(tx: ReadTx, id: ExhibitId): Promise<ExhibitRow | undefined> {
  return tx.db.selectFrom('evidence.exhibit').selectAll().where('id', '=', id).executeTakeFirst()
}

/** All of one capture: the archive, the picture, the media in their order. */
export async function exhibitsOfCapture(tx: ReadTx, id: CaptureId): Promise<ExhibitRow[]> {
  return tx.db
    .selectFrom('evidence.exhibit')
    .selectAll()
    .where('capture_id', '=', id)
    .orderBy('kind')
    .orderBy('place')
    .execute()
}

export async function exhibitsOfCase(
  tx: ReadTx,
  id: CaseId,
  page: { limit: number; after: ExhibitId | undefined },
): Promise<ExhibitRow[]> {
  let query = tx.db
    .selectFrom('evidence.exhibit')
    .selectAll()
    .where('case_id', '=', id)
    .orderBy('id')
    .limit(page.limit)
  if (page.after !== undefined) query = query.where('id', '>', page.after)
  return query.execute()
}
