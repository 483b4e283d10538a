import type { Matched } from '@jikimi/fingerprint'
import type { ReadTx, Tables, Tx } from '#platform/database'
import type {
  AccountId,
  AddressId,
  BankedId,
  BankEntryId,
  BankId,
  CaseId,
  ExhibitId,
  FingerprintId,
  MatchId,
} from '#platform/ids'
import type { FilmCopy } from './film-copy.ts'
import type { MatchKind, MatchState } from './schema.ts'

declare module '#platform/database' {
  interface Tables {
    'matching.banked': {
      id: BankedId
      case_id: CaseId
      fingerprint_id: FingerprintId
      kind: 'picture' | 'video'
      profile: string
      /** In the open: only in rows from before fingerprints were sealed. */
      made: unknown
      sealed: Buffer | null
      banked_at: Date
    }
    'matching.examination': {
      exhibit_id: ExhibitId
      case_id: CaseId
      address_id: AddressId
      state: 'queued' | 'done'
      media: number | null
      unreadable: number | null
      other_cases: number | null
      asked_at: Date
      done_at: Date | null
    }
    'matching.match': {
      id: MatchId
      case_id: CaseId
      address_id: AddressId
      exhibit_id: ExhibitId
      banked_id: BankedId | null
      bank_id: BankId | null
      entry_id: BankEntryId | null
      kind: MatchKind
      distance: number | null
      quality: number | null
      share: number | null
      turn: string | null
      at_ms: number | null
      explanation: Matched | FilmCopy | null
      profile: string
      state: MatchState
      found_at: Date
      decided_at: Date | null
      decided_by: AccountId | null
    }
  }
}

export type BankedRow = Tables['matching.banked']
export type MatchRow = Tables['matching.match']
export type ExaminationRow = Tables['matching.examination']

/** Adds to a bank what it does not have yet; how many those were. */
export async function addBanked(tx: Tx, rows: readonly BankedRow[]): Promise<number> {
  if (rows.length === 0) return 0
  const added = await tx.db
    .insertInto('matching.banked')
    .values([...rows])
    .onConflict(conflict => conflict.columns(['case_id', 'fingerprint_id']).doNothing())
    .returning('id')
    .execute()
  return added.length
}

export async function bankedOfCase(tx: ReadTx, id: CaseId): Promise<BankedRow[]> {
  return tx.db.selectFrom('matching.banked').selectAll().where('case_id', '=', id).orderBy('id').execute()
}

/** Rows that stand in the open, kept from other processes until the transaction ends. */
export async function unsealed(tx: Tx, limit: number): Promise<BankedRow[]> {
  return tx.db
    .selectFrom('matching.banked')
    .selectAll()
    .where('sealed', 'is', null)
    .orderBy('id')
    .limit(limit)
    .forUpdate()
    .execute()
}

/** Puts the sealed form in the place of the open one. */
export async function sealBanked(tx: Tx, id: BankedId, sealed: Buffer): Promise<void> {
  await tx.db.updateTable('matching.banked').set({ sealed, made: null }).where('id', '=', id).execute()
}

/** A page of all banks, oldest first, from `since` on. */
export async function bankedSince(
  tx: ReadTx,
  since: Date,
  page: { limit: number; offset: number },
): Promise<BankedRow[]> {
  return tx.db
    .selectFrom('matching.banked')
    .selectAll()
    .where('banked_at', '>=', since)
    .orderBy('banked_at')
    .orderBy('id')
    .limit(page.limit)
    .offset(page.offset)
    .execute()
}

/** Notes that a capture is to be looked through; false where it was noted before. */
export async function addExamination(tx: Tx, row: ExaminationRow): Promise<boolean> {
  const added = await tx.db
    .insertInto('matching.examination')
    .values(row)
    .onConflict(conflict => conflict.column('exhibit_id').doNothing())
    .returning('exhibit_id')
    .executeTakeFirst()
  return added !== undefined
}

export async function examination(tx: ReadTx, id: ExhibitId): Promise<ExaminationRow | undefined> {
  return tx.db.selectFrom('matching.examination').selectAll().where('exhibit_id', '=', id).executeTakeFirst()
}

/** The examination, kept from others' changes until the transaction ends. */
export async function examinationForUpdate(tx: Tx, id: ExhibitId): Promise<ExaminationRow | undefined> {
  return tx.db
    .selectFrom('matching.examination')
    .selectAll()
    .where('exhibit_id', '=', id)
    .forUpdate()
    .executeTakeFirst()
}

export async function finishExamination(
  tx: Tx,
  id: ExhibitId,
  found: Pick<ExaminationRow, 'media' | 'unreadable' | 'other_cases' | 'done_at'>,
): Promise<void> {
  await tx.db
    .updateTable('matching.examination')
    .set({ ...found, state: 'done' })
    .where('exhibit_id', '=', id)
    .execute()
}

/** Adds matches; those of an exhibit that has one stay as they are. */
export async function addMatches(tx: Tx, rows: readonly MatchRow[]): Promise<void> {
  await tx.db
    .insertInto('matching.match')
    .values([...rows])
    .onConflict(conflict => conflict.columns(['case_id', 'address_id', 'exhibit_id']).doNothing())
    .execute()
}

export async function matchForUpdate(tx: Tx, id: MatchId): Promise<MatchRow | undefined> {
  return tx.db.selectFrom('matching.match').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
}

export async function decide(
  tx: Tx,
  id: MatchId,
  decision: Pick<MatchRow, 'state' | 'decided_at' | 'decided_by'>,
): Promise<void> {
  await tx.db.updateTable('matching.match').set(decision).where('id', '=', id).execute()
}

export async function matchesOfAddress(tx: ReadTx, address: AddressId): Promise<MatchRow[]> {
  return tx.db
    .selectFrom('matching.match')
    .selectAll()
    .where('address_id', '=', address)
    .orderBy('id')
    .execute()
}

export interface MatchAsk {
  readonly case: CaseId | undefined
  readonly state: MatchState | undefined
  readonly limit: number
  readonly after: MatchId | undefined
}

/** A page of matches, newest first. What waits beside a confirmed one of the same address waits for nobody. */
export async function matches(tx: ReadTx, asked: MatchAsk): Promise<MatchRow[]> {
  let query = tx.db
    .selectFrom('matching.match as match')
    .selectAll('match')
    .orderBy('match.id', 'desc')
    .limit(asked.limit)
  if (asked.case !== undefined) query = query.where('match.case_id', '=', asked.case)
  if (asked.state !== undefined) query = query.where('match.state', '=', asked.state)
  if (asked.after !== undefined) query = query.where('match.id', '<', asked.after)
  if (asked.state === 'pending') {
    query = query.where(
      'match.address_id',
      'not in',
      tx.db.selectFrom('matching.match').select('address_id').where('state', '=', 'confirmed'),
    )
  }
  return query.execute()
}
