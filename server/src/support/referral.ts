/**
 * Referral: a body that helps is told what the victim allows, and nothing else. The text is composed by a pure function
 * (`compose.ts`), shown before it goes, and kept sealed; the body answers in its own small view, or by telephone, and
 * the team writes that down.
 *
 * @module
 */
import { record } from '#audit'
import { caseNumbers, caseRow } from '#cases'
import { contactOf, reportContent } from '#intake'
import type { ReadTx, Tx } from '#platform/database'
import { newId, type CaseId, type ReferralId } from '#platform/ids'
import { refuse } from '#platform/refusals'
import type { SupportKeys } from '#platform/support-keys'
import { after, dayMs } from '#platform/time'
import { agencies } from '#staffing'
import { bodyNamed, namesOfBodies } from './body.ts'
import { composeReferral } from './compose.ts'
import { refused } from './errors.ts'
import { accountOf } from './promise.ts'
import {
  nextOf,
  type OwnReferrals,
  type Referral,
  type ReferralDraft,
  type ReferralQuery,
  type ReferralState,
  type ReferralStep,
} from './referral-schema.ts'
import * as store from './referral-store.ts'
import { openFor, sealFor } from './sealed.ts'

// The unit's own clocks, no law's: a victim who was told of help should not wait longer without a word.
const answerDays = 3
const doneDays = 30

export interface DraftedReferral {
  readonly case: CaseId
  readonly draft: ReferralDraft
  readonly kind: Referral['kind']
  readonly text: string
}

/** What the body would be told. @throws cases.noCase, cases.caseLocked, support.noBody */
export async function draftReferral(tx: ReadTx, id: CaseId, draft: ReferralDraft): Promise<DraftedReferral> {
  const file = await caseRow(tx, id)
  const { kind } = await bodyNamed(tx, draft.body)
  const report = await reportContent(tx, file.report)
  const region = (await agencies(tx)).find(each => each.code === report.region)
  const text = composeReferral(draft, {
    contact: await contactOf(tx, file.report),
    region: region === undefined ? null : { ko: region.ko, en: region.en },
    language: report.language,
    concern: report.concern,
    addressCount: report.addresses.length,
  })
  return { case: id, draft, kind, text }
}

/** A referral that is sealed and waits for its transaction. */
export async function sealReferral(keys: SupportKeys, now: Date, drafted: DraftedReferral) {
  const id = newId<'ReferralId'>(now)
  const sealed = await sealFor(keys, { row: id, case: drafted.case }, { text: drafted.text })
  return { ...drafted, id, sealed }
}

/** Sends a sealed referral. @throws cases.noCase, cases.caseLocked, support.noBody */
export async function sendReferral(
  tx: Tx,
  ready: Awaited<ReturnType<typeof sealReferral>>,
): Promise<ReferralId> {
  await caseRow(tx, ready.case)
  await bodyNamed(tx, ready.draft.body)
  const { id, kind, draft } = ready
  await store.addReferral(
    tx,
    {
      id,
      case_id: ready.case,
      body: draft.body,
      kind,
      facts: [...new Set(draft.facts)],
      state: 'sent',
      sent_by: accountOf(tx),
      sent_at: tx.now,
      due_at: after(tx.now, answerDays * dayMs),
      stepped_at: null,
      stepped_by: null,
      reason: null,
      overdue_at: null,
    },
    ready.sealed,
  )
  await record(tx, 'referral.sent', { case: ready.case, referral: id }, { kind, facts: draft.facts.length })
  return id
}

const entryOf = {
  accepted: 'referral.accepted',
  declined: 'referral.declined',
  done: 'referral.done',
  withdrawn: 'referral.withdrawn',
} as const

/**
 * The body's agent answers, or the team writes down what the body has said, or the referral is withdrawn.
 * @throws support.noReferral
 * @throws support.noWay
 */
