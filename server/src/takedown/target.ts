/**
 * What others and officers do with a target: open it, choose its channel, say what they have seen, withdraw
 * it.
 *
 * @module
 */
import { offenceFor } from '@jikimi/law'
import { record } from '#audit'
import { caseRow, consentTo, reopenMatter, settleMatter } from '#cases'
import type { EventOf } from '#events'
import { addressOf, tellVictim } from '#intake'
import type { ReadTx, Tx } from '#platform/database'
import { isConfirmed } from '#matching'
import { newId, type ChannelId, type MatchId, type TargetId } from '#platform/ids'
import { later } from '#platform/jobs'
import { refuse } from '#platform/refusals'
import { refused } from './errors.ts'
import { climb } from './ladder.ts'
import { about, lockTarget, lookAgainAt, pass, seenDown, seenUp } from './life.ts'
import { notify, type Desk } from './notice.ts'
import * as directory from './provider-store.ts'
import type { NoticeState, Target, WithdrawnFor } from './schema.ts'
import { isUp } from './states.ts'
import * as store from './store.ts'

/**
 * Opens a target for an address with the victim's material and looks for its provider. Asking twice answers
 * with the same target; one that was verified down is looked at again at once.
 */
export async function openTarget(tx: Tx, event: EventOf<'match.confirmed'>): Promise<TargetId> {
  const { canonical, host } = await addressOf(tx, event.address)
  const file = await caseRow(tx, event.case)
  const { itemType, statute } = offenceFor({ isMinor: file.isMinor, concern: file.concern })
  const id = newId<'TargetId'>(tx.now)
  const isNew = await store.addTarget(tx, {
    id,
    case_id: event.case,
    address_id: event.address,
    canonical,
    host,
    basis: statute,
    item_type: itemType,
    state: 'open',
    provider_id: null,
    channel_id: null,
    regime: null,
    opened_at: tx.now,
    ...untouched(tx.now),
  })
  if (!isNew) return reopen(tx, event)
  await record(
    tx,
    'target.opened',
    { case: event.case, target: id, address: event.address, match: event.match },
    { basis: statute },
  )
  if ((await consentTo(tx, event.case, 'removal')) === false) await withdraw(tx, id, 'noConsent')
  else await later(tx, climb, { target: id, rung: 1 })
  return id
}

/** A target before its first notice, when it is opened and when it begins anew. */
function untouched(now: Date) {
  return {
    attention: null,
    verdict: null,
    withdrawn_for: null,
    noticed_at: null,
    clock_ends_at: null,
    first_down_at: null,
    first_down_vantage: null,
    verified_at: null,
    spent_at: null,
    watched_from: now,
    // A first look before any notice: what a page shows while the material is up tells later looks what is gone.
    recheck_at: now,
    act_at: null,
  }
}

async function reopen(tx: Tx, event: EventOf<'match.confirmed'>): Promise<TargetId> {
  const known = (await store.targetOfAddress(tx, event.case, event.address)) ?? refuse(refused.noTarget())
  const target = await lockTarget(tx, known.id)
  if (target.state !== 'withdrawn') await store.changeTarget(tx, target.id, { recheck_at: tx.now })
  // What the victim wants no more of stays as it is.
  else if (target.withdrawn_for === 'wrongMatch') await beginAnew(tx, target, event.match)
  return target.id
}

/** Another match is right, or the consent is given again: the ladder from its first rung, in a round of its own. */
export async function beginAnew(tx: Tx, target: store.TargetRow, match?: MatchId): Promise<void> {
  await pass(tx, target, 'open', {
    round: target.round + 1,
    reopened: target.reopened + 1,
    rung: 0,
    reminder: 0,
    ...untouched(tx.now),
  })
  await record(
    tx,
    'target.reopened',
    { ...about(target), ...(match === undefined ? {} : { match }) },
    { round: target.round + 1 },
  )
  await later(tx, climb, { target: target.id, rung: 1 })
}

/**
 * An officer chooses the channel, and the notice goes out by it.
 * @throws takedown.channelUnknown · takedown.notNow
 */
export async function chooseChannel(tx: Tx, id: TargetId, chosen: ChannelId, desk: Desk): Promise<void> {
  const target = await lockTarget(tx, id)
  const channel = await directory.channel(tx, chosen)
  if (channel === undefined || !channel.is_active) refuse(refused.channelUnknown({ channel: chosen }))
  if (!isUp(target.state) && target.state !== 'exhausted') refuse(refused.notNow({ target: id }))
  await store.changeTarget(tx, id, { channel_id: chosen, provider_id: channel.provider_id, regime: null })
  await record(
    tx,
    'provider.found',
    { ...about(target), provider: channel.provider_id, channel: chosen },
    { source: 'officer' },
  )
  await notify(tx, id, desk)
}

/**
 * A person says what a doubtful page shows. Their word counts as one look: a removal is verified by a second.
 * @throws takedown.notNow
 */
export async function decide(tx: Tx, id: TargetId, verdict: 'down' | 'up'): Promise<void> {
  const target = await lockTarget(tx, id)
  if (target.state === 'withdrawn') refuse(refused.notNow({ target: id }))
  await store.addRecheck(tx, {
    id: newId<'RecheckId'>(tx.now),
    case_id: target.case_id,
    target_id: id,
    at: tx.now,
    verdict: verdict === 'down' ? 'downSoft' : 'upSame',
    is_sure: true,
    status: null,
    vantage: 'person',
    distance: null,
  })
  await record(tx, 'target.rechecked', about(target), { verdict, by: 'person' })
  const passed =
    verdict === 'down'
      ? await seenDown(tx, target, { vantage: 'person', lookOuts: 1 })
      : await seenUp(tx, target)
  await store.changeTarget(tx, id, {
    verdict: verdict === 'down' ? 'downSoft' : 'upSame',
    attention: passed.attention === 'softDown' ? null : passed.attention,
    recheck_at: lookAgainAt(passed, tx.now),
  })
}

