/**
 * What a counsellor writes about a victim: notes, safety plans, answers to screens. Sealed to the room's own key before
 * they reach the database; opened for that counsellor and for whom the victim has allowed, and for nobody else of the
 * police. Each reading is in the log before the seal is opened; what is written never is.
 *
 * @module
 */
import { colleagues } from '#access'
import { record } from '#audit'
import { caseRow } from '#cases'
import type { ReadTx, Tx } from '#platform/database'
import { newId, type AllowanceId, type CaseId, type NoteId } from '#platform/ids'
import { refuse } from '#platform/refusals'
import type { SupportKeys } from '#platform/support-keys'
import * as counsellingStore from './counselling-store.ts'
import { refused } from './errors.ts'
import type { AllowEnd, Allowances, NewAllowance, NewNote, NoteLines, NoteRead } from './note-schema.ts'
import * as store from './note-store.ts'
import { accountOf, colleaguesOnCase, isOnCase } from './promise.ts'
import { scoreOf, screens } from './screens.ts'
import { openFor, sealFor } from './sealed.ts'

/** A note that is sealed and waits for its transaction. */
export interface SealedNote {
  readonly note: NoteId
  readonly case: CaseId
  readonly form: Pick<NewNote, 'kind'> & { readonly counselling?: unknown }
  readonly sealed: Buffer
}

/** Seals a note for its row, before the transaction that writes it. */
export async function sealNote(keys: SupportKeys, now: Date, of: CaseId, form: NewNote): Promise<SealedNote> {
  const note = newId<'NoteId'>(now)
  return { note, case: of, form, sealed: await sealFor(keys, { row: note, case: of }, form) }
}

/**
 * A counsellor keeps a sealed note of a case that they see into.
 * @throws cases.noCase
 * @throws support.noCounselling the session is not theirs, or of another case
 */
export async function writeNote(tx: Tx, ready: SealedNote): Promise<NoteId> {
  await caseRow(tx, ready.case)
  const counselling = (ready.form.counselling ?? null) as store.NoteRow['counselling_id']
  const author = accountOf(tx)
  if (counselling !== null) {
    const session = await counsellingStore.counselling(tx, counselling)
    if (session?.case_id !== ready.case || session.counsellor_id !== author) refuse(refused.noCounselling())
  }
  await store.addNote(tx, {
    id: ready.note,
    case_id: ready.case,
    counselling_id: counselling,
    author_id: author,
    kind: ready.form.kind,
    sealed: ready.sealed,
    written_at: tx.now,
  })
  // Not which kind: that somebody was screened is no business of those who read the case's time line.
  await record(tx, 'supportNote.written', { case: ready.case, note: ready.note })
  return ready.note
}

/** What the caller may read of a case, newest first, without its words. @throws cases.noCase, cases.caseLocked */
export async function listNotes(tx: ReadTx, of: CaseId): Promise<NoteLines> {
  await caseRow(tx, of)
  const nameOf = await namesOf(tx)
  return { rows: (await store.notesOf(tx, of)).map(row => lineOf(row, nameOf, accountOf(tx))) }
}

/** A sealed note and who wrote it, on its way to be opened. The reading is in the log. @throws support.noNote */
export async function takeNote(tx: Tx, id: NoteId) {
  const row = (await store.note(tx, id)) ?? refuse(refused.noNote())
  await record(tx, 'supportNote.read', { case: row.case_id, note: id })
  return { row, line: lineOf(row, await namesOf(tx), accountOf(tx)) }
}

/** Opens a note that was taken. @throws Error where it does not open */
export async function openNote(
  keys: SupportKeys,
  { row, line }: Awaited<ReturnType<typeof takeNote>>,
): Promise<NoteRead> {
  const form = (await openFor(keys, { row: row.id, case: row.case_id }, row.sealed)) as NewNote
  const nothing = { ...line, text: null, parts: null, screen: null }
  if (form.kind === 'note') return { ...nothing, text: form.text }
  if (form.kind === 'safetyPlan') return { ...nothing, parts: form.parts }
  const screen = screens.find(each => each.code === form.screen)
  if (screen === undefined) throw new Error('A screen that was answered is not on the list any more.')
  const { answers } = form
  return { ...nothing, screen: { code: form.screen, answers, ...scoreOf(screen, answers) } }
}

