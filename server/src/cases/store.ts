import { sql, type Generated, type Insertable, type Selectable } from 'kysely'
import type { ReadTx, Tables, Tx } from '#platform/database'
import type { AccountId, CaseId, HandoverId, MatterId, MemberId, OfficerId, ReportId } from '#platform/ids'
import type { Concern } from '#intake'
import type { CaseState, Ground, HandoverReason, MatterKind, MatterState, Reason } from './schema.ts'

declare module '#platform/database' {
  interface Tables {
    'cases.file': {
      id: CaseId
      agency: string
      report_id: ReportId
      number: string
      state: CaseState
      concern: Concern
      is_minor: boolean
      is_urgent: boolean
      wants_woman: boolean
      officer_id: OfficerId | null
      is_known_person: Generated<boolean>
      is_kept_from_guardian: Generated<boolean>
      opened_at: Date
      closed_at: Date | null
    }
    'cases.counter': { agency: string; year: number; last: number }
    'cases.matter': {
      id: MatterId
      case_id: CaseId
      kind: MatterKind
      about: string | null
      state: MatterState
      opened_at: Date
      settled_at: Date | null
      reason: Reason | null
    }
    'cases.host': { agency: string; host: string; case_id: CaseId }
    'cases.member': {
      id: MemberId
      case_id: CaseId
      account_id: AccountId
      ground: Ground
      words: string
      let_by: AccountId | null
      from_at: Date
      until_at: Date | null
      ended_at: Date | null
    }
    'cases.handover': {
      id: HandoverId
      case_id: CaseId
      from_agency: string
      to_agency: string
      from_officer: OfficerId | null
      to_officer: OfficerId | null
      reason: HandoverReason
      words: string
      made_by: AccountId
      made_at: Date
      done_at: Date | null
      noted_at: Date | null
    }
    'cases.reading': { account_id: AccountId; case_id: CaseId; hour: Date }
  }
}

export type File = Selectable<Tables['cases.file']>
type NewFile = Insertable<Tables['cases.file']>
/** A file that the caller knows of, and whether they see into the case. */
export type KnownFile = File & { readonly is_inside: boolean }
export type MemberRow = Tables['cases.member']
export type HandoverRow = Tables['cases.handover']
export type MatterRow = Tables['cases.matter']

