import { record } from '#audit'
import type { ReadTx, Tx } from '#platform/database'
import { newId, type CaseId, type MessageId, type ReportId } from '#platform/ids'
import { refuse } from '#platform/refusals'
import { after, dayMs, secondMs } from '#platform/time'
import type { Who } from '#platform/who'
import { refused } from './errors.ts'
import type { Message, Messages, NewMessage, Sender } from './schema.ts'
import * as store from './store.ts'

// More than a frightened person writes in a day; less than a program does.
export const messagesADayMax = 60
// In the open there is no key: within this span the same text from the same side is a double click.
const doubleClickMs = 10 * secondMs

/**
 * Writes to the other side. A sealed message under the same key is one message, as is the same open text twice
 * within ten seconds.
 * @throws intake.noReport there is none, or the caller may not see it
 * @throws intake.tooManyMessages the reporter has written as many as one may in a day
 * @throws intake.letterNeeded, intake.mailboxMissing it must be sealed, or cannot be yet
 */
export async function writeMessage(tx: Tx, report: ReportId, written: NewMessage): Promise<Message> {
  await store.takeTurn(tx, `report/${report}`)
  const about = await aboutOf(tx, report)
  const sender = senderOf(tx.who)
  const before = await writtenBefore(tx, report, sender, written)
  if (before !== undefined) return shown(before)
  const isMany =
    sender === 'reporter' &&
    (await store.messageCountSince(tx, report, sender, after(tx.now, -dayMs))) >= messagesADayMax
  if (isMany) refuse(refused.tooManyMessages())
  const message = {
    id: newId<'MessageId'>(tx.now),
    report_id: report,
    sender,
    account_id: tx.who.kind === 'staff' ? tx.who.account : null,
    text: 'text' in written ? written.text : null,
    letter: 'letter' in written ? written.letter : null,
    key: 'key' in written ? written.key : null,
    written_at: tx.now,
    read_at: null,
  }
  await store.addMessage(tx, message)
  await record(tx, 'message.written', { ...about, message: message.id })
  return shown(message)
}

async function writtenBefore(tx: Tx, report: ReportId, sender: Sender, written: NewMessage) {
  const { team_recipient: team } = (await store.report(tx, report))!
  if ('letter' in written) {
    if (team === null) refuse(refused.mailboxMissing())
    const same = await store.messageByKey(tx, report, written.key)
    return same?.sender === sender ? same : undefined
  }
  if (team !== null) refuse(refused.letterNeeded())
  const last = await store.latestMessage(tx, report)
  const isDoubleClick =
    last !== undefined &&
    last.sender === sender &&
    last.text === written.text &&
    last.written_at > after(tx.now, -doubleClickMs)
  return isDoubleClick ? last : undefined
}

/** A page of the conversation, oldest first. What the other side wrote counts as read from here on. */
export async function readMessages(
  tx: Tx,
  report: ReportId,
  page: { limit: number; after?: MessageId | undefined },
): Promise<Messages> {
  const about = await aboutOf(tx, report)
  const rows = await store.messagesOf(tx, report, { limit: page.limit + 1, after: page.after })
  const here = rows.slice(0, page.limit)
  const isOwn = (sender: Sender) => (sender === 'reporter') === (tx.who.kind === 'reporter')
  const unread = here.filter(row => row.read_at === null && !isOwn(row.sender)).map(row => row.id)
  const marked = await store.markRead(tx, unread)
  if (marked > 0) await record(tx, 'message.read', about, { messages: marked })
  return {
    rows: here.map(row => shown(unread.includes(row.id) ? { ...row, read_at: tx.now } : row)),
    next: rows.length > page.limit ? (here.at(-1)?.id ?? null) : null,
  }
}

/** How many messages of the reporters wait to be read by staff, by report: for the list of cases. */
export async function unreadOfReports(
  tx: ReadTx,
  reports: readonly ReportId[],
): Promise<ReadonlyMap<ReportId, number>> {
  return store.unreadBy(tx, reports, 'reporter')
}

async function aboutOf(tx: ReadTx, report: ReportId): Promise<{ report: ReportId; case?: CaseId }> {
  const row = (await store.report(tx, report)) ?? refuse(refused.noReport({ report }))
  return { report, ...(row.case_id === null ? {} : { case: row.case_id }) }
}

function senderOf(who: Who): Sender {
  if (who.kind === 'reporter') return 'reporter'
  if (who.kind === 'staff') return who.role === 'counsellor' ? 'counsellor' : 'officer'
  return refuse(refused.noReport())
}

function shown(row: {
  id: MessageId
  sender: Sender
  text: string | null
  letter: string | null
  written_at: Date
  read_at: Date | null
}): Message {
  return {
    id: row.id,
    from: row.sender,
    text: row.text,
    letter: row.letter,
    writtenAt: row.written_at.toISOString(),
    readAt: row.read_at?.toISOString() ?? null,
  }
}
