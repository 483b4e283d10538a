/**
 * Approval by two: what one person asks, another person decides. One mechanism for every kind of thing that
 * needs it. A room asks in the transaction of its own verb, and decides in that of its own verb; this room holds
 * that the two are different people, that the second has the right, and that the time is not over.
 *
 * A new kind is a line in `approvalKinds`; its room calls `askApproval`, `giveApproval`, `refuseApproval` and
 * `withdrawApproval`, and hears `approval.expired`.
 *
 * @module
 */
import { record } from '#audit'
import type { ReadTx, Tx } from '#platform/database'
import { newId, type ApprovalId, type CaseId } from '#platform/ids'
import { emit, type Work } from '#platform/jobs'
import type { Word } from '#platform/log'
import { refuse } from '#platform/refusals'
import { after, dayMs } from '#platform/time'
import type { Role, Staff } from '#platform/who'
import * as store from './approval-store.ts'
import { refused } from './errors.ts'
import { mayDo, rights, type Right } from './rights.ts'
import { rolesOfAgency, type Approval, type Approvals } from './schema.ts'

interface ApprovalKind {
  /** The right of whoever decides. */
  readonly right: Right
  /** How long it may wait, in days. */
  readonly days: number
}

export const approvalKinds = {
  'block.order': { right: 'blocking.approve', days: 7 },
  'account.reset': { right: 'access.reset', days: 2 },
  // A review does not lapse: it waits until somebody has looked.
  'glass.review': { right: 'cases.reviewGlass', days: 3650 },
} as const satisfies Record<string, ApprovalKind>
export type ApprovalKindName = keyof typeof approvalKinds

/** What is decided upon: the id that its room knows it by. */
export type Subject = string & { readonly __proto__?: never }

export interface Wish {
  readonly subject: Subject
  readonly case?: CaseId
  /** The agency whose people decide; null for the head office alone. */
  readonly agency: string | null
  /** Whether the head office may decide beside the agency. */
  readonly alsoHead: boolean
  /** A code of its room, never free text. */
  readonly reason: Word
}

/**
 * Asks for the approval of another person, in the caller's own name.
 * @throws access.approvalWaiting the same is asked already
 */
export async function askApproval(tx: Tx, kind: ApprovalKindName, wish: Wish): Promise<ApprovalId> {
  const id = newId<'ApprovalId'>(tx.now)
  const { account } = asStaff(tx)
  const isAsked = await store.addApproval(tx, {
    id,
    kind,
    subject: wish.subject,
    case_id: wish.case ?? null,
    agency: wish.agency,
    roles: decidersOf(kind, wish),
    reason: wish.reason,
    asked_by: account,
    asked_person: account,
    asked_at: tx.now,
    expires_at: after(tx.now, approvalKinds[kind].days * dayMs),
    state: 'asked',
  })
  if (!isAsked) refuse(refused.approvalWaiting())
  await record(tx, 'approval.asked', aboutOf({ id, case_id: wish.case ?? null }), {
    of: kind,
    reason: wish.reason,
  })
  return id
}

function decidersOf(kind: ApprovalKindName, { agency, alsoHead }: Wish): Role[] {
  const able: readonly Role[] = rights[approvalKinds[kind].right].roles
  if (agency === null || alsoHead) return [...able]
  return able.filter(role => (rolesOfAgency as readonly Role[]).includes(role))
}

/**
 * Another person agrees. The room does in the same transaction what was agreed to.
 * @throws access.noApproval · access.notAllowed · access.samePerson · access.approvalOver
 */
export async function giveApproval(tx: Tx, kind: ApprovalKindName, subject: Subject): Promise<ApprovalId> {
  return decide(tx, kind, subject, { state: 'approved', decision_reason: null })
}

/**
 * Another person says no.
 * @throws access.noApproval · access.notAllowed · access.samePerson · access.approvalOver
 */
export async function refuseApproval(
  tx: Tx,
  kind: ApprovalKindName,
  subject: Subject,
  reason: Word,
): Promise<ApprovalId> {
  return decide(tx, kind, subject, { state: 'refused', decision_reason: reason })
}

async function decide(
  tx: Tx,
  kind: ApprovalKindName,
  subject: Subject,
  decision: { state: 'approved' | 'refused'; decision_reason: Word | null },
): Promise<ApprovalId> {
  const asked = (await store.waitingForUpdate(tx, kind, subject)) ?? refuse(refused.noApproval())
  const detail = { approval: asked.id }
  const { account, role } = asStaff(tx)
  if (!mayDo(role, approvalKinds[kind].right)) refuse(refused.notAllowed())
  if ((await store.personOf(tx, account)) === asked.asked_person) refuse(refused.samePerson(detail))
  if (asked.expires_at <= tx.now) refuse(refused.approvalOver(detail))
  await store.changeApproval(tx, asked.id, { ...decision, decided_by: account, decided_at: tx.now })
  const about = aboutOf(asked)
  if (decision.state === 'approved') await record(tx, 'approval.given', about, { of: kind })
  else await record(tx, 'approval.refused', about, { of: kind, reason: decision.decision_reason })
  return asked.id
}

/** Takes back what nobody has decided yet: its reason is gone. Where nothing waits, nothing happens. */
export async function withdrawApproval(tx: Tx, kind: ApprovalKindName, subject: Subject): Promise<void> {
  const asked = await store.waitingForUpdate(tx, kind, subject)
  if (asked === undefined) return
  await store.changeApproval(tx, asked.id, { state: 'withdrawn' })
  await record(tx, 'approval.withdrawn', aboutOf(asked), { of: kind })
}

// One tick's share; a backlog is worked off over several.
const expiredMax = 200

/** Ends what nobody has decided in its time, and tells its room. The clock calls it. */
export async function expireApprovals(work: Work): Promise<void> {
  await work.act(async tx => {
    for (const asked of await store.takeExpired(tx, expiredMax)) {
      await store.changeApproval(tx, asked.id, { state: 'expired' })
      await record(tx, 'approval.expired', aboutOf(asked), { of: asked.kind })
      await emit(tx, 'approval.expired', { approval: asked.id, kind: asked.kind, subject: asked.subject })
    }
  })
}

/** What waits for the caller's decision, and what the caller waits for, oldest first. */
export async function approvals(
  tx: ReadTx,
  page: { limit: number; after: ApprovalId | undefined },
): Promise<Approvals> {
  const { account } = asStaff(tx)
  const person = await store.personOf(tx, account)
  const found = await store.waiting(tx, { limit: page.limit + 1, after: page.after })
  const rows = found.slice(0, page.limit).map((row): Approval => ({
    approval: row.id,
    kind: row.kind,
    subject: row.subject,
    subjectName: row.kind === 'account.reset' ? row.subject_name : null,
    case: row.case_id,
    agency: row.agency,
    reason: row.reason,
    askedBy: row.asked_by,
    askedByName: row.asked_by_name,
    askedAt: row.asked_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    isOwn: row.asked_person === person,
  }))
  return { rows, next: found.length > page.limit ? (rows.at(-1)?.approval ?? null) : null }
}

const aboutOf = (asked: { id: ApprovalId; case_id: CaseId | null }) => ({
  ...(asked.case_id === null ? {} : { case: asked.case_id }),
  approval: asked.id,
})

function asStaff(tx: ReadTx): Staff {
  if (tx.who.kind !== 'staff') throw new Error('An approval needs a person.')
  return tx.who
}
