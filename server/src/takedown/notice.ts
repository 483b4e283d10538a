/**
 * Notices: written once per target, channel, rung, round and reminder; sent by a job that commits before the
 * final dot, so that none goes out twice.
 *
 * @module
 */
import {
  composeNotice,
  deadlineFor,
  regimeFor,
  statuteOf,
  type NoticeFields,
  type RegimeName,
} from '@jikimi/law'
import { z } from 'zod'
import { record } from '#audit'
import { caseRow } from '#cases'
import { tellVictim } from '#intake'
import { agencies } from '#staffing'
import type { Config } from '#platform/config'
import type { Tx } from '#platform/database'
import { ids, newId, randomToken, type NoticeId, type TargetId } from '#platform/ids'
import { job, later, type Work } from '#platform/jobs'
import { replyAddress, type Handover } from '#platform/mail'
import { refuse } from '#platform/refusals'
import { after, hourMs, stopwatch } from '#platform/time'
import { refused } from './errors.ts'
import { about, lockTarget, pass, turnsOf } from './life.ts'
import * as directory from './provider-store.ts'
import { addresseeOf } from './provider.ts'
import { actAfter, mailRetryMs, officerMs } from './schedule.ts'
import type { Addressee } from './schema.ts'
import { isUp } from './states.ts'
import * as store from './store.ts'
import type { ChannelRow, NoticeRow, TargetRow } from './store.ts'

/** The desk that asks: where answers come. */
export type Desk = Pick<Config, 'mailFrom'>

export interface Order {
  readonly rung: number
  readonly reminder: number
  readonly addressee: Addressee
  readonly channel: ChannelRow
  readonly regime: RegimeName
}

/**
 * Queues the notice for one target on the rung where it stands, as an officer asks for it. Asking twice in one
 * round answers with the first notice: nothing is sent twice. After a provider has asked for more, or the
 * ladder was spent, it is a new one.
 * @throws takedown.noChannel the host has no known channel; the target waits for an officer
 * @throws takedown.notNow the material is down, or the target withdrawn
 */
export async function notify(tx: Tx, id: TargetId, desk: Desk): Promise<NoticeRow> {
  const target = await lockTarget(tx, id)
  if (!isUp(target.state) && target.state !== 'exhausted') refuse(refused.notNow({ target: id }))
  const channel = target.channel_id === null ? undefined : await directory.channel(tx, target.channel_id)
  if (channel === undefined || !channel.is_active || channel.bounced_at !== null)
    return refuse(refused.noChannel({ target: id }))
  const isAnew =
    target.state === 'needsInfo' ||
    target.state === 'exhausted' ||
    (target.state === 'awaitingChannel' && target.noticed_at !== null)
  return write(tx, target, desk, {
    rung: Math.max(1, target.rung),
    reminder: target.reminder + (isAnew ? 1 : 0),
    addressee: addresseeOf[Math.max(1, target.rung)] ?? 'operator',
    channel,
    regime: target.regime ?? (await regimeOf(tx, channel, 1)),
  })
}

/** Under which law the provider of `channel` is asked on `rung`. */
export async function regimeOf(tx: Tx, channel: ChannelRow, rung: number): Promise<RegimeName> {
  if (rung === 3) return 'krSvpa'
  const provider = await directory.provider(tx, channel.provider_id)
  return provider?.kind === 'regulator' ? 'krSvpa' : regimeFor(provider?.country ?? null)
}

/** Writes one notice and asks for its sending; the target stands on its rung from here on. */
export async function write(tx: Tx, target: TargetRow, desk: Desk, order: Order): Promise<NoticeRow> {
  const { notice, isNew } = await draft(tx, target, desk, order)
  if (!isNew) return notice
  await pass(tx, target, 'noticed', {
    rung: order.rung,
    reminder: order.reminder,
    channel_id: order.channel.id,
    provider_id: order.channel.provider_id,
    regime: order.regime,
    spent_at: null,
    attention: notice.state === 'toHand' ? 'form' : null,
    // Set when it has gone out; a form that nobody hands in does not hold the ladder up for ever.
    ...(notice.state === 'toHand' ? { act_at: after(tx.now, officerMs) } : {}),
  })
  return notice
}

/**
 * Writes a notice beside the ladder: what the police must ask of the regulator "without delay" once the
 * material is confirmed (SVPA 23-2(1)), whoever else is asked.
 */
export async function writeBeside(tx: Tx, target: TargetRow, desk: Desk, order: Order): Promise<void> {
  await draft(tx, target, desk, order)
}

