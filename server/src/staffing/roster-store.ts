import type { ReadTx, Tx } from '#platform/database'
import type { AccountId, CalendarId, DutyId, LeaveId, OfficerId, RosterId, SwapId } from '#platform/ids'
import type { swapStates } from './roster-schema.ts'

export type SwapState = (typeof swapStates)[number]

declare module '#platform/database' {
  interface Tables {
    'staffing.leave': { id: LeaveId; officer: OfficerId; from_day: string; until_day: string }
    'staffing.roster': RosterRow
    'staffing.duty': { id: DutyId; roster: RosterId; day: string; officer: OfficerId }
    'staffing.swap': {
      id: SwapId
      duty: DutyId
      asked_by: OfficerId
      asked_of: OfficerId
      state: SwapState
      asked_at: Date
      decided_by: AccountId | null
      decided_at: Date | null
    }
    'staffing.calendar': {
      id: CalendarId
      officer: OfficerId
      secret_digest: Buffer
      made_at: Date
      revoked_at: Date | null
    }
  }
}

export interface RosterRow {
  id: RosterId
  first_day: string
  days: number
  people_on_shift: number
  rest_days: number
  made_by: AccountId
  made_at: Date
}

export async function leave(tx: ReadTx, from: string) {
  return tx.db
    .selectFrom('staffing.leave as leave')
    .innerJoin('staffing.officer as officer', 'officer.id', 'leave.officer')
    .select(['leave.id', 'leave.officer', 'officer.name', 'leave.from_day', 'leave.until_day'])
    .where('leave.until_day', '>=', from)
    .orderBy('leave.from_day')
    .orderBy('leave.id')
    .execute()
}

export async function addLeave(
  tx: Tx,
  row: { id: LeaveId; officer: OfficerId; from_day: string; until_day: string },
): Promise<void> {
  await tx.db.insertInto('staffing.leave').values(row).execute()
}

export async function dropLeave(tx: Tx, id: LeaveId): Promise<OfficerId | undefined> {
  const row = await tx.db
    .deleteFrom('staffing.leave')
    .where('id', '=', id)
    .returning('officer')
    .executeTakeFirst()
  return row?.officer
}

/** The roster that holds `day`, or the first that begins after it. */
export async function rosterFrom(tx: ReadTx, day: string): Promise<RosterRow | undefined> {
  const rows = await tx.db
    .selectFrom('staffing.roster')
    .selectAll()
    .where('id', 'in', tx.db.selectFrom('staffing.duty').select('roster').where('day', '>=', day))
    .orderBy('first_day')
    .execute()
  return rows[0]
}

export async function roster(tx: ReadTx, id: RosterId): Promise<RosterRow | undefined> {
  return tx.db.selectFrom('staffing.roster').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function dropRoster(tx: Tx, id: RosterId): Promise<void> {
  await tx.db.deleteFrom('staffing.roster').where('id', '=', id).execute()
}

export async function addRoster(
  tx: Tx,
  row: RosterRow,
  duties: readonly { id: DutyId; roster: RosterId; day: string; officer: OfficerId }[],
): Promise<void> {
  await tx.db.insertInto('staffing.roster').values(row).execute()
  await tx.db
    .insertInto('staffing.duty')
    .values([...duties])
    .execute()
}

export async function duties(tx: ReadTx, span: { from: string; until: string; officer?: OfficerId }) {
  let query = tx.db
    .selectFrom('staffing.duty as duty')
    .innerJoin('staffing.officer as officer', 'officer.id', 'duty.officer')
    .leftJoin('staffing.posting as posting', join =>
      join.onRef('posting.officer', '=', 'duty.officer').on('posting.until_at', 'is', null),
    )
    .select(['duty.id', 'duty.roster', 'duty.day', 'duty.officer', 'officer.name', 'officer.is_woman'])
    .select('posting.agency')
    .where('duty.day', '>=', span.from)
    .where('duty.day', '<=', span.until)
    .orderBy('duty.day')
    .orderBy('duty.officer')
  if (span.officer !== undefined) query = query.where('duty.officer', '=', span.officer)
  return query.execute()
}

export async function duty(tx: ReadTx, id: DutyId) {
  return tx.db.selectFrom('staffing.duty').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function giveDuty(tx: Tx, id: DutyId, officer: OfficerId): Promise<boolean> {
  const changed = await tx.db
    .updateTable('staffing.duty')
    .set({ officer })
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst()
  return changed !== undefined
}

export async function addSwap(
  tx: Tx,
  row: { id: SwapId; duty: DutyId; asked_by: OfficerId; asked_of: OfficerId; asked_at: Date },
): Promise<boolean> {
  const added = await tx.db
    .insertInto('staffing.swap')
    .values({ ...row, state: 'asked', decided_by: null, decided_at: null })
    .onConflict(conflict => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  return added !== undefined
}

/** Swaps that the caller may see and that are not decided, oldest first. */
export async function openSwaps(tx: ReadTx) {
  return tx.db
    .selectFrom('staffing.swap as swap')
    .innerJoin('staffing.duty as duty', 'duty.id', 'swap.duty')
    .innerJoin('staffing.officer as one', 'one.id', 'swap.asked_by')
    .innerJoin('staffing.officer as other', 'other.id', 'swap.asked_of')
    .select(['swap.id', 'swap.duty', 'duty.day', 'swap.asked_by', 'swap.asked_of', 'swap.state'])
    .select(['one.name as asked_by_name', 'other.name as asked_of_name'])
    .where('swap.state', 'in', ['asked', 'agreed'])
    .orderBy('swap.id')
    .execute()
}

export async function swap(tx: ReadTx, id: SwapId) {
  return tx.db.selectFrom('staffing.swap').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function setSwap(
  tx: Tx,
  id: SwapId,
  row: { state: SwapState; decided_by: AccountId | null; decided_at: Date | null },
): Promise<boolean> {
  const changed = await tx.db
    .updateTable('staffing.swap')
    .set(row)
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst()
  return changed !== undefined
}

export async function endCalendar(tx: Tx, officer: OfficerId, at: Date): Promise<boolean> {
  const ended = await tx.db
    .updateTable('staffing.calendar')
    .set({ revoked_at: at })
    .where('officer', '=', officer)
    .where('revoked_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return ended !== undefined
}

export async function addCalendar(
  tx: Tx,
  row: { id: CalendarId; officer: OfficerId; secret_digest: Buffer; made_at: Date },
): Promise<void> {
  await tx.db
    .insertInto('staffing.calendar')
    .values({ ...row, revoked_at: null })
    .execute()
}

export async function officerOfCalendar(tx: ReadTx, digest: Buffer): Promise<OfficerId | undefined> {
  const row = await tx.db
    .selectFrom('staffing.calendar')
    .select('officer')
    .where('secret_digest', '=', digest)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return row?.officer
}

export async function setStrengths(
  tx: Tx,
  officer: OfficerId,
  strengths: { languages: string[]; skills: string[] },
): Promise<boolean> {
  const changed = await tx.db
    .updateTable('staffing.officer')
    .set(strengths)
    .where('id', '=', officer)
    .returning('id')
    .executeTakeFirst()
  return changed !== undefined
}
