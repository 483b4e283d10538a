import { sql } from 'kysely'
import type { ReadTx, Tx } from '#platform/database'
import type { AssignmentId, CaseId, OfficerId, PostingId } from '#platform/ids'

declare module '#platform/database' {
  interface Tables {
    'staffing.officer': { id: OfficerId; name: string; is_woman: boolean; is_leader: boolean; added_at: Date }
    'staffing.posting': {
      id: PostingId
      officer: OfficerId
      agency: string
      from_at: Date
      until_at: Date | null
    }
    'staffing.assignment': {
      id: AssignmentId
      case_id: CaseId
      agency: string
      officer: OfficerId
      from_at: Date
      until_at: Date | null
    }
  }
}

interface Load {
  officer: OfficerId
  load: number
  last_at: Date | null
}
const loads = sql<Load>`staffing.loads()`.as<'loads'>('loads')

/** Officers who serve now, with how many open cases they have: least busy first, then who waited longest. */
export async function officers(tx: ReadTx, agency?: string) {
  let query = tx.db
    .selectFrom('staffing.posting as posting')
    .innerJoin('staffing.officer as officer', 'officer.id', 'posting.officer')
    .leftJoin(loads, 'loads.officer', 'officer.id')
    .select(['officer.id', 'officer.name', 'officer.is_woman', 'officer.is_leader', 'posting.agency'])
    .select(sql<number>`coalesce(loads.load, 0)`.as('load'))
    .where('posting.until_at', 'is', null)
    .orderBy(sql`coalesce(loads.load, 0)`)
    .orderBy('loads.last_at', order => order.asc().nullsFirst())
    .orderBy('officer.id')
  if (agency !== undefined) query = query.where('posting.agency', '=', agency)
  return query.execute()
}

/** Open cases of each officer whose cases the caller counts. */
export async function shownLoads(tx: ReadTx): Promise<ReadonlyMap<OfficerId, number>> {
  const { rows } = await sql<{
    officer: OfficerId
    load: number
  }>`select officer, load from staffing.shown_loads()`.execute(tx.db as never)
  return new Map(rows.map(row => [row.officer, row.load]))
}

export async function officer(tx: ReadTx, id: OfficerId) {
  return tx.db.selectFrom('staffing.officer').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function addOfficer(
  tx: Tx,
  row: { id: OfficerId; name: string; is_woman: boolean; is_leader: boolean; added_at: Date },
): Promise<void> {
  await tx.db.insertInto('staffing.officer').values(row).execute()
}

/** Lets only one transaction at a time choose in this agency, so that two do not choose by the same count. */
export async function lockAgency(tx: Tx, agency: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`staffing/${agency}`}, 0))`.execute(tx.db)
}

export async function openPosting(tx: ReadTx, officer: OfficerId) {
  return tx.db
    .selectFrom('staffing.posting')
    .select(['id', 'agency'])
    .where('officer', '=', officer)
    .where('until_at', 'is', null)
    .executeTakeFirst()
}

export async function endPosting(tx: Tx, posting: PostingId, at: Date): Promise<void> {
  await tx.db.updateTable('staffing.posting').set({ until_at: at }).where('id', '=', posting).execute()
}

export async function addPosting(
  tx: Tx,
  row: { id: PostingId; officer: OfficerId; agency: string; from_at: Date },
): Promise<void> {
  await tx.db
    .insertInto('staffing.posting')
    .values({ ...row, until_at: null })
    .execute()
}

export async function postingsOf(tx: ReadTx, officer: OfficerId) {
  return tx.db
    .selectFrom('staffing.posting')
    .select(['agency', 'from_at', 'until_at'])
    .where('officer', '=', officer)
    .orderBy('id')
    .execute()
}

export async function openAssignments(tx: ReadTx, cases: readonly CaseId[]) {
  if (cases.length === 0) return []
  return tx.db
    .selectFrom('staffing.assignment as assignment')
    .innerJoin('staffing.officer as officer', 'officer.id', 'assignment.officer')
    .select(['assignment.case_id', 'assignment.officer', 'officer.name', 'officer.is_woman'])
    .where('assignment.case_id', 'in', [...cases])
    .where('assignment.until_at', 'is', null)
    .execute()
}

export async function endAssignment(tx: Tx, caseId: CaseId, at: Date): Promise<void> {
  await tx.db
    .updateTable('staffing.assignment')
    .set({ until_at: at })
    .where('case_id', '=', caseId)
    .where('until_at', 'is', null)
    .execute()
}

export async function addAssignment(
  tx: Tx,
  row: { id: AssignmentId; case_id: CaseId; agency: string; officer: OfficerId; from_at: Date },
): Promise<void> {
  await tx.db
    .insertInto('staffing.assignment')
    .values({ ...row, until_at: null })
    .execute()
}

export async function names(tx: ReadTx, officers: readonly OfficerId[]) {
  if (officers.length === 0) return []
  return tx.db
    .selectFrom('staffing.officer')
    .select(['id', 'name'])
    .where('id', 'in', [...officers])
    .execute()
}
