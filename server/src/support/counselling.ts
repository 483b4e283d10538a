/**
 * Counselling: when the victim is met, by phone, by chat or in person, who interprets, and what is to follow. The team
 * of the case sees that; what is said stands in notes that it does not see (`note.ts`).
 *
 * @module
 */
import { colleagues } from '#access'
import { record } from '#audit'
import { caseNumbers, caseRow } from '#cases'
import type { ReadTx, Tx } from '#platform/database'
import { newId, type CaseId, type CounsellingId } from '#platform/ids'
import { refuse } from '#platform/refusals'
import { momentOf } from '#platform/time'
import {
  nextOf,
  type Booking,
  type Counselling,
  type CounsellingQuery,
  type Counsellings,
  type CounsellingState,
  type CounsellingStep,
  type NewCounselling,
} from './counselling-schema.ts'
import * as store from './counselling-store.ts'
import { refused } from './errors.ts'
import { accountOf } from './promise.ts'

const entryOf = {
  planned: 'counselling.planned',
  held: 'counselling.held',
  missed: 'counselling.missed',
  cancelled: 'counselling.cancelled',
} as const

/**
 * A counsellor plans a session with the victim of a case that they see into.
 * @throws cases.noCase
 * @throws support.untilPassed
 */
export async function planCounselling(tx: Tx, id: CaseId, form: NewCounselling): Promise<CounsellingId> {
  await caseRow(tx, id)
  const at = momentOf(form.at)
  if (at <= tx.now) refuse(refused.untilPassed())
  const counselling = newId<'CounsellingId'>(tx.now)
  const { way, place, interpreter } = form
  await store.addCounselling(tx, {
    id: counselling,
    case_id: id,
    counsellor_id: accountOf(tx),
    state: 'planned',
    way,
    at,
    place,
    interpreter,
    booking: interpreter === null ? null : 'asked',
    planned_at: tx.now,
    follow_up_at: form.followUpAt === null ? null : momentOf(form.followUpAt),
    followed_up_at: null,
    overdue_at: null,
  })
  await record(tx, 'counselling.planned', { case: id, counselling }, { way })
  if (interpreter !== null)
    await record(tx, 'booking.changed', { case: id, counselling }, { booking: 'asked', interpreter })
  return counselling
}

/**
 * The session's counsellor says what became of it.
 * @throws support.noCounselling there is none, or it is another counsellor's
 * @throws support.noWay it cannot go on like that from where it stands
 * @throws support.untilPassed
 */
export async function stepCounselling(tx: Tx, id: CounsellingId, step: CounsellingStep): Promise<void> {
  const row = await own(tx, id)
  if (!mayBecome(row.state, step.to)) refuse(refused.noWay({ state: row.state as never }))
  if (step.to === 'planned' && momentOf(step.at) <= tx.now) refuse(refused.untilPassed())
  const followUpAt = step.to === 'held' && step.followUpAt !== null ? momentOf(step.followUpAt) : undefined
  const isDone = await store.changeCounselling(tx, id, row.state, {
    state: step.to,
    overdue_at: null,
    ...(step.to === 'planned' ? { at: momentOf(step.at) } : {}),
    ...(followUpAt === undefined ? {} : { follow_up_at: followUpAt }),
    ...(step.to === 'cancelled' && row.follow_up_at !== null ? { followed_up_at: tx.now } : {}),
  })
  if (!isDone) refuse(refused.noWay())
  await record(tx, entryOf[step.to], { case: row.case_id, counselling: id })
}

/** Whether an interpreter is asked for, booked, or was not found. @throws support.noCounselling, support.noInterpreter */
export async function stepBooking(tx: Tx, id: CounsellingId, booking: Booking): Promise<void> {
  const row = await own(tx, id)
  if (row.booking === null) refuse(refused.noInterpreter())
  if (row.booking === booking) return
  await store.changeCounselling(tx, id, row.state, { booking })
  await record(tx, 'booking.changed', { case: row.case_id, counselling: id }, { booking })
}

/** What was to follow a session is done. Saying it twice does nothing. @throws support.noCounselling, support.noWay */
export async function followUp(tx: Tx, id: CounsellingId): Promise<void> {
  const row = await own(tx, id)
  if (row.followed_up_at !== null) return
  if (row.follow_up_at === null || row.state === 'planned') refuse(refused.noWay())
  await store.changeCounselling(tx, id, row.state, { followed_up_at: tx.now, overdue_at: null })
  await record(tx, 'counselling.followedUp', { case: row.case_id, counselling: id })
}

/** Sessions of the cases that the caller sees into; what waits for somebody first, by its time. */
export async function listCounselling(tx: ReadTx, asked: CounsellingQuery): Promise<Counsellings> {
  const account = accountOf(tx)
  const filter = { of: asked.case, by: asked.mine ? account : undefined }
  const found = await store.counsellings(tx, filter, asked.limit)
  const numbers = await caseNumbers(
    tx,
    found.map(row => row.case_id),
  )
  const names = new Map((await colleagues(tx)).map(each => [each.account, each.name]))
  const rows = found.map((row): Counselling => {
    const due = store.dueOf(row)
    return {
      counselling: row.id,
      case: row.case_id,
      number: numbers.get(row.case_id) ?? '',
      counsellor: names.get(row.counsellor_id) ?? null,
      isMine: row.counsellor_id === account,
      state: row.state,
      way: row.way,
      at: row.at.toISOString(),
      place: row.place,
      interpreter: row.interpreter,
      booking: row.booking,
      followUpAt: row.follow_up_at?.toISOString() ?? null,
      followedUpAt: row.followed_up_at?.toISOString() ?? null,
      isOverdue: due !== null && due <= tx.now,
    }
  })
  return { rows, overdue: rows.filter(row => row.isOverdue).length }
}

// A tick's worth in one transaction; what is left is the next tick's.
const overdueOfTick = 200

/** Notes in the log of each case, once, that a session or what was to follow it is overdue. */
export async function noteOverdueCounselling(tx: Tx): Promise<void> {
  for (const row of await store.markOverdueCounselling(tx, overdueOfTick))
    await record(
      tx,
      'counselling.overdue',
      { case: row.case_id, counselling: row.id },
      { isFollowUp: row.state !== 'planned' },
    )
}

function mayBecome(from: CounsellingState, to: CounsellingState): boolean {
  return (nextOf[from] as readonly CounsellingState[]).includes(to)
}

/** A session of the caller's own. To the rest of the case's team, which sees it, it is not theirs to change. */
async function own(tx: ReadTx, id: CounsellingId): Promise<store.CounsellingRow> {
  const row = await store.counselling(tx, id)
  if (row === undefined || row.counsellor_id !== accountOf(tx)) refuse(refused.noCounselling())
  return row
}
