/**
 * Who sees a case beside the officer who has it: its counsellor, its team, and those let in for a reason and a time.
 *
 * @module
 */
import { colleagues } from '#access'
import { record } from '#audit'
import type { ReadTx, Tx } from '#platform/database'
import { newId, type AccountId, type CaseId, type MemberId } from '#platform/ids'
import { refuse } from '#platform/refusals'
import { after, dayMs, momentOf } from '#platform/time'
import { refused } from './errors.ts'
import * as memberStore from './member-store.ts'
import type { Candidates, Ground, Member, Members, NewMember } from './schema.ts'
import * as store from './store.ts'

// Long enough for an investigation's half-year; what lasts longer is said anew.
const letInMaxDays = 180

/**
 * Joins the counsellor of the agency with the fewest cases to a new one. Where it has none, the officer or the
 * leader lets one in later, and false is answered.
 */
export async function joinCounsellor(tx: Tx, file: store.File): Promise<boolean> {
  const able = (await colleagues(tx)).filter(
    each => each.role === 'counsellor' && each.agency === file.agency,
  )
  const loads = await memberStore.counsellorLoads(tx)
  const loadOf = (account: AccountId) => loads.get(account) ?? 0
  const [chosen] = able.toSorted((one, other) => loadOf(one.account) - loadOf(other.account))
  if (chosen !== undefined) await joinTeam(tx, file.id, chosen.account, 'counsellor')
  return chosen !== undefined
}

/** The procedure joins somebody to a case without an end. */
export async function joinTeam(
  tx: Tx,
  id: CaseId,
  account: AccountId,
  ground: 'team' | 'counsellor' = 'team',
): Promise<void> {
  await add(tx, id, { account, ground, words: '', by: null, until: null })
}

/** Lets somebody in behind broken glass, by their own word. */
export async function openForGlass(
  tx: Tx,
  id: CaseId,
  given: { account: AccountId; words: string; until: Date },
): Promise<MemberId> {
  return add(tx, id, { ...given, ground: 'breakGlass', by: given.account })
}

/**
 * The officer of the case, or the leader of its agency, lets somebody in for a reason and until a time.
 * @throws cases.noCase
 * @throws cases.mayNotLetIn
 * @throws cases.noColleague
 * @throws cases.untilTooFar
 */
export async function letIn(tx: Tx, id: CaseId, form: NewMember): Promise<MemberId> {
  if (tx.who.kind !== 'staff' || (await store.file(tx, id)) === undefined)
    refuse(refused.noCase({ case: id }))
  if (!(await memberStore.mayLetIn(tx, id))) refuse(refused.mayNotLetIn({ case: id }))
  const until = momentOf(form.until)
  if (until <= tx.now || until > after(tx.now, letInMaxDays * dayMs))
    refuse(refused.untilTooFar({ case: id }))
  const known = (await colleagues(tx)).some(each => each.account === form.account)
  if (!known) refuse(refused.noColleague())
  const { account, ground, words } = form
  return add(tx, id, { account, ground, words, by: tx.who.account, until })
}

/** Ends somebody's part in a case at once; one's own, too. Ending what is over does nothing. @throws cases.noMember */
export async function endMember(tx: Tx, id: MemberId): Promise<void> {
  const row = (await memberStore.member(tx, id)) ?? refuse(refused.noMember())
  const isOwn = tx.who.kind === 'staff' && row.account_id === tx.who.account
  if (!isOwn && !(await memberStore.mayLetIn(tx, row.case_id)))
    refuse(refused.mayNotLetIn({ case: row.case_id }))
  if (!isIn(row, tx.now)) return
  await memberStore.endMember(tx, id)
  await record(tx, 'member.ended', { case: row.case_id, member: id, account: row.account_id })
}

/** Who sees the case beside its officer, and who did. @throws cases.noCase */
export async function membersOf(tx: ReadTx, id: CaseId): Promise<Members> {
  if ((await store.file(tx, id)) === undefined) refuse(refused.noCase({ case: id }))
  const people = new Map((await colleagues(tx)).map(each => [each.account, each]))
  const rows = await memberStore.membersOf(tx, id)
  const shown = (row: store.MemberRow): Member => ({
    member: row.id,
    account: row.account_id,
    name: people.get(row.account_id)?.name ?? null,
    role: people.get(row.account_id)?.role ?? null,
    ground: row.ground,
    words: row.words,
    letInBy: row.let_by === null ? null : (people.get(row.let_by)?.name ?? null),
    from: row.from_at.toISOString(),
    until: row.until_at?.toISOString() ?? null,
    endedAt: row.ended_at?.toISOString() ?? null,
    isIn: isIn(row, tx.now),
  })
  return { rows: rows.map(shown), mayLetIn: await memberStore.mayLetIn(tx, id) }
}

/** Who could be let into the case. @throws cases.noCase, cases.mayNotLetIn */
export async function candidates(tx: ReadTx, id: CaseId): Promise<Candidates> {
  if ((await store.file(tx, id)) === undefined) refuse(refused.noCase({ case: id }))
  if (!(await memberStore.mayLetIn(tx, id))) refuse(refused.mayNotLetIn({ case: id }))
  return { rows: await colleagues(tx) }
}

/** Writes down that somebody is let in, and records it. */
export async function add(
  tx: Tx,
  id: CaseId,
  given: { account: AccountId; ground: Ground; words: string; by: AccountId | null; until: Date | null },
): Promise<MemberId> {
  const { account, ground, words, by, until } = given
  const member = newId<'MemberId'>(tx.now)
  await memberStore.addMember(tx, {
    id: member,
    case_id: id,
    account_id: account,
    ground,
    words,
    let_by: by,
    from_at: tx.now,
    until_at: until,
    ended_at: null,
  })
  const days = until === null ? null : Math.ceil((until.getTime() - tx.now.getTime()) / dayMs)
  await record(tx, 'member.letIn', { case: id, member, account }, { ground, days })
  return member
}

function isIn(row: store.MemberRow, now: Date): boolean {
  return row.ended_at === null && row.from_at <= now && (row.until_at === null || row.until_at > now)
}
