/**
 * Breaking the glass: somebody who is on no team must see into a case now. It opens at once and for an hour, two
 * named people are told in the same moment, and another person reviews it afterwards.
 *
 * @module
 */
import { askApproval, colleagues, giveApproval, refuseApproval } from '#access'
import { record } from '#audit'
import type { EventOf } from '#events'
import type { ReadTx, Tx } from '#platform/database'
import { newId, type AccountId, type CaseId, type GlassId } from '#platform/ids'
import { emit, later } from '#platform/jobs'
import { refuse } from '#platform/refusals'
import { after, minuteMs } from '#platform/time'
import { refused } from './errors.ts'
import * as glassStore from './glass-store.ts'
import { tellGlass } from './jobs.ts'
import { putMatter, settleMatter } from './matter.ts'
import { openForGlass } from './member.ts'
import type { Glass, Glasses, GlassBroken, GlassQuery, GlassVerdict, NewGlass } from './schema.ts'
import * as store from './store.ts'

/** What the issue of need-to-know asks for: no longer, and never longer by asking again without a new word. */
const openForMs = 60 * minuteMs

/**
 * Opens a case to the caller for an hour.
 * @throws cases.noCase
 * @throws cases.alreadyInside they see into it without
 * @throws cases.nobodyToTell there is nobody else in the whole unit: then this is no emergency of the unit
 */
export async function breakGlass(tx: Tx, form: NewGlass): Promise<GlassBroken> {
  const by = accountOf(tx)
  const id = (await glassStore.behindGlass(tx, form.case)) ?? refuse(refused.noCase())
  if ((await store.file(tx, id))?.is_inside === true) refuse(refused.alreadyInside({ case: id }))
  const told = await glassStore.watchers(tx, id)
  if (told.length === 0) refuse(refused.nobodyToTell())
  const until = after(tx.now, openForMs)
  const member = await openForGlass(tx, id, { account: by, words: form.words, until })
  const glass = newId<'GlassId'>(tx.now)
  const { reason, words } = form
  await glassStore.addGlass(tx, {
    id: glass,
    case_id: id,
    member_id: member,
    account_id: by,
    reason,
    words,
    at: tx.now,
    told,
  })
  await record(tx, 'glass.broken', { case: id, glass, member }, { reason, people: told.length })
  const file = (await store.file(tx, id)) ?? refuse(refused.noCase())
  await askApproval(tx, 'glass.review', {
    subject: glass,
    case: id,
    agency: file.agency,
    alsoHead: true,
    reason,
  })
  // A closed case stays closed: its reporter would be told that somebody works on it.
  if (file.state === 'open') await putMatter(tx, id, 'glass', glass)
  await later(tx, tellGlass, { glass })
  return { glass, case: id, until: until.toISOString() }
}

/**
 * Another person says whether it was right. What follows from a wrong one is for people, not for this product.
 * @throws cases.noGlass
 * @throws access.samePerson · access.noApproval · access.notAllowed
 */
export async function reviewGlass(tx: Tx, id: GlassId, verdict: GlassVerdict): Promise<void> {
  const row = (await glassStore.glass(tx, id)) ?? refuse(refused.noGlass())
  if (verdict === 'justified') await giveApproval(tx, 'glass.review', id)
  else await refuseApproval(tx, 'glass.review', id, verdict)
  if (!(await glassStore.review(tx, id, accountOf(tx), verdict))) refuse(refused.noGlass())
  await record(tx, 'glass.reviewed', { case: row.case_id, glass: id }, { verdict })
  await emit(tx, 'glass.reviewed', { case: row.case_id, glass: id })
}

/** Takes the matter of a reviewed glass from its case: whoever reviewed it may not see into the case. */
export async function settleGlass(tx: Tx, event: EventOf<'glass.reviewed'>): Promise<void> {
  await settleMatter(tx, event.case, 'glass', event.glass, 'handled')
}

/** Broken glass that the caller may know of: of their cases, their agency, or for review; newest first. */
export async function listGlasses(tx: ReadTx, asked: GlassQuery & { case?: CaseId }): Promise<Glasses> {
  const found = await glassStore.glasses(tx, {
    case: asked.case,
    isOpen: asked.isOpen,
    limit: asked.limit + 1,
    after: asked.after,
  })
  const names = new Map((await colleagues(tx)).map(each => [each.account, each.name]))
  const own = tx.who.kind === 'staff' ? tx.who.account : null
  const rows = found.slice(0, asked.limit).map((row): Glass => ({
    glass: row.id,
    case: row.case_id,
    number: row.number,
    by: names.get(row.account_id) ?? null,
    isOwn: row.account_id === own,
    reason: row.reason,
    words: row.words,
    at: row.at.toISOString(),
    until: after(row.at, openForMs).toISOString(),
    wasToldMe: own !== null && row.told.includes(own),
    verdict: row.verdict,
    reviewedAt: row.reviewed_at?.toISOString() ?? null,
  }))
  return { rows, next: found.length > asked.limit ? (rows.at(-1)?.glass ?? null) : null }
}

function accountOf(tx: Tx): AccountId {
  return tx.who.kind === 'staff' ? tx.who.account : refuse(refused.noCase())
}