/** Lets one opening of a report follow the other, until the transaction ends: a job may run twice at once. */
export async function takeTurn(tx: Tx, report: ReportId): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`cases/${report}`}, 0))`.execute(tx.db)
}

/** The next number of this agency in this year. The row stays locked until the case stands, so none is lost. */
export async function nextNumber(tx: Tx, agency: string, year: number): Promise<number> {
  const row = await tx.db
    .insertInto('cases.counter')
    .values({ agency, year, last: 1 })
    .onConflict(conflict =>
      conflict.columns(['agency', 'year']).doUpdateSet({ last: sql<number>`counter.last + 1` }),
    )
    .returning('last')
    .executeTakeFirstOrThrow()
  return row.last
}

export async function addFile(tx: Tx, file: NewFile): Promise<void> {
  await tx.db.insertInto('cases.file').values(file).execute()
}

// Whether the caller sees more of a file than its outside; the database's own rule.
const isInside = sql<boolean>`cases.sees(file.id)`.as('is_inside')

export async function file(tx: ReadTx, id: CaseId): Promise<KnownFile | undefined> {
  return tx.db
    .selectFrom('cases.file as file')
    .selectAll('file')
    .select(isInside)
    .where('file.id', '=', id)
    .executeTakeFirst()
}

/** The file, kept from others' changes until the transaction ends: matters of one case follow each other. */
export async function fileForUpdate(tx: Tx, id: CaseId): Promise<File | undefined> {
  return tx.db.selectFrom('cases.file').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
}

export async function fileOfReport(tx: ReadTx, report: ReportId): Promise<File | undefined> {
  return tx.db.selectFrom('cases.file').selectAll().where('report_id', '=', report).executeTakeFirst()
}

export async function numbersOf(tx: ReadTx, wanted: readonly CaseId[]): Promise<ReadonlyMap<CaseId, string>> {
  if (wanted.length === 0) return new Map()
  const rows = await tx.db
    .selectFrom('cases.file')
    .select(['id', 'number'])
    .where('id', 'in', [...wanted])
    .execute()
  return new Map(rows.map(row => [row.id, row.number]))
}

export async function setState(
  tx: Tx,
  id: CaseId,
  change: { state: CaseState; closed_at: Date | null },
): Promise<void> {
  await tx.db.updateTable('cases.file').set(change).where('id', '=', id).execute()
}

export async function setOfficer(tx: Tx, id: CaseId, officer: OfficerId | null): Promise<void> {
  await tx.db.updateTable('cases.file').set({ officer_id: officer }).where('id', '=', id).execute()
}

export async function addHosts(tx: Tx, rows: readonly Tables['cases.host'][]): Promise<void> {
  if (rows.length === 0) return
  await tx.db
    .insertInto('cases.host')
    .values([...rows])
    .onConflict(conflict => conflict.doNothing())
    .execute()
}

export async function matter(tx: ReadTx, id: MatterId): Promise<MatterRow | undefined> {
  return tx.db.selectFrom('cases.matter').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function matterAbout(
  tx: ReadTx,
  id: CaseId,
  kind: MatterKind,
  about: string | null,
): Promise<MatterRow | undefined> {
  return tx.db
    .selectFrom('cases.matter')
    .selectAll()
    .where('case_id', '=', id)
    .where('kind', '=', kind)
    .where('about', about === null ? 'is' : '=', about)
    .executeTakeFirst()
}

export async function mattersOf(tx: ReadTx, id: CaseId): Promise<MatterRow[]> {
  return tx.db.selectFrom('cases.matter').selectAll().where('case_id', '=', id).orderBy('id').execute()
}

export async function addMatter(tx: Tx, row: MatterRow): Promise<void> {
  await tx.db.insertInto('cases.matter').values(row).execute()
}

export async function setMatter(
  tx: Tx,
  id: MatterId,
  change: { state: MatterState; settled_at: Date | null; reason: Reason | null },
): Promise<void> {
  await tx.db.updateTable('cases.matter').set(change).where('id', '=', id).execute()
}

export interface Counts {
  readonly open: number
  readonly addresses: number
}

/** Matters that are open, and addresses, by case. */
export async function countsOf(tx: ReadTx, files: readonly CaseId[]): Promise<ReadonlyMap<CaseId, Counts>> {
  if (files.length === 0) return new Map()
  const rows = await tx.db
    .selectFrom('cases.matter')
    .select(({ fn }) => [
      'case_id',
      fn.countAll<number>().filterWhere('state', '<>', 'settled').as('open'),
      fn.countAll<number>().filterWhere('kind', '=', 'address').as('addresses'),
    ])
    .where('case_id', 'in', [...files])
    .groupBy('case_id')
    .execute()
  return new Map(rows.map(row => [row.case_id, row]))
}

export interface FileQuery {
  readonly state: CaseState | undefined
  readonly officer: OfficerId | null | undefined
  readonly q: string | undefined
  readonly limit: number
  readonly after: CaseId | undefined
}

// After every letter that a host or a case number begins with: the end of a range of texts with one beginning.
const lastLetter = '\u{10ffff}'

/** A page of the files that the caller knows of, newest first. */
export async function files(tx: ReadTx, asked: FileQuery): Promise<KnownFile[]> {
  const { state, officer, q, limit, after } = asked
  let query = tx.db
    .selectFrom('cases.file as file')
    .selectAll('file')
    .select(isInside)
    .orderBy('file.id', 'desc')
    .limit(limit)
  if (state !== undefined) query = query.where('file.state', '=', state)
  if (officer !== undefined) query = query.where('file.officer_id', '=', officer)
  if (after !== undefined) query = query.where('file.id', '<', after)
  if (q !== undefined) {
    const end = `${q}${lastLetter}`
    const byHost = tx.db
      .selectFrom('cases.host')
      .select('case_id')
      .where('host', '>=', q.toLowerCase())
      .where('host', '<', end.toLowerCase())
    query = query.where(where =>
      where.or([
        where.and([where('file.number', '>=', q), where('file.number', '<', end)]),
        where('file.id', 'in', byHost),
      ]),
    )
  }
  return query.execute()
}

/** Notes that this account read the case in this hour; true the first time. */
export async function noteReading(tx: Tx, reading: Tables['cases.reading']): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx.db
    .insertInto('cases.reading')
    .values(reading)
    .onConflict(conflict => conflict.doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}
