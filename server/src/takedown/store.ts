import {
  sql,
  type ColumnType,
  type Generated,
  type Insertable,
  type Selectable,
  type Updateable,
} from 'kysely'
import type { RegimeName, ItemType, NoticeLanguage, StatuteId } from '@jikimi/law'
import type { ReadTx, Tables, Tx } from '#platform/database'
import type {
  AddressId,
  CaseId,
  ChannelId,
  NoticeId,
  ProviderId,
  RecheckId,
  ReplyId,
  TargetId,
} from '#platform/ids'
import type { Addressee, NoticeState, Provider, ReplyKind, Verdict, WithdrawnFor } from './schema.ts'
import type { Attention, StateName } from './states.ts'

declare module '#platform/database' {
  interface Tables {
    'takedown.provider': {
      id: ProviderId
      name: string
      kind: Provider['kind']
      country: string | null
      added_at: Date
    }
    'takedown.provider_domain': { domain: string; provider_id: ProviderId }
    'takedown.channel': {
      id: ChannelId
      provider_id: ProviderId
      type: 'mail' | 'form' | 'letter'
      address: string
      language: NoticeLanguage
      source: 'directory' | 'rdap'
      is_active: Generated<boolean>
      bounced_at: Date | null
      added_at: Date
    }
    'takedown.target': {
      id: TargetId
      case_id: CaseId
      address_id: AddressId
      canonical: string
      host: string
      basis: StatuteId
      item_type: ItemType
      state: StateName
      attention: Attention | null
      verdict: Verdict | null
      provider_id: ProviderId | null
      channel_id: ChannelId | null
      regime: RegimeName | null
      rung: Generated<number>
      round: Generated<number>
      reminder: Generated<number>
      opened_at: Date
      noticed_at: Date | null
      clock_ends_at: Date | null
      first_down_at: Date | null
      first_down_vantage: string | null
      verified_at: Date | null
      spent_at: Date | null
      has_seen_media: Generated<boolean>
      known_sha256: ColumnType<string[], string[] | undefined, string[]>
      watched_from: Date
      looks: Generated<number>
      recheck_at: Date | null
      act_at: Date | null
      withdrawn_for: WithdrawnFor | null
      /** Rounds that began since another match was confirmed, and not since the material was back. */
      reopened: Generated<number>
    }
    'takedown.notice': {
      id: NoticeId
      case_id: CaseId
      target_id: TargetId
      channel_id: ChannelId
      rung: number
      round: number
      reminder: number
      addressee: Addressee
      regime: RegimeName
      language: NoticeLanguage
      state: NoticeState
      to_address: string
      subject: string
      text: string
      reply_token: string
      queued_at: Date
      retry_at: Date | null
      sent_at: Date | null
      due_at: Date | null
    }
    'takedown.reply': {
      id: ReplyId
      case_id: CaseId
      target_id: TargetId
      notice_id: NoticeId
      kind: ReplyKind
      text: string
      sha256: string
      received_at: Date
    }
    'takedown.recheck': {
      id: RecheckId
      case_id: CaseId
      target_id: TargetId
      at: Date
      verdict: Verdict
      is_sure: boolean
      status: number | null
      vantage: string
      media_seen: Generated<number>
      distance: number | null
    }
  }
}

export type TargetRow = Selectable<Tables['takedown.target']>
export type NoticeRow = Selectable<Tables['takedown.notice']>
export type ChannelRow = Selectable<Tables['takedown.channel']>
export type RecheckRow = Selectable<Tables['takedown.recheck']>
type New<T extends keyof Tables> = Insertable<Tables[T]>
export type TargetChange = Updateable<Tables['takedown.target']>

/** Opens a target for the address, or says false where the case has one. */
export async function addTarget(tx: Tx, row: New<'takedown.target'>): Promise<boolean> {
  const added = await tx.db
    .insertInto('takedown.target')
    .values(row)
    .onConflict(conflict => conflict.columns(['case_id', 'address_id']).doNothing())
    .executeTakeFirst()
  return (added.numInsertedOrUpdatedRows ?? 0n) > 0n
}

export async function targetOfAddress(
  tx: ReadTx,
  caseId: CaseId,
  address: AddressId,
): Promise<TargetRow | undefined> {
  return tx.db
    .selectFrom('takedown.target')
    .selectAll()
    .where('case_id', '=', caseId)
    .where('address_id', '=', address)
    .executeTakeFirst()
}

