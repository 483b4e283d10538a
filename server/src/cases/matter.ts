import { record } from '#audit'
import type { Tx } from '#platform/database'
import { newId, type CaseId, type MatterId } from '#platform/ids'
import { refuse } from '#platform/refusals'
import { closeWhenDone, reopen } from './closure.ts'
import { refused } from './errors.ts'
import { seenFile } from './file.ts'
import { next, type MatterKind, type MatterState, type Reason } from './schema.ts'
import * as store from './store.ts'

/**
 * Puts something to be done on the case. What is there already stays as it is, settled or not; a new matter
 * opens a closed case again.
 * @throws cases.noCase
 */
export async function putMatter(
  tx: Tx,
  caseId: CaseId,
  kind: MatterKind,
  about: string | null = null,
): Promise<{ matter: MatterId; isNew: boolean }> {
  const file = await locked(tx, caseId)
  const known = await store.matterAbout(tx, caseId, kind, about)
  if (known !== undefined) return { matter: known.id, isNew: false }
  const matter = newId<'MatterId'>(tx.now)
  await store.addMatter(tx, {
    id: matter,
    case_id: caseId,
    kind,
    about,
    state: 'open',
    opened_at: tx.now,
    settled_at: null,
    reason: null,
  })
  await record(tx, 'matter.opened', { case: caseId, matter }, { kind })
  if (file.state === 'closed') await reopen(tx, file)
  return { matter, isNew: true }
}

/** Takes a matter down; the last one closes the case. Settling what is settled, or was never there, does nothing. */
export async function settleMatter(
  tx: Tx,
  caseId: CaseId,
  kind: MatterKind,
  about: string | null,
  reason: Reason,
): Promise<void> {
  const file = await locked(tx, caseId)
  const matter = await store.matterAbout(tx, caseId, kind, about)
  if (matter !== undefined) await settle(tx, file, matter, reason)
}

/** Puts a settled matter up again: what was gone is back. One that never was is put up anew. */
export async function reopenMatter(
  tx: Tx,
  caseId: CaseId,
  kind: MatterKind,
  about: string | null,
): Promise<void> {
  const file = await locked(tx, caseId)
  const matter = await store.matterAbout(tx, caseId, kind, about)
  if (matter === undefined) return void (await putMatter(tx, caseId, kind, about))
  if (!mayBecome(matter.state, 'reopened')) return
  await store.setMatter(tx, matter.id, { state: 'reopened', settled_at: null, reason: null })
  await record(tx, 'matter.opened', { case: caseId, matter: matter.id }, { kind, again: true })
  if (file.state === 'closed') await reopen(tx, file)
}

/** A person who sees the case says that a matter is done with, and why. @throws cases.noMatter, cases.caseLocked */
export async function settleByHand(tx: Tx, id: MatterId, reason: Reason): Promise<void> {
  const seen = (await store.matter(tx, id)) ?? refuse(refused.noMatter({ matter: id }))
  await seenFile(tx, seen.case_id)
  const file = await locked(tx, seen.case_id)
  const matter = (await store.matter(tx, id)) ?? refuse(refused.noMatter({ matter: id }))
  await settle(tx, file, matter, reason)
}

async function settle(tx: Tx, file: store.File, matter: store.MatterRow, reason: Reason): Promise<void> {
  if (!mayBecome(matter.state, 'settled')) return
  await store.setMatter(tx, matter.id, { state: 'settled', settled_at: tx.now, reason })
  await record(tx, 'matter.settled', { case: file.id, matter: matter.id }, { kind: matter.kind, reason })
  await closeWhenDone(tx, file)
}

function mayBecome(from: MatterState, to: MatterState): boolean {
  return (next[from] as readonly MatterState[]).includes(to)
}

async function locked(tx: Tx, caseId: CaseId): Promise<store.File> {
  return (await store.fileForUpdate(tx, caseId)) ?? refuse(refused.noCase({ case: caseId }))
}
