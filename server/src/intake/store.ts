import { sql, type Generated, type Insertable } from 'kysely'
import type { ReadTx, Tables, Tx } from '#platform/database'
import type { AccountId, AddressId, CaseId, FingerprintId, MessageId, ReportId } from '#platform/ids'
import type { Consents, Particulars } from './particulars.ts'
import type {
  CaseState,
  Concern,
  ContactWay,
  Language,
  Relation,
  ReportedFingerprint,
  Sender,
  Source,
  Step,
} from './schema.ts'

declare module '#platform/database' {
  interface Tables {
    'intake.report': {
      id: ReportId
      filed_at: Date
      receipt_veil: string
      key_veil: string
      form_veil: string
      language: Language
      concern: Concern
      relation: Relation
      age_under_18: boolean | null
      particulars: Particulars
      consents: Consents
      region: string | null
      /** In the open: only of reports from before stories were sealed. */
      story: string
      story_letter: string | null
      word_veil: string | null
      answers_recipient: string | null
      own_recipient: string | null
      team_recipient: string | null
      team_sealed: string | null
      returned_at: Date | null
      wants_woman: boolean
      contact_way: ContactWay
      contact_value: string | null
      contact_note: string | null
      case_id: CaseId | null
      case_state: Generated<CaseState>
      officer_is_woman: boolean | null
    }
    'intake.address': {
      id: AddressId
      report_id: ReportId
      typed: string
      canonical: string
      host: string
      source: Source
      place: number | null
      added_at: Date
    }
    'intake.unreadable': {
      position: Generated<number>
      report_id: ReportId
      text: string
      code: string
      place: number | null
      added_at: Date
    }
    'intake.fingerprint': {
      id: FingerprintId
      report_id: ReportId
      kind: ReportedFingerprint['kind']
      /** In the open: only in rows from before fingerprints were sealed. */
      made: unknown
      sealed: Buffer | null
    }
    'intake.step': {
      position: Generated<number>
      address_id: AddressId
      report_id: ReportId
      step: Step
      at: Date
    }
    'intake.message': {
      id: MessageId
      report_id: ReportId
      sender: Sender
      account_id: AccountId | null
      text: string | null
      letter: string | null
      key: string | null
      written_at: Date
      read_at: Date | null
    }
    'intake.reading': { account_id: AccountId; report_id: ReportId; hour: Date }
  }
}

type Row<T extends keyof Tables> = Insertable<Tables[T]>
export type FingerprintRow = Tables['intake.fingerprint']
type NewReport = Omit<Row<'intake.report'>, 'case_state' | 'case_id' | 'officer_is_woman' | 'returned_at'>