/** The targets of a case. One case has hundreds at most: as many as a report may name addresses, and found copies. */
export async function targetsOfCase(tx: ReadTx, id: CaseId): Promise<TargetRow[]> {
  return tx.db.selectFrom('takedown.target').selectAll().where('case_id', '=', id).orderBy('id').execute()
}

export async function target(tx: ReadTx, id: TargetId): Promise<TargetRow | undefined> {
  return tx.db.selectFrom('takedown.target').selectAll().where('id', '=', id).executeTakeFirst()
}

/** Takes the target for this transaction alone: what is decided on it is decided once. */
export async function targetForUpdate(tx: Tx, id: TargetId): Promise<TargetRow | undefined> {
  return tx.db.selectFrom('takedown.target').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
}

export async function changeTarget(tx: Tx, id: TargetId, change: TargetChange): Promise<TargetRow> {
  return tx.db
    .updateTable('takedown.target')
    .set(change)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

// An agency has hundreds of open cases; beyond this the worst are told.
const clocksMax = 500

interface ClockRow {
  readonly case_id: CaseId
  readonly running: number
  readonly overdue: number
  readonly next_due_at: Date | null
}

export async function clocksKnown(tx: ReadTx): Promise<ClockRow[]> {
  return tx.db
    .selectFrom(sql<ClockRow>`takedown.clocks_known()`.as<'clock'>(sql.ref('clock')))
    .selectAll()
    .orderBy('clock.overdue', 'desc')
    .orderBy('clock.next_due_at', 'asc')
    .orderBy('clock.case_id')
    .limit(clocksMax)
    .execute()
}

/** Targets whose look or step is due, at most `limit`, for this transaction alone. Each is handed out once. */
export async function takeDue(
  tx: Tx,
  what: 'recheck_at' | 'act_at',
  limit: number,
): Promise<readonly TargetId[]> {
  const due = await tx.db
    .selectFrom('takedown.target')
    .select('id')
    .where(what, '<=', tx.now)
    .where('state', '<>', 'withdrawn')
    .orderBy(what)
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute()
  const ids = due.map(row => row.id)
  if (ids.length > 0)
    await tx.db
      .updateTable('takedown.target')
      .set({ [what]: null })
      .where('id', 'in', ids)
      .execute()
  return ids
}

/** Notices that wait for the mail server, at most `limit`, for this transaction alone. */
export async function takeRetries(tx: Tx, limit: number): Promise<readonly NoticeId[]> {
  const due = await tx.db
    .selectFrom('takedown.notice')
    .select('id')
    .where('retry_at', '<=', tx.now)
    .orderBy('retry_at')
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute()
  const ids = due.map(row => row.id)
  if (ids.length > 0)
    await tx.db.updateTable('takedown.notice').set({ retry_at: null }).where('id', 'in', ids).execute()
  return ids
}

/** Enters the notice, or answers with the one that stands for the same target, channel, rung, round and reminder. */
export async function addNotice(
  tx: Tx,
  row: New<'takedown.notice'>,
): Promise<{ notice: NoticeRow; isNew: boolean }> {
  const added = await tx.db
    .insertInto('takedown.notice')
    .values(row)
    .onConflict(conflict =>
      conflict.columns(['target_id', 'channel_id', 'rung', 'round', 'reminder']).doNothing(),
    )
    .returningAll()
    .executeTakeFirst()
  if (added !== undefined) return { notice: added, isNew: true }
  const standing = await tx.db
    .selectFrom('takedown.notice')
    .selectAll()
    .where('target_id', '=', row.target_id)
    .where('channel_id', '=', row.channel_id)
    .where('rung', '=', row.rung)
    .where('round', '=', row.round)
    .where('reminder', '=', row.reminder)
    .executeTakeFirstOrThrow()
  return { notice: standing, isNew: false }
}

export async function notice(tx: ReadTx, id: NoticeId): Promise<NoticeRow | undefined> {
  return tx.db.selectFrom('takedown.notice').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function noticeByToken(tx: ReadTx, token: string): Promise<NoticeRow | undefined> {
  return tx.db.selectFrom('takedown.notice').selectAll().where('reply_token', '=', token).executeTakeFirst()
}

/** Moves the notice on if it is in `from`; says whether it was. */
export async function changeNotice(
  tx: Tx,
  id: NoticeId,
  from: NoticeState,
  change: Updateable<Tables['takedown.notice']>,
): Promise<boolean> {
  const changed = await tx.db
    .updateTable('takedown.notice')
    .set(change)
    .where('id', '=', id)
    .where('state', '=', from)
    .executeTakeFirst()
  return changed.numUpdatedRows > 0n
}

/** What is written and not yet gone to the target's addressees is not sent any more. */
export async function dropQueued(tx: Tx, id: TargetId): Promise<void> {
  await tx.db
    .updateTable('takedown.notice')
    .set({ state: 'dropped', retry_at: null })
    .where('target_id', '=', id)
    .where('state', 'in', ['queued', 'toHand'])
    .execute()
}

export async function noticesOf(tx: ReadTx, id: TargetId): Promise<readonly NoticeRow[]> {
  return tx.db
    .selectFrom('takedown.notice')
    .selectAll()
    .where('target_id', '=', id)
    .orderBy('id')
    .limit(200)
    .execute()
}

/** Day on which the target's present round was first asked about, or undefined. */
export async function firstAsked(tx: ReadTx, id: TargetId, round: number): Promise<Date | undefined> {
  const row = await tx.db
    .selectFrom('takedown.notice')
    .select('sent_at')
    .where('target_id', '=', id)
    .where('round', '=', round)
    .where('sent_at', 'is not', null)
    .orderBy('sent_at')
    .limit(1)
    .executeTakeFirst()
  return row?.sent_at ?? undefined
}

/** Addresses that were asked in this round already: the next rung asks somebody else. */
export async function askedAddresses(tx: ReadTx, id: TargetId, round: number): Promise<readonly string[]> {
  const rows = await tx.db
    .selectFrom('takedown.notice')
    .select('to_address')
    .distinct()
    .where('target_id', '=', id)
    .where('round', '=', round)
    .limit(100)
    .execute()
  return rows.map(row => row.to_address)
}

/** Enters an answer once: the same mail, delivered again, is the same answer. */
export async function addReply(tx: Tx, row: New<'takedown.reply'>): Promise<boolean> {
  const added = await tx.db
    .insertInto('takedown.reply')
    .values(row)
    .onConflict(conflict => conflict.columns(['notice_id', 'sha256']).doNothing())
    .executeTakeFirst()
  return (added.numInsertedOrUpdatedRows ?? 0n) > 0n
}

export async function repliesOf(tx: ReadTx, id: TargetId) {
  return tx.db
    .selectFrom('takedown.reply')
    .select(['id', 'notice_id', 'kind', 'text', 'received_at'])
    .where('target_id', '=', id)
    .orderBy('id')
    .limit(200)
    .execute()
}

export async function addRecheck(tx: Tx, row: New<'takedown.recheck'>): Promise<void> {
  await tx.db.insertInto('takedown.recheck').values(row).execute()
}

/** The newest looks at the target, oldest of them first. */
export async function rechecksOf(tx: ReadTx, id: TargetId, limit = 200): Promise<readonly RecheckRow[]> {
  const rows = await tx.db
    .selectFrom('takedown.recheck')
    .selectAll()
    .where('target_id', '=', id)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.toReversed()
}

/** Targets with the name of their provider: of one case, or of all that the caller may see, newest first. */
export async function targets(
  tx: ReadTx,
  given: { case?: CaseId; state?: StateName; target?: TargetId; limit: number; after?: TargetId },
) {
  let query = tx.db
    .selectFrom('takedown.target as target')
    .leftJoin('takedown.provider as provider', 'provider.id', 'target.provider_id')
    .selectAll('target')
    .select('provider.name as provider_name')
    .orderBy('target.id', 'desc')
    .limit(given.limit)
  if (given.case !== undefined) query = query.where('target.case_id', '=', given.case)
  if (given.state !== undefined) query = query.where('target.state', '=', given.state)
  if (given.target !== undefined) query = query.where('target.id', '=', given.target)
  if (given.after !== undefined) query = query.where('target.id', '<', given.after)
  return query.execute()
}

/** The first target that a case has on this host. */
export async function firstOnHost(tx: ReadTx, caseId: CaseId, host: string): Promise<TargetId | undefined> {
  const row = await tx.db
    .selectFrom('takedown.target')
    .select('id')
    .where('case_id', '=', caseId)
    .where('host', '=', host)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  return row?.id
}