/**
 * The victim allows somebody to read what the calling counsellor has written and will write on this case.
 * @throws cases.noCase
 * @throws support.mayNotBeAllowed not a counsellor or lawyer, or the caller
 * @throws support.notOnCase
 * @throws support.alreadyAllowed
 */
export async function allow(tx: Tx, of: CaseId, form: NewAllowance): Promise<AllowanceId> {
  await caseRow(tx, of)
  const known = (await colleagues(tx)).find(each => each.account === form.account)
  if (known === undefined || !isReader(known.role) || form.account === accountOf(tx))
    refuse(refused.mayNotBeAllowed())
  if (!(await isOnCase(tx, of, form.account))) refuse(refused.notOnCase())
  const allowance = newId<'AllowanceId'>(tx.now)
  const isNew = await store.addAllowed(tx, {
    id: allowance,
    case_id: of,
    author_id: accountOf(tx),
    account_id: form.account,
    reason: form.reason,
    given_at: tx.now,
    withdrawn_at: null,
    withdraw_reason: null,
  })
  if (!isNew) refuse(refused.alreadyAllowed())
  const { account, reason } = form
  await record(tx, 'support.allowed', { case: of, allowance, account }, { reason })
  return allowance
}

/** It is no longer allowed, from this moment on. @throws support.noAllowance */
export async function disallow(tx: Tx, id: AllowanceId, reason: AllowEnd): Promise<void> {
  const row = (await store.allowed(tx, id)) ?? refuse(refused.noAllowance())
  if (!(await store.endAllowed(tx, id, reason))) return
  await record(
    tx,
    'support.withdrawn',
    { case: row.case_id, allowance: id, account: row.account_id },
    { reason },
  )
}

/** Whom the victim has allowed, as far as it is the caller's business; and who could be. @throws cases.noCase, cases.caseLocked */
export async function allowances(tx: ReadTx, of: CaseId): Promise<Allowances> {
  await caseRow(tx, of)
  const nameOf = await namesOf(tx)
  const account = accountOf(tx)
  const rows = (await store.allowedOf(tx, of)).map(row => ({
    allowance: row.id,
    account: row.account_id,
    name: nameOf(row.account_id),
    author: nameOf(row.author_id),
    isMine: row.author_id === account,
    reason: row.reason,
    givenAt: row.given_at.toISOString(),
    withdrawnAt: row.withdrawn_at?.toISOString() ?? null,
    withdrawReason: row.withdraw_reason,
  }))
  const candidates = (await colleaguesOnCase(tx, of))
    .filter(each => isReader(each.role) && each.account !== account)
    .map(each => ({ account: each.account, name: each.name }))
  return { rows, candidates }
}

/** Who may be allowed at all; the database holds the same rule. */
function isReader(role: string): boolean {
  return role === 'counsellor' || role === 'lawyerLiaison'
}

async function namesOf(tx: ReadTx) {
  const names = new Map((await colleagues(tx)).map(each => [each.account, each.name]))
  return (account: store.NoteRow['author_id']) => names.get(account) ?? null
}

function lineOf(
  row: Omit<store.NoteRow, 'sealed'>,
  nameOf: (account: store.NoteRow['author_id']) => string | null,
  asking: store.NoteRow['author_id'],
): NoteLines['rows'][number] {
  return {
    note: row.id,
    case: row.case_id,
    counselling: row.counselling_id,
    kind: row.kind,
    author: nameOf(row.author_id),
    isMine: row.author_id === asking,
    writtenAt: row.written_at.toISOString(),
  }
}