async function draft(
  tx: Tx,
  target: TargetRow,
  desk: Desk,
  order: Order,
): Promise<{ notice: NoticeRow; isNew: boolean }> {
  const id = newId<'NoticeId'>(tx.now)
  const { language } = order.channel
  const { subject, text } = composeNotice(order.regime, await fieldsOf(tx, target, desk, order, id), language)
  const { notice, isNew } = await store.addNotice(tx, {
    id,
    case_id: target.case_id,
    target_id: target.id,
    channel_id: order.channel.id,
    rung: order.rung,
    round: target.round,
    reminder: order.reminder,
    addressee: order.addressee,
    regime: order.regime,
    language,
    state: order.channel.type === 'mail' ? 'queued' : 'toHand',
    to_address: order.channel.address,
    subject,
    text,
    reply_token: randomToken(15),
    queued_at: tx.now,
    retry_at: null,
    sent_at: null,
    due_at: null,
  })
  if (!isNew) return { notice, isNew }
  await record(
    tx,
    'notice.queued',
    { ...about(target), notice: id },
    { rung: order.rung, round: target.round, reminder: order.reminder, regime: order.regime },
  )
  if (notice.state === 'queued') await later(tx, send, { notice: id })
  return { notice, isNew }
}

async function fieldsOf(
  tx: Tx,
  target: TargetRow,
  desk: Desk,
  order: Order,
  id: NoticeId,
): Promise<NoticeFields> {
  const file = await caseRow(tx, target.case_id)
  const agency = (await agencies(tx)).find(each => each.code === file.agency)
  const unit = {
    ko: [agency?.ko, '디지털성범죄수사팀'].filter(part => part !== undefined).join(' '),
    en: ['Digital Sex Crime Investigation Unit', agency?.en].filter(part => part !== undefined).join(', '),
  }
  const first = await store.firstAsked(tx, target.id, target.round)
  const statute = statuteOf(target.basis)
  return {
    reference: referenceOf(id),
    url: target.canonical,
    itemType: target.item_type,
    offence: target.basis,
    reason: {
      ko: `${statute.ko}에 해당하는 영상물이 위 주소에서 유통되고 있음을 수사기관이 내용 대조로 확인하였습니다.`,
      en: 'The investigative agency has compared the content at this address and confirmed that it is material under the offence named above.',
    },
    requester: {
      organisation: unit,
      contact: desk.mailFrom,
      capacity: { ko: '수사기관', en: 'Law enforcement agency, acting for the person depicted' },
    },
    signature: unit,
    signedOn: koreanDay(tx.now),
    goodFaith: true,
    addressee: order.addressee,
    reminder: order.reminder,
    round: turnsOf(target),
    ...(first === undefined ? {} : { firstAskedOn: koreanDay(first) }),
    isChild: target.item_type === 'child',
  }
}

/** Our number for a notice: from its random part, so that it tells nothing of how many there are. */
export function referenceOf(id: NoticeId): string {
  return `J-${id.replaceAll('-', '').slice(-10).toUpperCase()}`
}

/** The calendar day in Korea (UTC+9, without daylight saving), as the notice is signed. */
function koreanDay(at: Date): string {
  return after(at, 9 * hourMs)
    .toISOString()
    .slice(0, 10)
}

/** Sends one notice. Killed before the dot it has sent nothing; killed after it, it does not send again. */
export const send = job('takedown', 'send', z.object({ notice: ids.NoticeId }), sendNotice, {
  attempts: 5,
  retryAfterS: 5,
  timeoutS: 180,
})

async function sendNotice(work: Work, { notice: id }: { notice: NoticeId }): Promise<void> {
  const took = stopwatch()
  const { post, config } = work.world
  const notice = await work.act(tx => takeUp(tx, id))
  if (notice === undefined) return
  if (!post.canSend) return work.act(tx => putOff(tx, id, 'queued'))
  const domain = config.mailFrom.slice(config.mailFrom.lastIndexOf('@') + 1)
  const handover = await post.send(
    {
      to: notice.to_address,
      replyTo: replyAddress(config.mailFrom, notice.reply_token),
      subject: notice.subject,
      text: notice.text,
      messageId: `${notice.id}@${domain}`,
    },
    async () => {
      const isOurs = await work.act(tx => store.changeNotice(tx, id, 'queued', { state: 'sending' }))
      if (!isOurs) throw new Error('The notice is no longer waiting.')
    },
  )
  await work.act(tx => noteHandover(tx, id, handover))
  if (handover.at === 'accepted')
    work.log.noticeSent({ target: notice.target_id, round: notice.round, tookMs: took() })
}

