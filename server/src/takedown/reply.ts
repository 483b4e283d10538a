/**
 * Answers to our notices: found by the token in the address they come to or by the message they answer,
 * kept as text, read, and acted upon.
 *
 * @module
 */
import { createHash } from 'node:crypto'
import { simpleParser, type HeaderValue, type ParsedMail } from 'mailparser'
import { record } from '#audit'
import { tellVictim } from '#intake'
import type { Database, ReadTx, Tx } from '#platform/database'
import { ids, newId } from '#platform/ids'
import { replyToken } from '#platform/mail'
import { after } from '#platform/time'
import { system } from '#platform/who'
import type { World } from '#platform/world'
import { lockTarget, pass } from './life.ts'
import { channelFailed } from './notice.ts'
import { addresseeOf } from './provider.ts'
import { classify, type ReadMail } from './reply-classes.ts'
import { claimLookMs, reminderMs } from './schedule.ts'
import { replyCharsMax, type ReplyKind } from './schema.ts'
import { isUp, mayFollow } from './states.ts'
import * as store from './store.ts'
import type { NoticeRow, TargetRow } from './store.ts'

/**
 * Keeps one received mail, durably before it returns, and acts on what it says. The same mail twice is kept
 * once. One that belongs to no notice of ours is not kept: it is nobody's answer.
 */
export async function receiveMail(
  { database, world }: { database: Database; world: World },
  raw: Buffer,
  recipients: readonly string[],
): Promise<void> {
  const parsed = await simpleParser(raw, {
    skipImageLinks: true,
    skipTextToHtml: true,
    maxHtmlLengthToParse: 1024 * 1024,
  })
  const mail = readMail(parsed, raw)
  const tokens = recipients.map(replyToken).filter(token => token !== undefined)
  const references = referencesIn(parsed, raw)
  const attached = await database.act(system('takedown'), async tx => {
    const notice = await noticeFor(tx, tokens, references)
    if (notice !== undefined) await keep(tx, notice, mail, createHash('sha256').update(raw).digest('hex'))
    return notice !== undefined
  })
  world.log.mailReceived({ attached, bytes: raw.byteLength })
}

const reportBytesMax = 512 * 1024

/** The text of a delivery report (RFC 6522), or undefined. Its parts are seven-bit by RFC 3464, 2.1. */
function reportText(raw: Buffer): string | undefined {
  const text = raw.subarray(0, reportBytesMax).toString('latin1')
  return /^content-type:\s*multipart\/report/im.test(text.slice(0, 16_384)) ? text : undefined
}

/** The `message/delivery-status` part, up to the next boundary. */
function statusIn(raw: Buffer): string | undefined {
  const [, part] = /^content-type:\s*message\/delivery-status(.*)/ims.exec(reportText(raw) ?? '') ?? []
  return part?.split(/^--/m)[0]?.slice(0, replyCharsMax)
}

function readMail(parsed: ParsedMail, raw: Buffer): ReadMail {
  const html = typeof parsed.html === 'string' ? parsed.html.replaceAll(/<[^>]{0,2000}>/g, ' ') : ''
  return {
    subject: parsed.subject ?? '',
    text: (parsed.text ?? html).slice(0, replyCharsMax),
    headers: new Map([...parsed.headers].map(([name, value]) => [name, plain(value)])),
    deliveryStatus: statusIn(raw),
  }
}

function plain(value: HeaderValue): string {
  return typeof value === 'string' ? value : ''
}

// Our message ids are a notice's id before the @.
const ownId = /<?([0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})@/g
const referencesMax = 20

/** Ids of notices that the mail answers, or that a returned mail encloses (RFC 6522: the whole or its headers). */
function referencesIn(parsed: ParsedMail, raw: Buffer): readonly string[] {
  const named = [parsed.inReplyTo ?? '', ...[parsed.references ?? []].flat()].join(' ')
  return [...new Set([...`${named} ${reportText(raw) ?? ''}`.matchAll(ownId)].map(([, id]) => id!))].slice(
    0,
    referencesMax,
  )
}

