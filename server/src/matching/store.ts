import type { Matched } from '@jikimi/fingerprint'
import type { NotNull } from 'kysely'
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
import type { MatchKind, MatchState, ReversalReason } from './schema.ts'
import type { VerifiedCopy } from './verify.ts'

declare module '#platform/database' {
  interface Tables {
    'matching.banked': {
      id: BankedId
      case_id: CaseId
      /** What the victim's device has sent; null where it was made of an exhibit. */
      fingerprint_id: FingerprintId | null
      /** The confirmed copy from which it was made, and the match that says so. */
      exhibit_id: ExhibitId | null
      match_id: MatchId | null
      kind: 'picture' | 'video'
      profile: string
      /** In the open: only in rows from before fingerprints were sealed. */
      made: unknown
      sealed: Buffer | null
      /** Local features, sealed; only of pictures that the product holds. */
      features: Buffer | null
      banked_at: Date
      withdrawn_at: Date | null
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
      /** For a listed one: whether its bank calls it the same, by its limits when it was found. */
      is_strong: boolean | null
      kind: MatchKind
      distance: number | null
      quality: number | null
      share: number | null
      turn: string | null
      at_ms: number | null
      explanation: Matched | VerifiedCopy | FilmCopy | null
      /** Comparisons of films for which there was no time. */
      uncompared: number
      /** Of a film only the key frames were read, or the first pages. */
      is_partial: boolean
      profile: string
      state: MatchState
      /** The first of the two who must say of a listed one that it is the same. */
      agreed_by: AccountId | null
      agreed_at: Date | null
      found_at: Date
      decided_at: Date | null
      decided_by: AccountId | null
      reversed_at: Date | null
      reversed_by: AccountId | null
      reversed_for: ReversalReason | null
      /** What the person who took it back has added: the case's, and in no log. */
      reversed_words: string | null
    }
  }
}

/** A row of a bank, without its features: they are fifteen times as long, and seldom asked for. */
export type BankedRow = Omit<Tables['matching.banked'], 'features'>
type NewBanked = Tables['matching.banked']
export type MatchRow = Tables['matching.match']
export type ExaminationRow = Tables['matching.examination']

/** Adds to a bank what it does not have yet; how many those were. */
export async function addBanked(tx: Tx, rows: readonly NewBanked[]): Promise<number> {
  if (rows.length === 0) return 0
  const added = await tx.db
    .insertInto('matching.banked')
    .values([...rows])
    .onConflict(conflict => conflict.doNothing())
    .returning('id')
    .execute()
  return added.length
}

const bankedColumns = [
  'id',
  'case_id',
  'fingerprint_id',
  'exhibit_id',
  'match_id',
  'kind',
  'profile',
  'made',
  'sealed',
  'banked_at',
  'withdrawn_at',
] as const satisfies readonly (keyof BankedRow)[]

/** The bank of a case, without what was withdrawn. */
export async function bankedOfCase(tx: ReadTx, id: CaseId): Promise<BankedRow[]> {
  return tx.db
    .selectFrom('matching.banked')
    .select(bankedColumns)
    .where('case_id', '=', id)
    .where('withdrawn_at', 'is', null)
    .orderBy('id')
    .execute()
}

/** Sealed features of the bank of a case, the newest first. */
export async function featuresOfCase(tx: ReadTx, id: CaseId, limit: number) {
  return tx.db
    .selectFrom('matching.banked')
    .select(['id', 'case_id', 'features'])
    .$narrowType<{ features: NotNull }>()
    .where('case_id', '=', id)
    .where('features', 'is not', null)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

/** A row of a bank, withdrawn or not. */
export async function banked(tx: ReadTx, id: BankedId): Promise<BankedRow | undefined> {
  return tx.db.selectFrom('matching.banked').select(bankedColumns).where('id', '=', id).executeTakeFirst()
}

/** Empties what was made of the copy that this match had confirmed; how many rows those were. */
export async function withdrawDerived(tx: Tx, id: MatchId): Promise<number> {
  const { numUpdatedRows } = await tx.db
    .updateTable('matching.banked')
    .set({ made: null, sealed: null, features: null, withdrawn_at: tx.now })
    .where('match_id', '=', id)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

/** Rows that stand in the open, kept from other processes until the transaction ends. */
export async function unsealed(tx: Tx, limit: number): Promise<BankedRow[]> {
  return tx.db
    .selectFrom('matching.banked')
    .select(bankedColumns)
    .where('sealed', 'is', null)
    .where('withdrawn_at', 'is', null)
    .orderBy('id')
    .limit(limit)
    .forUpdate()
    .execute()
}

/** Puts the sealed form in the place of the open one. */
export async function sealBanked(tx: Tx, id: BankedId, sealed: Buffer): Promise<void> {
  await tx.db.updateTable('matching.banked').set({ sealed, made: null }).where('id', '=', id).execute()
}

/** A page of what victims' devices have sent, oldest first, from `since` on. */
export async function bankedSince(
  tx: ReadTx,
  since: Date,
  page: { limit: number; offset: number },
): Promise<BankedRow[]> {
  return tx.db
    .selectFrom('matching.banked')
    .select(bankedColumns)
    .where('banked_at', '>=', since)
    .where('fingerprint_id', 'is not', null)
    .where('withdrawn_at', 'is', null)
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

export async function match(tx: ReadTx, id: MatchId): Promise<MatchRow | undefined> {
  return tx.db.selectFrom('matching.match').selectAll().where('id', '=', id).executeTakeFirst()
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

export async function reverse(
  tx: Tx,
  id: MatchId,
  reversal: Pick<MatchRow, 'reversed_by' | 'reversed_for' | 'reversed_words'>,
): Promise<void> {
  await tx.db
    .updateTable('matching.match')
    .set({ ...reversal, state: 'reversed', reversed_at: tx.now })
    .where('id', '=', id)
    .execute()
}

/** Confirmed matches that no person has decided, found by a copy that this match had confirmed. */
export async function restingOn(tx: ReadTx, id: MatchId): Promise<MatchRow[]> {
  return tx.db
    .selectFrom('matching.match as match')
    .innerJoin('matching.banked as banked', 'banked.id', 'match.banked_id')
    .selectAll('match')
    .where('banked.match_id', '=', id)
    .where('match.state', '=', 'confirmed')
    .where('match.decided_by', 'is', null)
    .orderBy('match.id')
    .execute()
}

/** Notes the first of two who say that it is the same, or that there is none any more. */
export async function agree(tx: Tx, id: MatchId, by: AccountId | null): Promise<void> {
  await tx.db
    .updateTable('matching.match')
    .set({ agreed_by: by, agreed_at: by === null ? null : tx.now })
    .where('id', '=', id)
    .execute()
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