export async function stepReferral(tx: Tx, id: ReferralId, step: ReferralStep): Promise<void> {
  const row = (await store.referral(tx, id)) ?? refuse(refused.noReferral())
  if (!(nextOf[row.state] as readonly ReferralState[]).includes(step.to)) refuse(refused.noWay())
  const reason = 'reason' in step ? step.reason : null
  const isDone = await store.stepReferral(tx, id, row.state, {
    state: step.to,
    due_at: step.to === 'accepted' ? after(tx.now, doneDays * dayMs) : row.due_at,
    stepped_at: tx.now,
    stepped_by: accountOf(tx),
    reason,
    overdue_at: null,
  })
  if (!isDone) refuse(refused.noWay())
  const byBody = tx.who.kind === 'staff' && tx.who.role === 'partnerAgent'
  await record(
    tx,
    entryOf[step.to],
    { case: row.case_id, referral: id },
    reason === null ? { byBody } : { byBody, reason },
  )
}

/** What a referral says, sealed, on its way to be opened. The reading is in the log. @throws support.noReferral */
export async function takeReferral(tx: Tx, id: ReferralId) {
  const row = (await store.referral(tx, id)) ?? refuse(refused.noReferral())
  const sealed = (await store.referralText(tx, id)) ?? refuse(refused.noReferral())
  await record(tx, 'referral.read', { case: row.case_id, referral: id })
  return { row, sealed }
}

/** Opens a referral that was taken. @throws Error where it does not open */
export async function openReferral(
  keys: SupportKeys,
  { row, sealed }: Awaited<ReturnType<typeof takeReferral>>,
): Promise<{ text: string }> {
  return (await openFor(keys, { row: row.id, case: row.case_id }, sealed)) as { text: string }
}

/** Referrals of the cases that the caller sees into; what is waited for first, by its clock. */
export async function listReferrals(tx: ReadTx, asked: ReferralQuery): Promise<{ rows: Referral[] }> {
  const filter = { of: asked.case, isOpen: asked.case === undefined }
  const found = await store.referrals(tx, filter, asked.limit)
  const numbers = await caseNumbers(
    tx,
    found.map(row => row.case_id),
  )
  const names = await namesOfBodies(tx)
  const account = accountOf(tx)
  const isCounsellor = tx.who.kind === 'staff' && tx.who.role === 'counsellor'
  const rows = found.map(row => ({
    ...lineOf(row, tx.now),
    case: row.case_id,
    number: numbers.get(row.case_id) ?? '',
    body: row.body,
    name: names.get(row.body) ?? null,
    facts: row.facts,
    mayRead: isCounsellor || row.sent_by === account,
  }))
  return { rows }
}

/** What was referred to the body of the asking agent; nothing of the case. */
export async function ownReferrals(tx: ReadTx): Promise<OwnReferrals> {
  const rows = await store.referrals(tx, { of: undefined, isOpen: false }, 200)
  return { rows: rows.map(row => lineOf(row, tx.now)) }
}

// A tick's worth in one transaction; what is left is the next tick's.
const overdueOfTick = 200

/** Notes in the log of each case, once a clock, that a referral was not answered, or what it asks for not done. */
export async function noteOverdueReferrals(tx: Tx): Promise<void> {
  for (const row of await store.markOverdueReferrals(tx, overdueOfTick))
    await record(
      tx,
      'referral.overdue',
      { case: row.case_id, referral: row.id },
      { isAnswered: row.state === 'accepted' },
    )
}

function lineOf(row: store.ReferralRow, now: Date): OwnReferrals['rows'][number] {
  const isOpen = nextOf[row.state].length > 0
  return {
    referral: row.id,
    kind: row.kind,
    state: row.state,
    reason: row.reason,
    sentAt: row.sent_at.toISOString(),
    dueAt: isOpen ? row.due_at.toISOString() : null,
    isOverdue: isOpen && row.due_at <= now,
  }
}