async function noticeFor(
  tx: ReadTx,
  tokens: readonly string[],
  references: readonly string[],
): Promise<NoticeRow | undefined> {
  for (const token of tokens) {
    const notice = await store.noticeByToken(tx, token)
    if (notice !== undefined) return notice
  }
  for (const id of references) {
    const notice = await store.notice(tx, ids.NoticeId.parse(id))
    if (notice !== undefined) return notice
  }
  return undefined
}

async function keep(tx: Tx, notice: NoticeRow, mail: ReadMail, sha256: string): Promise<void> {
  const kind = classify(mail)
  const id = newId<'ReplyId'>(tx.now)
  const isNew = await store.addReply(tx, {
    id,
    case_id: notice.case_id,
    target_id: notice.target_id,
    notice_id: notice.id,
    kind,
    // PostgreSQL keeps no NUL in a text.
    text: `${mail.subject}\n\n${mail.text}`.replaceAll('\0', '').trim().slice(0, replyCharsMax),
    sha256,
    received_at: tx.now,
  })
  if (!isNew) return
  await record(
    tx,
    'reply.received',
    { case: notice.case_id, target: notice.target_id, notice: notice.id, reply: id },
    { kind },
  )
  await followReply(tx, notice, await lockTarget(tx, notice.target_id), kind)
}

/** What follows from an answer. One to an earlier rung or round is kept, and changes a state only by a claim. */
export async function followReply(
  tx: Tx,
  notice: NoticeRow,
  target: TargetRow,
  kind: ReplyKind,
): Promise<void> {
  const isOfRung = notice.round === target.round && notice.addressee === addresseeOf[target.rung]
  switch (kind) {
    case 'acknowledgement':
    case 'delayed':
      return
    case 'claimsRemoved':
      return claimed(tx, target)
    case 'bounce':
      return bounced(tx, notice)
    case 'unknown':
      return void (await store.changeTarget(tx, target.id, { attention: target.attention ?? 'unreadReply' }))
    case 'refuses':
      if (isOfRung) await refusedByProvider(tx, target)
      return
    case 'asksForMore':
      if (isOfRung) await asksForMore(tx, target)
      return
    default:
  }
}

/** A claim is looked at within the hour; until then it is one. */
async function claimed(tx: Tx, target: TargetRow): Promise<void> {
  if (!mayFollow(target.state, 'claimedDown')) return
  await pass(tx, target, 'claimedDown', { attention: null, recheck_at: after(tx.now, claimLookMs) })
  await tellVictim(tx, target.address_id, 'answered')
}

/** The next rung follows at once. */
async function refusedByProvider(tx: Tx, target: TargetRow): Promise<void> {
  if (!isUp(target.state) || !mayFollow(target.state, 'refused')) return
  await pass(tx, target, 'refused', { attention: null, act_at: tx.now })
  await tellVictim(tx, target.address_id, 'refusedByHost')
}

/** An officer answers; if nobody does within a day, the ladder goes on. */
async function asksForMore(tx: Tx, target: TargetRow): Promise<void> {
  if (!isUp(target.state) || !mayFollow(target.state, 'needsInfo')) return
  await pass(tx, target, 'needsInfo', { attention: 'needsInfo', act_at: after(tx.now, reminderMs) })
  await tellVictim(tx, target.address_id, 'answered')
}

async function bounced(tx: Tx, notice: NoticeRow): Promise<void> {
  const wasOut =
    (await store.changeNotice(tx, notice.id, 'sent', { state: 'bounced' })) ||
    (await store.changeNotice(tx, notice.id, 'unconfirmed', { state: 'bounced' }))
  if (!wasOut) return
  await record(
    tx,
    'notice.failed',
    { case: notice.case_id, target: notice.target_id, notice: notice.id },
    { bounced: true },
  )
  await channelFailed(tx, notice)
}