/** The notice, if it is to be sent now. One found half sent may have gone: it is not sent again. */
async function takeUp(tx: Tx, id: NoticeId): Promise<NoticeRow | undefined> {
  const notice = await store.notice(tx, id)
  if (notice === undefined) return undefined
  if (notice.state === 'sending') {
    await noteUnconfirmed(tx, notice)
    return undefined
  }
  return notice.state === 'queued' ? notice : undefined
}

async function putOff(tx: Tx, id: NoticeId, from: 'queued' | 'sending'): Promise<void> {
  await store.changeNotice(tx, id, from, { state: 'queued', retry_at: after(tx.now, mailRetryMs) })
}

/** What the mail server has said to a notice. */
export async function noteHandover(tx: Tx, id: NoticeId, handover: Handover): Promise<void> {
  const notice = await store.notice(tx, id)
  if (notice === undefined || (notice.state !== 'sending' && notice.state !== 'queued')) return
  if (handover.at === 'accepted') return noteSent(tx, notice)
  if (handover.at === 'unconfirmed') return noteUnconfirmed(tx, notice)
  if (!handover.isFinal) return putOff(tx, id, notice.state)
  await store.changeNotice(tx, id, notice.state, { state: 'failed' })
  await record(tx, 'notice.failed', { case: notice.case_id, target: notice.target_id, notice: id })
  await channelFailed(tx, notice)
}

/** It went out: its clock runs from now. */
async function noteSent(tx: Tx, notice: NoticeRow): Promise<void> {
  await startClock(tx, notice, 'sent')
  await record(
    tx,
    'notice.sent',
    { case: notice.case_id, target: notice.target_id, notice: notice.id },
    { rung: notice.rung, round: notice.round, reminder: notice.reminder },
  )
  const target = await store.target(tx, notice.target_id)
  if (target !== undefined && isUp(target.state)) await tellVictim(tx, target.address_id, 'requested')
}

/** It may have gone. The clock runs as if it had, so that the reminder of tomorrow makes up for a loss. */
async function noteUnconfirmed(tx: Tx, notice: NoticeRow): Promise<void> {
  await startClock(tx, notice, 'unconfirmed')
  await store.changeTarget(tx, notice.target_id, { attention: 'unconfirmedNotice' })
  await record(tx, 'notice.unconfirmed', {
    case: notice.case_id,
    target: notice.target_id,
    notice: notice.id,
  })
}

async function startClock(tx: Tx, notice: NoticeRow, state: 'sent' | 'unconfirmed'): Promise<void> {
  const target = await lockTarget(tx, notice.target_id)
  const { dueAt } = deadlineFor(notice.regime, notice.rung, tx.now)
  await store.changeNotice(tx, notice.id, notice.state, {
    state,
    sent_at: tx.now,
    due_at: dueAt,
    retry_at: null,
  })
  const isOfLadder = notice.addressee === addresseeOf[target.rung] && notice.round === target.round
  if (!isOfLadder || !isUp(target.state)) return
  const isFirst = notice.reminder === 0
  const clockEndsAt = isFirst || target.clock_ends_at === null ? dueAt : target.clock_ends_at
  await store.changeTarget(tx, target.id, {
    noticed_at: target.noticed_at ?? tx.now,
    clock_ends_at: clockEndsAt,
    act_at: actAfter(notice.rung, notice.reminder, tx.now, clockEndsAt),
    ...(isFirst ? { watched_from: tx.now, looks: 0, recheck_at: after(tx.now, hourMs) } : {}),
  })
}

/** An officer has handed in a form or a letter. @throws takedown.noNotice · takedown.notByHand */
export async function handIn(tx: Tx, id: NoticeId): Promise<void> {
  const notice = (await store.notice(tx, id)) ?? refuse(refused.noNotice({ notice: id }))
  if (notice.state === 'sent') return
  if (notice.state !== 'toHand') refuse(refused.notByHand({ notice: id }))
  await noteSent(tx, notice)
  await store.changeTarget(tx, notice.target_id, { attention: null })
}

/**
 * The channel does not work: the next contact of the same provider at once; without one, an officer is asked,
 * and the next rung follows if nobody answers.
 */
export async function channelFailed(tx: Tx, notice: NoticeRow): Promise<void> {
  await directory.markBounced(tx, notice.channel_id)
  const target = await lockTarget(tx, notice.target_id)
  if (notice.addressee !== addresseeOf[target.rung] || !isUp(target.state)) return
  // Due at once: another contact is looked for on the same rung before an officer is asked.
  await pass(tx, target, 'awaitingChannel', {
    attention: 'noChannel',
    channel_id: null,
    clock_ends_at: null,
    act_at: tx.now,
  })
}