/** Asks for a look at once. @throws takedown.notNow */
export async function askRecheck(tx: Tx, id: TargetId): Promise<void> {
  const target = await lockTarget(tx, id)
  if (target.state === 'withdrawn') refuse(refused.notNow({ target: id }))
  await store.changeTarget(tx, id, { recheck_at: tx.now })
}

/** Stops all work on a target: what is queued is not sent, and its matter is settled. */
export async function withdraw(tx: Tx, id: TargetId, reason: WithdrawnFor): Promise<void> {
  const target = await lockTarget(tx, id)
  if (target.state === 'withdrawn') return
  await stop(tx, target, reason)
  await settleMatter(tx, target.case_id, 'address', target.address_id, 'withdrawn')
}

/**
 * The match was taken back: its target is withdrawn. The matter of the address is the matching room's, which knows
 * what waits there. Of a provider who was asked already a person must take the wish back: that is put on the case.
 * Told late, when the address is confirmed by another match, it does nothing.
 */
export async function withdrawReversed(tx: Tx, event: EventOf<'match.reversed'>): Promise<void> {
  const known = await store.targetOfAddress(tx, event.case, event.address)
  if (known === undefined) return
  const target = await lockTarget(tx, known.id)
  if (target.state === 'withdrawn' || (await isConfirmed(tx, event.address))) return
  await stop(tx, target, 'wrongMatch')
  await takeBackByHand(tx, target)
}

/** Of a provider who was asked already a person must take the wish back. */
export async function takeBackByHand(tx: Tx, target: store.TargetRow): Promise<void> {
  const isOut = (await store.noticesOf(tx, target.id)).some(notice => outStates.has(notice.state))
  if (isOut) await reopenMatter(tx, target.case_id, 'target', target.id)
}

// `unconfirmed` may have arrived.
const outStates: ReadonlySet<NoticeState> = new Set(['sending', 'sent', 'unconfirmed'])

async function stop(tx: Tx, target: store.TargetRow, reason: WithdrawnFor): Promise<void> {
  const { id } = target
  await store.dropQueued(tx, id)
  await pass(tx, target, 'withdrawn', {
    attention: null,
    clock_ends_at: null,
    recheck_at: null,
    act_at: null,
    withdrawn_for: reason,
  })
  await record(tx, 'target.withdrawn', about(target), { reason })
  if (reason === 'noConsent' || reason === 'victimsWish') await tellVictim(tx, target.address_id, 'stopped')
}

/** One target with all that happened on it. @throws takedown.noTarget */
export async function readTarget(tx: ReadTx, id: TargetId) {
  const [row] = await store.targets(tx, { target: id, limit: 1 })
  if (row === undefined) return refuse(refused.noTarget({ target: id }))
  const [notices, replies, rechecks] = [
    await store.noticesOf(tx, id),
    await store.repliesOf(tx, id),
    await store.rechecksOf(tx, id),
  ]
  return {
    ...shown(row),
    notices: notices.map(notice => ({
      notice: notice.id,
      rung: notice.rung,
      round: notice.round,
      reminder: notice.reminder,
      addressee: notice.addressee,
      channel: notice.channel_id,
      regime: notice.regime,
      state: notice.state,
      to: notice.to_address,
      subject: notice.subject,
      text: notice.text,
      queuedAt: notice.queued_at.toISOString(),
      sentAt: notice.sent_at?.toISOString() ?? null,
      dueAt: notice.due_at?.toISOString() ?? null,
    })),
    replies: replies.map(reply => ({
      reply: reply.id,
      notice: reply.notice_id,
      kind: reply.kind,
      receivedAt: reply.received_at.toISOString(),
      text: reply.text,
    })),
    rechecks: rechecks.map(({ id: recheck, at, verdict, status, vantage }) => ({
      recheck,
      at: at.toISOString(),
      verdict,
      status,
      vantage,
    })),
  }
}

/** Targets that the caller may see, newest first. */
export async function listTargets(tx: ReadTx, given: Parameters<typeof store.targets>[1]) {
  const rows = await store.targets(tx, { ...given, limit: given.limit + 1 })
  const page = rows.slice(0, given.limit).map(shown)
  return { rows: page, next: rows.length > given.limit ? (page.at(-1)?.target ?? null) : null }
}

function shown(row: Awaited<ReturnType<typeof store.targets>>[number]): Target {
  return {
    target: row.id,
    case: row.case_id,
    address: row.address_id,
    canonical: row.canonical,
    host: row.host,
    provider: row.provider_id === null ? null : { provider: row.provider_id, name: row.provider_name ?? '' },
    state: row.state,
    attention: row.attention,
    verdict: row.verdict,
    rung: row.rung,
    round: row.round,
    clockEndsAt: row.clock_ends_at?.toISOString() ?? null,
    basis: row.basis,
    noticedAt: row.noticed_at?.toISOString() ?? null,
    verifiedAt: row.verified_at?.toISOString() ?? null,
    openedAt: row.opened_at.toISOString(),
  }
}
