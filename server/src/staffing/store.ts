import { sql, type Generated } from 'kysely'
import type { ReadTx, Tx } from '#platform/database'
import type { AccountId, AssignmentId, CaseId, OfficerId, PostingId, WarningId } from '#platform/ids'
import type { Breach } from './rules.ts'

declare module '#platform/database' {
  interface Tables {
    'staffing.officer': {
      id: OfficerId
      name: string
      is_woman: boolean
      is_leader: boolean
      added_at: Date
      languages: Generated<string[]>
      skills: Generated<string[]>
    }
    'staffing.agency': { code: string; ko: string; en: string; place: number; added_at: Date | null }
    'staffing.establishment': { only_row: boolean; officers: number }
    'staffing.warning': WarningRow & { mended_at: Date | null }
    'staffing.wish': WishRow & { met_at: Date | null; released_at: Date | null }
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

interface WishRow {
  case_id: CaseId
  agency: string
  asked_at: Date
  officer: OfficerId | null
}

interface WarningRow {
  id: WarningId
  breach: Breach['breach']
  agency: string | null
  reason: string
  accepted_by: AccountId
  accepted_at: Date
  mend_by: Date
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
    .select(['officer.skills', 'officer.languages'])
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

/** The local agencies, in the order in which lists show them. */
export async function agencies(tx: ReadTx) {
  return tx.db.selectFrom('staffing.agency').select(['code', 'ko', 'en']).orderBy('place').execute()
}

/** False where the code is taken. */
export async function addAgency(
  tx: Tx,
  row: { code: string; ko: string; en: string; added_at: Date },
): Promise<boolean> {
  const { rows } = await sql`insert into staffing.agency (code, ko, en, added_at, place)
    select ${row.code}, ${row.ko}, ${row.en}, ${row.added_at}, max(place) + 1 from staffing.agency
    on conflict (code) do nothing returning code`.execute(tx.db)
  return rows.length > 0
}

export async function establishment(tx: ReadTx): Promise<number> {
  const row = await tx.db.selectFrom('staffing.establishment').select('officers').executeTakeFirstOrThrow()
  return row.officers
}

export async function setEstablishment(tx: Tx, officers: number): Promise<void> {
  await tx.db.updateTable('staffing.establishment').set({ officers }).execute()
}

export async function openWarnings(tx: ReadTx) {
  return tx.db
    .selectFrom('staffing.warning')
    .selectAll()
    .where('mended_at', 'is', null)
    .orderBy('mend_by')
    .orderBy('id')
    .execute()
}

export async function addWarning(tx: Tx, row: WarningRow): Promise<void> {
  await tx.db
    .insertInto('staffing.warning')
    .values({ ...row, mended_at: null })
    .execute()
}

export async function endWarning(tx: Tx, id: WarningId, at: Date): Promise<void> {
  await tx.db.updateTable('staffing.warning').set({ mended_at: at }).where('id', '=', id).execute()
}

/** False where this very wish is open already and the same officer was called. */
export async function openWish(tx: Tx, row: WishRow): Promise<boolean> {
  const again = { agency: row.agency, asked_at: row.asked_at, officer: row.officer }
  const opened = await tx.db
    .insertInto('staffing.wish')
    .values({ ...row, met_at: null, released_at: null })
    .onConflict(conflict =>
      conflict
        .column('case_id')
        .doUpdateSet({ ...again, met_at: null, released_at: null })
        .where(on =>
          on.or([
            on('staffing.wish.met_at', 'is not', null),
            on('staffing.wish.released_at', 'is not', null),
            on('staffing.wish.agency', '<>', row.agency),
            on('staffing.wish.officer', 'is distinct from', row.officer),
          ]),
        ),
    )
    .returning('case_id')
    .executeTakeFirst()
  return opened !== undefined
}

/** Ends the case's wish that waits: it is met, or nobody needs it any more. False where none waits. */
export async function endWish(
  tx: Tx,
  caseId: CaseId,
  end: { met_at: Date } | { released_at: Date },
): Promise<boolean> {
  const ended = await tx.db
    .updateTable('staffing.wish')
    .set(end)
    .where('case_id', '=', caseId)
    .where('met_at', 'is', null)
    .where('released_at', 'is', null)
    .returning('case_id')
    .executeTakeFirst()
  return ended !== undefined
}

/** Who was called for the case's wish while it waits; undefined where none waits. */
export async function calledFor(tx: ReadTx, caseId: CaseId) {
  return tx.db
    .selectFrom('staffing.wish')
    .select('officer')
    .where('case_id', '=', caseId)
    .where('met_at', 'is', null)
    .where('released_at', 'is', null)
    .executeTakeFirst()
}

export async function openWishes(tx: ReadTx) {
  return tx.db
    .selectFrom('staffing.wish as wish')
    .leftJoin('staffing.officer as officer', 'officer.id', 'wish.officer')
    .select(['wish.case_id', 'wish.agency', 'wish.asked_at', 'wish.officer', 'officer.name'])
    .where('wish.met_at', 'is', null)
    .where('wish.released_at', 'is', null)
    .orderBy('wish.asked_at')
    .limit(200)
    .execute()
}