/** Enters the report, or says false where its key (or, once in 10^16, its receipt) is taken. */
export async function addReport(tx: Tx, report: NewReport): Promise<boolean> {
  // Without a conflict target: naming one would ask for the right to read the row that is in the way.
  const { numInsertedOrUpdatedRows } = await tx.db
    .insertInto('intake.report')
    .values({ ...report, case_id: null, officer_is_woman: null, returned_at: null })
    .onConflict(conflict => conflict.doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

export async function filingOfKey(
  tx: Tx,
  veil: string,
): Promise<{ report_id: ReportId; form_veil: string } | undefined> {
  const { rows } = await sql<{
    report_id: ReportId
    form_veil: string
  }>`select report_id, form_veil from intake.filing_of_key(${veil})`.execute(tx.db)
  return rows[0]
}

export async function report(tx: ReadTx, id: ReportId) {
  return tx.db.selectFrom('intake.report').selectAll().where('id', '=', id).executeTakeFirst()
}

/** Lets one change of a report's conversation or addresses follow the other, until the transaction ends. */
export async function takeTurn(tx: Tx, subject: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`intake/${subject}`}, 0))`.execute(tx.db)
}

export async function bind(tx: Tx, id: ReportId, caseId: CaseId): Promise<void> {
  await tx.db.updateTable('intake.report').set({ case_id: caseId }).where('id', '=', id).execute()
}

export async function setCaseState(
  tx: Tx,
  id: ReportId,
  told: { case_state: CaseState; officer_is_woman: boolean | null },
): Promise<void> {
  await sql`select intake.tell_case_state(${id}, ${told.case_state}, ${told.officer_is_woman})`.execute(tx.db)
}

export async function addAddresses(tx: Tx, addresses: readonly Row<'intake.address'>[]): Promise<void> {
  if (addresses.length > 0)
    await tx.db
      .insertInto('intake.address')
      .values([...addresses])
      .execute()
}

export async function addUnreadable(tx: Tx, rows: readonly Row<'intake.unreadable'>[]): Promise<void> {
  if (rows.length > 0)
    await tx.db
      .insertInto('intake.unreadable')
      .values([...rows])
      .execute()
}

export async function addFingerprints(tx: Tx, rows: readonly Row<'intake.fingerprint'>[]): Promise<void> {
  if (rows.length > 0)
    await tx.db
      .insertInto('intake.fingerprint')
      .values([...rows])
      .execute()
}

/** Rows that stand in the open, kept from other processes until the transaction ends. */
export async function unsealed(tx: Tx, limit: number): Promise<FingerprintRow[]> {
  return tx.db
    .selectFrom('intake.fingerprint')
    .selectAll()
    .where('sealed', 'is', null)
    .orderBy('id')
    .limit(limit)
    .forUpdate()
    .execute()
}

/** Puts the sealed form in the place of the open one. */
export async function sealFingerprint(tx: Tx, id: FingerprintId, sealed: Buffer): Promise<void> {
  await tx.db.updateTable('intake.fingerprint').set({ sealed, made: null }).where('id', '=', id).execute()
}

export async function addSteps(
  tx: Tx,
  steps: readonly { address_id: AddressId; report_id: ReportId; step: Step; at: Date }[],
): Promise<void> {
  if (steps.length > 0)
    await tx.db
      .insertInto('intake.step')
      .values([...steps])
      .execute()
}

export async function addressesOf(tx: ReadTx, id: ReportId) {
  return tx.db.selectFrom('intake.address').selectAll().where('report_id', '=', id).orderBy('id').execute()
}

export async function unreadableOf(tx: ReadTx, id: ReportId) {
  return tx.db
    .selectFrom('intake.unreadable')
    .select(['text', 'code', 'place'])
    .where('report_id', '=', id)
    .orderBy('position')
    .execute()
}

export async function fingerprintsOf(tx: ReadTx, id: ReportId): Promise<FingerprintRow[]> {
  return tx.db
    .selectFrom('intake.fingerprint')
    .selectAll()
    .where('report_id', '=', id)
    .orderBy('id')
    .execute()
}

export async function fingerprintKinds(
  tx: ReadTx,
  id: ReportId,
): Promise<readonly ReportedFingerprint['kind'][]> {
  const rows = await tx.db
    .selectFrom('intake.fingerprint')
    .select('kind')
    .where('report_id', '=', id)
    .execute()
  return rows.map(row => row.kind)
}

export async function address(tx: ReadTx, id: AddressId) {
  return tx.db.selectFrom('intake.address').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function addressByCanonical(tx: ReadTx, id: ReportId, canonical: string) {
  return tx.db
    .selectFrom('intake.address')
    .selectAll()
    .where('report_id', '=', id)
    .where('canonical', '=', canonical)
    .executeTakeFirst()
}

export async function stepsOf(tx: ReadTx, id: ReportId) {
  return tx.db
    .selectFrom('intake.step')
    .select(['address_id', 'step', 'at'])
    .where('report_id', '=', id)
    .orderBy('position')
    .execute()
}

export async function latestStep(tx: ReadTx, id: AddressId): Promise<Step | undefined> {
  const row = await tx.db
    .selectFrom('intake.step')
    .select('step')
    .where('address_id', '=', id)
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.step
}

export async function addMessage(tx: Tx, message: Row<'intake.message'>): Promise<void> {
  await tx.db.insertInto('intake.message').values(message).execute()
}

export async function messagesOf(
  tx: ReadTx,
  id: ReportId,
  page: { limit: number; after: MessageId | undefined },
) {
  let query = tx.db
    .selectFrom('intake.message')
    .selectAll()
    .where('report_id', '=', id)
    .orderBy('id')
    .limit(page.limit)
  if (page.after !== undefined) query = query.where('id', '>', page.after)
  return query.execute()
}

export async function messageByKey(tx: ReadTx, id: ReportId, key: string) {
  return tx.db
    .selectFrom('intake.message')
    .selectAll()
    .where('report_id', '=', id)
    .where('key', '=', key)
    .executeTakeFirst()
}

export async function latestMessage(tx: ReadTx, id: ReportId) {
  return tx.db
    .selectFrom('intake.message')
    .selectAll()
    .where('report_id', '=', id)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
}

export async function messageCountSince(
  tx: ReadTx,
  id: ReportId,
  sender: Sender,
  since: Date,
): Promise<number> {
  const row = await tx.db
    .selectFrom('intake.message')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('report_id', '=', id)
    .where('sender', '=', sender)
    .where('written_at', '>', since)
    .executeTakeFirstOrThrow()
  return row.count
}

/** Marks these messages as read, and says how many were not yet. */
export async function markRead(tx: Tx, messages: readonly MessageId[]): Promise<number> {
  if (messages.length === 0) return 0
  const { numUpdatedRows } = await tx.db
    .updateTable('intake.message')
    .set({ read_at: tx.now })
    .where('id', 'in', [...messages])
    .where('read_at', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(numUpdatedRows)
}

/** How many messages of the reporter, or of the staff, the other side has not read, by report. */
export async function unreadBy(
  tx: ReadTx,
  reports: readonly ReportId[],
  of: 'reporter' | 'staff',
): Promise<ReadonlyMap<ReportId, number>> {
  if (reports.length === 0) return new Map()
  const rows = await tx.db
    .selectFrom('intake.message')
    .select(({ fn }) => ['report_id', fn.countAll<number>().as('count')])
    .where('report_id', 'in', [...reports])
    .where('read_at', 'is', null)
    .where('sender', of === 'reporter' ? '=' : '<>', 'reporter')
    .groupBy('report_id')
    .execute()
  return new Map(rows.map(row => [row.report_id, row.count]))
}

/** Notes that this account read the report in this hour; true the first time. */
export async function noteReading(tx: Tx, reading: Row<'intake.reading'>): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx.db
    .insertInto('intake.reading')
    .values(reading)
    .onConflict(conflict => conflict.doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}
